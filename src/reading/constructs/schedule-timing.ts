/** Reads the times at which a schedule of EventBridge Scheduler runs. */
import { TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { isToken } from './token';
import { Timing } from '../../sizing/scheduled-levels';
import { ZonedTime } from '../../sizing/time-zone';

/**
 * Returns the times at which a schedule runs. Undefined if they are known only at deployment, or if the JavaScript engine doesn't know the time zone.
 */
export function timingOf({ expressionString: expression, timeZone = TimeZone.ETC_UTC }: ScheduleExpression): Timing | undefined {
  const { timezoneName } = timeZone;
  return isToken(expression) || isToken(timezoneName) || !ZonedTime.isZone(timezoneName) ? undefined : { expression, timeZone: timezoneName };
}
