import {
  ALARM_BASIS_RULES, ALARM_REQUEST_RULES, DEPLOYMENT_ALARM_RULES, NO_DATA_RULES, STACK_ROOM_RULES, THRESHOLD_RULES, THRESHOLD_USE_RULES,
} from './alarm-rules';
import { ATTACH_RULES } from './attach-rules';
import { BUDGET_RULES, COST_RULES, ESTIMATE_RULES } from './cost-rules';
import { FLEET_RULES } from './fleet-rules';
import { FUNCTION_RULES } from './function-rules';
import { GPU_RULES } from './gpu-rules';
import { REQUIREMENT_RULES } from './instance-rules';
import { METRIC_RULES, WATCHED_VERSION_RULES } from './monitoring-rules';
import { NETWORK_RULES } from './network-rules';
import { OPERATOR_ROLE_RULES } from './operator-role-rules';
import { PLACE_RULES } from './place-rules';
import { PROPS_RULES } from './props-rules';
import { PROVIDER_RULES } from './provider-rules';
import { ALIAS_RULES, EVENT_SOURCE_RULES, FUNCTION_URL_RULES, INVOCATION_RULES, VERSION_RULES } from './relative-rules';
import { Rule } from './rule';
import { STANDARD_FUNCTION_RULES } from './standard-function-rules';

/** What a rule says of itself. */
export type RuleDescription = Pick<Rule<never>, 'code' | 'level' | 'alsoLevel' | 'what' | 'why' | 'source'>;

/** Each rule once, by its code: some are checked on several kinds of resources. */
export const ALL_RULES: RuleDescription[] = [...new Map<string, RuleDescription>([
  ...PROPS_RULES,
  ...PLACE_RULES,
  ...PROVIDER_RULES,
  ...REQUIREMENT_RULES,
  ...NETWORK_RULES,
  ...OPERATOR_ROLE_RULES,
  ...FLEET_RULES,
  ...COST_RULES,
  ...BUDGET_RULES,
  ...ESTIMATE_RULES,
  ...ATTACH_RULES,
  ...FUNCTION_RULES,
  ...GPU_RULES,
  ...METRIC_RULES,
  ...THRESHOLD_RULES,
  ...THRESHOLD_USE_RULES,
  ...NO_DATA_RULES,
  ...ALARM_REQUEST_RULES,
  ...DEPLOYMENT_ALARM_RULES,
  ...ALARM_BASIS_RULES,
  ...WATCHED_VERSION_RULES,
  ...STACK_ROOM_RULES,
  ...VERSION_RULES,
  ...ALIAS_RULES,
  ...EVENT_SOURCE_RULES,
  ...FUNCTION_URL_RULES,
  ...INVOCATION_RULES,
  ...STANDARD_FUNCTION_RULES,
].map((rule) => [rule.code, rule])).values()];
