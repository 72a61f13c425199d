import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { ManagedInstances, ManagedInstancesNetwork } from 'cdk-lambda-managed-instances';

export interface ShopStackProps extends StackProps {
  readonly network: ManagedInstancesNetwork;
}

/** Two functions of one team. They trust each other, so they share a fleet. */
export class ShopStack extends Stack {
  constructor(scope: Construct, id: string, { network, ...props }: ShopStackProps) {
    super(scope, id, props);

    const fleet = new ManagedInstances(this, 'Fleet', { network, maxVCpuCount: 64 });
    for (const name of ['Catalogue', 'Basket']) {
      fleet.addFunction(new NodejsFunction(this, name, {
        entry: `${__dirname}/handler.ts`,
        runtime: lambda.Runtime.NODEJS_24_X,
        architecture: lambda.Architecture.ARM_64,
        timeout: Duration.seconds(10),
      }));
    }
  }
}
