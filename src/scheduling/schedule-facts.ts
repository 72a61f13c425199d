/** Reads the schedules of the library for the rules about them. */
import { TimeZone } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { isToken } from '../reading/constructs/token';
import { Fact, UNKNOWN } from '../reading/fact';
import { RecordedSchedule, schedulesOf } from '../registry/schedules';
import { ScheduleFacts, Timing } from '../rules/function/schedule-facts';
import { ScheduledLevel } from '../sizing/scheduled-levels';

/** What is known of a schedule, and of the others of the same version so far. */
export function factsOfSchedule(fn: lambda.CfnFunction, change: RecordedSchedule, version?: lambda.IVersion): ScheduleFacts {
  const { min, max } = change.counts();
  const others = schedulesOf(fn).filter((other) => other !== change && other.qualifier === change.qualifier);
  return {
    qualifier: known(change.qualifier),
    refersTo: version && ('aliasName' in version ? 'alias' : 'version'),
    minExecutionEnvironments: known(min),
    maxExecutionEnvironments: known(max),
    change: levelOf(change),
    others: others.flatMap((other) => levelOf(other) ?? []),
    calls: [],
  };
}

/** When a schedule runs, where that is known before deployment. */
export function timingOf({ expressionString: expression, timeZone = TimeZone.ETC_UTC }: ScheduleExpression): Timing | undefined {
  return isToken(expression) || isToken(timeZone.timezoneName) ? undefined : { expression, timeZone: timeZone.timezoneName };
}

/** When a schedule changes the most that a version may have, and to what. */
function levelOf({ schedule, counts }: RecordedSchedule): ScheduledLevel | undefined {
  const timing = timingOf(schedule);
  const { max } = counts();
  return timing && max !== undefined && !isToken(max) ? { ...timing, level: max } : undefined;
}

function known<T>(value: T | undefined): Fact<T> {
  return isToken(value) ? UNKNOWN : value;
}
