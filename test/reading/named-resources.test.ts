import { UNKNOWN } from '../../src/reading/fact';
import { ResourceGraph } from '../../src/reading/resource-graph';
import { Template } from '../../src/reading/templates/template';
import { resourcesOf } from '../../src/reading/templates/templates';

const [EU, US] = ['eu-west-1', 'us-east-1'];
const resource = (type: string, properties: object) => ({ Type: type, Properties: properties });
const fn = (functionName?: unknown) => resource('AWS::Lambda::Function', { FunctionName: functionName });
const template = (file: string, resources: object, rest: Partial<Template> = {}): Template => ({ file, body: { Resources: resources }, ...rest });

/** The logical id of the resource of a type that a name or ARN means, as seen from the first resource. */
function named(type: string, nameOrArn: string, ...templates: Template[]): string | undefined {
  const resources = resourcesOf(templates);
  return new ResourceGraph(resources).named(type, nameOrArn, resources[0])?.logicalId;
}

test.each<[string, string, string | undefined]>([
  ['AWS::Lambda::Function', 'orders', 'Fn'],
  ['AWS::Lambda::Function', 'orders:live', 'Fn'],
  ['AWS::Lambda::Function', 'function:orders', 'Fn'],
  ['AWS::Lambda::Function', '111111111111:function:orders:live', 'Fn'],
  ['AWS::Lambda::Function', 'arn:aws:lambda:eu-west-1:111111111111:function:orders', 'Fn'],
  ['AWS::Lambda::Function', 'arn:aws:lambda:eu-west-1:222222222222:function:orders', undefined],
  ['AWS::Lambda::Function', 'arn:aws:lambda:us-east-1:111111111111:function:orders', undefined],
  ['AWS::Lambda::Function', 'arn:aws:lambda:::function:orders', 'Fn'],
  ['AWS::Lambda::Function', 'arn:aws:lambda:${Region}:${Account}:function:orders', 'Fn'],
  ['AWS::Lambda::Function', 'a/b', undefined],
  ['AWS::Lambda::Function', 'other', undefined],
  ['AWS::Lambda::CapacityProvider', 'fleet', 'Provider'],
  ['AWS::Lambda::CapacityProvider', 'arn:aws:lambda:eu-west-1:111111111111:capacity-provider:fleet', 'Provider'],
  ['AWS::Lambda::CapacityProvider', 'fleet:1', undefined],
  ['AWS::IAM::Role', 'arn:aws:iam::111111111111:role/path/operators', 'Role'],
  ['AWS::IAM::Role', 'arn:aws:iam::222222222222:role/operators', undefined],
  ['AWS::Logs::LogGroup', '/aws/lambda/orders', 'Logs'],
  ['AWS::Logs::LogGroup', 'arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/orders:*', 'Logs'],
  ['AWS::SNS::Topic', 'orders', undefined],
])('finds the %s that %s means: %p', (type, nameOrArn, id) => {
  const resources = {
    Fn: fn('orders'),
    Provider: resource('AWS::Lambda::CapacityProvider', { CapacityProviderName: 'fleet' }),
    Role: resource('AWS::IAM::Role', { RoleName: 'operators' }),
    Logs: resource('AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/orders' }),
    Topic: resource('AWS::SNS::Topic', { TopicName: 'orders' }),
  };

  expect(named(type, nameOrArn, template('a.json', resources, { region: EU, account: '111111111111' }))).toBe(id);
});

test.each<[string, Template[], string | undefined]>([
  ['the one of its own stack', [template('a.json', { From: fn(), Own: fn('orders') }), template('b.json', { Other: fn('orders') })], 'Own'],
  ['the only one of another stack', [template('a.json', { From: fn() }), template('b.json', { Other: fn('orders') })], 'Other'],
  ['none of two stacks', [template('a.json', { From: fn() }), template('b.json', { One: fn('orders') }), template('c.json', { Two: fn('orders') })], undefined],
  ['none of two in its own stack', [template('a.json', { From: fn(), One: fn('orders'), Two: fn('orders') })], undefined],
  ['none in another Region', [template('a.json', { From: fn() }, { region: EU }), template('b.json', { Other: fn('orders') }, { region: US })], undefined],
  ['the one in its Region', [template('a.json', { From: fn() }, { region: EU }), template('b.json', { Other: fn('orders') }, { region: US }), template('c.json', { Same: fn('orders') }, { region: EU })], 'Same'],
  ['none in another account', [template('a.json', { From: fn() }, { account: '1' }), template('b.json', { Other: fn('orders') }, { account: '2' })], undefined],
  ['none among names that CloudFormation generates', [template('a.json', { From: fn() })], undefined],
  ['one by either of its names', [template('a.json', { From: fn(), Either: fn({ 'Fn::If': ['IsProd', 'orders', 'test'] }) })], 'Either'],
])('a name means %s', (_what, templates, id) => {
  expect(named('AWS::Lambda::Function', 'orders', ...templates)).toBe(id);
});

test('an unknown name means nothing', () => {
  const resources = resourcesOf([template('a.json', { Fn: fn('orders') })]);

  expect(new ResourceGraph(resources).named('AWS::Lambda::Function', UNKNOWN, resources[0])).toBeUndefined();
  expect(new ResourceGraph(resources).named('AWS::Lambda::Function', undefined, resources[0])).toBeUndefined();
});
