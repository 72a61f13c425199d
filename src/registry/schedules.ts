/** The schedules of the library that change the execution environments of functions. A template shows them as text only. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';

/** The numbers that a schedule sets. Either may be a token, or missing where they follow from a configuration that leaves them out. */
export interface Counts {
  readonly min?: number;
  readonly max?: number;
}

/** What one schedule sets, and when. */
export interface RecordedSchedule {
  readonly schedule: ScheduleExpression;
  /** `$LATEST.PUBLISHED`, or the number of a version, which may be a token. */
  readonly qualifier: string;
  /** Whether it belongs to a pause of the whole fleet. */
  readonly isPause: boolean;
  /** Asked at synthesis: a pause ends with what the function's configuration says then. */
  counts(): Counts;
}

const BY_FUNCTION = new WeakMap<lambda.CfnFunction, RecordedSchedule[]>();

/** Notes that a schedule changes the environments of a function. */
export function recordSchedule(fn: lambda.CfnFunction, schedule: RecordedSchedule): void {
  BY_FUNCTION.set(fn, [...schedulesOf(fn), schedule]);
}

/** The schedules that change the environments of a function, so far. */
export function schedulesOf(fn: lambda.CfnFunction): readonly RecordedSchedule[] {
  return BY_FUNCTION.get(fn) ?? [];
}
