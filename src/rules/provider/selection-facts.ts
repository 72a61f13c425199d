/** A requirement that can't be used. */
export interface InvalidRequirement {
  readonly property: string;
  readonly allowed: string;
  readonly found: string | number;
  readonly remedy: string;
}

/** How the list of instance types came about, where the library made it. */
export interface SelectionFacts {
  /** Requirements that select nothing whatever they meet. */
  readonly invalid: InvalidRequirement[];
  /** What to change where the list is empty. */
  remedyIfEmpty(): string;
  /** What to change where the list is longer than so many entries. */
  remedyIfLonger(most: number): string;
}
