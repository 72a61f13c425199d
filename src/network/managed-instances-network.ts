import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, IDependable } from 'constructs';
import { Egress } from './egress';

/**
 * The network to make, or the one to use.
 */
export interface ManagedInstancesNetworkProps {
  /**
   * How instances reach AWS and the internet.
   *
   * @default Egress.natGateways()
   */
  readonly egress?: Egress;

  /**
   * The most zones that get subnets. Lambda spreads the three environments that each function has at least over
   * three zones. In a stack without `env`, CDK knows of two.
   *
   * @default 3
   */
  readonly maxAzs?: number;

  /**
   * A VPC that exists. Nothing is added to it.
   *
   * [disable-awslint:prefer-ref-interface] its subnets are selected.
   *
   * @default - a VPC is created
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of `vpc` to launch instances in.
   *
   * @default - its private subnets with egress
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
}

/**
 * A network for the instances of one or several fleets.
 *
 * Creates a VPC with a public and a private subnet in each zone, a way out, and the gateway endpoints for S3 and
 * DynamoDB, which are free; or takes a VPC that exists.
 */
@propertyInjectable
export class ManagedInstancesNetwork extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-lambda-managed-instances.ManagedInstancesNetwork';

  /**
   * The VPC.
   */
  public readonly vpc: ec2.IVpc;

  /**
   * The subnets that instances are launched in.
   */
  public readonly vpcSubnets: ec2.SubnetSelection;

  /**
   * Depend on this to wait for the routes and gateways of the subnets.
   */
  public readonly connectivity: IDependable;

  constructor(scope: Construct, id: string, props: ManagedInstancesNetworkProps = {}) {
    super(scope, id);
    this.vpc = props.vpc ?? this.createVpc(props);
    this.vpcSubnets = props.vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
    this.connectivity = this.vpc.selectSubnets(this.vpcSubnets).internetConnectivityEstablished;
  }

  private createVpc({ egress = Egress.natGateways(), maxAzs = 3 }: ManagedInstancesNetworkProps): ec2.Vpc {
    return new ec2.Vpc(this, 'Vpc', {
      maxAzs,
      gatewayEndpoints: {
        S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
        DynamoDB: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
      },
      ...egress._vpcProps,
    });
  }
}
