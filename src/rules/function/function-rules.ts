import { ENVIRONMENT_RULES } from './environment-rules';
import { FEATURE_RULES } from './feature-rules';
import { ManagedFunctionFacts } from './function-facts';
import { Rule } from '../rule';
import { RUNTIME_RULES } from './runtime-rules';
import { SCALING_RULES } from './scaling-rules';

/** Each rule about one function on a capacity provider. */
export const FUNCTION_RULES: Rule<ManagedFunctionFacts>[] = [
  ...ENVIRONMENT_RULES,
  ...RUNTIME_RULES,
  ...FEATURE_RULES,
  ...SCALING_RULES,
];
