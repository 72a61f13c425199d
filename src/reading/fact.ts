/**
 * Stands for a value that isn't known at synthesis: a token, a property of an imported resource, the runtime inside a container image. Rules report
 * nothing about unknown values.
 */
export const UNKNOWN = Symbol('unknown');

/** A value as far as it is known. `undefined` if the property is left out. */
export type Fact<T> = T | undefined | typeof UNKNOWN;

/** Whether there is a value and it is known. */
export function isKnown<T>(fact: Fact<T>): fact is T {
  return fact !== undefined && fact !== UNKNOWN;
}

/** Computes with a value if it is known. */
export function mapFact<T, R>(fact: Fact<T>, compute: (value: T) => Fact<R>): Fact<R> {
  return isKnown(fact) ? compute(fact) : fact;
}

/** Whether at least one of several facts is true. Unknown if none is true but one may be. */
export function anyOf(facts: readonly Fact<boolean>[]): Fact<boolean> {
  if (facts.includes(true)) return true;
  return facts.includes(UNKNOWN) ? UNKNOWN : false;
}
