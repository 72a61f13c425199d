import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { InstanceSelection, ManagedInstances } from 'cdk-lambda-managed-instances';

export interface OrdersStackProps extends StackProps {
  /**
   * The memory of the function in MB.
   *
   * @default 2048
   */
  readonly memorySize?: number;
}

/** Your stack, which the test synthesises. */
export class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props: OrdersStackProps = {}) {
    super(scope, id, props);

    const orders = new NodejsFunction(this, 'Orders', {
      entry: `${__dirname}/handler.ts`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: props.memorySize,
      timeout: Duration.seconds(10),
      currentVersionOptions: { minExecutionEnvironments: 3, maxExecutionEnvironments: 12 },
    });
    const fleet = new ManagedInstances(this, 'Fleet', { instances: InstanceSelection.graviton(), maxVCpuCount: 64 });
    fleet.addFunction(orders);
    new lambda.Alias(this, 'Live', { aliasName: 'live', version: orders.currentVersion });
  }
}
