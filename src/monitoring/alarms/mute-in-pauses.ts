/** Silences the alarms about missing data and traffic while a fleet is paused, because a paused fleet sends no metrics. */
import { Duration, TimeZone } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { child } from './create-alarms';
import { timingOf } from '../../reading/constructs/schedule-timing';
import { onPause } from '../../registry/pauses';
import { MINUTES_PER_WEEK, weeklyChanges } from '../../sizing/scheduled-levels';
import { ZonedTime } from '../../sizing/time-zone';

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MINUTES_PER_DAY = 24 * 60;

/**
 * The time after a pause during which alarms stay muted: environments start within minutes, and the alarm about missing data looks back half an hour.
 */
const MINUTES_AFTER = 45;

/** A scope for the rules, so that their ids can't clash with those of alarms. */
const SCOPE = 'Pauses';

/** Mutes alarms in each pause of a provider, including pauses that are added later. A pause that doesn't repeat weekly mutes nothing. */
export function muteInPauses(scope: Construct, provider: lambda.ICapacityProviderRef, alarms: readonly cloudwatch.AlarmBase[]): void {
  if (alarms.length === 0) return;
  onPause(provider, ({ id, from, until }) => {
    const timeZone = from.timeZone ?? TimeZone.ETC_UTC;
    windowsOf(from, until).forEach(({ at, minutes, weekdays }, index) => new cloudwatch.AlarmMuteRule(child(child(scope, SCOPE), id), `Window${index + 1}`, {
      description: 'Nothing is kept then, so that there is nothing to measure',
      alarms: [...alarms],
      schedule: cloudwatch.ScheduleExpression.cron({
        minute: String(at % 60),
        hour: String(Math.floor(at / 60)),
        weekDay: weekdays.length === DAYS.length ? '*' : weekdays.map((day) => DAYS[day]).join(','),
        timeZone,
      }),
      duration: Duration.minutes(minutes),
    }));
  });
}

/** A part of the week that begins at the same minute of some days. */
interface Window {
  /** In minutes from the beginning of the day. */
  readonly at: number;
  readonly minutes: number;
  readonly weekdays: number[];
}

/** Returns the times at which a pause begins, and how long it lasts. A pause over a weekend is longer than the others. */
function windowsOf(from: ScheduleExpression, until: ScheduleExpression): Window[] {
  const [start, end] = [timingOf(from), timingOf(until)];
  const starts = start && weeklyChanges([{ ...start, level: 0 }]);
  const ends = start && end && weeklyChanges([{ ...end, level: 0 }], start.timeZone);
  if (!starts || !ends) return [];
  // In time zones with daylight saving time, one night of the year is an hour longer than the others.
  const after = MINUTES_AFTER + (ZonedTime.of(start.timeZone).hasSummerTime ? 60 : 0);
  const windows = new Map<string, Window>();
  for (const { at } of starts) {
    const minutes = after + Math.min(...ends.map((other) => (other.at - at - 1 + MINUTES_PER_WEEK) % MINUTES_PER_WEEK + 1));
    const key = `${at % MINUTES_PER_DAY} ${minutes}`;
    const window = windows.get(key) ?? { at: at % MINUTES_PER_DAY, minutes, weekdays: [] };
    windows.set(key, window);
    window.weekdays.push(Math.floor(at / MINUTES_PER_DAY));
  }
  return [...windows.values()];
}
