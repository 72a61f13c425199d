import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ManagedInstances } from '../../src';

function given() {
  const stack = new Stack(new App(), 'Stack');
  const fn = new lambda.Function(stack, 'Orders', {
    runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'),
  });
  return { stack, fn, fleet: new ManagedInstances(stack, 'Fleet') };
}

test('configures the version that runs, and may use the destination', () => {
  // GIVEN
  const { stack, fn, fleet } = given();
  // WHEN
  fleet.addFunction(fn).configureAsyncInvoke({ maxEventAge: Duration.hours(1), retryAttempts: 0, onFailure: new SqsDestination(new sqs.Queue(stack, 'Failed')) });
  // THEN
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    Qualifier: '$LATEST.PUBLISHED', MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 0,
  });
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).toContain('sqs:SendMessage');
});

test('configures an alias beside it', () => {
  const { stack, fn, fleet } = given();
  const orders = fleet.addFunction(fn);
  orders.configureAsyncInvoke({ retryAttempts: 0 });
  orders.configureAsyncInvoke({ retryAttempts: 1, alias: fn.addAlias('live') });

  const configs = Object.values<any>(Template.fromStack(stack).findResources('AWS::Lambda::EventInvokeConfig'));
  expect(configs.map(({ Properties: { Qualifier, MaximumRetryAttempts } }) => [Qualifier, MaximumRetryAttempts])).toEqual([['$LATEST.PUBLISHED', 0], ['live', 1]]);
});

test('takes an L1', () => {
  const { stack, fn, fleet } = given();
  fleet.addFunction(fn.node.defaultChild as lambda.CfnFunction).configureAsyncInvoke({ retryAttempts: 2 });

  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventInvokeConfig', { Qualifier: '$LATEST.PUBLISHED', MaximumRetryAttempts: 2 });
});

test.each([
  [{ maxEventAge: Duration.seconds(59) }, 'maxEventAge is 59 seconds, but must be 60 to 21600 whole seconds. Use a duration in that range'],
  [{ maxEventAge: Duration.seconds(21601) }, 'is 21601'],
  [{ maxEventAge: Duration.millis(60500) }, 'is 60.5'],
  [{ retryAttempts: 3 }, 'retryAttempts is 3, but must be a whole number from 0 to 2. Use a number in that range'],
  [{ retryAttempts: -1 }, 'is -1'],
  [{ retryAttempts: 0.5 }, 'is 0.5'],
])('refuses %j', (options, message) => {
  const { fn, fleet } = given();
  const orders = fleet.addFunction(fn);

  expect(() => orders.configureAsyncInvoke(options)).toThrow(message);
});

test.each([
  [{ maxEventAge: Duration.seconds(60), retryAttempts: 2 }], [{ maxEventAge: Duration.seconds(21600) }],
])('accepts %j', (options) => {
  const { fn, fleet } = given();
  const orders = fleet.addFunction(fn);

  expect(() => orders.configureAsyncInvoke(options)).not.toThrow();
});

test('says nothing of a number that is known at deployment', () => {
  const { stack, fn, fleet } = given();
  const orders = fleet.addFunction(fn);

  expect(() => orders.configureAsyncInvoke({ retryAttempts: new CfnParameter(stack, 'Retries', { type: 'Number' }).valueAsNumber })).not.toThrow();
});

test('refuses a second configuration of one version', () => {
  const { fn, fleet } = given();
  const orders = fleet.addFunction(fn);
  orders.configureAsyncInvoke({ retryAttempts: 0 });

  expect(() => orders.configureAsyncInvoke({ retryAttempts: 1 })).toThrow('is called twice for Stack/Orders, but Lambda keeps one configuration for a function or an alias. Join both calls');
});
