import { App, CfnDeletionPolicy, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { contractOf, differences, readTable, writeTable } from './contract';

const BEFORE = contractOf(app(() => {}));

/** A construct with a log group in a scope of its own, which a queue refers to by a tag; and how a release changes it. */
function app(change: (group: logs.CfnLogGroup, queue: sqs.CfnQueue) => void, ids = { scope: 'Logs', group: 'Group' }): Stack {
  const stack = new Stack(new App(), 'Stack');
  const scope = new Construct(stack, ids.scope);
  const group = new logs.LogGroup(scope, ids.group, { retention: logs.RetentionDays.THREE_MONTHS });
  new logs.LogStream(scope, 'Stream', { logGroup: group });
  const queue = new sqs.CfnQueue(stack, 'Queue', { tags: [{ key: 'logs', value: group.logGroupName }] });
  change(group.node.defaultChild as logs.CfnLogGroup, queue);
  return stack;
}

function changes(stack: Stack): string[] {
  return differences(readTable(writeTable(BEFORE, true)), contractOf(stack));
}

test('says nothing where nothing changed', () => {
  expect(changes(app(() => {}))).toEqual([]);
});

test('names a default that changed, what it was and what it is', () => {
  expect(changes(app((group) => { group.retentionInDays = 30; }))).toEqual([
    'default changed: RetentionInDays of Logs/Group was 90, is now 30 (a breaking change)',
  ]);
});

test('names a default that is gone, and one that is new', () => {
  const stack = app((group, queue) => {
    group.retentionInDays = undefined;
    queue.delaySeconds = 5;
  });

  expect(changes(stack)).toEqual([
    'default gone: RetentionInDays of Logs/Group was 90 (a breaking change)',
    'default new: DelaySeconds of Queue is 5 (not breaking, but it is in the next deployment and the snapshots of everyone)',
  ]);
});

test('names whether data is kept', () => {
  expect(changes(app((group) => { group.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE; }))).toEqual([
    'default changed: DeletionPolicy of Logs/Group was "Retain", is now "Delete" (a breaking change)',
  ]);
  expect(changes(app((group) => { group.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE; }))).toEqual([
    'default changed: UpdateReplacePolicy of Logs/Group was "Retain", is now "Delete" (a breaking change)',
  ]);
});

test('names the period and the statistic of an alarm, and not its formula or its words', () => {
  const alarm = (minutes: number, statistic: string, expression: string) => {
    const stack = new Stack(new App(), 'Stack');
    const usingMetrics = { m: new cloudwatch.Metric({ namespace: 'N', metricName: 'M', statistic }) };
    new cloudwatch.MathExpression({ expression, label: expression, usingMetrics, period: Duration.minutes(minutes) })
      .createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1, alarmDescription: expression });
    return contractOf(stack);
  };

  expect(differences(alarm(5, 'Sum', 'm'), alarm(5, 'Sum', 'm * 2'))).toEqual([]);
  expect(differences(alarm(5, 'Sum', 'm'), alarm(1, 'Average', 'm'))).toEqual([
    'default changed: Metrics[1].MetricStat.Period of Alarm was 300, is now 60 (a breaking change)',
    'default changed: Metrics[1].MetricStat.Stat of Alarm was "Sum", is now "Average" (a breaking change)',
  ]);
});

test('names a logical id that changed, once, whoever refers to it', () => {
  expect(changes(app((group) => group.overrideLogicalId('Other')))).toEqual([
    'logical id changed: Logs/Group was LogsGroupC0AB86A9, is now Other, so CloudFormation replaces it (a breaking change)',
  ]);
});

test('names a construct whose id changed', () => {
  expect(changes(app(() => {}, { scope: 'Logs', group: 'SystemLogs' }))).toEqual([
    'construct id changed: Logs/Group is now Logs/SystemLogs (a breaking change)',
  ]);
});

test('names a scope whose id changed once, with what is in it, and what else changed there', () => {
  const stack = app((group) => { group.retentionInDays = 30; }, { scope: 'SystemLogs', group: 'Group' });

  expect(changes(stack)).toEqual([
    'construct id changed: Logs is now SystemLogs, with 2 resources (a breaking change)',
    'default changed: RetentionInDays of Logs/Group was 90, is now 30 (a breaking change)',
  ]);
});

test('names a resource that is gone, and one that is new', () => {
  const stack = new Stack(new App(), 'Stack');
  new sqs.CfnQueue(stack, 'Queue');
  new sqs.CfnQueue(stack, 'DeadLetters');

  expect(changes(stack)).toEqual([
    'resource gone: Logs/Group, AWS::Logs::LogGroup (a breaking change)',
    'resource gone: Logs/Stream, AWS::Logs::LogStream (a breaking change)',
    'default gone: Tags[0].Key of Queue was "logs" (a breaking change)',
    'default gone: Tags[0].Value of Queue was "<Logs/Group>" (a breaking change)',
    'resource new: DeadLetters, AWS::SQS::Queue (not breaking, but it is in the next deployment and the snapshots of everyone)',
  ]);
});

test('names a type that changed', () => {
  const before = BEFORE.map((entry) => entry.path === 'Queue' ? { ...entry, type: 'AWS::SNS::Topic' } : entry);

  expect(differences(before, BEFORE)).toEqual([
    'type changed: Queue was AWS::SNS::Topic, is now AWS::SQS::Queue (a breaking change)',
  ]);
});

test('a table without values promises ids only', () => {
  const table = writeTable(BEFORE, false);

  expect(differences(readTable(table), contractOf(app((group) => { group.retentionInDays = 30; })))).toEqual([]);
});

test('a table can be read back', () => {
  expect(readTable(writeTable(BEFORE, true))).toEqual(BEFORE);
});
