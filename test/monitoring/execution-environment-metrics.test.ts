import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ExecutionEnvironmentMetrics, ManagedInstances } from '../../src';
import { testFunction, testStack } from '../util';

let stack: Stack;

beforeEach(() => {
  stack = testStack();
});

const imported = (name: string) => lambda.Function.fromFunctionArn(stack, name, `arn:aws:lambda:us-east-1:123456789012:function:${name}`);
const provider = (name: string) => lambda.CapacityProvider.fromCapacityProviderArn(stack, `Provider${name}`, `arn:aws:lambda:us-east-1:123456789012:capacity-provider:${name}`);

test.each<[keyof ExecutionEnvironmentMetrics, string, string]>([
  ['executionEnvironmentConcurrency', 'ExecutionEnvironmentConcurrency', 'Average'],
  ['executionEnvironmentConcurrencyLimit', 'ExecutionEnvironmentConcurrencyLimit', 'Maximum'],
  ['executionEnvironmentCpuUtilization', 'ExecutionEnvironmentCPUUtilization', 'Average'],
  ['executionEnvironmentMemoryUtilization', 'ExecutionEnvironmentMemoryUtilization', 'Maximum'],
])('%s is %s, %s over five minutes', (method, metricName, statistic) => {
  // WHEN
  const metrics = ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'));

  // THEN
  const { metricStat } = (metrics[method] as () => cloudwatch.IMetric).call(metrics).toMetricConfig();
  expect(metricStat).toMatchObject({ namespace: 'AWS/Lambda', metricName, statistic, period: Duration.minutes(5) });
  expect(stack.resolve(metricStat?.dimensions)).toEqual([
    { name: 'CapacityProviderName', value: 'fleet' },
    { name: 'FunctionName', value: 'orders' },
    { name: 'Resource', value: 'orders:$LATEST.PUBLISHED' },
  ]);
});

test('measures the version that is asked for', () => {
  const metrics = ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'), { version: '7' });

  expect(metrics.executionEnvironmentConcurrency().toMetricConfig().metricStat?.dimensions)
    .toContainEqual({ name: 'Resource', value: 'orders:7' });
});

test('takes other options', () => {
  const metrics = ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'));

  expect(metrics.executionEnvironmentConcurrency({ statistic: 'SampleCount', label: 'environments' }).toMetricConfig())
    .toMatchObject({ metricStat: { statistic: 'SampleCount' }, renderingProperties: { label: 'environments' } });
  expect(metrics.metric('Other').toMetricConfig().metricStat).toMatchObject({ metricName: 'Other', statistic: 'Average' });
});

test('comes with each managed function', () => {
  // GIVEN
  const fleet = new ManagedInstances(stack, 'Fleet');
  const fn = testFunction(stack);

  // WHEN
  const { metrics } = fleet.addFunction(fn);

  // THEN
  const dimensions = stack.resolve(metrics.executionEnvironmentConcurrency().toMetricConfig().metricStat?.dimensions);
  expect(dimensions).toEqual([
    { name: 'CapacityProviderName', value: stack.resolve(fleet.capacityProvider.capacityProviderName) },
    { name: 'FunctionName', value: stack.resolve(fn.functionName) },
    { name: 'Resource', value: { 'Fn::Join': ['', [stack.resolve(fn.functionName), ':$LATEST.PUBLISHED']] } },
  ]);
});
