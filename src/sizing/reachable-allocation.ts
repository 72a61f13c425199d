/** Computes how many of the vCPUs below a fleet's ceiling environments can use. */
import { HostType, spaceOn } from './fleet-need';
import { fitting, Space } from './packing';

/**
 * The share of the ceiling that environments can use if the instances aren't known. An environment of two vCPUs on an instance of four, of which one
 * is reserved, wastes half of the instance.
 */
export const REACHABLE_SHARE_UNKNOWN = 0.5;

/**
 * Returns the vCPUs that execution environments can use before a capacity provider reaches its ceiling.
 *
 * The ceiling counts all vCPUs of instances. A part of each instance is reserved, and the rest is seldom divisible by the size of an environment. So
 * the allocation always stays below the ceiling, and an alarm at the ceiling itself would never fire. With several instance types or environments,
 * the worst pair counts, because Lambda chooses.
 *
 * @param ceiling `maxVCpuCount`
 * @param instances the types that Lambda may choose from; empty if they aren't known
 * @param environments the environments that must fit
 * @param gpuMemory the GPU memory, in GB, for the environments that need a GPU
 */
export function reachableAllocation(ceiling: number, instances: readonly HostType[], environments: Space[], gpuMemory?: number): number {
  const shares = instances.flatMap((instance) => {
    const space = spaceOn(instance, gpuMemory);
    return environments.map((environment) => packedShare(space, environment, instance.vCpus));
  });
  const possible = shares.filter((share) => share > 0);
  return ceiling * (possible.length > 0 ? Math.min(...possible) : REACHABLE_SHARE_UNKNOWN);
}

/** Returns the share of an instance's vCPUs that environments of one size use when no further one fits; 0 if none fits. */
function packedShare(space: Space, environment: Space, vCpus: number): number {
  return fitting(space, environment) * environment.vCpus / vCpus;
}
