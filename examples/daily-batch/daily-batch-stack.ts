import { Duration, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
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

const PARTS = 3; // each runs in its own environment, all at the same time

/** Summarises the files of a day every night, and keeps no instance during the day. All times are UTC, which has no daylight saving time. */
export class DailyBatchStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);

    const files = new s3.Bucket(this, 'Files', { enforceSSL: true, removalPolicy: RemovalPolicy.RETAIN });
    const summarise = new lambda.Function(this, 'Summarise', {
      runtime: lambda.Runtime.PYTHON_3_13,
      architecture: lambda.Architecture.ARM_64,
      handler: 'handler.handler',
      code: lambda.Code.fromAsset(`${__dirname}/handler`, { exclude: ['__pycache__'] }),
      memorySize: 4096,
      timeout: Duration.minutes(90),
      environment: { BUCKET: files.bucketName },
    });
    files.grantRead(summarise, 'input/*');
    files.grantPut(summarise, 'output/*');

    const fleet = new ManagedInstances(this, 'Fleet', { maxVCpuCount: 64 });
    const batch = fleet.addFunction(summarise, {
      perExecutionEnvironmentMaxConcurrency: 1,
      latestPublishedScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 0 },
    });

    const pager = new SnsAction(new sns.Topic(this, 'Pager'));
    const watchedQueue = (queueId: string, alarmId: string, alarmDescription: string) => {
      const queue = new sqs.Queue(this, queueId, { enforceSSL: true, retentionPeriod: Duration.days(14) });
      const messages = queue.metricApproximateNumberOfMessagesVisible();
      messages.createAlarm(this, alarmId, { threshold: 1, evaluationPeriods: 1, alarmDescription }).addAlarmAction(pager);
      return queue;
    };

    // A part waits up to an hour for a free environment. There is no retry, because a second run would outlast the environments.
    const failed = watchedQueue('Failed', 'PartFailed', 'A part of the batch failed, or found no environment');
    batch.configureAsyncInvoke({ maxEventAge: Duration.minutes(60), retryAttempts: 0, onFailure: new SqsDestination(failed) });

    const deadLetterQueue = watchedQueue('Undelivered', 'NotScheduled', 'A schedule failed: look whether the environments are up, they cost money');
    const scaleTo = (count: number) => ({ minExecutionEnvironments: count, maxExecutionEnvironments: count, deadLetterQueue });
    batch.scaleOnSchedule('Raise', { schedule: ScheduleExpression.cron({ hour: '1', minute: '40' }), ...scaleTo(PARTS) });
    for (let part = 0; part < PARTS; part++) {
      const input = ScheduleTargetInput.fromObject({ part, parts: PARTS, time: ContextAttribute.scheduledTime });
      new Schedule(this, `Part${part}`, {
        schedule: ScheduleExpression.cron({ hour: '2', minute: '0' }),
        target: new LambdaInvoke(summarise, { input, deadLetterQueue, maxEventAge: Duration.minutes(10) }),
      });
    }
    // By then each part has ended: 10 minutes for the call, 60 to wait, 90 to run.
    batch.scaleOnSchedule('Lower', { schedule: ScheduleExpression.cron({ hour: '4', minute: '40' }), ...scaleTo(0) });
  }
}
