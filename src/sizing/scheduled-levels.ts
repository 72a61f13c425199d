/** Computes the level that schedules set at each time of a day or an average week. */
import { CalendarDay, Cron, parseCron, plusDays } from './cron';
import { ZonedTime } from './time-zone';

/** The times at which a schedule runs. */
export interface Timing {
  /** The expression in the syntax of EventBridge Scheduler: `cron(0 22 ? * MON-FRI *)`. */
  readonly expression: string;
  /** The IANA name of the time zone. */
  readonly timeZone: string;
}

/** A level that a schedule sets, such as the environments of a version. */
export interface ScheduledLevel extends Timing {
  readonly level: number;
}

/** A stretch of the average week with one level, in minutes since Sunday 0:00 local time. */
export interface WeekStretch {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

export const MINUTES_PER_WEEK = 7 * 24 * 60;
const MINUTES_PER_DAY = 24 * 60;
const MS_PER_HOUR = 3_600_000;
/** The number of days to look back for the last change, in which a yearly schedule fires once. */
const LOOK_BACK_DAYS = 366;
/** The day on which the offsets of time zones are compared. The northern hemisphere has winter time then. */
const REFERENCE_DAY = Date.UTC(2026, 0, 15);

export interface Change {
  readonly at: number;
  readonly level: number;
}

/** Returns the hours of a calendar day at each level. The day is in `timeZone`, so it has 23 or 25 hours when clocks change. */
export function hoursAtLevels(schedules: readonly ScheduledLevel[], day: CalendarDay, timeZone: string, initial: number): Map<number, number> {
  const zone = ZonedTime.of(timeZone);
  const [start, end] = [zone.startOf(day), zone.startOf(plusDays(day, 1))];
  const read = schedules.flatMap(({ level, expression, timeZone: name }) => {
    const cron = parseCron(expression);
    return cron ? [{ cron, level, zone: ZonedTime.of(name) }] : [];
  });
  const changes = read.flatMap(({ cron, zone: own, level }) => [-1, 0, 1].flatMap((days) => changesOn(plusDays(day, days), cron, own, level)));
  let level = levelBefore(start, day, read) ?? initial;
  let since = start;
  const hours = new Map<number, number>();
  const add = (until: number) => until > since && hours.set(level, (hours.get(level) ?? 0) + (until - since) / MS_PER_HOUR);
  for (const change of changes.filter(({ at }) => at >= start && at < end).sort((a, b) => a.at - b.at)) {
    add(change.at);
    since = change.at;
    level = change.level;
  }
  add(end);
  return hours;
}

/**
 * Returns the average week under weekly schedules, in the local time of the first. Undefined without schedules, or if a schedule isn't weekly:
 * `rate()`, `at()`, or a cron expression with days of the month, months or years.
 */
export function averageWeek(schedules: readonly ScheduledLevel[]): WeekStretch[] | undefined {
  const changes = weeklyChanges(schedules);
  if (!changes || changes.length === 0) return undefined;
  const last = changes[changes.length - 1];
  const stretches = [{ at: 0, level: last.level }, ...changes].map(({ at, level }, index) => ({
    from: at, to: changes[index]?.at ?? MINUTES_PER_WEEK, level,
  }));
  return stretches.filter(({ from, to }) => to > from);
}

/** Returns the minutes of the week at which schedules fire, in order, with the levels that they set. The minutes are in the local time of the first schedule, or of a given zone. Undefined if a schedule isn't weekly. */
export function weeklyChanges(schedules: readonly ScheduledLevel[], localTime: string = schedules[0]?.timeZone): Change[] | undefined {
  const offsetOf = (timeZone: string) => ZonedTime.of(timeZone).offsetAt(REFERENCE_DAY) / 60_000;
  const changes: Change[] = [];
  for (const { expression, timeZone, level } of schedules) {
    const { weekdays, minutes } = parseCron(expression) ?? {};
    if (!weekdays || !minutes) return undefined;
    const shift = timeZone === localTime ? 0 : offsetOf(localTime) - offsetOf(timeZone);
    weekdays.forEach((weekday) => minutes.forEach((minute) => (
      changes.push({ at: mod(weekday * MINUTES_PER_DAY + minute + shift, MINUTES_PER_WEEK), level })
    )));
  }
  return changes.sort((a, b) => a.at - b.at);
}

interface ReadSchedule {
  readonly cron: Cron;
  readonly zone: ZonedTime;
  readonly level: number;
}

function levelBefore(instant: number, day: CalendarDay, schedules: ReadSchedule[]): number | undefined {
  for (let days = 1; days >= -LOOK_BACK_DAYS; days--) {
    const before = schedules
      .flatMap(({ cron, zone, level }) => changesOn(plusDays(day, days), cron, zone, level))
      .filter(({ at }) => at < instant)
      .sort((a, b) => a.at - b.at);
    // Days in different time zones overlap, so one more day may contain a later change.
    if (before.length > 0) {
      const dayBefore = schedules.flatMap(({ cron, zone, level }) => changesOn(plusDays(day, days - 1), cron, zone, level));
      return [...dayBefore, ...before].sort((a, b) => a.at - b.at).pop()!.level;
    }
  }
  return undefined;
}

function changesOn(day: CalendarDay, { firesOn, minutes }: Cron, zone: ZonedTime, level: number): Change[] {
  if (!firesOn(day)) return [];
  return minutes.flatMap((minute) => {
    const at = zone.instant(day, minute);
    return at === undefined ? [] : [{ at, level }];
  });
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
