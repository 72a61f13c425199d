import { Fn } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { Egress, IManagedInstancesNetwork, ManagedInstances, ManagedInstancesNetwork, ManagedInstancesNetworkProps } from '../../src';
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

test('takes three zones of a Region that has more', () => {
  // GIVEN
  const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-east-1d'];
  const context = { 'availability-zones:account=111111111111:region=us-east-1': zones };
  const stack = testStack({ env: { account: '111111111111', region: 'us-east-1' } }, { context });

  // WHEN
  const network = new ManagedInstancesNetwork(stack, 'Network');

  // THEN
  expect(network.vpc.availabilityZones).toEqual(zones.slice(0, 3));
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

test('a fleet takes a network that is a construct of the user, and waits for it', () => {
  // GIVEN
  const stack = testStack();
  class OwnNetwork extends Construct implements IManagedInstancesNetwork {
    public readonly vpc = new ec2.Vpc(this, 'Vpc');
    public readonly vpcSubnets = { subnets: [this.vpc.privateSubnets[1]] };
    public readonly connectivity = new sqs.Queue(this, 'Last');
  }

  // WHEN
  new ManagedInstances(stack, 'Fleet', { network: new OwnNetwork(stack, 'Own') });

  // THEN
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::EC2::VPC', 1);
  template.hasResource('AWS::Lambda::CapacityProvider', {
    Properties: { VpcConfig: { SubnetIds: [{ Ref: Match.stringLikeRegexp('PrivateSubnet2') }] } },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^OwnLast')]),
  });
});

test('leaves a zone out that Lambda refuses', () => {
  // GIVEN
  const stack = testStack({ env: { account: '123456789012', region: 'us-east-1' } });
  const availabilityZones = ['us-east-1a', 'us-east-1b', 'us-east-1d'];

  // WHEN
  const network = new ManagedInstancesNetwork(stack, 'Network', { availabilityZones });
  new ManagedInstances(stack, 'Fleet', { network });

  // THEN
  const template = Template.fromStack(stack);
  const zones = Object.values(template.findResources('AWS::EC2::Subnet')).map(({ Properties }) => Properties.AvailabilityZone);
  expect([...new Set(zones)]).toEqual(availabilityZones);
  template.resourceCountIs('AWS::EC2::NatGateway', 3);
});

test('has the addresses that are asked for', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  new ManagedInstancesNetwork(stack, 'Network', { ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/20'), egress: Egress.privateEndpoints() });

  // THEN
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.20.0.0/20' });
});

test.each<[string, string, ManagedInstancesNetworkProps]>([
  ['vpc', 'egress', { egress: Egress.natGateways() }],
  ['vpc', 'maxAzs', { maxAzs: 2 }],
  ['vpc', 'availabilityZones', { availabilityZones: ['eu-west-1a'] }],
  ['vpc', 'ipAddresses', { ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/20') }],
])('refuses %s with %s', (one, other, props) => {
  const stack = testStack();
  const vpc = new ec2.Vpc(stack, 'Vpc');

  expect(() => new ManagedInstancesNetwork(stack, 'Network', { vpc, ...props })).toThrow(
    `${other} is set, but must be left out if ${one} is given. Leave out ${one} or ${other}. `
      + '[cdk-lambda-managed-instances::ContradictingProps]',
  );
});

test('refuses zones by name and by number', () => {
  expect(() => new ManagedInstancesNetwork(testStack(), 'Network', { availabilityZones: ['eu-west-1a'], maxAzs: 1 }))
    .toThrow('maxAzs is set, but must be left out if availabilityZones is given. Leave out availabilityZones or maxAzs.');
});

test.each<[ManagedInstancesNetworkProps, string]>([
  [{ maxAzs: 0 }, 'maxAzs is 0, but the subnets need at least 1 zone. Leave it out, or choose three zones'],
  [{ maxAzs: -1 }, 'maxAzs is -1, but the subnets need at least 1 zone. Leave it out, or choose three zones'],
  [{ availabilityZones: [] }, 'availabilityZones has no zone, but the subnets need at least 1 zone. Leave it out, or choose three zones'],
])('refuses %j, in which there is no subnet', (props, message) => {
  expect(() => new ManagedInstancesNetwork(testStack(), 'Network', props)).toThrow(`${message}. [cdk-lambda-managed-instances::SubnetCount]`);
});

test.each<[string, ManagedInstancesNetworkProps]>([
  ['one zone', { availabilityZones: ['eu-west-1a'] }],
  ['zones that are known at deployment only', { availabilityZones: Fn.importListValue('zones', 2) }],
])('takes %s', (_what, props) => {
  expect(() => new ManagedInstancesNetwork(testStack(), 'Network', props)).not.toThrow();
});

test('refuses subnets without a VPC', () => {
  expect(() => new ManagedInstancesNetwork(testStack(), 'Network', { vpcSubnets: {} })).toThrow('[cdk-lambda-managed-instances::SubnetsWithoutVpc]');
});

test('offers its connectivity to wait for', () => {
  // GIVEN
  const stack = testStack();
  const network = new ManagedInstancesNetwork(stack, 'Network', { egress: Egress.privateEndpoints() });
  const waiting = new ec2.CfnInternetGateway(stack, 'Waiting');

  // WHEN
  waiting.node.addDependency(network.connectivity);

  // THEN
  const { DependsOn } = Template.fromStack(stack).toJSON().Resources[stack.getLogicalId(waiting)];
  expect(DependsOn.filter((id: string) => id.includes('RouteTableAssociation'))).toHaveLength(2);
  expect(DependsOn.filter((id: string) => /Endpoints(Logs|Monitoring|Xray)/.test(id))).toHaveLength(3);
});
