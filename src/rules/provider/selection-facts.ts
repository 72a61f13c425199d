import { Problem } from '../../service/problem';

/** How the list of instance types came about, where the library made it. */
export interface SelectionFacts {
  /** Requirements that select nothing whatever they meet. */
  readonly invalid: Problem[];
  /** What to change where the list is empty. */
  remedyIfEmpty(): string;
  /** What to change where the list is longer than so many entries. */
  remedyIfLonger(most: number): string;
}
