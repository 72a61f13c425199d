/** The words for needs and times of the week, which findings, plans and dashboards share. */
import { assumesRatio, assumption, atRestText, figure, hostsText, sumText, whileDeployed } from '../../../src/rules/fleet/need-text';
import { pauseText, stretchesOf, timesText } from '../../../src/rules/fleet/week-text';
import { LiveVersion } from '../../../src/sizing/fleet-demand';
import { FleetWeek } from '../../../src/sizing/fleet-week';
import { NeedSum } from '../../../src/sizing/need-sum';

const XLARGE = { name: 'c7g.xlarge', vCpus: 4, memoryMiB: 8192 };
const LARGE = { name: 'm7g.large', vCpus: 2, memoryMiB: 8192 };
const THREE = { vCpus: 12, hosts: [{ type: XLARGE, count: 3 }] };
const BARE = { vCpus: 6, hosts: [] };
const NOTHING = { vCpus: 0, hosts: [] };
const ONE_DEPLOYED = { ...THREE, functionName: 'Orders', functions: 1 };

test('hosts are counted by type', () => {
  expect(hostsText([{ type: XLARGE, count: 3 }, { type: LARGE, count: 1 }])).toBe('3 × c7g.xlarge + 1 × m7g.large');
});

test.each<[string, NeedSum]>([
  ['12 at rest (3 × c7g.xlarge) + 12 while Orders is deployed + 4 for a replacement = 28', { atRest: THREE, deployment: ONE_DEPLOYED, replacement: { vCpus: 4, hosts: [{ type: XLARGE, count: 1 }] }, total: 28 }],
  ['6 at rest + 6.5 while 2 functions are deployed at once = 12.5', { atRest: BARE, deployment: { vCpus: 6.5, hosts: [], functionName: 'Orders', functions: 2 }, replacement: NOTHING, total: 12.5 }],
  ['0 at rest + 4 for a replacement = 4', { atRest: NOTHING, replacement: { vCpus: 4, hosts: [{ type: XLARGE, count: 1 }] }, total: 4 }],
  ['6 at rest', { atRest: BARE, replacement: NOTHING, total: 6 }],
])('%s', (text, sum) => {
  expect(sumText(sum)).toBe(text);
});

test('parts of sums have words of their own', () => {
  expect(atRestText(THREE)).toBe('12 at rest (3 × c7g.xlarge)');
  expect(atRestText(BARE)).toBe('6 at rest');
  expect(whileDeployed({ functionName: 'Orders', functions: 1 })).toBe('while Orders is deployed');
  expect(whileDeployed({ functionName: 'Orders', functions: 3 })).toBe('while 3 functions are deployed at once');
});

test.each([[12, '12'], [0.125, '0.13'], [1.999, '2'], [1234.5, '1234.5']])('%d is written %s', (value, text) => {
  expect(figure(value)).toBe(text);
});

const version: LiveVersion = { functionName: 'Orders', version: '1', vCpus: 2, memoryMiB: 4096, minEnvironments: 3, maxEnvironments: 9 };

test.each<[string, LiveVersion[], boolean]>([
  ['nothing', [version], false],
  ['a ratio', [version, { ...version, assumesRatio: true }], true],
  ['a ratio of one vCPU', [{ ...version, assumesRatio: true, vCpus: 1, minEnvironments: 1 }], true],
  ['a ratio of what keeps nothing', [{ ...version, assumesRatio: true, minEnvironments: 0 }], false],
])('the need assumes %s', (_what, versions, assumes) => {
  expect(assumesRatio(versions)).toBe(assumes);
  expect(assumption(versions)).toBe(assumes ? ', if functions without a ratio get AWS\'s 2 GiB per vCPU' : '');
});

describe('times of the week', () => {
  const HOUR = 60;
  const DAY = 24 * HOUR;
  const on = (day: number, from: number, to: number) => ({ from: day * DAY + from * HOUR, to: day * DAY + to * HOUR });

  test.each([
    ['nothing', [], ''],
    ['two days that follow each other', [on(1, 8, 9), on(2, 8, 9)], 'Mon, Tue 08:00–09:00'],
    ['three days', [on(1, 8, 9), on(2, 8, 9), on(3, 8, 9)], 'Mon–Wed 08:00–09:00'],
    ['three days with a gap', [on(1, 8, 9), on(2, 8, 9), on(4, 8, 9)], 'Mon, Tue, Thu 08:00–09:00'],
    ['the days around Sunday', [on(0, 8, 9), on(1, 8, 9), on(6, 8, 9)], 'Mon, Sat, Sun 08:00–09:00'],
    ['each day', [0, 1, 2, 3, 4, 5, 6].map((day) => on(day, 8, 9)), '08:00–09:00'],
    ['a whole day', [on(3, 0, 24)], 'Wed 00:00–00:00'],
    ['a minute more than a day', [{ from: 3 * DAY, to: 4 * DAY + 1 }], 'Wed 00:00–Thu 00:01'],
    ['hours of two kinds', [on(1, 8, 9), on(1, 12, 13), on(2, 8, 9)], 'Mon, Tue 08:00–09:00, Mon 12:00–13:00'],
    ['a minute less than a week', [{ from: 0, to: 7 * DAY - 1 }], 'Sun 00:00–Sat 23:59'],
    ['across the end of the week', [{ from: 0, to: 6 * HOUR }, { from: 6 * DAY + 22 * HOUR, to: 7 * DAY }], 'Sat 22:00–06:00'],
    ['across the end of the week, and within', [{ from: 0, to: 6 * HOUR }, on(3, 8, 9), { from: 6 * DAY + 22 * HOUR, to: 7 * DAY }], 'Wed 08:00–09:00, Sat 22:00–06:00'],
    ['to the end of the week, and within', [on(3, 8, 9), { from: 6 * DAY + 22 * HOUR, to: 7 * DAY }], 'Wed 08:00–09:00, Sat 22:00–00:00'],
    ['to the end of the week', [{ from: 6 * DAY + 22 * HOUR, to: 7 * DAY }], 'Sat 22:00–00:00'],
    ['from the beginning of the week', [{ from: 0, to: 6 * HOUR }, on(3, 8, 9)], 'Wed 08:00–09:00, Sun 00:00–06:00'],
    ['from midnight of Monday', [on(1, 0, 1), on(3, 8, 9)], 'Mon 00:00–01:00, Wed 08:00–09:00'],
    ['two that meet', [on(1, 8, 9), on(1, 9, 10)], 'Mon 08:00–10:00'],
  ])('%s', (_what, stretches, text) => {
    expect(timesText(stretches)).toBe(text);
  });

  test.each(['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].map((name, day) => [name, day] as const))('%s', (name, day) => {
    expect(timesText([on(day, 8, 9)])).toBe(`${name} 08:00–09:00`);
    expect(timesText([{ from: day * DAY, to: (day + 1) * DAY + 60 }])).toMatch(new RegExp(`^${name} 00:00–\\w{3} 01:00$`));
  });

  const asleep = { ...version, maxEnvironments: 0 };
  const week = (...times: [number, LiveVersion[]][]): FleetWeek => ({
    timeZone: 'Europe/Berlin', times: times.map(([day, versions]) => ({ stretches: [on(day, 8, 9)], share: 1 / 168, versions })),
  });

  test.each<[string, FleetWeek | undefined, string | undefined]>([
    ['no week', undefined, undefined],
    ['nothing that sleeps', week([1, [version]]), undefined],
    ['one of two that sleeps', week([1, [version, asleep]]), undefined],
    ['all that sleep', week([1, [asleep, asleep]], [2, [version, version]]), 'paused Mon 08:00–09:00 Europe/Berlin'],
    ['all that sleep at two times', week([3, [asleep]], [1, [asleep]]), 'paused Mon, Wed 08:00–09:00 Europe/Berlin'],
  ])('a fleet is paused: %s', (_what, times, text) => {
    expect(pauseText(times)).toBe(text);
  });

  test('some versions of a fleet may be paused alone', () => {
    const times = week([1, [version, { ...asleep, functionName: 'Nightly' }]]);

    expect(pauseText(times, ({ functionName }) => functionName === 'Nightly')).toBe('paused Mon 08:00–09:00 Europe/Berlin');
    expect(pauseText(times, ({ functionName }) => functionName === 'Orders')).toBeUndefined();
  });

  test('times that follow each other are one', () => {
    const { times } = week([1, [version]]);
    const next = [{ ...times[0], stretches: [on(1, 9, 10), on(0, 1, 2)] }];

    expect(stretchesOf([...times, ...next])).toEqual([on(0, 1, 2), on(1, 8, 10)]);
  });
});
