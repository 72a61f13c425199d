import { Level, RuleDescription, Violation } from './rule';
import { Problem } from '../service/problem';

/** The prefix of each finding's id, and the name of the plugin that reports findings as violations. */
export const NAMESPACE = 'cdk-lambda-managed-instances';

/** A violation with the code under which it is reported. */
export interface Finding extends Violation {
  readonly code: string;
  readonly level: Level;
  readonly source: string;
}

/** All levels, the most severe first. */
export const ALL_LEVELS = Object.values(Level);

/** Returns a finding with the code, level and source of a description. */
export function findingOf({ code, level, source }: RuleDescription, violation: Violation): Finding {
  return { code, level, source, ...violation };
}

/** Returns the id by which users acknowledge a finding, wherever it is reported. */
export function idOf(finding: Finding): string {
  return `${NAMESPACE}::${finding.code}`;
}

/** Returns the whole message: what is wrong, and what to change. */
export function messageOf(finding: Problem): string {
  return `${problemOf(finding)}. ${capitalized(finding.remedy)}.`;
}

/** Returns what is wrong, as a sentence without its full stop: "memorySize is 512 MB, but managed instances need 2048 to 32768 MB". */
export function problemOf({ property, allowed, found, verb, statement }: Problem): string {
  return statement ?? `${property} ${verb ? `${verb} ${found}` : isFound(found)}, but ${allowed}`;
}

function isFound(found: string | number): string {
  return typeof found === 'string' && found.startsWith('none') ? `isn't set${found.slice('none'.length)}` : `is ${found}`;
}

function capitalized(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
