/** The options of schedules: when they run and which numbers they set. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';

/**
 * Options for changing the number of execution environments of a function on a schedule.
 */
export interface ScaleOnScheduleOptions {
  /**
   * When the change is made: `ScheduleExpression.cron({ hour: '7', minute: '40', weekDay: 'MON-FRI', timeZone: TimeZone.EUROPE_BERLIN })`.
   *
   * EventBridge Scheduler makes the change within a minute. Environments then start asynchronously, within minutes, so schedule a raise well before
   * the work begins. `plan()` takes weekly expressions into account, but not `rate()`, `at()` or expressions with days of the month, months or years.
   */
  readonly schedule: ScheduleExpression;

  /**
   * The minimum number of execution environments from then on: 0 to 15000. With 0 for both numbers, calls of the function are throttled until it is
   * raised again.
   *
   * Lambda sets both numbers together: a number that is left out would return to its default.
   */
  readonly minExecutionEnvironments: number;

  /**
   * The maximum number of execution environments from then on: 0 to 15000, and at least `minExecutionEnvironments`.
   */
  readonly maxExecutionEnvironments: number;

  /**
   * The numbered version to scale. A later version doesn't have the schedule and begins with its own numbers.
   *
   * @default - `$LATEST.PUBLISHED`, the version that an unqualified ARN means. Its numbers stay when the function is published again.
   */
  readonly version?: lambda.IVersion;

  /**
   * The queue for changes that EventBridge Scheduler couldn't make. If it is encrypted with your own key, the key must allow
   * `scheduler.amazonaws.com` to use it.
   *
   * @default - a change that fails is dropped when the next one is due
   */
  readonly deadLetterQueue?: sqs.IQueue;
}

/**
 * Options for pausing a fleet on a schedule.
 */
export interface PauseOnScheduleOptions {
  /**
   * The time at which every function is set to 0 environments: `ScheduleExpression.cron({ hour: '22', minute: '0', timeZone: TimeZone.EUROPE_BERLIN })`. Calls are
   * throttled from then on. Must be a cron expression.
   */
  readonly from: ScheduleExpression;

  /**
   * The time at which every function gets back the environments of its configuration. Must be a cron expression. Environments start
   * within minutes after that, so choose a time well before the first calls.
   */
  readonly until: ScheduleExpression;

  /**
   * The queue for changes that EventBridge Scheduler couldn't make.
   *
   * @default - a change that fails is dropped when the next one is due
   */
  readonly deadLetterQueue?: sqs.IQueue;
}
