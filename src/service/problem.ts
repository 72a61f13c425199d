/**
 * A mistake in a value, in four parts without full stops. They form a message: "<property> is <found>, but <allowed>. <Remedy>." Value classes
 * collect problems, because they have no scope on which to report them. The construct or plan that takes the value reports them.
 */
export interface Problem {
  /** The property, in the caller's words: `memorySize` in code, `MemorySize` in a template. */
  readonly property: string;
  /** The allowed values, with numbers, as the clause after "but": "must be 1 to 16", or "managed instances need 2048 to 32768 MB". */
  readonly allowed: string;
  /** The value found; "none" if the property isn't set. */
  readonly found: string | number;
  /** The verb between the property and the value found: "has", "names". By default "is". */
  readonly verb?: string;
  /** The change to make, as an imperative. */
  readonly remedy: string;
  /** A custom sentence for the problem, if the sentence made from the parts reads badly. It names the same property and values. */
  readonly statement?: string;
}
