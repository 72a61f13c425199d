/**
 * Handles what isn't written in an app but decided at deployment: conditions, and parameters that may have one of several values.
 *
 * Each way to decide them is a world. A reader inside a world (`inEachWorld`) gets known values. A reader outside gets unknown
 * ones, and `questions.asked` shows that a decision would have mattered. Reading is synchronous, so the current world can be kept here
 * instead of being passed through each call.
 */
import { UNKNOWN } from './fact';

/** The most worlds that are read. If there are more, everything that they decide stays unknown. */
const MOST_WORLDS = 64;

/** A decision that something has a certain value, or that it hasn't. */
interface Decision {
  readonly subject: string;
  readonly value: string;
  holds: boolean;
}

/** The decisions of the current world. Undefined outside of worlds. */
let decisions: Decision[] | undefined;

/** The assumptions so far. Undefined if none are made. */
let assumptions: Set<string> | undefined;

/** The assumption that is left out, to see what follows from the others. */
let withheld: string | undefined;

/** Counts questions that no template decides. If a judge didn't ask any, its findings hold in every world. */
export const questions = { asked: 0 };

/**
 * Reads in each world that the reader comes upon, one decision after the other. Where there are too many worlds, it reads once,
 * and what would have been decided is unknown.
 */
export function inEachWorld<T>(read: () => T): T[] {
  const outer = decisions;
  const results: T[] = [];
  const path: Decision[] = [];
  try {
    do {
      decisions = path;
      results.push(read());
      if (results.length === MOST_WORLDS) {
        decisions = undefined;
        return [read()];
      }
    } while (turn(path));
    return results;
  } finally {
    decisions = outer;
  }
}

/** Reads what doesn't depend on the world that is being read now: what there is in each of all worlds, assuming nothing. */
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

/** Caches what is read outside of worlds, where each reading has the same result. Inside a world, everything is read again. */
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

/** Reads with the assumptions made that are offered (`assume`), but for one, and tells which these were. */
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

/** A value that somebody is likely to mean, though nobody has written it: unknown unless assumptions are made. */
export function assume<T>(value: T, words: string): T | typeof UNKNOWN {
  if (!assumptions || words === withheld) {
    questions.asked += 1;
    return UNKNOWN;
  }
  assumptions.add(words);
  return value;
}

/**
 * Whether something has a certain value in this world. Undefined where it isn't decided. Where all its possible values are
 * given (`among`), it has one of them.
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

/** The value that something has in this world, where it is decided; of `among`, one is chosen. */
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
