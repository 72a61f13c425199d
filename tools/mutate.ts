import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { importsOf, Mutant, mutantsOf, sample } from './mutants';

/**
 * Breaks `src`, one thing at a time, and looks whether a test fails; prints what survives: `npx projen mutate -- [files]`.
 *
 * All of `src` takes hours: what is found is kept in `.cache/mutants` until a source or a test changes, so that a run which was stopped goes on.
 * `--sample 40 --least 34` breaks forty places, chosen by the commit (or `--seed`), and fails if fewer than 34 are noticed.
 * Works on a copy of what git knows.
 */
const { values: options, positionals: given } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'), // projen hands it on
  options: { sample: { type: 'string' }, seed: { type: 'string' }, least: { type: 'string' } },
  allowPositionals: true,
});
/** A mutant that runs longer than this runs for ever. */
const TIMEOUT = 15 * 60_000;
const JEST = ['node_modules/jest/bin/jest.js', '--bail', '--ci', '--coverage=false'];
/** What names all of the library: a test that imports it says nothing of what it is about. */
const INDEX = 'src/index.ts';

const root = process.cwd();
const tracked = git('ls-files', '--cached', '--others', '--exclude-standard').split('\n').filter((file) => file && existsSync(file));
const texts = new Map(tracked.filter((file) => file.endsWith('.ts')).map((file) => [file, readFileSync(file, 'utf-8')]));
const tests = tracked.filter((file) => file.endsWith('.test.ts'));
const reached = new Map(tests.map((test) => [test, distances(test)]));

const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
try {
  main();
} finally {
  process.chdir(root);
  rmSync(copy, { recursive: true });
}

function main(): void {
  const files = given.length > 0 ? given : tracked.filter((file) => /^src\/.*\.ts$/.test(file));
  const all = files.flatMap((file) => mutantsOf(file, texts.get(file)!));
  const seed = options.seed ?? git('rev-parse', 'HEAD').trim();
  const chosen = options.sample ? sample(all, Number(options.sample), seed) : all;
  console.log(`${chosen.length} of ${all.length} mutants${options.sample ? `, chosen by ${seed}` : ''}`);

  const results = resultsFile();
  const known = new Map<string, boolean>(existsSync(results) ? readFileSync(results, 'utf-8').trim().split('\n').map((line) => JSON.parse(line)) : []);
  copyTo(copy);
  checkThatTestsPass();
  const survivors = chosen.filter((mutant, index) => {
    if (index % 20 === 19) console.log(`… ${index + 1} of ${chosen.length}`);
    const name = `${mutant.description} @${mutant.start}`;
    const isAlive = known.get(name) ?? survives(mutant);
    if (!known.has(name)) appendFileSync(results, `${JSON.stringify([name, isAlive])}\n`);
    if (isAlive) console.log(`survives: ${mutant.description}`);
    return isAlive;
  });
  const killed = chosen.length - survivors.length;
  console.log(`${killed} of ${chosen.length} mutants killed: ${(100 * killed / chosen.length).toFixed(1)} %`);
  if (options.least && killed < Number(options.least)) throw new Error(`at least ${options.least} are to be killed`);
}

function survives({ file, start, end, text }: Mutant): boolean {
  const source = texts.get(file)!;
  writeFileSync(file, source.slice(0, start) + text + source.slice(end));
  try {
    return stages(file).every(pass);
  } finally {
    writeFileSync(file, source);
  }
}

/** The tests in the order in which they are likely to notice: the file's own, those that import it or its neighbours, all others. */
function stages(file: string): string[][] {
  const isOwn = (test: string) => basename(test) === `${basename(file, '.ts')}.test.ts`;
  const isNear = (test: string) => (reached.get(test)!.get(file) ?? Infinity) <= 2;
  const own = tests.filter(isOwn);
  const near = tests.filter((test) => !isOwn(test) && isNear(test));
  return [own, near, tests.filter((test) => !own.includes(test) && !near.includes(test))].filter((stage) => stage.length > 0);
}

/** How many imports lead from a test to each file, but through the index. */
function distances(test: string): Map<string, number> {
  const found = new Map([[test, 0]]);
  for (const [file, distance] of found) { // grows while it is walked
    if (file === INDEX) continue;
    const imported = importsOf(texts.get(file)!).map((module) => normalize(join(dirname(file), module)));
    imported.flatMap((path) => [`${path}.ts`, `${path}/index.ts`]).filter((path) => texts.has(path) && !found.has(path))
      .forEach((path) => found.set(path, distance + 1));
  }
  return found;
}

/** A test that fails in the copy for another reason would look as if it noticed each mutant. */
function checkThatTestsPass(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, JEST, { encoding: 'utf-8', maxBuffer: 256 * 1024 * 1024 });
  if (status !== 0) throw new Error(`the tests fail without a mutant:\n${(stdout + stderr).slice(-6000)}`);
}

/** Whether these tests pass. ts-jest compiles each file alone, and checks no types. */
function pass(these: readonly string[]): boolean {
  return spawnSync(process.execPath, [...JEST, '--runTestsByPath', ...these], { stdio: 'ignore', timeout: TIMEOUT }).status === 0;
}

function copyTo(folder: string): void {
  tracked.forEach((file) => cpSync(file, join(folder, file)));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  process.chdir(folder);
}

/** One file for each state of sources and tests. */
function resultsFile(): string {
  const hash = createHash('sha256');
  [...texts].filter(([file]) => /^(src|test|examples)\//.test(file)).forEach(([file, text]) => hash.update(`${file}\n${text}`));
  const folder = resolve('.cache/mutants');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${hash.digest('hex').slice(0, 16)}.jsonl`);
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf-8', maxBuffer: 64 * 1024 * 1024 });
}
