/** Computes the whole instances that a fleet needs at rest, during deployments and at the maximum. Rules, plans and dashboards all use this. */
import { Demand, demandOf, Deployment, Environments, LiveVersion } from './fleet-demand';
import { Batch, fitting, instancesFor, mergeSizes, Space } from './packing';
import { RESERVED_PER_INSTANCE } from '../service/reserved-capacity';

/** An instance type to pack environments onto. */
export interface HostType {
  readonly name: string;
  readonly vCpus: number;
  readonly memoryMiB: number;
  readonly gpu?: { readonly count: number; readonly memory: number };
}

/** Whole instances of one type. */
export interface HostCount {
  readonly type: HostType;
  readonly count: number;
}

/** Whole instances. They are of one type, unless versions that keep one environment have instances of their own. */
export type Hosts = readonly HostCount[];

/** A deployment, and the instances that it needs in addition to those at rest. */
export interface DeploymentNeed {
  readonly functionName: string;
  readonly functions: number;
  readonly added: Hosts;
}

/** The instances of one type that a fleet needs. */
export interface HostPlan {
  /** The type of all instances, except those that are reserved for versions with one environment. */
  readonly type: HostType;
  /** The type of the instances for versions with one environment, if there are any. */
  readonly singles?: HostType;
  /** The instances at rest. */
  readonly atRest: Hosts;
  /** The function whose deployment needs most, when its old and new version run together. Absent if no version keeps environments. */
  readonly deployment?: DeploymentNeed;
  /** The functions of the stack whose deployment needs most: CloudFormation updates them at once. */
  readonly deploymentOfAll?: DeploymentNeed;
  /** One more instance, because Lambda replaces instances. */
  readonly replacement: Hosts;
  /** The instances for all environments that the versions may have, below the ceiling. Undefined if neither limits them. */
  readonly maximum?: Hosts;
}

/** The bounds of the instances of a fleet. */
export interface FleetBounds {
  /** The `maxVCpuCount`. Absent if it is unknown. */
  readonly ceiling?: number;
  /** The number of zones with subnets. Absent if it is unknown. */
  readonly zones?: number;
  /** Whether Lambda chooses the type, so that a version that keeps one environment may have an instance to itself. */
  readonly freeChoice?: boolean;
}

/**
 * Lambda starts instances in up to three zones before a version is active.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html (read 2026-11-20)
 */
const INSTANCES_TO_SPREAD_OVER = 3;

/**
 * The vCPUs of the instance that Lambda was observed to start for each version that keeps one environment, if Lambda chooses the type.
 * Source: https://github.com/aws-powertools/powertools-lambda-typescript/issues/5735 (September 2026)
 */
const V_CPUS_OF_SINGLES = 4;

/** Returns the space that an instance has for environments. A GPU counts if it is large enough for every environment that needs one. */
export function spaceOn({ vCpus, memoryMiB, gpu }: HostType, gpuMemory: number = 0, reserved = RESERVED_PER_INSTANCE): Space {
  return { vCpus: vCpus - reserved.vCpus, memoryMiB: memoryMiB - reserved.memoryMiB, gpus: gpu && gpu.memory >= gpuMemory ? gpu.count : 0 };
}

/** Returns the vCPUs of all instances. */
export function vCpusOfHosts(hosts: Hosts): number {
  let vCpus = 0;
  for (const { type, count } of hosts) vCpus += type.vCpus * count;
  return vCpus;
}

/** Returns the number of all instances. */
export function countOfHosts(hosts: Hosts): number {
  return hosts.reduce((sum, { count }) => sum + count, 0);
}

/** Returns the instances during a deployment: those at rest, those that the deployment adds, and one for a replacement. */
export function hostsToDeploy({ atRest, replacement }: HostPlan, deployment: DeploymentNeed | undefined): Hosts {
  return sumOfHosts(atRest, deployment?.added ?? [], replacement);
}

/** Packs a fleet onto each type that can hold it. Types of the same shape are packed once. */
export function plansOn(types: readonly HostType[], versions: LiveVersion[], bounds: FleetBounds): HostPlan[] {
  const demand = demandOf(versions);
  const singles = bounds.freeChoice && demand.kept.singles.length > 0 ? singleHosts(types) : undefined;
  const packed = new Map<string, HostPlan | undefined>();
  return types.flatMap((type) => {
    const single = singles?.get(familyOf(type));
    const shape = shapeOf(type, single);
    let plan = packed.get(shape);
    if (!packed.has(shape)) packed.set(shape, plan = planOn(type, demand, bounds, single));
    if (!plan) return [];
    return plan.type === type ? plan : withTypes(plan, type, single);
  });
}

/** Packs a fleet onto instances of one type. Undefined if the type can't hold an environment of each size. */
export function planOn(type: HostType, demand: Demand, bounds: FleetBounds, single?: HostType): HostPlan | undefined {
  const space = spaceOn(type, demand.gpuMemory);
  if (!demand.sizes.every((size) => fitting(space, size) > 0)) return undefined;
  const layout = new Layout(type, space, bounds.zones, single);
  const atRest = layout.hostsFor(demand.kept);
  const added = (deployment: Deployment | undefined): DeploymentNeed | undefined => deployment && {
    functionName: deployment.functionName,
    functions: deployment.functions,
    added: differenceOfHosts(layout.hostsFor(together(demand.kept, deployment)), atRest),
  };
  const isAllSingle = single !== undefined && atRest.length > 0 && atRest.every((hosts) => hosts.type === single);
  const [deployment, ofStack] = [demand.functions, demand.stacks].map((deployments) => added(layout.largest(deployments)));
  return {
    type: isAllSingle ? single : type,
    singles: single && layout.hasSingles(demand.kept) ? single : undefined,
    atRest,
    deployment,
    // Packing isn't exact, so this makes sure that a stack never needs less than one of its functions.
    deploymentOfAll: vCpusOfHosts(ofStack?.added ?? []) < vCpusOfHosts(deployment?.added ?? []) ? deployment : ofStack,
    replacement: demand.sizes.length === 0 ? [] : [{ type: isAllSingle ? single : type, count: 1 }],
    maximum: maximumOf(isAllSingle ? single : type, atRest, demand.maximum && layout.hostsFor(demand.maximum), bounds),
  };
}

/**
 * Whether all functions can certainly be deployed at once below a ceiling, so that nothing needs to be packed. This is known only if all
 * environments have one size. At rest, the best type needs no more vCPUs than one instance of the smallest suitable type for each
 * environment. A deployment at most doubles that, and the instance for a replacement is no larger than all of them together.
 */
export function certainlyFits(kept: Batch[], types: readonly HostType[], ceiling: number): boolean {
  if (kept.length !== 1 || kept[0].gpus) return false;
  let smallest = Infinity;
  for (const type of types) {
    if (type.vCpus < smallest && fitting(spaceOn(type), kept[0]) > 0) smallest = type.vCpus;
  }
  return 3 * kept[0].count * Math.max(smallest, V_CPUS_OF_SINGLES) <= ceiling;
}

/** Returns the instances of one type for some environments, spread as Lambda spreads them. Undefined if an environment doesn't fit. */
export function hostsOn(type: HostType, environments: Environments, { zones }: FleetBounds, gpuMemory?: number): Hosts | undefined {
  const space = spaceOn(type, gpuMemory);
  return environments.batches.every((size) => fitting(space, size) > 0) ? new Layout(type, space, zones).hostsFor(environments) : undefined;
}

/** Returns the type of instance for a version with one environment, for each family that has such a size. */
export function singleHosts(types: readonly HostType[]): Map<string, HostType> {
  return new Map(types.filter(({ vCpus }) => vCpus === V_CPUS_OF_SINGLES).map((type) => [familyOf(type), type]));
}

/** Returns the family of a type: `m8g` for `m8g.xlarge`. */
export function familyOf({ name }: Pick<HostType, 'name'>): string {
  return name.split('.')[0];
}

/** Returns the plan on the type that suits a fleet best. */
export function bestPlan(plans: HostPlan[]): HostPlan | undefined {
  return plans.reduce<HostPlan | undefined>((best, plan) => (best && byFit(best, plan) <= 0 ? best : plan), undefined);
}

/** Compares plans by their vCPUs at rest, then during a deployment. Among equal ones, the one with less memory comes first. */
export function byFit(a: HostPlan, b: HostPlan): number {
  return vCpusOfHosts(a.atRest) - vCpusOfHosts(b.atRest)
    || vCpusOfHosts(hostsToDeploy(a, a.deployment)) - vCpusOfHosts(hostsToDeploy(b, b.deployment))
    || a.type.memoryMiB - b.type.memoryMiB
    || a.type.name.localeCompare(b.type.name, 'en', { numeric: true });
}

/** Packs environments onto instances of one type, and single ones onto instances of their own. */
class Layout {
  constructor(
    private readonly type: HostType,
    private readonly space: Space,
    private readonly zones: number = INSTANCES_TO_SPREAD_OVER,
    private readonly single?: HostType,
  ) {}

  /** Returns the instances for environments, each of which must fit on one. */
  hostsFor({ batches, singles }: Environments): Hosts {
    const alone = this.single ? singles.filter((size) => this.standsAlone(size)) : [];
    const shared = alone.length === 0 ? batches : differenceOfBatches(batches, alone);
    const environments = countOf(shared);
    const packed = instancesFor(shared, this.space)!;
    const spread = Math.max(packed, Math.min(environments, this.zones, INSTANCES_TO_SPREAD_OVER));
    return sumOfHosts([{ type: this.type, count: spread }], this.single ? [{ type: this.single, count: countOf(alone) }] : []);
  }

  hasSingles({ singles }: Environments): boolean {
    return singles.some((size) => this.standsAlone(size));
  }

  /** Returns the deployment that would fill the most instances on its own. */
  largest(deployments: Deployment[]): Deployment | undefined {
    let largest: Deployment | undefined;
    let most = 0;
    for (const deployment of deployments) {
      const needed = this.share(deployment);
      if (needed > most) [largest, most] = [deployment, needed];
    }
    return largest;
  }

  private share({ batches, singles }: Environments): number {
    let vCpus = 0;
    for (const batch of batches) vCpus += batch.count / fitting(this.space, batch) * this.type.vCpus;
    if (this.single) {
      for (const size of singles) {
        if (this.standsAlone(size)) vCpus += size.count * Math.max(0, this.single.vCpus - this.type.vCpus / fitting(this.space, size));
      }
    }
    return vCpus;
  }

  private standsAlone(size: Batch): boolean {
    return !size.gpus && fitting(spaceOn(this.single!), size) > 0;
  }
}

/** Returns the instances at the maximum, which are never fewer than at rest. */
function maximumOf(type: HostType, atRest: Hosts, wanted: Hosts | undefined, { ceiling }: FleetBounds): Hosts | undefined {
  if (!wanted && ceiling === undefined) return undefined;
  const allowed: Hosts = [{ type, count: Math.floor((ceiling ?? 0) / type.vCpus) }];
  const most = wanted && (ceiling === undefined || vCpusOfHosts(wanted) <= ceiling) ? wanted : allowed;
  return vCpusOfHosts(most) < vCpusOfHosts(atRest) ? atRest : most;
}

function together(a: Environments, b: Environments): Environments {
  return { batches: mergeSizes([...a.batches, ...b.batches]), singles: mergeSizes([...a.singles, ...b.singles]) };
}

/** Adds up instances by type. */
export function sumOfHosts(...parts: Hosts[]): Hosts {
  const counts = new Map<HostType, number>();
  for (const hosts of parts) {
    for (const { type, count } of hosts) if (count > 0) counts.set(type, (counts.get(type) ?? 0) + count);
  }
  return Array.from(counts, ([type, count]) => ({ type, count }));
}

function differenceOfHosts(from: Hosts, less: Hosts): Hosts {
  return from.flatMap(({ type, count }) => {
    const rest = count - (less.find((other) => other.type === type)?.count ?? 0);
    return rest > 0 ? [{ type, count: rest }] : [];
  });
}

/** Subtracts environments. Each size in `less` must also be in `from`. */
function differenceOfBatches(from: Batch[], less: Batch[]): Batch[] {
  const rest = from.map((batch) => ({ batch, count: batch.count }));
  for (const { vCpus, memoryMiB, gpus, count } of less) {
    let left = count;
    for (const entry of rest) {
      if (entry.batch.vCpus !== vCpus || entry.batch.memoryMiB !== memoryMiB || entry.batch.gpus !== gpus) continue;
      const taken = Math.min(left, entry.count);
      entry.count -= taken;
      left -= taken;
    }
  }
  return rest.filter(({ count }) => count > 0).map(({ batch, count }) => ({ ...batch, count }));
}

function countOf(batches: Batch[]): number {
  let environments = 0;
  for (const { count } of batches) environments += count;
  return environments;
}

function shapeOf({ vCpus, memoryMiB, gpu }: HostType, single: HostType | undefined): string {
  return [vCpus, memoryMiB, gpu?.count, gpu?.memory, single?.vCpus, single?.memoryMiB].join();
}

/** Returns the plan for each type of the same shape. */
function withTypes(plan: HostPlan, type: HostType, single: HostType | undefined): HostPlan {
  // A plan that has only single environments is on the type for those, not on the type that it was packed for.
  const of = (other: HostType) => (single && other.vCpus === single.vCpus && other.memoryMiB === single.memoryMiB ? single : type);
  const hosts = (some: Hosts) => some.map((entry) => ({ type: of(entry.type), count: entry.count }));
  const need = (some: DeploymentNeed | undefined) => some && { ...some, added: hosts(some.added) };
  return {
    type: of(plan.type),
    singles: plan.singles && single,
    atRest: hosts(plan.atRest),
    deployment: need(plan.deployment),
    deploymentOfAll: need(plan.deploymentOfAll),
    replacement: hosts(plan.replacement),
    maximum: plan.maximum && hosts(plan.maximum),
  };
}
