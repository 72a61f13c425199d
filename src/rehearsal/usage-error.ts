/**
 * The error if something that a rehearsal needs is missing or can't be read, so that the caller must change the call and not the handler. The message
 * is one sentence.
 */
export class RehearsalUsageError extends Error {
  public readonly name = 'RehearsalUsageError';
}
