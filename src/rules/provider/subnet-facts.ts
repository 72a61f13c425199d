/** Reads the facts about a subnet from the resources of an app: its zone, its addresses, and what it can reach. */
import { NetworkIndex } from './network-index';
import { anyOf, Fact, isKnown, mapFact, UNKNOWN } from '../../reading/fact';
import { Reference } from '../../reading/property-source';
import { ResourceGraph } from '../../reading/resource-graph';
import { INTERNET_GATEWAY, NAT_GATEWAY, ResourceView, ROUTE_TABLE, SECURITY_GROUP, SUBNET, VPC } from '../../reading/resource-view';
import { SubnetFacts } from '../../reading/stated-network';

/** The addresses that AWS reserves in each subnet. Source: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html (read 2026-11-21) */
const ADDRESSES_OF_AWS = 5;

/** Reads a subnet of an app. */
export function subnetFacts(subnet: ResourceView, graph: ResourceGraph<ResourceView>): SubnetFacts {
  const index = NetworkIndex.of(graph);
  const { properties } = subnet;
  const vpc = vpcOf(subnet, graph);
  return {
    // If no zone is set, EC2 chooses one.
    zone: properties.text('availabilityZone') ?? properties.text('availabilityZoneId') ?? UNKNOWN,
    addresses: addressesOf(properties.text('cidrBlock')),
    ...routeFacts(subnet, vpc, graph, index),
    logsEndpoint: hasLogsEndpoint(vpc, graph, index),
  };
}

/** Returns the VPC of a subnet, a group or an endpoint. */
export function vpcOf({ properties }: ResourceView, graph: ResourceGraph<ResourceView>, steps = 0): Fact<Reference> {
  const reference = properties.reference('vpcId');
  const target = graph.target(reference);
  // `Fn::GetAtt` of a subnet's or a group's own `VpcId`.
  return target && (target.type === SUBNET || target.type === SECURITY_GROUP) && steps < 3 ? vpcOf(target, graph, steps + 1) : reference;
}

/** Whether two references mean the same resource. Unknown if one of them may turn out to be the other. */
export function isSame(one: Fact<Reference>, other: Fact<Reference>): Fact<boolean> {
  if (!isKnown(one) || !isKnown(other)) return UNKNOWN;
  if (one.key && other.key) return one.key === other.key;
  return one.key || other.key ? UNKNOWN : one.text === other.text;
}

type RouteFacts = Pick<SubnetFacts, 'isPublic' | 'ipv4' | 'ipv6' | 'sharedAddress'>;

const NO_ROUTES: RouteFacts = { isPublic: false, ipv4: false, ipv6: false };
const UNKNOWN_ROUTES: RouteFacts = { isPublic: UNKNOWN, ipv4: UNKNOWN, ipv6: UNKNOWN };

function routeFacts(subnet: ResourceView, vpc: Fact<Reference>, graph: ResourceGraph<ResourceView>, index: NetworkIndex): RouteFacts {
  const { own: [association, ...others], loose } = index.associationsOf(subnet);
  if (others.length > 0 || loose.length > 0) return UNKNOWN_ROUTES;
  // The main route table of a VPC of this app has no routes out of it, because CloudFormation has no name for that table.
  if (!association) return graph.target(vpc)?.type === VPC ? NO_ROUTES : UNKNOWN_ROUTES;
  const table = graph.target(association.properties.reference('routeTableId'));
  if (table?.type !== ROUTE_TABLE) return UNKNOWN_ROUTES;
  const routes = index.routesOf(table);
  const orUnknown = (fact: Fact<boolean>) => (fact === false && (routes.loose.length > 0 || index.mayHavePropagatedRoutes(table)) ? UNKNOWN : fact);
  const toInternet = anyOf(leadingEverywhere(routes.own, 'ipv4').map((route) => leadsToInternetGateway(route, graph)));
  return {
    isPublic: orUnknown(toInternet),
    ipv4: orUnknown(coversEverything(routes.own, 'ipv4')),
    ipv6: orUnknown(coversEverything(routes.own, 'ipv6')),
    sharedAddress: sharedAddress(routes.own, graph, index),
  };
}

type Protocol = 'ipv4' | 'ipv6';

const DESTINATION: Record<Protocol, string> = { ipv4: 'destinationCidrBlock', ipv6: 'destinationIpv6CidrBlock' };

/** The sets of destinations that cover all addresses outside the VPC, or all that AWS uses. */
const EVERYWHERE: Record<Protocol, string[][]> = {
  ipv4: [['0.0.0.0/0'], ['0.0.0.0/1', '128.0.0.0/1']],
  ipv6: [['::/0'], ['::/1', '8000::/1'], ['2000::/3']],
};

function coversEverything(routes: readonly ResourceView[], protocol: Protocol): Fact<boolean> {
  const destinations = routes.map(({ properties }) => properties.string(DESTINATION[protocol]));
  if (EVERYWHERE[protocol].some((blocks) => blocks.every((block) => destinations.includes(block)))) return true;
  const mayCover = destinations.includes(UNKNOWN) || routes.some(({ properties }) => properties.has('destinationPrefixListId'));
  return mayCover ? UNKNOWN : false;
}

function leadingEverywhere(routes: readonly ResourceView[], protocol: Protocol): ResourceView[] {
  const blocks = EVERYWHERE[protocol].flat();
  return routes.filter(({ properties }) => {
    const destination = properties.string(DESTINATION[protocol]);
    return destination === UNKNOWN || (destination !== undefined && blocks.includes(destination));
  });
}

function leadsToInternetGateway({ properties }: ResourceView, graph: ResourceGraph<ResourceView>): Fact<boolean> {
  const gateway = properties.reference('gatewayId');
  if (!isKnown(gateway)) return gateway === undefined ? false : UNKNOWN;
  if (properties.string(DESTINATION.ipv4) === UNKNOWN) return UNKNOWN;
  if (gateway.key) return graph.target(gateway)?.type === INTERNET_GATEWAY;
  return gateway.text.startsWith('igw-');
}

/** Finds two NAT gateways with one Elastic IP, which can belong to only one. Equal texts are equal values, whatever they resolve to. */
function sharedAddress(routes: readonly ResourceView[], graph: ResourceGraph<ResourceView>, index: NetworkIndex): string | undefined {
  for (const route of routes) {
    const gateway = graph.target(route.properties.reference('natGatewayId'));
    const address = gateway?.type === NAT_GATEWAY ? gateway.properties.text('allocationId') : undefined;
    if (!gateway || !isKnown(address)) continue;
    const other = index.natGateways.find((candidate) => candidate.key !== gateway.key && candidate.properties.text('allocationId') === address);
    if (other) return `${gateway.name} and ${other.name}`;
  }
  return undefined;
}

function hasLogsEndpoint(vpc: Fact<Reference>, graph: ResourceGraph<ResourceView>, index: NetworkIndex): Fact<boolean> {
  const found = anyOf(index.endpoints.map((endpoint) => everyOf([
    mapFact(endpoint.properties.string('vpcEndpointType') ?? 'Gateway', (type) => type === 'Interface'),
    isLogs(endpoint.properties.text('serviceName')),
    // AWS's pages disagree about the default.
    endpoint.properties.boolean('privateDnsEnabled') ?? UNKNOWN,
    isSame(vpcOf(endpoint, graph), vpc),
  ])));
  return found === false && graph.target(vpc)?.type !== VPC ? UNKNOWN : found;
}

/** Whether a service is CloudWatch Logs: `com.amazonaws.${…}.logs`. The Region may be known only at deployment. */
function isLogs(service: Fact<string>): Fact<boolean> {
  if (!isKnown(service)) return UNKNOWN;
  return service.endsWith('}') ? UNKNOWN : service.endsWith('.logs');
}

function everyOf(facts: Fact<boolean>[]): Fact<boolean> {
  if (facts.includes(false)) return false;
  return facts.includes(UNKNOWN) ? UNKNOWN : true;
}

/** Returns the number of addresses that EC2 can assign in a block. */
export function addressesOf(cidrBlock: Fact<string>): Fact<number> {
  const prefix = isKnown(cidrBlock) ? /\/(\d+)$/.exec(cidrBlock)?.[1] : undefined;
  return prefix === undefined ? UNKNOWN : 2 ** (32 - Number(prefix)) - ADDRESSES_OF_AWS;
}
