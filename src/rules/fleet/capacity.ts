/** Computes what a fleet needs and whether that is below its ceiling. Each value is computed once, on demand. */
import { Fact, isKnown } from '../../reading/fact';
import { Limits } from '../../service/managed-instances-limits';
import { fewestVCpus, FewestVCpus } from '../../sizing/fewest-v-cpus';
import { batchesOf, LiveVersion, vCpusKept } from '../../sizing/fleet-demand';
import { bestPlan, certainlyFits, FleetBounds, HostPlan, HostType, plansOn } from '../../sizing/fleet-need';
import { FleetTime, FleetWeek, LeftOutSchedule } from '../../sizing/fleet-week';
import { FleetNeed, NeedPart, needOf, needOfEnvironments } from '../../sizing/need-sum';
import { reachableAllocation } from '../../sizing/reachable-allocation';

/** The facts that determine the capacity. */
export interface CapacityFacts extends Pick<FleetBounds, 'zones'> {
  /** All live versions of all functions, at the time when the fleet keeps most. */
  readonly versions: LiveVersion[];
  /** The environments that are kept at each time of the week, if schedules change them. */
  readonly week?: FleetWeek;
  /** The schedules that an average week can't show. */
  readonly leftOut?: readonly LeftOutSchedule[];
  /** Undefined if AWS's default applies. */
  readonly maxVCpuCount: Fact<number>;
  /** Whether the provider names the types that it allows. */
  readonly hasAllowList: boolean;
  /** The types to pack onto. If nothing restricts them, these are general sizes, so that the catalogue isn't needed. */
  readonly hosts: Fact<readonly HostType[]>;
  /** Each type that Lambda may choose, or a shape that is no worse. Unknown if one of the types is unknown. */
  readonly possibleHosts: Fact<readonly HostType[]>;
}

/** The need of a fleet at one time of the week. */
export interface NeedAtTime extends Pick<FleetTime, 'stretches' | 'share' | 'versions'> {
  readonly atRest: NeedPart;
}

/** The need of a fleet, and what its ceiling allows. */
export interface Capacity {
  /** The `maxVCpuCount`, or AWS's default. Absent if it is unknown. */
  readonly ceiling?: number;
  /** Whether the ceiling certainly allows all functions to be deployed at once, so that nothing else needs to be computed. */
  readonly isRoomy: boolean;
  /** The plans on each type that holds all environments. */
  readonly plans: HostPlan[];
  /** The plan on the type with which the fleet needs the fewest vCPUs. */
  readonly best?: HostPlan;
  /** The likely need, on the type of `best`. If a version isn't known, this is a minimum. */
  readonly need: FleetNeed;
  /** The likely need at rest at each time of the week. Empty if no schedule changes it. */
  readonly times: readonly NeedAtTime[];
  /** The certain need. With fewer vCPUs, the kept environments don't fit, however they are placed. */
  readonly fewest: FewestVCpus;
  /** The vCPUs that environments can hold below the ceiling, without those that instances reserve. Absent if the ceiling is unknown. */
  readonly reachableVCpus?: number;
  /** The vCPUs of the largest environment that is known. */
  readonly largestEnvironment?: number;
  /** The ceiling with room for a deployment and one more instance. Absent if no type is known to hold the fleet. */
  readonly sufficientVCpuCount?: number;
}

/** Packs the fleet onto the types that it may run on, on demand. */
export function capacityOf(facts: CapacityFacts, limits: Limits): Capacity {
  const { versions, maxVCpuCount } = facts;
  const ceiling = maxVCpuCount === undefined ? limits.vCpuCountDefault : (isKnown(maxVCpuCount) ? maxVCpuCount : undefined);
  let plans: HostPlan[] | undefined;
  let best: { readonly plan?: HostPlan } | undefined;
  let need: FleetNeed | undefined;
  let fewest: FewestVCpus | undefined;
  let times: readonly NeedAtTime[] | undefined;
  const plansFor = (some: LiveVersion[]) => (
    isKnown(facts.hosts) ? plansOn(facts.hosts, some, { ceiling, zones: facts.zones, freeChoice: !facts.hasAllowList }) : []
  );
  let reachable: number | undefined;
  return {
    ceiling,
    get isRoomy() {
      if (ceiling === undefined || !isKnown(facts.hosts)) return false;
      // A version that keeps no environments also needs instances that can hold it.
      return certainlyFits(batchesOf(versions, ({ minEnvironments = 0 }) => Math.max(1, minEnvironments)), facts.hosts, ceiling);
    },
    get plans() { return (plans ??= plansFor(versions)); },
    get best() { return (best ??= { plan: bestPlan(this.plans) }).plan; },
    get need() { return (need ??= this.best ? needOf(this.best) : needOfEnvironments(versions)); },
    get times() {
      // All times have environments of the same sizes, so the same types hold them.
      return (times ??= (facts.week?.times ?? []).map((time) => {
        const plan = this.best && plansFor(time.versions)[this.plans.indexOf(this.best)];
        return { ...time, atRest: (plan ? needOf(plan) : needOfEnvironments(time.versions)).atRest };
      }));
    },
    get fewest() { return (fewest ??= fewestOf(facts)); },
    get reachableVCpus() { return ceiling === undefined ? undefined : (reachable ??= reachableOf(facts, ceiling)); },
    get largestEnvironment() {
      const sizes = wakeable(versions).flatMap(({ vCpus }) => vCpus ?? []);
      return sizes.length > 0 ? Math.max(...sizes) : undefined;
    },
    get sufficientVCpuCount() { return this.best && Math.max(this.need.toDeployOne.total, limits.vCpuCountProvenMin); },
  };
}

/** Returns the certain need. If the types aren't known, or don't hold each environment, that is the vCPUs of the environments. */
function fewestOf({ versions, possibleHosts }: CapacityFacts): FewestVCpus {
  const gpus = versions.flatMap(({ gpuMemory }) => gpuMemory ?? []);
  const kept = batchesOf(versions, ({ minEnvironments }) => minEnvironments);
  const known = isKnown(possibleHosts) ? fewestVCpus(kept, possibleHosts, gpus.length > 0 ? Math.min(...gpus) : undefined) : undefined;
  return known ?? { vCpus: versions.reduce((sum, version) => sum + vCpusKept(version), 0), hosts: [] };
}

/** Returns the vCPUs that environments can hold. If Lambda chooses the types, they count as unknown. */
function reachableOf({ versions, hasAllowList, possibleHosts }: CapacityFacts, ceiling: number): number {
  const hosts = hasAllowList && isKnown(possibleHosts) ? possibleHosts : [];
  const sized = wakeable(versions);
  return reachableAllocation(ceiling, hosts, batchesOf(sized, () => 1), Math.max(0, ...sized.map(({ gpuMemory = 0 }) => gpuMemory)));
}

/** Returns the versions of known size that may have environments. If none may, returns all of known size, because they can be activated again. */
function wakeable(versions: LiveVersion[]): LiveVersion[] {
  const sized = versions.filter(({ vCpus = 0, memoryMiB, hasUnknownGpu = false }) => vCpus > 0 && memoryMiB !== undefined && !hasUnknownGpu);
  const awake = sized.filter(({ maxEnvironments }) => maxEnvironments !== 0);
  return awake.length > 0 ? awake : sized;
}
