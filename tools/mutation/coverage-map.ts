/** Which tests run which mutants' expressions, and which of them are most likely to notice that one is broken. */
import { basename, dirname } from 'node:path';
import type { Attempt, Watched, WatchedTest } from './worker';

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
  let sum = 0;
  return [...attempts].sort((a, b) => nearness(a) - nearness(b) || cpuSecondsOf(map, a) - cpuSecondsOf(map, b))
    .filter((attempt, index) => (sum += cpuSecondsOf(map, attempt)) <= budget || index === 0);
}

/** What an attempt takes of the CPU. */
function cpuSecondsOf(map: CoverageMap, attempt: Attempt): number {
  return testsOf(map, attempt).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, map[attempt.file].loadSeconds);
}

/** How long an attempt took by the clock. */
export function secondsOf(map: CoverageMap, attempt: Attempt): number {
  return testsOf(map, attempt).reduce((sum, { seconds }) => sum + seconds, map[attempt.file].loadSeconds);
}

function testsOf(map: CoverageMap, { file, only }: Attempt): readonly WatchedTest[] {
  const { tests } = map[file];
  return only?.map((index) => tests[index]) ?? tests;
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
