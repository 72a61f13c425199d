import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, DependencyGroup } from 'constructs';
import { isToken } from '../reading/constructs/token';

const HTTPS = 443;

/** The properties of `PrivateEndpoints`. */
interface PrivateEndpointsProps {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  readonly services: ec2.IInterfaceVpcEndpointService[];
}

/**
 * The interface endpoints of a network, with one security group that accepts traffic from admitted security groups only.
 */
export class PrivateEndpoints extends Construct {
  /** All endpoints, including those that are added later. */
  public readonly connectivity = new DependencyGroup();

  private readonly vpc: ec2.IVpc;
  private readonly subnets: ec2.SubnetSelection;
  private readonly group: ec2.SecurityGroup;
  /** The endpoints by service name. */
  private readonly endpoints = new Map<string, ec2.InterfaceVpcEndpoint>();
  /** The admitted security groups by id: two fleets may share one, and EC2 refuses the same rule twice. */
  private readonly admitted = new Map<string, ec2.CfnSecurityGroupIngress[]>();
  /** The ports of all services: 443, and the ports of services from other vendors. */
  private readonly ports = new Set([HTTPS]);

  constructor(scope: Construct, id: string, props: PrivateEndpointsProps) {
    super(scope, id);
    this.vpc = props.vpc;
    this.subnets = props.subnets;
    this.group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      allowAllOutbound: false,
      description: 'Endpoints for Lambda Managed Instances',
    });
    props.services.forEach((service) => this.add(service));
  }

  /** Adds an endpoint for a service, unless there is one. */
  public add(service: ec2.IInterfaceVpcEndpointService): void {
    if (this.endpoints.has(service.name)) return;
    const endpoint = new ec2.InterfaceVpcEndpoint(this, this.idOf(service), {
      vpc: this.vpc,
      subnets: this.subnets,
      service,
      securityGroups: [this.group],
      open: false,
      // A service from another vendor may have no private DNS name, and states that itself.
      privateDnsEnabled: service.privateDnsDefault ?? true,
    });
    this.endpoints.set(service.name, endpoint);
    this.ports.add(service.port);
    this.connectivity.add(endpoint);
  }

  /**
   * Admits a security group, and returns the rules that its fleet must wait for.
   *
   * The rules are in the stack of that group, which refers to this network anyway. The network's stack must not refer to it.
   */
  public admit(group: ec2.ISecurityGroup): ec2.CfnSecurityGroupIngress[] {
    const key = group.securityGroupId;
    const rules = this.admitted.get(key) ?? [...this.ports].map((port) => this.ruleFor(group, port));
    this.admitted.set(key, rules);
    return rules;
  }

  private ruleFor(group: ec2.ISecurityGroup, port: number): ec2.CfnSecurityGroupIngress {
    return new ec2.CfnSecurityGroupIngress(group, port === HTTPS ? 'HttpsToEndpoints' : `Port${port}ToEndpoints`, {
      groupId: this.group.securityGroupId,
      sourceSecurityGroupId: group.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description: 'From Lambda Managed Instances',
    });
  }

  /** Returns the construct id of an endpoint: `EcrApi` for the service `ecr.api`. */
  private idOf(service: ec2.IInterfaceVpcEndpointService): string {
    const { shortName = service.name } = service as Partial<ec2.InterfaceVpcEndpointAwsService>;
    if (isToken(shortName)) return `Service${this.endpoints.size}`;
    return shortName.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  }
}
