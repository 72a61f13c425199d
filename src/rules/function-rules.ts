import { NODEJS, versionOf } from '../service/runtimes';
import { vCpusOf } from '../sizing/environment';
import { isKnown, mapFact } from './facts/fact';
import { FunctionFacts } from './facts/function-facts';
import { Level, Rule } from './rule';

const RUNTIMES_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-runtimes.html';
const SCALING_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html';

/** Each rule about one function on a capacity provider. */
export const FUNCTION_RULES: Rule<FunctionFacts>[] = [
  {
    code: 'FunctionMemoryRange',
    level: Level.ERROR,
    what: 'The memory of a function on managed instances is within the service\'s range.',
    why: 'Lambda refuses the function.',
    source: SCALING_PAGE,
    check({ memorySize }, { limits: { functionMemoryMin: min, functionMemoryMax: max }, term }) {
      if (!isKnown(memorySize) || (memorySize >= min && memorySize <= max)) return undefined;
      return {
        property: term('memorySize'),
        allowed: `must be from ${min} to ${max} MB on managed instances`,
        found: memorySize,
        remedy: memorySize < min
          ? `give the function at least ${min} MB, or leave ${term('memorySize')} out`
          : `give the function at most ${max} MB`,
      };
    },
  },
  {
    code: 'ConcurrencyPerVCpu',
    level: Level.ERROR,
    what: 'The concurrent requests of an execution environment stay within the limit for each of its vCPUs.',
    why: 'Lambda refuses the function: "The specified PerExecutionEnvironmentMaxConcurrency exceeds the limit of 64 per VCpu."',
    source: SCALING_PAGE,
    check(facts, { limits: { concurrencyPerVCpuMax: perVCpu }, term }) {
      const { memorySize, executionEnvironmentMemoryGiBPerVCpu: ratio, perExecutionEnvironmentMaxConcurrency: concurrency } = facts;
      if (!isKnown(memorySize) || !isKnown(ratio) || !isKnown(concurrency)) return undefined;
      const vCpus = vCpusOf(memorySize, ratio);
      const most = Math.floor(perVCpu * vCpus);
      if (concurrency <= most) return undefined;
      return {
        property: term('perExecutionEnvironmentMaxConcurrency'),
        allowed: `must be at most ${most}: ${perVCpu} for each vCPU, and ${memorySize} MB at ${ratio} GiB per vCPU make ${vCpus}`,
        found: concurrency,
        remedy: `lower it to ${most}, or give the function more vCPUs by a larger ${term('memorySize')}`,
      };
    },
  },
  {
    code: 'RuntimeUnsupported',
    level: Level.ERROR,
    what: 'The runtime is one that managed instances have.',
    why: 'Lambda refuses the function.',
    source: RUNTIMES_PAGE,
    check({ runtime }, { term }) {
      const version = mapFact(runtime, (name) => versionOf(name, NODEJS));
      if (!isKnown(version) || version >= NODEJS.acceptedFrom) return undefined;
      return {
        property: term('runtime'),
        allowed: `must be ${NODEJS.name} ${NODEJS.acceptedFrom} or later on managed instances (AWS's own list starts at ${NODEJS.listedFrom})`,
        found: String(runtime),
        remedy: `use nodejs${NODEJS.listedFrom}.x or later`,
      };
    },
  },
  {
    code: 'RuntimeUnlisted',
    level: Level.WARNING,
    what: 'The runtime is on AWS\'s list for managed instances.',
    why: 'Nobody has said that it works: a deployment may be refused.',
    source: RUNTIMES_PAGE,
    check({ runtime }, { term }) {
      const version = mapFact(runtime, (name) => versionOf(name, NODEJS));
      if (!isKnown(version) || version < NODEJS.acceptedFrom || version >= NODEJS.listedFrom) return undefined;
      return {
        property: term('runtime'),
        allowed: `should be ${NODEJS.name} ${NODEJS.listedFrom} or later, where AWS's own list for managed instances starts`,
        found: String(runtime),
        remedy: `use nodejs${NODEJS.listedFrom}.x or later`,
      };
    },
  },
];
