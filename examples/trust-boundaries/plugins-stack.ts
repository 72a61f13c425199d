import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { ManagedInstances, ManagedInstancesNetwork } from 'cdk-lambda-managed-instances';

export interface PluginsStackProps extends StackProps {
  readonly network: ManagedInstancesNetwork;

  /**
   * The customers whose code runs here.
   *
   * @default - two
   */
  readonly customers?: string[];
}

/** Code that customers wrote. Each customer has a fleet, because only instances isolate them from each other. */
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
