import { EXECUTION_ENVIRONMENT_DEFAULTS, MEMORY_GIB_PER_VCPU } from '../service/execution-environments';

const MIB_PER_GIB = 1024;

/** Returns the memory of one vCPU at a ratio, in MB. */
export function memoryOfOneVCpu(memoryGiBPerVCpu: number): number {
  return memoryGiBPerVCpu * MIB_PER_GIB;
}

/** Returns the vCPUs of an execution environment: its memory divided by the ratio. */
export function vCpusOf(memorySize: number, memoryGiBPerVCpu: number): number {
  return memorySize / memoryOfOneVCpu(memoryGiBPerVCpu);
}

/**
 * Returns the memory to render for a function that sets none: the smallest that its ratio allows, which is that of one vCPU. If the ratio is known
 * only at deployment, returns that of one vCPU at the largest ratio, which is valid for every ratio.
 */
export function defaultMemorySize(memoryGiBPerVCpu: number | undefined, smallest: number): number {
  return Math.max(smallest, memoryOfOneVCpu(memoryGiBPerVCpu ?? Math.max(...MEMORY_GIB_PER_VCPU)));
}

export interface EnvironmentCounts {
  readonly minExecutionEnvironments?: number;
  readonly maxExecutionEnvironments?: number;
}

/**
 * Returns both numbers to render. A number that is left out would return to the service's default (minimum 3, no maximum), so a maximum below 3 on
 * its own would contradict the default minimum.
 */
export function completeCounts(counts: EnvironmentCounts, isKnown: (n: number) => boolean): EnvironmentCounts {
  const { minExecutionEnvironments: min, maxExecutionEnvironments: max } = counts;
  if (min !== undefined || max === undefined || !isKnown(max)) return counts;
  return { minExecutionEnvironments: Math.min(EXECUTION_ENVIRONMENT_DEFAULTS.minExecutionEnvironments, max), maxExecutionEnvironments: max };
}
