import { EXECUTION_ENVIRONMENT_DEFAULTS, MEMORY_GIB_PER_VCPU } from '../service/execution-environments';

const MIB_PER_GIB = 1024;

/** Returns the memory of one vCPU at a ratio, in MB. */
export function memoryOfOneVCpu(memoryGiBPerVCpu: number): number {
  return memoryGiBPerVCpu * MIB_PER_GIB;
}

/** vCPUs of an execution environment: its memory over the ratio. */
export function vCpusOf(memorySize: number, memoryGiBPerVCpu: number): number {
  return memorySize / memoryOfOneVCpu(memoryGiBPerVCpu);
}

/**
 * The memory to render for a function that names none: the smallest that its ratio allows, one vCPU's worth.
 * Where the ratio is known at deployment only, one vCPU's worth of the largest, which is right for each.
 */
export function defaultMemorySize(memoryGiBPerVCpu: number | undefined, smallest: number): number {
  return Math.max(smallest, memoryOfOneVCpu(memoryGiBPerVCpu ?? Math.max(...MEMORY_GIB_PER_VCPU)));
}

export interface EnvironmentCounts {
  readonly minExecutionEnvironments?: number;
  readonly maxExecutionEnvironments?: number;
}

/**
 * The pair to render. An omitted value would return to the service's default (minimum 3, no maximum), so a
 * maximum below 3 alone would contradict it.
 */
export function completeCounts(counts: EnvironmentCounts, isKnown: (n: number) => boolean): EnvironmentCounts {
  const { minExecutionEnvironments: min, maxExecutionEnvironments: max } = counts;
  if (min !== undefined || max === undefined || !isKnown(max)) return counts;
  return { minExecutionEnvironments: Math.min(EXECUTION_ENVIRONMENT_DEFAULTS.minExecutionEnvironments, max), maxExecutionEnvironments: max };
}
