import { Duration, RemovalPolicy, Stack, StackProps, TimeZone, Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke, Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ManagedInstances } from 'cdk-lambda-managed-instances';

/** What an unqualified ARN means on managed instances. Its environments are raised and lowered; `$LATEST` can't run. */
const PUBLISHED = '$LATEST.PUBLISHED';

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
  /** May start the function and change the number of its environments, and nothing else. */
  private readonly schedulerRole: iam.Role;
  /** What the scheduler could not deliver. */
  private readonly undelivered: sqs.Queue;

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
    fleet.addFunction(summarise, {
      perExecutionEnvironmentMaxConcurrency: 1, // a part has an environment to itself
      latestPublishedScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 0 },
    });
    Validations.of(summarise).acknowledge({
      id: 'cdk-lambda-managed-instances::EnvironmentsDeactivated',
      reason: 'Schedules raise the environments before the batch and lower them after it',
    });

    // A part that ends in an error is not run again, since a second run would outlast the environments. To wait for an
    // environment is no error.
    const failed = this.createQueue('Failed');
    new lambda.EventInvokeConfig(this, 'RunOnce', {
      function: summarise,
      qualifier: PUBLISHED, // not `$LATEST`, which CDK's `configureAsyncInvoke` would set up
      maxEventAge: PATIENCE,
      retryAttempts: 0,
      onFailure: new SqsDestination(failed),
    });

    this.undelivered = this.createQueue('Undelivered');
    this.schedulerRole = new iam.Role(this, 'SchedulerRole', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': this.account } } }),
    });
    const start = Duration.hours(24 + startHour); // of the second day, since the head start may lie in the first
    const end = start.plus(DELIVERY).plus(PATIENCE).plus(RUN); // by then each part has ended, or given up
    this.scale('Raise', start.minus(HEAD_START), summarise, parts, HEAD_START.plus(PATIENCE));
    for (let part = 0; part < parts; part++) this.start(`Part${part}`, start, summarise, { part, parts });
    this.scale('Lower', end, summarise, 0, Duration.hours(6));

    const pager = new SnsAction(new sns.Topic(this, 'Pager'));
    this.alarm('PartFailed', failed, 'A part of the batch failed, or found no environment').addAlarmAction(pager);
    this.alarm('NotScheduled', this.undelivered, 'A schedule failed: look whether the environments are up, they cost money').addAlarmAction(pager);
  }

  /** Asks for environments. The request returns at once: what follows must not count on them yet. */
  private scale(id: string, time: Duration, fn: lambda.IFunction, environments: number, maxEventAge: Duration): void {
    new Schedule(this, id, {
      schedule: dailyAt(time),
      target: new Universal({
        service: 'lambda',
        action: 'putFunctionScalingConfig',
        role: this.schedulerRole,
        policyStatements: [new iam.PolicyStatement({
          actions: ['lambda:PutFunctionScalingConfig'],
          resources: [fn.functionArn, `${fn.functionArn}:${PUBLISHED}`],
        })],
        input: ScheduleTargetInput.fromObject({
          FunctionName: fn.functionName,
          Qualifier: PUBLISHED,
          // Always both: what is left out returns to its default, a minimum of 3 and no maximum.
          FunctionScalingConfig: { MinExecutionEnvironments: environments, MaxExecutionEnvironments: environments },
        }),
        deadLetterQueue: this.undelivered,
        maxEventAge, // a late raising must not come after the lowering, nor a late lowering after the next raising
      }),
    });
  }

  /** Starts a part, without waiting for its end. */
  private start(id: string, time: Duration, fn: lambda.IFunction, input: Record<string, unknown>): void {
    new Schedule(this, id, {
      schedule: dailyAt(time),
      target: new LambdaInvoke(fn, {
        role: this.schedulerRole,
        input: ScheduleTargetInput.fromObject({ ...input, time: ContextAttribute.scheduledTime }),
        deadLetterQueue: this.undelivered,
        maxEventAge: DELIVERY,
      }),
    });
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
