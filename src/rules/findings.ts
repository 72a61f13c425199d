import { Level, RuleDescription, Violation } from './rule';

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
