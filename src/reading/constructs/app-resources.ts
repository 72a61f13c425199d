import { CfnResource, Reference, Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { isToken } from './token';
import { Fact, UNKNOWN } from '../fact';

/** The resources of an app around a capacity provider, wherever they are in the tree. */
export class AppResources {
  public readonly vpcEndpoints: ec2.CfnVPCEndpoint[] = [];
  public readonly routes: ec2.CfnRoute[] = [];
  public readonly egressRules: ec2.CfnSecurityGroupEgress[] = [];
  public readonly ingressRules: ec2.CfnSecurityGroupIngress[] = [];
  public readonly policies: iam.CfnPolicy[] = [];

  constructor(anywhere: IConstruct) {
    // Resources are recognised by type. Calling `isCfnX` of each class for each construct of a large app would cost more than the walk.
    const lists: Record<string, CfnResource[]> = {
      [ec2.CfnVPCEndpoint.CFN_RESOURCE_TYPE_NAME]: this.vpcEndpoints,
      [ec2.CfnRoute.CFN_RESOURCE_TYPE_NAME]: this.routes,
      [ec2.CfnSecurityGroupEgress.CFN_RESOURCE_TYPE_NAME]: this.egressRules,
      [ec2.CfnSecurityGroupIngress.CFN_RESOURCE_TYPE_NAME]: this.ingressRules,
      [iam.CfnPolicy.CFN_RESOURCE_TYPE_NAME]: this.policies,
    };
    for (const construct of anywhere.node.root.node.findAll()) {
      if (CfnResource.isCfnResource(construct) && Object.hasOwn(lists, construct.cfnResourceType)) lists[construct.cfnResourceType].push(construct);
    }
  }
}

/** Returns the policies of an app that are resources of their own and attached to a role. */
export function policiesOf(role: iam.CfnRole, { policies }: AppResources): iam.CfnPolicy[] {
  const name = JSON.stringify(role.stack.resolve(role.ref));
  return policies.filter((policy) => {
    const roles: unknown = role.stack.resolve(policy.roles);
    return Array.isArray(roles) && roles.some((entry) => JSON.stringify(entry) === name);
  });
}

/**
 * Whether two identifiers mean the same resource. Unknown if one of them may turn out to be the other, such as an import of a resource that this app
 * creates.
 */
export function sameThing(one: string | undefined, other: string | undefined): Fact<boolean> {
  if (one === undefined || other === undefined) return UNKNOWN;
  if (one === other) return true;
  if (!isToken(one) && !isToken(other)) return false;
  const [target, otherTarget] = [targetOf(one), targetOf(other)];
  if (!target || !otherTarget) return UNKNOWN;
  return target === otherTarget;
}

/** Returns the resource of this app that an identifier refers to. */
function targetOf(identifier: string): IConstruct | undefined {
  const token = Tokenization.reverseString(identifier).firstToken;
  return Reference.isReference(token) ? token.target : undefined;
}
