import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readAssembly } from './read-assembly';

/**
 * Finds breaking changes of the API with jsii-diff: `ts-node tools/compat.ts [old]`. Run `npx projen compile` first.
 *
 * `old` is an assembly (`.jsii`), a folder with one, a packed tarball, a version on npm, or a git reference, which is compiled. The default is the
 * newest release on npm. Intended breaking changes are listed in `.compatignore`.
 */
const IGNORED = '.compatignore';
const { name } = JSON.parse(readFileSync('package.json', 'utf-8'));

export interface Comparison {
  readonly breaking: boolean;
  /** The output of jsii-diff: a line for each change, with its key for `.compatignore`. */
  readonly changes: string;
}

/** Compares two folders with assemblies, without a network. */
export function compare(old: string, updated: string, ignored: string = IGNORED): Comparison {
  const { status, stderr } = spawnSync(resolve('node_modules/.bin/jsii-diff'), [old, updated, '--keys', '--ignore-file', resolve(ignored)], {
    encoding: 'utf-8',
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  if (status !== 0 && status !== 1) throw new Error(`jsii-diff failed:\n${stderr}`);
  return { breaking: status === 1, changes: stderr };
}

/**
 * Reads the answer of `npm view <package> version --json`: a version, or undefined if nothing has been published, except perhaps the empty 0.0.0 that
 * reserves a name.
 */
export function newestRelease(answer: string): string | undefined {
  const version = JSON.parse(answer);
  if (typeof version === 'string') return version.startsWith('0.0.0') ? undefined : version;
  // Only "there is no such package" means that. A registry that doesn't answer must not look the same.
  if (version.error?.code === 'E404') return undefined;
  throw new Error(`npm can't say what the newest release is: ${version.error?.code} ${version.error?.summary}`);
}

/** Puts the assembly into a folder, with its dependencies beside it. */
function provide(reference: string, folder: string): void {
  if (reference.endsWith('.tgz')) {
    run('tar', ['-xzf', reference, '--strip-components=1', '-C', folder]);
  } else if (existsSync(reference)) {
    const assembly = readAssembly(statSync(reference).isDirectory() ? join(reference, '.jsii') : reference);
    writeFileSync(join(folder, '.jsii'), JSON.stringify(assembly));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, jsii: {}, peerDependencies: assembly.dependencies ?? {} }));
  } else if (/^\d+\.\d+\.\d+/.test(reference)) {
    run('npm', ['pack', `${name}@${reference}`, '--silent', '--pack-destination', folder]);
    provide(join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz'))!), folder);
    return;
  } else {
    run('git', ['archive', '--output', join(folder, 'sources.tar'), reference]);
    run('tar', ['-xf', join(folder, 'sources.tar'), '-C', folder]);
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  if (!existsSync(join(folder, '.jsii'))) run(resolve('node_modules/.bin/jsii'), ['--silence-warnings=reserved-word'], folder);
}

function run(command: string, args: string[], cwd: string = process.cwd()): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

function main(old: string | undefined): void {
  // npm exits with 1 if its answer is an error.
  const reference = old ?? newestRelease(spawnSync('npm', ['view', name, 'version', '--json', '--loglevel=silent'], { encoding: 'utf-8' }).stdout);
  if (reference === undefined) {
    console.log(`${name} has not been published yet: nothing can break.`);
    return;
  }
  const folder = join(mkdtempSync(join(tmpdir(), 'compat-')), 'old');
  try {
    mkdirSync(folder);
    provide(reference, folder);
    const { breaking, changes } = compare(folder, '.');
    console.log(changes);
    console.log(breaking
      ? `This breaks code that was written for ${reference}. Undo it, or, if it is meant, follow docs/versioning.md.`
      : `Code that was written for ${reference} still compiles.`);
    process.exitCode = breaking ? 1 : 0;
  } finally {
    rmSync(resolve(folder, '..'), { recursive: true });
  }
}

if (require.main === module) main(process.argv.slice(2).find((argument) => argument !== '--')); // projen passes it on
