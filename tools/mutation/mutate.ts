import { ChildProcess, execFileSync, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CoverageMap, nearest, secondsOf, testsByMutant } from './coverage-map';
import { Mutant, mutantsOf, sample } from './mutants';
import type { Attempt, Broken, Request, Watched } from './worker';

/**
 * Breaks `src`, one thing at a time, and looks whether a test fails; prints what survives: `npx projen mutate -- [files]`.
 *
 * First all tests run once, to learn which of them run which expressions. A mutant then meets the tests that run its expression, the nearest first, until one fails.
 * What is found is kept in `.cache/mutants` until a source or a test changes, so that a run which was stopped goes on.
 * `--sample 40 --least 34` breaks forty places, chosen by the commit (or `--seed`), and fails if fewer than 34 are noticed.
 * `--except src/rehearsal/` leaves files out, with their tests. `--workers 1` keeps one core busy instead of two. Works on copies of what git knows.
 */
const { values: options, positionals: given } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'), // projen hands it on
  options: { sample: { type: 'string' }, seed: { type: 'string' }, least: { type: 'string' }, except: { type: 'string' }, workers: { type: 'string', default: '2' } },
  allowPositionals: true,
});
/** For how many seconds of CPU tests may run before a mutant counts as a survivor: none is killed by a test that is further away. */
const BUDGET = 20;
/** Memory that tests leave behind goes with the process. */
const REQUESTS_PER_PROCESS = 200;

const root = process.cwd();
const tracked = git('ls-files', '--cached', '--others', '--exclude-standard').split('\n').filter((file) => file && existsSync(file));
const cache = resolve('.cache/mutants');
const wanted = (file: string) => !options.except || !file.replace(/^test/, 'src').startsWith(options.except);
const sources = tracked.filter((file) => /^src\/.*\.ts$/.test(file) && wanted(file));
const suites = tracked.filter((file) => /^(test|examples\/snapshot-test)\/.*\.test\.ts$/.test(file) && wanted(file));
const state = join(cache, hashOf(tracked.filter((file) => /^(src|test|examples)\//.test(file)), String(options.except)));

/** Every mutant of `src`; its number is its place. */
const mutants = sources.flatMap((file) => mutantsOf(file, readFileSync(file, 'utf-8')));
const numbers: Record<string, number> = {};
mutants.forEach(({ file }, number) => (numbers[file] ??= number));

/** A process that runs tests in a copy of the project of its own. */
class Worker {
  private readonly folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  private child?: ChildProcess;
  private requests = 0;

  public constructor() {
    tracked.forEach((file) => cpSync(file, join(this.folder, file)));
    for (const needed of ['node_modules', '.cache/runtime-clients', 'lib']) {
      mkdirSync(dirname(join(this.folder, needed)), { recursive: true });
      symlinkSync(join(root, needed), join(this.folder, needed));
    }
    execFileSync('git', ['init', '--quiet'], { cwd: this.folder }); // tests ask it which files there are
  }

  /** The answer; undefined if there is none in time, or the process ended. */
  public async ask<T>(request: Request, seconds: number): Promise<T | undefined> {
    if (++this.requests % REQUESTS_PER_PROCESS === 0) this.restart();
    const child = this.child ??= fork(join(this.folder, 'tools/mutation/worker.ts'), {
      cwd: this.folder,
      env: { ...process.env, NODE_ENV: 'test' }, // as jest sets it; CDK looks at it
      execArgv: ['--require', 'ts-node/register/transpile-only'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return new Promise((answer) => {
      const settle = (value?: T) => {
        clearTimeout(timer);
        child.removeAllListeners();
        if (value === undefined) this.restart();
        answer(value);
      };
      const timer = setTimeout(() => settle(), seconds * 1000);
      child.once('message', (value) => settle(value as T));
      child.once('exit', () => settle());
      child.send(request);
    });
  }

  /** A process that was killed leaves its mutant in the copy. */
  public restart(file?: string): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
    if (file) cpSync(join(root, file), join(this.folder, file));
  }

  public end(): void {
    this.restart();
    rmSync(this.folder, { recursive: true });
  }
}

const workers = Array.from({ length: Number(options.workers) }, () => new Worker());
void main().finally(() => workers.forEach((worker) => worker.end()));

async function main(): Promise<void> {
  const all = given.length > 0 ? mutants.filter(({ file }) => given.includes(file)) : mutants;
  const seed = options.seed ?? git('rev-parse', 'HEAD').trim();
  const chosen = options.sample ? sample(all, Number(options.sample), seed) : all;
  console.log(`${chosen.length} of ${all.length} mutants${options.sample ? `, chosen by ${seed}` : ''}`);

  const map = await coverageMap();
  const tests = testsByMutant(map);
  const results = `${state}.jsonl`;
  const known = new Map<string, string>(existsSync(results) ? readFileSync(results, 'utf-8').trim().split('\n').map((line) => JSON.parse(line)) : []);
  const survivors: Mutant[] = [];
  let done = 0;
  await inParallel(chosen, async (mutant, worker) => {
    const name = `${mutant.description} @${mutant.start}`;
    if (!known.has(name)) {
      const attempts = nearest(map, tests.get(mutants.indexOf(mutant)) ?? [], mutant.file, BUDGET);
      // Whoever takes several times longer than without a mutant never ends.
      const outcome = await outcomeOf(mutant, attempts, worker, attempts.reduce((sum, attempt) => sum + 5 * secondsOf(map, attempt, 'seconds'), 30));
      appendFileSync(results, `${JSON.stringify([name, outcome])}\n`);
      known.set(name, outcome);
    }
    if (known.get(name) === SURVIVED) {
      survivors.push(mutant);
      console.log(`survives: ${mutant.description}`);
    }
    if (++done % 100 === 0) console.log(`… ${done} of ${chosen.length}, ${survivors.length} survived`);
  });
  const killed = chosen.length - survivors.length;
  console.log(`${killed} of ${chosen.length} mutants killed: ${(100 * killed / chosen.length).toFixed(1)} %`);
  if (options.least && killed < Number(options.least)) {
    console.error(`at least ${options.least} are to be killed`);
    process.exitCode = 1;
  }
}

const SURVIVED = 'survived';

/** Which test file noticed, or that none did. */
async function outcomeOf(mutant: Mutant, attempts: readonly Attempt[], worker: Worker, seconds: number): Promise<string> {
  for (let tries = 0; ; tries++) {
    const answer = await worker.ask<Broken>({ kind: 'break', mutant, attempts }, seconds);
    if (!answer) worker.restart(mutant.file);
    if (!answer?.isSpoiled) return answer ? answer.noticedBy ?? SURVIVED : 'no end';
    worker.restart();
    if (tries === 2) throw new Error(`the tests of ${mutant.file} fail now and then without a mutant: ${attempts.map(({ file }) => file).join(', ')}`);
  }
}

/** What the tests run. They must pass: one that fails for another reason would look as if it noticed each mutant. */
async function coverageMap(): Promise<CoverageMap> {
  const file = `${state}.json`;
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf-8'));
  console.log(`Running ${suites.length} test files, to learn which expressions each test runs.`);
  const map: CoverageMap = {};
  const failures: string[] = [];
  await inParallel(suites, async (suite, worker) => {
    const watched = await worker.ask<Watched>({ kind: 'watch', file: suite, numbers }, 600);
    if (watched && watched.error === undefined) map[suite] = watched;
    else failures.push(`${suite}: ${watched?.error ?? 'did not end'}`);
  });
  if (failures.length > 0) throw new Error(`tests fail without a mutant:\n${failures.join('\n')}`);
  writeFileSync(file, JSON.stringify(map));
  return map;
}

/** Gives each worker the next one as soon as it is free. */
async function inParallel<T>(all: readonly T[], run: (one: T, worker: Worker) => Promise<void>): Promise<void> {
  const queue = [...all];
  await Promise.all(workers.map(async (worker) => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await run(one, worker);
  }));
}

function hashOf(files: readonly string[], ...more: string[]): string {
  const hash = createHash('sha256');
  more.forEach((text) => hash.update(text));
  files.forEach((file) => hash.update(`${file}\n`).update(readFileSync(file)));
  mkdirSync(cache, { recursive: true });
  return hash.digest('hex').slice(0, 16);
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf-8', maxBuffer: 64 * 1024 * 1024 });
}
