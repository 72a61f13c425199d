import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { GRANT_ACTION, GRANT_CONDITION, VOLUME_KEY_ACTIONS } from '../service/operator-role';

/**
 * Allows the operator role to encrypt volumes with a key, and makes the provider wait for the permission. Returns whether the role or
 * the key took the permission: an imported or immutable role takes no policy, and an imported key has none that can be changed.
 *
 * The permission is a policy of its own, because the provider can't wait for the role's default policy. Later grants are added to that one, and may
 * name a function, which itself waits for the provider.
 */
export function allowVolumeKey(scope: Construct, key: kms.IKey, role: iam.IRole, provider: lambda.CfnCapacityProvider): boolean {
  const policy = new iam.Policy(scope, 'VolumeKeyPolicy');
  role.attachInlinePolicy(policy);
  key.grant({ grantPrincipal: new PolicyOfRole(policy, role) }, ...VOLUME_KEY_ACTIONS);
  key.grant({ grantPrincipal: new PolicyOfRole(policy, role, GRANT_CONDITION) }, GRANT_ACTION);
  provider.node.addDependency(policy);
  return isAttached(policy) || kms.CfnKey.isCfnKey(key.node.defaultChild);
}

/** The role as a principal whose statements are added to one policy, with a condition if one is given. */
class PolicyOfRole implements iam.IPrincipal {
  public readonly grantPrincipal: iam.IPrincipal = this;
  public readonly assumeRoleAction: string;
  public readonly principalAccount?: string;

  constructor(private readonly policy: iam.Policy, private readonly role: iam.IRole, private readonly conditions: iam.Conditions = {}) {
    this.assumeRoleAction = role.assumeRoleAction;
    this.principalAccount = role.principalAccount;
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return new iam.PrincipalPolicyFragment(this.role.policyFragment.principalJson, this.conditions);
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    if (!isAttached(this.policy)) return { statementAdded: false };
    statement.addConditions(this.conditions);
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.policy };
  }

  public addToPolicy(statement: iam.PolicyStatement): boolean {
    return this.addToPrincipalPolicy(statement).statementAdded;
  }
}

/** Whether the role took the policy. */
function isAttached(policy: iam.Policy): boolean {
  const { roles, stack } = policy.node.defaultChild as iam.CfnPolicy;
  return stack.resolve(roles) !== undefined;
}
