/** Computes the environments that the live versions of a fleet need, as far as they are known before deployment. */
import { Batch, mergeSizes } from './packing';
import { Timing } from './scheduled-levels';
import { LATEST_PUBLISHED } from '../service/execution-environments';

/** A published version that keeps execution environments of its own. Absent values are unknown. */
export interface LiveVersion {
  /** The function, in words for people. */
  readonly functionName: string;
  /** The stack of the function: all functions of a stack are deployed at once. Absent if it isn't known. */
  readonly stack?: object;
  /** `$LATEST.PUBLISHED`, or words for a numbered version. */
  readonly version: string;
  readonly memoryMiB?: number;
  readonly vCpus?: number;
  /** Whether the vCPUs follow from an assumed ratio, because the function sets none. */
  readonly assumesRatio?: boolean;
  /** The GPU memory that each environment needs, in GB. Absent if it needs none. */
  readonly gpuMemory?: number;
  /** Whether it needs a GPU of unknown size, so that no instance is known to hold it. */
  readonly hasUnknownGpu?: boolean;
  /** The most requests at once in each environment. */
  readonly maxConcurrency?: number;
  readonly minEnvironments?: number;
  /** `Infinity` if only the ceiling of the provider bounds the version. */
  readonly maxEnvironments?: number;
  /** The schedules that change the minimum and the maximum. */
  readonly schedules?: readonly ScheduledCounts[];
}

/** The numbers that a schedule sets, and when. Absent values are known only at deployment. */
export interface ScheduledCounts {
  readonly timing?: Timing;
  readonly min?: number;
  readonly max?: number;
}

/** Whether the size of a version's environments is known, and how many of them it keeps. */
export function isKnownAtRest({ memoryMiB, vCpus, minEnvironments, hasUnknownGpu }: LiveVersion): boolean {
  return memoryMiB !== undefined && vCpus !== undefined && minEnvironments !== undefined && !hasUnknownGpu;
}

/**
 * Whether it is known how far all versions together can grow. If a version is bounded only by the ceiling, it is known, because that version can take
 * everything that is left.
 */
export function isKnownAtMaximum(versions: LiveVersion[]): boolean {
  return versions.some(({ maxEnvironments }) => maxEnvironments === Infinity)
    || versions.every((version) => isKnownAtRest(version) && version.maxEnvironments !== undefined);
}

/** The vCPUs of the environments that one version keeps. */
export function vCpusKept({ vCpus = 0, minEnvironments = 0 }: LiveVersion): number {
  return vCpus * minEnvironments;
}

/** Returns the name of a version in words for people. */
export function nameOf({ functionName, version }: LiveVersion): string {
  return `${functionName} ${version}`;
}

/** Execution environments that run at the same time. */
export interface Environments {
  readonly batches: Batch[];
  /** The environments, by size, that are the only one of their version: Lambda was observed to start an instance for each. */
  readonly singles: Batch[];
}

/** The versions that are deployed at once. They run next to the old versions until those are removed. */
export interface Deployment extends Environments {
  /** The name of one of the functions, for people. Among functions that need as much, it is always the same one. */
  readonly functionName: string;
  readonly functions: number;
}

/** The environments of a fleet at rest, during deployments and at the maximum, as far as their sizes are known. */
export interface Demand {
  readonly kept: Environments;
  /** The deployment of each function. Functions with equal needs appear once. */
  readonly functions: Deployment[];
  /** The functions of each stack. */
  readonly stacks: Deployment[];
  /** Absent if only the ceiling is known to bound a version. */
  readonly maximum?: Environments;
  /** One environment of each size. */
  readonly sizes: Batch[];
  /** The largest GPU memory that an environment needs. */
  readonly gpuMemory?: number;
}

/** Computes what all versions together need at rest, during deployments and at the maximum. */
export function demandOf(versions: LiveVersion[]): Demand {
  const bounded = versions.every(({ memoryMiB, vCpus, maxEnvironments = Infinity }) => (
    memoryMiB !== undefined && vCpus !== undefined && maxEnvironments < Infinity
  ));
  const deployed = deployedTogether(versions);
  const gpuMemory = versions.flatMap((version) => version.gpuMemory ?? []);
  return {
    kept: environmentsOf(versions, ({ minEnvironments }) => minEnvironments),
    functions: distinct(groupsOf(deployed, ({ functionName }) => functionName).map(deploymentOf)),
    stacks: distinct(groupsOf(deployed, ({ stack }) => stack).map(deploymentOf)),
    maximum: bounded ? environmentsOf(versions, mostOf) : undefined,
    sizes: batchesOf(versions, () => 1).map((size) => ({ ...size, count: 1 })),
    gpuMemory: gpuMemory.length > 0 ? Math.max(...gpuMemory) : undefined,
  };
}

function mostOf({ minEnvironments = 0, maxEnvironments = 0 }: LiveVersion): number {
  return Math.max(minEnvironments, maxEnvironments);
}

/** Returns a number of environments for each version, as far as their sizes are known. */
export function environmentsOf(versions: LiveVersion[], count: (version: LiveVersion) => number | undefined): Environments {
  const isSingle = (version: LiveVersion) => version.minEnvironments === 1 && count(version) === 1;
  return { batches: batchesOf(versions, count), singles: batchesOf(versions.filter(isSingle), () => 1) };
}

/** Returns the environments by size alone. */
export function batchesOf(versions: LiveVersion[], count: (version: LiveVersion) => number | undefined): Batch[] {
  return mergeSizes(versions.flatMap((version) => {
    const { vCpus, memoryMiB, gpuMemory } = version;
    const environments = count(version) ?? 0;
    if (vCpus === undefined || memoryMiB === undefined || environments === 0) return [];
    return [{ vCpus, memoryMiB, gpus: gpuMemory === undefined ? 0 : 1, count: environments }];
  }));
}

/**
 * Returns the versions that a deployment publishes: `$LATEST.PUBLISHED` and one numbered version of each function. It isn't known which of several
 * numbered versions is published, so the one that keeps most counts.
 */
export function deployedTogether(versions: LiveVersion[]): LiveVersion[] {
  const numbered = new Map<string, LiveVersion>();
  const deployed: LiveVersion[] = [];
  for (const version of versions) {
    const { functionName } = version;
    if (version.version === LATEST_PUBLISHED) {
      deployed.push(version);
    } else if ((numbered.get(functionName)?.minEnvironments ?? -1) < (version.minEnvironments ?? 0)) {
      numbered.set(functionName, version);
    }
  }
  return [...deployed, ...numbered.values()];
}

function groupsOf(versions: LiveVersion[], keyOf: (version: LiveVersion) => unknown): LiveVersion[][] {
  const groups = new Map<unknown, LiveVersion[]>();
  for (const version of versions) {
    const key = keyOf(version);
    const group = groups.get(key);
    if (group) group.push(version);
    else groups.set(key, [version]);
  }
  return [...groups.values()];
}

function deploymentOf(versions: LiveVersion[]): Deployment {
  const names = versions.map(({ functionName }) => functionName);
  return {
    ...environmentsOf(versions, ({ minEnvironments }) => minEnvironments),
    functionName: names.reduce((first, name) => (name < first ? name : first)),
    functions: new Set(names).size,
  };
}

/** Keeps the first by name among deployments with equal needs, because a fleet has many functions of few sizes. */
function distinct(deployments: Deployment[]): Deployment[] {
  const found = new Map<string, Deployment>();
  for (const deployment of deployments) {
    if (deployment.batches.length === 0) continue;
    const key = [deployment.batches, deployment.singles].map(textOf).join('/');
    const same = found.get(key);
    if (!same || deployment.functionName < same.functionName) found.set(key, deployment);
  }
  return [...found.values()].sort((a, b) => (a.functionName < b.functionName ? -1 : 1));
}

function textOf(batches: Batch[]): string {
  return batches.map(({ vCpus, memoryMiB, gpus, count }) => `${vCpus} ${memoryMiB} ${gpus} ${count}`).sort().join();
}
