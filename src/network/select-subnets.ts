/** Selects subnets of a VPC, even before CDK has looked up the VPC or its zones. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { throwErrors } from '../judging/report';
import { isPlaceholder } from '../reading/placeholder';
import { PROVIDER_JUDGE } from '../rules/provider/provider-judge';
import { codeContext, Moment } from '../rules/rule';

/**
 * Returns the subnets of an existing VPC if the user selects none: private subnets with egress, or else isolated subnets, which reach CloudWatch Logs
 * through an endpoint. If the VPC is in this app, the endpoint may be created later, so a missing endpoint is reported at synthesis.
 */
export function defaultSubnets(scope: IConstruct, vpc: ec2.IVpc): ec2.SubnetSelection {
  // A VPC that hasn't been looked up yet has private subnets as placeholders.
  if (vpc.privateSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  const [publicSubnets, isolatedSubnets] = [vpc.publicSubnets.length, vpc.isolatedSubnets.length];
  if (isolatedSubnets === 0 || !ec2.CfnVPC.isCfnVPC(vpc.node.defaultChild)) {
    throwErrors(scope, PROVIDER_JUDGE.judge({ defaultSubnets: { publicSubnets, isolatedSubnets } }, Moment.CALL, codeContext()));
  }
  return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
}

/**
 * Returns the selected subnets. Before a lookup, none of CDK's placeholders has the requested name, zone or addresses. Until then, any placeholders
 * stand in for the real subnets, in a template that isn't deployed.
 */
export function selectedSubnets(vpc: ec2.IVpc, selection: ec2.SubnetSelection): ec2.ISubnet[] {
  const { subnets } = vpc.selectSubnets(selection);
  if (subnets.length > 0 || !isPendingLookup(vpc)) return subnets;
  return [vpc.privateSubnets, vpc.isolatedSubnets, vpc.publicSubnets].find(({ length }) => length > 0) ?? [];
}

/** Whether the subnets of a VPC are placeholders, because the VPC or the zones of the account haven't been looked up yet. */
export function isPendingLookup(vpc: ec2.IVpc): boolean {
  return vpc.selectSubnets({ subnets: [] }).isPendingLookup === true || vpc.availabilityZones.some(isPlaceholder);
}
