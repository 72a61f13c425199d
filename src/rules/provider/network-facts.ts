/** Reads the facts about the network of a capacity provider from the resources of an app. */
import { securityGroupFacts } from './security-group-facts';
import { isSame, subnetFacts, vpcOf } from './subnet-facts';
import { Fact, isKnown, UNKNOWN } from '../../reading/fact';
import { PropertySource, Reference } from '../../reading/property-source';
import { ResourceGraph } from '../../reading/resource-graph';
import { ResourceView, SECURITY_GROUP, SUBNET } from '../../reading/resource-view';
import { SecurityGroupFacts, StatedNetwork, SubnetFacts, UNKNOWN_GROUP, UNKNOWN_SUBNET } from '../../reading/stated-network';

/** The facts about the network of a capacity provider that rules need. Each is read on demand. */
export interface NetworkFacts {
  /** The zone of each subnet. Unknown as a whole if the user chose no zones. */
  readonly zones: Fact<Fact<string>[]>;
  readonly subnets: readonly SubnetFacts[];
  readonly groups: readonly SecurityGroupFacts[];
  /** A subnet or group in another VPC than the first one, in words for a message. */
  readonly foreign: Fact<string>;
}

/** The facts that rules need about a VPC without subnets that have egress. */
export interface DefaultSubnetsFacts {
  readonly publicSubnets: number;
  readonly isolatedSubnets: number;
}

/** A capacity provider with the other resources of its app. */
interface ProviderInApp {
  readonly provider: ResourceView;
  readonly graph: ResourceGraph<ResourceView>;
}

/** Reads the network of a capacity provider. `find` is called only if something needs to be read. */
export function networkFacts(find: () => ProviderInApp, stated?: StatedNetwork): NetworkFacts {
  let subnets: readonly SubnetFacts[] | undefined;
  let groups: readonly SecurityGroupFacts[] | undefined;
  return {
    get zones() { return stated?.hasUnknownZones ? UNKNOWN : this.subnets.map(({ zone }) => zone); },
    get subnets() { return (subnets ??= stated?.subnetsAsMade ? stated.subnets : readSubnets(find(), stated?.subnets)); },
    get groups() { return (groups ??= stated?.groupsAsMade ? [] : readGroups(find())); },
    get foreign() { return stated?.subnetsAsMade && stated.groupsAsMade ? UNKNOWN : foreignIn(find()); },
  };
}

/**
 * Returns the largest number of zones that subnets can be in: each unknown zone may be a different one. Local Zones and Wavelength Zones don't count.
 */
export function mostZones(zones: readonly Fact<string>[]): number {
  return namedZones(zones).length + zones.filter((zone) => !isKnown(zone)).length;
}

/** Returns the known zones without duplicates. */
export function namedZones(zones: readonly Fact<string>[]): string[] {
  return [...new Set(zones.filter(isKnown))].filter((zone) => !LOCAL_ZONE.test(zone));
}

/** Returns the number of zones, if each is known. */
export function countZones(zones: readonly Fact<string>[]): Fact<number> {
  return zones.every(isKnown) ? mostZones(zones) : UNKNOWN;
}

/** Matches Local Zones and Wavelength Zones: `us-west-2-lax-1a` and `us-east-1-wl1-bos-wlz-1`, or ids such as `usw2-lax1-az1`. */
const LOCAL_ZONE = /^[a-z]+(-[a-z]+)+-\d+-|^[a-z]+\d+-[a-z]+\d+-/;

function readSubnets({ provider, graph }: ProviderInApp, stated: readonly SubnetFacts[] = []): SubnetFacts[] {
  return idsIn(provider, 'subnetIds').map((id, index) => {
    const subnet = graph.target(id.reference());
    const found = subnet?.type === SUBNET && subnet.isLeftOut !== true ? subnetFacts(subnet, graph) : UNKNOWN_SUBNET;
    return completed(found, stated[index]);
  });
}

function readGroups({ provider, graph }: ProviderInApp): SecurityGroupFacts[] {
  return idsIn(provider, 'securityGroupIds').map((id) => {
    const group = graph.target(id.reference());
    return group?.type === SECURITY_GROUP && group.isLeftOut !== true ? securityGroupFacts(group, graph) : UNKNOWN_GROUP;
  });
}

/** Returns the ids of a list. Empty if the list isn't known, because its length isn't known either. */
function idsIn({ properties }: ResourceView, property: string): PropertySource[] {
  const ids = properties.items('vpcConfig', property);
  return isKnown(ids) ? ids.filter((id) => id.has()) : [];
}

/** Completes the facts from resources with those that constructs stated. */
function completed(found: SubnetFacts, stated: SubnetFacts = UNKNOWN_SUBNET): SubnetFacts {
  const unlessUnknown = <T>(one: Fact<T>, other: Fact<T>) => (one === UNKNOWN ? other : one);
  return {
    zone: unlessUnknown(found.zone, stated.zone),
    addresses: unlessUnknown(found.addresses, stated.addresses),
    isPublic: unlessUnknown(found.isPublic, stated.isPublic),
    ipv4: unlessUnknown(found.ipv4, stated.ipv4),
    ipv6: unlessUnknown(found.ipv6, stated.ipv6),
    logsEndpoint: unlessUnknown(found.logsEndpoint, stated.logsEndpoint),
    sharedAddress: found.sharedAddress,
  };
}

function foreignIn({ provider, graph }: ProviderInApp): Fact<string> {
  let first: Fact<Reference>;
  for (const [property, type, word] of [['subnetIds', SUBNET, 'subnet'], ['securityGroupIds', SECURITY_GROUP, 'security group']]) {
    for (const id of idsIn(provider, property)) {
      const resource = graph.target(id.reference());
      if (resource?.type !== type || resource.isLeftOut) continue;
      const vpc = vpcOf(resource, graph);
      if (isSame(first, vpc) === false) return `${word} ${resource.name}, which is in another VPC`;
      if (!isKnown(first)) first = vpc;
    }
  }
  return UNKNOWN;
}
