/** Reads a schedule that somebody asks for, before it is made: the rest is judged with the function, at synthesis. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { isToken } from '../reading/constructs/token';
import { Fact, UNKNOWN } from '../reading/fact';
import { ScheduleFacts } from '../rules/function/schedule-facts';

/** The numbers that a schedule sets. Either may be a token, or missing where they follow from a configuration that leaves them out. */
export interface Counts {
  readonly min?: number;
  readonly max?: number;
}

/** Reads what a call of `scaleOnSchedule` says, before anything is made. */
export function factsOfCall(qualifier: string, { min, max }: Counts, version?: lambda.IVersion): ScheduleFacts {
  return {
    qualifier: known(qualifier),
    refersTo: version && ('aliasName' in version ? 'alias' : 'version'),
    minExecutionEnvironments: known(min),
    maxExecutionEnvironments: known(max),
  };
}

function known<T>(value: T | undefined): Fact<T> {
  return isToken(value) ? UNKNOWN : value;
}
