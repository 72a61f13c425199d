/** Rules about what a construct is given, which the construct checks itself. */
import { Finding, findingOf } from './findings';
import { Level, RuleDescription, Violation } from './rule';

/** A rule that needs no context, because only authors of code meet it. */
export interface OwnRule<Facts> extends RuleDescription {
  check(facts: Facts): Violation | undefined;
}

/** Returns a rule: its identity first, then what it says and checks. */
export function ownRule<Facts>(code: string, level: Level, source: string, rest: Pick<OwnRule<Facts>, 'what' | 'why' | 'check'>): OwnRule<Facts> {
  return { code, level, source, ...rest };
}

/** Returns what rules find. */
export function findingsOf<Facts>(rules: OwnRule<Facts> | OwnRule<Facts>[], facts: Facts): Finding[] {
  return [rules].flat().flatMap((rule) => {
    const violation = rule.check(facts);
    return violation ? [findingOf(rule, violation)] : [];
  });
}
