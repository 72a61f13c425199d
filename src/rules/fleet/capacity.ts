/** What a fleet needs and whether that is below its ceiling, computed once and when somebody asks. */
import { Fact, isKnown } from '../../reading/fact';
import { Limits } from '../../service/managed-instances-limits';
import { fewestVCpus, FewestVCpus } from '../../sizing/fewest-v-cpus';
import { batchesOf, LiveVersion, vCpusKept } from '../../sizing/fleet-demand';
import { bestPlan, certainlyFits, FleetBounds, HostPlan, HostType, plansOn } from '../../sizing/fleet-need';
import { FleetTime, FleetWeek, LeftOutSchedule } from '../../sizing/fleet-week';
import { FleetNeed, NeedPart, needOf, needOfEnvironments } from '../../sizing/need-sum';
import { reachableAllocation } from '../../sizing/reachable-allocation';

/** What follows from nothing but these facts. */
export interface CapacityFacts extends Pick<FleetBounds, 'zones'> {
  /** All live versions of all functions, as they are when most is kept. */
  readonly versions: LiveVersion[];
  /** What is kept at each time, where schedules change it. */
  readonly week?: FleetWeek;
  /** The schedules that no week shows. */
  readonly leftOut?: readonly LeftOutSchedule[];
  /** Left out where AWS's default counts. */
  readonly maxVCpuCount: Fact<number>;
  /** Whether the provider names the types that it allows. */
  readonly hasAllowList: boolean;
  /** The types to pack onto: general sizes where nothing restricts them, so that the catalogue isn't needed. */
  readonly hosts: Fact<readonly HostType[]>;
  /** Each type that Lambda may possibly choose, or a shape that is no worse. Unknown where some of them is. */
  readonly possibleHosts: Fact<readonly HostType[]>;
}

/** What a fleet needs while it keeps what it does at a time of the week. */
export interface NeedAtTime extends Pick<FleetTime, 'stretches' | 'share' | 'versions'> {
  readonly atRest: NeedPart;
}

/** What a fleet needs. */
export interface Capacity {
  /** `maxVCpuCount` or AWS's default; absent where it is unknown. */
  readonly ceiling?: number;
  /** Whether it certainly holds all functions while they are deployed at once, without looking closer. */
  readonly isRoomy: boolean;
  /** On each type that holds all environments. */
  readonly plans: HostPlan[];
  /** The plan on the type that needs least. */
  readonly best?: HostPlan;
  /** What is likely, on the type that needs least; as far as the versions are known, so at least that. */
  readonly need: FleetNeed;
  /** The same at rest, for each time of the week; empty where no schedule changes it. */
  readonly times: readonly NeedAtTime[];
  /** What is certain: below it, the environments that are kept have no room, however they are placed. */
  readonly fewest: FewestVCpus;
  /** The vCPUs that environments can hold below the ceiling, of which instances keep a part; absent where the ceiling is unknown. */
  readonly reachableVCpus?: number;
  /** The vCPUs of the largest environment that is known. */
  readonly largestEnvironment?: number;
  /** The ceiling that holds a deployment, with an instance to spare. Absent where no type is known to hold the fleet. */
  readonly sufficientVCpuCount?: number;
}

/** Packs the fleet onto the types that it may run on, as soon as somebody asks. */
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
      // A version that keeps nothing needs instances that hold it all the same.
      return certainlyFits(batchesOf(versions, ({ minEnvironments = 0 }) => Math.max(1, minEnvironments)), facts.hosts, ceiling);
    },
    get plans() { return (plans ??= plansFor(versions)); },
    get best() { return (best ??= { plan: bestPlan(this.plans) }).plan; },
    get need() { return (need ??= this.best ? needOf(this.best) : needOfEnvironments(versions)); },
    get times() {
      // All times have environments of the same sizes, and so the same types hold them.
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

/** Where the types aren't known, or don't hold each environment: the vCPUs of environments are certain at least. */
function fewestOf({ versions, possibleHosts }: CapacityFacts): FewestVCpus {
  const gpus = versions.flatMap(({ gpuMemory }) => gpuMemory ?? []);
  const kept = batchesOf(versions, ({ minEnvironments }) => minEnvironments);
  const known = isKnown(possibleHosts) ? fewestVCpus(kept, possibleHosts, gpus.length > 0 ? Math.min(...gpus) : undefined) : undefined;
  return known ?? { vCpus: versions.reduce((sum, version) => sum + vCpusKept(version), 0), hosts: [] };
}

/** Where Lambda chooses the types, they aren't known: what it might choose says little of what it does. */
function reachableOf({ versions, hasAllowList, possibleHosts }: CapacityFacts, ceiling: number): number {
  const hosts = hasAllowList && isKnown(possibleHosts) ? possibleHosts : [];
  const sized = hosts.length > 0 ? wakeable(versions) : [];
  return reachableAllocation(ceiling, hosts, batchesOf(sized, () => 1), Math.max(0, ...sized.map(({ gpuMemory = 0 }) => gpuMemory)));
}

/** Those whose size is known, and that may have environments; if none may, those that can be woken. */
function wakeable(versions: LiveVersion[]): LiveVersion[] {
  const sized = versions.filter(({ vCpus = 0, memoryMiB, hasUnknownGpu = false }) => vCpus > 0 && memoryMiB !== undefined && !hasUnknownGpu);
  const awake = sized.filter(({ maxEnvironments }) => maxEnvironments !== 0);
  return awake.length > 0 ? awake : sized;
}
