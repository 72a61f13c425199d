/** Which tests run which mutants' expressions, and which of them are most likely to notice that one is broken. */
import { basename, dirname } from 'node:path';
import type { Attempt, Watched } from './worker';

/** What each test file runs. */
export type CoverageMap = Record<string, Watched>;

/** By a mutant's number, the tests that run its expression. */
export function testsByMutant(map: CoverageMap): Map<number, Attempt[]> {
  const byMutant = new Map<number, Attempt[]>();
  const attemptsOf = (number: number) => byMutant.get(number) ?? byMutant.set(number, []).get(number)!;
  for (const [file, { always, tests }] of Object.entries(map)) {
    always.forEach((number) => attemptsOf(number).push({ file, only: tests.map((_, index) => index), fromStart: true }));
    const only = new Map<number, number[]>();
    tests.forEach(({ ran }, index) => ran.forEach((number) => (only.get(number) ?? only.set(number, []).get(number)!).push(index)));
    only.forEach((indexes, number) => attemptsOf(number).push({ file, only: indexes, fromStart: false }));
  }
  return byMutant;
}

/** In seconds of CPU; most tests are quick. */
const QUICK = 0.1;

/**
 * The attempts in the order in which they are likely to notice soonest that a source is broken. First come tests in the file with its name, then those in the same
 * folder, in the same room, and all others; each file's slow tests come two steps later than its quick ones. As many as fit into so many seconds of CPU, and at least one.
 */
export function nearest(map: CoverageMap, attempts: readonly Attempt[], source: string, budget: number): Attempt[] {
  const distance = (file: string) => (isNamed(file, source) ? 0 : folder(file) === folder(source) ? 1 : room(file) === room(source) ? 2 : 3);
  const parts = attempts.flatMap((attempt) => {
    const isQuick = (index: number) => map[attempt.file].tests[index].cpuSeconds <= QUICK;
    return [true, false].map((quick) => {
      const part = { ...attempt, only: attempt.only.filter((index) => isQuick(index) === quick) };
      return { part, distance: distance(attempt.file) + (quick ? 0 : 2), cpuSeconds: secondsOf(map, part, 'cpuSeconds') };
    }).filter(({ part }) => part.only.length > 0);
  });
  let sum = 0;
  return parts.sort((one, other) => one.distance - other.distance || one.cpuSeconds - other.cpuSeconds)
    .filter(({ cpuSeconds }, index) => (sum += cpuSeconds) <= budget || index === 0)
    .map(({ part }) => part);
}

/** How long an attempt takes, on the CPU or by the clock. */
export function secondsOf(map: CoverageMap, { file, only, fromStart }: Attempt, measure: 'cpuSeconds' | 'seconds'): number {
  const { tests, loadSeconds } = map[file];
  return only.reduce((sum, index) => sum + tests[index][measure], fromStart ? loadSeconds : 0);
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
