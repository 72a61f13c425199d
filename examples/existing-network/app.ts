import { App } from 'aws-cdk-lib';
import { OwnFleetStack } from './own-fleet-stack';
import { SharedFleetStack } from './shared-fleet-stack';

export const app = new App();

new OwnFleetStack(app, 'OwnFleet', {
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1d'],
  subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712', 'subnet-0a1b2c3d4e5f60713'],
  routeTableIds: ['rtb-0a1b2c3d4e5f60711', 'rtb-0a1b2c3d4e5f60712', 'rtb-0a1b2c3d4e5f60713'],
  env: { region: 'us-east-1' },
});

new SharedFleetStack(app, 'SharedFleet', {
  capacityProviderArn: 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:platform-arm64',
  env: { region: 'us-east-1', account: '123456789012' },
});
