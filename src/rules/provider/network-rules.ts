/** The rules about the network around a capacity provider. */
import { DefaultSubnetsFacts, mostZones, namedZones, NetworkFacts } from './network-facts';
import { isKnown } from '../../reading/fact';
import { PAGES } from '../../service/pages';
import { descriptionOf, Level, Rule } from '../rule';

const EGRESS_REMEDY = 'add a NAT gateway, or interface endpoints for CloudWatch Logs and all other services that the functions call';

/** The cheapest checks come first. The last one needs a walk through the app. */
const WAYS_BUT_IPV6 = ['isPublic', 'ipv4', 'logsEndpoint'] as const;
const WAYS = ['isPublic', 'ipv4', 'ipv6', 'logsEndpoint'] as const;

/** The recommended number of zones. With fewer, some of the three environments that a version has by default share a zone. */
const ZONES = 3;

/** The rules about the network around a capacity provider. */
export const NETWORK_RULES: Rule<NetworkFacts>[] = [
  {
    code: 'ZoneCount',
    level: Level.WARNING,
    what: 'The subnets are spread over three zones.',
    why: 'The three environments of each version can\'t be spread evenly, and an outage of one zone takes down more of them.',
    source: PAGES.capacityProviders,
    check({ zones }, { term, words }) {
      if (!isKnown(zones) || zones.length === 0) return undefined;
      const most = mostZones(zones);
      if (most >= ZONES) return undefined;
      const named = namedZones(zones).filter((zone) => !zone.includes('${'));
      return {
        property: term('subnetIds'),
        verb: 'covers',
        allowed: `Lambda spreads the environments of each function over ${ZONES}`,
        found: `${named.length === most ? '' : 'at most '}${most} zone${most === 1 ? '' : 's'}${named.length === most ? ` (${named.join(', ')})` : ''}`,
        remedy: words(
          `select a subnet in each of three zones${named.length === most ? '' : '; in a stack without env, CDK knows only two'}`,
          'name a subnet in each of three Availability Zones',
        ),
      };
    },
  },
  {
    code: 'EgressMissing',
    level: Level.WARNING,
    alsoLevel: Level.ERROR,
    what: 'Instances in each subnet can reach CloudWatch.',
    why: 'Functions run, but their logs, metrics and traces vanish without an error, and versions may stay pending.',
    source: PAGES.networking,
    check({ subnets }, { term, words }) {
      const without = subnets.filter((ways) => WAYS.every((way) => ways[way] === false));
      if (without.length === 0) return undefined;
      return {
        property: term('subnetIds'),
        verb: 'has',
        allowed: 'without a route to AWS, logs, metrics and traces are lost silently',
        found: `${without.length} of ${subnets.length} subnets without a default route or an endpoint for CloudWatch Logs`,
        remedy: words(EGRESS_REMEDY, `${EGRESS_REMEDY}: AWS::EC2::Route and AWS::EC2::NatGateway, or AWS::EC2::VPCEndpoint with PrivateDnsEnabled`),
      };
    },
  },
  {
    code: 'Ipv6LogsEndpoint',
    level: Level.WARNING,
    what: 'Subnets with egress over IPv6 only have a VPC endpoint for CloudWatch Logs.',
    why: 'CloudWatch Logs was not reachable over IPv6: logs vanish without an error.',
    source: PAGES.ipv6Logs,
    check({ subnets }, { term }) {
      const ipv6Only = subnets.some((ways) => WAYS_BUT_IPV6.every((way) => ways[way] === false) && ways.ipv6 === true);
      if (!ipv6Only) return undefined;
      return {
        property: term('subnetIds'),
        verb: 'has',
        allowed: 'CloudWatch Logs couldn\'t be reached over IPv6',
        found: 'egress over IPv6 only',
        remedy: 'add an interface endpoint for CloudWatch Logs',
      };
    },
  },
  {
    code: 'HttpsBlocked',
    level: Level.WARNING,
    what: 'The security groups allow outbound HTTPS.',
    why: 'Calls to AWS, including those for logs and metrics, fail without an error.',
    source: PAGES.networking,
    check({ groups }, { term, words }) {
      if (groups.length === 0 || groups.some(({ outboundHttps }) => outboundHttps !== false)) return undefined;
      return {
        property: term('securityGroupIds'),
        verb: 'has',
        allowed: 'without HTTPS, calls to AWS fail silently, those for logs included',
        found: 'no outbound rule for port 443',
        remedy: words('add one: group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS)', 'add one to SecurityGroupEgress: IpProtocol tcp, FromPort and ToPort 443, CidrIp 0.0.0.0/0'),
      };
    },
  },
  {
    code: 'InboundRules',
    level: Level.INFO,
    what: 'The security groups allow no inbound traffic.',
    why: 'Requests don\'t arrive through the VPC, so nothing needs to be open.',
    source: PAGES.networking,
    check({ groups }, { term }) {
      const count = groups.map(({ inboundRules }) => inboundRules).filter(isKnown).reduce((sum, rules) => sum + rules, 0);
      if (count === 0) return undefined;
      return { property: term('securityGroupIds'), verb: 'has', allowed: 'requests don\'t arrive through the VPC, so none is needed', found: `${count} inbound rule${count === 1 ? '' : 's'}`, remedy: 'remove the rules that nothing else needs' };
    },
  },
  {
    code: 'PublicSubnets',
    level: Level.WARNING,
    what: 'Instances are launched in private subnets.',
    why: 'In a public subnet they reach AWS only with a public address, and AWS recommends that for development only.',
    source: PAGES.networking,
    check({ subnets }, { term }) {
      const count = subnets.filter(({ isPublic }) => isPublic === true).length;
      if (count === 0) return undefined;
      return {
        property: term('subnetIds'),
        verb: 'has',
        allowed: 'instances in a public subnet reach AWS only with a public address',
        found: `${count} public subnet${count === 1 ? '' : 's'} of ${subnets.length}`,
        remedy: 'select private subnets with a NAT gateway or endpoints',
      };
    },
  },
  {
    code: 'ElasticIpReused',
    level: Level.ERROR,
    what: 'Each NAT gateway has an Elastic IP of its own.',
    why: 'EC2 refuses a NAT gateway whose address belongs to another one.',
    source: PAGES.natGateways,
    check({ subnets }, { term, words }) {
      const shared = subnets.find(({ sharedAddress }) => sharedAddress !== undefined)?.sharedAddress;
      if (shared === undefined) return undefined;
      return {
        level: Level.ERROR,
        property: term('vpc'),
        verb: 'has',
        allowed: 'each NAT gateway needs one of its own',
        found: `one Elastic IP for ${shared}`,
        remedy: words('give each network eipAllocationIds of its own, or leave them out', 'give each AWS::EC2::NatGateway an AllocationId of its own'),
      };
    },
  },
];

/** The rule for a VPC without selected subnets. */
export const DEFAULT_SUBNETS_RULES: Rule<DefaultSubnetsFacts>[] = [
  {
    ...descriptionOf('EgressMissing', NETWORK_RULES),
    check({ publicSubnets, isolatedSubnets }, { term }) {
      return {
        level: Level.ERROR,
        property: term('vpc'),
        verb: 'has',
        allowed: 'the fleet needs private subnets with egress, or isolated ones with an endpoint for CloudWatch Logs',
        found: `${publicSubnets} public and ${isolatedSubnets} isolated subnets`,
        remedy: `${EGRESS_REMEDY}, or select subnets by ${term('subnetIds')}`,
      };
    },
  },
];
