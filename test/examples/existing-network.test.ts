import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describeExample } from './describe-example';
import { OwnFleetStack } from '../../examples/existing-network/own-fleet-stack';
import { SharedFleetStack } from '../../examples/existing-network/shared-fleet-stack';

const NETWORK = {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1d'],
  subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712', 'subnet-0a1b2c3d4e5f60713'],
  routeTableIds: ['rtb-0a1b2c3d4e5f60711', 'rtb-0a1b2c3d4e5f60712', 'rtb-0a1b2c3d4e5f60713'],
};
const PROVIDER = 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:platform-arm64';

describeExample('existing-network', ['OwnFleet', 'SharedFleet'], (app, props) => {
  new OwnFleetStack(app, 'OwnFleet', { ...NETWORK, ...props });
  new SharedFleetStack(app, 'SharedFleet', { capacityProviderArn: PROVIDER, ...props });
});

test('adds to the VPC nothing but a security group', () => {
  const template = Template.fromStack(new OwnFleetStack(new App(), 'OwnFleet', NETWORK));

  const network = Object.values<any>(template.toJSON().Resources).map(({ Type }) => Type).filter((type) => type.startsWith('AWS::EC2::'));
  expect(network).toEqual(['AWS::EC2::SecurityGroup']);
  template.hasResourceProperties('AWS::Lambda::CapacityProvider', { VpcConfig: { SubnetIds: NETWORK.subnetIds } });
});

test('puts the function on the provider of somebody else, and makes none', () => {
  const template = Template.fromStack(new SharedFleetStack(new App(), 'SharedFleet', { capacityProviderArn: PROVIDER }));

  template.resourceCountIs('AWS::Lambda::CapacityProvider', 0);
  template.hasResourceProperties('AWS::Lambda::Function', {
    CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: PROVIDER } },
  });
});
