import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ManagedInstances, ManagedInstancesDashboard } from '../../src';
import { onlyResource, testStack } from '../util';

let stack: Stack;

beforeEach(() => {
  stack = testStack();
});

function fleetDashboard(options = {}) {
  const capacityProvider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'orders');
  return new ManagedInstancesDashboard(stack, 'Dashboard', { capacityProvider, ...options });
}

/** The body that CloudWatch gets, with intrinsics as `<…>`. */
function body(): any {
  const { DashboardBody } = onlyResource(stack, 'AWS::CloudWatch::Dashboard').Properties;
  const text = typeof DashboardBody === 'string'
    ? DashboardBody
    : DashboardBody['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : `<${Object.values(part)}>`)).join('');
  return JSON.parse(text);
}

test('shows a row about execution environments that fills the grid', () => {
  // WHEN
  fleetDashboard();

  // THEN
  const { widgets } = body();
  expect(widgets.map(({ x, y, width, properties }: any) => [x, y, width, properties.title])).toEqual([
    [0, 0, 6, 'Concurrent requests per environment (highest)'],
    [6, 0, 6, '≈ Execution environments'],
    [12, 0, 6, 'Environment CPU % (average)'],
    [18, 0, 6, 'Environment memory % (highest)'],
  ]);
});

test.each([
  [0, 'ExecutionEnvironmentConcurrency', 'Maximum'],
  [1, 'ExecutionEnvironmentConcurrency', 'SampleCount'],
  [2, 'ExecutionEnvironmentCPUUtilization', 'Average'],
  [3, 'ExecutionEnvironmentMemoryUtilization', 'Maximum'],
])('finds the metrics of graph %d of all functions by search', (index, metricName, statistic) => {
  // WHEN
  fleetDashboard();

  // THEN
  expect(body().widgets[index].properties.metrics).toEqual([[{
    expression: `SEARCH('{AWS/Lambda,CapacityProviderName,FunctionName,Resource} MetricName="${metricName}" CapacityProviderName="orders"', '${statistic}', 300)`,
    label: '${PROP(\'Dim.Resource\')}',
  }]]);
});

test('is named on request only', () => {
  fleetDashboard({ dashboardName: 'orders' });

  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'orders' });
  const unnamed = testStack();
  new ManagedInstances(unnamed, 'Fleet').addDashboard('Dashboard');
  expect(onlyResource(unnamed, 'AWS::CloudWatch::Dashboard').Properties).not.toHaveProperty('DashboardName');
});

test('takes widgets of the user', () => {
  // WHEN
  const { dashboard } = fleetDashboard();
  dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: 'mine' }));

  // THEN
  expect(body().widgets.at(-1).properties).toMatchObject({ markdown: 'mine' });
});

test('lends its widgets to another dashboard', () => {
  // GIVEN
  const widgets = fleetDashboard().widgets();

  // WHEN
  const other = testStack();
  new cloudwatch.Dashboard(other, 'Mine').addWidgets(...widgets);

  // THEN
  expect(JSON.stringify(onlyResource(other, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody)).toContain('ExecutionEnvironmentConcurrency');
});

test('refers to the provider, whatever its name will be', () => {
  // WHEN
  const fleet = new ManagedInstances(stack, 'Fleet');
  fleet.addDashboard('Dashboard');

  // THEN
  const { Ref } = stack.resolve(fleet.capacityProvider.capacityProviderName);
  expect(body().widgets[0].properties.metrics[0][0].expression).toContain(`CapacityProviderName="<${Ref}>"`);
});

test('has the dashboard as default child', () => {
  expect(cloudwatch.CfnDashboard.isCfnDashboard(fleetDashboard().node.defaultChild)).toBe(true);
});
