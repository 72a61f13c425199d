/** All findings that there can be, and where each is reported. */
import { NOT_CHECKED_RULES } from './not-checked';
import { ASYNC_INVOKE_FINDINGS } from '../functions/async-invoke-findings';
import { ATTACH_FINDINGS } from '../functions/attach-findings';
import { PROPS_FINDINGS } from '../judging/props-findings';
import { ALARM_FINDINGS } from '../monitoring/alarms/alarm-findings';
import { DASHBOARD_FINDINGS } from '../monitoring/dashboard/dashboard-size';
import { METRIC_FINDINGS } from '../monitoring/metrics/metric-findings';
import { COST_FINDINGS, COST_RULES } from '../planning/cost-rules';
import { FLEET_RULES } from '../rules/fleet/fleet-rules';
import { FUNCTION_RULES } from '../rules/function/function-rules';
import { GPU_RULES } from '../rules/function/gpu-rules';
import { PUBLISHED_RULES } from '../rules/function/published-for-nobody';
import { SCHEDULE_FINDINGS, SCHEDULE_RULES } from '../rules/function/schedule-rules';
import { STANDARD_FUNCTION_RULES } from '../rules/function/standard-function-rules';
import { ALIAS_RULES, EVENT_INVOKE_RULES, EVENT_SOURCE_RULES, FUNCTION_URL_RULES, INVOCATION_RULES, VERSION_RULES } from '../rules/function/version-and-trigger-rules';
import { ELSEWHERE_RULES, GRANT_RULES } from '../rules/provider/elsewhere-rules';
import { NAT_INSTANCE_RULES } from '../rules/provider/nat-instance-rules';
import { NETWORK_RULES } from '../rules/provider/network-rules';
import { OPERATOR_ROLE_RULES } from '../rules/provider/operator-role-rules';
import { PLACE_RULES } from '../rules/provider/place-rules';
import { PROVIDER_RULES } from '../rules/provider/provider-rules';
import { Level, Moment, RuleDescription } from '../rules/rule';

/** A description, and the moments at which the finding can be reported. */
export interface ReportedRule extends RuleDescription {
  readonly moments: Moment[];
}

const { CALL, SYNTHESIS, TEMPLATE } = Moment;

/** Which findings are looked for at which moments. */
const LOOKED_FOR: [Moment[], RuleDescription[]][] = [
  [[CALL, SYNTHESIS, TEMPLATE], [...PLACE_RULES, ...PROVIDER_RULES, ...FUNCTION_RULES, ...GPU_RULES]],
  [[SYNTHESIS, TEMPLATE], [
    ...NETWORK_RULES, ...OPERATOR_ROLE_RULES, ...ELSEWHERE_RULES,
    ...FLEET_RULES, ...VERSION_RULES, ...ALIAS_RULES, ...EVENT_SOURCE_RULES, ...EVENT_INVOKE_RULES,
    ...FUNCTION_URL_RULES, ...INVOCATION_RULES,
  ]],
  [[TEMPLATE], [...COST_RULES, ...PUBLISHED_RULES, ...STANDARD_FUNCTION_RULES, ...NOT_CHECKED_RULES]],
  [[CALL], [...Object.values(PROPS_FINDINGS), ...Object.values(ATTACH_FINDINGS), COST_FINDINGS.EstimateInput]],
  [[CALL], [...Object.values(SCHEDULE_FINDINGS), ...Object.values(ASYNC_INVOKE_FINDINGS)]],
  [[CALL, SYNTHESIS], SCHEDULE_RULES],
  [[CALL], without(METRIC_FINDINGS, 'AlarmVersions')],
  [[CALL], without(ALARM_FINDINGS, 'NoDataAlarmOfIdleFunction', 'AlarmBasisChanged', 'AlarmsExceedStack', 'LogGroupShared')],
  [[SYNTHESIS], [
    ...NAT_INSTANCE_RULES, ...GRANT_RULES,
    COST_FINDINGS.BudgetExceeded, METRIC_FINDINGS.AlarmVersions,
    ALARM_FINDINGS.NoDataAlarmOfIdleFunction, ALARM_FINDINGS.AlarmBasisChanged, ALARM_FINDINGS.AlarmsExceedStack,
    ALARM_FINDINGS.LogGroupShared, DASHBOARD_FINDINGS.DashboardTooLarge,
  ]],
];

/** The levels that are reported at a moment: a call throws errors, and infos are for those who ask. */
const REPORTED: Record<Moment, Level[]> = {
  [CALL]: [Level.ERROR],
  [SYNTHESIS]: [Level.ERROR, Level.WARNING],
  [TEMPLATE]: [Level.ERROR, Level.WARNING, Level.INFO],
};

/** Each finding once, by its code. */
export const ALL_RULES: ReportedRule[] = allOf(LOOKED_FOR);

/**
 * The descriptions with the moments at which each can be reported. Two descriptions under one code are refused: a code is what users
 * acknowledge.
 */
export function allOf(lookedFor: [Moment[], RuleDescription[]][]): ReportedRule[] {
  const all = new Map<string, ReportedRule>();
  lookedFor.forEach(([moments, rules]) => rules.forEach(({ code, level, alsoLevel, what, why, source }) => {
    const description: RuleDescription = { code, level, alsoLevel, what, why, source };
    const { moments: before = [], ...known } = all.get(code) ?? description as ReportedRule;
    if (JSON.stringify(known) !== JSON.stringify(description)) throw new Error(`${code} has two descriptions`);
    const now = moments.filter((moment) => REPORTED[moment].some((one) => one === level || one === alsoLevel));
    all.set(code, { ...description, moments: Object.values(Moment).filter((moment) => before.includes(moment) || now.includes(moment)) });
  }));
  return [...all.values()];
}

function without<Code extends string>(findings: Record<Code, RuleDescription>, ...codes: Code[]): RuleDescription[] {
  return Object.values<RuleDescription>(findings).filter(({ code }) => !codes.includes(code as Code));
}
