/** Selects subnets of a VPC, even before CDK has looked up the VPC or its zones. */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { throwErrors } from '../judging/report';
import { isPlaceholder } from '../reading/placeholder';
import { PROVIDER_JUDGE } from '../rules/provider/provider-judge';
import { codeContext, Moment } from '../rules/rule';

/**
 * The subnets of a VPC that exists, where none are selected: those with a way out, else isolated ones, from which CloudWatch Logs
 * is reached through an endpoint. One of this app may still be made; what is missing then is found at synthesis.
 */
export function defaultSubnets(scope: IConstruct, vpc: ec2.IVpc): ec2.SubnetSelection {
  // A VPC that is yet to be looked up has private subnets for the time being.
  if (vpc.privateSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  const [publicSubnets, isolatedSubnets] = [vpc.publicSubnets.length, vpc.isolatedSubnets.length];
  if (isolatedSubnets === 0 || !ec2.CfnVPC.isCfnVPC(vpc.node.defaultChild)) {
    throwErrors(scope, PROVIDER_JUDGE.judge({ defaultSubnets: { publicSubnets, isolatedSubnets } }, Moment.CALL, codeContext()));
  }
  return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
}

/**
 * The subnets that are selected. Before a lookup, CDK's placeholders hold no subnet of the name, zone or addresses that is
 * asked for: until then any of them stand for those to come, in a template that isn't deployed.
 */
export function selectedSubnets(vpc: ec2.IVpc, selection: ec2.SubnetSelection): ec2.ISubnet[] {
  const { subnets } = vpc.selectSubnets(selection);
  if (subnets.length > 0 || !isPendingLookup(vpc)) return subnets;
  return [vpc.privateSubnets, vpc.isolatedSubnets, vpc.publicSubnets].find(({ length }) => length > 0) ?? [];
}

/** Whether the subnets of a VPC are placeholders: it is yet to be looked up, or the zones of the account are. */
export function isPendingLookup(vpc: ec2.IVpc): boolean {
  return vpc.selectSubnets({ subnets: [] }).isPendingLookup === true || vpc.availabilityZones.some(isPlaceholder);
}
