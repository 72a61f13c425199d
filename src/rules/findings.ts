import { Level, Rule, RuleContext, RuleDescription, Violation } from './rule';

/** Prefix of each finding's id, and the name of the plugin that reports them as violations. */
export const NAMESPACE = 'cdk-lambda-managed-instances';

/** A violation, and under which code it is reported. */
export interface Finding extends Violation {
  readonly code: string;
  readonly level: Level;
  readonly source: string;
}

/** The gravest first. */
export const ALL_LEVELS = Object.values(Level);

/** What is thrown at the call. */
export const THROWN_LEVELS = [Level.ERROR];

/** What is printed at synthesis. */
export const PRINTED_LEVELS = [Level.ERROR, Level.WARNING];

/** Applies each rule to the facts, but for those that can find nothing of the wanted levels. */
export function findingsOf<Facts>(rules: Rule<Facts>[], facts: Facts, context: RuleContext, wanted: Level[] = ALL_LEVELS): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (!wanted.includes(rule.level) && !wanted.includes(rule.alsoLevel ?? rule.level)) continue;
    const violation = rule.check(facts, context);
    if (violation) findings.push(findingOf(rule, violation));
  }
  return findings;
}

/** A finding of what a description is about. */
export function findingOf({ code, level, source }: RuleDescription, violation: Violation): Finding {
  return { code, level, source, ...violation };
}

/** The id under which users acknowledge a finding, wherever it is reported. */
export function idOf(finding: Finding): string {
  return `${NAMESPACE}::${finding.code}`;
}

/** The finding as one sentence: property, what is allowed, what was found, what to change. */
export function messageOf({ property, allowed, found, remedy }: Finding): string {
  return `${property} ${allowed}, got ${found}; ${remedy}`;
}
