import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describeExample } from './describe-example';
import { NetworkStack } from '../../examples/trust-boundaries/network-stack';
import { PaymentsStack } from '../../examples/trust-boundaries/payments-stack';
import { PluginsStack } from '../../examples/trust-boundaries/plugins-stack';
import { ShopStack } from '../../examples/trust-boundaries/shop-stack';

describeExample('trust-boundaries', ['Network', 'Payments', 'Plugins', 'Shop'], (app, props) => {
  const { network } = new NetworkStack(app, 'Network', props);
  new ShopStack(app, 'Shop', { network, ...props });
  new PaymentsStack(app, 'Payments', { network, ...props });
  new PluginsStack(app, 'Plugins', { network, ...props });
});

test('lets one fleet into the database, and one role onto that fleet', () => {
  const app = new App();
  const { network } = new NetworkStack(app, 'Network');
  const template = Template.fromStack(new PaymentsStack(app, 'Payments', { network }));

  template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
  const [deployer] = Object.keys(template.findResources('AWS::IAM::Role', {
    Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { AWS: {} } }] } },
  }));
  const passing = Object.values<any>(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.PolicyDocument).includes('lambda:PassCapacityProvider'));
  expect(passing.map(({ Properties }) => Properties.Roles)).toEqual([[{ Ref: deployer }]]);
});

test('gives each customer a fleet', () => {
  const app = new App();
  const { network } = new NetworkStack(app, 'Network');
  const template = Template.fromStack(new PluginsStack(app, 'Plugins', { network, customers: ['Acme', 'Globex', 'Initech'] }));

  const providers = Object.values<any>(template.findResources('AWS::Lambda::Function'))
    .map(({ Properties }) => Properties.CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn['Fn::GetAtt'][0]);
  expect(new Set(providers).size).toBe(3);
});
