/** Estimates what the load of each function needs. */
import { SECONDS_PER_MONTH } from './cost-facts';
import { LoadRate, needOfLoad, settingsFor, SuggestedSettings } from './load-sizing';
import { PlanFigures } from './plan-figures';
import { times } from './unknown-numbers';
import { Fact, isKnown, UNKNOWN } from '../reading/fact';
import { LATEST_PUBLISHED } from '../service/execution-environments';
import { Limits } from '../service/managed-instances-limits';
import { Problem } from '../service/problem';
import { LiveVersion } from '../sizing/fleet-demand';

/**
 * The environments and settings that the load of a function needs.
 */
export interface FunctionEstimate {
  /**
   * The path of the function's construct.
   */
  readonly functionName: string;

  /**
   * The average number of requests per second.
   *
   * @default - the load is a token
   */
  readonly requestsPerSecond?: number;

  /**
   * The average number of requests at once: the requests per second times their duration (Little's law).
   *
   * @default - the load is a token
   */
  readonly averageConcurrency?: number;

  /**
   * The execution environments for the load, between minimum and maximum. They belong to `$LATEST.PUBLISHED`, or to the only numbered version if
   * `$LATEST.PUBLISHED` isn't published.
   *
   * @default - the size, the concurrency or the bounds of the function aren't known, or it isn't known which of several numbered versions takes the
   * requests
   */
  readonly executionEnvironments?: number;

  /**
   * The environments that are needed for the requests at once, with `perExecutionEnvironmentMaxConcurrency` requests in each.
   *
   * @default - unknown
   */
  readonly environmentsByConcurrency?: number;

  /**
   * The environments that are needed for the CPU time of the requests, with vCPUs that are at most 80 % busy. If the load has no `meanCpuTime`, this
   * number assumes requests that compute all the time, and the estimate doesn't use it.
   *
   * @default - unknown
   */
  readonly environmentsByCpu?: number;

  /**
   * The limit that determines `executionEnvironments`, as a code: `Concurrency`, `Cpu`, `Minimum` or `Maximum`.
   *
   * @default - unknown
   */
  readonly boundBy?: string;

  /**
   * The settings that are suggested for this load.
   *
   * @default - none, since the load has no `meanCpuTime`
   */
  readonly suggested?: SuggestedSettings;

  /**
   * Whether even the maximum number of environments is too small for the average load. Requests beyond that are throttled.
   */
  readonly throttled: boolean;
}

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html (read 2026-11-21) */
const STANDARD_MEMORY_MIN = 128;

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html (read 2026-11-20) */
const PEAK_TO_MEAN = 2;

/** The load of one function, as far as it is known before deployment. */
export interface LoadFacts {
  /** The name of the function, as in the plan. */
  readonly functionName: string;
  readonly architecture: Fact<string>;
  readonly requestsPerMonth: Fact<number>;
  readonly meanSeconds: Fact<number>;
  readonly meanCpuSeconds?: Fact<number>;
  readonly peakToMean?: Fact<number>;
  /** The memory on standard Lambda, in MB. The function's own memory if undefined. */
  readonly standardMemorySize?: Fact<number>;
}

/** A load with its version and its estimate. Absent values aren't known. */
export interface ResolvedLoad {
  readonly requests?: number;
  /** The duration of a request. */
  readonly seconds?: number;
  /** The memory on standard Lambda. Absent if it isn't known, or if the function can't run there. */
  readonly memoryMiB?: number;
  readonly architecture: Fact<string>;
  readonly version?: LiveVersion;
  /** The load per second. Absent if a part of it is known only at deployment. */
  readonly rate?: LoadRate;
  readonly estimate: FunctionEstimate;
}

/** Looks up the version that a load belongs to, and estimates what it needs. */
export function resolveLoad(load: LoadFacts, plan: PlanFigures): ResolvedLoad {
  const { functionName, architecture, standardMemorySize } = load;
  const { limits } = plan._details.context;
  const [version, ...others] = versionsOf(functionName, plan);
  const takesAll = others.length === 0 || version.version === LATEST_PUBLISHED;
  const requests = valueOf(load.requestsPerMonth);
  const seconds = valueOf(load.meanSeconds);
  const memoryMiB = standardMemorySize === undefined ? version.memoryMiB : valueOf(standardMemorySize);
  const requestsPerSecond = times(requests, 1 / SECONDS_PER_MONTH);
  const averageConcurrency = times(requestsPerSecond, seconds);
  const rate = rateOf(load);
  return {
    requests,
    seconds,
    memoryMiB: runsOnStandardLambda(version, memoryMiB, seconds, limits) ? memoryMiB : undefined,
    architecture,
    version,
    estimate: { functionName, requestsPerSecond, averageConcurrency, ...environmentsFor(rate, takesAll ? version : undefined, limits) },
    rate,
  };
}

/** Returns a load per second. Undefined if a part of it is known only at deployment. */
export function rateOf({ requestsPerMonth, meanSeconds, meanCpuSeconds: cpuSeconds, peakToMean }: LoadFacts): LoadRate | undefined {
  const requestsPerSecond = times(valueOf(requestsPerMonth), 1 / SECONDS_PER_MONTH);
  const seconds = valueOf(meanSeconds);
  if (requestsPerSecond === undefined || seconds === undefined || cpuSeconds === UNKNOWN) return undefined;
  return { requestsPerSecond, seconds, cpuSeconds, peakToMean: valueOf(peakToMean) ?? PEAK_TO_MEAN };
}

function valueOf(fact: Fact<number>): number | undefined {
  return isKnown(fact) ? fact : undefined;
}

/** Whether a function can run on standard Lambda, which has no GPUs and allows less memory and shorter timeouts. */
function runsOnStandardLambda(
  { gpuMemory, hasUnknownGpu = false }: LiveVersion, memoryMiB = 0, seconds = 0, { standardMemoryMax, synchronousTimeoutMax }: Limits,
): boolean {
  return gpuMemory === undefined && !hasUnknownGpu && memoryMiB <= standardMemoryMax && seconds <= synchronousTimeoutMax;
}

type EnvironmentsOfLoad = Omit<FunctionEstimate, 'functionName' | 'requestsPerSecond' | 'averageConcurrency'>;

/** Returns the environments that a load needs for its requests and their CPU time, within the bounds of the version. */
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

/** Returns the versions of a function. Requests without a qualifier go to the first, `$LATEST.PUBLISHED`. If that isn't published, it isn't known which numbered version gets them. */
function versionsOf(functionName: string, { _details: { facts: { versions } } }: PlanFigures): LiveVersion[] {
  return versions.filter((version) => version.functionName === functionName);
}

/** Lists the mistakes in all loads. */
export function loadProblems(loads: LoadFacts[], plan: PlanFigures): Problem[] {
  return loads.flatMap((load, at) => problemsOf(load, plan, loads.slice(0, at)));
}

function problemsOf(load: LoadFacts, plan: PlanFigures, before: LoadFacts[]): Problem[] {
  const { functionName, requestsPerMonth, meanSeconds, meanCpuSeconds, peakToMean, standardMemorySize } = load;
  const { standardMemoryMax } = plan._details.context.limits;
  const isHere = versionsOf(functionName, plan).length > 0;
  const isWrong = (value: Fact<number>, least: number, most: number = Infinity) => (
    isKnown(value) && !(value >= least && value <= most && Number.isFinite(value))
  );
  const isTime = (seconds: Fact<number>) => !isKnown(seconds) || seconds > 0;
  return [
    ...isHere ? [] : [{
      property: 'function', allowed: 'must be attached to this fleet and publish a version', found: functionName, remedy: 'estimate the load of attached functions only',
    }],
    ...isHere && before.some((other) => other.functionName === functionName) ? [{
      property: 'function', verb: 'names', allowed: 'each function can have only one load', found: `${functionName} twice`, remedy: 'add up the requests, and use the mean duration of all',
    }] : [],
    ...isWrong(requestsPerMonth, 0) ? [{
      property: 'requestsPerMonth', allowed: 'must be a number of at least 0', found: valueOf(requestsPerMonth)!, remedy: 'use the number of requests of one month',
    }] : [],
    ...isTime(meanSeconds) ? [] : [{
      property: 'meanDuration', allowed: 'must be longer than 0', found: inMilliseconds(meanSeconds), remedy: 'use the mean duration of a request',
    }],
    ...isTime(meanCpuSeconds) ? [] : [{
      property: 'meanCpuTime', allowed: 'must be longer than 0', found: inMilliseconds(meanCpuSeconds), remedy: 'use the CPU time of a request, or leave it out',
    }],
    ...isWrong(peakToMean, 1) ? [{
      property: 'peakToMean', allowed: 'must be a number of at least 1', found: valueOf(peakToMean)!, remedy: 'divide the requests per second at the peak by the average requests per second',
    }] : [],
    ...isWrong(standardMemorySize, STANDARD_MEMORY_MIN, standardMemoryMax) ? [{
      property: 'standardMemorySize',
      allowed: `functions on standard Lambda have ${STANDARD_MEMORY_MIN} to ${standardMemoryMax} MB`,
      found: valueOf(standardMemorySize)!,
      remedy: 'choose the memory to compare with, or leave it out',
    }] : [],
  ];
}

function inMilliseconds(seconds: Fact<number>): string {
  return `${valueOf(seconds)! * 1000} ms`;
}
