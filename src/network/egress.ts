import * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * Options of `Egress.natGateways()`.
 */
export interface NatGatewaysEgressProps {
  /**
   * The number of NAT gateways: at least one, and at most one for each zone. With fewer gateways than zones, an outage in one zone can cut off
   * others, and traffic between zones costs extra.
   *
   * @default - one for each zone
   */
  readonly count?: number;
}

/**
 * Options of `Egress.natProvider()`.
 */
export interface NatProviderEgressProps {
  /**
   * The number of NAT gateways or instances: at least one, and at most one for each zone. With fewer of them than zones, an outage in one zone can
   * cut off others, and traffic between zones costs extra.
   *
   * @default - one for each zone
   */
  readonly count?: number;
}

/**
 * Options of `Egress.privateEndpoints()`.
 */
export interface PrivateEndpointsEgressProps {
  /**
   * Further services that the functions call, such as `ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER`. A service that isn't
   * listed can't be reached. The endpoints of ECR are added once you attach a function from a container image. If a service listens on a port other
   * than 443, its endpoint accepts traffic from the fleets on that port; with `allowAllOutbound: false`, allow it in the fleet's security group as
   * well.
   *
   * @default - no further services
   */
  readonly services?: ec2.IInterfaceVpcEndpointService[];
}

/** The parts of one kind of egress. */
interface Way {
  /** The properties of the new VPC. */
  readonly vpcProps: ec2.VpcProps;
  /** The kind of subnets for instances and endpoints. */
  readonly subnetType: ec2.SubnetType;
  /** The services that get an interface endpoint. */
  readonly services: ec2.IInterfaceVpcEndpointService[];
  /** The number of NAT gateways, if it was set. */
  readonly natCount?: number;
}

/** CDK's own subnets, except that nothing launched in the public ones gets a public address. A NAT gateway has an address of its own. */
const NAT_GATEWAY_SUBNETS: ec2.SubnetConfiguration[] = [
  { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
  { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
];

/**
 * How instances reach AWS and the internet. Everything that functions send, including logs, metrics and traces, leaves through the subnets of the
 * instances. Without egress, functions run, but their logs are lost silently.
 *
 * Each kind of egress has gateway endpoints for S3 and DynamoDB, which are free. The prices are those of us-east-1 for a month of
 * 730 hours (https://aws.amazon.com/vpc/pricing/ and https://aws.amazon.com/privatelink/pricing/, read 2026-11-20).
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-networking.html (read 2026-11-20)
 */
export class Egress {
  /**
   * Private subnets with a route to NAT gateways in public subnets.
   *
   * A gateway costs about $33 a month ($0.045 an hour) plus $0.045 for each GB that passes through it. Its address costs about $4. A gateway in each
   * of three zones costs about $110.
   */
  public static natGateways(props: NatGatewaysEgressProps = {}): Egress {
    return Egress.throughNat({ natGateways: props.count, subnetConfiguration: NAT_GATEWAY_SUBNETS });
  }

  /**
   * Private subnets with a route to the gateways or instances that a NAT provider creates in public subnets, such as the NAT instances of CDK
   * (`ec2.NatProvider.instanceV2`) or of `cdk-fck-nat`. The security group of NAT instances accepts traffic from the VPC.
   *
   * By default, CDK's own NAT instances also accept traffic from the whole internet, on every port. To close them:
   *
   * ```ts
   * const provider = ec2.NatProvider.instanceV2({
   *   instanceType: new ec2.InstanceType('t4g.nano'),
   *   defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY,
   * });
   *
   * new ManagedInstances(this, 'Fleet', { egress: Egress.natProvider(provider) });
   * ```
   *
   * An instance of type `t4g.nano` costs about $3 a month ($0.0042 an hour) and its address about $4; there is no charge for each GB. An instance in
   * each of three zones costs about $20. You have to patch it, it is slower than a gateway, and its zones have no egress while it is replaced.
   */
  public static natProvider(provider: ec2.NatProvider, props: NatProviderEgressProps = {}): Egress {
    return Egress.throughNat({
      natGatewayProvider: provider,
      natGateways: props.count,
      subnetConfiguration: provider instanceof ec2.NatGatewayProvider ? NAT_GATEWAY_SUBNETS : undefined,
    });
  }

  /**
   * Isolated subnets without internet access, with interface endpoints for CloudWatch Logs, CloudWatch metrics and X-Ray, and for the services that
   * you list. The endpoints accept traffic from the fleets of the network only, on port 443 or the port of the service.
   *
   * Once you attach a function from a container image, the endpoints of ECR are added.
   *
   * An endpoint costs about $7 a month in each zone ($0.01 an hour) plus $0.01 for each GB. Three endpoints in three zones cost about $66; with the
   * two of ECR, about $110.
   */
  public static privateEndpoints(props: PrivateEndpointsEgressProps = {}): Egress {
    const { CLOUDWATCH_LOGS, CLOUDWATCH_MONITORING, XRAY } = ec2.InterfaceVpcEndpointAwsService;
    return new Egress({
      vpcProps: { natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] },
      subnetType: ec2.SubnetType.PRIVATE_ISOLATED,
      services: [CLOUDWATCH_LOGS, CLOUDWATCH_MONITORING, XRAY, ...props.services ?? []],
    });
  }

  /**
   * Private subnets with IPv4 and IPv6 addresses, whose IPv6 traffic leaves through an egress-only internet
   * gateway. CloudWatch Logs has an interface endpoint, since it couldn't be reached over IPv6.
   *
   * There is no egress over IPv4: everything that functions call must have IPv6 addresses, and SDKs must be told to use
   * them (`AWS_USE_DUALSTACK_ENDPOINT=true`). Once a function from a container image is attached, the endpoints of ECR are
   * added.
   *
   * The gateway is free. The endpoint costs about $7 a month in each zone ($0.01 an hour), so about $22 in three zones, plus $0.01 for each GB.
   *
   * Experimental: it rests on field reports of 2026
   * (https://github.com/aws-powertools/powertools-lambda-typescript/pull/5465), not on documentation.
   */
  public static ipv6(): Egress {
    return new Egress({
      vpcProps: {
        natGateways: 0,
        ipProtocol: ec2.IpProtocol.DUAL_STACK,
        subnetConfiguration: [{ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
      },
      subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS,
      services: [ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS],
    });
  }

  private static throughNat(vpcProps: ec2.VpcProps): Egress {
    return new Egress({ vpcProps, subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, services: [], natCount: vpcProps.natGateways });
  }

  /**
   * The properties of a new VPC that create this egress.
   *
   * @internal
   */
  public readonly _vpcProps: ec2.VpcProps;

  /**
   * The kind of subnets that have egress.
   *
   * @internal
   */
  public readonly _subnetType: ec2.SubnetType;

  /**
   * Services that are reached through interface endpoints.
   *
   * @internal
   */
  public readonly _services: ec2.IInterfaceVpcEndpointService[];

  /**
   * The number of NAT gateways, if it was set.
   *
   * @internal
   */
  public readonly _natCount?: number;

  /**
   * The provider that creates the NAT gateways or instances, if it isn't CDK's default.
   *
   * @internal
   */
  public readonly _natProvider?: ec2.NatProvider;

  /**
   * Whether each of the subnets has a route to a NAT gateway.
   *
   * @internal
   */
  public readonly _isNatGateways: boolean;

  private constructor(way: Way) {
    this._vpcProps = way.vpcProps;
    this._natProvider = way.vpcProps.natGatewayProvider;
    this._isNatGateways = way.vpcProps.natGatewayProvider === undefined && way.services.length === 0;
    this._subnetType = way.subnetType;
    this._services = way.services;
    this._natCount = way.natCount;
  }
}
