import { FunctionFacts } from './function-facts';
import { isKnown, mapFact } from '../../reading/fact';
import { MEMORY_GIB_PER_VCPU } from '../../service/execution-environments';
import { PAGES } from '../../service/pages';
import { parseRuntime } from '../../service/runtimes';
import { memoryOfOneVCpu, vCpusOf } from '../../sizing/environment';
import { Level, Rule } from '../rule';
import { isWithin, outOfRange } from '../whole-number';

/** The smallest ratio. It gives the most vCPUs, so a concurrency that is too high for it is too high for every ratio. */
const [SMALLEST_RATIO] = MEMORY_GIB_PER_VCPU;

/** The most requests at once that count as few. */
const LOW_CONCURRENCY = 2;

/** The rules about the size of an execution environment and its concurrent requests. */
export const ENVIRONMENT_RULES: Rule<FunctionFacts>[] = [
  {
    code: 'FunctionMemoryRange',
    level: Level.ERROR,
    what: 'The memory of a function on managed instances is within the service\'s range.',
    why: 'Lambda refuses the function: "must have memory size greater than or equal to 2048".',
    source: PAGES.scaling,
    check({ memorySize }, { limits: { functionMemoryMin: min, functionMemoryMax: max }, term }) {
      if (!isKnown(memorySize) || (memorySize >= min && memorySize <= max)) return undefined;
      return {
        property: term('memorySize'),
        allowed: `managed instances need ${min} to ${max} MB`,
        found: `${memorySize} MB`,
        remedy: memorySize < min
          ? `set ${term('memorySize')} to ${min} or more, or leave it out`
          : `set ${term('memorySize')} to ${max} or less`,
      };
    },
  },
  {
    code: 'MemoryPerVCpu',
    level: Level.ERROR,
    what: 'The GiB of memory per vCPU are a ratio that Lambda offers.',
    why: 'CloudFormation lets other numbers through, but Lambda documents only these.',
    source: PAGES.samFunction,
    check({ executionEnvironmentMemoryGiBPerVCpu: ratio }, { term }) {
      if (!isKnown(ratio) || MEMORY_GIB_PER_VCPU.includes(ratio)) return undefined;
      return {
        property: term('executionEnvironmentMemoryGiBPerVCpu'),
        allowed: `Lambda offers ${MEMORY_GIB_PER_VCPU.join(', ').replace(/, (\d+)$/, ' and $1')} GiB per vCPU`,
        found: ratio,
        remedy: `use ${nearest(ratio, MEMORY_GIB_PER_VCPU)}`,
      };
    },
  },
  {
    code: 'FunctionMemoryBelowRatio',
    level: Level.ERROR,
    what: 'The memory is enough for one vCPU at the ratio.',
    why: 'Lambda refuses the function: "Memory ratio of 4096.0MB per CPU exceeds function\'s total memory".',
    source: PAGES.samFunction,
    check(facts, { limits, term }) {
      const size = validSize(facts, limits.functionMemoryMin, limits.functionMemoryMax);
      if (!size || size.memory >= size.step) return undefined;
      return {
        property: term('memorySize'),
        allowed: `one vCPU takes ${size.step} MB at ${size.ratio} GiB per vCPU`,
        found: `${size.memory} MB`,
        remedy: `raise ${term('memorySize')} to ${size.step}, or lower ${term('executionEnvironmentMemoryGiBPerVCpu')}`,
      };
    },
  },
  {
    code: 'FunctionMemoryMultiple',
    level: Level.ERROR,
    what: 'The memory makes a whole number of vCPUs at the ratio.',
    why: 'Lambda doesn\'t document how it would round.',
    source: PAGES.performanceBlog,
    check(facts, { limits, term }) {
      const size = validSize(facts, limits.functionMemoryMin, limits.functionMemoryMax);
      if (!size || size.memory < size.step || size.memory % size.step === 0) return undefined;
      const below = Math.floor(size.memory / size.step) * size.step;
      return {
        property: term('memorySize'),
        allowed: `must be a multiple of ${size.step} MB, so that it makes whole vCPUs at ${size.ratio} GiB per vCPU`,
        found: `${size.memory} MB`,
        remedy: `use ${below} or ${below + size.step}`,
      };
    },
  },
  {
    code: 'ConcurrencyRange',
    level: Level.ERROR,
    what: 'The concurrent requests of an execution environment are a whole number within the API\'s range.',
    why: 'Lambda refuses the function.',
    source: PAGES.apiLmiConfig,
    check({ perExecutionEnvironmentMaxConcurrency: concurrency }, context) {
      const { limits } = context;
      const range = [limits.concurrencyPerEnvironmentMin, limits.concurrencyPerEnvironmentMax] as const;
      const remedy = 'use a number in that range, or leave it out for the runtime\'s default';
      return outOfRange(context, 'perExecutionEnvironmentMaxConcurrency', concurrency, range, remedy);
    },
  },
  {
    code: 'ConcurrencyPerVCpu',
    level: Level.ERROR,
    what: 'The concurrent requests of an execution environment stay within the limit for each of its vCPUs.',
    why: 'Lambda refuses the function: "The specified PerExecutionEnvironmentMaxConcurrency exceeds the limit of 64 per VCpu."',
    source: PAGES.scaling,
    check(facts, { limits, term }) {
      const { perExecutionEnvironmentMaxConcurrency: concurrency } = facts;
      const range = [limits.concurrencyPerEnvironmentMin, limits.concurrencyPerEnvironmentMax] as const;
      if (!isKnown(concurrency) || !isWithin(concurrency, range)) return undefined;
      const size = proposedSize(facts, limits.functionMemoryMin, limits.functionMemoryMax);
      if (!size) return undefined;
      const vCpus = vCpusOf(size.memory, size.ratio);
      const most = Math.floor(limits.concurrencyPerVCpuMax * vCpus);
      if (concurrency <= most) return undefined;
      const needed = Math.ceil(concurrency / limits.concurrencyPerVCpuMax) * memoryOfOneVCpu(size.ratio);
      return {
        property: term('perExecutionEnvironmentMaxConcurrency'),
        allowed: `${size.memory} MB at ${size.ratio} GiB per vCPU make ${vCpus} vCPU${vCpus === 1 ? '' : 's'}, and Lambda allows ${limits.concurrencyPerVCpuMax} per vCPU`,
        found: concurrency,
        remedy: `lower it to ${most}${needed > limits.functionMemoryMax ? '' : `, or raise ${term('memorySize')} to ${needed}`}`,
      };
    },
  },
  {
    code: 'ConcurrencyAboveRuntimeDefault',
    level: Level.WARNING,
    what: 'The concurrent requests of an execution environment stay within the default of the runtime.',
    why: 'Some of AWS\'s sources treat the default as the maximum of the runtime.',
    source: PAGES.runtimes,
    check(facts, { limits, term }) {
      const { perExecutionEnvironmentMaxConcurrency: concurrency } = facts;
      if (!isKnown(concurrency)) return undefined;
      const perVCpu = mapFact(facts.runtime, (identifier) => parseRuntime(identifier)?.family.concurrencyPerVCpu);
      const size = proposedSize(facts, limits.functionMemoryMin, limits.functionMemoryMax);
      if (!size || !isKnown(perVCpu)) return undefined;
      const vCpus = vCpusOf(size.memory, size.ratio);
      const standard = Math.floor(perVCpu * vCpus);
      if (concurrency <= standard || concurrency > limits.concurrencyPerVCpuMax * vCpus) return undefined;
      return {
        property: term('perExecutionEnvironmentMaxConcurrency'),
        allowed: `${String(facts.runtime)} takes ${perVCpu} per vCPU by default, ${standard} on ${vCpus} vCPU${vCpus === 1 ? '' : 's'}, and AWS may mean that as its maximum`,
        found: concurrency,
        remedy: `lower it to ${standard}, or acknowledge this once you have tried it`,
      };
    },
  },
  {
    code: 'ConcurrencyLow',
    level: Level.INFO,
    what: 'An execution environment serves more than two requests at once.',
    why: 'Requests are throttled early, and instances are poorly used.',
    source: PAGES.scaling,
    check({ perExecutionEnvironmentMaxConcurrency: concurrency }, { term }) {
      if (!isKnown(concurrency) || !isWithin(concurrency, [1, LOW_CONCURRENCY])) return undefined;
      return {
        property: term('perExecutionEnvironmentMaxConcurrency'),
        allowed: `an environment that takes more than ${LOW_CONCURRENCY} requests at once saves instances`,
        found: concurrency,
        remedy: 'raise it once your code can handle concurrent requests',
      };
    },
  },
  {
    code: 'EphemeralStorage',
    level: Level.ERROR,
    what: '/tmp is a whole number of MB within the service\'s range, which is larger for functions with a GPU.',
    why: 'Lambda refuses the function.',
    source: PAGES.apiModel,
    check({ ephemeralStorage, hasGpu }, { limits: { ephemeralStorageMin: min, ephemeralStorageMax, ephemeralStorageDocumentedMax }, term }) {
      const max = hasGpu ? ephemeralStorageMax : ephemeralStorageDocumentedMax;
      if (!isKnown(ephemeralStorage) || isWithin(ephemeralStorage, [min, max])) return undefined;
      if (!(ephemeralStorage > max)) {
        return {
          property: term('ephemeralStorageSize'),
          allowed: `must be a whole number of MB, at least ${min}`,
          found: ephemeralStorage,
          remedy: `use ${Math.max(min, Math.ceil(ephemeralStorage) || min)} MB, or leave it out for ${min} MB`,
        };
      }
      return {
        property: term('ephemeralStorageSize'),
        allowed: `must be at most ${max} MB ${hasGpu ? 'with' : 'without'} a GPU`,
        found: ephemeralStorage,
        remedy: `lower it to ${max} MB`,
      };
    },
  },
];

/** Returns the size of an environment if it is known and no other rule refuses it. */
function validSize({ memorySize: memory, executionEnvironmentMemoryGiBPerVCpu }: FunctionFacts, min: number, max: number) {
  const ratio = executionEnvironmentMemoryGiBPerVCpu ?? SMALLEST_RATIO;
  if (!isKnown(memory) || !isKnown(ratio) || memory < min || memory > max || !MEMORY_GIB_PER_VCPU.includes(ratio)) return undefined;
  return { memory, ratio, step: memoryOfOneVCpu(ratio) };
}

/**
 * Returns the size of an environment after the remedies of other rules are applied. Concurrency is checked against this size, so that one error lists
 * all problems, and none that a remedy already solves.
 */
function proposedSize({ memorySize, executionEnvironmentMemoryGiBPerVCpu }: FunctionFacts, min: number, max: number) {
  const given = executionEnvironmentMemoryGiBPerVCpu ?? SMALLEST_RATIO;
  if (!isKnown(memorySize) || !isKnown(given)) return undefined;
  const ratio = nearest(given, MEMORY_GIB_PER_VCPU);
  const step = memoryOfOneVCpu(ratio);
  const inRange = Math.min(Math.max(memorySize, min), max);
  return { ratio, memory: Math.ceil(inRange / step) * step };
}

function nearest(value: number, candidates: number[]): number {
  return candidates.reduce((best, candidate) => (Math.abs(candidate - value) < Math.abs(best - value) ? candidate : best));
}
