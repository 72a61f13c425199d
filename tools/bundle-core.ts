/**
 * Puts the compiled files that every app with a fleet loads into one. To find, read and compile 150 small files takes Node.js longer than to run them.
 *
 * Each file becomes a function of the same lines, which runs when the file is first required. Where the file was, a line leads to it. Rooms that load on
 * first use stay files (`lazy-modules.ts`), and nothing of another package is loaded before a file that needs it runs: the command has no peers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const CORE = 'core.js';

/** What an app requires that makes a fleet and attaches a function. */
const ENTRIES = ['managed-instances.js', 'catalog/types-named.js', 'planning/cost-rules.js'];

/** Puts some files of a folder, and those that are loaded with them, into one. */
export function bundleCore(folder: string, entries: string[] = ENTRIES): void {
  const texts = new Map<string, string>();
  entries.forEach(collect);
  writeFileSync(join(folder, CORE), ['"use strict";', 'const files = {', ...[...texts].map(asFunction), '};', LOADER].join('\n'));
  for (const name of texts.keys()) writeFileSync(join(folder, name), `module.exports = require("${pathTo(CORE, name)}")("${name}");\n`);

  /** Only what a statement of its own requires is loaded with a file. */
  function collect(name: string): void {
    if (texts.has(name)) return;
    const text = readFileSync(join(folder, name), 'utf-8');
    texts.set(name, text);
    for (const [, path] of text.matchAll(/^const .* = require\("(\.[^"]+)"\);$/gm)) collect(fileAt(path, name));
  }

  function asFunction([name, text]: [string, string]): string {
    const body = text.replace('"use strict";\n', '').replace(/\brequire\("(\.[^"]+)"\)/g, (_, path) => {
      const file = fileAt(path, name);
      return texts.has(file) ? `load("${file}")` : `require("${pathTo(file, CORE)}")`;
    });
    return `"${name}"(exports) {\n${body.trimEnd()}\n},`;
  }
}

const LOADER = `const loaded = {};
function load(name) {
	if (loaded[name] === undefined) files[name](loaded[name] = {});
	return loaded[name];
}
module.exports = load;
`;

/** The file that another one requires by a path. */
function fileAt(path: string, from: string): string {
  return `${posix.join(posix.dirname(from), path)}.js`;
}

/** The path by which a file requires another one. */
function pathTo(file: string, from: string): string {
  const path = posix.relative(posix.dirname(from), file).replace(/\.js$/, '');
  return path.startsWith('.') ? path : `./${path}`;
}

if (require.main === module) bundleCore('lib');
