import * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * How many NAT gateways to make.
 */
export interface NatGatewaysEgressProps {
  /**
   * The number of NAT gateways, at most one for each zone. With fewer, a zone that goes down takes the way out
   * of others along, and traffic between zones costs extra.
   *
   * @default - one for each zone
   */
  readonly count?: number;
}

/**
 * How instances reach AWS and the internet. All that they send, logs, metrics and traces included, leaves
 * through their subnets; without a way out they run and tell nobody.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-networking.html (read 2026-11-20)
 */
export class Egress {
  /**
   * Private subnets with a route to NAT gateways in public subnets.
   *
   * A gateway costs about $33 a month in us-east-1 ($0.045 an hour), and $0.045 for each GB that passes it
   * (https://aws.amazon.com/vpc/pricing/, read 2026-11-20).
   */
  public static natGateways(props: NatGatewaysEgressProps = {}): Egress {
    return new Egress({ natGateways: props.count });
  }

  /**
   * What makes the way out in a new VPC.
   *
   * @internal
   */
  public readonly _vpcProps: ec2.VpcProps;

  private constructor(vpcProps: ec2.VpcProps) {
    this._vpcProps = vpcProps;
  }
}
