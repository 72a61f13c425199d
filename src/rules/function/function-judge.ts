/** The only place that knows which rules apply to a function. */
import { ENVIRONMENT_RULES } from './environment-rules';
import { FEATURE_RULES } from './feature-rules';
import { ManagedFunctionFacts, StandardFunctionFacts } from './function-facts';
import { GpuFacts } from './gpu-facts';
import { GPU_RULES } from './gpu-rules';
import { PublishedFacts, PUBLISHED_RULES } from './published-for-nobody';
import { RUNTIME_RULES } from './runtime-rules';
import { SCALING_RULES } from './scaling-rules';
import { STANDARD_FUNCTION_RULES } from './standard-function-rules';
import { ALWAYS, Judge } from '../judge';
import { Moment } from '../rule';

/** The facts about a function. */
export interface FunctionCase {
  /** The facts of a function on a capacity provider. */
  readonly managed?: ManagedFunctionFacts;
  /** The facts of a function on no capacity provider. */
  readonly standard?: StandardFunctionFacts;
  /** The facts about GPUs, if the function or its provider has one. */
  readonly gpu?: GpuFacts;
  /** The callers, if the app shows them. */
  readonly published?: PublishedFacts;
}

export const FUNCTION_JUDGE = new Judge<FunctionCase>({
  managed: { moments: ALWAYS, rules: [...ENVIRONMENT_RULES, ...RUNTIME_RULES, ...FEATURE_RULES, ...SCALING_RULES] },
  gpu: { moments: ALWAYS, rules: GPU_RULES },
  // In code, a function may be attached later, and callers may be added later.
  standard: { moments: [Moment.TEMPLATE], rules: STANDARD_FUNCTION_RULES },
  published: { moments: [Moment.TEMPLATE], rules: PUBLISHED_RULES },
});
