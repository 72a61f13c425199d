/** The execution environment to begin with on managed instances. */
import { LoadFacts, rateOf } from '../planning/function-estimate';
import { settingsFor } from '../planning/load-sizing';
import { isKnown } from '../reading/fact';
import { FunctionFacts } from '../rules/function/function-facts';
import { EXECUTION_ENVIRONMENT_DEFAULTS } from '../service/execution-environments';
import { Limits } from '../service/managed-instances-limits';
import { parseRuntime } from '../service/runtimes';
import { vCpusOf } from '../sizing/environment';

/** What to set. */
export interface ProposedEnvironment {
  readonly memorySize: number;
  readonly executionEnvironmentMemoryGiBPerVCpu: number;
  readonly vCpus: number;
  /** Absent where the runtime isn't known. */
  readonly perExecutionEnvironmentMaxConcurrency?: number;
  readonly minExecutionEnvironments: number;
  /** Absent where no load says how far it grows. */
  readonly maxExecutionEnvironments?: number;
}

const { memoryGiBPerVCpu: RATIO, minExecutionEnvironments: LEAST_ENVIRONMENTS } = EXECUTION_ENVIRONMENT_DEFAULTS;
const MIB_PER_VCPU = RATIO * 1024;

/** As much memory as it has, in whole vCPUs; with the CPU time of its requests, what follows from that. */
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
