/** All possible findings, and the moments at which each is reported. */
import { LOOKOUTS_IN_TEMPLATES } from './judge-app';
import { ASYNC_INVOKE_FINDINGS } from '../functions/async-invoke-findings';
import { ATTACH_FINDINGS } from '../functions/attach-findings';
import { PROPS_FINDINGS } from '../judging/props-findings';
import { ALARM_RULES } from '../monitoring/alarms/alarm-findings';
import { DASHBOARD_FINDINGS } from '../monitoring/dashboard/dashboard-size';
import { METRIC_RULES, WATCHED_VERSIONS } from '../monitoring/metrics/metric-findings';
import { COST_FINDINGS, COST_JUDGE } from '../planning/cost-rules';
import { SCHEDULE_FINDINGS } from '../rules/function/schedule-rules';
import { isReported, Lookout } from '../rules/judge';
import { Moment, RuleDescription } from '../rules/rule';

/** A description, and the moments at which the finding can be reported. */
export interface ReportedRule extends RuleDescription {
  readonly moments: Moment[];
}

const { CALL, SYNTHESIS } = Moment;

/** All findings with the moments at which they are checked, from the judges and from constructs that check their own props. */
const LOOKOUTS: Lookout[] = [
  ...LOOKOUTS_IN_TEMPLATES,
  ...COST_JUDGE.lookouts,
  ...[PROPS_FINDINGS, ATTACH_FINDINGS, SCHEDULE_FINDINGS, ASYNC_INVOKE_FINDINGS].map(atCall),
  { moments: [CALL], rules: [COST_FINDINGS.EstimateInput] },
  { moments: [CALL], rules: [...METRIC_RULES, ...ALARM_RULES.call] },
  {
    moments: [SYNTHESIS],
    rules: [COST_FINDINGS.BudgetExceeded, WATCHED_VERSIONS, ...ALARM_RULES.synthesis, DASHBOARD_FINDINGS.DashboardTooLarge],
  },
];

/** Every finding once, sorted by its code. */
export const ALL_RULES: ReportedRule[] = allOf(LOOKOUTS);

/**
 * Returns the descriptions with the moments at which each can be reported. Throws for two descriptions under one code, because users acknowledge
 * findings by code.
 */
export function allOf(lookouts: readonly Lookout[]): ReportedRule[] {
  const all = new Map<string, ReportedRule>();
  lookouts.forEach(({ moments, rules }) => rules.forEach(({ code, level, alsoLevel, what, why, source }) => {
    const description: RuleDescription = { code, level, alsoLevel, what, why, source };
    const { moments: before = [], ...known } = all.get(code) ?? description as ReportedRule;
    if (JSON.stringify(known) !== JSON.stringify(description)) throw new Error(`${code} has two descriptions`);
    const now = moments.filter((moment) => isReported(description, moment));
    all.set(code, { ...description, moments: Object.values(Moment).filter((moment) => before.includes(moment) || now.includes(moment)) });
  }));
  return [...all.values()];
}

function atCall(findings: Record<string, RuleDescription>): Lookout {
  return { moments: [CALL], rules: Object.values(findings) };
}
