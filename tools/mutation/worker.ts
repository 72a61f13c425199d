/** Runs tests for `mutate.ts`, in a process of its own that may be killed: a broken loop never ends. */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Mutant, mutantsOf, watched } from './mutants';
import { runSuite, SuiteRun } from './suite';

/** The tests of a file that may notice a mutant. */
export interface Attempt {
  readonly file: string;
  /** Their places in the file. @default all of them */
  readonly only?: readonly number[];
}

export type Request =
  | { readonly kind: 'watch'; readonly file: string; readonly numbers: Record<string, number> }
  | { readonly kind: 'break'; readonly mutant: Mutant; readonly attempts: readonly Attempt[] };

/** A test that passes, how long it takes, and which mutants' expressions only some tests of its file run, this one among them. */
export interface WatchedTest {
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly ran: readonly number[];
}

/** A test file that passes, and which mutants' expressions it runs. */
export interface Watched {
  readonly loadSeconds: number;
  /** What runs when the file is loaded, and so for each of its tests. */
  readonly always: readonly number[];
  readonly tests: readonly WatchedTest[];
  /** Why a test fails though nothing is broken. */
  readonly error?: string;
}

export interface Broken {
  /** The file of the test that noticed. */
  readonly noticedBy?: string;
  /** The test fails without the mutant as well: this process isn't fit for more. */
  readonly isSpoiled?: boolean;
}

process.on('message', (request: Request) => {
  const answer = request.kind === 'watch' ? watch(request.file, request.numbers) : tryOut(request.mutant, request.attempts);
  void answer.then((value) => process.send!(value));
});

/** Runs a test file, and notes which mutants' expressions its tests run. */
async function watch(file: string, numbers: Record<string, number>): Promise<Watched> {
  const always = new Set<number>();
  const byTest = new Map<number, Set<number>>();
  let running = always;
  Object.assign(globalThis, { __ran: (number: number) => running.add(number) });
  const run = await runSuite(file, {
    onTest: (index) => byTest.set(index, running = new Set()),
    rewrite: (path, text) => {
      const name = relative(process.cwd(), path);
      return name in numbers ? watched(text, mutantsOf(name, text), numbers[name]) : text;
    },
  });
  // Of tests that run at the same time, nobody knows which one ran an expression.
  if (run.tests.some(({ isConcurrent }) => isConcurrent)) byTest.forEach((ran) => ran.forEach((number) => always.add(number)));
  const tests: WatchedTest[] = [];
  run.tests.forEach(({ index, cpuSeconds, seconds }) => {
    tests[index] = { cpuSeconds, seconds, ran: [...byTest.get(index) ?? []].filter((number) => !always.has(number)) };
  });
  const complete = Array.from(tests, (test) => test ?? { cpuSeconds: 0, seconds: 0, ran: [] });
  return { loadSeconds: run.loadSeconds, always: [...always], tests: complete, error: failure(run) };
}

/** Breaks an expression, and runs tests until one notices. */
async function tryOut({ file, start, end, text }: Mutant, attempts: readonly Attempt[]): Promise<Broken> {
  const source = readFileSync(file, 'utf-8');
  for (const attempt of attempts) {
    writeFileSync(file, source.slice(0, start) + text + source.slice(end));
    let run: SuiteRun;
    try {
      run = await runSuite(attempt.file, { only: attempt.only });
    } finally {
      writeFileSync(file, source);
    }
    if (failure(run) === undefined) continue;
    const noticing = run.tests.filter(({ error }) => error !== undefined).map(({ index }) => index);
    const again = await runSuite(attempt.file, { only: noticing });
    return failure(again) === undefined ? { noticedBy: attempt.file } : { isSpoiled: true };
  }
  return {};
}

function failure({ error, tests }: SuiteRun): string | undefined {
  return error ?? tests.find((test) => test.error !== undefined)?.error;
}
