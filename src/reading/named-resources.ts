/** Finds the resource of an app by its literal name or ARN. */
import { Fact, isKnown } from './fact';
import { CAPACITY_PROVIDER, FUNCTION, Place, ResourceView, ROLE } from './resource-view';
import { inAnyWorld } from './worlds';

/** The way in which resources of a type are named. */
interface Naming {
  /** The property with the name. */
  readonly property: string;
  /** Matches an ARN, with the resource's name as a group. */
  readonly pattern: RegExp;
  /** Matches a bare name, with anything that may follow it. */
  readonly bareName: RegExp;
}

const BARE = /^([^:/]+)$/;

const NAMING: Readonly<Record<string, Naming>> = {
  [FUNCTION]: {
    property: 'functionName',
    pattern: /arn:[^:]*:lambda:(?<region>[^:]*):(?<account>[^:]*):function:(?<name>[^:/]+)/,
    bareName: /^(?:(?:[^:/]+:)?function:)?([^:/]+)(?::[^:/]+)?$/,
  },
  [CAPACITY_PROVIDER]: {
    property: 'capacityProviderName',
    pattern: /^arn:[^:]*:lambda:(?<region>[^:]*):(?<account>[^:]*):capacity-provider:(?<name>[^:/]+)$/,
    bareName: BARE,
  },
  [ROLE]: {
    property: 'roleName',
    pattern: /^arn:[^:]*:iam::(?<account>[^:]*):role\/(?:.*\/)?(?<name>[^:/]+)$/,
    bareName: BARE,
  },
  'AWS::Logs::LogGroup': {
    property: 'logGroupName',
    pattern: /^arn:[^:]*:logs:(?<region>[^:]*):(?<account>[^:]*):log-group:(?<name>[^:]+)(?::\*)?$/,
    bareName: /^([^:]+)$/,
  },
};

/** Returns the names that a resource may have: several if a condition decides between them, none if CloudFormation generates the name. */
export function namesOf(resource: ResourceView): readonly string[] {
  const naming = NAMING[resource.type];
  return naming ? [...new Set(inAnyWorld(() => resource.properties.text(naming.property)).filter(isKnown))] : [];
}

/** Returns the resource of a type that a name or an ARN means, as seen from another resource: the match in its own stack, or the only match. */
export function resourceNamed<View extends ResourceView>(
  type: string, nameOrArn: string, from: ResourceView, byName: ReadonlyMap<string, readonly View[]>,
): View | undefined {
  const naming = NAMING[type];
  if (!naming || byName.size === 0) return undefined;
  const arn: Record<string, string | undefined> | undefined = naming.pattern.exec(nameOrArn)?.groups;
  const { name, region, account } = arn ?? { name: naming.bareName.exec(nameOrArn)?.[1] };
  const found = name === undefined ? [] : (byName.get(name) ?? []).filter(({ place }) => (
    mayBe(place.region, region ?? from.place.region) && mayBe(place.account, account ?? from.place.account)
  ));
  const together = found.filter(({ place }) => place === from.place);
  const [resource, ...others] = together.length > 0 ? together : found;
  return others.length === 0 ? resource : undefined;
}

/** Whether a Region or account may be the requested one. An unknown part of an ARN, such as a pseudo parameter, may be any value. */
function mayBe(known: Place['region'], asked: Fact<string>): boolean {
  return !isKnown(known) || !isKnown(asked) || asked === '' || asked.includes('${') || known === asked;
}
