import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { findingsOf } from '../rules/findings';
import { defaultSubnetsFacts } from '../rules/provider/network-facts';
import { DEFAULT_SUBNETS_RULES } from '../rules/provider/network-rules';
import { throwErrors } from '../rules/report';
import { codeContext } from '../rules/rule';

/**
 * The subnets of a VPC that exists, where none are selected: those with a way out, else isolated ones from which
 * CloudWatch Logs is reached through an endpoint of this app.
 */
export function defaultSubnets(scope: IConstruct, vpc: ec2.IVpc): ec2.SubnetSelection {
  // A VPC that is yet to be looked up has private subnets for the time being.
  if (vpc.privateSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  throwErrors(scope, findingsOf(DEFAULT_SUBNETS_RULES, defaultSubnetsFacts(vpc), codeContext()));
  return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
}
