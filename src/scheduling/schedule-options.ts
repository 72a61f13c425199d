/** What somebody says of a schedule: when it runs, and what it sets. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/**
 * When to change the number of execution environments of a function, and to what.
 */
export interface ScaleOnScheduleOptions {
  /**
   * When the change is made: `ScheduleExpression.cron({ hour: '7', minute: '40', weekDay: 'MON-FRI', timeZone: TimeZone.EUROPE_BERLIN })`.
   *
   * EventBridge Scheduler makes the change within a minute. Environments then start asynchronously, within minutes: schedule a raise well before
   * the work begins. Weekly expressions count in `plan()`; `rate()`, `at()` and expressions with days of the month, months or years don't.
   */
  readonly schedule: ScheduleExpression;

  /**
   * The execution environments to keep from then on: 0 to 15000. With 0 for both numbers, calls of the function are throttled until it is raised again.
   *
   * Lambda takes both numbers together: one that is left out would return to its default.
   */
  readonly minExecutionEnvironments: number;

  /**
   * The most execution environments from then on: 0 to 15000, at least `minExecutionEnvironments`.
   */
  readonly maxExecutionEnvironments: number;

  /**
   * The numbered version to scale. A later version doesn't have the schedule: it begins with its own numbers.
   *
   * @default - `$LATEST.PUBLISHED`, the version that an unqualified ARN means. What is set there stays when the function is published again.
   */
  readonly version?: lambda.IVersion;

  /**
   * Where EventBridge Scheduler puts a change that it couldn't make. It may be encrypted with a key that lets `scheduler.amazonaws.com` use it.
   *
   * @default - a change that can't be made is dropped when its time is over
   */
  readonly deadLetterQueue?: sqs.IQueue;
}

/**
 * From when until when a fleet keeps nothing.
 */
export interface PauseOnScheduleOptions {
  /**
   * When every function is set to 0 environments: `ScheduleExpression.cron({ hour: '22', minute: '0', timeZone: TimeZone.EUROPE_BERLIN })`. Calls are
   * throttled from then on. Must be a cron expression.
   */
  readonly from: ScheduleExpression;

  /**
   * When every function gets back the environments that its configuration says. Must be a cron expression. Environments start within minutes
   * after that: choose a time well before the first calls.
   */
  readonly until: ScheduleExpression;

  /**
   * Where EventBridge Scheduler puts a change that it couldn't make.
   *
   * @default - a change that can't be made is dropped when its time is over
   */
  readonly deadLetterQueue?: sqs.IQueue;
}
