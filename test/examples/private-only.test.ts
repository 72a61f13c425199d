import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describeExample } from './describe-example';
import { PrivateOnlyStack } from '../../examples/private-only/private-only-stack';

describeExample('private-only', ['PrivateOnly'], (app, props) => new PrivateOnlyStack(app, 'PrivateOnly', props));

/** The last part of a service's name: `secretsmanager`. */
function services(template: Template, type: string): string[] {
  return Object.values<any>(template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: type } }))
    .map(({ Properties: { ServiceName } }) => (typeof ServiceName === 'string' ? ServiceName : ServiceName['Fn::Join'][1].at(-1)).split('.').at(-1))
    .sort();
}

test('has no way to the internet, and reaches what its function calls', () => {
  const template = Template.fromStack(new PrivateOnlyStack(new App(), 'PrivateOnly'));

  template.resourceCountIs('AWS::EC2::InternetGateway', 0);
  template.resourceCountIs('AWS::EC2::NatGateway', 0);
  template.resourceCountIs('AWS::EC2::Route', 0);
  expect(services(template, 'Interface')).toEqual(['logs', 'monitoring', 'secretsmanager', 'xray']);
  expect(services(template, 'Gateway')).toEqual(['dynamodb', 's3']);
});

test('lets its function open HTTPS only, and read messages six times as long as it may take', () => {
  const template = Template.fromStack(new PrivateOnlyStack(new App(), 'PrivateOnly'));

  const egress = Object.values<any>(template.findResources('AWS::EC2::SecurityGroup')).flatMap(({ Properties }) => Properties.SecurityGroupEgress);
  expect(egress.filter(({ CidrIp }) => CidrIp !== '255.255.255.255/32').map(({ FromPort, ToPort }) => [FromPort, ToPort])).toEqual([[443, 443]]);
  template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 30 });
  template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 180, RedrivePolicy: { maxReceiveCount: 5 } });
});
