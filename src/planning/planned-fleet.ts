import { Capacity } from '../rules/fleet/capacity';
import { timesText } from '../rules/fleet/week-text';
import { isKnownAtRest, LiveVersion } from '../sizing/fleet-demand';
import { countOfHosts, HostPlan, hostsToDeploy, vCpusOfHosts } from '../sizing/fleet-need';
import { FleetWeek } from '../sizing/fleet-week';

const HOURS_PER_WEEK = 168;

/**
 * A live version of a function in a capacity plan. A number that isn't known before deployment is undefined.
 */
export interface PlannedVersion {
  /**
   * The path of the function's construct.
   */
  readonly functionName: string;

  /**
   * `$LATEST.PUBLISHED`, or the construct id of a numbered version.
   */
  readonly version: string;

  /**
   * The memory of each execution environment, in MB.
   *
   * @default - unknown
   */
  readonly memorySize?: number;

  /**
   * The vCPUs of each execution environment.
   *
   * @default - unknown
   */
  readonly vCpus?: number;

  /**
   * Whether the function sets no ratio of memory to vCPUs, so that the plan assumes AWS's default of 2 GiB per vCPU.
   *
   * @default false
   */
  readonly assumesMemoryGiBPerVCpu?: boolean;

  /**
   * The most requests at once in each execution environment: the function's own setting, or the runtime's default.
   *
   * @default - unknown
   */
  readonly maxConcurrency?: number;

  /**
   * The execution environments that are kept at rest. If schedules change them, the number at the time of the week when the fleet keeps most.
   *
   * @default - unknown
   */
  readonly minExecutionEnvironments?: number;

  /**
   * The most execution environments, at any time.
   *
   * @default - unknown, or bounded by the capacity provider alone
   */
  readonly maxExecutionEnvironments?: number;
}

/**
 * A finding about a fleet.
 */
export interface PlanFinding {
  /**
   * The level: `error`, `warning` or `info`.
   */
  readonly level: string;

  /**
   * The code, as RULES.md lists it.
   */
  readonly code: string;

  /**
   * The message: the property, what was found, what is allowed, and what to change.
   */
  readonly text: string;
}

/**
 * What a fleet keeps during some hours of an average week.
 */
export interface PlannedTime {
  /**
   * The hours, such as `Mon–Fri 07:30–20:00`. Hours without days apply every day.
   */
  readonly when: string;

  /**
   * The time zone of these times.
   */
  readonly timeZone: string;

  /**
   * The number of hours, out of the 168 of a week.
   */
  readonly hoursPerWeek: number;

  /**
   * The vCPUs of the whole instances that run at rest, of the type in `instances` of the plan. If no type is known to hold the fleet, the vCPUs
   * of the execution environments that are kept.
   */
  readonly vCpus: number;

  /**
   * The number of instances that run at rest, of all types.
   *
   * @default - no type is known to hold the fleet
   */
  readonly instances?: number;
}

/**
 * The instances that suit a fleet best. They are of one type, unless Lambda chooses the type and some versions keep a single environment: Lambda was
 * observed to start an instance of 4 vCPUs for each of those versions.
 */
export interface PlannedInstances {
  /**
   * The instance type with which the fleet needs the fewest vCPUs, among the types that are known to be allowed. Lambda may choose another.
   */
  readonly instanceType: string;

  /**
   * The number of instances at rest: at least one in each of up to three zones, if there are as many environments.
   */
  readonly atRest: number;

  /**
   * The number of instances at rest of each type. The sum of their vCPUs is `vCpusAtRest` of the plan.
   */
  readonly atRestByType: { [instanceType: string]: number };

  /**
   * The number of instances while one function is deployed, with its old and new version together, and one more for a replacement.
   */
  readonly duringDeployment: number;

  /**
   * The number of instances while all functions of a stack are deployed at once, and one more for a replacement.
   */
  readonly duringDeploymentOfAll: number;

  /**
   * The number of instances for all environments that the versions and `maxVCpuCount` allow.
   *
   * @default - unknown
   */
  readonly atMaximum?: number;

  /**
   * The share of the vCPUs at rest that no environment uses, from 0 to 1: Lambda keeps one vCPU of each instance, and environments
   * seldom fill the rest.
   */
  readonly strandedVCpus: number;

  /**
   * The share of the memory at rest that no environment uses, from 0 to 1.
   */
  readonly strandedMemory: number;
}

/** Returns a version in the shape of the public API. */
export function plannedVersion(live: LiveVersion): PlannedVersion {
  const { functionName, version, memoryMiB, vCpus, assumesRatio, maxConcurrency, minEnvironments, maxEnvironments } = live;
  return {
    functionName,
    version,
    memorySize: memoryMiB,
    vCpus,
    assumesMemoryGiBPerVCpu: assumesRatio || undefined,
    maxConcurrency,
    minExecutionEnvironments: minEnvironments,
    maxExecutionEnvironments: maxEnvironments === Infinity ? undefined : maxEnvironments,
  };
}

/** Returns the times of the week in the shape of the public API. */
export function plannedTimes({ times, best }: Capacity, week: FleetWeek | undefined): PlannedTime[] {
  return times.map(({ stretches, share, atRest: { vCpus, hosts } }) => ({
    when: timesText(stretches),
    timeZone: week!.timeZone,
    hoursPerWeek: Number((share * HOURS_PER_WEEK).toFixed(2)),
    vCpus,
    instances: best && countOfHosts(hosts),
  }));
}

/** Returns instances in the shape of the public API, with the shares that no environment uses. */
export function plannedInstances(plan: HostPlan, versions: LiveVersion[]): PlannedInstances {
  const { type, atRest, deployment, deploymentOfAll, maximum } = plan;
  const used = (of: (version: LiveVersion) => number | undefined) => (
    versions.filter(isKnownAtRest).reduce((sum, version) => sum + (of(version) ?? 0) * (version.minEnvironments ?? 0), 0)
  );
  const stranded = (have: number, inUse: number) => (have === 0 ? 0 : 1 - inUse / have);
  return {
    instanceType: type.name,
    atRest: countOfHosts(atRest),
    atRestByType: Object.fromEntries(atRest.map((hosts) => [hosts.type.name, hosts.count])),
    duringDeployment: countOfHosts(hostsToDeploy(plan, deployment)),
    duringDeploymentOfAll: countOfHosts(hostsToDeploy(plan, deploymentOfAll)),
    atMaximum: maximum && countOfHosts(maximum),
    strandedVCpus: stranded(vCpusOfHosts(atRest), used(({ vCpus }) => vCpus)),
    strandedMemory: stranded(atRest.reduce((sum, hosts) => sum + hosts.count * hosts.type.memoryMiB, 0), used(({ memoryMiB }) => memoryMiB)),
  };
}
