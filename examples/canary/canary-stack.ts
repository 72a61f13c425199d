import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ManagedInstances } from 'cdk-lambda-managed-instances';

/** Sends a tenth of the requests to a new version, and the rest ten minutes later unless an alarm fires. */
export class CanaryStack extends Stack {
  public readonly fleet: ManagedInstances;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);

    const orders = new NodejsFunction(this, 'Orders', {
      entry: `${__dirname}/handler.ts`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 2048,
      timeout: Duration.seconds(30),
      // A version doesn't pass its numbers on: the next one starts with these again.
      currentVersionOptions: { minExecutionEnvironments: 3, maxExecutionEnvironments: 12 },
    });

    this.fleet = new ManagedInstances(this, 'Fleet', { maxVCpuCount: 32 });
    // All callers use the alias, so `$LATEST.PUBLISHED` would keep three environments that nothing calls.
    this.fleet.addFunction(orders, { publishToLatestPublished: false });
    const live = new lambda.Alias(this, 'Live', { aliasName: 'live', version: orders.currentVersion });

    const alarms = this.fleet.addAlarms('Alarms', {
      perFunction: true,
      versions: [orders.currentVersion], // alarms watch the new version instead of `$LATEST.PUBLISHED`
      actions: [new SnsAction(new sns.Topic(this, 'Pager'))],
    });
    new codedeploy.LambdaDeploymentGroup(this, 'Deployments', {
      alias: live,
      deploymentConfig: codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
      alarms: alarms.deploymentGroupAlarms(orders),
    });
  }
}
