import { Stack } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AlarmLevel, AlarmThreshold, ManagedInstances } from '../../../src';
import { AddAlarmsOptions } from '../../../src/monitoring/alarms/alarms-props';
import { testFunction, testStack } from '../../util';
import { alarmsOf, bodyOf, widgetOf } from '../body';
import { fires } from '../metric-math';
import { sent } from '../watched';

const FULL: AddAlarmsOptions = { perFunction: true, level: AlarmLevel.FULL };

let stack: Stack;
let fleet: ManagedInstances;
let fn: lambda.Function;

beforeEach(() => {
  stack = testStack();
  fleet = new ManagedInstances(stack, 'Fleet', { capacityProviderName: 'orders', maxVCpuCount: 64 });
  fn = testFunction(stack, 'Function', { functionName: 'pay' });
  fleet.addFunction(fn);
});

/** The alarms about event sources, by the last part of their path that isn't a hash. */
function ofSources(): Record<string, any> {
  return Object.fromEntries(Object.entries(alarmsOf(stack)).flatMap(([path, alarm]) => {
    const id = ['OldestMessage', 'IteratorAge', 'AsyncEventsDropped'].find((one) => path.includes(`/${one}`));
    return id ? [[id, alarm]] : [];
  }));
}

/** The metric of an alarm, with a label or without. */
function metricOf(alarm: any): any {
  return alarm.Metrics?.[0].MetricStat.Metric ?? alarm;
}

test('each queue has an alarm, all streams of a function have one, and so have dropped events', () => {
  // WHEN: sources are added after alarms
  const alarms = fleet.addAlarms('Alarms', FULL);
  for (const id of ['One', 'Two']) {
    fn.addEventSource(new SqsEventSource(new sqs.Queue(stack, `Queue${id}`)));
    fn.addEventSource(new KinesisEventSource(new kinesis.Stream(stack, `Stream${id}`), { startingPosition: lambda.StartingPosition.LATEST }));
  }

  // THEN
  const all = Object.keys(alarmsOf(stack));
  expect(all.filter((path) => path.includes('OldestMessage/'))).toHaveLength(2);
  expect(all.filter((path) => path.includes('IteratorAge'))).toEqual(['Function/ManagedInstancesAlarms/Alarms/IteratorAge']);
  expect(ofSources()).toEqual({
    OldestMessage: expect.objectContaining({ Threshold: 300, ComparisonOperator: 'GreaterThanThreshold' }),
    IteratorAge: expect.objectContaining({ Threshold: 60_000 }),
    AsyncEventsDropped: expect.objectContaining({ Threshold: 0 }),
  });
  const { OldestMessage, IteratorAge, AsyncEventsDropped } = ofSources();
  expect([AsyncEventsDropped, IteratorAge, OldestMessage].map(metricOf)).toEqual([
    { Namespace: 'AWS/Lambda', MetricName: 'AsyncEventsDropped', Dimensions: [{ Name: 'FunctionName', Value: 'pay' }] },
    { Namespace: 'AWS/Lambda', MetricName: 'IteratorAge', Dimensions: [{ Name: 'FunctionName', Value: 'pay' }] },
    {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [expect.stringMatching(/^Queue/), 'QueueName'] } }],
    },
  ].map((metric) => expect.objectContaining(metric)));
  expect(alarms.alarmsOfFunction(fn).map(({ node }) => node.id)).toEqual(expect.arrayContaining(['IteratorAge', 'AsyncEventsDropped']));
  expect(alarms.deploymentGroupAlarms(fn).length).toBeLessThanOrEqual(10);
});

test.each<[string, boolean, string, Record<string, string>, number[][]]>([
  ['OldestMessage', true, 'ApproximateAgeOfOldestMessage', { QueueName: 'literal' }, [[301], [400], [500], [600], [700]]],
  ['OldestMessage', false, 'ApproximateAgeOfOldestMessage', { QueueName: 'literal' }, [[301], [400], [500], [600], [0]]],
  ['OldestMessage', false, 'ApproximateAgeOfOldestMessage', { QueueName: 'literal' }, [[], [], [], [], []]],
  ['IteratorAge', true, 'IteratorAge', { FunctionName: 'pay' }, [[60_001], [61_000], [70_000], [80_000], [90_000]]],
  ['IteratorAge', false, 'IteratorAge', { FunctionName: 'pay' }, [[60_000], [60_000], [60_000], [60_000], [60_000]]],
  ['IteratorAge', false, 'IteratorAge', { FunctionName: 'pay' }, [[], [], [], [], []]],
])('%s fires: %s', (id, expected, metric, dimensions, samples) => {
  fleet.addAlarms('Alarms', FULL);
  new lambda.CfnEventSourceMapping(stack, 'Queue', { functionName: fn.functionName, eventSourceArn: 'arn:aws:sqs:us-east-1:111111111111:literal' });
  fn.addEventSource(new KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { startingPosition: lambda.StartingPosition.LATEST }));

  expect(fires(ofSources()[id], [sent(metric, dimensions, samples)])).toBe(expected);
});

test('a queue that is made elsewhere is watched by its name', () => {
  fleet.addAlarms('Alarms', FULL);
  fn.addEventSource(new SqsEventSource(sqs.Queue.fromQueueArn(stack, 'Theirs', `arn:aws:sqs:us-east-1:${stack.account}:theirs`)));
  new lambda.CfnEventSourceMapping(stack, 'Mapping', { functionName: 'pay', eventSourceArn: 'arn:aws:sqs:us-east-1:111111111111:literal' });

  expect(metricOf(ofSources().OldestMessage).Dimensions).toEqual([{ Name: 'QueueName', Value: 'literal' }]);
});

test.each<[string, AddAlarmsOptions, string[]]>([
  ['below that level none is made', { perFunction: true, level: AlarmLevel.STANDARD }, []],
  ['without perFunction none is made', { level: AlarmLevel.FULL }, []],
  ['each can be switched off', { ...FULL, oldestMessage: AlarmThreshold.off(), asyncEventsDropped: AlarmThreshold.off() }, ['IteratorAge']],
])('%s', (_, options, ids) => {
  fleet.addAlarms('Alarms', options);
  fn.addEventSource(new SqsEventSource(new sqs.Queue(stack, 'Queue')));
  fn.addEventSource(new KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { startingPosition: lambda.StartingPosition.LATEST }));

  expect(Object.keys(ofSources())).toEqual(ids);
});

test('their thresholds are lines on the dashboard, and the alarms are on it', () => {
  fleet.addDashboard('Dashboard');
  fleet.addAlarms('Alarms', { ...FULL, iteratorAge: AlarmThreshold.above(90) });
  fn.addEventSource(new KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { startingPosition: lambda.StartingPosition.LATEST }));
  const body = bodyOf(stack);

  expect(widgetOf(body, 'Streams: age of the last record, ms').properties.annotations.horizontal).toEqual([expect.objectContaining({ value: 90_000 })]);
  expect(widgetOf(body, 'Asynchronous events given up').properties.annotations.horizontal).toEqual([expect.objectContaining({ value: 0 })]);
  expect(JSON.stringify(widgetOf(body, 'Alarms'))).toContain('IteratorAge');
});
