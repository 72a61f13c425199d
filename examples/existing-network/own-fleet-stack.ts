import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { ManagedInstances } from 'cdk-lambda-managed-instances';

export interface OwnFleetStackProps extends StackProps {
  readonly vpcId: string;

  /** The zones of the subnets, in the same order. */
  readonly availabilityZones: string[];

  /** Private subnets with egress, one in each zone. */
  readonly subnetIds: string[];

  /** The route tables of the subnets, in the same order. */
  readonly routeTableIds: string[];
}

/** A fleet of your own, in a VPC that another team runs. */
export class OwnFleetStack extends Stack {
  constructor(scope: Construct, id: string, props: OwnFleetStackProps) {
    super(scope, id, props);

    // Uses given ids instead of a lookup, so it synthesises without credentials, and the same each time.
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: props.vpcId,
      availabilityZones: props.availabilityZones,
      privateSubnetIds: props.subnetIds,
      privateSubnetRouteTableIds: props.routeTableIds,
    });

    const fleet = new ManagedInstances(this, 'Fleet', { vpc, maxVCpuCount: 64 });
    fleet.addFunction(new NodejsFunction(this, 'Report', {
      entry: `${__dirname}/handler.ts`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      timeout: Duration.seconds(30),
    }));
  }
}
