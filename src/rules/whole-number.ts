/** Checks that numbers are whole and within a range, for the rules that need only that. */
import { RuleContext, Violation } from './rule';
import { Fact, isKnown } from '../reading/fact';

/** The smallest and the largest number that are allowed. */
export type Range = readonly [number, number];

/** Whether a number is whole and in a range. */
export function isWithin(value: number, [min, max]: Range): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

/** Checks that a property is a whole number in a range. Its word is looked up only if it isn't. */
export function outOfRange(
  { term }: RuleContext, property: string, value: Fact<number>, range: Range, remedy = 'use a number in that range', unit = '',
): Violation | undefined {
  if (!isKnown(value) || isWithin(value, range)) return undefined;
  return { property: term(property), allowed: `must be a whole number from ${range[0]} to ${range[1]}${unit}`, found: value, remedy };
}
