/** Who names `$LATEST` of a function on managed instances, or scales what can't be: found in whatever makes the call. */
import { CustomResource, Duration, Fn } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as destinations from 'aws-cdk-lib/aws-logs-destinations';
import * as pipes from 'aws-cdk-lib/aws-pipes';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as schedulerTargets from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { ManagedInstances } from '../../../src';
import { inThreeSources, messagesInTemplate, Written } from '../../three-sources';
import { synthErrorOf, testFunction, testStack } from '../../util';

const QUEUE = 'arn:aws:sqs:us-east-1:111111111111:orders';
const ROLE = 'arn:aws:iam::111111111111:role/orders';
const EVERY_HOUR = events.Schedule.rate(Duration.hours(1));

type Call = (scope: Construct, fn: lambda.IFunction) => unknown;

const CALLS: [string, Call][] = [
  ['an event source mapping', (scope, target) => new lambda.EventSourceMapping(scope, 'Call', { target, eventSourceArn: QUEUE })],
  ['a rule', (scope, fn) => new events.Rule(scope, 'Call', { schedule: EVERY_HOUR, targets: [new targets.LambdaFunction(fn)] })],
  ['a schedule', (scope, fn) => new scheduler.Schedule(scope, 'Call', {
    schedule: scheduler.ScheduleExpression.expression('rate(1 hour)'), target: new schedulerTargets.LambdaInvoke(fn, {}),
  })],
  ['a state machine', (scope, lambdaFunction) => new sfn.StateMachine(scope, 'Call', {
    definitionBody: sfn.DefinitionBody.fromChainable(new tasks.LambdaInvoke(scope, 'Task', { lambdaFunction })),
  })],
  ['a pipe', (scope, { functionArn }) => new pipes.CfnPipe(scope, 'Call', { roleArn: ROLE, source: QUEUE, target: functionArn })],
  ['the enrichment of a pipe', (scope, { functionArn }) => new pipes.CfnPipe(scope, 'Call', { roleArn: ROLE, source: QUEUE, target: QUEUE, enrichment: functionArn })],
  ['a REST API', (scope, handler) => new apigateway.LambdaRestApi(scope, 'Call', { handler })],
  ['an HTTP API', (scope, fn) => new apigwv2.HttpApi(scope, 'Call', { defaultIntegration: new integrations.HttpLambdaIntegration('Integration', fn) })],
  ['a subscription', (scope, fn) => new sns.Topic(scope, 'Call').addSubscription(new subscriptions.LambdaSubscription(fn))],
  ['a bucket', (scope, fn) => new s3.Bucket(scope, 'Call').addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(fn))],
  ['a user pool', (scope, fn) => new cognito.UserPool(scope, 'Call', { lambdaTriggers: { preSignUp: fn } })],
  ['a log group', (scope, fn) => new logs.SubscriptionFilter(scope, 'Call', {
    logGroup: new logs.LogGroup(scope, 'Logs'), destination: new destinations.LambdaDestination(fn), filterPattern: logs.FilterPattern.allEvents(),
  })],
  ['a custom resource', (scope, { functionArn }) => new CustomResource(scope, 'Call', { serviceToken: functionArn })],
];

/** A function on a fleet that is called. */
function called(call: Call, calleeOf: (fn: lambda.Function) => lambda.IFunction): string {
  const stack = testStack();
  const fn = testFunction(stack, 'Orders', { memorySize: 2048 });
  new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 400 }).addFunction(fn);
  call(new Construct(stack, 'Scope'), calleeOf(fn));
  return synthErrorOf(stack);
}

test.each(CALLS)('%s that calls $LATEST is refused at synthesis', (_what, call) => {
  expect(called(call, (fn) => fn.latestVersion)).toMatch(/\[Stack\/.*names \$LATEST.*::InvokeLatest\]/);
});

test.each(CALLS)('%s may call the function or a version', (_what, call) => {
  expect(called(call, (fn) => fn)).toBe('');
  expect(called(call, (fn) => fn.currentVersion)).toBe('');
});

function managed({ stack, attach }: Written, name?: string): lambda.Function {
  const fn = testFunction(stack, 'Orders', { memorySize: 2048, functionName: name });
  attach(fn, { executionEnvironmentMemoryGiBPerVCpu: 2 });
  return fn;
}

const LATEST_BY_NAME = Fn.sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:orders:$LATEST');

test.each<[string, (written: Written) => unknown, string[]]>([
  ['a rule by a reference', (written) => {
    const fn = managed(written);
    new events.Rule(written.stack, 'Call', { schedule: EVERY_HOUR, targets: [new targets.LambdaFunction(fn.latestVersion)] });
  }, ['error InvokeLatest']],
  ['a rule by a text around the ARN', (written) => {
    const fn = managed(written);
    new events.CfnRule(written.stack, 'Call', { scheduleExpression: 'rate(1 hour)', targets: [{ id: 'a', arn: `${fn.functionArn}:$LATEST` }] });
  }, ['error InvokeLatest']],
  ['a rule by name', (written) => {
    managed(written, 'orders');
    new events.CfnRule(written.stack, 'Call', { scheduleExpression: 'rate(1 hour)', targets: [{ id: 'orders', arn: LATEST_BY_NAME }] });
  }, ['error InvokeLatest']],
  ['a state machine by names in its definition', (written) => {
    managed(written, 'orders');
    const definition = (Resource: string) => JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Task', Resource, End: true } } });
    new sfn.CfnStateMachine(written.stack, 'Call', { roleArn: ROLE, definitionString: definition('arn:aws:lambda:us-east-1:111111111111:function:orders:$LATEST') });
  }, ['error InvokeLatest']],
  ['a permission by Sub', (written) => {
    const fn = managed(written);
    new lambda.CfnPermission(written.stack, 'Call', {
      action: 'lambda:InvokeFunction', principal: 'sns.amazonaws.com', functionName: Fn.sub(`\${${written.stack.getLogicalId(fn.node.defaultChild as lambda.CfnFunction)}}:$LATEST`),
    });
  }, ['error InvokeLatest']],
  ['a URL by its qualifier', (written) => {
    const fn = managed(written);
    new lambda.CfnUrl(written.stack, 'Call', { targetFunctionArn: fn.functionArn, qualifier: '$LATEST', authType: 'NONE' });
  }, ['error InvokeLatest']],
  ['a rule on $LATEST.PUBLISHED', (written) => {
    const fn = managed(written);
    new events.CfnRule(written.stack, 'Call', { scheduleExpression: 'rate(1 hour)', targets: [{ id: 'a', arn: `${fn.functionArn}:$LATEST.PUBLISHED` }] });
  }, []],
  ['a rule whose target is called like the function', (written) => {
    managed(written, 'orders');
    new events.CfnRule(written.stack, 'Call', { scheduleExpression: 'rate(1 hour)', targets: [{ id: 'orders', arn: QUEUE, input: 'orders:$LATEST' }] });
  }, []],
  ['scaling of provisioned concurrency', (written) => {
    managed(written).addAlias('live').addAutoScaling({ maxCapacity: 5 });
  }, ['error ProvisionedConcurrency']],
])('%s', (_what, write, expected) => {
  expect(inThreeSources((written) => void write(written))).toEqual({ ours: expected, cdk: expected, template: expected });
});

test('names the property with its path, in the words of a template', () => {
  expect(messagesInTemplate((written) => {
    const fn = managed(written);
    new scheduler.CfnSchedule(written.stack, 'Call', {
      scheduleExpression: 'rate(1 hour)', flexibleTimeWindow: { mode: 'OFF' }, target: { arn: `${fn.functionArn}:$LATEST`, roleArn: ROLE },
    });
  }, 'InvokeLatest')).toEqual([expect.stringMatching(/^Target\.Arn names \$LATEST/)]);
});
