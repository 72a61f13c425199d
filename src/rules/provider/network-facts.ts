import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AppResources, sameThing } from '../../reading/constructs/app-resources';
import { isToken } from '../../reading/constructs/token';
import { Fact, isKnown, UNKNOWN } from '../../reading/fact';

const HTTPS = 443;

/** Of each subnet. Source: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html (read 2026-11-21) */
const ADDRESSES_OF_AWS = 5;

/** Where instances are launched, as constructs. */
export interface NetworkConstructs {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.ISubnet[];
  readonly securityGroups: ec2.ISecurityGroup[];
}

/** By which ways CloudWatch is reached from a subnet. */
export interface WaysOut {
  /** A public subnet: instances there need public addresses. */
  readonly isPublic: Fact<boolean>;
  /** A default route for IPv4. */
  readonly ipv4: Fact<boolean>;
  /** A default route for IPv6. */
  readonly ipv6: Fact<boolean>;
  /** An interface endpoint for CloudWatch Logs with a private DNS name. */
  readonly logsEndpoint: Fact<boolean>;
}

/** What the rules need to know of the network around a capacity provider. No template shows it in one place. */
export interface NetworkFacts {
  /** The zone of each subnet. */
  readonly zones: Fact<string>[];
  readonly subnets: WaysOut[];
  /** Whether each security group lets HTTPS out, to anywhere. */
  readonly outboundHttps: Fact<boolean>[];
  /** How many inbound rules each security group has. */
  readonly inboundRules: Fact<number>[];
}

/** What the rules need to know of a VPC without subnets that have a way out. */
export interface DefaultSubnetsFacts {
  readonly publicSubnets: number;
  readonly isolatedSubnets: number;
  readonly logsEndpoint: Fact<boolean>;
}

/** Reads the constructs of a network. What is asked for is read when it is asked for, since some of it needs a walk. */
export function networkFacts({ vpc, subnets, securityGroups }: NetworkConstructs): NetworkFacts {
  let resources: AppResources | undefined;
  const app = () => (resources ??= new AppResources(vpc));
  let ways: WaysOut[] | undefined;
  return {
    get zones() { return zonesOf(vpc, subnets); },
    get subnets() { return (ways ??= subnets.map((subnet) => (isPendingLookup(vpc) ? NOTHING_KNOWN : waysOut(vpc, subnet, app)))); },
    get outboundHttps() { return securityGroups.map((group) => letsHttpsOut(group, app)); },
    get inboundRules() { return securityGroups.map((group) => countInboundRules(group, app)); },
  };
}

/** Reads a VPC of which no subnets were selected. */
export function defaultSubnetsFacts(vpc: ec2.IVpc): DefaultSubnetsFacts {
  return {
    publicSubnets: vpc.publicSubnets.length,
    isolatedSubnets: vpc.isolatedSubnets.length,
    logsEndpoint: hasLogsEndpoint(vpc, new AppResources(vpc)),
  };
}

/**
 * A subnet or security group that is known to belong to another VPC, as words for a message. Unknown for what is
 * imported.
 */
export function foreignTo({ vpc, subnets, securityGroups }: NetworkConstructs): Fact<string> {
  const subnet = subnets.find((candidate) => sameThing(cfnSubnetOf(candidate)?.vpcId, vpc.vpcId) === false);
  if (subnet) return `subnet ${subnet.node.path}, which is in another VPC`;
  const group = securityGroups.find((candidate) => sameThing(cfnSecurityGroupOf(candidate)?.vpcId, vpc.vpcId) === false);
  return group ? `security group ${group.node.path}, which is in another VPC` : UNKNOWN;
}

/** Whether instances get IPv6 addresses in these subnets, as far as this app makes them. */
export function hasIpv6(subnets: ec2.ISubnet[]): boolean {
  return subnets.some((subnet) => cfnSubnetOf(subnet)?.ipv6CidrBlock !== undefined);
}

const NOTHING_KNOWN: WaysOut = { isPublic: UNKNOWN, ipv4: UNKNOWN, ipv6: UNKNOWN, logsEndpoint: UNKNOWN };

function waysOut(vpc: ec2.IVpc, subnet: ec2.ISubnet, app: () => AppResources): WaysOut {
  const isOneOf = (some: ec2.ISubnet[]) => some.some(({ subnetId }) => subnetId === subnet.subnetId);
  if (isOneOf(vpc.publicSubnets)) return { ...NOTHING_KNOWN, isPublic: true };
  if (!isOwn(vpc) || !cfnSubnetOf(subnet)) return NOTHING_KNOWN;
  const { routeTableId } = subnet.routeTable;
  // CDK puts the routes of a subnet below it: mostly, no walk is needed to find one.
  const below = routesBelow(subnet, routeTableId);
  const leads = (property: DestinationProperty, everywhere: string) => (
    below.some((route) => route[property] === everywhere)
    || leadsTo(routesOf(routeTableId, app().routes), property, everywhere)
  );
  return {
    isPublic: false,
    // Routes from a VPN or a list of prefixes are nowhere in the app.
    get ipv4() { return vpc.vpnGatewayId !== undefined ? UNKNOWN : leads('destinationCidrBlock', '0.0.0.0/0'); },
    get ipv6() { return leads('destinationIpv6CidrBlock', '::/0'); },
    get logsEndpoint() { return hasLogsEndpoint(vpc, app()); },
  };
}

type DestinationProperty = 'destinationCidrBlock' | 'destinationIpv6CidrBlock';

function routesBelow({ node }: ec2.ISubnet, table: string): ec2.CfnRoute[] {
  return (node.children as ec2.CfnRoute[]).filter((child) => child.routeTableId === table && ec2.CfnRoute.isCfnRoute(child));
}

/** Nearly always by the same token; only where there are none, it is worth a closer look. */
function routesOf(table: string, all: ec2.CfnRoute[]): ec2.CfnRoute[] {
  const routes = all.filter(({ routeTableId }) => routeTableId === table);
  return routes.length > 0 ? routes : all.filter(({ routeTableId }) => sameThing(routeTableId, table) !== false);
}

function leadsTo(routes: ec2.CfnRoute[], property: DestinationProperty, everywhere: string): Fact<boolean> {
  if (routes.some((route) => route[property] === everywhere)) return true;
  return routes.some((route) => Token.isUnresolved(route[property]) || route.destinationPrefixListId !== undefined) ? UNKNOWN : false;
}

function hasLogsEndpoint(vpc: ec2.IVpc, { vpcEndpoints }: AppResources): Fact<boolean> {
  const found = vpcEndpoints.some((endpoint) => (
    endpoint.vpcEndpointType !== 'Gateway'
    && sameThing(endpoint.vpcId, vpc.vpcId) !== false
    && isLogs(endpoint)
    && endpoint.privateDnsEnabled !== false
  ));
  if (found) return true;
  return isOwn(vpc) ? false : UNKNOWN;
}

/** The name of the service holds the Region, which may be a token. */
function isLogs({ serviceName, stack }: ec2.CfnVPCEndpoint): boolean {
  return /\.logs"[\]}]*$/.test(JSON.stringify(stack.resolve(serviceName) ?? ''));
}

function letsHttpsOut(group: ec2.ISecurityGroup, app: () => AppResources): Fact<boolean> {
  const resource = cfnSecurityGroupOf(group);
  if (!resource) return UNKNOWN;
  if (group.allowAllOutbound) return true;
  const { resolve } = resolverOf(resource);
  const standalone = app().egressRules.filter(({ groupId }) => sameThing(groupId, group.securityGroupId) !== false);
  const rules: unknown[] = [...resolve<unknown[]>(resource.securityGroupEgress) ?? [], ...standalone.map((rule) => ruleOf(rule, resolve))];
  // EC2 gives a group without outbound rules one that lets everything out.
  return rules.length === 0 || anyOf(rules.map(coversHttps));
}

function countInboundRules(group: ec2.ISecurityGroup, app: () => AppResources): Fact<number> {
  const resource = cfnSecurityGroupOf(group);
  if (!resource) return UNKNOWN;
  const inline = resolverOf(resource).resolve<unknown[]>(resource.securityGroupIngress) ?? [];
  return inline.length + app().ingressRules.filter(({ groupId }) => sameThing(groupId, group.securityGroupId) === true).length;
}

interface PortRule {
  readonly ipProtocol?: unknown;
  readonly fromPort?: unknown;
  readonly toPort?: unknown;
}

function ruleOf({ ipProtocol, fromPort, toPort }: ec2.CfnSecurityGroupEgress, resolve: (value: unknown) => unknown): PortRule {
  return { ipProtocol: resolve(ipProtocol), fromPort: resolve(fromPort), toPort: resolve(toPort) };
}

/** Reads a rule whose tokens are resolved: what is left of them are objects. */
function coversHttps(rule: unknown): Fact<boolean> {
  const { ipProtocol, fromPort, toPort } = rule as PortRule;
  if (typeof ipProtocol === 'object' || typeof fromPort === 'object' || typeof toPort === 'object') return UNKNOWN;
  if (String(ipProtocol) === '-1') return true;
  return ['tcp', '6'].includes(String(ipProtocol)) && Number(fromPort) <= HTTPS && HTTPS <= Number(toPort);
}

function anyOf(facts: Fact<boolean>[]): Fact<boolean> {
  if (facts.includes(true)) return true;
  return facts.includes(UNKNOWN) ? UNKNOWN : false;
}

function resolverOf(resource: ec2.CfnSecurityGroup) {
  const stack = Stack.of(resource);
  return { resolve: <T = unknown>(value: unknown) => stack.resolve(value) as T | undefined };
}

/** Asked for several times at each synthesis. */
const SUBNETS = new WeakMap<ec2.ISubnet, ec2.CfnSubnet>();
const OWN_VPCS = new WeakSet<ec2.IVpc>();

function cfnSubnetOf(subnet: ec2.ISubnet): ec2.CfnSubnet | undefined {
  const known = SUBNETS.get(subnet);
  if (known) return known;
  const { defaultChild } = subnet.node;
  if (!ec2.CfnSubnet.isCfnSubnet(defaultChild)) return undefined;
  SUBNETS.set(subnet, defaultChild);
  return defaultChild;
}

function cfnSecurityGroupOf(group: ec2.ISecurityGroup): ec2.CfnSecurityGroup | undefined {
  const { defaultChild } = group.node;
  return ec2.CfnSecurityGroup.isCfnSecurityGroup(defaultChild) ? defaultChild : undefined;
}

/** Whether this app makes the VPC, and so knows all of it. */
function isOwn(vpc: ec2.IVpc): boolean {
  if (!OWN_VPCS.has(vpc) && ec2.CfnVPC.isCfnVPC(vpc.node.defaultChild)) OWN_VPCS.add(vpc);
  return OWN_VPCS.has(vpc);
}

function isPendingLookup(vpc: ec2.IVpc): boolean {
  return !isOwn(vpc) && vpc.selectSubnets({ subnets: [] }).isPendingLookup === true;
}

function zoneOf(subnet: ec2.ISubnet): Fact<string> {
  try {
    const zone = subnet.availabilityZone;
    return !zone || isToken(zone) ? UNKNOWN : zone;
  } catch {
    // An imported subnet that doesn't say where it is.
    return UNKNOWN;
  }
}

/** The addresses that EC2 has to give in each subnet, where this app says how large it is. */
export function addressesOf(subnets: ec2.ISubnet[]): Fact<number>[] {
  return subnets.map((subnet) => {
    const prefix = /^[\d.]+\/(\d+)$/.exec(cfnSubnetOf(subnet)?.cidrBlock ?? '')?.[1];
    return prefix === undefined ? UNKNOWN : 2 ** (32 - Number(prefix)) - ADDRESSES_OF_AWS;
  });
}

/** The zones of subnets. */
export function zonesOf(vpc: ec2.IVpc, subnets: ec2.ISubnet[]): Fact<string>[] {
  return subnets.map((subnet) => (isPendingLookup(vpc) ? UNKNOWN : zoneOf(subnet)));
}

/** The number of zones, where each is known. */
export function countZones(zones: Fact<string>[]): Fact<number> {
  return zones.every(isKnown) ? new Set(zones).size : UNKNOWN;
}
