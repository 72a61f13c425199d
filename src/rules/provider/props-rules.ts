import { NETWORK_RULES } from './network-rules';
import { AUTO_SCALING, PropsFacts } from './props-facts';
import { PROVIDER_RULES } from './provider-rules';
import { isKnown } from '../../reading/fact';
import { descriptionOf, Level, Rule } from '../rule';

/** Props of which one makes the other pointless: it would be ignored without a word. */
const EXCLUSIVE_PROPS = [
  ['network', 'vpc'],
  ['network', 'vpcSubnets'],
  ['network', 'egress'],
  ['vpc', 'egress'],
  ['vpc', 'maxAzs'],
  ['vpc', 'availabilityZones'],
  ['vpc', 'ipAddresses'],
  ['availabilityZones', 'maxAzs'],
  ['securityGroups', 'allowAllOutbound'],
  [AUTO_SCALING, 'gpuUtilizationTarget'],
  ['dashboard', 'dashboardName'],
];

/** Each rule about props of our construct that no template shows. */
export const PROPS_RULES: Rule<PropsFacts>[] = [
  {
    code: 'ContradictingProps',
    level: Level.ERROR,
    what: 'No property is given that another one makes pointless.',
    why: 'It would be ignored without a word.',
    source: 'https://github.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances',
    check({ given }, { term }) {
      if (given.length < 2) return undefined;
      const pair = EXCLUSIVE_PROPS.find((names) => names.every((name) => given.includes(name)));
      if (!pair) return undefined;
      const [one, other] = pair.map(term);
      return { property: other, allowed: `must be left out where ${one} is given`, found: 'both', remedy: `leave out ${one} or ${other}` };
    },
  },
  {
    code: 'SubnetsWithoutVpc',
    level: Level.ERROR,
    what: 'Subnets are selected from a VPC that is given with them.',
    why: 'There is nothing to select from.',
    source: 'https://github.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances',
    check({ given }, { term }) {
      if (!given.includes('vpcSubnets') || given.includes('vpc') || given.includes('network')) return undefined;
      return {
        property: term('vpcSubnets'),
        allowed: `must come with the ${term('vpc')} to select from`,
        found: 'none',
        remedy: `give ${term('vpc')} as well, or leave ${term('vpcSubnets')} out`,
      };
    },
  },
  {
    code: 'SelectedArchitecture',
    level: Level.ERROR,
    what: 'The selection of instances has the architecture that is asked for.',
    why: 'A capacity provider has exactly one.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html',
    check({ architecture, selectedArchitecture }, { term }) {
      if (architecture === undefined || selectedArchitecture === undefined || architecture === selectedArchitecture) return undefined;
      return {
        property: term('architecture'),
        allowed: `must be that of ${term('instances')}, ${selectedArchitecture}`,
        found: architecture,
        remedy: `leave ${term('architecture')} out, or select instances of that architecture`,
      };
    },
  },
  {
    ...descriptionOf('EgressMissing', NETWORK_RULES),
    level: Level.ERROR,
    check({ natGatewayCount: count }, { term }) {
      if (!isKnown(count) || (Number.isInteger(count) && count >= 1)) return undefined;
      return {
        property: term('count'),
        allowed: 'must be a whole number of at least 1 NAT gateway',
        found: count,
        remedy: `make at least one, or choose ${term('egress')} without NAT: Egress.privateEndpoints()`,
      };
    },
  },
  {
    code: 'NatProviderReused',
    level: Level.ERROR,
    what: 'A NAT provider serves one network.',
    why: 'CDK\'s NAT providers remember what they made: the subnets of a second VPC get routes to the gateways or instances of the first, which EC2 refuses.',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.NatProvider.html',
    check({ natProviderUsed }, { term }) {
      if (!natProviderUsed) return undefined;
      return {
        property: term('egress'),
        allowed: 'must have a NAT provider of its own',
        found: 'one that already serves another network',
        remedy: 'make a new Egress.natProvider(…), with a new NAT provider in it, for each network, or give the fleets one ManagedInstancesNetwork',
      };
    },
  },
  {
    ...descriptionOf('SubnetCount', PROVIDER_RULES),
    check(facts, { term }) {
      for (const property of ['maxAzs', 'availabilityZones'] as const) {
        const count = facts[property];
        if (!isKnown(count) || count >= 1) continue;
        return {
          property: term(property),
          allowed: 'must be at least 1 zone, for subnets to be made in',
          found: count,
          remedy: 'leave it out, or choose three zones',
        };
      }
      return undefined;
    },
  },
  {
    ...descriptionOf('KmsKeyArn', PROVIDER_RULES),
    check({ keyIsAlias }, { term }) {
      if (!keyIsAlias) return undefined;
      return {
        property: term('kmsKey'),
        allowed: 'must be a KMS key',
        found: 'an alias, whose ARN is another',
        remedy: 'give the key that the alias stands for, imported by kms.Key.fromKeyArn or kms.Key.fromLookup where it is not of this app',
      };
    },
  },
];
