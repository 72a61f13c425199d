import { RESERVED_PER_INSTANCE } from '../service/reserved-capacity';

/** What an instance, or an execution environment on it, has. */
export interface Size {
  readonly vCpus: number;
  readonly memoryGiB: number;
}

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
 */
export function reachableAllocation(ceiling: number, instances: Size[], environments: Size[]): number {
  const shares = instances.flatMap((instance) => environments.map((environment) => packedShare(instance, environment)));
  const possible = shares.filter((share) => share > 0);
  return ceiling * (possible.length > 0 ? Math.min(...possible) : REACHABLE_SHARE_UNKNOWN);
}

/** The share of an instance's vCPUs that environments of one size hold when no further one fits; 0 where none does. */
function packedShare(instance: Size, environment: Size): number {
  const count = Math.min(
    Math.floor((instance.vCpus - RESERVED_PER_INSTANCE.vCpus) / environment.vCpus),
    Math.floor((instance.memoryGiB - RESERVED_PER_INSTANCE.memoryMiB / 1024) / environment.memoryGiB),
  );
  return Math.max(0, count) * environment.vCpus / instance.vCpus;
}

/** GiB of memory per vCPU of EC2's families. Source: https://aws.amazon.com/ec2/instance-types/ (read 2026-11-20) */
const FAMILY_GIB_PER_VCPU: Record<string, number> = { c: 2, m: 4, r: 8 };

/**
 * What an instance of type C, M or R has, as its name says it: `large` is 2 vCPUs, `xlarge` 4, `8xlarge` 32.
 * Undefined for other families, bare metal and patterns.
 */
export function sizeOfInstanceType(type: string): Size | undefined {
  const match = /^([cmr])\d+[a-z0-9]*\.(large|(\d*)xlarge)$/.exec(type);
  if (!match) return undefined;
  const vCpus = match[2] === 'large' ? 2 : 4 * Number(match[3] || 1);
  return { vCpus, memoryGiB: vCpus * FAMILY_GIB_PER_VCPU[match[1]] };
}
