/** Reads the facts about the operator role from the resources of an app. */
import { anyOf, Fact, isKnown, UNKNOWN } from '../../reading/fact';
import { allowingStatements, allowsAction, anyEntry, inlineStatements, Statement } from '../../reading/policy-statements';
import { ResourceGraph } from '../../reading/resource-graph';
import { MANAGED_POLICY, POLICY, ResourceView, ROLE, ROLE_POLICY } from '../../reading/resource-view';
import { inAnyWorld } from '../../reading/worlds';
import { FUNCTION_POLICIES, LAMBDA_PRINCIPAL, OPERATOR_POLICY } from '../../service/operator-role';

/** The facts about the operator role that rules need. */
export interface OperatorRoleFacts {
  /** Whether Lambda may assume the role. */
  readonly trustsLambda: Fact<boolean>;
  /** Whether the trust policy checks the account for which Lambda acts. */
  readonly asksForSourceAccount: Fact<boolean>;
  /** Whether the role has AWS's managed policy. */
  readonly hasManagedPolicy: Fact<boolean>;
  /** The wrong path under which the role names AWS's managed policy, if it does. */
  readonly wrongPath?: string;
  /** Whether the role's own statements allow an action on any resource. */
  readonly allows: (action: string) => Fact<boolean>;
}

/** The path at which a capacity provider names its role. */
export const OPERATOR_ROLE = ['permissionsConfig', 'capacityProviderOperatorRoleArn'];

const AWS_POLICY = /^arn:[^:]*:iam::aws:policy\/(.+)$/;

/** Reads the role of a capacity provider. Undefined if this app doesn't create it. */
export function operatorRoleFacts(provider: ResourceView, graph: ResourceGraph<ResourceView>): OperatorRoleFacts | undefined {
  const role = graph.referredTo(ROLE, provider, ...OPERATOR_ROLE);
  if (!role || role.isLeftOut) return undefined;
  const { properties } = role;
  const trust = allowingStatements(properties, 'assumeRolePolicyDocument');
  const policies = managedPolicies(role, graph);
  const statements = [
    ...inlineStatements(properties),
    ...attachedStatements(role, graph),
    ...policies.own.flatMap((policy) => allowingStatements(policy.properties, 'policyDocument')),
  ];
  return {
    trustsLambda: anyOf(trust.map(namesLambda)),
    asksForSourceAccount: anyOf(trust.map((statement) => statement === UNKNOWN ? UNKNOWN : /aws:source(account|arn)/i.test(statement.identity()))),
    hasManagedPolicy: policies.aws.includes(OPERATOR_POLICY) || (policies.hasUnknown ? UNKNOWN : false),
    wrongPath: policies.aws.find((name) => name.endsWith(`/${OPERATOR_POLICY}`)),
    allows: (action) => anyOf([
      ...statements.map((statement) => allowsAction(statement, action)),
      policies.aws.some((name) => FUNCTION_POLICIES[name]?.includes(action)),
    ]),
  };
}

interface ManagedPolicies {
  /** The names of AWS's policies, with their paths. */
  readonly aws: readonly string[];
  /** The policies that this app creates. */
  readonly own: readonly ResourceView[];
  /** Whether there may be further policies that can't be read. */
  readonly hasUnknown: boolean;
}

function managedPolicies(role: ResourceView, graph: ResourceGraph<ResourceView>): ManagedPolicies {
  const arns = role.properties.entries('managedPolicyArns');
  const aws: string[] = [];
  const own = new Set(attachedTo(role, MANAGED_POLICY, graph).filter((policy): policy is ResourceView => policy !== UNKNOWN));
  let hasUnknown = arns === UNKNOWN;
  for (const arn of isKnown(arns) ? arns : []) {
    const policy = graph.target(arn.reference());
    const text = arn.text();
    const name = isKnown(text) ? AWS_POLICY.exec(text)?.[1] : undefined;
    if (policy?.type === MANAGED_POLICY) own.add(policy);
    else if (name !== undefined) aws.push(name);
    // The contents of a customer managed policy aren't in the app.
    else if (text !== undefined) hasUnknown = true;
  }
  // The contents of AWS's other policies aren't, either. They may allow everything, as for administrators.
  hasUnknown ||= aws.some((name) => !(name in FUNCTION_POLICIES) && !name.endsWith(OPERATOR_POLICY));
  return { aws, own: [...own], hasUnknown };
}

/** Returns the statements of policies that are resources of their own. */
function attachedStatements(role: ResourceView, graph: ResourceGraph<ResourceView>): Statement[] {
  return [POLICY, ROLE_POLICY].flatMap((type) => attachedTo(role, type, graph)).flatMap((policy) => (
    policy === UNKNOWN ? [UNKNOWN] : allowingStatements(policy.properties, 'policyDocument')
  ));
}

/** Returns the policies of a type that name a role, with `UNKNOWN` for a policy that may name it. */
function attachedTo(role: ResourceView, type: string, graph: ResourceGraph<ResourceView>): (ResourceView | typeof UNKNOWN)[] {
  const policies = policiesByRole(type, graph);
  const candidates = [role.key, ANY_ROLE].flatMap((key) => policies.get(key) ?? []).filter(({ isLeftOut }) => !isLeftOut);
  return candidates.flatMap<ResourceView | typeof UNKNOWN>((policy) => {
    const roles = rolesOf(policy, graph);
    return roles.includes(ANY_ROLE) ? [UNKNOWN] : (roles.includes(role.key) ? [policy] : []);
  });
}

/** The key for policies whose roles can't be read. */
const ANY_ROLE = {};

/** The policies by role, in any world, and by type. Cached, because each capacity provider needs them. */
const POLICIES = new WeakMap<object, Map<string, Map<object, ResourceView[]>>>();

function policiesByRole(type: string, graph: ResourceGraph<ResourceView>): Map<object, ResourceView[]> {
  const byType = POLICIES.get(graph) ?? new Map<string, Map<object, ResourceView[]>>();
  POLICIES.set(graph, byType);
  const known = byType.get(type);
  if (known) return known;
  const byRole = new Map<object, ResourceView[]>();
  for (const policy of graph.ofType(type)) {
    for (const key of new Set(inAnyWorld(() => rolesOf(policy, graph)).flat())) {
      const others = byRole.get(key);
      if (others) others.push(policy);
      else byRole.set(key, [policy]);
    }
  }
  byType.set(type, byRole);
  return byRole;
}

function rolesOf(policy: ResourceView, graph: ResourceGraph<ResourceView>): object[] {
  const roles = policy.type === ROLE_POLICY ? undefined : policy.properties.items('roles');
  if (roles === UNKNOWN) return [ANY_ROLE];
  const paths = policy.type === ROLE_POLICY ? [['roleName']] : (roles ?? []).map((_, index) => ['roles', String(index)]);
  return paths.flatMap((path) => graph.referredTo(ROLE, policy, ...path)?.key ?? []);
}

function namesLambda(statement: Statement): Fact<boolean> {
  if (statement === UNKNOWN) return UNKNOWN;
  if (statement.text('principal') === '*' || statement.text('principal', 'AWS') === '*') return true;
  return anyEntry(statement, ['principal', 'service'], (name) => name === LAMBDA_PRINCIPAL);
}
