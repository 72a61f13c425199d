import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LambdaTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { QuickstartStack } from '../../examples/quickstart/quickstart-stack';
import { ManagedInstances, ManagedInstancesChecks } from '../../src';
import { testFunction, warningsOf } from '../util';

let stack: Stack;
let fleet: ManagedInstances;
let fn: lambda.Function;

beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
  fleet = new ManagedInstances(stack, 'Fleet');
  fn = testFunction(stack);
  fleet.addFunction(fn);
});

/** What we say of a stack, in any way, but for infos. */
function alarms(checked: Stack): string[] {
  const violations = new ManagedInstancesChecks().validateScope(checked).violations.filter(({ severity }) => severity !== 'info');
  return [...warningsOf(checked).filter((text) => text.includes('cdk-lambda-managed-instances')), ...violations.map(({ ruleName }) => ruleName)];
}

test.each<[string, () => unknown]>([
  ['a REST API', () => new apigateway.LambdaRestApi(stack, 'X', { handler: fn })],
  ['an HTTP API', () => new apigatewayv2.HttpApi(stack, 'X', { defaultIntegration: new HttpLambdaIntegration('Integration', fn) })],
  ['a load balancer', () => new elbv2.ApplicationLoadBalancer(stack, 'X', { vpc: fleet.vpc }).addListener('L', { port: 80, protocol: elbv2.ApplicationProtocol.HTTP }).addTargets('T', { targets: [new LambdaTarget(fn)] })],
  ['S3', () => new s3.Bucket(stack, 'X').addEventNotification(s3.EventType.OBJECT_CREATED, new LambdaDestination(fn))],
  ['SNS', () => new sns.Topic(stack, 'X').addSubscription(new LambdaSubscription(fn))],
  ['EventBridge', () => new events.Rule(stack, 'X', { schedule: events.Schedule.rate(Duration.hours(1)), targets: [new LambdaFunction(fn)] })],
  ['SQS', () => fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'X')))],
  ['Kinesis', () => fn.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'X'), { startingPosition: lambda.StartingPosition.LATEST }))],
  ['DynamoDB Streams', () => fn.addEventSource(new sources.DynamoEventSource(
    new dynamodb.Table(stack, 'X', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE }),
    { startingPosition: lambda.StartingPosition.LATEST },
  ))],
  ['MSK', () => fn.addEventSource(new sources.ManagedKafkaEventSource({
    clusterArn: 'arn:aws:kafka:us-east-1:111111111111:cluster/orders/x', topic: 'orders', startingPosition: lambda.StartingPosition.LATEST,
  }))],
  ['a canary of two versions', () => {
    const alias = new lambda.Alias(stack, 'X', { aliasName: 'live', version: fn.currentVersion, additionalVersions: [{ version: new lambda.Version(stack, 'Other', { lambda: fn }), weight: 0.1 }] });
    return new codedeploy.LambdaDeploymentGroup(stack, 'Canary', { alias });
  }],
  ['asynchronous invocation', () => new lambda.CfnEventInvokeConfig(stack, 'X', { functionName: fn.functionName, qualifier: '$LATEST.PUBLISHED', maximumRetryAttempts: 1 })],
])('says nothing of a function behind %s', (_what, create) => {
  create();

  expect(alarms(stack)).toEqual([]);
});

test('says nothing of a durable function', () => {
  const durable = testFunction(stack, 'Durable', { durableConfig: { executionTimeout: Duration.hours(1), retentionPeriod: Duration.days(1) } });
  fleet.addFunction(durable);

  expect(alarms(stack)).toEqual([]);
});

test('says of a plain app of CDK\'s own constructs that system logs have no group and zones are two, and nothing else', () => {
  const plain = new Stack(new App(), 'Plain');
  const vpc = new ec2.Vpc(plain, 'Vpc');
  const provider = new lambda.CapacityProvider(plain, 'Provider', {
    subnets: vpc.privateSubnets,
    securityGroups: [new ec2.SecurityGroup(plain, 'Group', { vpc })],
  });
  provider.addFunction(new NodejsFunction(plain, 'Function', { entry: 'test/fixtures/handler.ts', runtime: lambda.Runtime.NODEJS_24_X, memorySize: 2048 }));

  expect(alarms(plain)).toEqual(['LogGroupMissing', 'ZoneCount']);
});

test('says nothing of the quickstart', () => {
  expect(alarms(new QuickstartStack(new App(), 'Quickstart', {}))).toEqual([]);
});
