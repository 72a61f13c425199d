import { ResourceView } from '../reading/resource-view';
import { Judge } from '../rules/judge';
import { Level, Moment, Rule } from '../rules/rule';
import { PAGES } from '../service/pages';

/** A resource that couldn't be read. */
export interface Unread {
  /** CDK's error about the resource. Absent if only SAM's transform can expand it. */
  readonly reason?: string;
  /** The type of the resource. */
  readonly type: string;
}

/** Whether rules apply to the resources that SAM's transform creates from a resource. */
export function isUntransformed({ type, properties }: ResourceView): boolean {
  return type === 'AWS::Serverless::CapacityProvider' || (type === 'AWS::Serverless::Function' && properties.has('capacityProviderConfig'));
}

/** The rule about resources that can't be judged. */
const NOT_CHECKED_RULES: Rule<Unread>[] = [
  {
    code: 'NotChecked',
    level: Level.WARNING,
    what: 'The resource can be read.',
    why: 'Nothing else about it is checked, because a property is incomplete or only a transform turns it into a resource that can be checked.',
    source: PAGES.cloudFormationFunction,
    check({ reason, type }) {
      if (reason === undefined) {
        return {
          property: 'The resource',
          allowed: 'only a transform turns that into a resource of CloudFormation, so it isn\'t checked',
          found: type,
          remedy: 'check its template with npx cdk-lambda-managed-instances check, which reads SAM',
        };
      }
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
