import { parseCron, plusDays, weekdayOf } from '../../src/sizing/cron';

const minutesOf = (minute: string, hour = '0') => parseCron(`cron(${minute} ${hour} * * ? *)`)?.minutes;
const weekdaysOf = (dayOfWeek: string) => parseCron(`cron(0 0 ? * ${dayOfWeek} *)`)?.weekdays;

/** The days of a month on which an expression fires. */
function daysOf(expression: string, year: number, month: number): number[] {
  const cron = parseCron(expression)!;
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Array.from({ length }, (_, index) => index + 1).filter((day) => cron.firesOn({ year, month, day }));
}

/** The months of a year in which an expression fires. */
const monthsOf = (month: string, year = 2026) => (
  Array.from({ length: 12 }, (_, index) => index + 1).filter((each) => parseCron(`cron(0 0 1 ${month} ? *)`)!.firesOn({ year, month: each, day: 1 }))
);

test.each<[string, number[] | undefined]>([
  ['0', [0]],
  ['59', [59]],
  ['60', undefined],
  ['50/3', [50, 53, 56, 59]],
  ['*/25', [0, 25, 50]],
  ['10-12', [10, 11, 12]],
  ['10-20/5', [10, 15, 20]],
  ['58-1', [0, 1, 58, 59]],
  ['7,3,3', [3, 7]],
  ['10-10', [10]],
  ['0/1', Array.from({ length: 60 }, (_, index) => index)],
  ['0/0', undefined],
  ['5/', undefined],
  ['5-', undefined],
  ['5-70', undefined],
  ['1-2-3', undefined],
  ['', undefined],
  ['x', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['1,,2', undefined],
])('reads %p as minutes: %p', (minute, minutes) => {
  expect(minutesOf(minute)).toEqual(minutes);
});

test.each<[string, number[] | undefined]>([
  ['0', [5]],
  ['23', [23 * 60 + 5]],
  ['24', undefined],
  ['22-1', [5, 65, 22 * 60 + 5, 23 * 60 + 5]],
  ['*/12', [5, 12 * 60 + 5]],
])('reads %p as hours: %p', (hour, minutes) => {
  expect(minutesOf('5', hour)).toEqual(minutes);
});

test.each<[string, number[] | undefined]>([
  ['SUN', [0]],
  ['sat', [6]],
  ['1', [0]],
  ['7', [6]],
  ['0', undefined],
  ['8', undefined],
  ['*', [0, 1, 2, 3, 4, 5, 6]],
  ['MON-FRI', [1, 2, 3, 4, 5]],
  ['SAT-SUN', [0, 6]],
  ['2/2', [1, 3, 5]],
  ['MON#2', undefined],
  ['FRIL', undefined],
])('reads %p as days of the week: %p', (dayOfWeek, weekdays) => {
  expect(weekdaysOf(dayOfWeek)).toEqual(weekdays);
});

test.each<[string, number[]]>([
  ['JAN', [1]],
  ['DEC', [12]],
  ['1', [1]],
  ['12', [12]],
  ['*', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  ['NOV-FEB', [1, 2, 11, 12]],
  ['3/4', [3, 7, 11]],
])('reads %p as months: %p', (month, months) => {
  expect(monthsOf(month)).toEqual(months);
});

// November 2026 begins on a Sunday and has 30 days; August begins on a Saturday; February has 28 days, and 29 in 2028.
test.each<[string, number, number, number[]]>([
  ['1', 2026, 11, [1]],
  ['31', 2026, 10, [31]],
  ['31', 2026, 11, []],
  ['10/9', 2026, 11, [10, 19, 28]],
  ['L', 2026, 11, [30]],
  ['L', 2026, 2, [28]],
  ['L', 2028, 2, [29]],
  ['L', 2026, 12, [31]],
  ['1W', 2026, 11, [2]], // a Sunday: the Monday after it
  ['1W', 2026, 8, [3]], // a Saturday, and the Friday before it is in July
  ['2W', 2026, 5, [1]], // a Saturday
  ['15W', 2026, 11, [16]], // a Sunday
  ['14W', 2026, 11, [13]], // a Saturday
  ['2W', 2026, 8, [3]], // a Sunday
  ['8W', 2026, 8, [7]], // a Saturday
  ['11W', 2026, 11, [11]], // a Wednesday
  ['31W', 2026, 5, [29]], // a Sunday at the end of the month: the Friday before it
  ['31W', 2026, 11, [30]], // the month is shorter: its last day is a Monday
  ['31W', 2026, 2, [27]], // the 28th is a Saturday
  ['30W', 2026, 8, [31]], // a Sunday before the last day
])('the day of the month %s fires in %d-%d on %p', (dayOfMonth, year, month, days) => {
  expect(daysOf(`cron(0 0 ${dayOfMonth} * ? *)`, year, month)).toEqual(days);
});

test.each<[string, number, number, number[]]>([
  ['SUN', 2026, 11, [1, 8, 15, 22, 29]],
  ['7', 2026, 11, [7, 14, 21, 28]],
  ['SUN#1', 2026, 11, [1]],
  ['SAT#1', 2026, 11, [7]],
  ['SUN#2', 2026, 11, [8]],
  ['1#5', 2026, 11, [29]],
  ['TUE#5', 2026, 11, []],
  ['SUNL', 2026, 11, [29]],
  ['MONL', 2026, 11, [30]],
  ['3L', 2026, 11, [24]],
  ['SATL', 2026, 2, [28]],
  ['SUNL', 2026, 2, [22]],
])('the day of the week %s fires in %d-%d on %p', (dayOfWeek, year, month, days) => {
  expect(daysOf(`cron(0 0 ? * ${dayOfWeek} *)`, year, month)).toEqual(days);
});

test.each(['FOO#1', 'SUN#6', 'SUN#0', 'FOOL', '8L', 'X'])('refuses the day of the week %s', (dayOfWeek) => {
  expect(parseCron(`cron(0 0 ? * ${dayOfWeek} *)`)).toBeUndefined();
});

test.each(['32', '0', '32W', 'W', 'LW', '0W'])('refuses the day of the month %s', (dayOfMonth) => {
  expect(parseCron(`cron(0 0 ${dayOfMonth} * ? *)`)).toBeUndefined();
});

test.each(['13', '0', 'FOO'])('refuses the month %s', (month) => {
  expect(parseCron(`cron(0 0 1 ${month} ? *)`)).toBeUndefined();
});

test.each<[string, boolean]>([['1970', true], ['2199', true], ['1969', false], ['2200', false]])('reads the year %s: %s', (year, isRead) => {
  const cron = parseCron(`cron(0 0 1 1 ? ${year})`);

  expect(cron !== undefined).toBe(isRead);
  if (isRead) expect([0, 1].map((later) => cron!.firesOn({ year: Number(year) + later, month: 1, day: 1 }))).toEqual([true, false]);
});

test.each<[string, number[] | undefined]>([
  ['cron(0 0 * * ? *)', [0, 1, 2, 3, 4, 5, 6]],
  ['cron(0 0 ? * * *)', [0, 1, 2, 3, 4, 5, 6]],
  ['cron(0 0 1 * ? *)', undefined],
  ['cron(0 0 ? 1 * *)', undefined],
  ['cron(0 0 ? * * 2026)', undefined],
])('%s repeats each week on %p', (expression, weekdays) => {
  expect(parseCron(expression)?.weekdays).toEqual(weekdays);
});

test('accepts spaces around fields, and nothing around the expression', () => {
  expect(parseCron('cron( 5  6 * * ?   * )')?.minutes).toEqual([365]);
  expect(parseCron(' cron(5 6 * * ? *)')).toBeUndefined();
  expect(parseCron('cron(5 6 * * ? * *)')).toBeUndefined();
  expect(parseCron('rate(5 minutes)')).toBeUndefined();
});

test('counts days across the ends of months and years', () => {
  expect(plusDays({ year: 2026, month: 12, day: 31 }, 1)).toEqual({ year: 2027, month: 1, day: 1 });
  expect(plusDays({ year: 2028, month: 3, day: 1 }, -1)).toEqual({ year: 2028, month: 2, day: 29 });
  expect(weekdayOf({ year: 2026, month: 11, day: 29 })).toBe(0);
});
