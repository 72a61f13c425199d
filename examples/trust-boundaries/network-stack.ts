import { Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ManagedInstancesNetwork } from 'cdk-lambda-managed-instances';

/** One network, with its NAT gateways, for the fleets of all teams. */
export class NetworkStack extends Stack {
  public readonly network: ManagedInstancesNetwork;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.network = new ManagedInstancesNetwork(this, 'Network');
  }
}
