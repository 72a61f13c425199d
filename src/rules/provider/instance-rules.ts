import { knownEntries, ProviderFacts } from './provider-facts';
import { InstanceCatalog } from '../../catalog/instance-catalog';
import { InstanceType } from '../../catalog/instance-type';
import { isPattern } from '../../catalog/type-pattern';
import { typesNamed } from '../../catalog/types-named';
import { Fact, isKnown } from '../../reading/fact';
import { DEFAULT_ARCHITECTURE, isArchitecture } from '../../service/architectures';
import { GPU_UTILIZATION_METRIC } from '../../service/gpu';
import { parseInstanceType } from '../../service/instance-families';
import { PAGES } from '../../service/pages';
import { ARCHITECTURE_NAME, wrongArchitecture } from '../architecture-name';
import { Level, Rule } from '../rule';

/** The catalogue in which the rules look up EC2's types. */
const CATALOG = InstanceCatalog._NEWEST;
const ENTRY = /^[a-zA-Z0-9.*-]{1,30}$/;
/** The number of types below which all of them are likely to be out of stock at once. */
const FEW_TYPES = 3;
/** The most entries of a list that a message names. */
const NAMED_ENTRIES = 3;

/** The rules about the instance types that a capacity provider may use. */
export const INSTANCE_RULES: Rule<ProviderFacts>[] = [
  {
    code: 'ArchitectureCount',
    level: Level.ERROR,
    what: 'A capacity provider has one architecture.',
    why: 'Lambda refuses the provider.',
    source: PAGES.apiInstanceRequirements,
    check({ architectures }, { term }) {
      if (!isKnown(architectures) || architectures.length === 1) return undefined;
      return {
        property: term('architectures'),
        verb: 'has',
        allowed: 'a capacity provider has exactly 1',
        found: architectures.length === 0 ? 'no entry' : `${architectures.length} entries`,
        remedy: `create a capacity provider for each architecture, or leave ${term('architectures')} out for x86_64`,
      };
    },
  },
  {
    ...ARCHITECTURE_NAME,
    check({ architectures }, { term }) {
      return wrongArchitecture(term('architectures'), knownEntries(architectures).find((name) => !isArchitecture(name)));
    },
  },
  {
    code: 'InstanceListsExclusive',
    level: Level.ERROR,
    what: 'Instance types are either allowed or excluded, not both.',
    why: 'Lambda refuses the provider.',
    source: PAGES.capacityProviders,
    check({ allowedInstanceTypes, excludedInstanceTypes }, { term }) {
      const isGiven = (list: Fact<Fact<string>[]>) => isKnown(list) && list.length > 0;
      if (!isGiven(allowedInstanceTypes) || !isGiven(excludedInstanceTypes)) return undefined;
      const [allowed, excluded] = ['allowedInstanceTypes', 'excludedInstanceTypes'].map(term);
      return { property: allowed, allowed: `so is ${excluded}, and Lambda accepts only one of them`, found: 'set', remedy: `leave out ${allowed} or ${excluded}` };
    },
  },
  {
    code: 'AllowListEmpty',
    level: Level.WARNING,
    alsoLevel: Level.ERROR,
    what: 'A list of allowed instance types has entries.',
    why: 'Lambda treats an empty list as no list, and chooses among all types.',
    source: PAGES.apiInstanceRequirements,
    check({ allowedInstanceTypes, selection }, { term }) {
      if (!isKnown(allowedInstanceTypes) || allowedInstanceTypes.length > 0 || selection?.invalid.length) return undefined;
      return {
        // In a selection of this library, an empty list is a mistake; in a template, it may be meant.
        level: selection ? Level.ERROR : Level.WARNING,
        property: selection ? term('instances') : term('allowedInstanceTypes'),
        verb: selection ? 'leaves' : 'is',
        allowed: `${selection ? 'must leave at least 1, because ' : ''}Lambda treats an empty list as no restriction`,
        found: selection ? 'no instance type' : 'empty',
        remedy: selection?.remedyIfEmpty() ?? `name types, or leave ${term('allowedInstanceTypes')} out`,
      };
    },
  },
  {
    code: 'InstancePattern',
    level: Level.ERROR,
    what: 'The lists of instance types hold legal names and patterns, within the service\'s limit.',
    why: 'Lambda refuses the provider.',
    source: PAGES.apiInstanceRequirements,
    check(facts, { limits: { instanceTypesMax: most }, term }) {
      for (const name of ['allowedInstanceTypes', 'excludedInstanceTypes'] as const) {
        const list = facts[name];
        if (isKnown(list) && list.length > most && !facts.selection?.invalid.length) {
          return {
            property: facts.selection ? term('instances') : term(name),
            verb: facts.selection ? 'takes' : 'has',
            allowed: `Lambda allows ${most}`,
            found: `${list.length} entries`,
            remedy: facts.selection?.remedyIfLonger(most)
              ?? (name === 'allowedInstanceTypes' ? `name fewer, or exclude the others by ${term('excludedInstanceTypes')}` : 'use patterns, such as m5.* or *.metal'),
          };
        }
        const wrong = knownEntries(list).find((entry) => !ENTRY.test(entry));
        if (wrong !== undefined) {
          return {
            property: term(name),
            verb: 'has',
            allowed: 'names and patterns have 1 to 30 letters, digits, ".", "-" and "*"',
            found: `"${wrong}"`,
            remedy: 'write it like c8g.xlarge, m5.* or *.metal',
          };
        }
      }
      return undefined;
    },
  },
  {
    code: 'InstanceFamilyRefused',
    level: Level.ERROR,
    what: 'Burstable instance types are not allowed.',
    why: 'Lambda refuses the provider.',
    source: PAGES.cdkInstanceTypes,
    check({ allowedInstanceTypes }, { term }) {
      const refused = refusedOf(knownEntries(allowedInstanceTypes));
      if (refused.length === 0) return undefined;
      return {
        property: term('allowedInstanceTypes'),
        verb: 'has',
        allowed: 'Lambda refuses T and takes types of categories C, M and R',
        found: listOf(refused),
        remedy: 'use a small type of another category, such as m7a.large or m8g.large',
      };
    },
  },
  {
    code: 'InstanceTypeUnproven',
    level: Level.WARNING,
    what: 'Lambda is known to accept each allowed instance type.',
    why: 'Lambda may refuse the provider, or never launch that type.',
    source: PAGES.performanceBlog,
    check({ allowedInstanceTypes }, { term }) {
      const entries = knownEntries(allowedInstanceTypes);
      const unproven = entries.filter(isUnproven);
      if (unproven.length === 0 || runsGpus(entries)) return undefined;
      return {
        property: term('allowedInstanceTypes'),
        verb: 'has',
        allowed: `Lambda is known to accept only types of categories C, M and R from generation 5, neither flex nor bare metal, that EC2 had in ${CATALOG.version}`,
        found: listOf(unproven),
        remedy: 'check that Lambda\'s pricing page lists it for your Region, then acknowledge this',
      };
    },
  },
  {
    code: 'InstanceSizeSmall',
    level: Level.WARNING,
    what: 'Each allowed instance type has at least the smallest size that AWS names.',
    why: 'Lambda may refuse the provider, or never launch that type.',
    source: PAGES.performanceBlog,
    check({ allowedInstanceTypes }, { term }) {
      const small = knownEntries(allowedInstanceTypes).filter((entry) => {
        const name = parseInstanceType(entry);
        // Another rule refuses T types.
        return name !== undefined && !CATALOG._isRefused(name.category) && CATALOG._isSmall(name.category, name.size);
      });
      if (small.length === 0) return undefined;
      return {
        property: term('allowedInstanceTypes'),
        verb: 'has',
        allowed: 'the smallest sizes that AWS names are xlarge in category C and large in the others',
        found: listOf(small),
        remedy: 'use a larger size',
      };
    },
  },
  {
    code: 'InstanceArchitecture',
    level: Level.ERROR,
    what: 'Each allowed instance type has the architecture of the provider.',
    why: 'Lambda refuses the provider, which has exactly one architecture.',
    source: PAGES.capacityProviders,
    check({ architectures, allowedInstanceTypes, selection }, { term }) {
      const types = knownEntries(allowedInstanceTypes);
      const common = architectures === undefined && !selection ? architectureOfAll(allEntries(allowedInstanceTypes) ?? []) : undefined;
      if (common !== undefined && common !== DEFAULT_ARCHITECTURE) {
        return {
          property: term('architectures'),
          allowed: `all allowed types are ${common}`,
          found: `none, which means ${DEFAULT_ARCHITECTURE}`,
          remedy: `set ${term('architectures')} to ${common}`,
        };
      }
      const asked = isKnown(architectures) ? architectures[0] : undefined;
      if (isKnown(asked) && !isArchitecture(asked)) return undefined;
      const wanted = isKnown(asked) ? asked : types.map(architectureOf).find((architecture) => architecture !== undefined);
      const misfit = types.find((type) => ![undefined, wanted].includes(architectureOf(type)));
      if (misfit === undefined) return undefined;
      return {
        property: term('allowedInstanceTypes'),
        verb: 'has',
        allowed: `the capacity provider is ${wanted}`,
        found: `${misfit}, which is ${architectureOf(misfit)}`,
        remedy: `leave ${misfit} out, or create a second capacity provider`,
      };
    },
  },
  {
    code: 'AllowListWildcard',
    level: Level.WARNING,
    what: 'Allowed instance types are named in full.',
    why: 'Patterns are documented only for excluded types.',
    source: PAGES.capacityProviders,
    check({ allowedInstanceTypes }, { term, words }) {
      const patterns = knownEntries(allowedInstanceTypes).filter(isPattern);
      if (patterns.length === 0) return undefined;
      return {
        property: term('allowedInstanceTypes'),
        verb: 'has',
        allowed: 'AWS documents patterns for excluded types only',
        found: listOf(patterns),
        remedy: words(`let InstanceSelection.where({ allowedInstanceTypes: ['${patterns[0]}'] }) write the names out`, 'write the names out, or exclude the others'),
      };
    },
  },
  {
    code: 'AllowListNarrow',
    level: Level.WARNING,
    what: 'Several instance types are allowed.',
    why: 'A few types are more likely to be unavailable: instances are then missing, and requests are throttled.',
    source: PAGES.bestPractices,
    check({ allowedInstanceTypes }, { term }) {
      const entries = allEntries(allowedInstanceTypes);
      if (entries === undefined || entries.length >= FEW_TYPES || refusedOf(entries).length > 0) return undefined;
      const { types, unknown } = typesNamed(entries);
      if (entries.some(isPattern) && (unknown.length > 0 || types.length >= FEW_TYPES)) return undefined;
      if (types.length > 0 && isAllThereIs(types)) return undefined;
      return {
        property: term('allowedInstanceTypes'),
        verb: 'has only',
        allowed: `with fewer than ${FEW_TYPES} types, a type that is out of stock can hold up the fleet`,
        found: listOf(entries),
        remedy: 'allow more sizes or families, or exclude the types that you don\'t want',
      };
    },
  },
  {
    code: 'TwoVCpuTypesOnly',
    level: Level.WARNING,
    what: 'Types with more than two vCPUs are allowed.',
    why: 'Lambda reserves one vCPU of each instance, which is half of what you pay for here.',
    source: PAGES.calculatorSource,
    check({ allowedInstanceTypes }, { term }) {
      const entries = allEntries(allowedInstanceTypes) ?? [];
      const { types, unknown } = typesNamed(entries);
      if (refusedOf(entries).length > 0) return undefined;
      if (types.length === 0 || unknown.length > 0 || types.some((type) => type.vCpus > 2)) return undefined;
      return {
        property: term('allowedInstanceTypes'),
        verb: 'has only',
        allowed: 'Lambda keeps 1 of their 2 vCPUs for itself',
        found: listOf(types.map((type) => type.name)),
        remedy: 'allow xlarge or larger',
      };
    },
  },
  {
    code: 'GpuScalingMetric',
    level: Level.INFO,
    alsoLevel: Level.WARNING,
    what: 'A GPU target needs instances and functions with a GPU.',
    why: 'Without them there is nothing to measure. The metric is new, and nobody has reported a deployment with it.',
    source: PAGES.gpuScaling,
    check({ scalingPolicies, architectures, allowedInstanceTypes }, { term, words }) {
      const metrics = isKnown(scalingPolicies) ? scalingPolicies.map(({ metric }) => metric) : [];
      if (!metrics.includes(GPU_UTILIZATION_METRIC)) return undefined;
      const without = typesWithoutGpu(allowedInstanceTypes) ?? (knownEntries(architectures).includes('arm64') ? 'arm64' : undefined);
      if (without !== undefined) {
        return {
          level: Level.WARNING,
          property: term('scalingPolicies'),
          verb: 'follows',
          allowed: `the instances have no GPU to measure (${without})`,
          found: GPU_UTILIZATION_METRIC,
          remedy: words(
            'use instances with InstanceSelection.gpu(), or leave the target out (gpuUtilizationTarget)',
            'allow types with a GPU, or leave that policy out',
          ),
        };
      }
      return {
        property: term('scalingPolicies'),
        verb: 'follows',
        allowed: 'the metric is new, and needs functions with a GPU',
        found: GPU_UTILIZATION_METRIC,
        remedy: 'try it in one account first',
      };
    },
  },
];

/** Returns the types that a provider allows, if all are known and none has a GPU. */
function typesWithoutGpu(allowed: ProviderFacts['allowedInstanceTypes']): string | undefined {
  const entries = allEntries(allowed);
  if (!entries) return undefined;
  const { types, unknown } = typesNamed(entries);
  return unknown.length > 0 || types.some(({ gpu }) => gpu) ? undefined : listOf(entries);
}

function architectureOf(entry: string): string | undefined {
  return CATALOG._architectureOf(entry);
}

/** Returns the architecture that all types share, or undefined. */
function architectureOfAll(types: string[]): string | undefined {
  const all = new Set(types.map(architectureOf));
  return all.size === 1 ? [...all][0] : undefined;
}

/** Lists at most three entries, and says how many more there are. */
function listOf(entries: string[]): string {
  const rest = entries.length - NAMED_ENTRIES;
  return `${entries.slice(0, NAMED_ENTRIES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Returns the entries of a list, if there are any and all are known. */
function allEntries(list: Fact<Fact<string>[]>): string[] | undefined {
  return isKnown(list) && list.length > 0 && list.every(isKnown) ? knownEntries(list) : undefined;
}

/** Returns the entries that Lambda refuses in any list. */
function refusedOf(entries: string[]): string[] {
  return entries.filter((entry) => CATALOG._isRefused(parseInstanceType(entry)?.category ?? ''));
}

/** Whether all allowed types are for functions with a GPU. */
function runsGpus(entries: string[]): boolean {
  const { types, unknown } = typesNamed(entries);
  const gpuTypes = CATALOG._forGpuFunctions();
  return unknown.length === 0 && types.length > 0 && types.every((type) => gpuTypes.includes(type));
}

function isUnproven(entry: string): boolean {
  const name = parseInstanceType(entry);
  if (name && CATALOG._isRefused(name.category)) return false;
  if (isPattern(entry)) return name !== undefined && !CATALOG._isCategory(name.category);
  const type = CATALOG._find(entry);
  return type === undefined || !CATALOG._isProven(type);
}

/** Whether no further types could be allowed, because EC2 has no others with GPUs of that memory. */
function isAllThereIs(types: InstanceType[]): boolean {
  const kinds = new Set(types.map((type) => type.gpu?.memory));
  const alike = CATALOG._forGpuFunctions().filter((type) => kinds.has(type.gpu?.memory));
  return !kinds.has(undefined) && alike.length > 0 && alike.every((type) => types.includes(type));
}
