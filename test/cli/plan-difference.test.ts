/** Two plans side by side, in figures and as text. */
import { differencesOf } from '../../src/cli/plan-difference';
import { planReportText, ReportedPlan } from '../../src/cli/reported-plan';

const range = (lowest: number, highest = lowest) => ({ lowest: { total: lowest }, highest: { total: highest } });
const plan = (provider: string, [atRest, duringDeployment, atMaximum]: (number | undefined)[], idleFloor?: object, ceiling?: object) => ({
  provider, plan: { instances: { atRest, duringDeployment, atMaximum }, idleFloor, ceiling },
}) as unknown as ReportedPlan;

const BEFORE = [
  plan('Fleet', [3, 4, 8], range(100, 200), range(1000, 2000)), plan('Fleet', [1, 2, 3], range(50), range(70)), plan('Gone', [3, 4, 8], range(99.994), range(1000)),
];
const AFTER = [
  plan('Fleet', [5, 4, undefined], range(150.004, 150), undefined), plan('Fleet', [1, 2, 3], range(50.004), range(71)), plan('New', [2, 3, 4], range(20), range(2000)),
];

const figures = ([instancesAtRest, instancesDuringDeployment, instancesAtMaximum]: (number | undefined)[], idleFloor?: object, ceiling?: object) => ({
  instancesAtRest, instancesDuringDeployment, instancesAtMaximum, idleFloor, ceiling,
});

test('are compared by name, and by their order where names are the same', () => {
  const [first, second, gone, added] = differencesOf(BEFORE, AFTER);

  expect(first).toEqual({
    provider: 'Fleet',
    before: figures([3, 4, 8], { lowest: 100, highest: 200 }, { lowest: 1000, highest: 2000 }),
    after: figures([5, 4, undefined], { lowest: 150.004, highest: 150 }, undefined),
    change: figures([2, 0, undefined], { lowest: expect.closeTo(50.004, 9), highest: -50 }, undefined),
  });
  expect(second.provider).toBe('Fleet (2)');
  expect(gone).toMatchObject({ provider: 'Gone', after: undefined, change: { ...figures([-3, -4, -8]), idleFloor: { lowest: -99.994 }, ceiling: { lowest: -1000 } } });
  expect(added).toMatchObject({ provider: 'New', before: undefined, change: { ...figures([2, 3, 4]), idleFloor: { lowest: 20 }, ceiling: { lowest: 2000 } } });
});

test('names a third fleet of the same name', () => {
  expect(differencesOf([], Array(3).fill(plan('Fleet', [1, 1, 1]))).map(({ provider }) => provider)).toEqual(['Fleet', 'Fleet (2)', 'Fleet (3)']);
});

test('are tables with signs, and 0 for less than a cent', () => {
  expect(planReportText({ plans: [], files: 2, differences: differencesOf(BEFORE, AFTER), against: ['old.yaml', 'older.yaml'] })).toMatchSnapshot();
});

test.each([[1, 'nothing to plan: no capacity provider in 1 template'], [2, 'nothing to plan: no capacity provider in 2 templates']])('of %d templates without a fleet there is nothing', (files, expected) => {
  expect(planReportText({ plans: [], files })).toBe(expected);
  expect(planReportText({ plans: [], files, differences: [], against: ['a.yaml'] })).toBe(`${expected}\n\n\nAgainst a.yaml\n==============\n\nNeither has a capacity provider.`);
});
