import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, Dependable, IConstruct, IDependable } from 'constructs';
import { AppResources, policiesOf } from '../reading/constructs/app-resources';
import { isToken } from '../reading/constructs/token';
import { isPlaceholder } from '../reading/placeholder';
import { CURRENT_LIMITS } from '../service/limits';

/** The parts of a provider that the user passed and that may consist of several resources. */
interface Given {
  /** A role that the user passed. The role that this library creates is a single resource. */
  readonly operatorRole?: iam.IRole;
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/**
 * Creates CDK's own construct, also with values that the service accepts but the construct refuses: a ceiling outside 12 to 15000 vCPUs, or no
 * security group.
 */
export function createCapacityProvider(scope: Construct, id: string, props: lambda.CapacityProviderProps): lambda.CapacityProvider {
  const { capacityProviderName: name, maxVCpuCount, securityGroups } = props;
  const provider = new lambda.CapacityProvider(scope, id, {
    ...props,
    // CDK refuses its own placeholder for a name that hasn't been looked up yet.
    capacityProviderName: name !== undefined && isPlaceholder(name) ? undefined : name,
    maxVCpuCount: accepted(maxVCpuCount),
    securityGroups: securityGroups.length > 0 ? securityGroups : [NO_GROUP],
  });
  const resource = provider.node.defaultChild as lambda.CfnCapacityProvider;
  if (maxVCpuCount !== accepted(maxVCpuCount)) {
    resource.capacityProviderScalingConfig = { ...resource.capacityProviderScalingConfig as object, maxVCpuCount };
  }
  if (securityGroups.length === 0) {
    resource.vpcConfig = { ...resource.vpcConfig as lambda.CfnCapacityProvider.CapacityProviderVpcConfigProperty, securityGroupIds: [] };
  }
  return provider;
}

/**
 * Makes a provider wait for the policies of its role and the outbound rules of its groups, if they are resources of their own.
 *
 * It waits only for those that refer to no other resource. A policy or rule that refers to one may refer to a function, which itself waits for the
 * provider, and CloudFormation would refuse the cycle. They are collected at synthesis, when all of them exist.
 */
export function dependOnOwnParts(provider: lambda.CfnCapacityProvider, { operatorRole, securityGroups = [] }: Given): void {
  const role = operatorRole?.node.defaultChild;
  const parts: IDependable = {};
  Dependable.implement(parts, {
    get dependencyRoots() {
      return [
        ...iam.CfnRole.isCfnRole(role) ? policiesOf(role, new AppResources(role)).filter((policy) => isSafe(policy, role, provider)) : [],
        ...securityGroups.flatMap(({ node }) => node.children).filter(opensToAddresses),
      ];
    },
  });
  provider.node.addDependency(parts);
}

/** A placeholder, because CDK requires at least one group. */
const NO_GROUP = { securityGroupId: '' } as ec2.ISecurityGroup;

function accepted(maxVCpuCount?: number): number | undefined {
  if (maxVCpuCount === undefined || isToken(maxVCpuCount)) return maxVCpuCount;
  const { vCpuCountProvenMin: min, vCpuCountMax: max } = CURRENT_LIMITS;
  return Math.min(Math.max(maxVCpuCount, min), max);
}

/** Whether a policy can't wait for the provider, neither through the resources that it refers to nor through its stack. */
function isSafe({ policyDocument, stack }: iam.CfnPolicy, role: iam.CfnRole, provider: lambda.CfnCapacityProvider): boolean {
  return [role.stack, provider.stack].includes(stack) && !namesResource(stack.resolve(policyDocument));
}

/** Whether a construct is an outbound rule to an address range. */
function opensToAddresses(child: IConstruct): boolean {
  return ec2.CfnSecurityGroupEgress.isCfnSecurityGroupEgress(child)
    && child.destinationSecurityGroupId === undefined
    && !isToken(child.cidrIp ?? child.cidrIpv6);
}

/** Whether a resolved value refers to anything but the pseudo parameters. */
function namesResource(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => (
    key === 'Fn::GetAtt' || (key === 'Ref' ? !String(inner).startsWith('AWS::') : namesResource(inner))
  ));
}
