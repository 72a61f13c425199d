/**
 * The progress of a rehearsal, and its result.
 */
import { RehearsalFinding } from './findings';
import { Measurement } from './measurement';
import { WhatToSet } from './what-to-set';

/** The progress of a rehearsal. */
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
