/** Proposes the execution environment to start with on managed instances. */
import { LoadFacts, rateOf } from '../planning/function-estimate';
import { settingsFor } from '../planning/load-sizing';
import { isKnown } from '../reading/fact';
import { FunctionFacts } from '../rules/function/function-facts';
import { EXECUTION_ENVIRONMENT_DEFAULTS } from '../service/execution-environments';
import { Limits } from '../service/managed-instances-limits';
import { parseRuntime } from '../service/runtimes';
import { vCpusOf } from '../sizing/environment';

/** The properties to set on the successor of a function. */
export interface ProposedEnvironment {
  readonly memorySize: number;
  readonly executionEnvironmentMemoryGiBPerVCpu: number;
  readonly vCpus: number;
  /** Absent if the runtime isn't known. */
  readonly perExecutionEnvironmentMaxConcurrency?: number;
  readonly minExecutionEnvironments: number;
  /** Absent if the CPU time of requests isn't given. */
  readonly maxExecutionEnvironments?: number;
}

const { memoryGiBPerVCpu: RATIO, minExecutionEnvironments: LEAST_ENVIRONMENTS } = EXECUTION_ENVIRONMENT_DEFAULTS;
const MIB_PER_VCPU = RATIO * 1024;

/**
 * Proposes the memory that the function has today, rounded up to whole vCPUs. If the CPU time of its requests is given, proposes the settings for
 * that load.
 */
export function proposedEnvironment({ memorySize: has, runtime }: FunctionFacts, load: LoadFacts | undefined, limits: Limits): ProposedEnvironment {
  const wanted = Math.ceil((isKnown(has) ? has : 0) / MIB_PER_VCPU) * MIB_PER_VCPU;
  const memorySize = Math.min(Math.max(wanted, limits.functionMemoryMin), limits.functionMemoryMax);
  const perVCpu = isKnown(runtime) ? parseRuntime(runtime)?.family.concurrencyPerVCpu : undefined;
  const rate = load && rateOf(load);
  const vCpus = vCpusOf(memorySize, RATIO);
  if (rate?.cpuSeconds !== undefined) {
    const settings = settingsFor({ ...rate, cpuSeconds: rate.cpuSeconds }, { functionName: '', version: '', memoryMiB: memorySize, vCpus }, limits)!;
    return {
      memorySize,
      executionEnvironmentMemoryGiBPerVCpu: settings.memoryGiBPerVCpu,
      vCpus: vCpusOf(memorySize, settings.memoryGiBPerVCpu),
      perExecutionEnvironmentMaxConcurrency: settings.maxConcurrency,
      minExecutionEnvironments: settings.minExecutionEnvironments,
      maxExecutionEnvironments: settings.maxExecutionEnvironments,
    };
  }
  return {
    memorySize,
    executionEnvironmentMemoryGiBPerVCpu: RATIO,
    vCpus,
    perExecutionEnvironmentMaxConcurrency: perVCpu && perVCpu * vCpus,
    minExecutionEnvironments: LEAST_ENVIRONMENTS,
  };
}
