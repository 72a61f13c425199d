/** Computes how long EventBridge Scheduler may retry a change. */
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { timingOf } from '../reading/constructs/schedule-timing';
import { MINUTES_PER_WEEK, weeklyChanges } from '../sizing/scheduled-levels';
import { ZonedTime } from '../sizing/time-zone';

/** Seconds that EventBridge Scheduler accepts. Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html (read 2026-11-28) */
const SHORTEST = 60;
const LONGEST = 86_400;
/** The window if it isn't known when the next change comes: long enough for a throttled call, short enough not to undo an hourly one. */
const UNCERTAIN = 900;
const HOUR = 3_600;

/**
 * The seconds until the next change of the same version begins, so that a change that is late never undoes the one after it.
 *
 * Where clocks are set forward in spring, one night of the year is an hour shorter than the others: such zones lose that hour of their window.
 */
export function retryWindow(schedule: ScheduleExpression, all: readonly ScheduleExpression[]): number {
  const own = weeklyTimes([schedule]);
  const others = weeklyTimes([schedule, ...all.filter((other) => other !== schedule)]);
  if (!own || !others) return UNCERTAIN;
  const gaps = own.map((at) => Math.min(...others.map((other) => minutesUntil(at, other))));
  const { hasSummerTime } = ZonedTime.of(timingOf(schedule)!.timeZone);
  return Math.min(Math.max(60 * Math.min(...gaps) - SHORTEST - (hasSummerTime ? HOUR : 0), SHORTEST), LONGEST);
}

/** Returns minutes of the week, in the time zone of the first schedule; undefined where one isn't weekly, or not known before deployment. */
function weeklyTimes(schedules: readonly ScheduleExpression[]): number[] | undefined {
  const timings = schedules.map(timingOf);
  if (!timings.every((timing) => timing !== undefined)) return undefined;
  return weeklyChanges(timings.map((timing) => ({ ...timing, level: 0 })))?.map(({ at }) => at);
}

/** Returns the minutes to the next change, a whole week if it is the same minute: then another schedule has precedence, or the same one a week later. */
function minutesUntil(from: number, to: number): number {
  return ((to - from - 1 + MINUTES_PER_WEEK) % MINUTES_PER_WEEK) + 1;
}
