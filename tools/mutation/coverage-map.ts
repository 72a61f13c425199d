/** Which tests run which mutants' expressions, and which of them are most likely to notice that one is broken. */
import { basename, dirname } from 'node:path';
import type { Attempt, Watched } from './worker';

/** What each test file runs. */
export type CoverageMap = Record<string, Watched>;

/** The other way round: by a mutant's number, the tests that run its expression. */
export function testsByMutant(map: CoverageMap): Map<number, Attempt[]> {
  const byMutant = new Map<number, Attempt[]>();
  const attemptsOf = (number: number) => byMutant.get(number) ?? byMutant.set(number, []).get(number)!;
  for (const [file, { always, tests }] of Object.entries(map)) {
    always.forEach((number) => attemptsOf(number).push({ file }));
    const only = new Map<number, number[]>();
    tests.forEach(({ ran }, index) => ran.forEach((number) => (only.get(number) ?? only.set(number, []).get(number)!).push(index)));
    only.forEach((indexes, number) => attemptsOf(number).push({ file, only: indexes }));
  }
  return byMutant;
}

/**
 * The attempts in the order in which they are likely to notice soonest that a source is broken: tests in the file with its name, in the same folder,
 * in the same room, in all others; of equals the quickest. As many as fit into so many seconds of CPU, and at least one.
 */
export function nearest(map: CoverageMap, attempts: readonly Attempt[], source: string, budget: number): Attempt[] {
  const nearness = ({ file }: Attempt) => (isNamed(file, source) ? 0 : folder(file) === folder(source) ? 1 : room(file) === room(source) ? 2 : 3);
  const cpuSeconds = (attempt: Attempt) => secondsOf(map, attempt, 'cpuSeconds');
  let sum = 0;
  return [...attempts].sort((a, b) => nearness(a) - nearness(b) || cpuSeconds(a) - cpuSeconds(b))
    .filter((attempt, index) => (sum += cpuSeconds(attempt)) <= budget || index === 0);
}

/** How long an attempt takes, on the CPU or by the clock. */
export function secondsOf(map: CoverageMap, { file, only }: Attempt, measure: 'cpuSeconds' | 'seconds'): number {
  const { tests, loadSeconds } = map[file];
  return (only?.map((index) => tests[index]) ?? tests).reduce((sum, test) => sum + test[measure], loadSeconds);
}

function isNamed(test: string, source: string): boolean {
  return basename(test, '.test.ts') === basename(source, '.ts');
}

/** The path below `src` or `test`. */
function folder(path: string): string {
  return dirname(path).split('/').slice(1).join('/');
}

function room(path: string): string {
  return path.split('/')[1];
}
