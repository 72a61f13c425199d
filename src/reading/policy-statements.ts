/** Reads what statements of IAM policies allow. A statement that can't be read may allow anything. */
import { anyOf, Fact, isKnown, UNKNOWN } from './fact';
import { PropertySource } from './property-source';

/** A statement of a policy, or `UNKNOWN` if it can't be read. */
export type Statement = PropertySource | typeof UNKNOWN;

/** Returns the statements of a document with the effect `Allow`. */
export function allowingStatements(properties: PropertySource, document: string): Statement[] {
  const statements = properties.entries(document, 'statement');
  if (!isKnown(statements)) return [UNKNOWN];
  return statements.filter((statement) => statement.has() && ['Allow', undefined, UNKNOWN].includes(statement.string('effect')));
}

/** Returns the allowing statements of the policies inside a role, a user or a group. */
export function inlineStatements(properties: PropertySource): Statement[] {
  const policies = properties.entries('policies');
  if (policies === UNKNOWN) return [UNKNOWN];
  return (policies ?? []).flatMap((policy) => allowingStatements(policy, 'policyDocument'));
}

/** Whether a statement allows an action on any resource. */
export function allowsAction(statement: Statement, action: string): Fact<boolean> {
  if (statement === UNKNOWN || statement.has('notAction')) return UNKNOWN;
  return anyEntry(statement, ['action'], (pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase()));
}

/** Whether a condition holds for one of the texts at a path, which may be a list or a single text. */
export function anyEntry(statement: PropertySource, path: string[], holds: (text: string) => boolean): Fact<boolean> {
  const entries = statement.entries(...path);
  if (entries === UNKNOWN) return UNKNOWN;
  return anyOf((entries ?? []).map((entry) => {
    const text = entry.string();
    return isKnown(text) ? holds(text) : text === UNKNOWN && UNKNOWN;
  }));
}

/** Whether an IAM pattern such as `ec2:Run*` matches a text. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first, ...others] = pattern.split('*');
  let rest = text;
  if (!startsWith(rest, first)) return false;
  rest = rest.slice(first.length);
  const last = others.pop();
  if (last === undefined) return rest === '';
  for (const part of others) {
    const start = [...rest].findIndex((_, index) => startsWith(rest.slice(index), part));
    if (start === -1 && part !== '') return false;
    rest = rest.slice(Math.max(start, 0) + part.length);
  }
  return rest.length >= last.length && startsWith(rest.slice(rest.length - last.length), last);
}

/** Whether a text begins with a part of a pattern. A question mark matches any single character. */
function startsWith(text: string, part: string): boolean {
  return text.length >= part.length && [...part].every((character, index) => character === '?' || character === text[index]);
}
