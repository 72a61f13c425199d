/** Runs tests for `mutate.ts` in a separate process, which can be killed if a broken loop never ends. */
import { Suite, SuiteRun, switchOf } from './suite';
import { Switch } from './switch';

/** Tests of a file that may notice a mutant. */
export interface Attempt {
  readonly file: string;
  /** The tests' places in the file. */
  readonly only: readonly number[];
  /** Whether the expression runs while the file is loaded, so that the file must be loaded with the mutant. */
  readonly fromStart: boolean;
}

export type Request =
  | { readonly kind: 'watch'; readonly file: string; readonly numbers: Record<string, number> }
  | { readonly kind: 'break'; readonly file: string; readonly index: number; readonly attempts: readonly Attempt[] };

/** A test that passes: how long it takes, and which mutants' expressions it runs that not all tests of its file run. */
export interface WatchedTest {
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly ran: readonly number[];
}

/** A test file, and the mutants' expressions that it runs. */
export interface Watched extends Answer {
  readonly loadSeconds: number;
  /** The mutants whose expressions run while the file is loaded. */
  readonly always: readonly number[];
  readonly tests: readonly WatchedTest[];
  /** The reason why a test fails without a mutant. */
  readonly error?: string;
}

export interface Answer {
  /** Whether the process uses so much memory that another one should continue. */
  readonly isFull?: boolean;
}

export interface Broken extends Answer {
  /** The file of the test that noticed. */
  readonly noticedBy?: string;
  /** Whether the test also fails without the mutant. Then this process can't be used any more. */
  readonly isSpoiled?: boolean;
}

/** The number of test files that stay loaded. */
const LOADED = 24;
const MEMORY_LIMIT = 2 ** 31;
const loaded = new Map<string, Suite>();

process.on('message', (request: Request) => {
  const answer = request.kind === 'watch' ? watch(request.file, request.numbers) : tryOut(switchOf(request.file), request.index, request.attempts);
  void answer.then((value) => process.send!({ ...value, isFull: process.memoryUsage.rss() > MEMORY_LIMIT }));
});

/** Runs a test file, and records which mutants' expressions its tests run. */
async function watch(file: string, numbers: Record<string, number>): Promise<Watched> {
  const always = new Set<number>();
  const byTest = new Map<number, Set<number>>();
  let running = always;
  Switch.watcher = (name, index) => name in numbers && running.add(numbers[name] + index);
  const suite = new Suite(file);
  const run = await suite.run({ onTest: (index) => byTest.set(index, running = new Set()) });
  Switch.watcher = undefined;
  // If tests run at the same time, it isn't known which one ran an expression.
  if (run.tests.some(({ isConcurrent }) => isConcurrent)) byTest.forEach((ran) => ran.forEach((number) => always.add(number)));
  const tests: WatchedTest[] = [];
  run.tests.forEach(({ index, cpuSeconds, seconds }) => {
    tests[index] = { cpuSeconds, seconds, ran: [...byTest.get(index) ?? []].filter((number) => !always.has(number)) };
  });
  const complete = Array.from(tests, (test) => test ?? { cpuSeconds: 0, seconds: 0, ran: [] });
  return { loadSeconds: suite.loadSeconds, always: [...always], tests: complete, error: failure(run) };
}

/** Turns a mutant on, and runs tests until one fails. */
async function tryOut(mutants: Switch, index: number, attempts: readonly Attempt[]): Promise<Broken> {
  for (const { file, only, fromStart } of attempts) {
    // If a module remembers a result of an earlier test, the expression doesn't run again, so the file is loaded again with the mutant.
    const outcome = !fromStart && await noticed(suiteOf(file), only, mutants, index) || await noticedFromStart(file, only, mutants, index);
    if (outcome !== 'no') return outcome === 'yes' ? { noticedBy: file } : { isSpoiled: true };
  }
  return {};
}

/** Whether a test of a loaded file notices a mutant. Undefined if the loaded file can't tell. */
async function noticed(suite: Suite, only: readonly number[], mutants: Switch, index: number): Promise<'yes' | 'no' | undefined> {
  mutants.turn(index);
  const run = await suite.run({ only });
  const { hasRun } = mutants;
  mutants.turn();
  if (failure(run) === undefined) return hasRun ? 'no' : undefined;
  return await passes(suite, run) ? 'yes' : undefined;
}

/** Whether a test notices a mutant that is on while the file is loaded. */
async function noticedFromStart(file: string, only: readonly number[], mutants: Switch, index: number): Promise<'yes' | 'no' | 'spoiled'> {
  mutants.turn(index);
  const run = await new Suite(file).run({ only });
  mutants.turn();
  if (failure(run) === undefined) return 'no';
  if (await passes(suiteOf(file), run)) return 'yes';
  loaded.delete(file);
  return await passes(suiteOf(file), run) ? 'yes' : 'spoiled';
}

/** Whether the tests that failed pass without the mutant. */
async function passes(suite: Suite, run: SuiteRun): Promise<boolean> {
  const failed = run.tests.filter(({ error }) => error !== undefined).map(({ index }) => index);
  return failure(await suite.run({ only: failed })) === undefined;
}

/** Returns a test file, loaded without a mutant. The files that were used last stay loaded. */
function suiteOf(file: string): Suite {
  const suite = loaded.get(file) ?? new Suite(file);
  loaded.delete(file);
  loaded.set(file, suite);
  if (loaded.size > LOADED) loaded.delete([...loaded.keys()][0]);
  return suite;
}

function failure({ error, tests }: SuiteRun): string | undefined {
  return error ?? tests.find((test) => test.error !== undefined)?.error;
}
