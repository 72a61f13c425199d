/** The facts about a network: read from resources, or stated by constructs if no resource shows them. */
import { Fact, UNKNOWN } from './fact';

/** The facts about a subnet that rules need. Instances reach CloudWatch by `ipv4`, `ipv6` or `logsEndpoint`. */
export interface SubnetFacts {
  /** A name, an id, or a text that is the same for the same zone. */
  readonly zone: Fact<string>;
  /** The number of addresses that EC2 can assign in the subnet. */
  readonly addresses: Fact<number>;
  /** A public subnet: instances there need public addresses. */
  readonly isPublic: Fact<boolean>;
  /** A default route for IPv4. */
  readonly ipv4: Fact<boolean>;
  /** A default route for IPv6. */
  readonly ipv6: Fact<boolean>;
  /** An interface endpoint for CloudWatch Logs with a private DNS name. */
  readonly logsEndpoint: Fact<boolean>;
  /** Two NAT gateways that have the same Elastic IP, one of which serves the subnets, in words for a message. */
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
  /** Whether nobody chose the zones: in a stack without `env`, CDK knows two, and none before a lookup. */
  readonly hasUnknownZones: boolean;
  /** Whether the subnets are as this library made them, so that what is stated needn't be read. */
  readonly subnetsAsMade: boolean;
  /** Whether the security groups are as they were made, and so let HTTPS out. */
  readonly groupsAsMade: boolean;
}
