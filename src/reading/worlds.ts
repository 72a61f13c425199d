/**
 * Handles conditions and parameters, whose values are decided at deployment.
 *
 * Each combination of their values is a world. A reader inside a world (`inEachWorld`) gets known values. A reader outside gets unknown values, and
 * `questions.asked` shows that a decision would have mattered. Reading is synchronous, so the current world can be kept here instead of being passed
 * through each call.
 */
import { UNKNOWN } from './fact';

/** The largest number of worlds that are read. If there are more, everything that they decide stays unknown. */
const MOST_WORLDS = 64;

/** A decision that a subject has a certain value, or doesn't have it. */
interface Decision {
  readonly subject: string;
  readonly value: string;
  holds: boolean;
}

/** The decisions of the current world. Undefined outside of worlds. */
let decisions: Decision[] | undefined;

/** The assumptions so far. Undefined if none are made. */
let assumptions: Set<string> | undefined;

/** The assumption that is left out, to find the findings that hold without it. */
let withheld: string | undefined;

/** Counts the questions that templates leave open. If a judge asked none, its findings hold in every world. */
export const questions = { asked: 0 };

/**
 * Calls a reader once in each world that its questions create, one decision after the other. If there are too many worlds, calls it once outside of
 * worlds, where open questions are unknown.
 */
export function inEachWorld<T>(read: () => T): T[] {
  const outer = decisions;
  const results: T[] = [];
  const path: Decision[] = [];
  try {
    do {
      if (results.length === MOST_WORLDS) {
        decisions = undefined;
        return [read()];
      }
      decisions = path;
      results.push(read());
    } while (turn(path));
    return results;
  } finally {
    decisions = outer;
  }
}

/** Calls a reader in all worlds, independently of the current world and without assumptions, and returns the results. */
export function inAnyWorld<T>(read: () => T): T[] {
  const outer = { decisions, assumptions };
  decisions = undefined;
  assumptions = undefined;
  try {
    const { asked } = questions;
    const result = read();
    return questions.asked === asked ? [result] : inEachWorld(read);
  } finally {
    ({ decisions, assumptions } = outer);
  }
}

/** Caches results that are read outside of worlds, where they are always the same. Inside a world, everything is read again. */
export class Remembered<Value> {
  private readonly values = new WeakMap<object, { readonly value: Value; readonly asks: boolean }>();

  public get(key: object, read: () => Value): Value {
    if (decisions || assumptions) return read();
    const { asked } = questions;
    const known = this.values.get(key) ?? { value: read(), asks: questions.asked > asked };
    if (known.asks && questions.asked === asked) questions.asked += 1;
    this.values.set(key, known);
    return known.value;
  }
}

/** Calls a reader with all assumptions that it offers (`assume`), except one, and returns the result and the assumptions. */
export function assuming<T>(read: () => T, except?: string): { readonly result: T; readonly assumed: readonly string[] } {
  const outer = { assumptions, withheld };
  const made = new Set<string>();
  assumptions = made;
  withheld = except;
  try {
    return { result: read(), assumed: [...made] };
  } finally {
    ({ assumptions, withheld } = outer);
  }
}

/** Offers a likely value that isn't written anywhere. It is unknown unless assumptions are made. */
export function assume<T>(value: T, words: string): T | typeof UNKNOWN {
  if (!assumptions || words === withheld) {
    questions.asked += 1;
    return UNKNOWN;
  }
  assumptions.add(words);
  return value;
}

/**
 * Whether a subject has a certain value in this world. Undefined outside of worlds. If all its possible values are given (`among`), it has exactly
 * one of them.
 */
export function hasValue(subject: string, value: string, among?: readonly string[]): boolean | undefined {
  if (among && !among.includes(value)) return false;
  if (!decisions) {
    questions.asked += 1;
    return undefined;
  }
  const made = decisions.filter((decision) => decision.subject === subject);
  const decided = made.find((decision) => decision.holds || decision.value === value);
  if (decided) return decided.holds && decided.value === value;
  if (among && made.length === new Set(among).size - 1) return true;
  decisions.push({ subject, value, holds: true });
  return true;
}

/** Returns the value that a subject has in this world, if it is decided. With `among`, it is one of those values. */
export function valueOf(subject: string, among?: readonly string[]): string | undefined {
  if (among) return among.find((value) => hasValue(subject, value, among));
  return decisions?.find((decision) => decision.subject === subject && decision.holds)?.value;
}

/** Whether a condition that can't be evaluated holds in this world. */
export function holds(subject: string): boolean | undefined {
  return hasValue(subject, 'true');
}

/** Goes to the next world by reversing the last decision that can be reversed. */
function turn(path: Decision[]): boolean {
  while (path.length > 0 && !path[path.length - 1].holds) path.pop();
  if (path.length === 0) return false;
  path[path.length - 1].holds = false;
  return true;
}
