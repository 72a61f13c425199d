import { Duration, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SECONDS_PER_MONTH } from './cost-facts';
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
   * Whether even the maximum of environments holds fewer requests at once than come on average: the rest is throttled.
   */
  readonly throttled: boolean;
}

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html (read 2026-11-21) */
const STANDARD_MEMORY_MIN = 128;

/** A load with what it is a load of. What is absent isn't known. */
export interface ResolvedLoad {
  readonly requests?: number;
  /** Per request. */
  readonly seconds?: number;
  /** On standard Lambda. Absent also where it can't run there. */
  readonly memoryMiB?: number;
  readonly architecture: Fact<string>;
  readonly version?: LiveVersion;
  readonly estimate: FunctionEstimate;
}

/** Looks up what a load is of, and what it needs. */
export function resolveLoad({ function: fn, requestsPerMonth, meanDuration, standardMemorySize }: FunctionLoad, plan: PlanFigures): ResolvedLoad {
  const resource = cfnFunctionOf(fn)!;
  const functionName = nameOf(resource);
  const [version, ...others] = versionsOf(functionName, plan);
  const takesAll = others.length === 0 || version.version === LATEST_PUBLISHED;
  const requests = unlessToken(requestsPerMonth);
  const seconds = meanDuration.isUnresolved() ? undefined : secondsOf(meanDuration);
  const memoryMiB = standardMemorySize === undefined ? version.memoryMiB : unlessToken(standardMemorySize);
  const requestsPerSecond = times(requests, 1 / SECONDS_PER_MONTH);
  const averageConcurrency = times(requestsPerSecond, seconds);
  return {
    requests,
    seconds,
    memoryMiB: runsOnStandardLambda(version, memoryMiB, seconds, plan._details.context.limits) ? memoryMiB : undefined,
    architecture: functionArchitecture(new ConstructProperties(resource)),
    version,
    estimate: { functionName, requestsPerSecond, averageConcurrency, ...environmentsFor(averageConcurrency, takesAll ? version : undefined) },
  };
}

/** Standard Lambda has no GPUs, nor functions that are as large, or run as long, as those of managed instances may. */
function runsOnStandardLambda(
  { gpuMemory, hasUnknownGpu = false }: LiveVersion, memoryMiB = 0, seconds = 0, { standardMemoryMax, synchronousTimeoutMax }: Limits,
): boolean {
  return gpuMemory === undefined && !hasUnknownGpu && memoryMiB <= standardMemoryMax && seconds <= synchronousTimeoutMax;
}

/** As many as hold the requests, if there may be so many. */
function environmentsFor(concurrency: number | undefined, version?: LiveVersion): Pick<FunctionEstimate, 'executionEnvironments' | 'throttled'> {
  const { maxConcurrency, minEnvironments, maxEnvironments, vCpus } = version ?? {};
  if ([concurrency, maxConcurrency, minEnvironments, vCpus].includes(undefined)) return { throttled: false };
  const needed = Math.ceil(concurrency! / maxConcurrency!);
  if (maxEnvironments === undefined && needed > minEnvironments!) return { throttled: false };
  const most = Math.max(minEnvironments!, maxEnvironments ?? Infinity);
  return { executionEnvironments: Math.min(Math.max(needed, minEnvironments!), most), throttled: needed > most };
}

/** Requests without a qualifier go to the first, `$LATEST.PUBLISHED`. Where it isn't published, nobody knows to which numbered one. */
function versionsOf(functionName: string, { _details: { facts: { versions } } }: PlanFigures): LiveVersion[] {
  return versions.filter((version) => version.functionName === functionName);
}

/** What can't be meant. */
export function loadProblems(
  { function: fn, requestsPerMonth, meanDuration, standardMemorySize }: FunctionLoad, plan: PlanFigures, before: FunctionLoad[],
): Problem[] {
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
