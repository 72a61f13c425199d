/**
 * How far a rehearsal is, and what it ends with.
 */
import { RehearsalFinding } from './findings';
import { Measurement } from './measurement';
import { WhatToSet } from './what-to-set';

/** How far a rehearsal is. */
export interface Progress {
  /** In words: `alone, 1 worker`. */
  readonly phase: string;
  /** Requests that have been sent and answered, of all phases. */
  readonly requests: number;
  /** Problems so far. */
  readonly problems: number;
}

export interface RehearsalResult {
  readonly findings: readonly RehearsalFinding[];
  readonly requests: number;
  readonly measurement?: Measurement;
  readonly whatToSet?: WhatToSet;
  readonly notes: readonly string[];
}
