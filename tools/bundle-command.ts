/**
 * Bundles the other packages that the command needs into the compiled files that import them, so that the package has no dependencies at run time.
 * The rest of the command stays as compiled, so that no code is there twice. The licenses of bundled packages are next to the files.
 *
 * ts-node tools/bundle-command.ts lib
 */
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, buildSync, Plugin } from 'esbuild';

const SOURCE = resolve('src');
const LICENSES = 'cli/THIRD-PARTY-LICENSES.txt';

/** Our own files aren't bundled. */
const ownFilesStay: Plugin = {
  name: 'own-files-stay',
  setup: ({ onResolve }) => onResolve({ filter: /^\./ }, ({ path, importer }) => (importer.startsWith(SOURCE) ? { path, external: true } : undefined)),
};

/** Replaces ECharts' index: half of its megabyte is enough to draw lines. */
const slimEcharts: Plugin = {
  name: 'slim-echarts',
  setup: ({ onResolve }) => onResolve({ filter: /^echarts$/ }, () => ({ path: resolve('tools/slim-echarts.mjs') })),
};

/** Returns the files of the command that import other packages, relative to `src`. */
export function filesWithPackages(): string[] {
  const { metafile } = buildSync({
    entryPoints: [join(SOURCE, 'cli/main.ts')], bundle: true, platform: 'node', packages: 'external', external: ['../../package.json'], metafile: true, write: false,
  });
  return Object.entries(metafile!.inputs)
    .filter(([, { imports }]) => imports.some(({ path, external }) => external && !path.startsWith('.') && !path.startsWith('node:')))
    .map(([file]) => file.replace(/^src\//, ''));
}

/** Bundles into a folder of compiled files. */
export async function bundleCommand(folder: string): Promise<void> {
  const files = filesWithPackages();
  const { metafile } = await build({
    entryPoints: files.map((file) => join(SOURCE, file)),
    outbase: SOURCE,
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    allowOverwrite: true,
    legalComments: 'none',
    metafile: true,
    plugins: [ownFilesStay, slimEcharts],
  });
  // npm makes the file executable when it installs the package, but jsii doesn't for Python's script.
  chmodSync(join(folder, 'cli/main.js'), 0o755);
  const packages = new Set(Object.keys(metafile.inputs).flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[0] ?? []));
  writeFileSync(join(folder, LICENSES), [...packages].sort().map(licenseOf).join(`\n${'-'.repeat(80)}\n\n`));
}

function licenseOf(directory: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf-8'));
  const texts = readdirSync(directory).filter((file) => /^(licen[cs]e|notice)(\.|$)/i.test(file)).sort();
  if (texts.length === 0) throw new Error(`${name} has no license file to include.`);
  return [`${name} ${version} (${license})\n`, ...texts.map((file) => readFileSync(join(directory, file), 'utf-8'))].join('\n');
}

if (require.main === module) {
  const [folder] = process.argv.slice(2);
  if (!folder || !existsSync(folder)) throw new Error('Usage: bundle-command.ts FOLDER, with the compiled files in it.');
  void bundleCommand(folder);
}
