import { nearest, secondsOf, testsByMutant } from '../../../tools/mutation/coverage-map';

const SOURCE = 'src/rules/fleet/fleet-rules.ts';
const OWN = 'test/rules/fleet/fleet-rules.test.ts';
const NEAR = 'test/rules/fleet/other.test.ts';
const ROOM = 'test/rules/provider/provider-rules.test.ts';
const FAR = 'test/monitoring/metrics.test.ts';
const QUICK = 'test/monitoring/quick.test.ts';

/** A file of tests that take so many seconds, each of which runs some mutants' expressions. */
const watched = (always: number[], ...tests: [seconds: number, ran: number[]][]) => (
  { loadSeconds: 1, always, tests: tests.map(([cpuSeconds, ran]) => ({ cpuSeconds, seconds: 2 * cpuSeconds, ran })) }
);
const map = {
  [FAR]: watched([], [3, [7, 8]], [4, [8]]),
  [QUICK]: watched([7], [0.5, []]),
  [ROOM]: watched([], [4, [7]]),
  [NEAR]: watched([], [5, [7]]),
  [OWN]: watched([], [2, []], [8, [7]]),
};
const tests = testsByMutant(map);

test('knows by mutant which tests run its expression', () => {
  expect(tests.get(8)).toEqual([{ file: FAR, only: [0, 1] }]);
  expect(tests.get(7)).toEqual([
    { file: FAR, only: [0] }, { file: QUICK }, { file: ROOM, only: [0] }, { file: NEAR, only: [0] }, { file: OWN, only: [1] },
  ]);
  expect(tests.get(9)).toBeUndefined();
});

test('takes the tests that are nearest first, of equals the quickest', () => {
  expect(nearest(map, tests.get(7)!, SOURCE, 60).map(({ file }) => file)).toEqual([OWN, NEAR, ROOM, QUICK, FAR]);
});

test('takes as many as fit into the time, and the first in any case', () => {
  expect(nearest(map, tests.get(7)!, SOURCE, 20).map(({ file }) => file)).toEqual([OWN, NEAR, ROOM]);
  expect(nearest(map, tests.get(7)!, SOURCE, 1).map(({ file }) => file)).toEqual([OWN]);
});

test('adds the time to load a file and that of the chosen tests by the clock', () => {
  expect(secondsOf(map, { file: OWN, only: [1] }, 'seconds')).toBe(17);
  expect(secondsOf(map, { file: OWN }, 'seconds')).toBe(21);
});
