/**
 * The calendar behind the cron expressions of EventBridge Scheduler: on which days they fire, and at which minutes.
 *
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (read 2026-11-28)
 */

/** A calendar day, without a time zone. Months count from 1. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The times at which a cron expression fires, in the local time of its time zone. */
export interface Cron {
  /** The minutes of a day, in ascending order: 0 to 1439. */
  readonly minutes: readonly number[];
  /** The days of the week, 0 for Sunday. Undefined if anything else decides on which days it fires. */
  readonly weekdays?: readonly number[];
  /** Returns whether the expression fires on a day. */
  firesOn(day: CalendarDay): boolean;
}

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MINUTE: Field = { min: 0, max: 59 };
const HOUR: Field = { min: 0, max: 23 };
const DAY_OF_MONTH: Field = { min: 1, max: 31 };
const MONTH: Field = { min: 1, max: 12, names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] };
/** AWS numbers the days of the week from 1 for Sunday. */
const DAY_OF_WEEK: Field = { min: 1, max: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };
const YEAR: Field = { min: 1970, max: 2199 };

const DAYS_PER_WEEK = 7;
const MS_PER_DAY = 86_400_000;

/** Reads an expression such as `cron(0 22 ? * MON-FRI *)`. Undefined for anything else, including `rate(…)` and `at(…)`. */
export function parseCron(expression: string): Cron | undefined {
  const fields = /^cron\(\s*(.+?)\s*\)$/.exec(expression)?.[1].toUpperCase().split(/\s+/);
  if (fields?.length !== 6) return undefined;
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  const minutes = valuesOf(minute, MINUTE);
  const hours = valuesOf(hour, HOUR);
  const months = valuesOf(month, MONTH);
  const years = valuesOf(year, YEAR);
  const ofMonth = dayOfMonthTest(dayOfMonth);
  const ofWeek = dayOfWeekTest(dayOfWeek);
  if (!minutes || !hours || !months || !years || !ofMonth || !ofWeek) return undefined;
  const isEveryDay = [dayOfMonth, month, year].every((field) => field === '*' || field === '?');
  return {
    minutes: hours.flatMap((h) => minutes.map((m) => 60 * h + m)),
    weekdays: isEveryDay ? weekdaysOf(dayOfWeek) : undefined,
    firesOn: (date) => months.includes(date.month) && years.includes(date.year) && ofMonth(date) && ofWeek(date),
  };
}

/** Returns the day of the week, 0 for Sunday. */
export function weekdayOf({ year, month, day }: CalendarDay): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** Returns the day that is a number of days later. */
export function plusDays({ year, month, day }: CalendarDay, days: number): CalendarDay {
  const date = new Date(Date.UTC(year, month - 1, day) + days * MS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Returns the values of a field with lists, ranges, steps and `*`, of numbers or names. Undefined if the field can't be read. */
function valuesOf(text: string, field: Field): number[] | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [, range, step = '1'] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    if (range === undefined || Number(step) < 1) return undefined;
    const [first, last, ...others] = range === '*' ? [field.min, field.max] : range.split('-').map((word) => numberOf(word, field));
    if (first === undefined || others.length > 0 || (range.includes('-') && last === undefined)) return undefined;
    // `5/15` means from 5 on, and `FRI-MON` wraps around the end of the week.
    const end = last ?? (part.includes('/') ? field.max : first);
    const length = (end - first + (end < first ? field.max - field.min + 1 : 0));
    for (let offset = 0; offset <= length; offset += Number(step)) {
      values.add((first - field.min + offset) % (field.max - field.min + 1) + field.min);
    }
  }
  return [...values].sort((a, b) => a - b);
}

function numberOf(word: string, { min, max, names = [] }: Field): number | undefined {
  const named = names.indexOf(word);
  const value = named >= 0 ? named + min : (/^\d+$/.test(word) ? Number(word) : NaN);
  return value >= min && value <= max ? value : undefined;
}

type DayTest = (date: CalendarDay) => boolean;

function dayOfMonthTest(text: string): DayTest | undefined {
  if (text === '?' || text === '*') return () => true;
  if (text === 'L') return (date) => date.day === lengthOfMonth(date);
  const nearest = numberOf(/^(\d+)W$/.exec(text)?.[1] ?? '', DAY_OF_MONTH);
  if (nearest !== undefined) return (date) => date.day === nearestWorkday({ ...date, day: nearest });
  const days = valuesOf(text, DAY_OF_MONTH);
  return days && ((date) => days.includes(date.day));
}

function dayOfWeekTest(text: string): DayTest | undefined {
  const [, word, kind, nth] = /^(\w+?)(L|#([1-5]))$/.exec(text) ?? [];
  if (kind !== undefined) {
    const weekday = numberOf(word, DAY_OF_WEEK);
    if (weekday === undefined) return undefined;
    return (date) => weekdayOf(date) === weekday - 1 && (kind === 'L'
      ? date.day + DAYS_PER_WEEK > lengthOfMonth(date)
      : Math.ceil(date.day / DAYS_PER_WEEK) === Number(nth));
  }
  const weekdays = weekdaysOf(text);
  return weekdays && ((date) => weekdays.includes(weekdayOf(date)));
}

/** Returns the days of the week, 0 for Sunday. Undefined if the field depends on more than the day of the week. */
function weekdaysOf(text: string): number[] | undefined {
  return valuesOf(text === '?' ? '*' : text, DAY_OF_WEEK)?.map((value) => value - 1);
}

function lengthOfMonth({ year, month }: CalendarDay): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Returns the working day of the same month that is nearest to a day. */
function nearestWorkday(date: CalendarDay): number {
  const day = Math.min(date.day, lengthOfMonth(date));
  const weekday = weekdayOf({ ...date, day });
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < lengthOfMonth(date) ? day + 1 : day - 2;
  return day;
}
