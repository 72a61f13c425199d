/**
 * How a command ends, and what it throws where it can't begin.
 */
export interface CommandResult {
  /** For standard output. */
  readonly text: string;
  readonly exitCode: 0 | 1;
}

/** The caller has to change the call; ends with exit code 2 and this sentence. */
export class UsageError extends Error {}
