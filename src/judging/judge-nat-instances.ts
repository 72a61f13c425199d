/** Finds the NAT instances of a network among the constructs of the app, and checks them. */
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { reportAtSynth } from './report';
import { AppResources, sameThing } from '../reading/constructs/app-resources';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { namedConstructs } from '../reading/constructs/named-constructs';
import { isKnown } from '../reading/fact';
import { inboundRule, NatInstanceFacts } from '../rules/provider/nat-instance-rules';
import { PROVIDER_JUDGE } from '../rules/provider/provider-judge';
import { Moment, RuleContext } from '../rules/rule';

/**
 * Warns about each NAT instance that the subnets use and that is open to the internet. The warning is on its security group, so it appears once, even
 * if several fleets use the instance.
 */
export function judgeNatInstancesAtSynth(subnets: ec2.ISubnet[], context: RuleContext): string[] {
  const groups = subnets.flatMap(({ node }) => node.children).flatMap((child) => isDefaultRoute(child) ? securityGroupsAt(child) : []);
  return [...new Set(groups)].flatMap((group) => (
    reportAtSynth(group, PROVIDER_JUDGE.judge({ natInstance: natInstanceFacts(group) }, Moment.SYNTHESIS, context))
  ));
}

/** CDK puts the routes of a subnet below it. */
function isDefaultRoute(child: IConstruct): child is ec2.CfnRoute {
  return ec2.CfnRoute.isCfnRoute(child) && (child.destinationCidrBlock === '0.0.0.0/0' || child.destinationIpv6CidrBlock === '::/0');
}

/** The security groups behind a route, an instance or a network interface. */
function securityGroupsAt(resource: IConstruct): ec2.CfnSecurityGroup[] {
  if (ec2.CfnSecurityGroup.isCfnSecurityGroup(resource)) return [resource];
  return namedConstructs(waysToGroups(resource), resource).flatMap(securityGroupsAt);
}

function waysToGroups(resource: IConstruct): unknown {
  if (ec2.CfnRoute.isCfnRoute(resource)) return [resource.instanceId, resource.networkInterfaceId];
  if (ec2.CfnInstance.isCfnInstance(resource)) return [resource.securityGroupIds, resource.networkInterfaces];
  return ec2.CfnNetworkInterface.isCfnNetworkInterface(resource) ? resource.groupSet : [];
}

function natInstanceFacts(group: ec2.CfnSecurityGroup): NatInstanceFacts {
  const inline = new ConstructProperties({ rules: Stack.of(group).resolve(group.securityGroupIngress) }).items('rules');
  const standalone = new AppResources(group).ingressRules.filter(({ groupId }) => sameThing(groupId, group.attrGroupId) === true);
  return {
    inboundRules: [
      ...(isKnown(inline) ? inline : []),
      ...standalone.map((rule) => new ConstructProperties(rule)),
    ].map(inboundRule),
  };
}
