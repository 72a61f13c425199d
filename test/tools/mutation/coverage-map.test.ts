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
  [FAR]: watched([], [0.1, [7, 8]], [4, [8]]),
  [QUICK]: watched([7], [0.05, []]),
  [ROOM]: watched([], [0.1, [7]]),
  [NEAR]: watched([], [0.1, [7]], [5, [7]]),
  [OWN]: watched([], [0.05, []], [0.1, [7]], [8, [7]], [6, [7]]),
};
const tests = testsByMutant(map);

test('knows by mutant which tests run its expression', () => {
  expect(tests.get(8)).toEqual([{ file: FAR, only: [0, 1], fromStart: false }]);
  expect(tests.get(7)).toContainEqual({ file: OWN, only: [1, 2, 3], fromStart: false });
  expect(tests.get(7)).toContainEqual({ file: QUICK, only: [0], fromStart: true });
  expect(tests.get(9)).toBeUndefined();
});

test('takes the tests that are nearest first, slow ones later, of equals the quickest', () => {
  expect(nearest(map, tests.get(7)!, SOURCE, 60).map(({ file, only }) => [file, ...only])).toEqual(
    [[OWN, 1], [NEAR, 0], [ROOM, 0], [OWN, 3], [OWN, 2], [FAR, 0], [QUICK, 0], [NEAR, 1]],
  );
});

test('takes as many as fit into the time, and the first in any case', () => {
  expect(nearest(map, tests.get(7)!, SOURCE, 0.25).map(({ file }) => file)).toEqual([OWN, NEAR]);
  expect(nearest(map, tests.get(7)!, SOURCE, 0.01).map(({ file }) => file)).toEqual([OWN]);
});

test('adds the time of the tests, and that to load their file again', () => {
  expect(secondsOf(map, { file: OWN, only: [1, 2], fromStart: false }, 'seconds')).toBeCloseTo(16.2);
  expect(secondsOf(map, { file: OWN, only: [2], fromStart: true }, 'seconds')).toBe(17);
});
