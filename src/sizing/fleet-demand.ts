import { Batch, fitting, instancesFor, mergeSizes, Space } from './packing';
import { RESERVED_PER_INSTANCE } from '../service/reserved-capacity';

/** What a request without a qualifier goes to, as long as it is published. */
export const LATEST_PUBLISHED = '$LATEST.PUBLISHED';

/** A published version that keeps execution environments of its own. What is absent is unknown. */
export interface LiveVersion {
  /** The function, in words for people. */
  readonly functionName: string;
  /** `$LATEST.PUBLISHED`, or words for a numbered version. */
  readonly version: string;
  readonly memoryMiB?: number;
  readonly vCpus?: number;
  /** GB of GPU memory that each environment asks for; absent where it asks for none. */
  readonly gpuMemory?: number;
  /** Whether it asks for a GPU of which nothing is known, so that no instance is known to hold it. */
  readonly hasUnknownGpu?: boolean;
  /** Requests at once in each environment. */
  readonly maxConcurrency?: number;
  readonly minEnvironments?: number;
  /** `Infinity` where nothing but the ceiling of the provider bounds it. */
  readonly maxEnvironments?: number;
}

/** An instance type to pack environments onto. */
export interface HostType {
  readonly name: string;
  readonly vCpus: number;
  readonly memoryMiB: number;
  readonly gpu?: { readonly count: number; readonly memory: number };
}

/** How the environments of a fleet lie on instances of one type. */
export interface HostPlan {
  readonly type: HostType;
  /** Instances while nothing happens. */
  readonly atRest: number;
  /** With the version twice that needs most, old and new, and one instance more because Lambda replaces instances. */
  readonly deployment: number;
  /** With all functions deployed at once. */
  readonly deploymentOfAll: number;
  /** With all environments that the versions may have, below the ceiling. Absent where neither bounds them. */
  readonly maximum?: number;
}

/** What bounds the instances of a fleet. */
export interface FleetBounds {
  /** `maxVCpuCount`; absent where it is unknown. */
  readonly ceiling?: number;
  /** The zones of its subnets; absent where they are unknown. */
  readonly zones?: number;
}

/**
 * Lambda starts three instances, one per zone, before a version is active.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html (read 2026-11-20)
 */
const INSTANCES_TO_SPREAD_OVER = 3;

/** The vCPUs of the environments that all versions keep; of a version that is not known whole, none. */
export function vCpusAtRest(versions: LiveVersion[]): number {
  let sum = 0;
  for (const { vCpus = 0, minEnvironments = 0 } of versions) sum += vCpus * minEnvironments;
  return sum;
}

/** Whether what a version needs is known: the size of its environments, and how many it keeps. */
export function isKnownAtRest({ memoryMiB, vCpus, minEnvironments, hasUnknownGpu }: LiveVersion): boolean {
  return memoryMiB !== undefined && vCpus !== undefined && minEnvironments !== undefined && !hasUnknownGpu;
}

/** Whether it is known how far all versions together grow: one that nothing but the ceiling bounds takes what is left. */
export function isKnownAtMaximum(versions: LiveVersion[]): boolean {
  return versions.some(({ maxEnvironments }) => maxEnvironments === Infinity)
    || versions.every((version) => isKnownAtRest(version) && version.maxEnvironments !== undefined);
}

/** The vCPUs of the environments that one version keeps. */
export function vCpusKept({ vCpus = 0, minEnvironments = 0 }: LiveVersion): number {
  return vCpus * minEnvironments;
}

/** The size of the version that needs the most room when it is deployed. */
export function largestVersion(versions: LiveVersion[]): LiveVersion | undefined {
  return versionWithMost(versions);
}

/** Of versions with as much, one of the same size, whatever their order. By vCPUs without calls: each synthesis asks. */
function versionWithMost(versions: LiveVersion[], kept?: (version: LiveVersion) => number): LiveVersion | undefined {
  let largest: LiveVersion | undefined;
  let most = -1;
  for (const version of versions) {
    const { vCpus, minEnvironments = 0 } = version;
    if (vCpus === undefined) continue;
    const much = kept ? kept(version) : vCpus * minEnvironments;
    if (largest === undefined || much > most || (much === most && isLarger(version, largest))) {
      largest = version;
      most = much;
    }
  }
  return largest;
}

function isLarger(one: LiveVersion, other: LiveVersion): boolean {
  const { memoryMiB = 0, vCpus = 0, gpuMemory = -1 } = one;
  const { memoryMiB: otherMemory = 0, vCpus: otherVCpus = 0, gpuMemory: otherGpu = -1 } = other;
  if (memoryMiB !== otherMemory) return memoryMiB > otherMemory;
  return vCpus === otherVCpus ? gpuMemory > otherGpu : vCpus > otherVCpus;
}

/**
 * The versions of which one needs the most room when it is deployed. Which one that is depends on the instance: on
 * some memory is scarce, or GPUs are.
 */
function largestVersions(versions: LiveVersion[]): LiveVersion[] {
  const withGpu = versions.filter(({ gpuMemory }) => gpuMemory !== undefined);
  const largest = [
    versionWithMost(versions),
    versionWithMost(versions, ({ memoryMiB = 0, minEnvironments = 0 }) => memoryMiB * minEnvironments),
    versionWithMost(withGpu, ({ minEnvironments = 0 }) => minEnvironments),
  ];
  return [...new Set(largest.flatMap((version) => version ?? []))];
}

/** Of all versions that are as large, always the same one. */
export function nameOfLargest(versions: LiveVersion[], { vCpus, memoryMiB, minEnvironments }: LiveVersion): string {
  const equals = versions.filter((version) => (
    version.vCpus === vCpus && version.memoryMiB === memoryMiB && version.minEnvironments === minEnvironments
  ));
  return equals.map(nameOf).sort((a, b) => a.localeCompare(b))[0];
}

/** In words for people. */
export function nameOf({ functionName, version }: LiveVersion): string {
  return `${functionName} ${version}`;
}

/** The environments of a fleet, as far as their sizes are known. */
export interface Demand {
  readonly atRest: Batch[];
  /** With each version that may need most twice. */
  readonly deployments: Batch[][];
  readonly deploymentOfAll: Batch[];
  /** Absent where nothing but the ceiling is known to bound some version. */
  readonly maximum?: Batch[];
  /** One environment of each size. */
  readonly sizes: Batch[];
  /** The most GPU memory that one of them asks for. */
  readonly gpuMemory?: number;
}

/** What all versions together ask for, at each moment that counts. */
export function demandOf(versions: LiveVersion[]): Demand {
  const atRest = batchesOf(versions, ({ minEnvironments }) => minEnvironments);
  const bounded = versions.every(({ memoryMiB, vCpus, maxEnvironments = Infinity }) => (
    memoryMiB !== undefined && vCpus !== undefined && maxEnvironments < Infinity
  ));
  const gpuMemory = versions.flatMap((version) => version.gpuMemory ?? []);
  return {
    atRest,
    deployments: largestVersions(versions).map((largest) => (
      mergeSizes([...atRest, ...batchesOf([largest], ({ minEnvironments }) => minEnvironments)])
    )),
    deploymentOfAll: mergeSizes([...atRest, ...atRest]),
    maximum: bounded ? batchesOf(versions, ({ minEnvironments = 0, maxEnvironments = 0 }) => Math.max(minEnvironments, maxEnvironments)) : undefined,
    sizes: mergeSizes(versions.flatMap((version) => environmentsOf(version, 1))).map((size) => ({ ...size, count: 1 })),
    gpuMemory: gpuMemory.length > 0 ? Math.max(...gpuMemory) : undefined,
  };
}

/** Some number of environments of each version, as far as their sizes are known. */
export function batchesOf(versions: LiveVersion[], count: (version: LiveVersion) => number | undefined): Batch[] {
  return mergeSizes(versions.flatMap((version) => environmentsOf(version, count(version) ?? 0)));
}

/** What an instance has for environments. A GPU counts where it is large enough for all that ask for one. */
export function spaceOn({ vCpus, memoryMiB, gpu }: HostType, gpuMemory: number = 0, reserved = RESERVED_PER_INSTANCE): Space {
  return { vCpus: vCpus - reserved.vCpus, memoryMiB: memoryMiB - reserved.memoryMiB, gpus: gpu && gpu.memory >= gpuMemory ? gpu.count : 0 };
}

/** The instances of one type for some environments, spread as Lambda spreads them. Undefined where one doesn't fit. */
export function instancesOn(type: HostType, batches: Batch[], { zones }: FleetBounds, gpuMemory?: number): number | undefined {
  const packed = instancesFor(batches, spaceOn(type, gpuMemory));
  const environments = batches.reduce((sum, { count }) => sum + count, 0);
  return packed === undefined ? undefined : Math.max(packed, Math.min(environments, Math.max(zones ?? 0, INSTANCES_TO_SPREAD_OVER)));
}

/** Packs a fleet onto instances of one type. Undefined where that doesn't hold an environment of each size. */
export function planOn(type: HostType, demand: Demand, bounds: FleetBounds): HostPlan | undefined {
  const space = spaceOn(type, demand.gpuMemory);
  if (!demand.sizes.every((size) => fitting(space, size) > 0)) return undefined;
  const pack = (batches: Batch[]) => instancesOn(type, batches, bounds, demand.gpuMemory)!;
  const atRest = pack(demand.atRest);
  return {
    type,
    atRest,
    deployment: Math.max(atRest, ...demand.deployments.map(pack)) + 1,
    deploymentOfAll: pack(demand.deploymentOfAll) + 1,
    maximum: demand.maximum || bounds.ceiling !== undefined
      ? Math.max(atRest, Math.min(demand.maximum ? pack(demand.maximum) : Infinity, Math.floor((bounds.ceiling ?? Infinity) / type.vCpus)))
      : undefined,
  };
}

/** Packs a fleet onto each type that holds it. */
export function plansOn(types: readonly HostType[], versions: LiveVersion[], bounds: FleetBounds): HostPlan[] {
  const demand = demandOf(versions);
  return types.flatMap((type) => planOn(type, demand, bounds) ?? []);
}

/** The plan on the type that suits a fleet best. */
export function bestPlan(plans: HostPlan[]): HostPlan | undefined {
  return [...plans].sort(byFit)[0];
}

/** By the vCPUs that are needed at rest, then during a deployment; of equal ones that with less memory first. */
export function byFit(a: HostPlan, b: HostPlan): number {
  return a.atRest * a.type.vCpus - b.atRest * b.type.vCpus
    || a.deployment * a.type.vCpus - b.deployment * b.type.vCpus
    || a.type.memoryMiB - b.type.memoryMiB
    || a.type.name.localeCompare(b.type.name, 'en', { numeric: true });
}

function environmentsOf({ vCpus, memoryMiB, gpuMemory }: LiveVersion, count: number): Batch[] {
  return vCpus === undefined || memoryMiB === undefined ? [] : [{ vCpus, memoryMiB, gpus: gpuMemory === undefined ? 0 : 1, count }];
}
