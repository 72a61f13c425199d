/**
 * What is wrong with something that was given, in four parts without full stops. They make a message: "<property> is <found>, but
 * <allowed>. <Remedy>." Value classes of all rooms collect problems, since they have no scope to report them on: a construct or plan
 * that takes the value does.
 */
export interface Problem {
  /** The property, in the caller's words: `memorySize` in code, `MemorySize` in a template. */
  readonly property: string;
  /** What is allowed, with numbers, as what follows "but": "must be 1 to 16", or "managed instances need 2048 to 32768 MB". */
  readonly allowed: string;
  /** The value found; "none" where the property isn't set. */
  readonly found: string | number;
  /** What the property does with what was found: "has", "names"; "is" where left out. */
  readonly verb?: string;
  /** What to change, as an imperative. */
  readonly remedy: string;
  /** The problem in a sentence of its own, where the one that the parts make reads badly. It names the same property and values. */
  readonly statement?: string;
}
