import { architectureOfType } from '../service/instance-families';
import { isKnown } from './facts/fact';
import { knownEntries, ProviderFacts } from './facts/provider-facts';
import { Level, Rule } from './rule';

const PROVIDERS_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html';

/** Each rule about the instance types that a capacity provider may use. */
export const INSTANCE_RULES: Rule<ProviderFacts>[] = [
  {
    code: 'InstanceArchitecture',
    level: Level.ERROR,
    what: 'Each allowed instance type has the architecture of the provider.',
    why: 'Lambda refuses the provider, which has exactly one architecture.',
    source: PROVIDERS_PAGE,
    check({ architectures, allowedInstanceTypes }, { term }) {
      const types = knownEntries(allowedInstanceTypes);
      const asked = isKnown(architectures) ? architectures[0] : undefined;
      const wanted = isKnown(asked) ? asked : types.map(architectureOfType).find((architecture) => architecture !== undefined);
      const misfit = types.find((type) => ![undefined, wanted].includes(architectureOfType(type)));
      if (misfit === undefined) return undefined;
      return {
        property: term('allowedInstanceTypes'),
        allowed: `must be ${wanted} throughout, the one architecture of the capacity provider`,
        found: `${misfit}, which is ${architectureOfType(misfit)}`,
        remedy: `leave ${misfit} out, or make a second capacity provider`,
      };
    },
  },
];
