import { App, Aws, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { WrittenColumn } from '../../../src/monitoring/dashboard/written-column';
import { bodyOf } from '../body';

const METRIC = new cloudwatch.Metric({ namespace: 'A', metricName: 'm' });

/** A graph of a metric, with all that may follow it. */
const graphOf = (metric: cloudwatch.IMetric, more: cloudwatch.GraphWidgetProps = {}) => new cloudwatch.GraphWidget({ title: 'graph', left: [metric], ...more });

/** A stack with a dashboard of one widget. */
function stackWith(widget: cloudwatch.IWidget): Stack {
  const stack = new Stack(new App(), 'Stack');
  new cloudwatch.Dashboard(stack, 'Dashboard', { widgets: [[widget]] });
  return stack;
}

test.each<[string, () => cloudwatch.IWidget]>([
  ['text that needs quotes', () => graphOf(METRIC.with({ label: 'a "label"\nof \\ two lines' }))],
  ['references', () => graphOf(METRIC.with({ label: `in ${Aws.REGION}`, dimensionsMap: { Account: Aws.ACCOUNT_ID } }))],
  ['text that is known at synthesis and needs quotes', () => graphOf(METRIC.with({ label: Lazy.string({ produce: () => 'a "label"\n' }) }))],
  ['references among text that needs quotes', () => graphOf(METRIC.with({ label: Lazy.string({ produce: () => `"${Aws.REGION}" \\ ${Aws.ACCOUNT_ID}` }) }))],
  ['a text that is no text in the end', () => graphOf(METRIC.with({ label: Token.asString({ resolve: () => 7, creationStack: [] }) + ' days' }))],
  ['a number that is known at synthesis', () => graphOf(METRIC, { leftAnnotations: [{ value: Lazy.number({ produce: () => 7 }) }] })],
  ['a number that is known at deployment', () => graphOf(METRIC, { leftAnnotations: [{ value: Token.asNumber({ resolve: () => ({ Ref: 'AWS::AccountId' }), creationStack: [] }) }] })],
  ['a negative number', () => graphOf(METRIC, { leftAnnotations: [{ value: -7 }] })],
  ['an object that is known at synthesis', () => new cloudwatch.CustomWidget({ title: 'custom', functionArn: 'arn', params: Lazy.any({ produce: () => ({ a: 1 }) }) })],
  ['metrics without options', () => graphOf(METRIC)],
  ['math', () => graphOf(new cloudwatch.MathExpression({ expression: 'a + b', usingMetrics: { a: METRIC, b: METRIC.with({ statistic: 'Sum' }) } }))],
])('writes %s as CDK does', (_, widget) => {
  expect(Template.fromStack(stackWith(new WrittenColumn({}, widget())))).toEqual(Template.fromStack(stackWith(widget())));
});

test('writes a widget where it stands', () => {
  // GIVEN
  const stack = new Stack(new App(), 'Stack');
  const column = new WrittenColumn({}, graphOf(METRIC), graphOf(METRIC));
  const dashboard = new cloudwatch.Dashboard(stack, 'Dashboard');

  // WHEN: it moves after it was written
  column.position(0, 0);
  column.toJson();
  dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: 'above', height: 2 }));
  dashboard.addWidgets(column);

  // THEN
  expect(bodyOf(stack).widgets.map(({ y }: any) => y)).toEqual([0, 2, 8]);
});

test('says where metrics and logs are, and leaves alone what says so itself', () => {
  const place = { region: 'eu-west-1', accountId: '111111111111' };
  const properties = (widget: cloudwatch.IWidget) => bodyOf(stackWith(new WrittenColumn(place, widget))).widgets[0].properties;
  const metrics = (metric: cloudwatch.IMetric) => properties(graphOf(metric)).metrics;

  expect(metrics(METRIC)).toEqual([['A', 'm', place]]);
  expect(metrics(METRIC.with({ statistic: 'Sum' }))).toEqual([['A', 'm', { ...place, stat: 'Sum' }]]);
  expect(metrics(METRIC.with({ region: 'us-east-1' }))).toEqual([['A', 'm', { ...place, region: 'us-east-1' }]]);
  expect(properties(new cloudwatch.LogQueryWidget({ logGroupNames: ['group'], queryString: 'fields @message' }))).toMatchObject(place);
  expect(Object.keys(properties(new cloudwatch.TextWidget({ markdown: 'text' })))).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(region|accountId)$/)]));
});

test('counts widgets, metrics and bytes', () => {
  const sizeWith = (markdown: string) => new WrittenColumn({}, graphOf(METRIC), new cloudwatch.TextWidget({ markdown })).size();

  const { bytes, ...counts } = sizeWith('a'.repeat(1000));
  expect(counts).toEqual({ widgets: 2, metrics: 1 });
  expect(bytes).toBeGreaterThan(1000);
  // A letter of two bytes counts as two. The number of a token may have a digit more.
  expect(sizeWith('ä'.repeat(1000)).bytes - bytes).toBeCloseTo(1000, -1);
});
