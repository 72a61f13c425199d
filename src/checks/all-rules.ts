import {
  ALARM_BASIS_RULES, ALARM_REQUEST_RULES, DEPLOYMENT_ALARM_RULES, NO_DATA_RULES, STACK_ROOM_RULES, THRESHOLD_RULES, THRESHOLD_USE_RULES,
} from '../monitoring/alarms/alarm-rules';
import { METRIC_RULES, WATCHED_VERSION_RULES } from '../monitoring/metrics/metric-rules';
import { BUDGET_RULES, COST_RULES, ESTIMATE_RULES } from '../planning/cost-rules';
import { FLEET_RULES } from '../rules/fleet/fleet-rules';
import { ATTACH_RULES } from '../rules/function/attach-rules';
import { FUNCTION_RULES } from '../rules/function/function-rules';
import { GPU_RULES } from '../rules/function/gpu-rules';
import { STANDARD_FUNCTION_RULES } from '../rules/function/standard-function-rules';
import { ALIAS_RULES, EVENT_SOURCE_RULES, FUNCTION_URL_RULES, INVOCATION_RULES, VERSION_RULES } from '../rules/function/version-and-trigger-rules';
import { REQUIREMENT_RULES } from '../rules/provider/instance-rules';
import { NAT_INSTANCE_RULES } from '../rules/provider/nat-instance-rules';
import { NETWORK_RULES } from '../rules/provider/network-rules';
import { OPERATOR_ROLE_RULES } from '../rules/provider/operator-role-rules';
import { PLACE_RULES } from '../rules/provider/place-rules';
import { PROPS_RULES } from '../rules/provider/props-rules';
import { PROVIDER_RULES } from '../rules/provider/provider-rules';
import { Rule } from '../rules/rule';

/** What a rule says of itself. */
export type RuleDescription = Pick<Rule<never>, 'code' | 'level' | 'alsoLevel' | 'what' | 'why' | 'source'>;

/** Each rule once, by its code: some are checked on several kinds of resources. */
export const ALL_RULES: RuleDescription[] = [...new Map<string, RuleDescription>([
  ...PROPS_RULES,
  ...PLACE_RULES,
  ...PROVIDER_RULES,
  ...REQUIREMENT_RULES,
  ...NETWORK_RULES,
  ...NAT_INSTANCE_RULES,
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
