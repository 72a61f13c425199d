import { candidateTypes, CandidateTypes, generalSizes, hasAllowList, possibleSizes } from './candidate-types';
import { Capacity, CapacityFacts, capacityOf } from './capacity';
import { Fact, isKnown, mapFact, UNKNOWN } from '../../reading/fact';
import { LMI } from '../../reading/lambda-references';
import { PropertySource } from '../../reading/property-source';
import { ResourceView } from '../../reading/resource-view';
import { ScalingSchedule } from '../../reading/scaling-schedules';
import { EXECUTION_ENVIRONMENT_DEFAULTS, LATEST_PUBLISHED } from '../../service/execution-environments';
import { Limits } from '../../service/managed-instances-limits';
import { parseRuntime } from '../../service/runtimes';
import { vCpusOf } from '../../sizing/environment';
import { LiveVersion, ScheduledCounts } from '../../sizing/fleet-demand';
import { FleetBounds, HostType } from '../../sizing/fleet-need';
import { overTime } from '../../sizing/fleet-week';
import { environmentCountFacts, functionFacts } from '../function/function-facts';

/** The facts about a capacity provider and all its functions that rules need. */
export interface FleetFacts extends CapacityFacts {
  /** The addresses that instances can have in each subnet. */
  readonly subnetAddresses: Fact<number>[];
  /** The types that the fleet may run on, read from the catalogue on demand. */
  readonly types: Fact<CandidateTypes>;
  /** Computes the need of the fleet. */
  capacity(limits: Limits): Capacity;
}

const DEFAULT_MEMORY = EXECUTION_ENVIRONMENT_DEFAULTS.memorySize;

/** The facts about a fleet besides its provider and functions. */
export interface FleetSurroundings extends Pick<FleetBounds, 'zones'> {
  /** Whether the provider is created elsewhere, so that a missing property is unknown rather than AWS's default. */
  readonly elsewhere?: boolean;
  readonly subnetAddresses?: Fact<number>[];
}

/** A function on a capacity provider, with its numbered versions. */
export interface FunctionOfFleet {
  readonly function: ResourceView;
  readonly numberedVersions: ResourceView[];
  /** The schedules that change the environments of its versions. */
  readonly schedules?: readonly ScalingSchedule[];
  /** The stack of the function. Functions of one stack are deployed at once. */
  readonly stack?: object;
}

/** Reads a fleet. */
export function fleetFacts(
  provider: PropertySource | undefined, architecture: Fact<string>, functions: FunctionOfFleet[], surroundings: FleetSurroundings = {},
): FleetFacts {
  const { elsewhere = false } = surroundings;
  const { busiest: versions, week, leftOut } = overTime(functions.flatMap(liveVersionsOf));
  const withGpu = versions.some(({ gpuMemory }) => gpuMemory !== undefined);
  const maxVCpuCount = provider?.number('capacityProviderScalingConfig', 'maxVCpuCount');
  const canTellTypes = provider !== undefined && !versions.some(({ hasUnknownGpu }) => hasUnknownGpu) && (!elsewhere || hasAllowList(provider));
  let types: Fact<CandidateTypes>;
  let hosts: Fact<readonly HostType[]>;
  let possibleHosts: Fact<readonly HostType[]>;
  let capacity: Capacity | undefined;
  const typesOnce = () => (types ??= canTellTypes ? candidateTypes(provider, architecture, withGpu) : UNKNOWN);
  return {
    versions,
    week,
    leftOut,
    maxVCpuCount: elsewhere && maxVCpuCount === undefined ? UNKNOWN : maxVCpuCount,
    get zones() { return surroundings.zones; },
    get subnetAddresses() { return surroundings.subnetAddresses ?? []; },
    hasAllowList: provider !== undefined && hasAllowList(provider),
    get types() { return typesOnce(); },
    get possibleHosts() { return (possibleHosts ??= possibleHostsOf(canTellTypes && !withGpu ? possibleSizes(provider) : undefined, typesOnce)); },
    get hosts() { return (hosts ??= canTellTypes && !withGpu ? generalSizes(provider) ?? hostsOf(typesOnce()) : hostsOf(typesOnce())); },
    capacity(limits) {
      return (capacity ??= capacityOf(this, limits));
    },
  };
}

function hostsOf(types: Fact<CandidateTypes>): Fact<readonly HostType[]> {
  return mapFact<CandidateTypes, readonly HostType[]>(types, (candidates) => candidates.types);
}

/** Returns all types of an allow list if the catalogue contains each of them, or without a list, all sizes that Lambda offers. */
function possibleHostsOf(sizes: readonly HostType[] | undefined, typesOnce: () => Fact<CandidateTypes>): Fact<readonly HostType[]> {
  if (sizes) return sizes;
  const types = typesOnce();
  return isKnown(types) && types.restricted && types.unknown.length === 0 ? types.types : UNKNOWN;
}

/** Returns the versions of a function that keep environments: `$LATEST.PUBLISHED`, unless it isn't published, and each numbered version. */
export function liveVersionsOf({ function: fn, numberedVersions, stack, schedules = [] }: FunctionOfFleet): LiveVersion[] {
  const size = { ...sizeOf(fn.properties), stack };
  const published = fn.properties.boolean('publishToLatestPublished');
  const scheduled = (scaled: string | object) => (schedules.length === 0 ? undefined : { schedules: countsBySchedules(schedules, scaled) });
  const versions = numberedVersions.map((version) => (
    liveVersion(fn, size, nameOfVersion(version, fn), { ...countsOf(version.properties), ...scheduled(version.key) })
  ));
  if (published === false) return versions;
  const counts = published === UNKNOWN ? {} : { ...countsOf(fn.properties), ...scheduled(LATEST_PUBLISHED) };
  return [liveVersion(fn, size, LATEST_PUBLISHED, counts), ...versions];
}

/** Returns a version. Only plans need its concurrency, so it is computed on demand. */
function liveVersion(fn: ResourceView, size: SizeOfVersion, version: string, counts: CountsOfVersion): LiveVersion {
  return {
    functionName: fn.name,
    version,
    ...size,
    ...counts,
    get maxConcurrency() { return concurrencyOf(fn.properties, size.vCpus); },
  };
}

type SizeOfVersion = Pick<LiveVersion, 'memoryMiB' | 'vCpus' | 'assumesRatio' | 'gpuMemory' | 'hasUnknownGpu' | 'stack'>;

type CountsOfVersion = Pick<LiveVersion, 'minEnvironments' | 'maxEnvironments' | 'schedules'>;

function sizeOf(properties: PropertySource): SizeOfVersion {
  const memorySize = properties.number('memorySize');
  const memoryMiB = positive(memorySize === undefined ? properties.assumed(DEFAULT_MEMORY, `${DEFAULT_MEMORY} MB, since none is given`) : memorySize);
  const written = properties.number(...LMI, 'executionEnvironmentMemoryGiBPerVCpu');
  const ratio = written === undefined ? EXECUTION_ENVIRONMENT_DEFAULTS.memoryGiBPerVCpu : positive(written);
  const gpuMemory = properties.number('acceleratorConfig', 'acceleratorMemorySize');
  return {
    memoryMiB,
    vCpus: memoryMiB === undefined || ratio === undefined ? undefined : vCpusOf(memoryMiB, ratio),
    assumesRatio: written === undefined && memoryMiB !== undefined,
    gpuMemory: knownNumber(gpuMemory),
    hasUnknownGpu: gpuMemory === UNKNOWN,
  };
}

/** Returns the counts of a version, completed as Lambda does: `completeCounts` renders the same. */
function countsOf(properties: PropertySource): CountsOfVersion {
  const { minExecutionEnvironments: min, maxExecutionEnvironments: max } = environmentCountFacts(properties);
  const most = max === undefined ? Infinity : notNegative(max);
  return {
    minEnvironments: min === undefined ? Math.min(EXECUTION_ENVIRONMENT_DEFAULTS.minExecutionEnvironments, most ?? Infinity) : notNegative(min),
    maxEnvironments: most,
  };
}

/** Returns the concurrency that the function sets, or else the default of its runtime. */
function concurrencyOf(properties: PropertySource, vCpus: number | undefined): number | undefined {
  const { perExecutionEnvironmentMaxConcurrency: concurrency, runtime } = functionFacts(properties);
  if (concurrency !== undefined) return positive(concurrency);
  const perVCpu = isKnown(runtime) ? parseRuntime(runtime)?.family.concurrencyPerVCpu : undefined;
  return perVCpu !== undefined && vCpus !== undefined ? perVCpu * vCpus : undefined;
}

function countsBySchedules(schedules: readonly ScalingSchedule[], version: string | object): ScheduledCounts[] | undefined {
  const own = schedules.filter((schedule) => schedule.version === version);
  return own.length === 0 ? undefined : own.map(({ timing, minExecutionEnvironments: min, maxExecutionEnvironments: max }) => ({
    timing, min: notNegative(min), max: notNegative(max),
  }));
}

function knownNumber(fact: Fact<number>): number | undefined {
  return isKnown(fact) ? fact : undefined;
}

/** Returns a positive number. A number that makes no sense is reported by its own rule, and left out of computations. */
function positive(fact: Fact<number>): number | undefined {
  return isKnown(fact) && fact > 0 && fact < Infinity ? fact : undefined;
}

function notNegative(fact: Fact<number>): number | undefined {
  return isKnown(fact) && fact >= 0 && fact < Infinity ? fact : undefined;
}

/** Shortens the name of a version next to its function: `Orders/CurrentVersion` becomes `CurrentVersion`. */
function nameOfVersion(version: ResourceView, fn: ResourceView): string {
  return version.name.startsWith(`${fn.name}/`) ? version.name.slice(fn.name.length + 1) : version.name;
}
