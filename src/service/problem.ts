/**
 * What is wrong with something that was given, in parts; each is a piece of one sentence, without a full stop. Value classes of all
 * rooms collect problems, since they have no scope to report them on: a construct or plan that takes the value does.
 */
export interface Problem {
  /** The property, in the caller's words: `memorySize` in code, `MemorySize` in a template. */
  readonly property: string;
  /** What is allowed, with numbers: "must be 2048 to 32768 MB". */
  readonly allowed: string;
  /** The value found. */
  readonly found: string | number;
  /** What to change, as an imperative. */
  readonly remedy: string;
}
