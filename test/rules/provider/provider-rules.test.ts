import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InstanceSelection, ManagedInstances, ManagedInstancesNetwork, ManagedInstancesProps, Egress } from '../../../src';
import { synthErrorOf, testStack } from '../../util';

const C7G = new ec2.InstanceType('c7g.xlarge');
const M7I = new ec2.InstanceType('m7i.xlarge');

function create(props: (stack: ReturnType<typeof testStack>) => ManagedInstancesProps) {
  return () => {
    const stack = testStack();
    return new ManagedInstances(stack, 'Fleet', props(stack));
  };
}

test.each<[string, string, (stack: ReturnType<typeof testStack>) => ManagedInstancesProps]>([
  ['network', 'vpc', (stack) => ({ network: new ManagedInstancesNetwork(stack, 'Network'), vpc: new ec2.Vpc(stack, 'Vpc') })],
  ['network', 'vpcSubnets', (stack) => ({ network: new ManagedInstancesNetwork(stack, 'Network'), vpcSubnets: {} })],
  ['network', 'egress', (stack) => ({ network: new ManagedInstancesNetwork(stack, 'Network'), egress: Egress.natGateways() })],
  ['vpc', 'egress', (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc'), egress: Egress.natGateways() })],
  ['securityGroups', 'allowAllOutbound', (stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc');
    return { vpc, securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })], allowAllOutbound: false };
  }],
])('refuses %s with %s', (one, other, props) => {
  expect(create(props)).toThrow(
    `${other} is set, but must be left out if ${one} is given. Leave out ${one} or ${other}. `
      + '[cdk-lambda-managed-instances::ContradictingProps]',
  );
});

test('refuses subnets without a VPC', () => {
  expect(create(() => ({ vpcSubnets: {} }))).toThrow(
    'vpcSubnets is set, but there is no vpc to select subnets from. Set vpc as well, or leave vpcSubnets out. [cdk-lambda-managed-instances::SubnetsWithoutVpc]',
  );
});

test('takes props that are undefined for left out', () => {
  expect(create((stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc'), egress: undefined, network: undefined }))).not.toThrow();
});

test.each<[ManagedInstancesProps, string]>([
  [
    { instances: InstanceSelection.allow(C7G, M7I) },
    'allowedInstanceTypes has m7i.xlarge, which is x86_64, but the capacity provider is arm64. Leave m7i.xlarge out, or create a second capacity provider. [cdk-lambda-managed-instances::InstanceArchitecture]',
  ],
  [
    { instances: InstanceSelection.allow(C7G), architecture: lambda.Architecture.X86_64 },
    'allowedInstanceTypes has c7g.xlarge, which is arm64, but the capacity provider is x86_64. Leave c7g.xlarge out, or create a second capacity provider. [cdk-lambda-managed-instances::InstanceArchitecture]',
  ],
  [
    { instances: InstanceSelection.graviton(), architecture: lambda.Architecture.X86_64 },
    'architecture is x86_64, but the selected instances are arm64. Leave architecture out, or select instances of that architecture. [cdk-lambda-managed-instances::SelectedArchitecture]',
  ],
])('refuses instances of another architecture', (props, message) => {
  expect(create(() => props)).toThrow(message);
});

test.each<[ManagedInstancesProps]>([
  [{ instances: InstanceSelection.allow(C7G), architecture: lambda.Architecture.ARM_64 }],
  [{ instances: InstanceSelection.allow(new ec2.InstanceType('*.xlarge')), architecture: lambda.Architecture.ARM_64 }],
  [{ instances: InstanceSelection.exclude('c7g.*', 'm7i.*') }],
])('takes instances whose architecture fits or is unknown', (props) => {
  expect(create(() => props)).not.toThrow();
});

test('finds what is changed after the fleet is made', () => {
  // GIVEN
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet', { architecture: lambda.Architecture.ARM_64 });

  // WHEN
  (fleet.node.defaultChild as lambda.CfnCapacityProvider).instanceRequirements = { architectures: ['arm64'], allowedInstanceTypes: ['m7i.large'] };

  // THEN
  expect(synthErrorOf(stack)).toContain('[Stack/Fleet/CapacityProvider/Resource] allowedInstanceTypes has m7i.large, which is x86_64, but the capacity provider is arm64');
});
