/** What the load of each function needs. */
import { SECONDS_PER_MONTH } from './cost-facts';
import { LoadRate, needOfLoad, settingsFor, SuggestedSettings } from './load-sizing';
import { PlanFigures } from './plan-figures';
import { times } from './unknown-numbers';
import { Fact, isKnown, UNKNOWN } from '../reading/fact';
import { Limits } from '../service/managed-instances-limits';
import { Problem } from '../service/problem';
import { LATEST_PUBLISHED, LiveVersion } from '../sizing/fleet-demand';

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

/** How much one function is used, as far as it is known before deployment. */
export interface LoadFacts {
  /** As in the plan. */
  readonly functionName: string;
  readonly architecture: Fact<string>;
  readonly requestsPerMonth: Fact<number>;
  readonly meanSeconds: Fact<number>;
  readonly meanCpuSeconds?: Fact<number>;
  readonly peakToMean?: Fact<number>;
  /** MB on standard Lambda; that of the function where it is left out. */
  readonly standardMemorySize?: Fact<number>;
}

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
export function resolveLoad(load: LoadFacts, plan: PlanFigures): ResolvedLoad {
  const { functionName, architecture, meanCpuSeconds: cpuSeconds, standardMemorySize } = load;
  const { limits } = plan._details.context;
  const [version, ...others] = versionsOf(functionName, plan);
  const takesAll = others.length === 0 || version.version === LATEST_PUBLISHED;
  const requests = valueOf(load.requestsPerMonth);
  const seconds = valueOf(load.meanSeconds);
  const memoryMiB = standardMemorySize === undefined ? version.memoryMiB : valueOf(standardMemorySize);
  const requestsPerSecond = times(requests, 1 / SECONDS_PER_MONTH);
  const averageConcurrency = times(requestsPerSecond, seconds);
  const rate = requestsPerSecond === undefined || seconds === undefined || cpuSeconds === UNKNOWN ? undefined : {
    requestsPerSecond, seconds, cpuSeconds, peakToMean: valueOf(load.peakToMean) ?? PEAK_TO_MEAN,
  };
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

function valueOf(fact: Fact<number>): number | undefined {
  return isKnown(fact) ? fact : undefined;
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

/** What can't be computed with, in any of the loads. */
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
      property: 'function', allowed: 'must be attached to this fleet and publish a version', found: functionName, remedy: 'give the load of an attached function',
    }],
    ...isHere && before.some((other) => other.functionName === functionName) ? [{
      property: 'function', allowed: 'must have one load', found: `another one of ${functionName}`, remedy: 'add up the requests, with the mean duration of all',
    }] : [],
    ...isWrong(requestsPerMonth, 0) ? [{
      property: 'requestsPerMonth', allowed: 'must be a number of at least 0', found: valueOf(requestsPerMonth)!, remedy: 'give the requests of one month',
    }] : [],
    ...isTime(meanSeconds) ? [] : [{
      property: 'meanDuration', allowed: 'must be longer than 0', found: inMilliseconds(meanSeconds), remedy: 'give the mean duration of a request',
    }],
    ...isTime(meanCpuSeconds) ? [] : [{
      property: 'meanCpuTime', allowed: 'must be longer than 0', found: inMilliseconds(meanCpuSeconds), remedy: 'give the CPU time of a request, or leave it out',
    }],
    ...isWrong(peakToMean, 1) ? [{
      property: 'peakToMean', allowed: 'must be a number of at least 1', found: valueOf(peakToMean)!, remedy: 'divide the requests per second at the peak by those on average',
    }] : [],
    ...isWrong(standardMemorySize, STANDARD_MEMORY_MIN, standardMemoryMax) ? [{
      property: 'standardMemorySize',
      allowed: `must be ${STANDARD_MEMORY_MIN} to ${standardMemoryMax} MB, the memory that a function can have on standard Lambda`,
      found: valueOf(standardMemorySize)!,
      remedy: 'give the memory for the comparison, or leave it out',
    }] : [],
  ];
}

function inMilliseconds(seconds: Fact<number>): string {
  return `${valueOf(seconds)! * 1000} ms`;
}
