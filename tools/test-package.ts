import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Uses the package as a user would: packs it, installs the tarball into a new app outside the repository, puts the
 * quickstart there and synthesises it. Wants `npx projen compile` before, and the npm registry.
 */
const QUICKSTART = resolve('examples/quickstart');
const { devDependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf-8'));
const app = mkdtempSync(join(tmpdir(), 'app-'));

try {
  run('npm', ['pack', '--pack-destination', app], process.cwd());
  const tarball = readdirSync(app)[0];
  checkFiles(run('tar', ['-tzf', tarball]).trim().split('\n'));

  cpSync(QUICKSTART, app, { recursive: true, filter: (path) => !path.includes('cdk.out') });
  writeFileSync(join(app, 'package.json'), JSON.stringify({ private: true, dependencies: dependenciesWith(tarball) }, undefined, 2));
  run('npm', ['install', '--no-audit', '--no-fund']);
  checkContents(join(app, 'node_modules/cdk-lambda-managed-instances'));
  run('npx', ['tsc', '--noEmit', '--skipLibCheck']);
  run('npx', ['cdk', 'synth', '--quiet']);
  ['Quickstart', 'QuickstartOneAtATime'].forEach((stack) => check(existsSync(join(app, `cdk.out/${stack}.template.json`)), `no template of ${stack}`));
  console.log(`The packed tarball works from a new app (${tarball}).`);
} finally {
  rmSync(app, { recursive: true });
}

/** What the quickstart needs, in the versions of this repository, the peers at their floor. */
function dependenciesWith(tarball: string): Record<string, string> {
  const tools = ['@aws-lambda-powertools/logger', '@types/aws-lambda', '@types/node', 'aws-cdk', 'esbuild', 'ts-node', 'typescript'];
  return {
    'cdk-lambda-managed-instances': `file:${tarball}`,
    ...Object.fromEntries(Object.entries<string>(peerDependencies).map(([name, range]) => [name, range.replace('^', '')])),
    ...Object.fromEntries(tools.map((name) => [name, devDependencies[name]])),
  };
}

function checkFiles(files: string[]): void {
  const expected = /^package\/(lib\/.*\.(js|d\.ts)|\.jsii(\.gz)?|API\.md|README\.md|CHANGELOG\.md|RULES\.md|LICENSE|NOTICE|package\.json)$/;
  const strangers = files.filter((file) => !expected.test(file));
  check(strangers.length === 0, `files that don't belong into the package: ${strangers}`);
}

function checkContents(folder: string): void {
  const { dependencies, bundledDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf-8'));
  check(!dependencies && !bundledDependencies, 'the package has dependencies besides its peers');
  const leaks = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, 'utf-8').includes(process.cwd()));
  check(leaks.length === 0, `local paths in ${leaks}`);
}

function check(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

function run(command: string, args: string[], cwd: string = app): string {
  return execFileSync(command, args, { cwd, encoding: 'utf-8', stdio: ['ignore', 'pipe', 'inherit'] });
}
