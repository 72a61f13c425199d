import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { InstanceSelection, ManagedInstances } from 'cdk-lambda-managed-instances';

/** A fleet with alarms and the dashboard that the README shows. */
export class DashboardStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const orders = new lambda.Function(this, 'Orders', {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
      timeout: Duration.seconds(10),
    });

    const fleet = new ManagedInstances(this, 'Fleet', { instances: InstanceSelection.graviton(), maxVCpuCount: 64 });
    fleet.addFunction(orders, {
      perExecutionEnvironmentMaxConcurrency: 32,
      latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 16 },
    });
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms');
  }
}
