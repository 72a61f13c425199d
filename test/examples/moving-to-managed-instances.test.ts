import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describeExample } from './describe-example';
import { MovingStack } from '../../examples/moving-to-managed-instances/moving-stack';

describeExample('moving-to-managed-instances', ['Moving'], (app, props) => new MovingStack(app, 'Moving', props));

test('sends a share of the requests to the function on managed instances', () => {
  const template = Template.fromStack(new MovingStack(new App(), 'Moving', { percentOnManagedInstances: 5 }));
  const [managed] = Object.keys(template.findResources('AWS::Lambda::Function', { Properties: { CapacityProviderConfig: Match.anyValue() } }));
  const [standard] = Object.keys(template.findResources('AWS::Lambda::Function', { Properties: { CapacityProviderConfig: Match.absent() } }));

  template.hasResourceProperties('AWS::ApiGateway::Stage', {
    Variables: { function: { Ref: standard } },
    CanarySetting: { PercentTraffic: 5, StageVariableOverrides: { function: { Ref: managed } } },
  });
  for (const fn of [standard, managed]) {
    template.hasResourceProperties('AWS::Lambda::Permission', {
      FunctionName: { 'Fn::GetAtt': [fn, 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
    });
  }
});

test('replaces no function while the requests move', () => {
  const functions = [0, 50, 100].map((percentOnManagedInstances) =>
    Template.fromStack(new MovingStack(new App(), 'Moving', { percentOnManagedInstances })).findResources('AWS::Lambda::Function'));

  expect(functions[1]).toEqual(functions[0]);
  expect(functions[2]).toEqual(functions[0]);
});

test.each([-1, 101, NaN])('refuses to send %p of a hundred requests', (percentOnManagedInstances) => {
  expect(() => new MovingStack(new App(), 'Moving', { percentOnManagedInstances }))
    .toThrow(`percentOnManagedInstances is ${percentOnManagedInstances}, but must be from 0 to 100`);
});
