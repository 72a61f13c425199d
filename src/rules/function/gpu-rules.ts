import { GpuFacts } from './gpu-facts';
import { typesNamed } from '../../catalog/types-named';
import { isKnown } from '../../reading/fact';
import { GPU_MEMORY_SIZES } from '../../service/gpu';
import { PAGES } from '../../service/pages';
import { knownEntries } from '../provider/provider-facts';
import { Level, Rule, RuleContext } from '../rule';

/** The rules about functions with a GPU. */
export const GPU_RULES: Rule<GpuFacts>[] = [
  {
    code: 'GpuRequirements',
    level: Level.ERROR,
    what: 'A function with a GPU has a capacity provider, a container image and x86_64.',
    why: 'Lambda refuses the function.',
    source: PAGES.samAccelerator,
    check({ acceleratorMemorySize, hasProvider, packageType, architecture }, context) {
      if (acceleratorMemorySize === undefined) return undefined;
      const missing = [
        ...(hasProvider ? [] : [['a capacity provider', 'no capacity provider', 'attach the function to one']]),
        ...(isKnown(packageType) && packageType !== 'Image'
          ? [['a container image', `package type ${packageType}`, context.words('use DockerImageFunction', 'set PackageType to Image')]] : []),
        ...(isKnown(architecture) && architecture !== 'x86_64' ? [['architecture x86_64', `architecture ${architecture}`, 'build it for x86_64']] : []),
      ];
      if (missing.length === 0) return undefined;
      const [needed, found, remedies] = [0, 1, 2].map((column) => missing.map((row) => row[column]).join(', ').replace(/, ([^,]*)$/, ' and $1'));
      return {
        property: gpuMemoryTerm(context),
        allowed: `needs ${needed}`,
        found,
        remedy: `${remedies}, or leave ${gpuMemoryTerm(context)} out`,
        statement: `${gpuMemoryTerm(context)} needs ${needed}, but the function has ${found}`,
      };
    },
  },
  {
    code: 'GpuMemorySize',
    level: Level.ERROR,
    what: 'The memory of a GPU is one of the documented sizes.',
    why: 'Lambda refuses the function.',
    source: PAGES.samAccelerator,
    check({ acceleratorMemorySize }, context) {
      const sizes = [...GPU_MEMORY_SIZES, ...context.limits.supportedGpuMemorySizes].sort((a, b) => a - b);
      if (!isKnown(acceleratorMemorySize) || sizes.includes(acceleratorMemorySize)) return undefined;
      const larger = sizes.find((size) => size > acceleratorMemorySize);
      return {
        property: gpuMemoryTerm(context),
        allowed: `Lambda offers GPUs of ${sizes.join(', ')} GB`,
        found: `${acceleratorMemorySize} GB`,
        remedy: larger === undefined ? `ask for at most ${sizes[sizes.length - 1]}` : `ask for ${larger}`,
      };
    },
  },
  {
    code: 'GpuTypesTooSmall',
    level: Level.WARNING,
    what: 'The capacity provider of a function with a GPU allows an instance type with such a device.',
    why: 'No instance can run the function, so its version never becomes active.',
    source: PAGES.apiAccelerator,
    check({ acceleratorMemorySize, allowedInstanceTypes }, context) {
      if (!isKnown(acceleratorMemorySize) || !isKnown(allowedInstanceTypes) || allowedInstanceTypes.length === 0) return undefined;
      const { types, unknown } = typesNamed(knownEntries(allowedInstanceTypes));
      if (!allowedInstanceTypes.every(isKnown) || unknown.length > 0) return undefined;
      const largest = Math.max(0, ...types.map((type) => type.gpu?.memory ?? 0));
      if (largest >= acceleratorMemorySize) return undefined;
      return {
        property: gpuMemoryTerm(context),
        allowed: largest > 0
          ? `the largest GPU among the types that the capacity provider allows has ${largest} GB`
          : 'the capacity provider allows no type with a GPU',
        found: `${acceleratorMemorySize} GB`,
        remedy: `put the function on a provider ${context.words(
          `with InstanceSelection.gpu({ memory: GpuMemory.of(${acceleratorMemorySize}) })`, 'that allows types with such a GPU',
        )}`,
      };
    },
  },
  {
    code: 'GpuNotRequested',
    level: Level.WARNING,
    what: 'A function on a capacity provider with GPUs requests one.',
    why: 'Such a provider refuses functions without a GPU.',
    source: PAGES.gpuContainers,
    check({ acceleratorMemorySize, allowedInstanceTypes }, context) {
      if (acceleratorMemorySize !== undefined || !isKnown(allowedInstanceTypes) || !allowedInstanceTypes.every(isKnown)) return undefined;
      const { types, unknown } = typesNamed(knownEntries(allowedInstanceTypes));
      if (types.length === 0 || unknown.length > 0 || !types.every((type) => type.gpu)) return undefined;
      return {
        property: gpuMemoryTerm(context),
        allowed: 'all types of the capacity provider have a GPU, and such a provider refuses functions without one',
        found: 'none',
        remedy: `set ${gpuMemoryTerm(context)}, or put the function on a capacity provider without GPUs`,
      };
    },
  },
  {
    code: 'GpuUnproven',
    level: Level.WARNING,
    what: 'Functions with a GPU are newer than AWS\'s lists of their instance types, Regions and prices.',
    why: 'A deployment may be refused, or find no capacity.',
    source: PAGES.gpuScaling,
    check({ acceleratorMemorySize }, context) {
      if (acceleratorMemorySize === undefined) return undefined;
      return {
        property: gpuMemoryTerm(context),
        allowed: 'AWS hasn\'t published instance types, Regions or prices for GPUs, and nobody has reported a deployment',
        found: isKnown(acceleratorMemorySize) ? `${acceleratorMemorySize} GB` : 'set',
        remedy: 'deploy to one account first, with a quota for G instances, then acknowledge this',
      };
    },
  },
];

/** Returns the name of the property: in code `gpuMemory`, which is `AcceleratorMemorySize` in CloudFormation. */
function gpuMemoryTerm({ term }: RuleContext): string {
  return term('gpuMemory') === 'gpuMemory' ? 'gpuMemory' : term('acceleratorMemorySize');
}
