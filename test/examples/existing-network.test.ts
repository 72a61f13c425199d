import { describeExample } from './describe-example';
import { OwnFleetStack } from '../../examples/existing-network/own-fleet-stack';
import { SharedFleetStack } from '../../examples/existing-network/shared-fleet-stack';

describeExample('existing-network', (app, props) => {
  new OwnFleetStack(app, 'OwnFleet', {
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1d'],
    subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60712', 'subnet-0a1b2c3d4e5f60713'],
    routeTableIds: ['rtb-0a1b2c3d4e5f60711', 'rtb-0a1b2c3d4e5f60712', 'rtb-0a1b2c3d4e5f60713'],
    ...props,
  });
  new SharedFleetStack(app, 'SharedFleet', {
    capacityProviderArn: 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:platform-arm64',
    ...props,
  });
});
