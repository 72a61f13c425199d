/**
 * Places the environments of a fleet in its instances, for a picture. The instances are those of the plan; how Lambda places environments isn't
 * documented, so they are spread as evenly as they fit.
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
  /** Whether the environment exists only if there is room: nothing but the ceiling bounds its version. */
  readonly isExtra?: boolean;
}

/** An instance in the picture. */
export interface Instance {
  readonly type: HostType;
  readonly environments: readonly Environment[];
  /** The vCPUs and memory that neither environments nor Lambda use. */
  readonly free: Required<Space>;
  /** Whether the instance is the room for one that Lambda replaces. */
  readonly isReplacement?: boolean;
}

/** A fleet at one moment. */
export interface FleetPicture {
  readonly instances: readonly Instance[];
  readonly vCpus: number;
  /** Environments that the versions may have, but for which there is no room. */
  readonly withoutRoom: number;
}

/** A fleet at each moment that counts. */
export interface FleetPictures {
  readonly atRest: FleetPicture;
  readonly whileDeploying: FleetPicture;
  /** The function that is deployed: the one whose deployment needs most. */
  readonly deployed?: string;
  /** The fleet at its maximum; undefined if the maximum is unknown. */
  readonly atMaximum?: FleetPicture;
}

/** Undefined where no type is known to hold the fleet. */
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

/** Versions that only the ceiling bounds share the room that is left: for each size, as many environments as the instances could hold, in turn. */
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

/** The first way that has room for all, else the one that has room for most. */
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

/** The best instance that has room: of the type that is preferred, if there is one. */
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

/** Sorts environments for placement: first those with a GPU, because others would take the room next to devices; last those that take what is left. */
const inTurn = (size: (environment: Space) => number) => (a: Environment, b: Environment) => (
  Number(a.isExtra ?? false) - Number(b.isExtra ?? false) || (b.gpus ?? 0) - (a.gpus ?? 0)
    || size(b) - size(a) || b.vCpus - a.vCpus || b.memoryMiB - a.memoryMiB
);

/** The emptiest that has room, else the first; the largest environments first, by each measure by which the plan packs. */
function waysOf(space: Space) {
  const orders = MEASURES.map((measure) => inTurn((environment) => measure(environment, space)));
  return [emptier, never].flatMap((isBetter) => orders.map((order) => ({ isBetter, order })));
}
