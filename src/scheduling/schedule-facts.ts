/** Reads a requested schedule before it is created. The rest is checked with the function, at synthesis. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { isToken } from '../reading/constructs/token';
import { Fact, UNKNOWN } from '../reading/fact';
import { ScheduleFacts } from '../rules/function/schedule-facts';

/** The numbers that a schedule sets. Either may be a token, or missing if it comes from a configuration that leaves it out. */
export interface Counts {
  readonly min?: number;
  readonly max?: number;
}

/** Reads the arguments of `scaleOnSchedule` before anything is created. */
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
