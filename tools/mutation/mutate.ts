import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as ts from 'typescript';
import { CoverageMap, nearest, secondsOf, testsByMutant } from './coverage-map';
import { Mutant, mutantsOf, sample } from './mutants';
import { Outcomes } from './outcomes';
import { inParallel, Worker } from './pool';
import type { Attempt, Broken, Watched } from './worker';

/**
 * Breaks `src`, one thing at a time, and checks whether a test fails; prints what survives: `npx projen mutate -- [files]`.
 *
 * First all tests run once, to learn which of them run which expressions. A mutant then meets the tests that run its expression, the nearest first, until one fails.
 * `.cache/mutants` keeps what is still true of earlier runs, so a run that was stopped goes on.
 * `--sample 40 --least 34` breaks forty places, chosen by the commit (or `--seed`), and fails if fewer than 34 are noticed.
 * `--except src/rehearsal/` leaves files out, with their tests. `--workers 1` keeps one core busy instead of two. Works on copies of what git knows.
 */
const { values: options, positionals: given } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'), // projen hands it on
  options: { sample: { type: 'string' }, seed: { type: 'string' }, least: { type: 'string' }, except: { type: 'string' }, workers: { type: 'string', default: '2' } },
  allowPositionals: true,
});
/** For how many seconds of CPU tests may run before a mutant counts as a survivor: none is killed by a test that is further away. */
const BUDGET = 10;
/** How long a process may take to start and load its test files, besides their tests. */
const START_SECONDS = 20;

const root = process.cwd();
const tracked = git('ls-files', '--cached', '--others', '--exclude-standard').split('\n').filter((file) => file && existsSync(file));
const cache = resolve('.cache/mutants');
const wanted = (file: string) => !options.except || !file.replace(/^test/, 'src').startsWith(options.except);
const sources = tracked.filter((file) => /^src\/.*\.ts$/.test(file) && wanted(file));
const suites = tracked.filter((file) => /^(test|examples\/snapshot-test)\/.*\.test\.ts$/.test(file) && wanted(file));
const inputs = tracked.filter((file) => /^(src|test|examples)\//.test(file));
const hashes = new Map(inputs.map((file) => [file, hash(codeOf(file))]));
/** Of what all tests share. */
const shared = hash(inputs.filter((file) => !file.endsWith('.test.ts')).map((file) => `${file} ${hashes.get(file)}`).join('\n'));

/** Every mutant of `src`; its number is its place. */
const mutants = sources.flatMap((file) => mutantsOf(file, readFileSync(file, 'utf-8')));
const numberOf = new Map(mutants.map((mutant, number) => [mutant, number]));
/** Of the first mutant of each source. */
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
  // A worker takes all mutants of a source, since they meet the same test files, which stay loaded.
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
    console.error(`at least ${options.least} are to be killed`);
    process.exitCode = 1;
  }
}

/** For each room, how many of its mutants were killed. */
function byRoom(chosen: readonly Mutant[], survivors: readonly Mutant[]): string[] {
  const roomOf = ({ file }: Mutant) => file.split('/').slice(1, -1)[0] ?? 'src';
  const count = (some: readonly Mutant[], room: string) => some.filter((mutant) => roomOf(mutant) === room).length;
  return [...new Set(chosen.map(roomOf))].map((room) => `| ${room} | ${count(chosen, room)} | ${count(chosen, room) - count(survivors, room)} |`);
}

async function isNoticed(file: string, index: number, all: readonly Attempt[], map: CoverageMap, worker: Worker): Promise<boolean> {
  if (outcomes.noticedBy(file, index)) return true;
  const attempts = all.filter((attempt) => !outcomes.passed(file, index, attempt.file));
  if (attempts.length === 0) return false;
  // Whoever takes several times longer than without a mutant never ends.
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
  throw new Error(`the tests of ${file} fail now and then without a mutant: ${attempts.map((attempt) => attempt.file).join(', ')}`);
}

/** What the tests run. They must pass: one that fails for another reason would look as if it noticed each mutant. */
async function coverageMap(): Promise<CoverageMap> {
  const store = resolve(cache, 'coverage.json');
  const known: Record<string, { readonly hash: string; readonly watched: Watched }> = existsSync(store) ? JSON.parse(readFileSync(store, 'utf-8')) : {};
  const hashOf = (suite: string) => `${shared} ${hashes.get(suite)} ${options.except}`;
  const news = suites.filter((suite) => known[suite]?.hash !== hashOf(suite));
  if (news.length > 0) console.log(`Running ${news.length} test files, to learn which expressions each test runs.`);
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

/** What a file says, without the comments of code. */
function codeOf(file: string): string {
  const text = readFileSync(file, 'utf-8');
  if (!file.endsWith('.ts')) return text;
  return ts.createPrinter({ removeComments: true }).printFile(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf-8', maxBuffer: 64 * 1024 * 1024 });
}
