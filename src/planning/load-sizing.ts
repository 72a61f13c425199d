/** Computes how many environments a load needs, by concurrency and by CPU, and suggests settings. */
import { MEMORY_GIB_PER_VCPU } from '../service/execution-environments';
import { Limits } from '../service/managed-instances-limits';
import { vCpusOf } from '../sizing/environment';
import { LiveVersion } from '../sizing/fleet-demand';

/**
 * The suggested settings for a load.
 */
export interface SuggestedSettings {
  /**
   * The suggested `perExecutionEnvironmentMaxConcurrency`: vCPUs × duration ÷ CPU time. More requests at once would only wait for the
   * CPU.
   */
  readonly maxConcurrency: number;

  /**
   * The suggested `minExecutionEnvironments`: as many as the load needs on average, but at least three.
   */
  readonly minExecutionEnvironments: number;

  /**
   * The suggested `maxExecutionEnvironments`: as many as the load needs at its peak.
   */
  readonly maxExecutionEnvironments: number;

  /**
   * The suggested `executionEnvironmentMemoryGiBPerVCpu`: the largest ratio, and so the fewest vCPUs, with which the load needs no more environments.
   */
  readonly memoryGiBPerVCpu: number;
}

/** A load per second. Only its CPU time may be unknown. */
export interface LoadRate {
  readonly requestsPerSecond: number;
  readonly seconds: number;
  readonly cpuSeconds?: number;
  readonly peakToMean: number;
}

/** A load whose CPU time is known. */
interface ComputingRate extends LoadRate {
  readonly cpuSeconds: number;
}

/** The environments that a load needs, by concurrency and by CPU. */
export interface LoadNeed {
  readonly byConcurrency: number;
  /**
   * The environments for the CPU time of the requests. If the CPU time isn't given, the number that requests would need if they computed all the
   * time.
   */
  readonly byCpu: number;
}

/**
 * Returns the share of their vCPUs that environments may keep busy on average, so that the scaler has time to follow.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html (read 2026-11-20)
 */
export function busyShare({ scalingTargetHeadroomMax }: Limits): number {
  return scalingTargetHeadroomMax / 100;
}

/** Lambda's own minimum, one in each zone. */
const LEAST_ENVIRONMENTS = 3;

/** Returns the environments that a load needs, by concurrency and by CPU. */
export function needOfLoad(
  { requestsPerSecond, seconds, cpuSeconds = seconds }: LoadRate, vCpus: number, maxConcurrency: number, limits: Limits,
): LoadNeed {
  return {
    byConcurrency: ceiling(requestsPerSecond * seconds / maxConcurrency),
    byCpu: ceiling(requestsPerSecond * cpuSeconds / (vCpus * busyShare(limits))),
  };
}

/** Suggests settings for a load whose CPU time is known. */
export function settingsFor(load: ComputingRate, { memoryMiB, vCpus }: LiveVersion, limits: Limits): SuggestedSettings | undefined {
  if (memoryMiB === undefined || vCpus === undefined) return undefined;
  const atPeak = { ...load, requestsPerSecond: load.requestsPerSecond * load.peakToMean };
  const [memoryGiBPerVCpu] = [...MEMORY_GIB_PER_VCPU].reverse().filter((ratio) => {
    const ofRatio = vCpusOf(memoryMiB, ratio);
    return ratio === Math.min(...MEMORY_GIB_PER_VCPU) || (ofRatio >= 1 && environmentsOf(load, ofRatio, limits) <= LEAST_ENVIRONMENTS);
  });
  const suggested = vCpusOf(memoryMiB, memoryGiBPerVCpu);
  const minExecutionEnvironments = Math.max(LEAST_ENVIRONMENTS, environmentsOf(load, suggested, limits));
  return {
    maxConcurrency: concurrencyFor(load, suggested, limits),
    minExecutionEnvironments,
    maxExecutionEnvironments: Math.max(minExecutionEnvironments, environmentsOf(atPeak, suggested, limits)),
    memoryGiBPerVCpu,
  };
}

function environmentsOf(load: ComputingRate, vCpus: number, limits: Limits): number {
  const { byConcurrency, byCpu } = needOfLoad(load, vCpus, concurrencyFor(load, vCpus, limits), limits);
  return Math.max(byConcurrency, byCpu);
}

/** Computes the useful concurrency. AWS's calculator uses 100 ÷ CPU % for each vCPU. */
function concurrencyFor({ seconds, cpuSeconds }: ComputingRate, vCpus: number, { concurrencyPerVCpuMax }: Limits): number {
  return Math.max(1, Math.min(Math.floor(vCpus * seconds / cpuSeconds + ROUNDING), Math.floor(concurrencyPerVCpuMax * vCpus)));
}

/** The error of binary fractions, which must not turn 30 ÷ (1 × 0.8) into 38 when it is rounded up. */
const ROUNDING = 1e-9;

function ceiling(value: number): number {
  return Math.ceil(value - ROUNDING);
}
