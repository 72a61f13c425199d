import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { copyExample } from './as-a-user/example';
import { packTarball } from './as-a-user/pack';
import { FLOOR, NEWEST, Peers, toolVersions } from './as-a-user/peers';
import { followQuickstart, npmPins } from './as-a-user/quickstart';
import { check, run } from './as-a-user/shell';
import { differences, readTemplates, Templates, withoutMetadata } from './as-a-user/templates';

/**
 * Uses the package as users do, from the tarball alone: follows the README's quickstart in an empty folder, puts examples beside it, and synthesises,
 * once with the lowest peers and once with the newest. The templates must be equal. It needs `npx projen compile` first, and the npm registry.
 */
const EXAMPLES = ['quickstart', 'languages/typescript'];

// On macOS the temporary folder is a link, which only some toolchains resolve.
const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'package-')));
try {
  const tarball = packTarball(temporary);
  checkFiles(run('tar', ['-tzf', tarball], { cwd: temporary }).trim().split('\n'));
  const floor = useWith(FLOOR, tarball);
  const found = differences(floor, useWith(NEWEST, tarball));
  check(found.length === 0, `${describe(NEWEST)} makes other templates than ${describe(FLOOR)}:\n${found.join('\n')}`);
  console.log(`The packed tarball works from a new app, with the same templates from both: ${Object.keys(floor).join(', ')}.`);
} finally {
  rmSync(temporary, { recursive: true });
}

/** Returns the templates of the README's quickstart and of the examples. */
function useWith(peers: Peers, tarball: string): Templates {
  const app = join(temporary, `app-${peers['aws-cdk-lib']}`);
  mkdirSync(app);
  followQuickstart('ts', app, npmPins(tarball, peers));
  checkContents(join(app, 'node_modules/cdk-lambda-managed-instances'));
  checkPeers(app, peers);
  run('node', ['--input-type=module', '--eval', 'import { ManagedInstances, mixins } from "cdk-lambda-managed-instances";'], { cwd: app });
  const quickstart = Object.entries(readTemplates(join(app, 'cdk.out'))).map(([file, text]) => [`README/${file}`, withoutMetadata(text)]);

  const tools = toolVersions('@aws-lambda-powertools/logger', '@types/aws-lambda', '@types/node', 'esbuild', 'ts-node', 'typescript');
  run('npm', ['install', '--no-audit', '--no-fund', ...Object.entries(tools).map((tool) => tool.join('@'))], { cwd: app });
  const examples = EXAMPLES.flatMap((example) => Object.entries(synthesise(example, app)).map(([file, text]) => [`${example}/${file}`, text]));
  console.log(`${describe(peers)}: ${quickstart.length + examples.length} stacks synthesised`);
  return Object.fromEntries([...quickstart, ...examples]);
}

function synthesise(example: string, app: string): Templates {
  const folder = join(app, basename(example));
  copyExample(example, folder);
  // With `skipLibCheck`, the compiler would treat a missing type as `any`.
  run('npx', ['tsc', '--noEmit', '--skipLibCheck', 'false'], { cwd: folder });
  run('npx', ['cdk', 'synth', '--quiet', '--strict'], { cwd: folder });
  return readTemplates(join(folder, 'cdk.out'));
}

/** Checks the files of the package. Pages aren't in it, because users read them in the repository, where the README's links lead. */
function checkFiles(files: string[]): void {
  const wanted = [
    '.jsii', '.jsii.gz', 'LICENSE', 'assets/rehearsal/node-preload.cjs', 'NOTICE', 'README.md',
    'lib/cli/THIRD-PARTY-LICENSES.txt', 'lib/index.d.ts', 'lib/index.js',
    'package.json',
  ].map((file) => `package/${file}`);
  const missing = wanted.filter((file) => !files.includes(file));
  check(missing.length === 0, `files that the package lacks: ${missing}`);
  const strangers = files.filter((file) => !wanted.includes(file) && !/^package\/lib\/.*\.(js|d\.ts)$/.test(file));
  check(strangers.length === 0, `files that don't belong in the package: ${strangers}`);
}

function checkContents(folder: string): void {
  const { dependencies, bundledDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf-8'));
  check(!dependencies && !bundledDependencies, 'the package has dependencies besides its peers');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const leaks = files.filter((file) => readFileSync(file, 'utf-8').includes(process.cwd()));
  check(leaks.length === 0, `local paths in ${leaks}`);
}

/** Checks that the claimed versions were installed, because npm could have chosen another version to satisfy a range. */
function checkPeers(app: string, peers: Peers): void {
  Object.entries(peers).forEach(([name, version]) => {
    const installed = JSON.parse(readFileSync(join(app, 'node_modules', name, 'package.json'), 'utf-8')).version;
    check(installed === version, `${name} ${installed} is installed instead of ${version}`);
  });
}

function describe(peers: Peers): string {
  return Object.entries(peers).map((peer) => peer.join(' ')).join(', ');
}
