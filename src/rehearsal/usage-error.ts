/**
 * Something that a rehearsal needs is missing or can't be read: the caller has to change the call, not the handler. The message is one sentence.
 */
export class RehearsalUsageError extends Error {
  public readonly name = 'RehearsalUsageError';
}
