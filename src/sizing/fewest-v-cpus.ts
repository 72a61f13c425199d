/** Computes the fewest vCPUs of whole instances into which environments can be packed, however they are placed. */
import { HostCount, Hosts, HostType, spaceOn } from './fleet-need';
import { Batch, fitting } from './packing';

/** A lower bound that holds for every placement and every mix of types. */
export interface FewestVCpus {
  readonly vCpus: number;
  /** The instances that have these vCPUs. Empty for very large fleets. */
  readonly hosts: Hosts;
}

/** An instance type, with the amount that one instance can hold of what is bounded. */
interface Option {
  readonly type: HostType;
  readonly capacity: number;
}

/** The most units that are bounded exactly. With more, only the best rate counts, because one instance of thousands doesn't matter. */
const MOST_UNITS = 2000;

const MIB_PER_GIB = 1024;

/**
 * A lower bound of the vCPUs for these environments on any mix of the types, without spreading them. Undefined where an environment fits on
 * none of the types.
 *
 * It is the largest of several bounds, each exact for what it looks at: the environments that have at least the size of one of them, as if
 * they all had its size; and the vCPUs and the memory of all environments together.
 */
export function fewestVCpus(batches: Batch[], types: readonly HostType[], gpuMemory?: number): FewestVCpus | undefined {
  const sizes = batches.filter(({ count }) => count > 0);
  const spaces = types.map((type) => ({ type, space: spaceOn(type, gpuMemory) }));
  const byCount = (size: Batch) => cover(size.count, spaces.map(({ type, space }) => ({ type, capacity: fitting(space, size) })));
  const bounds = [
    ...groupsOf(sizes).map(byCount),
    cover(Math.ceil(sum(sizes, ({ vCpus }) => vCpus)), spaces.map(({ type, space }) => ({ type, capacity: space.vCpus }))),
    // Rounded in favour of what may fit.
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

/** The environments that have at least so much, as if each had no more than all of them have: for each of their sizes. */
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

/** The fewest vCPUs whose capacities come to the need: an unbounded knapsack, from the other side. */
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
