import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { ManagedInstances, ManagedInstancesNetwork } from 'cdk-lambda-managed-instances';

export interface PluginsStackProps extends StackProps {
  readonly network: ManagedInstancesNetwork;

  /**
   * Customers whose code is run.
   *
   * @default - two
   */
  readonly customers?: string[];
}

/** Code that customers wrote: a fleet for each of them, since nothing but the instance keeps them apart. */
export class PluginsStack extends Stack {
  constructor(scope: Construct, id: string, { network, customers = ['Acme', 'Globex'], ...props }: PluginsStackProps) {
    super(scope, id, props);

    for (const customer of customers) {
      const plugin = new NodejsFunction(this, `${customer}Plugin`, {
        entry: `${__dirname}/handler.ts`,
        runtime: lambda.Runtime.NODEJS_24_X,
        architecture: lambda.Architecture.ARM_64,
        timeout: Duration.seconds(10),
      });
      const fleet = new ManagedInstances(this, `${customer}Fleet`, { network, maxVCpuCount: 32, allowAllOutbound: false });
      fleet.addFunction(plugin);
    }
  }
}
