import { Level, Rule, RuleContext, Violation } from './rule';

/** Prefix of each finding's id, and the name of the plugin that reports them as violations. */
export const NAMESPACE = 'cdk-lambda-managed-instances';

/** A violated rule. */
export interface Finding extends Violation {
  readonly code: string;
  readonly level: Level;
  readonly source: string;
}

/** Applies each rule to the facts. */
export function findingsOf<Facts>(rules: Rule<Facts>[], facts: Facts, context: RuleContext): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const violation = rule.check(facts, context);
    if (violation) findings.push({ code: rule.code, level: rule.level, source: rule.source, ...violation });
  }
  return findings;
}

/** The id under which users acknowledge a finding, wherever it is reported. */
export function idOf(finding: Finding): string {
  return `${NAMESPACE}::${finding.code}`;
}

/** The finding as one sentence: property, what is allowed, what was found, what to change. */
export function messageOf({ property, allowed, found, remedy }: Finding): string {
  return `${property} ${allowed}, got ${found}; ${remedy}`;
}
