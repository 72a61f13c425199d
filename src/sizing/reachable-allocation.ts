/** Computes how many vCPUs of a fleet's ceiling environments can hold. */
import { HostType, spaceOn } from './fleet-need';
import { fitting, Space } from './packing';

/**
 * The share of the ceiling that environments can hold where the instances aren't known: one environment of two
 * vCPUs on an instance of four, which keeps one for itself, wastes half of it.
 */
export const REACHABLE_SHARE_UNKNOWN = 0.5;

/**
 * The vCPUs that execution environments can hold before a capacity provider is at its ceiling.
 *
 * The ceiling counts what instances have; each keeps a part for itself, and what is left is seldom divisible by
 * the size of an environment. So the allocation stays below the ceiling for ever, and an alarm set against the
 * ceiling itself would never fire. Of several instances or environments the worst pair counts: Lambda chooses.
 *
 * @param ceiling `maxVCpuCount`
 * @param instances the types that Lambda may choose from; none where they aren't known
 * @param environments the environments that are to fit
 * @param gpuMemory GB that a GPU must have for those of them that ask for one
 */
export function reachableAllocation(ceiling: number, instances: readonly HostType[], environments: Space[], gpuMemory?: number): number {
  const shares = instances.flatMap((instance) => {
    const space = spaceOn(instance, gpuMemory);
    return environments.map((environment) => packedShare(space, environment, instance.vCpus));
  });
  const possible = shares.filter((share) => share > 0);
  return ceiling * (possible.length > 0 ? Math.min(...possible) : REACHABLE_SHARE_UNKNOWN);
}

/** The share of an instance's vCPUs that environments of one size hold when no further one fits; 0 where none does. */
function packedShare(space: Space, environment: Space, vCpus: number): number {
  return fitting(space, environment) * environment.vCpus / vCpus;
}
