/** Reads a schedule that somebody asks for, before it is made: the rest is judged with the function, at synthesis. */
import { TimeZone } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { isToken } from '../reading/constructs/token';
import { Fact, UNKNOWN } from '../reading/fact';
import { ScheduleFacts } from '../rules/function/schedule-facts';
import { Timing } from '../sizing/scheduled-levels';

/** The numbers that a schedule sets. Either may be a token, or missing where they follow from a configuration that leaves them out. */
export interface Counts {
  readonly min?: number;
  readonly max?: number;
}

/** What the call says. */
export function factsOfCall(qualifier: string, { min, max }: Counts, version?: lambda.IVersion): ScheduleFacts {
  return {
    qualifier: known(qualifier),
    refersTo: version && ('aliasName' in version ? 'alias' : 'version'),
    minExecutionEnvironments: known(min),
    maxExecutionEnvironments: known(max),
    others: [],
    calls: [],
  };
}

/** When a schedule runs, where that is known before deployment. */
export function timingOf({ expressionString: expression, timeZone = TimeZone.ETC_UTC }: ScheduleExpression): Timing | undefined {
  return isToken(expression) || isToken(timeZone.timezoneName) ? undefined : { expression, timeZone: timeZone.timezoneName };
}

function known<T>(value: T | undefined): Fact<T> {
  return isToken(value) ? UNKNOWN : value;
}
