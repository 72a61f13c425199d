import { Judge } from '../rules/judge';
import { Level, Moment, Rule } from '../rules/rule';
import { PAGES } from '../service/pages';

/** A resource that nobody could read. */
export interface Unread {
  /** What CDK says of it. */
  readonly reason: string;
}

/** The rule about what can't be judged. */
const NOT_CHECKED_RULES: Rule<Unread>[] = [
  {
    code: 'NotChecked',
    level: Level.WARNING,
    what: 'The resource can be read.',
    why: 'Nothing else is checked on it: a property inside is incomplete, or only a transform turns it into something that can be judged.',
    source: PAGES.cloudFormationFunction,
    check({ reason }) {
      const found = reason.trim().split('\n').pop()!.trim().replace(/\.$/, '');
      return {
        property: 'The resource',
        allowed: 'should have properties that CDK can render',
        found,
        remedy: 'complete or correct that property',
        statement: `The resource isn't checked, since its properties can't be read: ${found}`,
      };
    },
  },
];

export const UNREAD_JUDGE = new Judge<{ readonly unread: Unread }>({ unread: { moments: [Moment.TEMPLATE], rules: NOT_CHECKED_RULES } });
