/**
 * Stands for a value that synthesis can't know: a token, a property of an imported resource, the runtime
 * inside a container image. A rule says nothing about what is unknown.
 */
export const UNKNOWN = Symbol('unknown');

/** A value as far as it is known: `undefined` where the property is left out. */
export type Fact<T> = T | undefined | typeof UNKNOWN;

/** Whether there is a value and it is known. */
export function isKnown<T>(fact: Fact<T>): fact is T {
  return fact !== undefined && fact !== UNKNOWN;
}

/** Computes with a value where there is one to compute with. */
export function mapFact<T, R>(fact: Fact<T>, compute: (value: T) => Fact<R>): Fact<R> {
  return isKnown(fact) ? compute(fact) : fact;
}

/** Whether one of several is so: unknown where none is, but one may be. */
export function anyOf(facts: readonly Fact<boolean>[]): Fact<boolean> {
  if (facts.includes(true)) return true;
  return facts.includes(UNKNOWN) ? UNKNOWN : false;
}
