import { CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CapacityProviderMetrics, ManagedInstances } from '../../../src';
import { testStack } from '../../util';

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
  const packed = metrics.vCpuPackingEfficiency().toMetricConfig().mathExpression!;
  const [allocated, available] = Object.keys(packed.usingMetrics);
  expect(packed).toMatchObject({ expression: `100 * ${allocated} / (${allocated} + ${available})`, period: 300 });
  expect(metrics.vCpuSaturation(32).toMetricConfig().mathExpression).toMatchObject({
    expression: `100 * ${allocated} / 32`, usingMetrics: { [allocated]: expect.anything() },
  });
});

test('shares of several types, providers, resources and periods fit into one graph', () => {
  // GIVEN
  const others = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Other', 'pay');
  const token = new CfnParameter(stack, 'Type').valueAsString;
  const all = [provider, others].flatMap((one) => ['c7g.xlarge', 'c7g.2xlarge', token].map((instanceType) => (
    CapacityProviderMetrics.fromCapacityProvider(one, { instanceType })
  )));

  // WHEN
  const graph = new cloudwatch.GraphWidget({
    left: all.flatMap((metrics) => [
      metrics.vCpuPackingEfficiency(),
      metrics.memoryPackingEfficiency(),
      metrics.vCpuSaturation(32),
      metrics.vCpuSaturation(32, { period: Duration.hours(1) }),
    ]),
  });

  // THEN
  const [{ properties }] = stack.resolve(graph.toJson());
  const ids = properties.metrics.flatMap((row: any[]) => row.at(-1).id ?? []);
  expect(ids).toHaveLength(6 * 5);
  expect(new Set(ids).size).toBe(ids.length);
  ids.forEach((id: string) => expect(id).toMatch(/^[a-z]\w*$/));
});

test('saturation over an hour is the mean of the hour', () => {
  const { mathExpression } = CapacityProviderMetrics.fromCapacityProvider(provider, { instanceType: 'c7g.xlarge' })
    .vCpuSaturation(32, { period: Duration.hours(1) }).toMetricConfig();

  expect(mathExpression?.expression).toMatch(/^100 \* vCPUAllocated_\w+ \/ 32 \/ 12$/);
});

test('a token gives the same id in each synthesis, whichever tokens came before', () => {
  const idsAfter = (tokens: number) => {
    const scope = testStack();
    for (let i = 0; i < tokens; i++) Token.asString({ Ref: `Something${i}` });
    const instanceType = new CfnParameter(scope, 'Type').valueAsString;
    const metrics = CapacityProviderMetrics.fromCapacityProvider(lambda.CapacityProvider.fromCapacityProviderName(scope, 'Provider', 'orders'), { instanceType });
    return Object.keys(metrics.vCpuPackingEfficiency().toMetricConfig().mathExpression!.usingMetrics);
  };

  expect(idsAfter(7)).toEqual(idsAfter(0));
});

test.each([
  ['p99', false], ['avg', false], ['tm90', false], [Token.asString({ Ref: 'Statistic' }), false],
  ['Average', true], ['Sum', true], ['Maximum', true], ['Minimum', true], ['SampleCount', true],
])('a query over all types takes the statistic %s: %s', (statistic, allowed) => {
  const ask = () => CapacityProviderMetrics.fromCapacityProvider(provider).cpuUtilization({ statistic });

  if (allowed) expect(JSON.stringify(ask().toMetricConfig())).not.toMatch('undefined');
  else expect(ask).toThrow(/^statistic is .*, but without instanceType it must be Average, Sum, Maximum, Minimum or SampleCount. Use one of these, or set instanceType. \[cdk-lambda-managed-instances::MetricStatistic\]/);
});

test('one type takes percentiles and other options of a metric', () => {
  const metric = CapacityProviderMetrics.fromCapacityProvider(provider, { instanceType: 'c7g.xlarge' }).cpuUtilization({
    statistic: 'p99', region: 'eu-west-1', account: '123456789012', id: 'mine',
  });

  expect(metric.toMetricConfig().metricStat).toMatchObject({ statistic: 'p99', region: 'eu-west-1', account: '123456789012' });
});

describe('a query over all types', () => {
  test('goes to another account and Region on request', () => {
    const { mathExpression } = CapacityProviderMetrics.fromCapacityProvider(provider).vCpuAllocated({ account: '123456789012', region: 'eu-west-1' }).toMetricConfig();

    expect(mathExpression).toMatchObject({ searchAccount: '123456789012', searchRegion: 'eu-west-1' });
  });

  test('refuses what it has no place for', () => {
    const metrics = CapacityProviderMetrics.fromCapacityProvider(provider);

    expect(() => metrics.vCpuAllocated({ dimensionsMap: { InstanceType: 'c7g.xlarge' }, unit: cloudwatch.Unit.COUNT })).toThrow(
      'dimensionsMap and unit are set, but without instanceType the metric is a query, which takes neither dimensions nor such options. Leave dimensionsMap and unit out, or set instanceType. [cdk-lambda-managed-instances::MetricOption]',
    );
    expect(() => metrics.metric('vCPUAllocated', { visible: false, id: 'mine' })).toThrow(/^id and visible are set, but/);
  });
});

test.each([
  ['c7g.xlarge', true], ['u-6tb1.112xlarge', true], ['c7g.metal', true], [Token.asString({ Ref: 'Type' }), true], [undefined, true],
  ['c7g.*', false], ['', false], ['banana', false], ['c7g.xlarge,m7g.xlarge', false], ['C7G.xlarge', false],
])('takes %s as instance type: %s', (instanceType, allowed) => {
  const make = () => CapacityProviderMetrics.fromCapacityProvider(provider, { instanceType });

  if (allowed) expect(make).not.toThrow();
  else expect(make).toThrow(`instanceType is "${instanceType}", but must be the exact name of an instance type. Write it like c7g.xlarge, or leave instanceType out to measure all types. [cdk-lambda-managed-instances::MetricInstanceType]`);
});

test.each([
  [NaN, false], [0, false], [-5, false], [Infinity, false], [0.5, true], [32, true], [Token.asNumber({ Ref: 'Reachable' }), true],
])('saturation takes %d vCPUs that can be reached: %s', (reachableVCpus, allowed) => {
  const ask = () => CapacityProviderMetrics.fromCapacityProvider(provider).vCpuSaturation(reachableVCpus);

  if (allowed) {expect(ask).not.toThrow();} else {
    expect(ask).toThrow(`reachableVCpus is ${reachableVCpus}, but must be a number above 0. Use a number above 0. `
    + '[cdk-lambda-managed-instances::MetricAmount]');
  }
});

test.each([undefined, 'c7g.xlarge'])('shares of type %s over a minute are refused, over an hour they are of an hour', (instanceType) => {
  const metrics = CapacityProviderMetrics.fromCapacityProvider(provider, { instanceType });

  [metrics.vCpuPackingEfficiency, metrics.memoryPackingEfficiency].forEach((share) => {
    expect(() => share.call(metrics, { period: Duration.minutes(1) })).toThrow('[cdk-lambda-managed-instances::MetricPeriodTooShort]');
    expect(JSON.stringify(new cloudwatch.GraphWidget({ left: [share.call(metrics, { period: Duration.hours(1) })] }).toJson())).not.toMatch(/\b300\b/);
  });
  expect(() => metrics.vCpuSaturation(32, { period: Duration.minutes(1) })).toThrow('[cdk-lambda-managed-instances::MetricPeriodTooShort]');
});

test('a period below that of publication is refused', () => {
  expect(() => CapacityProviderMetrics.fromCapacityProvider(provider).cpuUtilization({ period: Duration.minutes(1) })).toThrow(
    'period is 60 seconds, but Lambda publishes this metric every 300 seconds. Leave period out, or raise it to 300 seconds. [cdk-lambda-managed-instances::MetricPeriodTooShort]',
  );
});

test('comes with each fleet', () => {
  const fleet = new ManagedInstances(stack, 'Fleet');

  expect(stack.resolve(fleet.metrics.cpuUtilization().toMetricConfig().mathExpression?.expression)).toEqual({
    'Fn::Join': ['', [expect.stringContaining('WHERE CapacityProviderName = \''), { Ref: 'FleetCapacityProvider1E9E5C3A' }, expect.any(String)]],
  });
});
