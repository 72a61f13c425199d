/** The facts about a network: read from resources, or stated by constructs if no resource shows them. */
import { Fact, UNKNOWN } from './fact';

/** The facts about a subnet that rules need. Instances reach CloudWatch by `ipv4`, `ipv6` or `logsEndpoint`. */
export interface SubnetFacts {
  /** The zone: a name, an id, or a text that is the same for the same zone. */
  readonly zone: Fact<string>;
  /** The number of addresses that EC2 can assign in the subnet. */
  readonly addresses: Fact<number>;
  /** Whether the subnet is public, so that instances there need public addresses. */
  readonly isPublic: Fact<boolean>;
  /** Whether there is a default route for IPv4. */
  readonly ipv4: Fact<boolean>;
  /** Whether there is a default route for IPv6. */
  readonly ipv6: Fact<boolean>;
  /** Whether there is an interface endpoint for CloudWatch Logs with a private DNS name. */
  readonly logsEndpoint: Fact<boolean>;
  /** Two NAT gateways with the same Elastic IP, at least one of which serves the subnet, in words for a message. */
  readonly sharedAddress?: string;
}

/** The facts about a security group that rules need. */
export interface SecurityGroupFacts {
  /** Whether it allows outbound HTTPS to any destination. */
  readonly outboundHttps: Fact<boolean>;
  /** The number of inbound rules. */
  readonly inboundRules: Fact<number>;
}

/** A subnet about which nothing is known. */
export const UNKNOWN_SUBNET: SubnetFacts = {
  zone: UNKNOWN, addresses: UNKNOWN, isPublic: UNKNOWN, ipv4: UNKNOWN, ipv6: UNKNOWN, logsEndpoint: UNKNOWN,
};

/** A security group about which nothing is known. */
export const UNKNOWN_GROUP: SecurityGroupFacts = { outboundHttps: UNKNOWN, inboundRules: UNKNOWN };

/** The facts that constructs state about a network: about imports, and about subnets that this library created. */
export interface StatedNetwork {
  /** The subnets, in the order of `VpcConfig.SubnetIds`. */
  readonly subnets: readonly SubnetFacts[];
  /** Whether the zones weren't chosen by the user and aren't known: in a stack without `env`, CDK knows only two zones, and before a lookup none. */
  readonly hasUnknownZones: boolean;
  /** Whether the subnets are unchanged since this library created them, so that they needn't be read. */
  readonly subnetsAsMade: boolean;
  /** Whether the security groups are unchanged since this library created them, and so allow outbound HTTPS. */
  readonly groupsAsMade: boolean;
}
