import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CapacityProviderMetrics, ManagedInstances } from '../../src';
import { testStack } from '../util';

let stack: Stack;
let provider: lambda.ICapacityProvider;

beforeEach(() => {
  stack = testStack();
  provider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'orders');
});

type Method = 'cpuUtilization' | 'memoryUtilization' | 'vCpuAllocated' | 'vCpuAvailable' | 'memoryAllocated' | 'memoryAvailable';

const METHODS: [Method, string, string, string][] = [
  ['cpuUtilization', 'CPUUtilization', 'Average', 'AVG'],
  ['memoryUtilization', 'MemoryUtilization', 'Average', 'AVG'],
  ['vCpuAllocated', 'vCPUAllocated', 'Sum', 'SUM'],
  ['vCpuAvailable', 'vCPUAvailable', 'Sum', 'SUM'],
  ['memoryAllocated', 'MemoryAllocated', 'Sum', 'SUM'],
  ['memoryAvailable', 'MemoryAvailable', 'Sum', 'SUM'],
];

test.each(METHODS)('%s of one type is %s, %s over five minutes', (method, metricName, statistic) => {
  const metric = CapacityProviderMetrics.fromCapacityProvider(provider, { instanceType: 'c7g.xlarge' })[method]();

  expect(metric.toMetricConfig().metricStat).toEqual(expect.objectContaining({
    namespace: 'AWS/Lambda',
    metricName,
    statistic,
    period: Duration.minutes(5),
    dimensions: [{ name: 'CapacityProviderName', value: 'orders' }, { name: 'InstanceType', value: 'c7g.xlarge' }],
  }));
});

test.each(METHODS)('%s of all types is a query of %s that an alarm can watch', (method, metricName, statistic, aggregate) => {
  const { mathExpression } = CapacityProviderMetrics.fromCapacityProvider(provider)[method]().toMetricConfig();

  const group = statistic === 'Sum' ? 'CapacityProviderName' : 'InstanceType';
  expect(mathExpression?.period).toBe(300);
  expect(mathExpression?.expression).toBe(
    `SELECT ${aggregate}(${metricName}) FROM SCHEMA("AWS/Lambda", CapacityProviderName, InstanceType) WHERE CapacityProviderName = 'orders' `
    + `GROUP BY ${group} ORDER BY ${aggregate}() DESC`,
  );
});

test('shares over all types are for graphs: CDK refuses an alarm, as CloudWatch would', () => {
  const metrics = CapacityProviderMetrics.fromCapacityProvider(provider);

  [metrics.vCpuPackingEfficiency(), metrics.memoryPackingEfficiency(), metrics.vCpuSaturation(32)].forEach((metric, i) => {
    expect(() => new cloudwatch.Alarm(stack, `Alarm${i}`, { metric, threshold: 1, evaluationPeriods: 1 })).toThrow(/[Ss]earch/);
  });
});

test('shares of one type can be watched by an alarm', () => {
  const metrics = CapacityProviderMetrics.fromCapacityProvider(provider, { instanceType: 'c7g.xlarge' });

  new cloudwatch.Alarm(stack, 'Alarm', { metric: metrics.vCpuPackingEfficiency(), threshold: 1, evaluationPeriods: 1 });
  expect(metrics.vCpuPackingEfficiency().toMetricConfig().mathExpression).toMatchObject({ expression: '100 * allocated / (allocated + available)', period: 300 });
  expect(metrics.vCpuSaturation(32).toMetricConfig().mathExpression?.expression).toBe('100 * allocated / 32');
});

test('a period below that of publication is refused', () => {
  expect(() => CapacityProviderMetrics.fromCapacityProvider(provider).cpuUtilization({ period: Duration.minutes(1) })).toThrow(
    'period must be at least 300 seconds, how often Lambda publishes this metric, got 60; leave period out, or raise it to 300 seconds [cdk-lambda-managed-instances::MetricPeriodTooShort]',
  );
});

test('comes with each fleet', () => {
  const fleet = new ManagedInstances(stack, 'Fleet');

  expect(stack.resolve(fleet.metrics.cpuUtilization().toMetricConfig().mathExpression?.expression)).toEqual({
    'Fn::Join': ['', [expect.stringContaining('WHERE CapacityProviderName = \''), { Ref: 'FleetCapacityProvider1E9E5C3A' }, expect.any(String)]],
  });
});
