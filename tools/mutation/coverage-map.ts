/** Finds the tests that run the expression of a mutant, and orders them by how likely they are to notice it. */
import { basename, dirname } from 'node:path';
import type { Attempt, Watched } from './worker';

/** The expressions that each test file runs. */
export type CoverageMap = Record<string, Watched>;

/** Returns the tests that run the expression of each mutant, by the mutant's number. */
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

/** The most seconds of CPU that a quick test takes. Most tests are quick. */
const QUICK = 0.1;

/**
 * Orders attempts so that a mutant is likely to be noticed early. Tests in the file with the source's name come first, then tests in the same folder, in the
 * same room, and all others. The slow tests of a file come one by one, two steps after its quick ones. Returns as many attempts as the budget of CPU seconds
 * allows, and at least one.
 */
export function nearest(map: CoverageMap, attempts: readonly Attempt[], source: string, budget: number): Attempt[] {
  const distance = (file: string) => (isNamed(file, source) ? 0 : folder(file) === folder(source) ? 1 : room(file) === room(source) ? 2 : 3);
  const parts = attempts.flatMap((attempt) => {
    const isQuick = (index: number) => map[attempt.file].tests[index].cpuSeconds <= QUICK;
    const slow = attempt.only.filter((index) => !isQuick(index));
    return [attempt.only.filter(isQuick), ...slow.map((index) => [index])].filter((only) => only.length > 0).map((only) => {
      const part = { ...attempt, only };
      return { part, distance: distance(attempt.file) + (isQuick(only[0]) ? 0 : 2), cpuSeconds: secondsOf(map, part, 'cpuSeconds') };
    });
  });
  let sum = 0;
  return parts.sort((one, other) => one.distance - other.distance || one.cpuSeconds - other.cpuSeconds)
    .filter(({ cpuSeconds }, index) => (sum += cpuSeconds) <= budget || index === 0)
    .map(({ part }) => part);
}

/** Returns how long an attempt takes, on the CPU or by the clock. */
export function secondsOf(map: CoverageMap, { file, only, fromStart }: Attempt, measure: 'cpuSeconds' | 'seconds'): number {
  const { tests, loadSeconds } = map[file];
  return only.reduce((sum, index) => sum + tests[index][measure], fromStart ? loadSeconds : 0);
}

function isNamed(test: string, source: string): boolean {
  return basename(test, '.test.ts') === basename(source, '.ts');
}

/** Returns the folder's path below `src` or `test`. */
function folder(path: string): string {
  return dirname(path).split('/').slice(1).join('/');
}

function room(path: string): string {
  return path.split('/')[1];
}
