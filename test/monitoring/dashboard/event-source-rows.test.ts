import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ManagedInstances, ManagedInstancesDashboard } from '../../../src';
import { testFunction, testStack } from '../../util';
import { bodyOf, widgetOf } from '../body';
import { lint } from '../dashboard-linter';

const STREAMS = 'Streams: age of the last record, ms';
const KAFKA = 'Kafka: offsets behind';
const QUEUES = 'Queues: age of the oldest message, s';
const EVENTS = 'Events of mappings';
const POLLERS = 'Pollers';

let stack: Stack;
let fleet: ManagedInstances;
let fn: lambda.Function;

beforeEach(() => {
  stack = testStack();
  fleet = new ManagedInstances(stack, 'Fleet');
  fn = testFunction(stack);
  fleet.addFunction(fn);
  fleet.addDashboard('Dashboard');
});

const shown = (body = bodyOf(stack)): string[] => body.widgets.map(({ properties }: any) => properties.title)
  .filter((title: string) => [STREAMS, KAFKA, QUEUES, EVENTS, POLLERS].includes(title));

test('a function without an event source has no row about them', () => {
  expect(shown()).toEqual([]);
});

test.each<[string, () => void, string[]]>([
  ['Kinesis', () => fn.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { startingPosition: lambda.StartingPosition.LATEST })), [STREAMS]],
  ['DynamoDB', () => fn.addEventSource(new sources.DynamoEventSource(new dynamodb.Table(stack, 'Table', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, stream: dynamodb.StreamViewType.NEW_IMAGE,
  }), { startingPosition: lambda.StartingPosition.LATEST })), [STREAMS]],
  ['Kafka', () => fn.addEventSource(new sources.ManagedKafkaEventSource({
    clusterArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/c/1', topic: 'orders', startingPosition: lambda.StartingPosition.LATEST,
  })), [KAFKA]],
  ['a queue', () => fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue'))), [QUEUES]],
  ['an imported queue', () => fn.addEventSource(new sources.SqsEventSource(sqs.Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:us-east-1:123456789012:orders'))), [QUEUES]],
  ['a queue with pollers and counts of events', () => fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue'), {
    provisionedPollerConfig: { minimumPollers: 2, maximumPollers: 4 }, metricsConfig: { metrics: [lambda.MetricType.EVENT_COUNT] },
  })), [QUEUES, EVENTS, POLLERS]],
  ['a queue of an alias', () => fn.addAlias('live').addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue'))), [QUEUES]],
  ['a queue of an alias elsewhere in the tree', () => (
    new lambda.Alias(stack, 'Alias', { aliasName: 'live', version: fn.currentVersion }).addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')))
  ), [QUEUES]],
  ['a mapping elsewhere in the tree', () => new lambda.EventSourceMapping(stack, 'Mapping', { target: fn, eventSourceArn: new sqs.Queue(stack, 'Queue').queueArn }), [QUEUES]],
  ['a source that is known at deployment', () => new lambda.CfnEventSourceMapping(stack, 'Mapping', {
    functionName: fn.functionName, eventSourceArn: new CfnParameter(stack, 'Source').valueAsString,
  }), []],
  ['a function on no fleet', () => testFunction(stack, 'Other').addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue'))), []],
])('%s', (_what, add, titles) => {
  // WHEN
  add();

  // THEN
  expect(shown()).toEqual(titles);
  expect(lint(bodyOf(stack))).toEqual([]);
});

test('lags are those of the function, ages those of the queue, counts those of the mapping', () => {
  // WHEN
  fn.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { startingPosition: lambda.StartingPosition.LATEST }));
  fn.addEventSource(new sources.SqsEventSource(sqs.Queue.fromQueueArn(stack, 'Imported', 'arn:aws:sqs:us-east-1:123456789012:orders')));
  fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue'), { metricsConfig: { metrics: [lambda.MetricType.EVENT_COUNT] } }));

  // THEN
  const body = bodyOf(stack);
  const series = (title: string) => widgetOf(body, title).properties.metrics.map((row: any[]) => row.slice(0, -1));
  expect(series(STREAMS)).toEqual([['AWS/Lambda', 'IteratorAge', 'FunctionName', '<Function76856677>']]);
  expect(series(QUEUES)).toEqual([
    ['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', 'orders'], ['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', expect.stringMatching(/^<Queue\w+,QueueName>$/)],
  ]);
  expect(series(EVENTS)[0]).toEqual(['AWS/Lambda', 'PolledEventCount', 'EventSourceMappingUUID', expect.stringMatching(/^<FunctionSqsEventSource\w+>$/)]);
  expect(series(EVENTS)).toHaveLength(4);
});

test('sources added after the body was read are on it', () => {
  expect(shown(JSON.parse(JSON.stringify(bodyOf(stack))))).toEqual([]);

  const later = testStack();
  const laterFleet = new ManagedInstances(later, 'Fleet');
  const { dashboard } = laterFleet.addDashboard('Dashboard');
  const laterFunction = testFunction(later);
  laterFleet.addFunction(laterFunction);
  later.resolve((dashboard.node.defaultChild as any).dashboardBody);
  laterFunction.addEventSource(new sources.SqsEventSource(new sqs.Queue(later, 'Queue')));

  expect(shown(bodyOf(later))).toEqual([QUEUES]);
});

test('beyond a dozen functions the chosen one is shown, without what only one of them has', () => {
  // WHEN
  for (let i = 0; i < 12; i++) fleet.addFunction(testFunction(stack, `Function${i}`));
  fn.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { startingPosition: lambda.StartingPosition.LATEST }));
  fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')));

  // THEN
  expect(shown()).toEqual([STREAMS]);
  expect(widgetOf(bodyOf(stack), STREAMS).properties.metrics[0]).toContain('FunctionChosenAbove');
  expect(lint(bodyOf(stack))).toEqual([]);
});

test('a queue of another stack isn\'t named: the stacks would depend on each other', () => {
  // GIVEN
  const app = new App();
  const base = new Stack(app, 'Base');
  const other = new Stack(app, 'Other');
  const baseFleet = new ManagedInstances(base, 'Fleet');
  const baseFunction = testFunction(base);
  baseFleet.addFunction(baseFunction);
  new ManagedInstancesDashboard(base, 'Dashboard', { capacityProvider: baseFleet });

  // WHEN
  const queue = new sqs.Queue(other, 'Queue');
  new lambda.CfnEventSourceMapping(other, 'Mapping', { functionName: baseFunction.functionName, eventSourceArn: queue.queueArn });

  // THEN
  app.synth();
  expect(base.dependencies).toEqual([]);
  expect(shown(bodyOf(base))).toEqual([]);
});
