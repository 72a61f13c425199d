/**
 * Removes hashes that change with the code from a template: those of assets, and that of `currentVersion` in logical ids. A new
 * release of esbuild changes both, too.
 */
export function withoutHashes(template: object): object {
  return JSON.parse(JSON.stringify(template)
    .replace(/\b[0-9a-f]{64}\b/g, '<hash of the asset>')
    .replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>'));
}
