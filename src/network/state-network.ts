/** States the facts about a network that only its constructs know: about imports, and about what this library created. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { isPendingLookup } from './select-subnets';
import { sameThing } from '../reading/constructs/app-resources';
import { isToken } from '../reading/constructs/token';
import { Fact, UNKNOWN } from '../reading/fact';
import { isPlaceholder } from '../reading/placeholder';
import { StatedNetwork, UNKNOWN_SUBNET } from '../reading/stated-network';
import { addressesOf } from '../rules/provider/subnet-facts';

/** The VPC and subnets in which instances are launched, as constructs. */
export interface NetworkConstructs {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.ISubnet[];
  readonly securityGroups: ec2.ISecurityGroup[];
}

/** Returns what an import states about its subnets. Subnets that this app creates are read instead. */
export function stateImport(vpc: ec2.IVpc, subnets: ec2.ISubnet[]): StatedNetwork {
  const isPending = isPendingLookup(vpc);
  return {
    subnets: subnets.map((subnet) => (isPending ? UNKNOWN_SUBNET : {
      ...UNKNOWN_SUBNET,
      zone: zoneOf(subnet),
      addresses: addressesOf(cfnSubnetOf(subnet)?.cidrBlock),
      isPublic: (cfnSubnetOf(subnet) === undefined && vpc.publicSubnets.some(({ subnetId }) => subnetId === subnet.subnetId)) || UNKNOWN,
    })),
    hasUnknownZones: isPending,
    subnetsAsMade: false,
    groupsAsMade: false,
  };
}

/** Returns the facts about subnets that this library created, each with a route to a NAT gateway. Zones and addresses are read on demand. */
export function stateNatSubnets(subnets: ec2.ISubnet[]): StatedNetwork {
  return {
    subnets: subnets.map((subnet) => ({
      get zone() { return zoneOf(subnet); },
      get addresses() { return addressesOf(cfnSubnetOf(subnet)?.cidrBlock); },
      isPublic: false,
      ipv4: true,
      ipv6: UNKNOWN,
      logsEndpoint: UNKNOWN,
    })),
    hasUnknownZones: isPlaceholder(subnets[0]?.availabilityZone ?? ''),
    subnetsAsMade: true,
    groupsAsMade: false,
  };
}

/**
 * Returns words for a message about a subnet or security group that belongs to another VPC. Unknown for imports.
 */
export function foreignTo({ vpc, subnets, securityGroups }: NetworkConstructs): Fact<string> {
  const subnet = subnets.find((candidate) => sameThing(cfnSubnetOf(candidate)?.vpcId, vpc.vpcId) === false);
  if (subnet) return `subnet ${subnet.node.path}, which is in another VPC`;
  const group = securityGroups.find((candidate) => sameThing(cfnSecurityGroupOf(candidate)?.vpcId, vpc.vpcId) === false);
  return group ? `security group ${group.node.path}, which is in another VPC` : UNKNOWN;
}

/** Whether instances get IPv6 addresses in these subnets, as far as this app creates them. */
export function hasIpv6(subnets: ec2.ISubnet[]): boolean {
  return subnets.some((subnet) => cfnSubnetOf(subnet)?.ipv6CidrBlock !== undefined);
}

function cfnSubnetOf({ node: { defaultChild } }: ec2.ISubnet): ec2.CfnSubnet | undefined {
  return ec2.CfnSubnet.isCfnSubnet(defaultChild) ? defaultChild : undefined;
}

function cfnSecurityGroupOf({ node: { defaultChild } }: ec2.ISecurityGroup): ec2.CfnSecurityGroup | undefined {
  return ec2.CfnSecurityGroup.isCfnSecurityGroup(defaultChild) ? defaultChild : undefined;
}

function zoneOf(subnet: ec2.ISubnet): Fact<string> {
  try {
    const zone = subnet.availabilityZone;
    return !zone || isToken(zone) ? UNKNOWN : zone;
  } catch {
    // An imported subnet without a stated zone throws.
    return UNKNOWN;
  }
}
