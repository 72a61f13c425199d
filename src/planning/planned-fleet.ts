import { HostPlan, isKnownAtRest, LiveVersion } from '../sizing/fleet-demand';

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
 * A fleet on instances of one type.
 */
export interface PlannedInstances {
  /**
   * The type that needs the fewest vCPUs of those that are known to be allowed. Lambda may choose another.
   */
  readonly instanceType: string;

  /**
   * Instances while nothing happens: at least three, one per zone, as long as there are as many environments.
   */
  readonly atRest: number;

  /**
   * Instances while one function is deployed, old and new version together, with one more for the replacement of an instance.
   */
  readonly duringDeployment: number;

  /**
   * The same while all functions are deployed at once.
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
  const { functionName, version, memoryMiB, vCpus, maxConcurrency, minEnvironments, maxEnvironments } = live;
  return {
    functionName,
    version,
    memorySize: memoryMiB,
    vCpus,
    maxConcurrency,
    minExecutionEnvironments: minEnvironments,
    maxExecutionEnvironments: maxEnvironments === Infinity ? undefined : maxEnvironments,
  };
}

/** As a member of the public API, with what is stranded. */
export function plannedInstances({ type, atRest, deployment, deploymentOfAll, maximum }: HostPlan, versions: LiveVersion[]): PlannedInstances {
  const used = (of: (version: LiveVersion) => number | undefined) => (
    versions.filter(isKnownAtRest).reduce((sum, version) => sum + (of(version) ?? 0) * (version.minEnvironments ?? 0), 0)
  );
  const stranded = (have: number, inUse: number) => (have === 0 ? 0 : 1 - inUse / have);
  return {
    instanceType: type.name,
    atRest,
    duringDeployment: deployment,
    duringDeploymentOfAll: deploymentOfAll,
    atMaximum: maximum,
    strandedVCpus: stranded(atRest * type.vCpus, used(({ vCpus }) => vCpus)),
    strandedMemory: stranded(atRest * type.memoryMiB, used(({ memoryMiB }) => memoryMiB)),
  };
}
