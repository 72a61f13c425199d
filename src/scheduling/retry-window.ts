/** Computes how long EventBridge Scheduler may retry a change. */
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { timingOf } from '../reading/constructs/schedule-timing';
import { MINUTES_PER_WEEK, weeklyChanges } from '../sizing/scheduled-levels';
import { ZonedTime } from '../sizing/time-zone';

/**
 * The shortest time, in seconds, that EventBridge Scheduler accepts. Source:
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html (read 2026-11-28)
 */
const SHORTEST = 60;
const LONGEST = 86_400;
/**
 * The window in seconds if the time of the next change isn't known. It is long enough for a throttled call, and short enough not to undo an hourly
 * change.
 */
const UNCERTAIN = 900;
const HOUR = 3_600;

/**
 * Returns the seconds until the next change of the same version, so that a late change never undoes the one after it.
 *
 * In time zones with daylight saving time, one night of the year is an hour shorter than the others, so the window is an hour shorter there.
 */
export function retryWindow(schedule: ScheduleExpression, all: readonly ScheduleExpression[]): number {
  const own = weeklyTimes([schedule]);
  const others = weeklyTimes([schedule, ...all.filter((other) => other !== schedule)]);
  if (!own || !others) return UNCERTAIN;
  const gaps = own.map((at) => Math.min(...others.map((other) => minutesUntil(at, other))));
  const { hasSummerTime } = ZonedTime.of(timingOf(schedule)!.timeZone);
  return Math.min(Math.max(60 * Math.min(...gaps) - SHORTEST - (hasSummerTime ? HOUR : 0), SHORTEST), LONGEST);
}

/** Returns minutes of the week, in the time zone of the first schedule; undefined if a schedule isn't weekly or isn't known before deployment. */
function weeklyTimes(schedules: readonly ScheduleExpression[]): number[] | undefined {
  const timings = schedules.map(timingOf);
  if (!timings.every((timing) => timing !== undefined)) return undefined;
  return weeklyChanges(timings.map((timing) => ({ ...timing, level: 0 })))?.map(({ at }) => at);
}

/**
 * Returns the minutes until the next change. If both are in the same minute, that is a whole week: the next change is then that of another schedule,
 * or the same one a week later.
 */
function minutesUntil(from: number, to: number): number {
  return ((to - from - 1 + MINUTES_PER_WEEK) % MINUTES_PER_WEEK) + 1;
}
