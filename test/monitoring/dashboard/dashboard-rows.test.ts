import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ManagedInstances } from '../../../src';
import { Threshold } from '../../../src/monitoring/alarms/thresholds';
import { FleetView, FunctionView } from '../../../src/monitoring/fleet-view';
import { ExecutionEnvironmentMetrics } from '../../../src/monitoring/metrics/execution-environment-metrics';
import { testStack } from '../../util';
import { widgetOf } from '../body';
import { lint } from '../dashboard-linter';
import { COST, PLAN, shownWith } from '../shown-with';

const titles = (body: any): string[] => body.widgets.map(({ properties }: any) => properties.title).filter(Boolean);

describe('the plan', () => {
  test('stands in the header, between limits and links', () => {
    const { properties: { markdown }, height } = shownWith({ plan: PLAN }).widgets[0];

    expect(height).toBe(4);
    const lines: string[] = markdown.split('\n');
    expect(lines.slice(5, 8)).toEqual(PLAN);
    // Else Markdown takes the two tables for one.
    expect([lines[4], lines[8]]).toEqual(['', '']);
    expect(lines.at(-1)).toContain('[Troubleshooting]');
  });

  test('leaves room for alarms and key figures, however long it is', () => {
    const body = shownWith({ plan: [...PLAN, ...new Array(100).fill('| More | 1 | 1 |')] });

    expect(body.widgets[0].height).toBe(6);
    expect(lint(body)).toEqual([]);
  });

  test('is left out where there is none', () => {
    const { properties: { markdown }, height } = shownWith({}).widgets[0];

    expect(height).toBe(3);
    expect(markdown.split('\n')).toHaveLength(6);
  });
});

describe('cost', () => {
  test('is shown with prices only', () => {
    expect(JSON.stringify(shownWith({}))).not.toMatch(/\$ per|Cost/);
  });

  test('is a rate, a month at that rate with its bounds, and a price of requests', () => {
    // WHEN
    const body = shownWith({ cost: COST });

    // THEN
    expect(titles(body).slice(-3)).toEqual(['≈ $ per hour', '≈ $ per month at this rate', '≈ $ per million requests']);
    expect(body.widgets.at(-4).properties.markdown).toBe('### Cost, estimated · prices of some day');
    const shown = (title: string) => widgetOf(body, title).properties.metrics.flatMap((row: any[]) => row.at(-1).expression ?? []);
    expect(shown('≈ $ per hour')).toEqual(['SUM([(allocated0 + available0) * 0.04833333])', 'SUM([(allocated0 + available0) * 0.00725])']);
    expect(shown('≈ $ per month at this rate')).toEqual(['SUM([(allocated0 + available0) * 0.05558333]) * 730']);
    expect(shown('≈ $ per million requests')).toEqual([
      'SUM([(allocated0 + available0) * 0.05558333]) / ((FILL(requests0, 0) + FILL(requests1, 0)) * 12) * 1000000 + 0.2',
    ]);
    expect(widgetOf(body, '≈ $ per month at this rate').properties.annotations.horizontal.map(({ value, label }: any) => [value, label])).toEqual([
      [365.18, '$365 idle'], [2000, '$2000 at maxVCpuCount'],
    ]);
    expect(lint(body)).toEqual([]);
  });

  test('is blended where the types aren\'t known', () => {
    const body = shownWith({ cost: { rates: { perUsableVCpu: { ec2: 0.05, fee: 0.0075 } }, millionRequests: 0.2, note: 'mean' } });

    expect(titles(body).slice(-3)).toEqual(['≈ $ per hour, blended', '≈ $ per month at this rate, blended', '≈ $ per million requests, blended']);
    expect(widgetOf(body, '≈ $ per month at this rate, blended').properties).not.toHaveProperty('annotations');
    expect(lint(body)).toEqual([]);
  });

  test('has a price of requests of a single function', () => {
    const scope = testStack();
    const metrics = ExecutionEnvironmentMetrics._named('One', lambda.CapacityProvider.fromCapacityProviderName(scope, 'Provider', 'orders'));

    expect(titles(shownWith({ cost: COST, functions: [{ functionName: 'One', metrics, eventSources: [] }] }, scope)).at(-1)).toBe('≈ $ per million requests');
  });

  test('has no price of requests where one function of many is shown', () => {
    expect(titles(shownWith({ cost: COST, chosenByVariable: true })).slice(-2)).toEqual(['≈ $ per hour', '≈ $ per month at this rate']);
  });
});

describe('key figures', () => {
  const expressionsOf = (title: string) => widgetOf(shownWith({}), title).properties.metrics.flatMap((row: any[]) => row.at(-1).expression ?? []);

  test('are of all functions together', () => {
    const all = 'FILL(i0, 0) + FILL(t0, 0) + FILL(i1, 0) + FILL(t1, 0)';

    expect(expressionsOf('Requests per second')).toEqual(['(FILL(i0, 0) + FILL(t0, 0)) / PERIOD(i0) + (FILL(i1, 0) + FILL(t1, 0)) / PERIOD(i1)']);
    expect(expressionsOf('Throttled %')).toEqual([`IF(${all} > 0, 100 * (FILL(t0, 0) + FILL(t1, 0)) / (${all}), 0)`]);
    expect(expressionsOf('Failed %')).toEqual(['IF(FILL(i0, 0) + FILL(i1, 0) > 0, 100 * (FILL(e0, 0) + FILL(e1, 0)) / (FILL(i0, 0) + FILL(i1, 0)), 0)']);
    expect(expressionsOf('Slowest 1 %')).toEqual(['MAX([d0, d1])']);
  });

  test('are only those of the fleet without a function', () => {
    expect(titles(shownWith({ functions: [] })).slice(0, 3)).toEqual(['Environments of the fleet', 'vCPUs in use, % of usable', 'vCPUs']);
  });
});

describe('the title of a function', () => {
  const titleOf = (view: FunctionView): string[] => {
    const scope = testStack();
    const metrics = ExecutionEnvironmentMetrics._named('One', lambda.CapacityProvider.fromCapacityProviderName(scope, 'Provider', 'orders'));
    const { widgets } = shownWith({ functions: [{ functionName: 'One', metrics, eventSources: [], view: () => view }] }, scope);
    const texts: string[] = widgets.map(({ properties }: any) => properties.markdown ?? '');
    return texts.find((markdown) => markdown.startsWith('**One**'))!.split(' · ').slice(1, -2);
  };

  test.each<[FunctionView, string[]]>([
    [{}, []],
    [{ memorySize: 4096, vCpus: 2, maxConcurrency: 64, minExecutionEnvironments: 3, maxExecutionEnvironments: 12, timeout: 30 }, ['4096 MB', '2 vCPU', '64 at once per environment', '3 to 12 environments', 'timeout 30 s']],
    [{ minExecutionEnvironments: 3 }, ['at least 3 environments']],
    [{ maxExecutionEnvironments: 12 }, ['at most 12 environments']],
    [{ minExecutionEnvironments: 0, maxExecutionEnvironments: 0 }, ['0 to 0 environments']],
  ])('states what is known: %p', (view, expected) => {
    expect(titleOf(view)).toEqual(expected);
  });
});

describe('the body', () => {
  /** All that a dashboard can show, on two functions or on one that a variable chooses. */
  const everything = (chosenByVariable: boolean) => {
    const scope = testStack();
    const scalingOptions = lambda.ScalingOptions.manual([lambda.TargetTrackingScalingPolicy.cpuUtilization(60)]);
    const provider = new ManagedInstances(scope, 'Watched', { maxVCpuCount: 64, scalingOptions });
    const view = () => ({ minExecutionEnvironments: 3, maxExecutionEnvironments: 12, maxConcurrency: 64, timeout: 10 });
    return shownWith({
      chosenByVariable,
      fleet: new FleetView(provider),
      functions: ['One', 'Two'].map((functionName) => (
        { functionName, view, metrics: ExecutionEnvironmentMetrics._named(functionName, provider), eventSources: [] }
      )),
      // Each line tells of which threshold it is.
      thresholds: [{ get: (name) => new Threshold('above', () => 42, name) }],
      plan: PLAN,
      cost: COST,
      gpuMetrics: [new cloudwatch.Metric({ namespace: 'Mine', metricName: 'GpuUtilization' })],
      logGroup: logs.LogGroup.fromLogGroupName(scope, 'Log', '/mine'),
      alarmsElsewhere: 2,
    }, scope);
  };

  const axisOf = ({ yAxis: { left = { min: 0 } } = {} }: any) => (
    left.min === 0 && left.max === undefined ? '' : `, from ${left.min ?? 'the lowest'} to ${left.max ?? 'the highest'}`
  );
  /** Where each widget is, what it shows, and the lines and expressions in it. */
  const linesOf = ({ type, x, y, width, height, properties }: any): string[] => [
    `${x},${y} ${width}×${height} ${type}: ${properties.title ?? properties.markdown.split('\n')[0].slice(0, 60)}${properties.stacked ? ', stacked' : ''}${axisOf(properties)}`,
    ...(properties.annotations?.horizontal ?? []).map(({ value, label }: any) => `  line at ${value}: ${label}`),
    ...(properties.metrics ?? []).flatMap((row: any[]) => row.at(-1).expression ?? []).map((expression: string) => `  ${expression.replace(/_[0-9a-f]{6}(?=_)/g, '')}`),
  ];

  test.each([[false], [true]])('stays as it is, with a function that is chosen: %s', (chosenByVariable) => {
    expect(everything(chosenByVariable).widgets.flatMap(linesOf)).toMatchSnapshot();
  });
});

test('a ceiling that isn\'t known leaves the vCPUs in use', () => {
  const scope = testStack();
  const fleet = new FleetView(lambda.CapacityProvider.fromCapacityProviderName(scope, 'Provider', 'orders'));

  expect(titles(shownWith({ fleet }, scope))).toContain('vCPUs in use');
  expect(titles(shownWith({}))).not.toContain('vCPUs in use');
});

describe('alarms', () => {
  const widgetsWith = (count: number) => {
    const scope = testStack();
    const alarms = Array.from({ length: count }, (_, i) => cloudwatch.Alarm.fromAlarmName(scope, `Alarm${i}`, `alarm-${i}`)) as unknown as cloudwatch.AlarmBase[];
    return shownWith({ alarms }, scope).widgets.filter(({ type }: any) => type === 'alarm').map(({ properties: { title, alarms: some }, height }: any) => [title, some.length, height]);
  };

  test.each<[number, number]>([[6, 2], [7, 3], [19, 4], [100, 8]])('%d of them are %d units high', (count, height) => {
    expect(widgetsWith(count)).toEqual([['Alarms', count, height]]);
  });

  test('have a widget for each hundred', () => {
    expect(widgetsWith(201)).toEqual([['Alarms', 100, 8], ['Alarms (2)', 100, 8], ['Alarms (3)', 1, 2]]);
    expect(widgetsWith(0)).toEqual([]);
  });
});
