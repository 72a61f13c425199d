/** Reads when a schedule of EventBridge Scheduler runs. */
import { TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { isToken } from './token';
import { Timing } from '../../sizing/scheduled-levels';
import { ZonedTime } from '../../sizing/time-zone';

/** Returns when a schedule runs; undefined where that is known at deployment only, or in a time zone that the JavaScript engine doesn't know. */
export function timingOf({ expressionString: expression, timeZone = TimeZone.ETC_UTC }: ScheduleExpression): Timing | undefined {
  const { timezoneName } = timeZone;
  return isToken(expression) || isToken(timezoneName) || !ZonedTime.isZone(timezoneName) ? undefined : { expression, timeZone: timezoneName };
}
