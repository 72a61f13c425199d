/** What a fleet needs and whether that is below its ceiling, computed once and when somebody asks. */
import { Fact, isKnown } from '../../reading/fact';
import { Limits } from '../../service/managed-instances-limits';
import { fewestVCpus, FewestVCpus } from '../../sizing/fewest-v-cpus';
import { batchesOf, LiveVersion, vCpusKept } from '../../sizing/fleet-demand';
import { bestPlan, certainlyFits, FleetBounds, HostPlan, HostType, plansOn } from '../../sizing/fleet-need';
import { FleetNeed, needOf, needOfEnvironments } from '../../sizing/need-sum';

/** What follows from nothing but these facts. */
export interface CapacityFacts extends Pick<FleetBounds, 'zones'> {
  /** All live versions of all functions. */
  readonly versions: LiveVersion[];
  /** Left out where AWS's default counts. */
  readonly maxVCpuCount: Fact<number>;
  /** Whether the provider names the types that it allows. */
  readonly hasAllowList: boolean;
  /** The types to pack onto: general sizes where nothing restricts them, so that the catalogue isn't needed. */
  readonly hosts: Fact<readonly HostType[]>;
  /** Each type that Lambda may possibly choose, or a shape that is no worse. Unknown where some of them is. */
  readonly possibleHosts: Fact<readonly HostType[]>;
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
  /** What is certain: below it, the environments that are kept have no room, however they are placed. */
  readonly fewest: FewestVCpus;
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
  return {
    ceiling,
    get isRoomy() {
      if (ceiling === undefined || !isKnown(facts.hosts)) return false;
      return certainlyFits(batchesOf(versions, ({ minEnvironments }) => minEnvironments), facts.hosts, ceiling);
    },
    get plans() {
      return (plans ??= isKnown(facts.hosts) ? plansOn(facts.hosts, versions, { ceiling, zones: facts.zones, freeChoice: !facts.hasAllowList }) : []);
    },
    get best() { return (best ??= { plan: bestPlan(this.plans) }).plan; },
    get need() { return (need ??= this.best ? needOf(this.best) : needOfEnvironments(versions)); },
    get fewest() { return (fewest ??= fewestOf(facts)); },
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
