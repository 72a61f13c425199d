import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, DependencyGroup, IConstruct, IDependable } from 'constructs';
import { Egress } from './egress';
import { PrivateEndpoints } from './private-endpoints';
import { defaultSubnets, selectedSubnets } from './select-subnets';
import { stateImport, stateNatSubnets } from './state-network';
import { judgeNatInstancesAtSynth } from '../judging/judge-nat-instances';
import { propsFindings } from '../judging/props-findings';
import { throwErrors } from '../judging/report';
import { AsMade } from '../reading/constructs/as-made';
import { propertyInjectable } from '../reading/constructs/cdk-internals';
import { isToken } from '../reading/constructs/token';
import { StatedNetwork } from '../reading/stated-network';
import { onAttachment } from '../registry/attachments';
import { Listener } from '../registry/provider-record';
import { codeContext } from '../rules/rule';

/**
 * Properties of a `ManagedInstancesNetwork`.
 */
export interface ManagedInstancesNetworkProps {
  /**
   * How instances reach AWS and the internet. Changing it replaces the subnets, and so the capacity providers in
   * them. It can't be combined with `vpc`.
   *
   * @default Egress.natGateways()
   */
  readonly egress?: Egress;

  /**
   * The maximum number of zones with subnets. Lambda spreads the environments of each function, three by default, over three
   * zones. In a stack without `env`, CDK knows only two zones. This can't be combined with `vpc` or `availabilityZones`.
   *
   * @default 3
   */
  readonly maxAzs?: number;

  /**
   * The zones with subnets. Set this, for instance, to avoid a zone that Lambda refuses. Three zones are recommended. In a stack with `env`, CDK
   * still looks up the zones of the account, to compare them with yours. This can't be combined with `vpc` or `maxAzs`.
   *
   * @default - the first zones of the account, as many as `maxAzs`
   */
  readonly availabilityZones?: string[];

  /**
   * The IPv4 addresses of the created VPC. Each instance takes one address, and so does each endpoint in each zone. This can't
   * be combined with `vpc`.
   *
   * @default - 10.0.0.0/16, divided evenly between the subnets
   */
  readonly ipAddresses?: ec2.IIpAddresses;

  /**
   * An existing VPC. Nothing is added to it.
   *
   * @default - a VPC is created
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of `vpc` to launch instances in.
   *
   * @default - its private subnets with egress; if there are none, its isolated subnets, provided that this app gives them an
   * endpoint for CloudWatch Logs
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
}

/**
 * A network in which fleets launch instances: one that `ManagedInstancesNetwork` creates, or a construct of your own.
 */
export interface IManagedInstancesNetwork extends IConstruct {
  /**
   * The VPC that instances are launched in.
   */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets of the VPC that instances are launched in.
   */
  readonly vpcSubnets: ec2.SubnetSelection;

  /**
   * The routes, gateways and endpoints that must exist before the first instance can reach AWS. The capacity provider depends on them.
   */
  readonly connectivity: IDependable;
}

/**
 * A network for the instances of one or several fleets.
 *
 * Creates a VPC with subnets in each zone, egress (`Egress`), and gateway endpoints for S3 and DynamoDB, which are free. Alternatively, it
 * uses an existing VPC, to which it adds nothing.
 *
 * ```ts
 * const network = new ManagedInstancesNetwork(this, 'Network', { egress: Egress.privateEndpoints() });
 *
 * new ManagedInstances(this, 'Orders', { network });
 * new ManagedInstances(this, 'Payments', { network });
 * ```
 */
@propertyInjectable
export class ManagedInstancesNetwork extends Construct implements IManagedInstancesNetwork {
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
   * The routes, gateways and endpoints through which instances reach AWS. Depend on this to wait for them.
   */
  public readonly connectivity: IDependable;

  private readonly endpoints?: PrivateEndpoints;

  /** The subnets with their routes, if each has a route to a NAT gateway. */
  private readonly natSubnets?: AsMade;

  /** Whether the network uses as many zones as the account has, up to three. */
  private readonly hasAllZones: boolean;

  constructor(scope: Construct, id: string, props: ManagedInstancesNetworkProps = {}) {
    super(scope, id);
    throwErrors(this, propsFindings(props));

    const { vpc, vpcSubnets, egress = Egress.natGateways() } = props;
    this.vpc = vpc ?? this.createVpc(egress, props);
    this.vpcSubnets = vpcSubnets ?? (vpc ? defaultSubnets(this, vpc) : { subnetType: egress._subnetType });
    if (!vpc) {
      this.endpoints = this.createEndpoints(egress);
    }

    const selected = this.vpc.selectSubnets(this.vpcSubnets);
    if (!vpc && egress._isNatGateways) this.natSubnets = new AsMade(selected.subnets.flatMap(({ node }) => node.children));
    // A network without a fleet is checked, too.
    this.node.addValidation({ validate: () => (this.natSubnets?.isUnchanged() ? [] : judgeNatInstancesAtSynth(this._subnets, codeContext())) });
    const maker = vpc?.node.scope;
    this.hasAllZones = maker instanceof ManagedInstancesNetwork
      ? maker.hasAllZones
      : !vpc && props.availabilityZones === undefined && !(props.maxAzs !== undefined && props.maxAzs < 3);

    const connectivity = new DependencyGroup(selected.internetConnectivityEstablished);
    if (this.endpoints) connectivity.add(this.endpoints.connectivity);
    this.connectivity = connectivity;
  }

  /**
   * Returns the selected subnets.
   *
   * @internal
   */
  public get _subnets(): ec2.ISubnet[] {
    return selectedSubnets(this.vpc, this.vpcSubnets);
  }

  /**
   * Returns what is known about subnets without reading their resources.
   *
   * @internal
   */
  public _stated(subnets: ec2.ISubnet[]): StatedNetwork {
    const subnetsAsMade = this.natSubnets?.isUnchanged() ?? false;
    const stated = subnetsAsMade ? stateNatSubnets(subnets) : stateImport(this.vpc, subnets);
    // Without `env`, CDK knows only two zones, even if more are requested.
    const hasUnknownZones = stated.hasUnknownZones || (this.hasAllZones && isToken(subnets[0]?.availabilityZone));
    return { ...stated, subnetsAsMade, hasUnknownZones };
  }

  /**
   * Lets a fleet use the endpoints of the network, and makes its provider wait for the network.
   *
   * @internal
   */
  public _admit(provider: lambda.CfnCapacityProvider, securityGroups: ec2.ISecurityGroup[]): void {
    provider.node.addDependency(this.connectivity);
    const { endpoints } = this;
    if (!endpoints) return;
    provider.node.addDependency(...securityGroups.flatMap((group) => endpoints.admit(group)));
    onAttachment(provider, Listener.ENDPOINTS, ({ resource }) => {
      if (!isImageFunction(resource)) return;
      endpoints.add(ec2.InterfaceVpcEndpointAwsService.ECR);
      endpoints.add(ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER);
    });
  }

  private createVpc(egress: Egress, { maxAzs, availabilityZones, ipAddresses }: ManagedInstancesNetworkProps): ec2.Vpc {
    const vpc = new ec2.Vpc(this, 'Vpc', {
      ...(availabilityZones ? { availabilityZones } : { maxAzs: maxAzs ?? 3 }),
      ipAddresses,
      gatewayEndpoints: {
        S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
        DynamoDB: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
      },
      ...egress._vpcProps,
    });
    openNatInstances(vpc, egress._vpcProps.natGatewayProvider);
    return vpc;
  }

  private createEndpoints({ _services: services }: Egress): PrivateEndpoints | undefined {
    if (services.length === 0) return undefined;
    return new PrivateEndpoints(this, 'Endpoints', { vpc: this.vpc, subnets: this.vpcSubnets, services });
  }
}

/** The part of a network that a fleet uses. */
type FleetNetwork = Pick<ManagedInstancesNetwork, '_subnets' | '_stated' | '_admit'>;

/** Returns the part of any network that a fleet uses. If the network isn't ours, its subnets are read, and the provider waits for all of it. */
export function fleetNetwork(network: IManagedInstancesNetwork): FleetNetwork {
  if (isFleetNetwork(network)) return network;
  const { vpc, vpcSubnets, connectivity } = network;
  return {
    _subnets: selectedSubnets(vpc, vpcSubnets),
    _stated: (subnets) => stateImport(vpc, subnets),
    _admit: (provider) => provider.node.addDependency(connectivity),
  };
}

/** Whether a network was created by this library, or by a second installed copy of it, which has a class of its own. */
function isFleetNetwork(network: IManagedInstancesNetwork): network is IManagedInstancesNetwork & FleetNetwork {
  return '_admit' in network;
}

function isImageFunction({ packageType, code }: lambda.CfnFunction): boolean {
  return packageType === 'Image' || (code as lambda.CfnFunction.CodeProperty).imageUri !== undefined;
}

/**
 * Allows traffic from the VPC to NAT instances, which unlike gateways have a security group. By default, instances of `cdk-fck-nat` accept no
 * traffic.
 */
function openNatInstances(vpc: ec2.Vpc, provider?: ec2.NatProvider): void {
  const { connections } = (provider ?? {}) as Partial<ec2.IConnectable>;
  connections?.allowFrom(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.allTraffic(), 'What the private subnets send');
}
