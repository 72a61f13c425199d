import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { VOLUME_KEY_ACTIONS } from '../service/operator-role';

/**
 * Lets the operator role encrypt volumes with a key, and has the provider wait for that.
 *
 * By a policy of its own: the provider can't wait for the policy that collects what is granted to the role later,
 * since that may name a function, which waits for the provider.
 */
export function allowVolumeKey(scope: Construct, key: kms.IKey, role: iam.IRole, provider: lambda.CfnCapacityProvider): void {
  const policy = new iam.Policy(scope, 'VolumeKeyPolicy');
  // The role decides: one that must not be changed takes nothing.
  role.attachInlinePolicy(policy);
  key.grant({ grantPrincipal: new PolicyOfRole(policy, role) }, ...VOLUME_KEY_ACTIONS);
  provider.node.addDependency(policy);
}

/** The role, with statements that end in the one policy. */
class PolicyOfRole implements iam.IPrincipal {
  public readonly grantPrincipal: iam.IPrincipal = this;
  public readonly assumeRoleAction: string;
  public readonly principalAccount?: string;

  constructor(private readonly policy: iam.Policy, private readonly role: iam.IRole) {
    this.assumeRoleAction = role.assumeRoleAction;
    this.principalAccount = role.principalAccount;
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return this.role.policyFragment;
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.policy };
  }

  public addToPolicy(statement: iam.PolicyStatement): boolean {
    return this.addToPrincipalPolicy(statement).statementAdded;
  }
}
