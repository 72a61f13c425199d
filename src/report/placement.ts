/**
 * Places the environments of a fleet in its instances, for a picture. The instances are those of the plan. How Lambda places environments isn't
 * documented, so they are spread as evenly as possible.
 */
import { PlanFigures } from '../planning/plan-figures';
import { deployedTogether, LiveVersion } from '../sizing/fleet-demand';
import { HostPlan, Hosts, HostType, hostsToDeploy, spaceOn, vCpusOfHosts } from '../sizing/fleet-need';
import { MEASURES, Space } from '../sizing/packing';

/** An execution environment in the picture. */
export interface Environment extends Space {
  readonly version: LiveVersion;
  /** Whether the environment exists only while its function is deployed. */
  readonly isNew?: boolean;
  /** Whether the environment exists only if there is room, because only the ceiling bounds its version. */
  readonly isExtra?: boolean;
}

/** An instance in the picture. */
export interface Instance {
  readonly type: HostType;
  readonly environments: readonly Environment[];
  /** The vCPUs and memory that neither environments nor Lambda use. */
  readonly free: Required<Space>;
  /** Whether the instance is the spare one for a replacement. */
  readonly isReplacement?: boolean;
}

/** A fleet at one moment. */
export interface FleetPicture {
  readonly instances: readonly Instance[];
  readonly vCpus: number;
  /** The number of environments that the versions may have but for which there is no room. */
  readonly withoutRoom: number;
}

/** A fleet at rest, during a deployment and at its maximum. */
export interface FleetPictures {
  readonly atRest: FleetPicture;
  readonly whileDeploying: FleetPicture;
  /** The function that is deployed, which is the one whose deployment needs most. */
  readonly deployed?: string;
  /** The fleet at its maximum; undefined if the maximum is unknown. */
  readonly atMaximum?: FleetPicture;
}

/** Places the environments. Undefined if no type is known to hold the fleet. */
export function fleetPictures({ _details: { facts: { versions }, capacity } }: PlanFigures): FleetPictures | undefined {
  const plan = capacity.best;
  if (!plan) return undefined;
  const kept = versions.flatMap((version) => environmentsOf(version, version.minEnvironments));
  const { deployment, maximum } = plan;
  const added = deployment ? deployedTogether(versions).filter(({ functionName }) => functionName === deployment.functionName) : [];
  const toDeploy = [...kept, ...added.flatMap((version) => environmentsOf(version, version.minEnvironments, true))];
  return {
    atRest: picture(kept, plan.atRest, [], plan),
    whileDeploying: picture(toDeploy, hostsToDeploy({ ...plan, replacement: [] }, deployment), plan.replacement, plan),
    deployed: deployment?.functionName,
    atMaximum: maximum && picture([...versions.flatMap(boundedOf), ...extrasOf(versions, maximum)], maximum, [], plan),
  };
}

function environmentsOf(version: LiveVersion, count: number = 0, isNew?: boolean): Environment[] {
  const { vCpus, memoryMiB, gpuMemory } = version;
  if (vCpus === undefined || memoryMiB === undefined) return [];
  return Array.from({ length: count }, () => ({ version, vCpus, memoryMiB, gpus: gpuMemory === undefined ? 0 : 1, isNew }));
}

function boundedOf(version: LiveVersion): Environment[] {
  const { minEnvironments = 0, maxEnvironments = 0 } = version;
  return environmentsOf(version, maxEnvironments < Infinity ? Math.max(minEnvironments, maxEnvironments) : minEnvironments);
}

/**
 * Returns environments of the versions that only the ceiling bounds. They share the remaining room in turn: for each size, as many environments as
 * the instances could hold.
 */
function extrasOf(versions: readonly LiveVersion[], hosts: Hosts): Environment[] {
  const room = vCpusOfHosts(hosts);
  const bySize = new Map<string, Environment[]>();
  for (const [extra] of versions.filter(({ maxEnvironments = 0 }) => maxEnvironments === Infinity).map((version) => environmentsOf(version, 1))) {
    if (!extra) continue;
    const { vCpus, memoryMiB, gpus } = extra;
    const size = [vCpus, memoryMiB, gpus].join();
    if (!bySize.get(size)?.push({ ...extra, isExtra: true })) bySize.set(size, [{ ...extra, isExtra: true }]);
  }
  return [...bySize.values()].flatMap((alike) => Array.from({ length: Math.floor(room / alike[0].vCpus) }, (_, i) => alike[i % alike.length]));
}

/** Returns the first placement that has room for all environments, or else the one that has room for most. */
function picture(environments: Environment[], hosts: Hosts, replacement: Hosts, { type, singles }: HostPlan): FleetPicture {
  const gpuMemory = environments.reduce((most, { version }) => Math.max(most, version.gpuMemory ?? 0), 0);
  let best: Bin[] = [];
  let left = Infinity;
  for (const { order, isBetter } of waysOf(spaceOn(type, gpuMemory))) {
    const bins = binsOf(hosts, gpuMemory);
    const withoutRoom = [...environments].sort(order).filter((environment) => {
      const isAlone = singles !== undefined && environment.version.minEnvironments === 1;
      const bin = chosen(bins, environment, isAlone ? singles : undefined, isBetter);
      if (bin) put(environment, bin);
      return !bin && !environment.isExtra;
    }).length;
    if (withoutRoom < left) [best, left] = [bins, withoutRoom];
    if (left === 0) break;
  }
  return {
    instances: [...best, ...binsOf(replacement, gpuMemory).map((bin) => ({ ...bin, isReplacement: true }))],
    vCpus: vCpusOfHosts(hosts) + vCpusOfHosts(replacement),
    withoutRoom: left,
  };
}

interface Bin {
  readonly type: HostType;
  readonly environments: Environment[];
  free: Required<Space>;
}

function binsOf(hosts: Hosts, gpuMemory: number): Bin[] {
  return hosts.flatMap(({ type, count }) => Array.from({ length: count }, () => {
    const { vCpus, memoryMiB, gpus = 0 } = spaceOn(type, gpuMemory);
    return { type, environments: [], free: { vCpus, memoryMiB, gpus } };
  }));
}

function put(environment: Environment, bin: Bin): void {
  bin.environments.push(environment);
  const { vCpus, memoryMiB, gpus } = bin.free;
  bin.free = { vCpus: vCpus - environment.vCpus, memoryMiB: memoryMiB - environment.memoryMiB, gpus: gpus - (environment.gpus ?? 0) };
}

/** Returns the best instance with room, of the preferred type if possible. */
function chosen(bins: Bin[], size: Environment, preferred: HostType | undefined, isBetter: (bin: Bin, than: Bin) => boolean): Bin | undefined {
  let best: Bin | undefined;
  for (const bin of bins) {
    if (bin.free.vCpus < size.vCpus || bin.free.memoryMiB < size.memoryMiB || bin.free.gpus < (size.gpus ?? 0)) continue;
    const [isPreferred, wasPreferred] = [bin, best].map((one) => one?.type === preferred);
    if (!best || (isPreferred === wasPreferred ? isBetter(bin, best) : isPreferred)) best = bin;
  }
  return best;
}

const emptier = (bin: Bin, than: Bin) => bin.free.vCpus > than.free.vCpus;
const never = () => false;

/**
 * Sorts environments for placement: environments with a GPU come first, because others would take the space next to the devices, and environments
 * that take the remaining room come last.
 */
const inTurn = (size: (environment: Space) => number) => (a: Environment, b: Environment) => (
  Number(a.isExtra ?? false) - Number(b.isExtra ?? false) || (b.gpus ?? 0) - (a.gpus ?? 0)
    || size(b) - size(a) || b.vCpus - a.vCpus || b.memoryMiB - a.memoryMiB
);

/**
 * Returns the ways to place environments: into the emptiest instance with room, or else into the first one, and with the largest environments first
 * by each of the plan's measures.
 */
function waysOf(space: Space) {
  const orders = MEASURES.map((measure) => inTurn((environment) => measure(environment, space)));
  return [emptier, never].flatMap((isBetter) => orders.map((order) => ({ isBetter, order })));
}
