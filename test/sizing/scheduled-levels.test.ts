import { isDeepStrictEqual } from 'node:util';
import { DateTime } from 'luxon';
import { parseCron } from '../../src/sizing/cron';
import { averageWeek, hoursAtLevels, ScheduledLevel } from '../../src/sizing/scheduled-levels';

/** With and without summer time, in both hemispheres, by half an hour, at midnight, and at offsets that aren't whole hours. */
const ZONES = [
  'Etc/UTC', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Asia/Kolkata', 'Asia/Beirut', 'Africa/Cairo', 'Australia/Lord_Howe', 'Pacific/Chatham',
];

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Time {
  readonly weekday?: string;
  readonly hour: number;
  readonly minute: number;
}

function scheduleAt({ weekday = '*', hour, minute }: Time, timeZone: string, level: number): ScheduledLevel {
  return { expression: `cron(${minute} ${hour} ? * ${weekday} *)`, timeZone, level };
}

/** Each moment of two years and a week before at which one of the times comes, by a date library; skipped where it doesn't exist. */
function changesByLuxon(times: Time[], levels: number[], zone: string): { at: number; level: number }[] {
  const changes: { at: number; level: number }[] = [];
  for (let date = DateTime.fromObject({ year: 2025, month: 12, day: 24 }, { zone }); date.year < 2028; date = date.plus({ days: 1 })) {
    times.forEach(({ weekday, hour, minute }, index) => {
      if (weekday !== undefined && WEEKDAYS[date.weekday % 7] !== weekday) return;
      const at = DateTime.fromObject({ year: date.year, month: date.month, day: date.day, hour, minute }, { zone });
      if (at.hour !== hour || at.minute !== minute) return;
      changes.push({ at: Math.min(...at.getPossibleOffsets().map((possible) => possible.toMillis())), level: levels[index] });
    });
  }
  return changes.sort((a, b) => a.at - b.at);
}

test.each(ZONES)('counts the hours of each day of two years in %s as a date library does', (zone) => {
  const times = [{ hour: 2, minute: 30 }, { hour: 7, minute: 40 }, { hour: 22, minute: 0 }, { weekday: 'SAT', hour: 0, minute: 15 }];
  const levels = [1, 6, 0, 2];
  const schedules = times.map((time, index) => scheduleAt(time, zone, levels[index]));
  const changes = changesByLuxon(times, levels, zone);
  const differences: unknown[] = [];
  let next = 0;
  let level = NaN;

  for (let date = DateTime.fromObject({ year: 2026, month: 1, day: 1 }, { zone }); date.year < 2028; date = date.plus({ days: 1 })) {
    const day = { year: date.year, month: date.month, day: date.day };
    const end = date.plus({ days: 1 }).startOf('day').toMillis();
    let since = date.startOf('day').toMillis();
    const expected = new Map<number, number>();
    for (; next < changes.length && changes[next].at < end; next++) {
      const { at } = changes[next];
      if (at > since) expected.set(level, (expected.get(level) ?? 0) + (at - since) / 3_600_000);
      since = Math.max(since, at);
      level = changes[next].level;
    }
    expected.set(level, (expected.get(level) ?? 0) + (end - since) / 3_600_000);
    const hours = hoursAtLevels(schedules, day, zone, 9);
    if (!isDeepStrictEqual(hours, expected)) differences.push({ day, hours, expected });
  }

  expect(next).toBeGreaterThan(2000);
  expect(differences).toEqual([]);
});

test('counts a schedule that runs in another zone than the day', () => {
  const schedules = [scheduleAt({ hour: 0, minute: 0 }, 'Asia/Tokyo', 5), scheduleAt({ hour: 12, minute: 0 }, 'Asia/Tokyo', 0)];

  // 0:00 in Tokyo is 15:00 UTC the day before.
  expect(hoursAtLevels(schedules, { year: 2026, month: 3, day: 10 }, 'Etc/UTC', 9)).toEqual(new Map([[5, 12], [0, 12]]));
});

test('has the level from before the first schedule where none has fired yet', () => {
  const never = [{ expression: 'cron(0 8 1 1 ? 2031)', timeZone: 'Etc/UTC', level: 5 }];

  expect(hoursAtLevels(never, { year: 2026, month: 3, day: 10 }, 'Etc/UTC', 3)).toEqual(new Map([[3, 24]]));
});

test('lays schedules over the average week, from the last of the week before', () => {
  const week = averageWeek([
    { expression: 'cron(0 7 ? * MON-FRI *)', timeZone: 'Europe/Berlin', level: 4 },
    { expression: 'cron(30 19 ? * MON-FRI *)', timeZone: 'Europe/Berlin', level: 0 },
  ])!;

  expect(week[0]).toEqual({ from: 0, to: 24 * 60 + 7 * 60, level: 0 });
  expect(week.filter(({ level }) => level === 4)).toHaveLength(5);
  expect(week.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(7 * 24 * 60);
  expect(week.filter(({ level }) => level === 4).reduce((sum, { from, to }) => sum + to - from, 0)).toBe(5 * 12.5 * 60);
});

test('brings the schedules of another zone into the week of the first', () => {
  const week = averageWeek([
    { expression: 'cron(0 8 * * ? *)', timeZone: 'Europe/Berlin', level: 4 },
    { expression: 'cron(0 8 * * ? *)', timeZone: 'America/New_York', level: 0 },
  ])!;

  // 8:00 in New York is 14:00 in Berlin.
  expect(week.filter(({ level }) => level === 4).every(({ from, to }) => to - from === 6 * 60)).toBe(true);
});

test.each(['rate(1 hour)', 'at(2026-12-01T08:00:00)', 'cron(0 8 1 * ? *)', 'cron(0 8 ? * MON#1 *)', 'cron(0 8 ? * MON 2027)', 'nonsense'])('knows no average week of %s', (expression) => {
  expect(averageWeek([{ expression, timeZone: 'Etc/UTC', level: 1 }])).toBeUndefined();
});

describe('a cron expression', () => {
  const firesOn = (expression: string, month: number, day: number, year = 2026) => parseCron(expression)!.firesOn({ year, month, day });

  test('reads lists, ranges and steps of minutes and hours', () => {
    expect(parseCron('cron(0/20 8-9,17 ? * * *)')!.minutes).toEqual([480, 500, 520, 540, 560, 580, 1020, 1040, 1060]);
    expect(parseCron('cron(*/30 3 ? * * *)')!.minutes).toEqual([180, 210]);
    expect(parseCron('cron(5 */12 * * ? *)')!.minutes).toEqual([5, 725]);
  });

  test('reads days of the week by name and by number, from 1 for Sunday', () => {
    expect(parseCron('cron(0 8 ? * MON-FRI *)')!.weekdays).toEqual([1, 2, 3, 4, 5]);
    expect(parseCron('cron(0 8 ? * 1,7 *)')!.weekdays).toEqual([0, 6]);
    expect(parseCron('cron(0 8 ? * FRI-MON *)')!.weekdays).toEqual([0, 1, 5, 6]);
  });

  // 2026-11-30 is a Monday.
  test.each<[string, number, number, boolean]>([
    ['cron(0 8 L * ? *)', 11, 30, true],
    ['cron(0 8 L * ? *)', 11, 29, false],
    ['cron(0 8 15W * ? *)', 8, 14, true], // the 15th is a Saturday
    ['cron(0 8 15W * ? *)', 8, 15, false],
    ['cron(0 8 1W * ? *)', 11, 2, true], // the 1st is a Sunday
    ['cron(0 8 ? * MONL *)', 11, 30, true],
    ['cron(0 8 ? * MONL *)', 11, 23, false],
    ['cron(0 8 ? * 2#4 *)', 11, 23, true],
    ['cron(0 8 ? * 2#4 *)', 11, 30, false],
    ['cron(0 8 1,15 JAN-MAR ? *)', 3, 15, true],
    ['cron(0 8 1,15 JAN-MAR ? *)', 4, 15, false],
    ['cron(0 8 ? * * 2027)', 3, 15, false],
  ])('%s fires on %d/%d of 2026: %s', (expression, month, day, fires) => {
    expect(firesOn(expression, month, day)).toBe(fires);
  });

  test.each(['cron(0 8 * * *)', 'cron(60 8 * * ? *)', 'cron(0 8 * * FOO *)', 'cron(0 8 * 13 ? *)', 'cron(0/0 8 * * ? *)', 'cron(1-2-3 8 * * ? *)'])('refuses %s', (expression) => {
    expect(parseCron(expression)).toBeUndefined();
  });
});
