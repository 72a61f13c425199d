import { LimitValues } from '../service/limits';

/** How bad it is. */
export enum Level {
  /** AWS refuses it, or it can't mean anything. */
  ERROR = 'error',
  /** Silent misbehaviour, cost or risk, or weak evidence. Can be acknowledged. */
  WARNING = 'warning',
  /** Worth knowing; never printed at synthesis. */
  INFO = 'info',
}

/** What a rule may use besides the facts. */
export interface RuleContext {
  readonly limits: LimitValues;
}

/** What is wrong, in parts; each is a piece of one sentence, without a full stop. */
export interface Violation {
  /** The property in the caller's words. */
  readonly property: string;
  /** What is allowed, with numbers: "must be 2048 to 32768 MB". */
  readonly allowed: string;
  /** The value found. */
  readonly found: string | number;
  /** What to change, as an imperative. */
  readonly remedy: string;
}

/**
 * A rule is data: the three reporters, RULES.md and the tests all read it. Its check is pure and sees
 * nothing but facts.
 */
export interface Rule<Facts> {
  /** A PascalCase noun. API: users acknowledge it, so it is never renamed. */
  readonly code: string;
  readonly level: Level;
  /** What is checked, one sentence. */
  readonly what: string;
  /** What happens otherwise, one sentence. */
  readonly why: string;
  /** Where it is known from. */
  readonly source: string;
  check(facts: Facts, context: RuleContext): Violation | undefined;
}
