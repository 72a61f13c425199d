import { LiveVersion, ScheduledCounts } from '../../src/sizing/fleet-demand';
import { overTime } from '../../src/sizing/fleet-week';

const HOUR = 60;
const DAY = 24 * HOUR;

const version = (functionName: string, schedules?: ScheduledCounts[], rest: Partial<LiveVersion> = {}): LiveVersion => (
  { functionName, version: '$LATEST.PUBLISHED', memoryMiB: 4096, vCpus: 2, minEnvironments: 3, maxEnvironments: 12, schedules, ...rest }
);
const at = (fields: string, min: number | undefined, max = min, timeZone = 'UTC'): ScheduledCounts => (
  { timing: { expression: `cron(${fields})`, timeZone }, min, max }
);

/** What versions keep and may have at each time of the week. */
const timesOf = (versions: LiveVersion[]) => overTime(versions).week!.times.map(({ stretches, share, versions: then }) => (
  { stretches, share, counts: then.map(({ minEnvironments, maxEnvironments }) => [minEnvironments, maxEnvironments]) }
));
const busiestOf = (versions: LiveVersion[]) => (
  overTime(versions).busiest.map(({ minEnvironments, maxEnvironments }) => [minEnvironments, maxEnvironments])
);

test('without schedules, versions stay as they are', () => {
  const versions = [version('Orders')];

  expect(overTime(versions)).toEqual({ busiest: versions, leftOut: [] });
});

test('each time of the week has what the last change set', () => {
  expect(timesOf([version('Orders', [at('0 8 ? * MON *', 4, 20), at('30 18 ? * TUE *', 0)])])).toEqual([
    { stretches: [{ from: 0, to: DAY + 8 * HOUR }, { from: 2 * DAY + 18.5 * HOUR, to: 7 * DAY }], share: (32 + 168 - 66.5) / 168, counts: [[0, 0]] },
    { stretches: [{ from: DAY + 8 * HOUR, to: 2 * DAY + 18.5 * HOUR }], share: 34.5 / 168, counts: [[4, 20]] },
  ]);
});

test('a change on Sunday at 0:00 begins the week', () => {
  expect(timesOf([version('Orders', [at('0 0 ? * SUN *', 5, 6), at('0 0 ? * WED *', 1)])])).toEqual([
    { stretches: [{ from: 0, to: 3 * DAY }], share: 3 / 7, counts: [[5, 6]] },
    { stretches: [{ from: 3 * DAY, to: 7 * DAY }], share: 4 / 7, counts: [[1, 1]] },
  ]);
});

test('of two changes in the same minute, the later schedule applies', () => {
  expect(timesOf([version('Orders', [at('0 8 ? * MON *', 4), at('0 8 ? * MON *', 7)])])).toEqual([
    { stretches: [{ from: 0, to: DAY + 8 * HOUR }, { from: DAY + 8 * HOUR, to: 7 * DAY }], share: 1, counts: [[7, 7]] },
  ]);
});

test('versions with schedules change at their own times, and the others stay as they are', () => {
  const versions = [version('Always', undefined), version('Day', [at('0 8 ? * * *', 4), at('0 20 ? * * *', 0)]), version('Monday', [at('0 12 ? * MON *', 1), at('0 20 ? * MON *', 2)])];
  const times = timesOf(versions);

  expect(times.map(({ counts, share }) => [counts, Math.round(share * 168)])).toEqual([
    [[[3, 12], [0, 0], [2, 2]], 84],
    [[[3, 12], [4, 4], [2, 2]], 76],
    [[[3, 12], [4, 4], [1, 1]], 8],
  ]);
});

test('the week is in the time zone of the first schedule', () => {
  const berlin = at('0 8 ? * MON *', 4, 4, 'Europe/Berlin');
  const tokyo = at('0 8 ? * TUE *', 0, 0, 'Asia/Tokyo');
  const { week } = overTime([version('Orders', [berlin]), version('Payments', [tokyo])]);

  expect(week!.timeZone).toBe('Europe/Berlin');
  // 8:00 in Tokyo is midnight in Berlin.
  expect(week!.times[0].stretches).toEqual([{ from: 0, to: DAY + 8 * HOUR }, { from: DAY + 8 * HOUR, to: 2 * DAY }, { from: 2 * DAY, to: 7 * DAY }]);
});

test.each<[string, ScheduledCounts, string | undefined]>([
  ['a rate', { timing: { expression: 'rate(1 hour)', timeZone: 'UTC' }, min: 1, max: 1 }, 'rate(1 hour)'],
  ['an unknown time', { min: 1, max: 1 }, undefined],
  ['an unknown minimum', at('0 8 ? * MON *', undefined, 4), 'cron(0 8 ? * MON *)'],
  ['an unknown maximum', { ...at('0 8 ? * MON *', 4), max: undefined }, 'cron(0 8 ? * MON *)'],
  ['more changes than a week has hours', at('0-4 0-6 ? * MON-FRI *', 1), 'cron(0-4 0-6 ? * MON-FRI *)'],
])('has no week of a schedule with %s', (_what, schedule, expression) => {
  const versions = [version('Orders', [schedule])];

  expect(overTime(versions)).toEqual({ busiest: versions, leftOut: [{ functionName: 'Orders', version: '$LATEST.PUBLISHED', expression }] });
});

test('a schedule may change a version each hour', () => {
  expect(timesOf([version('Orders', [at('0,30 0-11 ? * * *', 1)])]).map(({ share, counts }) => [share, counts])).toEqual([[1, [[1, 1]]]]);
});

test('schedules of the same version that can\'t be shown leave the others', () => {
  const { week, leftOut } = overTime([version('Orders', [at('0 8 1 * ? *', 9), at('0 8 ? * MON *', 4)])]);

  expect(week!.times.map(({ versions }) => versions[0].minEnvironments)).toEqual([4]);
  expect(leftOut).toHaveLength(1);
});

describe('the busiest time', () => {
  test('is the one with most vCPUs, and has the largest maximum of any time', () => {
    expect(busiestOf([version('Orders', [at('0 8 ? * MON *', 4, 5), at('0 20 ? * MON *', 0, 40)])])).toEqual([[4, 40]]);
  });

  test('is as configured where schedules set less', () => {
    expect(busiestOf([version('Orders', [at('0 8 ? * MON *', 2, 5), at('0 20 ? * MON *', 0, 0)])])).toEqual([[3, 12]]);
  });

  test('counts vCPUs rather than environments', () => {
    const large = version('Large', [at('0 8 ? * * *', 1), at('0 20 ? * * *', 0)], { vCpus: 8, minEnvironments: 0 });
    const small = version('Small', [at('0 8 ? * * *', 0), at('0 20 ? * * *', 3)], { vCpus: 1, minEnvironments: 0 });

    expect(busiestOf([large, small])).toEqual([[1, 12], [0, 12]]);
  });

  test('is the first of equal ones', () => {
    const [day, night] = [version('Day', [at('0 0 ? * * *', 5), at('0 12 ? * * *', 0)]), version('Night', [at('0 0 ? * * *', 0), at('0 12 ? * * *', 5)])];

    expect(busiestOf([day, night].map((each) => ({ ...each, minEnvironments: 0 })))).toEqual([[5, 12], [0, 12]]);
  });

  test('leaves versions without schedules as they are', () => {
    const always = version('Always', undefined, { maxEnvironments: undefined });

    expect(busiestOf([always, version('Day', [at('0 8 ? * * *', 4), at('0 20 ? * * *', 0)])])).toEqual([[3, undefined], [4, 12]]);
  });

  test('has no maximum if one isn\'t known', () => {
    expect(busiestOf([version('Orders', [at('0 8 ? * MON *', 4, 5)], { maxEnvironments: undefined })])).toEqual([[4, undefined]]);
  });
});
