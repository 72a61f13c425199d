import { Duration, Size, Stack, StackProps, TimeZone } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AlarmThreshold, InstanceSelection, ManagedInstances } from 'cdk-lambda-managed-instances';

const ORDERS_CODE = `exports.handler = async (event, context) => {
  return { requestId: context.awsRequestId, order: event.order };
};
`;

const PRICES_CODE = `def handler(event, context):
    return {"requestId": context.aws_request_id, "price": 42}
`;

/** Two functions on one fleet of Graviton instances, with schedules, a dashboard and alarms. */
export class ShopStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const orders = new lambda.Function(this, 'Orders', {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromInline(ORDERS_CODE),
      timeout: Duration.seconds(10),
    });
    const prices = new lambda.Function(this, 'Prices', {
      runtime: lambda.Runtime.PYTHON_3_14,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromInline(PRICES_CODE),
      memorySize: 4096,
      environment: { CURRENCY: 'EUR' },
    });

    const fleet = new ManagedInstances(this, 'Fleet', {
      instances: InstanceSelection.where({
        architecture: lambda.Architecture.ARM_64,
        vCpuCountMin: 4,
        vCpuCountMax: 16,
        memoryPerVCpuMin: Size.gibibytes(4),
        generationMin: 7,
      }),
      maxVCpuCount: 64,
    });
    const managedOrders = fleet.addFunction(orders, {
      perExecutionEnvironmentMaxConcurrency: 32,
      latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 12 },
    });
    fleet.addFunction(prices, { executionEnvironmentMemoryGiBPerVCpu: 4 });
    managedOrders.scaleOnSchedule('Evening', {
      schedule: ScheduleExpression.cron({ hour: '20', minute: '0', timeZone: TimeZone.EUROPE_BERLIN }),
      minExecutionEnvironments: 1,
      maxExecutionEnvironments: 4,
    });
    managedOrders.scaleOnSchedule('Morning', {
      schedule: ScheduleExpression.cron({ hour: '7', minute: '40', timeZone: TimeZone.EUROPE_BERLIN }),
      minExecutionEnvironments: 3,
      maxExecutionEnvironments: 12,
    });

    const pager = new sns.Topic(this, 'Pager');
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms', {
      actions: [new SnsAction(pager)],
      vCpuCeiling: AlarmThreshold.above(70),
    });
  }
}
