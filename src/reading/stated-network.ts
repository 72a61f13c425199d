/** What is known of a network: read from resources, or stated by constructs of what no resource shows. */
import { Fact, UNKNOWN } from './fact';

/** What the rules need to know of a subnet. Instances reach CloudWatch by `ipv4`, `ipv6` or `logsEndpoint`. */
export interface SubnetFacts {
  /** A name, an id, or a text that is the same for the same zone. */
  readonly zone: Fact<string>;
  /** How many addresses EC2 has to give. */
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

/** What the rules need to know of a security group. */
export interface SecurityGroupFacts {
  /** Whether it lets HTTPS out, to anywhere. */
  readonly outboundHttps: Fact<boolean>;
  /** How many inbound rules it has. */
  readonly inboundRules: Fact<number>;
}

/** A subnet of which nothing is known. */
export const UNKNOWN_SUBNET: SubnetFacts = {
  zone: UNKNOWN, addresses: UNKNOWN, isPublic: UNKNOWN, ipv4: UNKNOWN, ipv6: UNKNOWN, logsEndpoint: UNKNOWN,
};

/** A security group of which nothing is known. */
export const UNKNOWN_GROUP: SecurityGroupFacts = { outboundHttps: UNKNOWN, inboundRules: UNKNOWN };

/** What constructs say of a network: of imports, and of what this library made. */
export interface StatedNetwork {
  /** In the order of `VpcConfig.SubnetIds`. */
  readonly subnets: readonly SubnetFacts[];
  /** Whether the zones are nobody's choice: CDK knows two of a stack without `env`, and none before a lookup. */
  readonly hasUnknownZones: boolean;
  /** Whether the subnets are as this library made them, so that what is stated needn't be read. */
  readonly subnetsAsMade: boolean;
  /** Whether the security groups are as they were made, and so let HTTPS out. */
  readonly groupsAsMade: boolean;
}
