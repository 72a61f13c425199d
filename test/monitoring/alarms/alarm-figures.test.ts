/** The figures of all alarms side by side: what they measure, over which time, and when they fire. */
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { alarmsOf, textOf } from '../body';
import { ALL_ALARMS, watched } from '../watched';

const SIGNS: Record<string, string> = { GreaterThanThreshold: '>', LessThanThreshold: '<', GreaterThanUpperThreshold: 'above' };

/** What an alarm on metrics compares. */
function conditionOf({ Metrics = [], Statistic, ExtendedStatistic, MetricName, Namespace, Period, ComparisonOperator, Threshold = 'the band' }: any): string {
  const measured = Metrics.map(({ Expression, MetricStat, Period: period }: any) => (
    Expression ? `${textOf(Expression).replace(/_[0-9a-f]{6}(?=_)/g, '')}${period ? ` of ${period} s` : ''}` : `${MetricStat.Stat} of ${textOf(MetricStat.Metric.MetricName)} of ${MetricStat.Period} s`
  )).join('; ');
  return `${measured || `${Statistic ?? ExtendedStatistic} of ${Namespace} ${textOf(MetricName)} of ${Period} s`} ${SIGNS[ComparisonOperator]} ${Threshold}`;
}

function linesOf(alarms: Record<string, any>): string[] {
  return Object.entries(alarms).flatMap(([path, alarm]) => {
    const id = path.split('/').slice(-2).join('/').replace(/c8[0-9a-f]{40}/, 'a source');
    if (alarm.AlarmRule) return [`${id}: ${textOf(alarm.AlarmRule)}, silent ${alarm.ActionsSuppressorExtensionPeriod ?? 0} s after a deployment`];
    return [`${id}: ${conditionOf(alarm)}, in ${alarm.DatapointsToAlarm} of ${alarm.EvaluationPeriods}, missing data is ${alarm.TreatMissingData}`];
  });
}

test('stay as they are', () => {
  const { stack, fn } = watched({ ...ALL_ALARMS, perFunction: true });
  fn.addEventSource(new sources.KinesisEventSource(new kinesis.Stream(stack, 'Stream'), { startingPosition: lambda.StartingPosition.LATEST }));
  fn.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')));

  expect(linesOf(alarmsOf(stack))).toMatchSnapshot();
});

test('of composite alarms are silent for ten minutes after a deployment', () => {
  const deploymentAlarm = cloudwatch.Alarm.fromAlarmArn(watched().stack, 'Deployment', 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:deploying');
  const { stack } = watched({ deploymentAlarm });
  const composites = Object.values(alarmsOf(stack)).filter(({ AlarmRule }) => AlarmRule);

  expect(composites.map(({ ActionsSuppressor, ActionsSuppressorExtensionPeriod, ActionsSuppressorWaitPeriod }) => (
    [ActionsSuppressor, ActionsSuppressorExtensionPeriod, ActionsSuppressorWaitPeriod]
  ))).toEqual(composites.map(() => ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:deploying', 600, 60]));
});
