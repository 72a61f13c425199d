import { CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CapacityProviderMetrics, ExecutionEnvironmentMetrics, ManagedInstances } from '../../../src';
import { testFunction, testStack } from '../../util';

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

test.each<[keyof ExecutionEnvironmentMetrics, string, string, number]>([
  ['concurrencyThrottles', 'ConcurrencyThrottles', 'Sum', 5],
  ['cpuThrottles', 'CPUThrottles', 'Sum', 5],
  ['memoryThrottles', 'MemoryThrottles', 'Sum', 5],
  ['diskThrottles', 'DiskThrottles', 'Sum', 5],
  ['invocations', 'Invocations', 'Sum', 1],
  ['errors', 'Errors', 'Sum', 1],
  ['throttles', 'Throttles', 'Sum', 1],
  ['duration', 'Duration', 'p99', 1],
])('%s is %s of the function, %s over %d minutes', (method, metricName, statistic, minutes) => {
  const metrics = ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'));

  expect((metrics[method] as () => cloudwatch.IMetric).call(metrics).toMetricConfig().metricStat).toEqual(expect.objectContaining({
    namespace: 'AWS/Lambda', metricName, statistic, period: Duration.minutes(minutes), dimensions: [{ name: 'FunctionName', value: 'orders' }],
  }));
});

test('counts environments by their samples', () => {
  const metrics = ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'));

  expect(metrics.executionEnvironments().toMetricConfig().metricStat).toMatchObject({ metricName: 'ExecutionEnvironmentConcurrency', statistic: 'SampleCount' });
});

test('takes the other side where sources disagree', () => {
  const metrics = ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'), {
    resourceDimension: false, cpuMetricName: 'ExecutionEnvironmentVCPUUtilization',
  });

  expect(metrics.executionEnvironmentCpuUtilization().toMetricConfig().metricStat).toMatchObject({
    metricName: 'ExecutionEnvironmentVCPUUtilization',
    dimensions: [{ name: 'CapacityProviderName', value: 'fleet' }, { name: 'FunctionName', value: 'orders' }],
  });
});

test('shares of two functions fit into one graph, also over two periods', () => {
  const [one, two] = ['one', 'two'].map((name) => ExecutionEnvironmentMetrics.fromFunction(imported(name), provider(name)));
  const left = [one, two].flatMap((metrics) => [
    metrics.concurrencySaturation(),
    metrics.highestConcurrencySaturation(),
    metrics.throttleRate(),
    metrics.throttleRate({ period: Duration.minutes(5) }),
    metrics.errorRate(),
    metrics.requestGrowth(),
  ]);

  const [{ properties }] = stack.resolve(new cloudwatch.GraphWidget({ left }).toJson());
  expect(properties.metrics.filter(([first]: any[]) => first.expression)).toHaveLength(12);
});

test('shares of several versions, and of all of them, fit into one graph', () => {
  const orders = imported('orders');
  const fleet = provider('fleet');
  const { version } = testFunction(stack).currentVersion;
  const left = [{}, { version: '7' }, { version: '8' }, { version }, { resourceDimension: false }, { version: '$LATEST.PUBLISHED' }]
    .map((options) => ExecutionEnvironmentMetrics.fromFunction(orders, fleet, options).concurrencySaturation());

  const [{ properties }] = stack.resolve(new cloudwatch.GraphWidget({ left }).toJson());
  const ids: string[] = properties.metrics.flatMap((row: any[]) => row.at(-1).id ?? []);
  expect(properties.metrics.filter(([first]: any[]) => first.expression)).toHaveLength(6);
  expect(new Set(ids).size).toBe(6 * 2);
  ids.forEach((id) => expect(id).toMatch(/^[a-z]\w*$/));
});

test('functions of which there is a name only fit into one graph', () => {
  const fleet = provider('fleet');
  const left = ['a-b', 'a_b', 'a.b'].map((name) => ExecutionEnvironmentMetrics._named(name, fleet).throttleRate());

  expect(() => new cloudwatch.GraphWidget({ left }).toJson()).not.toThrow();
});

test.each<[number, boolean]>([
  [NaN, false], [0, false], [-1, false], [Infinity, false], [1, true], [20, true],
])('a rate takes a minimum volume of %d: %s', (minimumVolume, allowed) => {
  const metrics = ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'));

  [metrics.throttleRate, metrics.errorRate, metrics.requestGrowth].forEach((rate) => {
    const ask = () => rate.call(metrics, { minimumVolume });
    if (allowed) {expect(ask().expression).toContain(`>= ${minimumVolume},`);} else {
      expect(ask).toThrow(`minimumVolume is ${minimumVolume}, but must be a number above 0. Use a number above 0, or leave minimumVolume out. `
      + '[cdk-lambda-managed-instances::MetricAmount]');
    }
  });
});

test('a minimum volume that is known at deployment stands in the expression', () => {
  const metrics = ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'));
  const minimumVolume = new CfnParameter(stack, 'Volume', { type: 'Number' }).valueAsNumber;

  expect(JSON.stringify(stack.resolve(metrics.throttleRate({ minimumVolume }).expression))).toContain('{"Ref":"Volume"}');
});

test('no metric filters by a unit', () => {
  const fleet = provider('fleet');
  const environments = ExecutionEnvironmentMetrics.fromFunction(imported('orders'), fleet);
  const capacity = CapacityProviderMetrics.fromCapacityProvider(fleet, { instanceType: 'c7g.xlarge' });

  [environments.duration(), environments.executionEnvironmentMemoryUtilization(), environments.cpuThrottles(), capacity.memoryAllocated()]
    .forEach((metric) => expect(metric.toMetricConfig().metricStat!.unitFilter).toBeUndefined());
});

test('throttles and errors have one colour, in counts and in shares, and no reason has it', () => {
  const metrics = ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'));
  const colors = (...all: cloudwatch.IMetric[]) => all.map((metric) => metric.toMetricConfig().renderingProperties!.color);

  const [throttles, errors, ...rest] = colors(
    metrics.throttles(), metrics.errors(), metrics.throttleRate(), metrics.errorRate(),
    metrics.concurrencyThrottles(), metrics.cpuThrottles(), metrics.memoryThrottles(), metrics.diskThrottles(),
  );
  expect(rest.slice(0, 2)).toEqual([throttles, errors]);
  expect(new Set([throttles, errors, ...rest.slice(2)]).size).toBe(6);
});

test.each(['0', '$LATEST', '', '007'])('refuses %p as version: it has no environments', (version) => {
  expect(() => ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'), { version })).toThrow(
    `version is ${version || 'empty'}, but must be the number of a version, or $LATEST.PUBLISHED. Use the number of a version, or `
      + 'leave version out. [cdk-lambda-managed-instances::MetricVersion]',
  );
});

test.each(['7', Token.asString({ Ref: 'Version' })])('refuses version %s where CloudWatch is taken not to know it', (version) => {
  expect(() => ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'), { version, resourceDimension: false }))
    .toThrow(', but with resourceDimension false all versions are measured together.');
});

test.each<[string, string | undefined, boolean]>([
  ['a number', '7', true],
  ['the published one', '$LATEST.PUBLISHED', true],
  ['none', undefined, true],
  ['an alias', 'live', false],
])('takes %s as version: %s', (_what, version, allowed) => {
  const make = () => ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'), { version });

  if (allowed) expect(make).not.toThrow();
  else expect(make).toThrow('version is live, but must be the number of a version, or $LATEST.PUBLISHED. Use the number of the version that live points to, or leave version out. [cdk-lambda-managed-instances::MetricVersion]');
});

test('refuses an alias and a version as function', () => {
  const fn = testFunction(stack);
  const fleet = provider('fleet');

  expect(() => ExecutionEnvironmentMetrics.fromFunction(fn.addAlias('live'), fleet))
    .toThrow('fn is an alias, but must be the function itself. Pass the function, and the number of a version as `version`. [cdk-lambda-managed-instances::MetricOfAlias]');
  expect(() => ExecutionEnvironmentMetrics.fromFunction(fn.currentVersion, fleet)).toThrow('is a version');
});

test.each([
  [60, false],
  [299, false],
  [300, true],
  [3600, true],
])('over %d seconds a metric of environments is taken: %s', (seconds, allowed) => {
  const metrics = ExecutionEnvironmentMetrics.fromFunction(imported('orders'), provider('fleet'));
  const ask = () => metrics.executionEnvironmentConcurrency({ period: Duration.seconds(seconds) });

  if (allowed) expect(ask).not.toThrow();
  else expect(ask).toThrow('[cdk-lambda-managed-instances::MetricPeriodTooShort]');
});
