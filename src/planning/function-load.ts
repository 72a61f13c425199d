import { Duration, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SECONDS_PER_MONTH } from './cost-facts';
import { LoadRate, needOfLoad, settingsFor, SuggestedSettings } from './load-sizing';
import { PlanFigures } from './plan-details';
import { times, unlessToken } from './unknown-numbers';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { nameOf } from '../reading/constructs/construct-views';
import { cfnFunctionOf } from '../reading/constructs/resource-behind';
import { Fact } from '../reading/fact';
import { functionArchitecture } from '../reading/lambda-references';
import { Limits } from '../service/managed-instances-limits';
import { Problem } from '../service/problem';
import { LATEST_PUBLISHED, LiveVersion } from '../sizing/fleet-demand';

/**
 * How much one function is used.
 */
export interface FunctionLoad {
  /**
   * A function on the fleet.
   */
  readonly function: lambda.IFunctionRef;

  /**
   * Requests per month, as evenly spread as they come: an estimate of averages says nothing about peaks.
   */
  readonly requestsPerMonth: number;

  /**
   * How long one request takes on average.
   */
  readonly meanDuration: Duration;

  /**
   * How much CPU time one request takes on average. Environments are needed for the requests at once and for their CPU time, whichever
   * needs more.
   *
   * @default - requests are taken to wait mostly, so that only their number at once counts; the estimate says what it would be otherwise
   */
  readonly meanCpuTime?: Duration;

  /**
   * How much more requests come at the peak than on average, for the maximum of environments and the `maxVCpuCount` that the estimate suggests.
   *
   * @default 2, which Lambda absorbs within five minutes
   */
  readonly peakToMean?: number;

  /**
   * The memory in MB that the function would have on standard Lambda, where each request has an environment of its own: 128 to 10240.
   *
   * @default - that of the function on this fleet
   */
  readonly standardMemorySize?: number;
}

/**
 * What the load of a function needs.
 */
export interface FunctionEstimate {
  /**
   * The path of the function's construct.
   */
  readonly functionName: string;

  /**
   * Requests per second on average.
   *
   * @default - the load is a token
   */
  readonly requestsPerSecond?: number;

  /**
   * Requests at once on average: their rate times their duration (Little's law).
   *
   * @default - the load is a token
   */
  readonly averageConcurrency?: number;

  /**
   * Execution environments that hold them, between minimum and maximum: those of `$LATEST.PUBLISHED`, or of the only numbered version
   * where that isn't published.
   *
   * @default - the size, the concurrency or the bounds of the function aren't known, or which one of several numbered versions takes them
   */
  readonly executionEnvironments?: number;

  /**
   * Environments that hold the requests at once, of which each takes `perExecutionEnvironmentMaxConcurrency`.
   *
   * @default - unknown
   */
  readonly environmentsByConcurrency?: number;

  /**
   * Environments whose vCPUs do the work of the requests and are busy for 80 % at most. Where the load has no `meanCpuTime`, those for
   * requests that compute all the time; the estimate doesn't count them then.
   *
   * @default - unknown
   */
  readonly environmentsByCpu?: number;

  /**
   * What `executionEnvironments` follows from, as a code: `Concurrency`, `Cpu`, `Minimum` or `Maximum`.
   *
   * @default - unknown
   */
  readonly boundBy?: string;

  /**
   * What to set for this load.
   *
   * @default - unknown, as is the load without `meanCpuTime`
   */
  readonly suggested?: SuggestedSettings;

  /**
   * Whether even the maximum of environments has too little for the load on average: the rest is throttled.
   */
  readonly throttled: boolean;
}

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html (read 2026-11-21) */
const STANDARD_MEMORY_MIN = 128;

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html (read 2026-11-20) */
const PEAK_TO_MEAN = 2;

/** A load with what it is a load of. What is absent isn't known. */
export interface ResolvedLoad {
  readonly requests?: number;
  /** Per request. */
  readonly seconds?: number;
  /** On standard Lambda. Absent also where it can't run there. */
  readonly memoryMiB?: number;
  readonly architecture: Fact<string>;
  readonly version?: LiveVersion;
  /** Absent where some of it is known at deployment only. */
  readonly rate?: LoadRate;
  readonly estimate: FunctionEstimate;
}

/** Looks up what a load is of, and what it needs. */
export function resolveLoad(load: FunctionLoad, plan: PlanFigures): ResolvedLoad {
  const { function: fn, requestsPerMonth, meanDuration, meanCpuTime, peakToMean, standardMemorySize } = load;
  const { limits } = plan._details.context;
  const resource = cfnFunctionOf(fn)!;
  const functionName = nameOf(resource);
  const [version, ...others] = versionsOf(functionName, plan);
  const takesAll = others.length === 0 || version.version === LATEST_PUBLISHED;
  const requests = unlessToken(requestsPerMonth);
  const seconds = meanDuration.isUnresolved() ? undefined : secondsOf(meanDuration);
  const memoryMiB = standardMemorySize === undefined ? version.memoryMiB : unlessToken(standardMemorySize);
  const requestsPerSecond = times(requests, 1 / SECONDS_PER_MONTH);
  const averageConcurrency = times(requestsPerSecond, seconds);
  const rate = requestsPerSecond === undefined || seconds === undefined || meanCpuTime?.isUnresolved() ? undefined : {
    requestsPerSecond, seconds, cpuSeconds: meanCpuTime && secondsOf(meanCpuTime), peakToMean: unlessToken(peakToMean) ?? PEAK_TO_MEAN,
  };
  return {
    requests,
    seconds,
    memoryMiB: runsOnStandardLambda(version, memoryMiB, seconds, limits) ? memoryMiB : undefined,
    architecture: functionArchitecture(new ConstructProperties(resource)),
    version,
    estimate: { functionName, requestsPerSecond, averageConcurrency, ...environmentsFor(rate, takesAll ? version : undefined, limits) },
    rate,
  };
}

/** Standard Lambda has no GPUs, nor functions that are as large, or run as long, as those of managed instances may. */
function runsOnStandardLambda(
  { gpuMemory, hasUnknownGpu = false }: LiveVersion, memoryMiB = 0, seconds = 0, { standardMemoryMax, synchronousTimeoutMax }: Limits,
): boolean {
  return gpuMemory === undefined && !hasUnknownGpu && memoryMiB <= standardMemoryMax && seconds <= synchronousTimeoutMax;
}

type EnvironmentsOfLoad = Omit<FunctionEstimate, 'functionName' | 'requestsPerSecond' | 'averageConcurrency'>;

/** As many as hold the requests and compute them, if there may be so many. */
function environmentsFor(rate: LoadRate | undefined, version: LiveVersion | undefined, limits: Limits): EnvironmentsOfLoad {
  const { maxConcurrency, minEnvironments, maxEnvironments, vCpus } = version ?? {};
  if (!rate || maxConcurrency === undefined || minEnvironments === undefined || vCpus === undefined) return { throttled: false };
  const { byConcurrency, byCpu } = needOfLoad(rate, vCpus, maxConcurrency, limits);
  const { cpuSeconds } = rate;
  const needed = cpuSeconds === undefined ? byConcurrency : Math.max(byConcurrency, byCpu);
  const known = {
    environmentsByConcurrency: byConcurrency,
    environmentsByCpu: byCpu,
    suggested: cpuSeconds === undefined ? undefined : settingsFor({ ...rate, cpuSeconds }, version!, limits),
  };
  if (maxEnvironments === undefined && needed > minEnvironments) return { ...known, throttled: false };
  const most = Math.max(minEnvironments, maxEnvironments ?? Infinity);
  const bound = needed === byConcurrency ? 'Concurrency' : 'Cpu';
  const boundBy = needed > most ? 'Maximum' : (needed <= minEnvironments ? 'Minimum' : bound);
  return { ...known, executionEnvironments: Math.min(Math.max(needed, minEnvironments), most), boundBy, throttled: needed > most };
}

/** Requests without a qualifier go to the first, `$LATEST.PUBLISHED`. Where it isn't published, nobody knows to which numbered one. */
function versionsOf(functionName: string, { _details: { facts: { versions } } }: PlanFigures): LiveVersion[] {
  return versions.filter((version) => version.functionName === functionName);
}

/** What can't be meant. */
export function loadProblems(
  load: FunctionLoad, plan: PlanFigures, before: FunctionLoad[],
): Problem[] {
  const { function: fn, requestsPerMonth, meanDuration, meanCpuTime, peakToMean, standardMemorySize } = load;
  const resource = cfnFunctionOf(fn);
  const { standardMemoryMax } = plan._details.context.limits;
  const isHere = resource !== undefined && versionsOf(nameOf(resource), plan).length > 0;
  const wrongNumber = (value: number | undefined, least: number, most: number) => (
    value !== undefined && !Token.isUnresolved(value) && !(value >= least && value <= most && Number.isFinite(value))
  );
  return [
    ...isHere ? [] : [{
      property: 'function', allowed: 'must be attached to this fleet and publish a version', found: fn.node.path, remedy: 'give the load of an attached function',
    }],
    ...isHere && before.some((other) => cfnFunctionOf(other.function) === resource) ? [{
      property: 'function', allowed: 'must have one load', found: `another one of ${fn.node.path}`, remedy: 'add up the requests, with the mean duration of all',
    }] : [],
    ...wrongNumber(requestsPerMonth, 0, Infinity) ? [{
      property: 'requestsPerMonth', allowed: 'must be a number of at least 0', found: requestsPerMonth, remedy: 'give the requests of one month',
    }] : [],
    ...meanDuration.isUnresolved() || secondsOf(meanDuration) > 0 ? [] : [{
      property: 'meanDuration', allowed: 'must be longer than 0', found: meanDuration.toString(), remedy: 'give the mean duration of a request',
    }],
    ...meanCpuTime === undefined || meanCpuTime.isUnresolved() || secondsOf(meanCpuTime) > 0 ? [] : [{
      property: 'meanCpuTime', allowed: 'must be longer than 0', found: meanCpuTime.toString(), remedy: 'give the CPU time of a request, or leave it out',
    }],
    ...wrongNumber(peakToMean, 1, Infinity) ? [{
      property: 'peakToMean', allowed: 'must be a number of at least 1', found: peakToMean!, remedy: 'divide the requests per second at the peak by those on average',
    }] : [],
    ...wrongNumber(standardMemorySize, STANDARD_MEMORY_MIN, standardMemoryMax) ? [{
      property: 'standardMemorySize',
      allowed: `must be ${STANDARD_MEMORY_MIN} to ${standardMemoryMax} MB, the memory that a function can have on standard Lambda`,
      found: standardMemorySize!,
      remedy: 'give the memory for the comparison, or leave it out',
    }] : [],
  ];
}

function secondsOf(duration: Duration): number {
  return duration.toMilliseconds({ integral: false }) / 1000;
}
