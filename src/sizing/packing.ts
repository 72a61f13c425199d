/** The space that an instance has for environments, or that one environment takes. */
export interface Space {
  readonly vCpus: number;
  readonly memoryMiB: number;
  /** The number of GPUs. An environment doesn't share its GPU. */
  readonly gpus?: number;
}

/** Environments of one size. */
export interface Batch extends Space {
  readonly count: number;
}

/** Instances that are equally full. */
interface Bins {
  readonly count: number;
  readonly left: Required<Space>;
}

/**
 * Returns the number of instances of one type that hold all environments. It is the smallest number that first-fit decreasing finds with several
 * measures of size, and never smaller than the totals require. Undefined if an environment doesn't fit on an instance.
 *
 * The result isn't always optimal. With three or more sizes, in one of tens of thousands of cases more environments may need one instance fewer.
 *
 * How Lambda places environments isn't documented. Environments of one batch are placed together, so that the work depends on the number of batches
 * and not on the number of environments.
 *
 * @param batches in any order
 * @param space the space of an instance, without the part that Lambda reserves
 */
export function instancesFor(batches: Batch[], space: Space): number | undefined {
  const [first, ...others] = batches;
  if (others.length === 0) {
    const each = first && first.count > 0 ? fitting(space, first) : 1;
    return each === 0 ? undefined : Math.ceil((first?.count ?? 0) / each);
  }
  const sizes = batches.filter(({ count }) => count > 0);
  const fewest = lowerBound(sizes, space);
  let best: number | undefined;
  for (const measure of sizes.some(({ gpus }) => gpus) ? [...MEASURES, gpusOf] : MEASURES) {
    const found = firstFit(decreasing(sizes, (size) => measure(size, space)), space);
    if (found === undefined) return undefined;
    best = Math.min(best ?? found, found);
    if (best - fewest <= best * NEGLIGIBLE) break;
  }
  return best;
}

/** Returns how many environments of one size fit into a space. */
export function fitting(space: Space, environment: Space): number {
  return Math.max(0, Math.min(
    Math.floor(space.vCpus / environment.vCpus),
    Math.floor(space.memoryMiB / environment.memoryMiB),
    environment.gpus ? Math.floor((space.gpus ?? 0) / environment.gpus) : Infinity,
  ));
}

/** The share of the instances that doesn't matter. With a hundred instances, one more or less isn't worth another try. */
const NEGLIGIBLE = 0.01;

/** The measures to sort sizes by. The best measure is that of the scarcest resource, which depends on the instance. */
export const MEASURES: readonly ((size: Space, space: Space) => number)[] = [
  (size, space) => Math.max(size.vCpus / space.vCpus, size.memoryMiB / space.memoryMiB),
  (size, space) => size.vCpus / space.vCpus + size.memoryMiB / space.memoryMiB,
  (size) => size.vCpus,
  (size) => size.memoryMiB,
];

/** Measures by GPUs. If environments without a GPU came first, they would take the space of those with one. */
function gpusOf({ gpus = 0 }: Space): number {
  return gpus;
}

function decreasing(sizes: Batch[], measure: (size: Batch) => number): Batch[] {
  const measured = sizes.map((size) => ({ size, by: measure(size) }));
  return measured.sort((a, b) => b.by - a.by || compare(a.size, b.size)).map(({ size }) => size);
}

function compare(a: Space, b: Space): number {
  return b.vCpus - a.vCpus || b.memoryMiB - a.memoryMiB || (b.gpus ?? 0) - (a.gpus ?? 0);
}

/** Groups equal sizes, since a fleet has many environments of few sizes. */
export function mergeSizes(batches: Batch[]): Batch[] {
  const merged = new Map<string, Batch>();
  for (const batch of batches) {
    const key = `${batch.vCpus} ${batch.memoryMiB} ${batch.gpus ?? 0}`;
    const same = merged.get(key);
    merged.set(key, same ? { ...same, count: same.count + batch.count } : batch);
  }
  return [...merged.values()];
}

/** Returns the fewest instances that have the total vCPUs, memory and GPUs. */
function lowerBound(batches: Batch[], space: Space): number {
  let [vCpus, memoryMiB, gpus] = [0, 0, 0];
  for (const batch of batches) {
    vCpus += batch.count * batch.vCpus;
    memoryMiB += batch.count * batch.memoryMiB;
    gpus += batch.count * gpusOf(batch);
  }
  return Math.ceil(Math.max(vCpus / space.vCpus, memoryMiB / space.memoryMiB, gpus && gpus / gpusOf(space)));
}

function firstFit(batches: Batch[], space: Space): number | undefined {
  const empty = { vCpus: space.vCpus, memoryMiB: space.memoryMiB, gpus: space.gpus ?? 0 };
  const least = {
    vCpus: Math.min(...batches.map(({ vCpus }) => vCpus)),
    memoryMiB: Math.min(...batches.map(({ memoryMiB }) => memoryMiB)),
  };
  let closed = 0;
  let opened: Bins[] = [];
  for (const batch of batches) {
    let rest = batch.count;
    const placed: Bins[] = [];
    for (const bins of opened) {
      rest -= fill(bins, batch, rest, placed);
    }
    if (rest > 0) {
      const each = fitting(empty, batch);
      if (each === 0) return undefined;
      fill({ count: Math.ceil(rest / each), left: empty }, batch, rest, placed);
    }
    opened = [];
    for (const bins of placed) {
      // Most instances are soon full and needn't be visited again.
      if (bins.left.vCpus < least.vCpus || bins.left.memoryMiB < least.memoryMiB) closed += bins.count;
      else opened.push(bins);
    }
  }
  return opened.reduce((sum, { count }) => sum + count, closed);
}

/** Puts environments into instances, one after the other, until none is left or none fits. Returns how many. */
function fill(bins: Bins, batch: Batch, wanted: number, placed: Bins[]): number {
  const each = wanted === 0 ? 0 : fitting(bins.left, batch);
  if (each === 0) {
    placed.push(bins);
    return 0;
  }
  const full = Math.min(bins.count, Math.floor(wanted / each));
  const remainder = full < bins.count ? wanted - full * each : 0;
  const untouched = bins.count - full - (remainder > 0 ? 1 : 0);
  if (full > 0) placed.push({ count: full, left: without(bins.left, batch, each) });
  if (remainder > 0) placed.push({ count: 1, left: without(bins.left, batch, remainder) });
  if (untouched > 0) placed.push({ count: untouched, left: bins.left });
  return full * each + remainder;
}

function without(left: Required<Space>, { vCpus, memoryMiB, gpus = 0 }: Space, count: number): Required<Space> {
  return { vCpus: left.vCpus - count * vCpus, memoryMiB: left.memoryMiB - count * memoryMiB, gpus: left.gpus - count * gpus };
}
