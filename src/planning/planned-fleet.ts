import { isKnownAtRest, LiveVersion } from '../sizing/fleet-demand';
import { countOfHosts, HostPlan, hostsToDeploy, vCpusOfHosts } from '../sizing/fleet-need';

/**
 * A live version of a function in a capacity plan. What is absent isn't known before deployment.
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
   * MB of each execution environment.
   *
   * @default - unknown
   */
  readonly memorySize?: number;

  /**
   * vCPUs of each execution environment.
   *
   * @default - unknown
   */
  readonly vCpus?: number;

  /**
   * Whether no ratio of memory to vCPUs is written, so that the plan assumes AWS's 2 GiB per vCPU.
   *
   * @default false
   */
  readonly assumesMemoryGiBPerVCpu?: boolean;

  /**
   * Requests at once in each execution environment: what was given, else the runtime's default.
   *
   * @default - unknown
   */
  readonly maxConcurrency?: number;

  /**
   * Execution environments that are kept at rest.
   *
   * @default - unknown
   */
  readonly minExecutionEnvironments?: number;

  /**
   * The most execution environments.
   *
   * @default - unknown, or bounded by the capacity provider alone
   */
  readonly maxExecutionEnvironments?: number;
}

/**
 * A fleet on the instances that suit it best: of one type, but where Lambda chooses the type and some versions keep a single environment.
 * Lambda was seen to start an instance of 4 vCPUs for each of these.
 */
export interface PlannedInstances {
  /**
   * The type that needs the fewest vCPUs of those that are known to be allowed. Lambda may choose another.
   */
  readonly instanceType: string;

  /**
   * Instances while nothing happens: one in each of up to three zones, as long as there are as many environments.
   */
  readonly atRest: number;

  /**
   * Those of the instances at rest, by type. The sum of their vCPUs is `vCpusAtRest` of the plan.
   */
  readonly atRestByType: { [instanceType: string]: number };

  /**
   * Instances while one function is deployed, old and new version together, with one more for the replacement of an instance.
   */
  readonly duringDeployment: number;

  /**
   * The same while all functions of a stack are deployed at once.
   */
  readonly duringDeploymentOfAll: number;

  /**
   * Instances with all environments that the versions and `maxVCpuCount` allow.
   *
   * @default - unknown
   */
  readonly atMaximum?: number;

  /**
   * Share of the vCPUs at rest that no environment has, from 0 to 1: Lambda keeps one vCPU of each instance, and
   * what is left is seldom divisible.
   */
  readonly strandedVCpus: number;

  /**
   * Share of the memory at rest that no environment has, from 0 to 1.
   */
  readonly strandedMemory: number;
}

/** As a member of the public API. */
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

/** As a member of the public API, with what is stranded. */
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
