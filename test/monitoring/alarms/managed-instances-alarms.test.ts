import { App, Duration, Fn, NestedStack, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AlarmLevel, AlarmThreshold, InstanceSelection, ManagedInstances, ManagedInstancesAlarms, ManagedInstancesLimits, ManagedInstancesProps } from '../../../src';
import { AddAlarmsOptions } from '../../../src/monitoring/alarms/alarms-props';
import { synthErrorOf, testFunction, testStack, warningsOf } from '../../util';
import { holds } from '../alarm-rule';
import { alarmsOf, bodyOf, textOf, widgetOf } from '../body';
import { fires, Sent } from '../metric-math';
import { ALL_ALARMS, ENVIRONMENT, FUNCTION, idsOf, own, periods, provider, PROVIDER, sent, watched } from '../watched';

describe('levels', () => {
  const MINIMAL = ['VCpuCeiling', 'VCpuCeilingReached', 'InstanceWarnings', 'InstanceWarningsRepeated', 'EnvironmentMemory'];
  const STANDARD = [
    ...MINIMAL, 'ProviderCpu', 'ProviderMemory', 'EnvironmentCpu', 'ConcurrencyThrottles', 'CpuThrottles', 'MemoryThrottles', 'DiskThrottles',
    'CapacityExhausted', 'FunctionsNeedTuning',
  ];

  test.each<[AlarmLevel | undefined, string[]]>([
    [AlarmLevel.MINIMAL, MINIMAL],
    [AlarmLevel.STANDARD, STANDARD],
    [undefined, STANDARD],
    [AlarmLevel.FULL, [...STANDARD, 'LowHeadroom']],
  ])('%s makes these alarms of the provider', (level, ids) => {
    expect(idsOf(watched({ level }).stack).sort()).toEqual([...ids].sort());
  });

  test.each([
    [AlarmLevel.MINIMAL, ['ThrottleRate', 'ErrorRate', 'DurationP99', 'ConcurrencySaturation', 'EnvironmentMemory']],
    [AlarmLevel.STANDARD, [
      'ThrottleRate', 'ErrorRate', 'DurationP99', 'ConcurrencySaturation', 'EnvironmentMemory', 'EnvironmentCpu',
      'ConcurrencyThrottles', 'CpuThrottles', 'MemoryThrottles', 'DiskThrottles', 'FunctionImpaired',
    ]],
    [AlarmLevel.FULL, [
      'ThrottleRate', 'ErrorRate', 'DurationP99', 'ConcurrencySaturation', 'EnvironmentMemory', 'EnvironmentCpu',
      'ConcurrencyThrottles', 'CpuThrottles', 'MemoryThrottles', 'DiskThrottles', 'FunctionImpaired', 'TrafficDoubling',
      'AsyncEventsDropped',
    ]],
  ])('%s makes these alarms of each function on request', (level, ids) => {
    const paths = Object.keys(alarmsOf(watched({ level, perFunction: true }).stack)).filter((path) => path.startsWith('Function/'));

    expect(paths.sort()).toEqual(ids.map(own).sort());
  });

  test('the functions\' own alarms come with those over all functions, which also watch what has none of its own', () => {
    // GIVEN
    const alarms = alarmsOf(watched({ perFunction: true }).stack);

    // THEN
    STANDARD.forEach((id) => expect(alarms).toHaveProperty([provider(id)]));
    // A numbered version, and a function of somebody else.
    [{ ...ENVIRONMENT, Resource: 'pay:7' }, { ...ENVIRONMENT, FunctionName: 'ship', Resource: 'ship:$LATEST.PUBLISHED' }].forEach((dimensions) => {
      const data = [sent('ExecutionEnvironmentMemoryUtilization', dimensions, periods(3, 95)), sent('ExecutionEnvironmentCPUUtilization', dimensions, periods(3, 95))];
      ['EnvironmentMemory', 'EnvironmentCpu'].forEach((id) => {
        expect(fires(alarms[own(id)], data)).toBe(false);
        expect(fires(alarms[provider(id)], data)).toBe(true);
      });
    });
  });

  test('their number doesn\'t grow with the fleet', () => {
    // GIVEN
    const { stack, fleet } = watched();
    const before = idsOf(stack).length;

    // WHEN
    const larger = testStack();
    const largeFleet = new ManagedInstances(larger, 'Fleet');
    largeFleet.addAlarms('Alarms');
    for (let i = 0; i < 40; i++) largeFleet.addFunction(testFunction(larger, `Function${i}`));

    // THEN
    expect(fleet.functions).toHaveLength(1);
    expect(idsOf(larger)).toHaveLength(before);
  });
});

describe('what CloudWatch refuses or reads wrongly', () => {
  const all = () => alarmsOf(watched({ level: AlarmLevel.FULL, perFunction: true, noData: AlarmThreshold.below(1) }).stack);
  const grouped = () => alarmsOf(watched({ level: AlarmLevel.FULL }).stack);
  const expressions = ({ Metrics = [] }: any): string[] => Metrics.flatMap(({ Expression }: any) => (Expression ? [textOf(Expression)] : []));

  test('a query over several series is grouped and ordered', () => {
    const queries = Object.values(grouped()).flatMap(expressions).filter((expression) => expression.startsWith('SELECT'));

    expect(queries).toHaveLength(11);
    queries.forEach((query) => expect(query).toMatch(/ GROUP BY [\w, ]+ ORDER BY (\w+)\(\) DESC$/));
  });

  test('an alarm has one query, at most ten metrics, and no search', () => {
    Object.values({ ...all(), ...grouped() }).forEach((alarm) => {
      expect(expressions(alarm).filter((expression) => expression.startsWith('SELECT')).length).toBeLessThanOrEqual(1);
      expect((alarm.Metrics ?? []).length).toBeLessThanOrEqual(10);
      expect(JSON.stringify(alarm)).not.toContain('SEARCH');
    });
  });

  test('no metric of managed instances is read over less than five minutes', () => {
    Object.values({ ...all(), ...grouped() }).flatMap((alarm) => alarm.Metrics ?? []).forEach(({ MetricStat, Expression, Period }: any) => {
      if (MetricStat && /^(ExecutionEnvironment|vCPU|\w+Throttles)/.test(MetricStat.Metric.MetricName)) expect(MetricStat.Period).toBeGreaterThanOrEqual(300);
      if (Expression && textOf(Expression).startsWith('SELECT')) expect(Period).toBe(300);
    });
  });

  test('missing data is no reason to fire, but for the alarm on missing data', () => {
    const treatments = Object.entries(all()).filter(([, alarm]) => !alarm.AlarmRule).map(([path, { TreatMissingData }]) => [path, TreatMissingData]);

    treatments.forEach(([path, treatment]) => expect(treatment).toBe(path === provider('NoData') ? 'breaching' : 'notBreaching'));
  });

  test('a query for missing data isn\'t grouped: without data no group is left', () => {
    expect(expressions(all()[provider('NoData')])).toEqual([
      'SELECT COUNT(vCPUAllocated) FROM SCHEMA("AWS/Lambda", CapacityProviderName, InstanceType) WHERE CapacityProviderName = \'orders\'',
    ]);
  });

  test('descriptions say what to do and where to read, and fit', () => {
    Object.values({ ...all(), ...grouped() }).forEach(({ AlarmDescription }) => {
      expect(AlarmDescription).toMatch(/^[A-Z].+\. First check: .+\. Then: .+\. https:\/\/docs\.aws\.amazon\.com\/\S+$/);
      expect(AlarmDescription.length).toBeLessThan(1024);
    });
  });

  test('descriptions name your runbook, and fit with the longest address that is taken', () => {
    const runbookUrl = `https://wiki.example.com/${'x'.repeat(475)}`;
    const alarms = alarmsOf(watched({
      ...ALL_ALARMS,
      perFunction: true,
      runbookUrl,
      instanceTypes: ['u7inh-32tb.480xlarge'],
    }).stack);

    expect(runbookUrl).toHaveLength(500);
    Object.entries(alarms).forEach(([path, { AlarmDescription }]) => {
      expect(AlarmDescription).toContain(` ${runbookUrl}/${/(UnderUtilised|\w+)(\/[^/]+\.[^/]+)?$/.exec(path)![1]}`);
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    });
  });

  test('an address that is a token stays whole', () => {
    const { stack } = watched({ runbookUrl: Fn.importValue('Wiki') });

    expect(textOf(alarmsOf(stack)[provider('ProviderCpu')].AlarmDescription)).toMatch(/\. <Wiki>\/ProviderCpu$/);
  });

  test('descriptions name your runbook', () => {
    expect(alarmsOf(watched({ runbookUrl: 'https://wiki.example.com/lmi/' }).stack)[provider('ProviderCpu')].AlarmDescription)
      .toMatch(/ https:\/\/wiki\.example\.com\/lmi\/ProviderCpu$/);
  });
});

describe('each alarm fires when it should and is silent when it should', () => {
  const OPTIONS: AddAlarmsOptions = { ...ALL_ALARMS, instanceTypes: ['c7g.xlarge', 'm7g.large'] };
  let ofProvider: Record<string, any>;
  let ofFunction: Record<string, any>;

  beforeAll(() => {
    ofProvider = alarmsOf(watched(OPTIONS).stack);
    ofFunction = alarmsOf(watched({ ...OPTIONS, perFunction: true }).stack);
  });

  const allocated = (...vCpus: number[]) => [sent('vCPUAllocated', PROVIDER, vCpus.map((n) => [n])), sent('vCPUAllocated', { ...PROVIDER, InstanceType: 'c8g.xlarge' }, vCpus.map(() => [1]))];
  const otherFleet = (metric: string, dimensions: Record<string, string>, value: number) => sent(metric, { ...dimensions, CapacityProviderName: 'other' }, periods(6, value));
  const launches = (...counts: number[]): Sent[] => [{ metric: 'orders-launches', samples: counts.map((n) => new Array(n).fill(1)) }];
  const usual = [0, 1, 0, 0, 2, 0, 1, 0, 0, 1];
  const hours = (count: number, cpu: number) => [sent('CPUUtilization', PROVIDER, periods(count, cpu))];
  const reason = (metric: string, ...counts: number[]) => [sent(metric, FUNCTION, counts.map((n) => [n]))];

  const ofFleet: [string, string, Sent[], boolean][] = [
    // 64 vCPUs of unknown types: 32 can be held. 80 % are 25.6, 95 % are 30.4.
    ['VCpuCeiling', 'at 26 of 32 vCPUs, over two types', allocated(25, 25, 25), true],
    ['VCpuCeiling', 'at 25 of 32', allocated(24, 24, 24), false],
    ['VCpuCeiling', 'at 26 for ten minutes', allocated(3, 25, 25), false],
    ['VCpuCeiling', 'while another fleet is full', [...allocated(3, 3, 3), otherFleet('vCPUAllocated', PROVIDER, 500)], false],
    ['VCpuCeilingReached', 'at 31 of 32', allocated(30, 30, 30), true],
    ['VCpuCeilingReached', 'at 30 of 32', allocated(29, 29, 29), false],
    ['InstanceWarnings', 'at one warning', [{ metric: 'orders-warnings', samples: [[], [], [1]] }], true],
    ['InstanceWarnings', 'ten minutes after a warning', [{ metric: 'orders-warnings', samples: [[1], [], []] }], true],
    ['InstanceWarnings', 'a quarter of an hour after a warning', [{ metric: 'orders-warnings', samples: [[1], [], [], []] }], false],
    ['InstanceWarnings', 'without', [{ metric: 'orders-warnings', samples: [[], [], []] }], false],
    ['InstanceWarningsRepeated', 'at three', [{ metric: 'orders-warnings', samples: [[1, 1, 1]] }], true],
    ['InstanceWarningsRepeated', 'at two', [{ metric: 'orders-warnings', samples: [[1, 1]] }], false],
    ['ProviderCpu', 'where one type is busy', [sent('CPUUtilization', PROVIDER, periods(3, 85)), sent('CPUUtilization', { ...PROVIDER, InstanceType: 'm7g.large' }, periods(3, 20))], true],
    ['ProviderCpu', 'at the target of scaling', [sent('CPUUtilization', PROVIDER, periods(3, 70))], false],
    ['ProviderCpu', 'after a spike', [sent('CPUUtilization', PROVIDER, [[95], [95], [60]])], false],
    ['ProviderMemory', 'at 95 %', [sent('MemoryUtilization', PROVIDER, periods(3, 95))], true],
    ['ProviderMemory', 'at 90 %', [sent('MemoryUtilization', PROVIDER, periods(3, 90))], false],
    ['LowHeadroom', 'where no environment fits any more', [sent('vCPUAvailable', PROVIDER, periods(3, 0))], true],
    ['LowHeadroom', 'where one fits', [sent('vCPUAvailable', PROVIDER, periods(3, 1))], false],
    ['LowHeadroom', 'without an instance', [sent('vCPUAvailable', PROVIDER, periods(3))], false],
    ['NoData', 'after half an hour without', [sent('vCPUAllocated', PROVIDER, periods(6))], true],
    ['NoData', 'with a value in between', [sent('vCPUAllocated', PROVIDER, [[], [], [], [3], [], []])], false],
    ['InstanceChurn', 'while launches go on and on', launches(...usual, 6, 7, 5), true],
    ['InstanceChurn', 'as ever', launches(...usual, 1, 0, 1), false],
    ['InstanceChurn', 'after one scale-out', launches(...usual, 0, 9, 0), false],
    ['InstanceChurn', 'without a launch', launches(...usual, 0, 0, 0), false],
    ['UnderUtilised/c7g.xlarge', 'after a day with little to do', hours(24, 12), true],
    ['UnderUtilised/c7g.xlarge', 'with one busy hour', [sent('CPUUtilization', PROVIDER, [...periods(20, 5), [45], ...periods(3, 5)])], false],
    ['UnderUtilised/c7g.xlarge', 'at 20 %', hours(24, 20), false],
    ['UnderUtilised/c7g.xlarge', 'without an instance of the type', [sent('CPUUtilization', PROVIDER, periods(24))], false],
    ['UnderUtilised/m7g.large', 'where the other type has little to do', hours(24, 1), false],
    ['UnderUtilised/m7g.large', 'where it has', [sent('CPUUtilization', { ...PROVIDER, InstanceType: 'm7g.large' }, periods(24, 1))], true],
    ['EnvironmentMemory', 'where one environment is full', [sent('ExecutionEnvironmentMemoryUtilization', ENVIRONMENT, periods(3, 40, 95))], true],
    ['EnvironmentMemory', 'where none is', [sent('ExecutionEnvironmentMemoryUtilization', ENVIRONMENT, periods(3, 40, 60))], false],
    ['EnvironmentMemory', 'where one of another fleet is', [otherFleet('ExecutionEnvironmentMemoryUtilization', ENVIRONMENT, 99)], false],
    ['EnvironmentCpu', 'where one function is busy among idle ones', [
      sent('ExecutionEnvironmentCPUUtilization', ENVIRONMENT, periods(3, 85, 95)),
      sent('ExecutionEnvironmentCPUUtilization', { ...ENVIRONMENT, FunctionName: 'idle', Resource: 'idle:3' }, periods(3, 1)),
    ], true],
    ['EnvironmentCpu', 'where one environment is', [sent('ExecutionEnvironmentCPUUtilization', ENVIRONMENT, periods(3, 95, 10))], false],
    ['EnvironmentCpu', 'idle at zero', [sent('ExecutionEnvironmentCPUUtilization', ENVIRONMENT, periods(3, 0))], false],
    ['ConcurrencyThrottles', 'after a quarter of an hour', reason('ConcurrencyThrottles', 5, 1, 3), true],
    ['ConcurrencyThrottles', 'after one burst', reason('ConcurrencyThrottles', 0, 900, 0), false],
    ['CpuThrottles', 'after a quarter of an hour', reason('CPUThrottles', 5, 1, 3), true],
    ['CpuThrottles', 'where the reason is another', [...reason('CPUThrottles', 0, 0, 0), ...reason('DiskThrottles', 9, 9, 9)], false],
    ['MemoryThrottles', 'after a quarter of an hour', reason('MemoryThrottles', 5, 1, 3), true],
    ['MemoryThrottles', 'idle at zero', reason('MemoryThrottles', 0, 0, 0), false],
    ['DiskThrottles', 'after a quarter of an hour', reason('DiskThrottles', 5, 1, 3), true],
    ['DiskThrottles', 'without data', [], false],
  ];

  test.each(ofFleet)('%s over the fleet: %s', (id, _when, data, expected) => {
    expect(fires(ofProvider[provider(id)], data)).toBe(expected);
  });

  const requests = (invocations: number[], throttles: number[] = invocations.map(() => 0)) => [
    sent('Invocations', FUNCTION, invocations.map((n) => [n])),
    sent('Throttles', FUNCTION, throttles.map((n) => [n])),
  ];
  const failing = (invocations: number[], errors: number[]) => [sent('Invocations', FUNCTION, invocations.map((n) => [n])), sent('Errors', FUNCTION, errors.map((n) => [n]))];
  const concurrency = (limit: number, ...samples: number[]) => [
    sent('ExecutionEnvironmentConcurrency', ENVIRONMENT, periods(3, ...samples)),
    sent('ExecutionEnvironmentConcurrencyLimit', ENVIRONMENT, periods(3, limit)),
  ];

  const ofOneFunction: [string, string, Sent[], boolean][] = [
    ['ThrottleRate', 'at 2 %', requests([980, 980, 980, 980, 980], [20, 20, 20, 20, 20]), true],
    ['ThrottleRate', 'where everything is throttled, so that nothing is invoked', [sent('Throttles', FUNCTION, periods(5, 500)), sent('Invocations', FUNCTION, periods(5))], true],
    ['ThrottleRate', 'while traffic doubles without throttles', requests([1000, 2000, 4000, 8000, 16000]), false],
    ['ThrottleRate', 'at 1 %', requests([990, 990, 990, 990, 990], [10, 10, 10, 10, 10]), false],
    ['ThrottleRate', 'at a half of few requests', requests([20, 20, 20, 20, 20], [20, 20, 20, 20, 20]), false],
    ['ThrottleRate', 'idle at zero', requests([0, 0, 0, 0, 0]), false],
    ['ThrottleRate', 'without data', [sent('Invocations', FUNCTION, periods(5))], false],
    ['ErrorRate', 'at 10 %', failing([100, 100, 100], [10, 10, 10]), true],
    ['ErrorRate', 'at 10 % of few', failing([10, 10, 10], [1, 1, 1]), false],
    ['ErrorRate', 'at 5 %', failing([100, 100, 100], [5, 5, 5]), false],
    ['ErrorRate', 'idle at zero', failing([0, 0, 0], [0, 0, 0]), false],
    ['DurationP99', 'at 9 of 10 seconds', [sent('Duration', FUNCTION, periods(3, 9000))], true],
    ['DurationP99', 'at 8 of 10 seconds', [sent('Duration', FUNCTION, periods(3, 8000))], false],
    ['ConcurrencySaturation', 'where the typical environment is full', concurrency(64, 60, 64, 62), true],
    ['ConcurrencySaturation', 'where one is', concurrency(64, 2, 64, 2), false],
    ['ConcurrencySaturation', 'idle at zero', concurrency(64, 0, 0, 0), false],
    ['EnvironmentMemory', 'where one environment is full', [sent('ExecutionEnvironmentMemoryUtilization', ENVIRONMENT, periods(3, 40, 95))], true],
    ['EnvironmentMemory', 'where none is', [sent('ExecutionEnvironmentMemoryUtilization', ENVIRONMENT, periods(3, 40))], false],
    ['EnvironmentCpu', 'where it is busy', [sent('ExecutionEnvironmentCPUUtilization', ENVIRONMENT, periods(3, 85))], true],
    ['EnvironmentCpu', 'idle at zero', [sent('ExecutionEnvironmentCPUUtilization', ENVIRONMENT, periods(3, 0))], false],
    ['ConcurrencyThrottles', 'after a quarter of an hour', reason('ConcurrencyThrottles', 5, 1, 3), true],
    ['ConcurrencyThrottles', 'after a burst', reason('ConcurrencyThrottles', 0, 9, 0), false],
    ['CpuThrottles', 'after a quarter of an hour', reason('CPUThrottles', 5, 1, 3), true],
    ['CpuThrottles', 'idle at zero', reason('CPUThrottles', 0, 0, 0), false],
    ['MemoryThrottles', 'after a quarter of an hour', reason('MemoryThrottles', 5, 1, 3), true],
    ['MemoryThrottles', 'idle at zero', reason('MemoryThrottles', 0, 0, 0), false],
    ['DiskThrottles', 'after a quarter of an hour', reason('DiskThrottles', 5, 1, 3), true],
    ['DiskThrottles', 'idle at zero', reason('DiskThrottles', 0, 0, 0), false],
    ['TrafficDoubling', 'when requests more than double', requests([1000, 2100]), true],
    ['TrafficDoubling', 'when they would have, were they not throttled', requests([1000, 1100], [0, 1000]), true],
    ['TrafficDoubling', 'when they double exactly', requests([1000, 2000]), false],
    ['TrafficDoubling', 'when few become many', requests([10, 90]), false],
    ['TrafficDoubling', 'idle at zero', requests([0, 0]), false],
    ['AsyncEventsDropped', 'where one is given up', [sent('AsyncEventsDropped', FUNCTION, [[0], [1]])], true],
    ['AsyncEventsDropped', 'idle at zero', [sent('AsyncEventsDropped', FUNCTION, [[0], [0]])], false],
  ];

  test.each(ofOneFunction)('%s of a function: %s', (id, _when, data, expected) => {
    expect(fires(ofFunction[own(id)], data)).toBe(expected);
  });

  test('both tables have each alarm, where it fires and where it doesn\'t', () => {
    const metricAlarms = (alarms: Record<string, any>, prefix: string) => (
      Object.entries(alarms).filter(([path, alarm]) => path.startsWith(prefix) && !alarm.AlarmRule).map(([path]) => path.slice(prefix.length)).sort()
    );
    const alarmsWhere = (table: [string, string, Sent[], boolean][], fired: boolean) => (
      [...new Set(table.filter(([, , , expected]) => expected === fired).map(([id]) => id))].sort()
    );

    [true, false].forEach((fired) => {
      expect(alarmsWhere(ofFleet, fired)).toEqual(metricAlarms(ofProvider, provider('')));
      expect(alarmsWhere(ofOneFunction, fired)).toEqual(metricAlarms(ofFunction, own('')));
    });
  });
});

describe('composite alarms', () => {
  const rule = (alarms: Record<string, any>, path: string) => textOf(alarms[path].AlarmRule).replace(/<(\w+?)[0-9A-F]{8},Arn>/g, '$1');

  test('tell whether to raise a limit or to tune a function', () => {
    const alarms = alarmsOf(watched().stack);

    const throttled = '(ALARM("FleetAlarmsConcurrencyThrottles") OR ALARM("FleetAlarmsCpuThrottles") OR ALARM("FleetAlarmsMemoryThrottles") OR ALARM("FleetAlarmsDiskThrottles"))';
    const limited = '(ALARM("FleetAlarmsVCpuCeiling") OR ALARM("FleetAlarmsVCpuCeilingReached") OR ALARM("FleetAlarmsInstanceWarnings") OR ALARM("FleetAlarmsInstanceWarningsRepeated"))';
    expect(rule(alarms, provider('CapacityExhausted'))).toBe(`(${throttled} AND ${limited})`);
    expect(rule(alarms, provider('FunctionsNeedTuning'))).toBe(`(${throttled} AND (NOT (${limited})))`);
  });

  test('are made of the alarms that there are', () => {
    const off = AlarmThreshold.off();
    const alarms = alarmsOf(watched({ vCpuCeiling: off, vCpuCeilingReached: off, instanceWarningsRepeated: off }).stack);

    const limited = '(ALARM("FleetAlarmsInstanceWarnings"))';
    expect(rule(alarms, provider('CapacityExhausted')).endsWith(` AND ${limited})`)).toBe(true);
    expect(rule(alarms, provider('FunctionsNeedTuning')).endsWith(` AND (NOT (${limited})))`)).toBe(true);
  });

  /** Whether an alarm fires, with those that it is made of. */
  const firesWith = (alarms: Record<string, any>, path: string, data: Sent[]): boolean => {
    if (!alarms[path].AlarmRule) return fires(alarms[path], data);
    const pathOf = (id: string) => Object.keys(alarms).find((other) => id.startsWith(other.split('/')[0]) && id.endsWith(other.split('/').at(-1)!))!;
    return holds(rule(alarms, path), (state, id) => firesWith(alarms, pathOf(id), data) === (state === 'ALARM'));
  };
  const throttled = [sent('CPUThrottles', FUNCTION, periods(3, 9))];
  const atCeiling = [sent('vCPUAllocated', PROVIDER, periods(3, 31))];
  const roomLeft = [sent('vCPUAllocated', PROVIDER, periods(3, 5))];
  const failedLaunch: Sent[] = [{ metric: 'orders-warnings', samples: [[], [], [1]] }];
  const launchThatFailedBefore: Sent[] = [{ metric: 'orders-warnings', samples: [[1], [], []] }];
  const requests = (...counts: number[]) => [
    sent('Invocations', FUNCTION, counts.map((n) => [n])), sent('Throttles', FUNCTION, counts.map(() => [0])), sent('Errors', FUNCTION, counts.map((n) => [n / 10])),
  ];

  test.each<[string, string, Sent[], boolean]>([
    ['CapacityExhausted', 'throttled at the ceiling', [...throttled, ...atCeiling], true],
    ['CapacityExhausted', 'throttled while launches fail', [...throttled, ...roomLeft, ...failedLaunch], true],
    ['CapacityExhausted', 'throttled since a launch failed', [...throttled, ...roomLeft, ...launchThatFailedBefore], true],
    ['CapacityExhausted', 'throttled with room left', [...throttled, ...roomLeft], false],
    ['CapacityExhausted', 'at the ceiling without throttles', atCeiling, false],
    ['FunctionsNeedTuning', 'throttled with room left', [...throttled, ...roomLeft], true],
    ['FunctionsNeedTuning', 'throttled while launches fail', [...throttled, ...roomLeft, ...failedLaunch], false],
    ['FunctionsNeedTuning', 'throttled since a launch failed', [...throttled, ...roomLeft, ...launchThatFailedBefore], false],
    ['FunctionsNeedTuning', 'throttled at the ceiling', [...throttled, ...atCeiling], false],
    ['FunctionsNeedTuning', 'doubling without throttles', [...requests(1000, 2000, 4000), ...roomLeft], false],
    ['FunctionsNeedTuning', 'idle at zero', [sent('CPUThrottles', FUNCTION, periods(3, 0)), ...roomLeft], false],
  ])('%s: %s', (id, _when, data, expected) => {
    expect(firesWith(alarmsOf(watched().stack), provider(id), data)).toBe(expected);
  });

  test.each<[string, Sent[], boolean]>([
    ['a tenth of requests fails', requests(1000, 1000, 1000, 1000, 1000), true],
    ['requests double without throttles and errors', requests(1000, 2000, 4000, 8000, 16000).slice(0, 2), false],
    ['it is idle at zero', requests(0, 0, 0, 0, 0), false],
  ])('FunctionImpaired: %s', (_when, data, expected) => {
    expect(firesWith(alarmsOf(watched({ perFunction: true }).stack), own('FunctionImpaired'), data)).toBe(expected);
  });

  test('speak for a function\'s symptoms, which are silent then', () => {
    // GIVEN
    const action = { bind: () => ({ alarmActionArn: 'arn:page' }) };
    const standard = alarmsOf(watched({ perFunction: true, actions: [action] }).stack);
    const minimal = alarmsOf(watched({ perFunction: true, actions: [action], level: AlarmLevel.MINIMAL }).stack);

    // THEN
    expect(standard[own('FunctionImpaired')].AlarmActions).toEqual(['arn:page']);
    ['ThrottleRate', 'ErrorRate', 'DurationP99'].forEach((id) => {
      expect(standard[own(id)]).not.toHaveProperty('AlarmActions');
      expect(minimal[own(id)].AlarmActions).toEqual(['arn:page']);
    });
  });
});

describe('alarms on request', () => {
  test('are not among those of any level', () => {
    const ids = idsOf(watched({ level: AlarmLevel.FULL, perFunction: true }, {
      instances: InstanceSelection.allow(new ec2.InstanceType('c7g.xlarge'), new ec2.InstanceType('c8g.xlarge'), new ec2.InstanceType('m8g.large')),
    }, { architecture: lambda.Architecture.ARM_64 }).stack);

    expect(ids.filter((id) => ['NoData', 'InstanceChurn', 'c7g.xlarge'].includes(id))).toEqual([]);
  });

  test('are made at each level', () => {
    const ids = idsOf(watched({
      level: AlarmLevel.MINIMAL, instanceChurn: AlarmThreshold.above(3), underUtilised: AlarmThreshold.below(10), instanceTypes: ['c7g.xlarge', 'c7g.xlarge'],
    }).stack);

    expect(ids).toEqual(expect.arrayContaining(['InstanceChurn', 'c7g.xlarge']));
  });

  test('launches are counted in both formats of the system log, where somebody watches them', () => {
    const filters = (options: AddAlarmsOptions) => Object.values<any>(Template.fromStack(watched(options).stack).findResources('AWS::Logs::MetricFilter'))
      .map(({ Properties }) => Properties.FilterPattern);

    const pattern = '{ ($.operation = "*Launched*") || ($.message = "*Launched*") }';
    expect(filters({})).not.toContain(pattern);
    expect(filters({ instanceChurn: AlarmThreshold.above(3) })).toContain(pattern);
  });

  test('unusual launches are those above a band that CloudWatch learns', () => {
    const alarm = alarmsOf(watched({ instanceChurn: AlarmThreshold.above(3) }).stack)[provider('InstanceChurn')];

    expect(alarm).toMatchObject({ ComparisonOperator: 'GreaterThanUpperThreshold', DatapointsToAlarm: 3, EvaluationPeriods: 3 });
    expect(alarm).not.toHaveProperty('Threshold');
    expect(alarm.Metrics).toEqual([
      expect.objectContaining({ Id: alarm.ThresholdMetricId, Expression: 'ANOMALY_DETECTION_BAND(watched, 3)', ReturnData: true }),
      expect.objectContaining({ Id: 'watched', MetricStat: expect.objectContaining({ Period: 900, Stat: 'Sum' }), ReturnData: true }),
    ]);
  });

  test('little use is watched for the types that the fleet allows', () => {
    const { stack } = watched({ underUtilised: AlarmThreshold.below(20) }, {
      instances: InstanceSelection.allow(new ec2.InstanceType('c7g.xlarge'), new ec2.InstanceType('c8g.xlarge'), new ec2.InstanceType('m8g.large')),
    }, { architecture: lambda.Architecture.ARM_64 });

    const alarms = alarmsOf(stack);
    ['c7g.xlarge', 'c8g.xlarge', 'm8g.large'].forEach((type) => {
      const { Metrics: [{ MetricStat }], ...alarm } = alarms[provider(`UnderUtilised/${type}`)];
      expect(alarm).toMatchObject({ Threshold: 20, ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 24 });
      expect(MetricStat.Period).toBe(3600);
      expect(MetricStat.Metric.Dimensions).toContainEqual({ Name: 'InstanceType', Value: type });
      expect(alarms[provider(`UnderUtilised/${type}`)].AlarmDescription).toContain(`${type}: `);
    });
  });
});

describe('during a deployment', () => {
  const silenced = (options: AddAlarmsOptions = {}) => {
    const { stack, fleet } = watched({ perFunction: true });
    const deploymentAlarm = cloudwatch.Alarm.fromAlarmArn(stack, 'Deployment', 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:deploying');
    fleet.addAlarms('Silenced', { deploymentAlarm, perFunction: true, ...options });
    return alarmsOf(stack);
  };

  test.each(['Fleet/Silenced/CapacityExhausted', 'Fleet/Silenced/FunctionsNeedTuning', 'Function/ManagedInstancesAlarms/Silenced/FunctionImpaired'])('%s tells nobody', (path) => {
    expect(silenced()[path]).toMatchObject({
      ActionsSuppressor: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:deploying', ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 600,
    });
  });

  test('composite alarms speak where no alarm tells of it', () => {
    expect(silenced()[provider('CapacityExhausted')]).not.toHaveProperty('ActionsSuppressor');
  });

  test('a level without composite alarms is an error', () => {
    expect(() => silenced({ level: AlarmLevel.MINIMAL })).toThrow(
      'level is AlarmLevel.MINIMAL, but deploymentAlarm silences composite alarms, which come with AlarmLevel.STANDARD or '
        + 'AlarmLevel.FULL. Raise level, or leave deploymentAlarm out. [cdk-lambda-managed-instances::DeploymentAlarmUnused]',
    );
  });
});

describe('versions', () => {
  const RESOURCE_ALARMS = ['ConcurrencySaturation', 'EnvironmentMemory', 'EnvironmentCpu'];
  const resourcesIn = (alarm: any): string[] => [alarm, ...(alarm.Metrics ?? []).map(({ MetricStat }: any) => MetricStat?.Metric ?? {})]
    .flatMap(({ Dimensions = [] }: any) => Dimensions.filter(({ Name }: any) => Name === 'Resource').map(({ Value: value }: any) => textOf(value)));

  test.each(RESOURCE_ALARMS)('%s follows each deployment by default', (id) => {
    expect(new Set(resourcesIn(alarmsOf(watched({ perFunction: true }).stack)[own(id)]))).toEqual(new Set(['pay:$LATEST.PUBLISHED']));
  });

  test('that are numbered are watched on request', () => {
    // GIVEN
    const read = (description: string) => {
      const stack = testStack();
      const fleet = new ManagedInstances(stack, 'Fleet', { capacityProviderName: 'orders' });
      const fn = testFunction(stack, 'Function', { functionName: 'pay', description });
      fleet.addFunction(fn);
      fleet.addFunction(testFunction(stack, 'Other'));
      fleet.addAlarms('Alarms', { perFunction: true, versions: [fn.currentVersion] });
      return { alarms: alarmsOf(stack), ids: Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')) };
    };
    const [before, after] = [read('one'), read('two')];

    // THEN
    RESOURCE_ALARMS.forEach((id) => {
      const [resource, ...others] = new Set(resourcesIn(before.alarms[own(id)]));
      expect(resource).toMatch(/^pay:<FunctionCurrentVersion\w+,Version>$/);
      expect(others).toEqual([]);
      expect(resourcesIn(after.alarms[own(id)])).not.toContain(resource);
      expect(resourcesIn(after.alarms[`Other/ManagedInstancesAlarms/Alarms/${id}`])).toContainEqual(expect.stringMatching(/:\$LATEST\.PUBLISHED$/));
    });
    expect(after.ids).toEqual(before.ids);
    expect(before.alarms[own('ThrottleRate')]).toEqual(after.alarms[own('ThrottleRate')]);
  });

  test.each<[string, (fn: lambda.Function) => lambda.IVersion[], string]>([
    ['of an imported function', (fn) => [lambda.Version.fromVersionArn(fn, 'Imported', 'arn:aws:lambda:us-east-1:123456789012:function:ship:7')], 'has Stack/Function/Imported of another function'],
    ['of a function on no fleet', (fn) => [testFunction(fn.stack, 'Elsewhere').currentVersion], 'has Stack/Elsewhere/CurrentVersion of another function'],
    ['twice of one function', (fn) => [fn.currentVersion, new lambda.Version(fn, 'Old', { lambda: fn })], 'has Stack/Function/Old of a function that is listed twice'],
  ])('%s are an error', (_what, versions, found) => {
    const { stack, fleet, fn } = watched();
    fleet.addAlarms('More', { perFunction: true, versions: versions(fn) });

    expect(synthErrorOf(stack)).toContain(`versions ${found}, but takes one version of each function on the capacity provider`);
    expect(synthErrorOf(stack)).toContain('[cdk-lambda-managed-instances::AlarmVersions]');
  });
});

test('alarms can be muted at times with CDK\'s own construct', () => {
  const { stack, alarms } = watched();
  new cloudwatch.AlarmMuteRule(stack, 'Nights', {
    alarms: alarms.alarms, schedule: cloudwatch.ScheduleExpression.cron({ hour: '22', minute: '0' }), duration: Duration.hours(9),
  });

  const [{ Properties: { MuteTargets } }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::AlarmMuteRule'));
  expect(MuteTargets.AlarmNames).toHaveLength(14);
});

describe('whom alarms tell', () => {
  const action = (alarmActionArn: string): cloudwatch.IAlarmAction => ({ bind: () => ({ alarmActionArn }) });

  test.each([
    ['VCpuCeilingReached', ['arn:page']],
    ['CapacityExhausted', ['arn:page']],
    ['VCpuCeiling', ['arn:ticket']],
    ['ProviderCpu', ['arn:ticket']],
    ['CpuThrottles', ['arn:info']],
  ])('%s', (id, actions) => {
    const { stack } = watched({ actions: [action('arn:page')], ticketActions: [action('arn:ticket')], infoActions: [action('arn:info')] });

    expect(alarmsOf(stack)[provider(id)].AlarmActions).toEqual(actions);
  });

  test('tickets go where pages go, diagnoses nowhere, unless told otherwise', () => {
    const alarms = alarmsOf(watched({ actions: [action('arn:page')] }).stack);

    expect(alarms[provider('VCpuCeiling')].AlarmActions).toEqual(['arn:page']);
    expect(alarms[provider('CpuThrottles')]).not.toHaveProperty('AlarmActions');
  });
});

describe('thresholds', () => {
  test('one number moves the alarm and the line in the graph', () => {
    const read = (options: AddAlarmsOptions) => {
      const { stack, fleet } = watched(options);
      fleet.addDashboard('Dashboard');
      const { annotations } = widgetOf(bodyOf(stack), 'Instance CPU %').properties;
      return [alarmsOf(stack)[provider('ProviderCpu')].Threshold, annotations.horizontal.map(({ value, label }: any) => [value, label])];
    };

    expect(read({})).toEqual([80, [[80, 'alarm > 80 %']]]);
    expect(read({ providerCpu: AlarmThreshold.above(66) })).toEqual([66, [[66, 'alarm > 66 %']]]);
  });

  test.each<[keyof AddAlarmsOptions, string, string, number, number]>([
    ['vCpuCeiling', provider('VCpuCeiling'), 'vCPUs', 50, 16],
    ['environmentMemory', own('EnvironmentMemory'), 'Environment memory %', 50, 50],
    ['environmentCpu', own('EnvironmentCpu'), 'Environment CPU %', 50, 50],
    ['throttleRate', own('ThrottleRate'), 'Throttled and failed %', 50, 50],
    ['errorRate', own('ErrorRate'), 'Throttled and failed %', 50, 50],
    ['concurrencySaturation', own('ConcurrencySaturation'), 'Concurrency in use %', 50, 50],
    ['durationP99', own('DurationP99'), 'Slowest 1 % of requests, ms', 50, 5000],
    ['trafficDoubling', own('TrafficDoubling'), 'Growth in 5 minutes %', 150, 150],
    ['throttleReasons', own('CpuThrottles'), 'Throttles by reason', 7, 7],
    ['lowHeadroom', provider('LowHeadroom'), 'Free vCPUs', 7, 7],
    ['providerMemory', provider('ProviderMemory'), 'Instance memory %', 50, 50],
    ['vCpuCeilingReached', provider('VCpuCeilingReached'), 'vCPUs', 50, 16],
    ['instanceWarnings', provider('InstanceWarnings'), 'Warnings', 7, 7],
    ['instanceWarningsRepeated', provider('InstanceWarningsRepeated'), 'Warnings', 7, 7],
    ['underUtilised', provider('UnderUtilised/c7g.xlarge'), 'Instance CPU %', 7, 7],
  ])('%s is the condition of %s and a line in "%s"', (name, path, title, value, expected) => {
    // WHEN
    const threshold = ['lowHeadroom', 'underUtilised'].includes(name) ? AlarmThreshold.below(value) : AlarmThreshold.above(value);
    const { stack, fleet } = watched({
      [name]: threshold, perFunction: true, level: AlarmLevel.FULL, instanceTypes: name === 'underUtilised' ? ['c7g.xlarge'] : undefined,
    });
    fleet.addDashboard('Dashboard');

    // THEN
    expect(alarmsOf(stack)[path].Threshold).toBe(expected);
    expect(widgetOf(bodyOf(stack), title).properties.annotations.horizontal).toContainEqual(expect.objectContaining({ value: expected }));
  });

  test('an alarm that is off has neither', () => {
    const { stack, fleet } = watched({ providerCpu: AlarmThreshold.off(), lowHeadroom: AlarmThreshold.off(), level: AlarmLevel.FULL });
    fleet.addDashboard('Dashboard');

    expect(idsOf(stack)).not.toContain('ProviderCpu');
    expect(idsOf(stack)).not.toContain('LowHeadroom');
    expect(widgetOf(bodyOf(stack), 'Instance CPU %').properties).not.toHaveProperty('annotations');
  });

  test('a level that leaves an alarm out leaves the line out', () => {
    const { stack, fleet } = watched();
    fleet.addDashboard('Dashboard');

    expect(widgetOf(bodyOf(stack), 'Free vCPUs').properties).not.toHaveProperty('annotations');
  });

  test.each<[string, ManagedInstancesProps, number]>([
    ['half of it for unknown types', { maxVCpuCount: 100 }, 50],
    ['AWS\'s ceiling where none is given', { maxVCpuCount: undefined }, 200],
    ['AWS\'s ceiling as the fleet knows it', { maxVCpuCount: undefined, limits: ManagedInstancesLimits.CURRENT.withOverrides({ vCpuCountDefault: 1000 }) }, 500],
    // One vCPU of four is kept, and the environment has one.
    ['what fits on the worst of known types', {
      maxVCpuCount: 100, instances: InstanceSelection.allow(new ec2.InstanceType('c7g.xlarge'), new ec2.InstanceType('c7g.2xlarge')),
    }, 75],
    ['half of it where one type is of an unknown size', {
      maxVCpuCount: 100, instances: InstanceSelection.allow(new ec2.InstanceType('c7g.xlarge'), new ec2.InstanceType('c99g.xlarge')),
    }, 50],
  ])('the ceiling counts %s', (_what, props, reachable) => {
    const { stack } = watched({}, props, { architecture: lambda.Architecture.ARM_64 });

    const alarms = alarmsOf(stack);
    expect(alarms[provider('VCpuCeiling')].Threshold).toBe(reachable * 0.8);
    expect(alarms[provider('VCpuCeilingReached')].Threshold).toBe(reachable * 0.95);
  });

  test.each([
    [undefined, 80],
    [50, 80],
    [65, 85],
    [75, 90],
  ])('CPU of environments is measured above the target of scaling: %s', (target, threshold) => {
    const scalingOptions = target && lambda.ScalingOptions.manual([lambda.TargetTrackingScalingPolicy.cpuUtilization(target)]) || undefined;

    expect(alarmsOf(watched({}, { scalingOptions }).stack)[provider('EnvironmentCpu')].Threshold).toBe(threshold);
  });

  test('duration follows a timeout that changes later', () => {
    const { stack, fn } = watched({ perFunction: true });
    (fn.node.defaultChild as lambda.CfnFunction).timeout = 20;

    expect(alarmsOf(stack)[own('DurationP99')].Threshold).toBe(16_000);
  });

  test.each([
    [1, false],
    [4, false],
    [5, true],
    [undefined, true],
  ])('with a limit of %s concurrent requests saturation is watched: %s', (perExecutionEnvironmentMaxConcurrency, expected) => {
    // WHEN
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    fleet.addFunction(testFunction(stack), { perExecutionEnvironmentMaxConcurrency });
    fleet.addAlarms('Alarms', { perFunction: true });

    // THEN
    expect(idsOf(stack).includes('ConcurrencySaturation')).toBe(expected);
  });
});

describe('misuse', () => {
  test.each<[AddAlarmsOptions, string]>([
    [{ providerCpu: AlarmThreshold.above(100) }, 'providerCpu is 100, but must be 0 to less than 100 %. Choose a number that the metric can cross, or switch the alarm off with AlarmThreshold.off(). [cdk-lambda-managed-instances::AlarmThresholdRange]'],
    [{ throttleRate: AlarmThreshold.above(-1), perFunction: true }, 'throttleRate is -1, but must be 0 to less than 100 %'],
    [{ throttleReasons: AlarmThreshold.above(NaN) }, 'throttleReasons is NaN, but must be a finite number of at least 0'],
    [{ instanceWarnings: AlarmThreshold.above(Infinity) }, 'instanceWarnings is Infinity, but must be a finite number of at least 0 in 5 minutes'],
    [{ lowHeadroom: AlarmThreshold.below(0), level: AlarmLevel.FULL }, 'lowHeadroom is 0, but must be a finite number above 0 vCPU'],
    [{ noData: AlarmThreshold.below(0) }, 'noData is 0, but must be a finite number above 0'],
    [{ instanceChurn: AlarmThreshold.above(0) }, 'instanceChurn is 0, but must be a finite number above 0 standard deviations'],
    [{ underUtilised: AlarmThreshold.below(0), instanceTypes: ['c7g.xlarge'] }, 'underUtilised is 0, but must be above 0, and at most 100 %'],
    [{ underUtilised: AlarmThreshold.below(101), instanceTypes: ['c7g.xlarge'] }, 'underUtilised is 101, but must be above 0, and at most 100 %'],
    [{ providerCpu: AlarmThreshold.below(50) }, 'providerCpu is AlarmThreshold.below(…), but must be AlarmThreshold.above(…). Write AlarmThreshold.above(…). [cdk-lambda-managed-instances::AlarmThresholdDirection]'],
    [{ noData: AlarmThreshold.above(1) }, 'noData is AlarmThreshold.above(…), but must be AlarmThreshold.below(…)'],
  ])('of a threshold is an error: %p', (options, message) => {
    expect(() => watched(options)).toThrow(message);
  });

  test.each<[AddAlarmsOptions, string]>([
    [{}, '. Name the types that the dashboard shows, or leave underUtilised out. [cdk-lambda-managed-instances::UnderUtilisedTypes]'],
    [{ instanceTypes: ['c7g.*'] }, 'instanceTypes has c7g.*, but underUtilised needs 1 to 10 exact names of instance types. Name the types that the dashboard shows, or leave underUtilised out.'],
    [{ instanceTypes: Array.from({ length: 11 }, (_, i) => `c${i}g.xlarge`) }, 'has 11 types, but'],
  ])('of types to watch for little use is an error: %p', (options, message) => {
    expect(() => watched({ underUtilised: AlarmThreshold.below(20), ...options })).toThrow(message);
  });

  test('ten types are taken', () => {
    const instanceTypes = Array.from({ length: 10 }, (_, i) => `c${i}g.xlarge`);

    expect(() => watched({ underUtilised: AlarmThreshold.below(20), instanceTypes })).not.toThrow();
  });

  test('of launches that nobody counts is an error', () => {
    const stack = testStack();
    const capacityProvider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'orders');

    expect(() => new ManagedInstancesAlarms(stack, 'Alarms', { capacityProvider, instanceChurn: AlarmThreshold.above(2) })).toThrow(
      'logGroup isn\'t set, but instanceChurn counts launches in it. Set logGroup to that of the capacity provider, or leave '
        + 'instanceChurn out. [cdk-lambda-managed-instances::InstanceChurnLogGroup]',
    );
  });

  test.each<AddAlarmsOptions>([
    { providerCpu: AlarmThreshold.above(99) },
    { providerCpu: AlarmThreshold.above(0) },
    { trafficDoubling: AlarmThreshold.above(300), perFunction: true, level: AlarmLevel.FULL },
    { throttleReasons: AlarmThreshold.above(0) },
    { instanceChurn: AlarmThreshold.above(0.5) },
    { noData: AlarmThreshold.below(0.5) },
    { underUtilised: AlarmThreshold.below(100), instanceTypes: ['c7g.xlarge'] },
  ])('is not: %p', (options) => {
    expect(() => watched(options)).not.toThrow();
  });

  test('all thresholds are judged at once', () => {
    expect(() => watched({ providerCpu: AlarmThreshold.above(200), errorRate: AlarmThreshold.above(200), perFunction: true })).toThrow(/2 problems:.*providerCpu.*errorRate/s);
  });

  test.each([
    [0, true],
    [1, false],
    [undefined, false],
  ])('an alarm on missing data where functions keep %s environments is an error: %s', (minExecutionEnvironments, expected) => {
    // WHEN
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    fleet.addAlarms('Alarms', { noData: AlarmThreshold.below(1) });
    fleet.addFunction(testFunction(stack), { latestPublishedScalingConfig: { minExecutionEnvironments, maxExecutionEnvironments: 5 } });

    // THEN
    expect(synthErrorOf(stack).includes('[cdk-lambda-managed-instances::NoDataAlarmOfIdleFunction]')).toBe(expected);
  });

  test.each<[string, number, number, boolean]>([
    ['the numbered version keeps one', 0, 1, false],
    ['the published function keeps one', 1, 0, false],
    ['neither does', 0, 0, true],
  ])('an alarm on missing data where %s is an error: %s, %s, %s', (_what, published, numbered, expected) => {
    // WHEN
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    const fn = testFunction(stack, 'Function', { currentVersionOptions: { minExecutionEnvironments: numbered, maxExecutionEnvironments: 5 } });
    fleet.addFunction(fn, { latestPublishedScalingConfig: { minExecutionEnvironments: published, maxExecutionEnvironments: 5 } });
    fleet.addAlarms('Alarms', { noData: AlarmThreshold.below(1) });
    fn.currentVersion;

    // THEN
    expect(synthErrorOf(stack).includes('[cdk-lambda-managed-instances::NoDataAlarmOfIdleFunction]')).toBe(expected);
  });

  test('more alarms than a stack has room for are an error with a remedy', () => {
    // WHEN
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    fleet.addAlarms('Alarms', { perFunction: true });
    for (let i = 0; i < 40; i++) fleet.addFunction(testFunction(stack, `Function${i}`));

    // THEN
    expect(synthErrorOf(stack)).toMatch(/With perFunction, Stack has \d+ resources \(440 of them alarms of functions\), but CloudFormation allows 500. Leave perFunction out, lower level, or split the stack\. \[cdk-lambda-managed-instances::AlarmsExceedStack\]/);
  });
});

describe('what changes after an alarm is made', () => {
  const cfn = (fn: lambda.Function) => fn.node.defaultChild as lambda.CfnFunction;
  const cfnProvider = (fleet: ManagedInstances) => fleet.capacityProvider.node.defaultChild as lambda.CfnCapacityProvider;
  const token = () => Token.asNumber({ Ref: 'AWS::NoValue' });
  const limitTo = (fn: lambda.Function, perExecutionEnvironmentMaxConcurrency: number) => {
    const config = cfn(fn).capacityProviderConfig as lambda.CfnFunction.CapacityProviderConfigProperty;
    cfn(fn).capacityProviderConfig = {
      lambdaManagedInstancesCapacityProviderConfig: { ...config.lambdaManagedInstancesCapacityProviderConfig, perExecutionEnvironmentMaxConcurrency },
    };
  };

  test('a timeout that becomes a token is an error', () => {
    const { stack, fn } = watched({ perFunction: true });
    cfn(fn).timeout = token();

    expect(synthErrorOf(stack)).toContain(
      'timeout of Stack/Function is a token, but must stay known at synthesis: an alarm is computed from it by durationP99. Set it before '
        + 'the alarms are created, or switch them off with durationP99: AlarmThreshold.off(). [cdk-lambda-managed-instances::AlarmBasisChanged]',
    );
  });

  test('a timeout that is a token from the start leaves the alarm out', () => {
    const { stack } = watched({ perFunction: true }, {}, { timeout: Duration.seconds(token()) });

    expect(idsOf(stack)).not.toContain('DurationP99');
  });

  test('a ceiling that becomes a token is an error', () => {
    const { stack, fleet } = watched();
    cfnProvider(fleet).capacityProviderScalingConfig = { maxVCpuCount: token() };

    ['vCpuCeiling', 'vCpuCeilingReached'].forEach((threshold) => expect(synthErrorOf(stack)).toContain(
      `maxVCpuCount of Stack/Fleet is a token, but must stay known at synthesis: an alarm is computed from it by ${threshold}.`,
    ));
  });

  test('a ceiling that changes moves the alarm', () => {
    const { stack, fleet } = watched();
    cfnProvider(fleet).capacityProviderScalingConfig = { maxVCpuCount: 100 };

    expect(alarmsOf(stack)[provider('VCpuCeiling')].Threshold).toBe(40);
  });

  test.each([
    [1, true],
    [4, true],
    [5, false],
  ])('a limit of %s concurrent requests, too low for saturation to mean something, is an error: %s', (limit, expected) => {
    const { stack, fn } = watched({ perFunction: true });
    limitTo(fn, limit);

    expect(synthErrorOf(stack).includes(
      `perExecutionEnvironmentMaxConcurrency of Stack/Function is ${limit}, but must stay at least 5: an alarm is computed from it by concurrencySaturation.`,
    )).toBe(expected);
  });

  const off = AlarmThreshold.off();

  test.each<AddAlarmsOptions>([
    { perFunction: true, concurrencySaturation: off, durationP99: off, vCpuCeiling: off, vCpuCeilingReached: off },
    {},
  ])('is no error where no alarm is computed from it: %p', (options) => {
    const { stack, fn, fleet } = watched(options);
    limitTo(fn, 1);
    cfn(fn).timeout = token();
    if (options.vCpuCeiling) cfnProvider(fleet).capacityProviderScalingConfig = { maxVCpuCount: token() };

    expect(synthErrorOf(stack)).toBe('');
  });

  test.each([undefined, 1])('leaves no garbage in a template that nobody judges, with a limit of %s', (limit) => {
    // GIVEN
    const { stack, fn, fleet } = watched({ perFunction: true });
    cfn(fn).timeout = token();
    cfnProvider(fleet).capacityProviderScalingConfig = { maxVCpuCount: token() };
    if (limit !== undefined) limitTo(fn, limit);

    // WHEN
    const { Resources } = (stack.node.root as App).synth({ skipValidation: true }).getStackByName(stack.stackName).template;

    // THEN
    const thresholds = Object.values<any>(Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.Threshold);
    expect(thresholds).toEqual(expect.arrayContaining([8000, 25.6, 30.4]));
    thresholds.forEach((threshold) => expect(threshold).toEqual(expect.any(Number)));
  });
});

describe('several sets of alarms of one provider', () => {
  const filtersOf = (stack: Stack) => Object.entries<any>(Template.fromStack(stack).findResources('AWS::Logs::MetricFilter'))
    .map(([id, { Properties }]) => [id.slice(0, -8), Properties.MetricTransformations[0].MetricName]);
  const OFF = { instanceWarnings: AlarmThreshold.off(), instanceWarningsRepeated: AlarmThreshold.off() };

  test('count each line of the log once, by the filter of the first', () => {
    const { stack, fleet } = watched({ instanceChurn: AlarmThreshold.above(2) });
    fleet.addAlarms('More', { instanceChurn: AlarmThreshold.above(3) });
    new ManagedInstancesAlarms(stack, 'Else', {
      capacityProvider: fleet.capacityProvider, logGroup: (fleet.logGroup as Construct).node.defaultChild as logs.CfnLogGroup,
    });

    expect(filtersOf(stack).map(([id]) => id)).toEqual(['FleetAlarmsInstanceWarningsFilter', 'FleetAlarmsInstanceLaunchesFilter']);
  });

  test('count warnings only where one watches them', () => {
    // GIVEN
    const { stack, fleet } = watched(OFF);

    // THEN
    expect(filtersOf(watched(OFF).stack)).toEqual([]);
    expect(filtersOf(watched({ ...OFF, instanceWarnings: AlarmThreshold.above(0) }).stack)).toHaveLength(1);

    // WHEN
    fleet.addAlarms('More');

    // THEN
    expect(filtersOf(stack).map(([id]) => id)).toEqual(['FleetMoreInstanceWarningsFilter']);
  });

  test('count in each log group, and for each provider', () => {
    const { stack, fleet } = watched();
    fleet.addAlarms('More', { logGroup: new logs.LogGroup(stack, 'Logs') } as AddAlarmsOptions);
    new ManagedInstances(stack, 'Other', { logGroup: fleet.logGroup }).addAlarms('Alarms');

    expect(filtersOf(stack).map(([id]) => id)).toEqual(['FleetAlarmsInstanceWarningsFilter', 'FleetMoreInstanceWarningsFilter', 'OtherAlarmsInstanceWarningsFilter']);
  });

  test('of imports of one provider count once in a stack, and in each stack, which may be in another account', () => {
    // GIVEN
    const app = new App();
    const alarmsIn = (stack: Stack, id: string, name: string) => new ManagedInstancesAlarms(stack, id, {
      capacityProvider: lambda.CapacityProvider.fromCapacityProviderName(stack, `${id}Provider`, name),
      logGroup: logs.LogGroup.fromLogGroupName(stack, `${id}Logs`, 'system'),
    });
    const [one, two] = [new Stack(app, 'One'), new Stack(app, 'Two')];

    // WHEN
    alarmsIn(one, 'A', 'orders');
    alarmsIn(one, 'B', 'orders');
    alarmsIn(one, 'C', 'ships');
    alarmsIn(two, 'D', 'orders');

    // THEN
    expect(filtersOf(one)).toEqual([['AInstanceWarningsFilter', 'orders-warnings'], ['CInstanceWarningsFilter', 'ships-warnings']]);
    expect(filtersOf(two)).toEqual([['DInstanceWarningsFilter', 'orders-warnings']]);
  });

  test('with one id in two scopes both have alarms of each function, the first under their own ids', () => {
    // GIVEN
    const { stack, fleet } = watched({ perFunction: true });

    // WHEN
    new ManagedInstancesAlarms(stack, 'Alarms', { capacityProvider: fleet, perFunction: true, level: AlarmLevel.MINIMAL });
    fleet.addFunction(testFunction(stack, 'Later'));

    // THEN
    const paths = Object.keys(alarmsOf(stack));
    expect(paths).toEqual(expect.arrayContaining(Object.keys(alarmsOf(watched({ perFunction: true }).stack))));
    ['Function', 'Later'].forEach((id) => {
      expect(paths.filter((path) => path.startsWith(`${id}/ManagedInstancesAlarms/Alarms/`))).toHaveLength(11);
      expect(paths.filter((path) => new RegExp(`^${id}/ManagedInstancesAlarms/c8[0-9a-f]{40}/Alarms/`).test(path))).toHaveLength(5);
    });
  });
});

describe('names of metrics on which AWS\'s pages disagree', () => {
  const OLD = { CapacityProviderName: 'orders', FunctionName: 'pay' };
  const CPU = 'ExecutionEnvironmentVCPUUtilization';

  test.each(['EnvironmentMemory', 'EnvironmentCpu', 'ConcurrencySaturation'])('%s reads those without the version', (id) => {
    // GIVEN
    const alarms = alarmsOf(watched({ resourceDimension: false, perFunction: true }).stack);
    const data = (dimensions: Record<string, string>) => [
      sent('ExecutionEnvironmentMemoryUtilization', dimensions, periods(3, 99)),
      sent('ExecutionEnvironmentCPUUtilization', dimensions, periods(3, 99)),
      sent('ExecutionEnvironmentConcurrency', dimensions, periods(3, 64)),
      sent('ExecutionEnvironmentConcurrencyLimit', dimensions, periods(3, 64)),
    ];

    // THEN
    [own(id), provider(id)].filter((path) => path in alarms).forEach((path) => {
      expect(fires(alarms[path], data(OLD))).toBe(true);
      expect(JSON.stringify(alarms[path])).not.toContain('Resource');
    });
  });

  test('alarms on CPU read the metric that you name', () => {
    const alarms = alarmsOf(watched({ cpuMetricName: CPU, perFunction: true }).stack);

    [own('EnvironmentCpu'), provider('EnvironmentCpu')].forEach((path) => {
      expect(fires(alarms[path], [sent(CPU, ENVIRONMENT, periods(3, 99))])).toBe(true);
      expect(fires(alarms[path], [sent('ExecutionEnvironmentCPUUtilization', ENVIRONMENT, periods(3, 99))])).toBe(false);
    });
  });
});

describe('an alarm that tells of deployments', () => {
  const stacks = () => {
    const app = new App();
    const [base, service] = [new Stack(app, 'Base'), new Stack(app, 'Service')];
    const fleet = new ManagedInstances(base, 'Fleet', { maxVCpuCount: 64 });
    const alarmIn = (stack: Stack) => new cloudwatch.Alarm(stack, 'Deploying', {
      metric: new cloudwatch.Metric({ namespace: 'Ours', metricName: 'Deployments' }), threshold: 1, evaluationPeriods: 1,
    });
    return { app, base, service, fleet, alarmIn };
  };
  const CYCLE = 'deploymentAlarm is in Service, which has a function of the fleet, but that stack depends on Base, and alarms there would depend on '
    + 'this one. Put the alarm into Base or a stack of its own. [cdk-lambda-managed-instances::DeploymentAlarmCycle]';

  test('and stands with a function is an error, whichever comes first', () => {
    const first = stacks();
    first.fleet.addFunction(testFunction(first.service));
    expect(() => first.fleet.addAlarms('Alarms', { deploymentAlarm: first.alarmIn(first.service) })).toThrow(CYCLE);

    const later = stacks();
    later.fleet.addAlarms('Alarms', { deploymentAlarm: later.alarmIn(later.service) });
    expect(() => later.fleet.addFunction(testFunction(later.service))).toThrow(CYCLE);
  });

  test('and stands with one function is an error where another has alarms in the fleet\'s stack', () => {
    const { base, service, fleet, alarmIn } = stacks();
    const noComposite = { throttleReasons: AlarmThreshold.off() };
    fleet.addFunction(testFunction(service));
    fleet.addAlarms('Alarms', { deploymentAlarm: alarmIn(service), perFunction: true, ...noComposite });

    expect(() => fleet.addFunction(testFunction(base))).toThrow(CYCLE);
  });

  test.each<[string, (made: ReturnType<typeof stacks>) => cloudwatch.IAlarmRef]>([
    ['in the fleet\'s stack', ({ base, alarmIn }) => alarmIn(base)],
    ['in a stack of its own', ({ app, alarmIn }) => alarmIn(new Stack(app, 'Own'))],
    ['in a nested stack', ({ base, alarmIn }) => alarmIn(new NestedStack(base, 'Nested'))],
    ['elsewhere, by its name', ({ service }) => cloudwatch.Alarm.fromAlarmName(service, 'Imported', 'deploying')],
  ])('and stands %s is taken', (_where, alarmOf) => {
    const made = stacks();
    made.fleet.addFunction(testFunction(made.service));
    made.fleet.addFunction(testFunction(made.base));
    made.fleet.addAlarms('Alarms', { deploymentAlarm: alarmOf(made), perFunction: true });

    expect(() => made.app.synth()).not.toThrow();
  });

  test('and stands with a function is taken where it silences alarms elsewhere only', () => {
    const { app, service, fleet, alarmIn } = stacks();
    fleet.addFunction(testFunction(service));
    new ManagedInstancesAlarms(new Stack(app, 'Monitoring'), 'Alarms', { capacityProvider: fleet, logGroup: fleet.logGroup, deploymentAlarm: alarmIn(service) });

    expect(() => app.synth()).not.toThrow();
  });
});

test('functions attached later are watched', () => {
  // GIVEN
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet');
  const alarms = fleet.addAlarms('Alarms', { perFunction: true, level: AlarmLevel.MINIMAL });
  const before = alarms.alarms.length;

  // WHEN
  fleet.addFunction(testFunction(stack));

  // THEN
  expect(alarms.alarms).toHaveLength(before + 5);
});

test('alarms of a function stand in its stack, and no stack depends on another that depends on it', () => {
  // GIVEN
  const app = new App();
  const base = new Stack(app, 'Base');
  const service = new Stack(app, 'Service');
  const fleet = new ManagedInstances(base, 'Fleet');
  fleet.addAlarms('Alarms', { perFunction: true });
  fleet.addDashboard('Dashboard');

  // WHEN
  fleet.addFunction(testFunction(service));
  app.synth();

  // THEN
  expect(base.dependencies).toEqual([]);
  expect(service.dependencies).toEqual([base]);
  expect(idsOf(service)).toContain('FunctionImpaired');
  expect(idsOf(base)).not.toContain('FunctionImpaired');
});

test('a provider made elsewhere has no alarm on a ceiling that isn\'t known, nor on logs that aren\'t', () => {
  // WHEN
  const stack = testStack();
  new ManagedInstancesAlarms(stack, 'Alarms', { capacityProvider: lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'orders') });

  // THEN
  expect(idsOf(stack)).not.toContain('VCpuCeiling');
  expect(idsOf(stack)).not.toContain('InstanceWarnings');
  expect(idsOf(stack)).toContain('ProviderCpu');
  Template.fromStack(stack).resourceCountIs('AWS::Logs::MetricFilter', 0);
});

test('warnings are counted in both formats of the system log', () => {
  const { stack } = watched();

  Template.fromStack(stack).hasResourceProperties('AWS::Logs::MetricFilter', {
    FilterPattern: '{ ($.level = "WARN") || ($.level = "ERROR") }',
    MetricTransformations: [{ MetricName: { 'Fn::Join': ['', [{ Ref: Match.stringLikeRegexp('FleetCapacityProvider') }, '-warnings']] }, MetricNamespace: 'ManagedInstances/SystemLogs', MetricValue: '1' }],
  });
});

test('a good fleet with alarms synthesises without a warning', () => {
  // WHEN
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet');
  fleet.addFunction(testFunction(stack));
  fleet.addAlarms('Alarms', { level: AlarmLevel.FULL, perFunction: true });

  // THEN
  expect(warningsOf(stack)).toEqual([]);
});
