/** Applies the rules that are in force at a moment to facts. */
import { Finding, findingOf } from './findings';
import { Level, Moment, Rule, RuleContext, RuleDescription } from './rule';

/** The moments at which a resource is judged: in a synthesis, and by its template. */
export const NOT_AT_CALL = [Moment.SYNTHESIS, Moment.TEMPLATE];

/** All moments. */
export const ALWAYS = Object.values(Moment);

/** The levels that are reported at a moment. A call throws only errors, and infos are reported on request. */
const REPORTED: Record<Moment, Level[]> = {
  [Moment.CALL]: [Level.ERROR],
  [Moment.SYNTHESIS]: [Level.ERROR, Level.WARNING],
  [Moment.TEMPLATE]: [Level.ERROR, Level.WARNING, Level.INFO],
};

/** Descriptions of findings, with the moments at which they are checked. */
export interface Lookout<Description extends RuleDescription = RuleDescription> {
  readonly moments: readonly Moment[];
  readonly rules: readonly Description[];
}

/** The rules about each part of a case. */
export type RulesByPart<Case> = { readonly [Part in keyof Case]-?: Lookout<Rule<Exclude<Case[Part], undefined>>> };

/** A resource, or the facts about it, with its findings. */
export interface Judgement<Resource> {
  readonly resource: Resource;
  readonly findings: Finding[];
}

/**
 * Judges one kind of thing. It is the only place that knows which rules apply to that kind. A case holds the facts in parts; parts that
 * can't be read are left out.
 */
export class Judge<Case> {
  /** The rules by part, for the list of all rules. */
  public readonly lookouts: readonly Lookout[];

  private readonly atMoment: Readonly<Record<Moment, readonly (readonly [keyof Case, readonly Rule<any>[]])[]>>;

  constructor(rulesByPart: RulesByPart<Case>) {
    const parts = Object.entries<Lookout<Rule<any>>>(rulesByPart);
    this.lookouts = parts.map(([, lookout]) => lookout);
    // The rules are sorted once, because every function of every synthesis needs them.
    const at = (moment: Moment) => parts
      .filter(([, { moments }]) => moments.includes(moment))
      .map(([part, { rules }]) => [part as keyof Case, rules.filter((rule) => isReported(rule, moment))] as const);
    this.atMoment = { [Moment.CALL]: at(Moment.CALL), [Moment.SYNTHESIS]: at(Moment.SYNTHESIS), [Moment.TEMPLATE]: at(Moment.TEMPLATE) };
  }

  /** Returns the findings about a case at a moment. */
  public judge(judged: Case, moment: Moment, context: RuleContext): Finding[] {
    const findings: Finding[] = [];
    for (const [part, rules] of this.atMoment[moment]) {
      const facts = judged[part];
      if (facts === undefined) continue;
      for (const rule of rules) {
        const violation = rule.check(facts, context);
        if (violation) findings.push(findingOf(rule, violation));
      }
    }
    return findings;
  }
}

/** Whether a moment reports a level that a description has. */
export function isReported({ level, alsoLevel }: RuleDescription, moment: Moment): boolean {
  return REPORTED[moment].some((reported) => reported === level || reported === alsoLevel);
}
