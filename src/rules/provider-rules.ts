import { architectureOfType } from '../service/instance-families';
import { ProviderFacts } from './facts/provider-facts';
import { Level, Rule } from './rule';

const PROVIDERS_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html';

/** Props of which one makes the other pointless: it would be ignored without a word. */
const EXCLUSIVE_PROPS = [
  ['network', 'vpc'],
  ['network', 'vpcSubnets'],
  ['network', 'egress'],
  ['vpc', 'egress'],
  ['securityGroups', 'allowAllOutbound'],
];

/** Each rule about one capacity provider. */
export const PROVIDER_RULES: Rule<ProviderFacts>[] = [
  {
    code: 'ContradictingProps',
    level: Level.ERROR,
    what: 'No property is given that another one makes pointless.',
    why: 'It would be ignored without a word.',
    source: 'cdk-lambda-managed-instances',
    check({ given }) {
      const pair = EXCLUSIVE_PROPS.find((names) => names.every((name) => given.includes(name)));
      if (!pair) return undefined;
      return {
        property: pair[1],
        allowed: `must be left out where ${pair[0]} is given`,
        found: 'both',
        remedy: `leave out ${pair[0]} or ${pair[1]}`,
      };
    },
  },
  {
    code: 'SubnetsWithoutVpc',
    level: Level.ERROR,
    what: 'Subnets are selected from a VPC that is given with them.',
    why: 'There is nothing to select from.',
    source: 'cdk-lambda-managed-instances',
    check({ given }) {
      if (!given.includes('vpcSubnets') || given.includes('vpc') || given.includes('network')) return undefined;
      return {
        property: 'vpcSubnets',
        allowed: 'must come with the vpc to select from',
        found: 'no vpc',
        remedy: 'give vpc as well, or leave vpcSubnets out',
      };
    },
  },
  {
    code: 'InstanceArchitecture',
    level: Level.ERROR,
    what: 'Each allowed instance type has the architecture of the provider.',
    why: 'Lambda refuses the provider, which has exactly one architecture.',
    source: PROVIDERS_PAGE,
    check({ architecture: asked, selectedArchitecture: selected, allowedInstanceTypes }) {
      const wanted = asked ?? selected ?? architectureOfType(allowedInstanceTypes[0] ?? '');
      const misfit = allowedInstanceTypes.find((type) => wanted && architectureOfType(type) && architectureOfType(type) !== wanted);
      if (!misfit && (!asked || !selected || asked === selected)) return undefined;
      return {
        property: 'instances',
        allowed: `must be ${wanted} throughout, since a capacity provider has one architecture`,
        found: misfit ? `${misfit}, which is ${architectureOfType(misfit)}` : String(selected),
        remedy: misfit ? `leave ${misfit} out, or make a second fleet` : 'leave architecture out, or select instances of that architecture',
      };
    },
  },
];
