import { Problem } from '../../service/problem';

/** The facts about a list of instance types that the library made. */
export interface SelectionFacts {
  /** The requirements that are mistakes, whatever types they select. */
  readonly invalid: Problem[];
  /** Returns the remedy for an empty list. */
  remedyIfEmpty(): string;
  /** Returns the remedy for a list with more than a number of entries. */
  remedyIfLonger(most: number): string;
}
