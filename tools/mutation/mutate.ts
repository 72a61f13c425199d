import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CoverageMap, merge, testsOf } from './coverage-map';
import { Mutant, mutantsOf, sample } from './mutants';

/**
 * Breaks `src`, one thing at a time, and looks whether a test fails; prints what survives: `npx projen mutate -- [files]`.
 *
 * First all tests run once, to learn which of them run which line. A mutant then meets the tests that run its line, the nearest first, until one fails.
 * What is found is kept in `.cache/mutants` until a source or a test changes, so that a run which was stopped goes on.
 * `--sample 40 --least 34` breaks forty places, chosen by the commit (or `--seed`), and fails if fewer than 34 are noticed.
 * `--except src/rehearsal/` leaves files out. `--workers 1` keeps one core busy instead of two. Works on a copy of what git knows.
 */
const { values: options, positionals: given } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'), // projen hands it on
  options: { sample: { type: 'string' }, seed: { type: 'string' }, least: { type: 'string' }, except: { type: 'string' }, workers: { type: 'string', default: '2' } },
  allowPositionals: true,
});
/** For how many seconds tests may run before a mutant counts as a survivor: none is killed by a test that is further away. */
const BUDGET = 60;
/** These measure processes, and want nothing beside them. */
const ALONE = 'test/rehearsal/';

const root = process.cwd();
const tracked = git('ls-files', '--cached', '--others', '--exclude-standard').split('\n').filter((file) => file && existsSync(file));
const cache = resolve('.cache/mutants');
const state = join(cache, hashOf(tracked.filter((file) => /^(src|test|examples)\//.test(file))));

const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
try {
  main();
} finally {
  process.chdir(root);
  rmSync(copy, { recursive: true });
}

function main(): void {
  const files = given.length > 0 ? given : tracked.filter((file) => /^src\/.*\.ts$/.test(file));
  const all = files.filter((file) => !options.except || !file.startsWith(options.except)).flatMap((file) => mutantsOf(file, readFileSync(file, 'utf-8')));
  const seed = options.seed ?? git('rev-parse', 'HEAD').trim();
  const chosen = options.sample ? sample(all, Number(options.sample), seed) : all;
  console.log(`${chosen.length} of ${all.length} mutants${options.sample ? `, chosen by ${seed}` : ''}`);

  copyTo(copy);
  const map = coverageMap(chosen.map(({ file }) => file));
  const results = `${state}.jsonl`;
  const known = new Map<string, boolean>(existsSync(results) ? readFileSync(results, 'utf-8').trim().split('\n').map((line) => JSON.parse(line)) : []);
  const survivors = chosen.filter((mutant, index) => {
    if (index % 20 === 19) console.log(`… ${index + 1} of ${chosen.length}`);
    const name = `${mutant.description} @${mutant.start}`;
    const isAlive = known.get(name) ?? survives(mutant, map);
    if (!known.has(name)) appendFileSync(results, `${JSON.stringify([name, isAlive])}\n`);
    if (isAlive) console.log(`survives: ${mutant.description}`);
    return isAlive;
  });
  const killed = chosen.length - survivors.length;
  console.log(`${killed} of ${chosen.length} mutants killed: ${(100 * killed / chosen.length).toFixed(1)} %`);
  if (options.least && killed < Number(options.least)) throw new Error(`at least ${options.least} are to be killed`);
}

function survives({ file, start, end, line, text }: Mutant, map: CoverageMap): boolean {
  const tests = testsOf(map, file, line, BUDGET);
  const source = readFileSync(file, 'utf-8');
  writeFileSync(file, source.slice(0, start) + text + source.slice(end));
  try {
    // Few at first: most mutants don't get past the first test file.
    for (let from = 0; from < tests.length; from = 2 * from + 1) {
      const these = tests.slice(from, 2 * from + 1);
      const expected = these.reduce((sum, test) => sum + map.seconds[test], 0);
      // Who runs several times longer than without a mutant, runs for ever.
      const workers = these.some((test) => test.startsWith(ALONE)) ? 1 : options.workers;
      const { status } = jest(['--bail', '--coverage=false', `--maxWorkers=${workers}`, '--runTestsByPath', ...these], { timeout: Math.ceil(30 + 5 * expected) * 1000 });
      if (status !== 0) return false;
    }
    return true;
  } finally {
    writeFileSync(file, source);
  }
}

/** Of all tests that may run a line of these files. They must pass: one that fails for another reason would look as if it noticed each mutant. */
function coverageMap(files: readonly string[]): CoverageMap {
  const others = learnt(`${state}.json`, [`--maxWorkers=${options.workers}`, `--testPathIgnorePatterns=${ALONE}`]);
  return files.some((file) => file.startsWith('src/rehearsal/')) ? merge(others, learnt(`${state}-alone.json`, ['--maxWorkers=1', ALONE])) : others;
}

function learnt(file: string, which: readonly string[]): CoverageMap {
  if (!existsSync(file)) {
    console.log('Running tests, to learn which lines each of them runs.');
    const reporters = ['default', join(root, 'tools/mutation/coverage-reporter.ts')].map((reporter) => `--reporters=${reporter}`);
    const { status, stderr } = jest(['--silent', '--coverage', '--coverageReporters=none', '--collectCoverageFrom=src/**/*.ts', ...reporters, ...which], {
      env: { ...process.env, COVERAGE_MAP: file },
    });
    if (status !== 0) {
      rmSync(file, { force: true });
      throw new Error(`the tests fail without a mutant:\n${stderr.slice(-6000)}`);
    }
  }
  return JSON.parse(readFileSync(file, 'utf-8'));
}

/** ts-jest compiles each file alone, and checks no types. The reporter is TypeScript, too. */
function jest(args: readonly string[], spawnOptions: { readonly env?: NodeJS.ProcessEnv; readonly timeout?: number }) {
  const command = ['--require', 'ts-node/register/transpile-only', 'node_modules/jest/bin/jest.js', '--ci', ...args];
  return spawnSync(process.execPath, command, { encoding: 'utf-8', maxBuffer: 256 * 1024 * 1024, ...spawnOptions });
}

function copyTo(folder: string): void {
  tracked.forEach((file) => cpSync(file, join(folder, file)));
  for (const needed of ['node_modules', '.cache/runtime-clients']) {
    mkdirSync(dirname(join(folder, needed)), { recursive: true });
    symlinkSync(join(root, needed), join(folder, needed));
  }
  process.chdir(folder);
  git('init', '--quiet'); // tests ask it which files there are
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  files.forEach((file) => hash.update(`${file}\n`).update(readFileSync(file)));
  mkdirSync(cache, { recursive: true });
  return hash.digest('hex').slice(0, 16);
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf-8', maxBuffer: 64 * 1024 * 1024 });
}
