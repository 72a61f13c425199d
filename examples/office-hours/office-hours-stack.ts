import { Duration, Stack, StackProps, TimeZone } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ManagedInstances } from 'cdk-lambda-managed-instances';

/** A tool for people who work from Monday to Friday. It keeps environments only during their working hours. */
export class OfficeHoursStack extends Stack {
  public readonly fleet: ManagedInstances;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);

    const reports = new NodejsFunction(this, 'Reports', {
      entry: `${__dirname}/handler.ts`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 2048,
      timeout: Duration.seconds(30),
    });

    this.fleet = new ManagedInstances(this, 'Fleet', { maxVCpuCount: 32 });
    this.fleet.addFunction(reports, {
      latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 9 },
    });

    // After Friday evening, the next start is on Monday morning.
    this.fleet.pauseOnSchedule('OffHours', {
      from: workdaysAt('20', '0'),
      until: workdaysAt('7', '30'), // the first people start at eight
      deadLetterQueue: new sqs.Queue(this, 'Undelivered', { enforceSSL: true, retentionPeriod: Duration.days(14) }),
    });
    this.fleet.addDashboard('Dashboard');
  }
}

function workdaysAt(hour: string, minute: string): ScheduleExpression {
  return ScheduleExpression.cron({ hour, minute, weekDay: 'MON-FRI', timeZone: TimeZone.EUROPE_BERLIN });
}
