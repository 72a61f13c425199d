/**
 * How far a rehearsal is, and what it ends with.
 */
import { RehearsalFinding } from './findings';
import { Measurement } from './measurement';
import { WhatToSet } from './what-to-set';

/** How far a rehearsal is. */
export interface Progress {
  /** The phase in words: `one at a time, 1 worker`. */
  readonly phase: string;
  /** The number of requests that have been sent and answered in all phases. */
  readonly requests: number;
  /** The number of problems so far. */
  readonly problems: number;
}

export interface RehearsalResult {
  readonly findings: readonly RehearsalFinding[];
  readonly requests: number;
  readonly measurement?: Measurement;
  readonly whatToSet?: WhatToSet;
  readonly notes: readonly string[];
}
