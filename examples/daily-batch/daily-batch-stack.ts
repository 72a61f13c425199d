import { Duration, RemovalPolicy, Stack, StackProps, TimeZone } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ManagedInstances } from 'cdk-lambda-managed-instances';

/** How long one part may take. Above 30 minutes only asynchronous calls and event sources have it: at most 90. */
const RUN = Duration.minutes(90);
/** How long before the start environments are asked for: the answer to the request comes at once, the environments in minutes. */
const HEAD_START = Duration.minutes(20);
/** How long the scheduler tries to start a part, if Lambda doesn't take the call. */
const DELIVERY = Duration.minutes(10);
/** How long a part waits for a free environment, if they are late. Lambda tries again by itself for so long. */
const PATIENCE = Duration.minutes(60);

export interface DailyBatchStackProps extends StackProps {
  /**
   * The hour, in UTC, at which the parts start: 0 to 23.
   *
   * @default 2
   */
  readonly startHour?: number;

  /**
   * The number of parts that run at once, each in an environment of its own.
   *
   * @default 3
   */
  readonly parts?: number;
}

/** Summarises the files of a day, every night, and keeps no instance by day. */
export class DailyBatchStack extends Stack {
  constructor(scope: Construct, id: string, props: DailyBatchStackProps = {}) {
    super(scope, id, props);
    const { startHour = 2, parts = 3 } = props;

    const files = new s3.Bucket(this, 'Files', { enforceSSL: true, removalPolicy: RemovalPolicy.RETAIN });
    const summarise = new lambda.Function(this, 'Summarise', {
      runtime: lambda.Runtime.PYTHON_3_13,
      architecture: lambda.Architecture.ARM_64,
      handler: 'handler.handler',
      code: lambda.Code.fromAsset(`${__dirname}/handler`, { exclude: ['__pycache__'] }),
      memorySize: 4096,
      timeout: RUN,
      environment: { BUCKET: files.bucketName },
    });
    files.grantRead(summarise, 'input/*');
    files.grantPut(summarise, 'output/*');

    const fleet = new ManagedInstances(this, 'Fleet', { maxVCpuCount: 64 });
    const batch = fleet.addFunction(summarise, {
      perExecutionEnvironmentMaxConcurrency: 1, // a part has an environment to itself
      latestPublishedScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 0 },
    });

    // A part that ends in an error is not run again, since a second run would outlast the environments. To wait for an environment is no error.
    const failed = this.createQueue('Failed');
    batch.configureAsyncInvoke({ maxEventAge: PATIENCE, retryAttempts: 0, onFailure: new SqsDestination(failed) });

    const deadLetterQueue = this.createQueue('Undelivered');
    const start = Duration.hours(24 + startHour); // of the second day, since the head start may lie in the first
    const end = start.plus(DELIVERY).plus(PATIENCE).plus(RUN); // by then each part has ended, or given up
    batch.scaleOnSchedule('Raise', {
      schedule: dailyAt(start.minus(HEAD_START)), minExecutionEnvironments: parts, maxExecutionEnvironments: parts, deadLetterQueue,
    });
    batch.scaleOnSchedule('Lower', { schedule: dailyAt(end), minExecutionEnvironments: 0, maxExecutionEnvironments: 0, deadLetterQueue });
    for (let part = 0; part < parts; part++) {
      new Schedule(this, `Part${part}`, {
        schedule: dailyAt(start),
        target: new LambdaInvoke(summarise, {
          input: ScheduleTargetInput.fromObject({ part, parts, time: ContextAttribute.scheduledTime }), deadLetterQueue, maxEventAge: DELIVERY,
        }),
      });
    }

    const pager = new SnsAction(new sns.Topic(this, 'Pager'));
    this.alarm('PartFailed', failed, 'A part of the batch failed, or found no environment').addAlarmAction(pager);
    this.alarm('NotScheduled', deadLetterQueue, 'A schedule failed: look whether the environments are up, they cost money').addAlarmAction(pager);
  }

  private createQueue(id: string): sqs.Queue {
    return new sqs.Queue(this, id, { enforceSSL: true, retentionPeriod: Duration.days(14) });
  }

  private alarm(id: string, queue: sqs.Queue, alarmDescription: string): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, id, {
      metric: queue.metricApproximateNumberOfMessagesVisible(),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      alarmDescription,
    });
  }
}

/** Each day, in UTC: in another zone the hour would be missing or come twice when clocks change. */
function dailyAt(time: Duration): ScheduleExpression {
  const minutes = time.toMinutes() % (24 * 60);
  return ScheduleExpression.cron({ hour: String(Math.floor(minutes / 60)), minute: String(minutes % 60), timeZone: TimeZone.ETC_UTC });
}
