/** Computes the fewest vCPUs of whole instances into which environments can be packed, however they are placed. */
import { HostCount, Hosts, HostType, spaceOn } from './fleet-need';
import { Batch, fitting } from './packing';

/** A lower bound that holds for every placement and every mix of types. */
export interface FewestVCpus {
  readonly vCpus: number;
  /** The instances with these vCPUs. Empty for very large fleets. */
  readonly hosts: Hosts;
}

/** An instance type, with the number of units that one instance can hold. */
interface Option {
  readonly type: HostType;
  readonly capacity: number;
}

/**
 * The largest number of units for which the bound is exact. Above it, only the best ratio counts, because one instance among thousands doesn't
 * matter.
 */
const MOST_UNITS = 2000;

const MIB_PER_GIB = 1024;

/**
 * Returns a lower bound for the vCPUs of these environments on any mix of the types, without spreading them. Undefined if an environment fits on none
 * of the types.
 *
 * It is the largest of several bounds. For the size of each environment, one bound takes all environments of at least that size as if they had
 * exactly that size. Two further bounds take the total vCPUs and the total memory of all environments.
 */
export function fewestVCpus(batches: Batch[], types: readonly HostType[], gpuMemory?: number): FewestVCpus | undefined {
  const sizes = batches.filter(({ count }) => count > 0);
  const spaces = types.map((type) => ({ type, space: spaceOn(type, gpuMemory) }));
  const byCount = (size: Batch) => cover(size.count, spaces.map(({ type, space }) => ({ type, capacity: fitting(space, size) })));
  const bounds = [
    ...groupsOf(sizes).map(byCount),
    cover(Math.ceil(sum(sizes, ({ vCpus }) => vCpus)), spaces.map(({ type, space }) => ({ type, capacity: space.vCpus }))),
    // Rounded down, so that the bound never excludes a fleet that may fit.
    cover(
      Math.floor(sum(sizes, ({ memoryMiB }) => memoryMiB) / MIB_PER_GIB),
      spaces.map(({ type, space }) => ({ type, capacity: Math.ceil(space.memoryMiB / MIB_PER_GIB) })),
    ),
  ];
  let fewest: FewestVCpus = { vCpus: 0, hosts: [] };
  for (const bound of bounds) {
    if (!bound) return undefined;
    if (bound.vCpus > fewest.vCpus) fewest = bound;
  }
  return fewest;
}

/** Returns, for each size, the environments of at least that size, counted as if each had exactly that size. */
function groupsOf(sizes: Batch[]): Batch[] {
  const groups = sizes.flatMap(({ vCpus, memoryMiB, gpus = 0 }) => [
    sizes.filter((size) => size.vCpus >= vCpus && size.memoryMiB >= memoryMiB && (size.gpus ?? 0) >= gpus),
    sizes.filter((size) => size.vCpus >= vCpus),
    sizes.filter((size) => size.memoryMiB >= memoryMiB),
    sizes.filter((size) => (size.gpus ?? 0) >= gpus),
  ]);
  return groups.map((group) => ({
    vCpus: Math.min(...group.map((size) => size.vCpus)),
    memoryMiB: Math.min(...group.map((size) => size.memoryMiB)),
    gpus: Math.min(...group.map(({ gpus = 0 }) => gpus)),
    count: sum(group, () => 1),
  }));
}

/** Returns the fewest vCPUs of instances whose capacities add up to the need. This is the covering form of the unbounded knapsack problem. */
function cover(need: number, all: Option[]): FewestVCpus | undefined {
  if (need === 0) return { vCpus: 0, hosts: [] };
  const options = worthwhile(all);
  if (options.length === 0) return undefined;
  if (need > MOST_UNITS) return { vCpus: Math.ceil(need * Math.min(...options.map(({ type, capacity }) => type.vCpus / capacity))), hosts: [] };
  const fewest = [0];
  const chosen: Option[] = [];
  for (let units = 1; units <= need; units++) {
    let best = Infinity;
    for (const option of options) {
      const vCpus = fewest[Math.max(0, units - option.capacity)] + option.type.vCpus;
      if (vCpus < best) [best, chosen[units]] = [vCpus, option];
    }
    fewest[units] = best;
  }
  const counts = new Map<HostType, number>();
  for (let units = need; units > 0; units -= chosen[units].capacity) counts.set(chosen[units].type, (counts.get(chosen[units].type) ?? 0) + 1);
  return { vCpus: fewest[need], hosts: [...counts].map(([type, count]): HostCount => ({ type, count })) };
}

/** Drops each shape if another one holds at least as much with no more vCPUs. */
function worthwhile(options: Option[]): Option[] {
  const sorted = options.filter(({ capacity }) => capacity > 0).sort((a, b) => a.type.vCpus - b.type.vCpus || b.capacity - a.capacity);
  let most = 0;
  return sorted.filter(({ capacity }) => {
    if (capacity <= most) return false;
    most = capacity;
    return true;
  });
}

function sum(sizes: Batch[], part: (size: Batch) => number): number {
  return sizes.reduce((total, size) => total + size.count * part(size), 0);
}
