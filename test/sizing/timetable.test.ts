import { ScheduledLevel, Timing } from '../../src/sizing/scheduled-levels';
import { Timetable } from '../../src/sizing/timetable';

const cron = (fields: string, timeZone = 'UTC'): Timing => ({ expression: `cron(${fields})`, timeZone });
const change = (fields: string, level: number, timeZone?: string): ScheduledLevel => ({ ...cron(fields, timeZone), level });

describe('a change in the same minute', () => {
  const UP = change('0 8 ? * MON-FRI *', 3);

  test.each<[string, ScheduledLevel, boolean]>([
    ['has the same expression', change('0 8 ? * MON-FRI *', 0), true],
    ['coincides on one day', change('0 8 ? * FRI-SAT *', 0), true],
    ['coincides in another zone', change('0 3 ? * MON *', 0, 'America/New_York'), true],
    ['comes a minute later', change('1 8 ? * MON-FRI *', 0), false],
    ['comes on other days', change('0 8 ? * SAT,SUN *', 0), false],
    ['isn\'t weekly', change('0 8 1 * ? *', 0), false],
  ])('is found where it %s: %#', (_what, other, isFound) => {
    const table = new Timetable([UP, other], []);

    expect(table.twinOf(UP)).toBe(isFound ? other : undefined);
    expect(table.twinOf(other)).toBe(isFound ? UP : undefined);
  });

  test('is found among changes that aren\'t weekly if it is equal', () => {
    const [one, other] = [change('0 8 1 * ? *', 1), change('0 8 1 * ? *', 2)];

    expect(new Timetable([one, other], []).twinOf(one)).toBe(other);
    expect(new Timetable([one, change('0 8 1 * ? *', 2, 'Europe/Berlin')], []).twinOf(one)).toBeUndefined();
  });

  test('isn\'t known of rates, which begin whenever they are created', () => {
    const [one, other]: ScheduledLevel[] = [1, 2].map((level) => ({ expression: 'rate(1 hour)', timeZone: 'UTC', level }));

    expect(new Timetable([one, other], []).twinOf(one)).toBeUndefined();
  });

  test('isn\'t the change itself', () => {
    expect(new Timetable([UP], []).twinOf(UP)).toBeUndefined();
  });
});

describe('a call that finds no environment', () => {
  const DOWN = change('0 20 ? * MON-FRI *', 0);
  const UP = change('0 8 ? * MON-FRI *', 3);
  const before = (call: Timing, minutes = 10, changes = [DOWN, UP]) => new Timetable(changes, [call]).callBefore(UP, minutes);

  test.each<[string, boolean]>([
    ['0 8 ? * MON-FRI *', true], // in the minute of the change
    ['51 7 ? * MON-FRI *', true],
    ['50 7 ? * MON-FRI *', false],
    ['1 8 ? * MON-FRI *', false],
    ['55 7 ? * SUN *', false],
    ['55 7 1 * ? *', false],
  ])('comes at %s: %s', (fields, isFound) => {
    const call = cron(fields);

    expect(before(call)).toBe(isFound ? call : undefined);
  });

  test('is looked for across the end of the week', () => {
    const [up, down] = [change('2 0 ? * SUN *', 1), change('0 20 ? * SAT *', 0)];
    const call = cron('57 23 ? * SAT *');

    expect(new Timetable([up, down], [call]).callBefore(up, 10)).toBe(call);
    expect(new Timetable([up, down], [call]).callBefore(up, 5)).toBeUndefined();
  });

  test('isn\'t one that finds environments of an earlier change', () => {
    const early = change('45 7 ? * MON-FRI *', 1);

    expect(before(cron('55 7 ? * MON-FRI *'), 10, [DOWN, early, UP])).toBeUndefined();
    expect(before(cron('45 7 ? * MON-FRI *'), 20, [DOWN, early, UP])).toBeDefined();
  });

  test('isn\'t one after the last change of the week, which applies at its beginning', () => {
    const [saturday, monday] = [change('0 20 ? * SAT *', 2), change('0 8 ? * MON *', 3)];

    expect(new Timetable([saturday, monday], [cron('55 7 ? * MON *')]).callBefore(monday, 10)).toBeUndefined();
    expect(new Timetable([{ ...saturday, level: 0 }, monday], [cron('55 7 ? * MON *')]).callBefore(monday, 10)).toBeDefined();
  });

  test('is the nearest, and the first of those in the same minute', () => {
    const [far, near, same] = [cron('52 7 ? * MON *'), cron('58 7 ? * MON *'), cron('58 7 ? * MON-TUE *')];

    expect(new Timetable([DOWN, UP], [far, near, same]).callBefore(UP, 10)).toBe(near);
    expect(new Timetable([DOWN, UP], [same, far, near]).callBefore(UP, 10)).toBe(same);
  });

  test('isn\'t known without calls, or if a change isn\'t weekly', () => {
    expect(new Timetable([DOWN, UP], []).callBefore(UP, 10)).toBeUndefined();
    expect(before(cron('55 7 ? * MON-FRI *'), 10, [DOWN, UP, change('0 0 1 * ? *', 0)])).toBeUndefined();
    expect(new Timetable([], [cron('55 7 ? * MON-FRI *')]).callBefore(UP, 10)).toBeUndefined();
  });
});
