import { App, Stack } from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as schedulerTargets from 'aws-cdk-lib/aws-scheduler-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { AddFunctionOptions, ManagedInstances, ManagedInstancesChecks } from '../../../src';
import { testFunction } from '../../util';

/** What is found of a function with an alias and these callers. */
function findingOf(call: (stack: Stack, alias: lambda.Alias, fn: lambda.Function) => void, options: AddFunctionOptions = {}) {
  const stack = new Stack(new App(), 'Stack');
  const fn = testFunction(stack, 'Function');
  new ManagedInstances(stack, 'Fleet').addFunction(fn, options);
  call(stack, fn.addAlias('live'), fn);
  const found = new ManagedInstancesChecks().validateScope(stack).violations.filter(({ ruleName }) => ruleName === 'PublishedForNobody');
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0];
}

const queue = (stack: Stack) => new sources.SqsEventSource(new sqs.Queue(stack, 'Queue'));

const everyHour = events.Schedule.expression('rate(1 hour)');

type Call = (stack: Stack, fn: lambda.IFunction) => void;

const CALLERS: [string, Call][] = [
  ['an event source', (stack, fn) => fn.addEventSource(queue(stack))],
  ['a permission', (_, fn) => fn.addPermission('Permission', { principal: new iam.ServicePrincipal('s3.amazonaws.com') })],
  ['a rule', (stack, fn) => new events.Rule(stack, 'Rule', { schedule: everyHour, targets: [new targets.LambdaFunction(fn)] })],
  ['a schedule', (stack, fn) => new scheduler.Schedule(stack, 'Schedule', {
    schedule: scheduler.ScheduleExpression.expression('rate(1 hour)'), target: new schedulerTargets.LambdaInvoke(fn, {}),
  })],
  ['an HTTP API', (stack, fn) => new apigwv2.HttpApi(stack, 'Api', { defaultIntegration: new integrations.HttpLambdaIntegration('Integration', fn) })],
  ['a state machine', (stack, fn) => new sfn.StateMachine(stack, 'Machine', {
    definitionBody: sfn.DefinitionBody.fromChainable(new tasks.LambdaInvoke(stack, 'Task', { lambdaFunction: fn })),
  })],
  ['a grant', (stack, fn) => fn.grantInvoke(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com') }))],
];

test.each(CALLERS)('warns where %s uses an alias', (_, call) => {
  expect(findingOf((stack, alias) => call(stack, alias))).toMatchObject({ severity: 'warning', violatingResources: [{ constructPath: 'Stack/Function/Resource' }] });
});

test.each(CALLERS)('is silent where %s uses the function, whatever others do', (_, call) => {
  expect(findingOf((stack, alias, fn) => {
    new lambda.EventSourceMapping(stack, 'Other', { target: alias, eventSourceArn: 'arn:aws:sqs:us-east-1:111111111111:other' });
    call(stack, fn);
  })).toBeUndefined();
});

test('a URL is on what it is added to', () => {
  expect(findingOf((_, alias) => alias.addFunctionUrl())).toBeDefined();
  expect(findingOf((_, alias, fn) => [alias.addFunctionUrl(), fn.addFunctionUrl()])).toBeUndefined();
});

test('is silent where the app shows no caller', () => {
  expect(findingOf(() => undefined)).toBeUndefined();
});

test.each<[string, AddFunctionOptions]>([
  ['isn\'t published', { publishToLatestPublished: false }],
  ['keeps nothing', { latestPublishedScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 5 } }],
])('is silent where $LATEST.PUBLISHED %s', (_, options) => {
  expect(findingOf((stack, alias) => alias.addEventSource(queue(stack)), options)).toBeUndefined();
});

test('says what is kept, who calls, and what to set where', () => {
  const finding = findingOf((stack, alias) => alias.addEventSource(queue(stack)), {
    latestPublishedScalingConfig: { minExecutionEnvironments: 4, maxExecutionEnvironments: 20 },
  });

  expect(finding.description).toMatch(/^PublishToLatestPublished is true by default, but every caller in the app \(Function\w+\) uses a version or an alias, and nothing uses the 4 environments that \$LATEST.PUBLISHED keeps$/);
  expect(finding.fix).toBe('set it to false, and set the minimum and maximum of environments on the version: FunctionScalingConfig.MaxExecutionEnvironments 20 of the function bounds $LATEST.PUBLISHED alone');
});

test.each<[number, RegExp]>([
  [2, /\(Caller1 and Caller2\)/],
  [3, /\(Caller1 and 2 more\)/],
])('names %d callers as briefly as that goes', (count, callers) => {
  const finding = findingOf((stack, alias) => {
    for (let n = 1; n <= count; n++) {
      new lambda.CfnEventSourceMapping(stack, `Caller${n}`, { functionName: alias.functionArn, eventSourceArn: `arn:aws:sqs:us-east-1:111111111111:queue${n}` });
    }
  });

  expect(finding.description).toMatch(callers);
});

test.each<[string, boolean]>([
  ['orders', false],
  ['orders:live', true],
  ['arn:aws:lambda:us-east-1:111111111111:function:orders:3', true],
  ['arn:aws:lambda:us-east-1:111111111111:function:orders', false],
])('reads the qualifier of a literal name: %s', (functionName, warns) => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'us-east-1' } });
  const fn = testFunction(stack, 'Function', { functionName: 'orders' });
  new ManagedInstances(stack, 'Fleet').addFunction(fn);
  new lambda.CfnEventSourceMapping(stack, 'Mapping', { functionName, eventSourceArn: 'arn:aws:sqs:us-east-1:111111111111:queue' });

  const codes = new ManagedInstancesChecks().validateScope(stack).violations.map(({ ruleName }) => ruleName);
  expect(codes.includes('PublishedForNobody')).toBe(warns);
});
