/** The rules about resources that a capacity provider names but can't use, because they are in another Region or account. */
import { OPERATOR_ROLE } from './operator-role-facts';
import { Fact, isKnown, UNKNOWN } from '../../reading/fact';
import { PropertySource } from '../../reading/property-source';
import { Place } from '../../reading/resource-view';
import { PAGES } from '../../service/pages';
import { Level, Rule, RuleContext, Violation } from '../rule';

/** The account and Region of a capacity provider and of the resources that it names. */
export interface ElsewhereFacts {
  readonly own: Place;
  readonly operatorRole: Place;
  readonly kmsKey: Place;
  readonly logGroup: Place;
  /** Whether the policy of the key names an account. */
  readonly keyAllows: (account: string) => Fact<boolean>;
}

/** A place about which nothing is known. */
const NOWHERE: Place = { account: UNKNOWN, region: UNKNOWN };

const KEY = ['kmsKeyArn'];
const LOG_GROUP = ['telemetryConfig', 'loggingConfig', 'logGroup'];

/** The parts of the app that `elsewhereFacts` reads. */
export interface PlacesInApp {
  /** The environment of an imported log group, which its name doesn't show. */
  readonly logGroup?: Place;
  placeOf(key: object): Place | undefined;
  /** The policy of a key as a text. */
  policyOf(key: object): Fact<string>;
}

/** Reads the Region and account of a capacity provider and of the resources that it names. */
export function elsewhereFacts(properties: PropertySource, own: Place, app: PlacesInApp): ElsewhereFacts {
  // A resource in an unknown place is never read.
  return {
    own,
    get operatorRole() { return placeOf(properties, OPERATOR_ROLE, app); },
    get kmsKey() { return placeOf(properties, KEY, app); },
    get logGroup() { return app.logGroup ?? placeOf(properties, LOG_GROUP, app); },
    keyAllows: (account) => {
      const key = properties.reference(...KEY);
      const policy = isKnown(key) && key.key ? app.policyOf(key.key) : undefined;
      return isKnown(policy) ? policy.includes(account) : policy ?? false;
    },
  };
}

/** The rules about resources in another Region or account. */
export const ELSEWHERE_RULES: Rule<ElsewhereFacts>[] = [
  {
    code: 'OperatorRoleElsewhere',
    level: Level.ERROR,
    what: 'The operator role is in the capacity provider\'s account.',
    why: 'Lambda refuses the capacity provider, since a role can be passed only within its own account.',
    source: PAGES.passRole,
    check(facts, { term }) {
      const { own } = facts;
      const account = isNowhere(own) ? undefined : differing(own.account, facts.operatorRole.account);
      if (account === undefined) return undefined;
      return { property: term('operatorRole'), allowed: `the capacity provider is in account ${String(own.account)}`, found: `in account ${account}`, remedy: `use a role of ${String(own.account)}` };
    },
  },
  {
    code: 'KmsKeyElsewhere',
    level: Level.ERROR,
    alsoLevel: Level.WARNING,
    what: 'The key for volumes is in the capacity provider\'s Region and account.',
    why: 'EBS takes keys from its own Region only, and a key of another account only if the key\'s policy allows it.',
    source: PAGES.ebsEncryption,
    check(facts, { term }) {
      const { own } = facts;
      if (isNowhere(own)) return undefined;
      const { kmsKey, keyAllows } = facts;
      const region = differing(own.region, kmsKey.region);
      if (region !== undefined) {
        return { property: term('kmsKeyArn'), allowed: `the capacity provider is in ${String(own.region)}`, found: `in ${region}`, remedy: `use a key in ${String(own.region)}, or a replica of a multi-Region key there` };
      }
      const account = differing(own.account, kmsKey.account);
      if (account === undefined || keyAllows(own.account as string) !== false) return undefined;
      return {
        property: term('kmsKeyArn'),
        allowed: `the capacity provider is in account ${String(own.account)}, and nothing here shows that the policy of the key allows that`,
        found: `in account ${account}`,
        remedy: `use a key of ${String(own.account)}, or make sure that the policy of the key allows the operator role to use it`,
        level: Level.WARNING,
      };
    },
  },
  {
    code: 'LogGroupElsewhere',
    level: Level.ERROR,
    what: 'The log group for system logs is in the capacity provider\'s Region and account.',
    why: 'Lambda gets only its name, and would write to another log group of that name.',
    source: PAGES.systemLogsToCloudWatch,
    check(facts, context) {
      const { own } = facts;
      if (isNowhere(own)) return undefined;
      const { logGroup } = facts;
      return elsewhere(own.region, logGroup.region, 'Region', context) ?? elsewhere(own.account, logGroup.account, 'account', context);
    },
  },
];

/** The account of a capacity provider, and the account of a principal that may put functions on it. */
export interface GrantFacts {
  readonly own: Fact<string>;
  readonly grantee: Fact<string>;
}

/** The rule about principals that may put functions on a capacity provider. */
export const GRANT_RULES: Rule<GrantFacts>[] = [
  {
    code: 'GrantElsewhere',
    level: Level.WARNING,
    what: 'Permission to put functions on a capacity provider is granted within its account.',
    why: 'A capacity provider has no resource policy that could admit another account, so the permission has no effect.',
    source: PAGES.capacityProviders,
    check({ own, grantee }, { term }) {
      const account = differing(own, grantee);
      if (account === undefined) return undefined;
      return {
        property: term('grantee'),
        allowed: `the capacity provider is in account ${String(own)}, so the permission has no effect`,
        found: `in account ${account}`,
        remedy: `grant it to a role of ${String(own)}, which the other account may assume`,
      };
    },
  },
];

function elsewhere(own: Fact<string>, other: Fact<string>, what: string, { term }: RuleContext): Violation | undefined {
  const found = differing(own, other);
  if (found === undefined) return undefined;
  return { property: term('logGroup'), allowed: `must be in the ${what} of the capacity provider, ${String(own)}`, found: `in ${found}`, remedy: `use a log group in ${String(own)}` };
}

function isNowhere({ account, region }: Place): boolean {
  return account === UNKNOWN && region === UNKNOWN;
}

function differing(own: Fact<string>, other: Fact<string>): string | undefined {
  return isKnown(own) && isKnown(other) && own !== other ? other : undefined;
}

/**
 * Returns the Region and account in an ARN such as `arn:aws:kms:eu-west-1:123456789012:key/…`. A name belongs to the capacity provider's own Region
 * and account.
 */
function placeOf(properties: PropertySource, path: string[], app: PlacesInApp): Place {
  const reference = properties.reference(...path);
  if (isKnown(reference) && reference.key) return app.placeOf(reference.key) ?? NOWHERE;
  const text = properties.text(...path);
  const [, , , region, account] = isKnown(text) && text.startsWith('arn:') ? text.split(':') : [];
  return { region: orUnknown(region), account: orUnknown(account) };
}

function orUnknown(part: string | undefined): Fact<string> {
  return !part || part.includes('${') ? UNKNOWN : part;
}
