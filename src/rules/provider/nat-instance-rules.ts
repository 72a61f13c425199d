/** The rule about NAT instances, through which instances in private subnets reach the internet. */
import { Fact, isKnown } from '../../reading/fact';
import { PropertySource } from '../../reading/property-source';
import { PAGES } from '../../service/pages';
import { Level, Rule } from '../rule';

/** The longest prefix of a range that counts as public. Private ranges have longer ones, except `fc00::/7` of IPv6. */
const WORLD = { ipv4: 7, ipv6: 6 };
const ICMP = ['icmp', 'icmpv6', '1', '58'];

/** An inbound rule of a security group. */
export interface InboundRule {
  /** The range of IPv4 or IPv6 addresses, unless the source is a group or a prefix list. */
  readonly source: Fact<string>;
  readonly protocol: Fact<string>;
  readonly fromPort: Fact<number>;
  readonly toPort: Fact<number>;
}

/** The facts about the security group of a NAT instance that the rule needs. */
export interface NatInstanceFacts {
  readonly inboundRules: InboundRule[];
}

/** Reads an inbound rule, of a group itself or as an `AWS::EC2::SecurityGroupIngress`. */
export function inboundRule(properties: PropertySource): InboundRule {
  return {
    source: properties.string('cidrIp') ?? properties.string('cidrIpv6'),
    protocol: properties.string('ipProtocol'),
    fromPort: properties.number('fromPort'),
    toPort: properties.number('toPort'),
  };
}

/** Whether a rule accepts traffic from the internet on a port. */
export function isOpenToWorld({ source, protocol }: InboundRule): boolean {
  if (!isKnown(source) || (isKnown(protocol) && ICMP.includes(protocol.toLowerCase()))) return false;
  const prefix = /\/(\d+)$/.exec(source)?.[1];
  return prefix !== undefined && Number(prefix) <= (source.includes(':') ? WORLD.ipv6 : WORLD.ipv4);
}

/** The rules about the security group of a NAT instance. */
export const NAT_INSTANCE_RULES: Rule<NatInstanceFacts>[] = [
  {
    code: 'NatInstanceOpen',
    level: Level.WARNING,
    what: 'A NAT instance accepts traffic from its VPC only.',
    why: 'It is in a public subnet. By default, CDK lets anybody on the internet reach all of its ports and send traffic through it.',
    source: PAGES.natInstances,
    check({ inboundRules }, { term, words }) {
      const open = inboundRules.filter(isOpenToWorld);
      if (open.length === 0) return undefined;
      return {
        property: term('securityGroupIngress'),
        allowed: 'a NAT instance should accept traffic from its VPC only',
        verb: 'accepts traffic from',
        found: [...new Set(open.map(inWords))].join(', '),
        remedy: words(
          'give the NAT provider defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY (Egress.natProvider then adds a rule for the VPC), or remove the rule',
          'make the addresses of the VPC the source of the rule, or remove it',
        ),
      };
    },
  },
];

function inWords({ source, protocol, fromPort, toPort }: InboundRule): string {
  const isEveryPort = protocol === '-1' || !isKnown(fromPort) || (fromPort <= 0 && isKnown(toPort) && toPort >= 65535);
  const ports = isEveryPort ? 'on all ports' : fromPort === toPort ? `on port ${fromPort}` : `on ports ${fromPort} to ${String(toPort)}`;
  return `${String(source)} ${ports}`;
}
