import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CapacityProviderProps } from 'aws-cdk-lib/aws-lambda';
import { createCapacityProvider } from '../../src/provider/create-capacity-provider';
import { onlyResource, testStack } from '../util';

/** The properties of a provider in imported subnets. */
function rendered(props: Partial<CapacityProviderProps>) {
  const stack = testStack();
  createCapacityProvider(stack, 'Provider', {
    subnets: [ec2.Subnet.fromSubnetId(stack, 'Subnet', 'subnet-1')], securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')], ...props,
  });
  return onlyResource(stack, 'AWS::Lambda::CapacityProvider').Properties;
}

test('renders no security group where there is none, which CDK refuses', () => {
  expect(rendered({ securityGroups: [] }).VpcConfig).toEqual({ SubnetIds: ['subnet-1'], SecurityGroupIds: [] });
  expect(rendered({}).VpcConfig).toEqual({ SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] });
});

test.each([2, 11, 12, 400, 15000, 15001])('renders a ceiling of %d vCPUs', (maxVCpuCount) => {
  expect(rendered({ maxVCpuCount }).CapacityProviderScalingConfig).toEqual({ MaxVCpuCount: maxVCpuCount });
});

test('renders a ceiling that is a parameter, and none if none is set', () => {
  expect(rendered({ maxVCpuCount: Token.asNumber({ Ref: 'Ceiling' }) }).CapacityProviderScalingConfig).toEqual({ MaxVCpuCount: { Ref: 'Ceiling' } });
  expect(rendered({}).CapacityProviderScalingConfig).toBeUndefined();
});

test('leaves out a name that hasn\'t been looked up yet', () => {
  expect(rendered({ capacityProviderName: 'dummy-value-for-/fleet' }).CapacityProviderName).toBeUndefined();
  expect(rendered({ capacityProviderName: 'fleet' }).CapacityProviderName).toBe('fleet');
});
