import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as ts from 'typescript';
import { CoverageMap, nearest, secondsOf, testsByMutant } from './coverage-map';
import { Mutant, mutantsOf, sample } from './mutants';
import { Outcomes } from './outcomes';
import { inParallel, Worker } from './pool';
import type { Attempt, Broken, Watched } from './worker';

/**
 * Breaks `src`, one expression at a time, checks whether a test fails, and prints the survivors: `npx projen mutate -- [files]`.
 *
 * First, all tests run once, to record which expressions each test runs. Each mutant then meets the tests that run its expression, the nearest first, until one fails.
 * `.cache/mutants` keeps the outcomes, so a stopped run continues later.
 * `--sample 40 --least 34` breaks forty expressions, chosen by the commit (or `--seed`), and fails if tests notice fewer than 34.
 * `--except src/rehearsal/` leaves out files and their tests. `--workers 1` uses one core instead of two. The tool works on copies of the files that git lists.
 */
const { values: options, positionals: given } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'), // projen hands it on
  options: { sample: { type: 'string' }, seed: { type: 'string' }, least: { type: 'string' }, except: { type: 'string' }, workers: { type: 'string', default: '2' } },
  allowPositionals: true,
});
/** The seconds of CPU for which tests run before a mutant counts as a survivor. */
const BUDGET = 10;
/** The seconds that a process may take to start and to load test files. */
const START_SECONDS = 20;

const root = process.cwd();
const tracked = git('ls-files', '--cached', '--others', '--exclude-standard').split('\n').filter((file) => file && existsSync(file));
const cache = resolve('.cache/mutants');
const wanted = (file: string) => !options.except || !file.replace(/^test/, 'src').startsWith(options.except);
const sources = tracked.filter((file) => /^src\/.*\.ts$/.test(file) && wanted(file));
const suites = tracked.filter((file) => /^(test|examples\/snapshot-test)\/.*\.test\.ts$/.test(file) && wanted(file));
const inputs = tracked.filter((file) => /^(src|test|examples)\//.test(file));
const hashes = new Map(inputs.map((file) => [file, hash(codeOf(file) + snapshotsOf(file))]));
/** The hash of all files that tests share. */
const shared = hash(inputs.filter((file) => !/\.test\.ts(\.snap)?$/.test(file)).map((file) => `${file} ${hashes.get(file)}`).join('\n'));

/** All mutants of `src`. The number of a mutant is its place in this list. */
const mutants = sources.flatMap((file) => mutantsOf(file, readFileSync(file, 'utf-8')));
const numberOf = new Map(mutants.map((mutant, number) => [mutant, number]));
/** The number of the first mutant of each source. */
const numbers: Record<string, number> = {};
mutants.forEach(({ file }, number) => (numbers[file] ??= number));

mkdirSync(cache, { recursive: true });
const outcomes = new Outcomes(resolve(cache, 'outcomes.jsonl'), (file) => hashes.get(file));
const workers = Array.from({ length: Number(options.workers) }, () => new Worker(root, tracked, resolve(cache, 'compiled')));
void main().finally(() => workers.forEach((worker) => worker.end()));

async function main(): Promise<void> {
  const all = given.length > 0 ? mutants.filter(({ file }) => given.includes(file)) : mutants;
  const seed = options.seed ?? git('rev-parse', 'HEAD').trim();
  const chosen = options.sample ? sample(all, Number(options.sample), seed) : all;
  console.log(`${chosen.length} of ${all.length} mutants${options.sample ? `, chosen by ${seed}` : ''}`);

  const map = await coverageMap();
  const tests = testsByMutant(map);
  const survivors: Mutant[] = [];
  let done = 0;
  // One worker takes all mutants of a source, because they meet the same test files, which stay loaded.
  const bySource = sources.map((source) => chosen.filter(({ file }) => file === source));
  await inParallel(workers, bySource, async (group, worker) => {
    for (const mutant of group) {
      const number = numberOf.get(mutant)!;
      const index = number - numbers[mutant.file];
      const attempts = nearest(map, tests.get(number) ?? [], mutant.file, BUDGET);
      if (!await isNoticed(mutant.file, index, attempts, map, worker)) {
        survivors.push(mutant);
        console.log(`survives: ${mutant.description}`);
      }
      if (++done % 100 === 0) console.log(`… ${done} of ${chosen.length}, ${survivors.length} survived`);
    }
  });
  byRoom(chosen, survivors).forEach((line) => console.log(line));
  const killed = chosen.length - survivors.length;
  console.log(`${killed} of ${chosen.length} mutants killed: ${(100 * killed / chosen.length).toFixed(1)} %`);
  if (options.least && killed < Number(options.least)) {
    console.error(`at least ${options.least} must be killed`);
    process.exitCode = 1;
  }
}

/** Returns a table row for each room: its name, the number of its mutants, and the number of killed ones. */
function byRoom(chosen: readonly Mutant[], survivors: readonly Mutant[]): string[] {
  const roomOf = ({ file }: Mutant) => file.split('/').slice(1, -1)[0] ?? 'src';
  const count = (some: readonly Mutant[], room: string) => some.filter((mutant) => roomOf(mutant) === room).length;
  return [...new Set(chosen.map(roomOf))].map((room) => `| ${room} | ${count(chosen, room)} | ${count(chosen, room) - count(survivors, room)} |`);
}

/** Whether a test notices the mutant, now or in an earlier run. */
async function isNoticed(file: string, index: number, all: readonly Attempt[], map: CoverageMap, worker: Worker): Promise<boolean> {
  if (outcomes.noticedBy(file, index)) return true;
  const attempts = all.filter((attempt) => !outcomes.passed(file, index, attempt.file));
  if (attempts.length === 0) return false;
  // Tests that take several times longer than without the mutant are assumed never to end.
  const seconds = attempts.reduce((sum, attempt) => sum + 5 * secondsOf(map, attempt, 'seconds'), START_SECONDS);
  for (let tries = 0; tries < 3; tries++) {
    const answer = await worker.ask<Broken>({ kind: 'break', file, index, attempts }, seconds);
    if (answer?.isSpoiled) {
      worker.restart();
      continue;
    }
    const noticedBy = answer ? answer.noticedBy : attempts[0].file;
    outcomes.keep(file, index, noticedBy ? [noticedBy] : all.map((attempt) => attempt.file), noticedBy);
    return noticedBy !== undefined;
  }
  throw new Error(`the tests of ${file} fail at times without a mutant: ${attempts.map((attempt) => attempt.file).join(', ')}`);
}

/** Records which expressions the tests run. All tests must pass, because a test that fails for another reason would seem to notice each mutant. */
async function coverageMap(): Promise<CoverageMap> {
  const store = resolve(cache, 'coverage.json');
  const known: Record<string, { readonly hash: string; readonly watched: Watched }> = existsSync(store) ? JSON.parse(readFileSync(store, 'utf-8')) : {};
  const hashOf = (suite: string) => `${shared} ${hashes.get(suite)} ${options.except}`;
  const news = suites.filter((suite) => known[suite]?.hash !== hashOf(suite));
  if (news.length > 0) console.log(`Running ${news.length} test files, to record which expressions each test runs.`);
  const failures: string[] = [];
  await inParallel(workers, news, async (suite, worker) => {
    const watched = await worker.ask<Watched>({ kind: 'watch', file: suite, numbers }, 600);
    if (watched && watched.error === undefined) known[suite] = { hash: hashOf(suite), watched };
    else failures.push(`${suite}: ${watched?.error ?? 'did not end'}`);
  });
  writeFileSync(store, JSON.stringify(known));
  if (failures.length > 0) throw new Error(`tests fail without a mutant:\n${failures.join('\n')}`);
  return Object.fromEntries(suites.map((suite) => [suite, known[suite].watched]));
}

/** Returns the text of a file, without comments if it is code. */
function codeOf(file: string): string {
  const text = readFileSync(file, 'utf-8');
  if (!file.endsWith('.ts')) return text;
  return ts.createPrinter({ removeComments: true }).printFile(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
}

/** Returns the snapshots of a test file, which are a part of it. */
function snapshotsOf(file: string): string {
  const snapshots = join(dirname(file), '__snapshots__', `${basename(file)}.snap`);
  return existsSync(snapshots) ? readFileSync(snapshots, 'utf-8') : '';
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf-8', maxBuffer: 64 * 1024 * 1024 });
}
