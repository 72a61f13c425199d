/**
 * Proves from template JSON alone that instances reach CloudWatch Logs on port 443. This file imports nothing, so that it can't share a mistake with
 * the library.
 */

export interface TemplateJson {
  readonly Resources: Record<string, ResourceJson>;
}

interface ResourceJson {
  readonly Type: string;
  readonly Properties?: any;
}

/** The verdict about one subnet of a capacity provider. */
export interface Verdict {
  readonly subnet: string;
  /** The path to the target, or the reason why there is none. */
  readonly path: string;
  readonly reached: boolean;
}

const PORT = 443;

/** Returns whether CloudWatch Logs is reached from each subnet of each capacity provider. */
export function walkToLogs(template: TemplateJson): Verdict[] {
  const walker = new Walker(template);
  return walker.fleetSubnets().map(({ subnet, groups }) => walker.toLogs(subnet, groups));
}

/** Returns whether the internet is reached over IPv6 from each subnet of each capacity provider. */
export function walkToIpv6Internet(template: TemplateJson): Verdict[] {
  const walker = new Walker(template);
  return walker.fleetSubnets().map(({ subnet, groups }) => walker.toIpv6Internet(subnet, groups));
}

class Walker {
  constructor(private readonly template: TemplateJson) {}

  public fleetSubnets(): { subnet: string; groups: string[] }[] {
    return this.all('AWS::Lambda::CapacityProvider').flatMap(([, { VpcConfig }]) => {
      const groups = VpcConfig.SecurityGroupIds.map(idOf);
      return VpcConfig.SubnetIds.map((subnet: unknown) => ({ subnet: idOf(subnet), groups }));
    });
  }

  public toLogs(subnet: string, groups: string[]): Verdict {
    const vpc = idOf(this.properties(subnet)?.VpcId);
    if (vpc === undefined) return dead(subnet, 'the subnet is in no VPC');
    const endpoint = this.all('AWS::EC2::VPCEndpoint').find(([, { VpcId, VpcEndpointType, ServiceName }]) => (
      idOf(VpcId) === vpc && VpcEndpointType === 'Interface' && textOf(ServiceName).endsWith('.logs')
    ));
    // With private DNS, the name of the service resolves to the endpoint, so other paths don't count.
    if (endpoint?.[1].PrivateDnsEnabled === true && this.resolvesNames(vpc)) return this.throughEndpoint(subnet, groups, endpoint[0]);
    return this.throughNat(subnet, groups, vpc);
  }

  public toIpv6Internet(subnet: string, groups: string[]): Verdict {
    const { VpcId, Ipv6CidrBlock, AssignIpv6AddressOnCreation } = this.properties(subnet) ?? {};
    const vpc = idOf(VpcId);
    if (Ipv6CidrBlock === undefined || AssignIpv6AddressOnCreation !== true) return dead(subnet, 'instances get no IPv6 address');
    const hasRange = this.all('AWS::EC2::VPCCidrBlock').some(([, block]) => idOf(block.VpcId) === vpc && block.AmazonProvidedIpv6CidrBlock === true);
    if (!hasRange) return dead(subnet, 'the VPC has no IPv6 addresses');
    const route = this.routesOf(subnet).find((candidate) => candidate.DestinationIpv6CidrBlock === '::/0');
    const gateway = idOf(route?.EgressOnlyInternetGatewayId);
    if (idOf(this.properties(gateway)?.VpcId) !== vpc) return dead(subnet, 'no route to an egress-only gateway');
    if (!this.letsOut(groups, 'CidrIpv6', '::/0')) return dead(subnet, 'no group lets HTTPS out over IPv6');
    return alive(subnet, 'egress-only gateway');
  }

  private throughEndpoint(subnet: string, groups: string[], endpoint: string): Verdict {
    const { SubnetIds, SecurityGroupIds } = this.properties(endpoint)!;
    const vpc = idOf(this.properties(subnet)!.VpcId);
    const placed = (SubnetIds ?? []).some((id: unknown) => idOf(this.properties(idOf(id))?.VpcId) === vpc);
    if (!placed) return dead(subnet, 'the endpoint is in no subnet of the VPC');
    const doors = (SecurityGroupIds ?? []).map(idOf);
    if (!this.letsIn(doors, groups)) return dead(subnet, 'the endpoint lets the group in nowhere');
    if (!this.letsOut(groups, 'CidrIp', '0.0.0.0/0', doors)) return dead(subnet, 'no group lets HTTPS out');
    return alive(subnet, 'endpoint');
  }

  private throughNat(subnet: string, groups: string[], vpc: string): Verdict {
    const route = this.routesOf(subnet).find((candidate) => candidate.DestinationCidrBlock === '0.0.0.0/0');
    if (!route) return dead(subnet, 'no default route');
    if (!this.letsOut(groups, 'CidrIp', '0.0.0.0/0')) return dead(subnet, 'no group lets HTTPS out');
    const gateway = this.template.Resources[idOf(route.NatGatewayId) ?? ''];
    if (gateway?.Type === 'AWS::EC2::NatGateway') {
      if (this.properties(idOf((gateway.Properties.AllocationId)))?.Domain !== 'vpc') return dead(subnet, 'the NAT gateway has no address');
      return this.isPublic(idOf(gateway.Properties.SubnetId), vpc) ? alive(subnet, 'NAT gateway') : dead(subnet, 'the NAT gateway is in no public subnet');
    }
    const instance = this.properties(idOf(route.InstanceId)) ?? this.properties(idOf(route.NetworkInterfaceId));
    if (!instance) return dead(subnet, 'the default route leads nowhere');
    const [card = {}] = instance.NetworkInterfaces ?? [];
    const doors = (card.GroupSet ?? instance.GroupSet ?? instance.SecurityGroupIds ?? []).map(idOf);
    if (instance.SourceDestCheck !== false) return dead(subnet, 'the NAT instance drops what isn\'t for itself');
    if (!this.letsIn(doors, groups, vpc)) return dead(subnet, 'the NAT instance lets nothing in');
    if (!this.letsOut(doors, 'CidrIp', '0.0.0.0/0')) return dead(subnet, 'the NAT instance lets nothing out');
    if (!this.isPublic(idOf(card.SubnetId ?? instance.SubnetId), vpc)) return dead(subnet, 'the NAT instance is in no public subnet');
    return alive(subnet, 'NAT instance');
  }

  private resolvesNames(vpc: string): boolean {
    const { EnableDnsSupport, EnableDnsHostnames } = this.properties(vpc)!;
    return EnableDnsSupport === true && EnableDnsHostnames === true;
  }

  private isPublic(subnet: string | undefined, vpc: string): boolean {
    const attached = this.all('AWS::EC2::VPCGatewayAttachment').filter(([, { VpcId }]) => idOf(VpcId) === vpc).map(([, { InternetGatewayId }]) => idOf(InternetGatewayId));
    return subnet !== undefined && idOf(this.properties(subnet)?.VpcId) === vpc && this.routesOf(subnet).some((route) => (
      route.DestinationCidrBlock === '0.0.0.0/0' && attached.includes(idOf(route.GatewayId)) && this.properties(idOf(route.GatewayId)) !== undefined
    ));
  }

  private routesOf(subnet: string): any[] {
    const tables = this.all('AWS::EC2::SubnetRouteTableAssociation').filter(([, { SubnetId }]) => idOf(SubnetId) === subnet)
      .map(([, { RouteTableId }]) => idOf(RouteTableId))
      .filter((table) => this.properties(table) !== undefined);
    return this.all('AWS::EC2::Route').map(([, route]) => route).filter(({ RouteTableId }) => tables.includes(idOf(RouteTableId)));
  }

  private letsOut(groups: string[], cidr: 'CidrIp' | 'CidrIpv6', everywhere: string, doors: string[] = []): boolean {
    return groups.some((group) => {
      const rules = this.rulesOf(group, 'SecurityGroupEgress', 'AWS::EC2::SecurityGroupEgress');
      return rules.some((rule) => coversPort(rule) && (rule[cidr] === everywhere || doors.includes(idOf(rule.DestinationSecurityGroupId)!)));
    });
  }

  private letsIn(doors: string[], groups: string[], vpc?: string): boolean {
    return doors.some((door) => this.rulesOf(door, 'SecurityGroupIngress', 'AWS::EC2::SecurityGroupIngress').some((rule) => (
      coversPort(rule)
      && (groups.includes(idOf(rule.SourceSecurityGroupId)!) || (vpc !== undefined && (rule.CidrIp === '0.0.0.0/0' || idOf(rule.CidrIp) === vpc)))
    )));
  }

  private rulesOf(group: string, inline: string, type: string): any[] {
    const resource = this.properties(group);
    if (!resource) return [];
    return [...resource[inline] ?? [], ...this.all(type).map(([, rule]) => rule).filter(({ GroupId }) => idOf(GroupId) === group)];
  }

  private all(type: string): [string, any][] {
    return Object.entries(this.template.Resources).filter(([, { Type }]) => Type === type).map(([id, { Properties = {} }]) => [id, Properties]);
  }

  private properties(id: string | undefined): any {
    const resource = id === undefined ? undefined : this.template.Resources[id];
    return resource && (resource.Properties ?? {});
  }
}

function coversPort({ IpProtocol, FromPort, ToPort }: any): boolean {
  return IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= PORT && PORT <= ToPort);
}

/** Returns the resource that a value refers to. */
function idOf(value: any): string | undefined {
  return value?.Ref ?? value?.['Fn::GetAtt']?.[0];
}

function textOf(value: any): string {
  return typeof value === 'string' ? value : (value?.['Fn::Join']?.[1] ?? []).map((part: unknown) => (typeof part === 'string' ? part : '*')).join('');
}

function alive(subnet: string, path: string): Verdict {
  return { subnet, path, reached: true };
}

function dead(subnet: string, path: string): Verdict {
  return { subnet, path, reached: false };
}
