import { merge, testsOf } from '../../../tools/mutation/coverage-map';

const FILE = 'src/rules/fleet/fleet-rules.ts';
const OWN = 'test/rules/fleet/fleet-rules.test.ts';
const NEAR = 'test/rules/fleet/other.test.ts';
const ROOM = 'test/rules/provider/provider-rules.test.ts';
const FAR = 'test/monitoring/metrics.test.ts';
const QUICK = 'test/monitoring/quick.test.ts';
const seconds = { [OWN]: 9, [NEAR]: 5, [ROOM]: 4, [FAR]: 3, [QUICK]: 1 };
const map = { seconds, lines: { [FILE]: { 7: [FAR, QUICK, ROOM, NEAR, OWN], 8: [FAR] } } };

test('takes the tests that are nearest first, of equals the quickest', () => {
  expect(testsOf(map, FILE, 7, 60)).toEqual([OWN, NEAR, ROOM, QUICK, FAR]);
});

test('takes those that run the line, and the one with the name of the file', () => {
  expect(testsOf(map, FILE, 8, 60)).toEqual([OWN, FAR]);
  expect(testsOf(map, FILE, 9, 60)).toEqual([OWN]);
  expect(testsOf(map, 'src/rules/unknown.ts', 1, 60)).toEqual([]);
});

test('takes as many as fit into the time, and the first in any case', () => {
  expect(testsOf(map, FILE, 7, 18)).toEqual([OWN, NEAR, ROOM]);
  expect(testsOf(map, FILE, 7, 1)).toEqual([OWN]);
});

test('puts together what is known of different tests', () => {
  const one = { seconds: { [OWN]: 9 }, lines: { [FILE]: { 7: [OWN] }, 'src/other.ts': { 1: [OWN] } } };
  const other = { seconds: { [FAR]: 3 }, lines: { [FILE]: { 7: [FAR], 8: [FAR] } } };

  expect(merge(one, other)).toEqual({
    seconds: { [OWN]: 9, [FAR]: 3 }, lines: { [FILE]: { 7: [OWN, FAR], 8: [FAR] }, 'src/other.ts': { 1: [OWN] } },
  });
});
