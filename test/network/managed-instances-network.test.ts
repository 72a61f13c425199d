import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ManagedInstancesNetwork } from '../../src';
import { testStack } from '../util';

test('makes as many zones as asked for', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  const network = new ManagedInstancesNetwork(stack, 'Network', { maxAzs: 1 });

  // THEN
  expect(network.vpc.availabilityZones).toHaveLength(1);
  expect(network.vpc.selectSubnets(network.vpcSubnets).subnets).toEqual(network.vpc.privateSubnets);
  Template.fromStack(stack).resourceCountIs('AWS::EC2::NatGateway', 1);
});

test('wraps a VPC that exists', () => {
  // GIVEN
  const stack = testStack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const vpcSubnets = { subnets: [vpc.privateSubnets[0]] };

  // WHEN
  const network = new ManagedInstancesNetwork(stack, 'Network', { vpc, vpcSubnets });

  // THEN
  expect(network).toMatchObject({ vpc, vpcSubnets });
  Template.fromStack(stack).resourceCountIs('AWS::EC2::VPC', 1);
});
