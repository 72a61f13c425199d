import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AlarmLevel, ManagedInstances, ManagedInstancesDashboard } from '../../src';
import { onlyResource, testFunction, testStack } from '../util';
import { bodiesOf, bodyOf, widgetOf } from './body';
import { lint } from './dashboard-linter';

let stack: Stack;

beforeEach(() => {
  stack = testStack();
});

function importedDashboard(options = {}) {
  const capacityProvider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'orders');
  return new ManagedInstancesDashboard(stack, 'Dashboard', { capacityProvider, ...options });
}

function fleetWith(functions: number, scope = stack): ManagedInstances {
  const fleet = new ManagedInstances(scope, 'Fleet');
  for (let i = 0; i < functions; i++) fleet.addFunction(testFunction(scope, `Function${i}`));
  return fleet;
}

const titles = (body: any) => body.widgets.map(({ properties }: any) => properties.title).filter(Boolean);
const OWN_ROWS = ['Requests', 'Throttles by reason', 'Throttled and failed %', 'Growth of requests in 5 minutes %', 'Concurrency in use %'];

describe('every body passes the linter', () => {
  test.each([0, 1, 12, 13, 100])('%d functions', (functions) => {
    // GIVEN
    const fleet = fleetWith(functions);
    fleet.addDashboard('Dashboard');

    // WHEN
    fleet.addAlarms('Alarms', { level: AlarmLevel.FULL });

    // THEN
    const alarms = Object.entries(Template.fromStack(stack).toJSON().Resources)
      .filter(([, { Type }]: any) => /^AWS::CloudWatch::(Composite)?Alarm$/.test(Type)).map(([id]) => `<${id},Arn>`);
    expect(alarms).toHaveLength(15);
    expect(lint(bodyOf(stack), alarms)).toEqual([]);
  });

  test('alarms of each function', () => {
    const fleet = fleetWith(12);
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms', { perFunction: true, level: AlarmLevel.FULL });

    const alarms = Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map((id) => `<${id},Arn>`);
    expect(alarms).toHaveLength(11 + 12 * 11);
    expect(lint(bodyOf(stack), alarms)).toEqual([]);
  });

  test('tokens in names', () => {
    const name = new CfnParameter(stack, 'Name').valueAsString;
    const fleet = new ManagedInstances(stack, 'Fleet', { capacityProviderName: name });
    fleet.addFunction(testFunction(stack, 'Function', { functionName: name, timeout: Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber) }));
    fleet.addAlarms('Alarms', { perFunction: true });
    fleet.addDashboard('Dashboard', { dashboardName: name });

    expect(lint(bodyOf(stack))).toEqual([]);
  });

  test('two dashboards in one stack', () => {
    const fleet = fleetWith(2);
    fleet.addDashboard('One');
    fleet.addDashboard('Two');
    fleet.addAlarms('Alarms');

    const [one, two] = bodiesOf(stack);
    expect(lint(one)).toEqual([]);
    expect(two).toEqual(one);
  });

  test('a provider made elsewhere', () => {
    importedDashboard();

    expect(lint(bodyOf(stack))).toEqual([]);
  });
});

describe('the linter finds', () => {
  const graph = (properties: object, place: object = {}) => ({ type: 'metric', x: 0, y: 0, width: 6, height: 6, properties: { title: 'Graph', ...properties }, ...place });

  test.each<[string, any[], string]>([
    ['an overlap', [graph({}), graph({}, { x: 5 })], 'Graph overlaps Graph'],
    ['a widget beyond the grid', [graph({}, { x: 19 })], 'Graph leaves the grid'],
    ['a name in other letters', [graph({ metrics: [['AWS/Lambda', 'VCPUAllocated', 'CapacityProviderName', 'a', 'InstanceType', 'b', {}]] })], 'Graph: VCPUAllocated with dimensions CapacityProviderName,InstanceType'],
    ['a dimension too few', [graph({ metrics: [['AWS/Lambda', 'vCPUAllocated', 'CapacityProviderName', 'a', {}]] })], 'Graph: vCPUAllocated with dimensions CapacityProviderName'],
    ['a short period', [graph({ metrics: [['AWS/Lambda', 'CPUThrottles', 'FunctionName', 'a', { period: 60 }]] })], 'Graph: CPUThrottles over 60 s'],
    ['a search for nothing', [graph({ metrics: [[{ expression: 'SEARCH(\'{AWS/Lambda,FunctionName} MetricName="Nothing"\', \'Sum\', 300)' }]] })], 'Graph: search for Nothing with dimensions FunctionName'],
    ['an alarm without status', [], 'alarm has no status'],
  ])('%s', (_what, widgets, error) => {
    expect(lint({ widgets }, widgets.length === 0 ? ['alarm'] : [])).toEqual([error]);
  });
});

test('answers from the top: limits, alarms, key figures, reasons, environments, instances, lifecycle', () => {
  // GIVEN
  const fleet = fleetWith(1);
  fleet.addDashboard('Dashboard');

  // WHEN
  fleet.addAlarms('Alarms');

  // THEN
  expect(titles(bodyOf(stack))).toEqual([
    'Alarms',
    'Requests/s, all functions', 'Throttled %, all functions', 'Errors %, all functions', 'p99, slowest function', '≈ Environments, all', 'vCPU used of reachable %',
    ...OWN_ROWS, 'Environment CPU %', 'Environment memory %', '≈ Environments, and p99 (right)',
    'vCPU', 'Memory, GiB', 'CPU %', 'Memory %',
    'Packing: share of what instances offer that environments hold, %', 'vCPU available for further environments',
    'Events per 5 minutes', 'Last warnings',
  ]);
});

test('the header has limits and links, and no money', () => {
  // WHEN
  const fleet = new ManagedInstances(stack, 'Fleet', {
    maxVCpuCount: 64, scalingOptions: lambda.ScalingOptions.manual([lambda.TargetTrackingScalingPolicy.cpuUtilization(60)]),
  });
  fleet.addFunction(testFunction(stack, 'Function', { architecture: lambda.Architecture.ARM_64 }));
  fleet.addDashboard('Dashboard');

  // THEN
  const [{ properties: { markdown } }] = bodyOf(stack).widgets;
  expect(markdown).toContain('| arm64 | 1 | 64 | 32 | Manual, CPU 60 % |');
  expect(markdown).toContain('[System logs](https://console.aws.amazon.com/cloudwatch/home?region=<AWS::Region>#logsV2:log-groups/log-group/<FleetLogGroupFE4FB1F1>)');
  expect(JSON.stringify(bodyOf(stack))).not.toMatch(/\$\d|USD|20\d\d-\d\d/);
});

test('limits of the fleet and of functions are lines', () => {
  // WHEN
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
  fleet.addFunction(testFunction(stack), { latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 12 } });
  fleet.addDashboard('Dashboard');

  // THEN
  const linesOf = (title: string) => widgetOf(bodyOf(stack), title).properties.annotations.horizontal.map(({ value, label }: any) => [value, label]);
  expect(linesOf('vCPU')).toEqual([[64, 'maxVCpuCount 64']]);
  expect(linesOf('≈ Environments, and p99 (right)')).toEqual([[3, 'minimum 3'], [12, 'maximum 12']]);
});

test('functions attached after the dashboard was made are on it', () => {
  // GIVEN
  const fleet = fleetWith(0);
  fleet.addDashboard('Dashboard');

  // WHEN
  fleet.addFunction(testFunction(stack));

  // THEN
  expect(titles(bodyOf(stack))).toEqual(expect.arrayContaining(OWN_ROWS));
  expect(JSON.stringify(bodyOf(stack))).toContain('"FunctionName","<Function76856677>"');
});

test.each([
  [1, 1, false],
  [12, 12, false],
  [13, 1, true],
  [100, 1, true],
  [0, 1, true],
])('with %d functions %d have widgets, and a variable chooses: %s', (functions, sets, visible) => {
  // WHEN
  fleetWith(functions).addDashboard('Dashboard');

  // THEN
  const body = bodyOf(stack);
  expect(titles(body).filter((title: string) => title === 'Growth of requests in 5 minutes %')).toHaveLength(sets);
  expect(body.variables).toEqual([expect.objectContaining({
    type: 'pattern', pattern: 'FunctionChosenAbove', populateFrom: 'FunctionName', defaultValue: '__FIRST', visible,
  })]);
});

test('beyond a dozen the body stops growing', () => {
  // GIVEN
  const bytes = (functions: number) => {
    const scope = testStack();
    fleetWith(functions, scope).addDashboard('Dashboard');
    return JSON.stringify(bodyOf(scope)).replace(/\| (13|100) \|/, '').length;
  };

  // THEN
  expect(bytes(100)).toBe(bytes(13));
});

test('the chosen function replaces the pattern in the version, too', () => {
  fleetWith(13).addDashboard('Dashboard');

  expect(widgetOf(bodyOf(stack), 'Concurrency in use %').properties.metrics[1]).toEqual(expect.arrayContaining(['FunctionChosenAbove', 'FunctionChosenAbove:$LATEST.PUBLISHED']));
});

test('beyond a dozen only alarms of the provider and composite ones are shown', () => {
  const fleet = fleetWith(13);
  fleet.addDashboard('Dashboard');
  fleet.addAlarms('Alarms', { perFunction: true, level: AlarmLevel.MINIMAL });

  expect(widgetOf(bodyOf(stack), 'Alarms').properties.alarms).toHaveLength(4);
});

describe('functions in another stack', () => {
  let base: Stack;
  let service: Stack;
  let fleet: ManagedInstances;

  beforeEach(() => {
    const app = new App();
    base = new Stack(app, 'Base');
    service = new Stack(app, 'Service');
    fleet = new ManagedInstances(base, 'Fleet');
  });

  test('are found by search, and no stack depends on one that depends on it', () => {
    fleet.addDashboard('Dashboard');
    fleet.addFunction(testFunction(service));

    const body = bodyOf(base);
    expect(base.dependencies).toEqual([]);
    expect(widgetOf(body, 'Concurrent requests per environment').width).toBeGreaterThan(0);
    expect(body.variables[0].visible).toBe(true);
    expect(lint(body)).toEqual([]);
  });

  test('are shown by name where it is known', () => {
    fleet.addDashboard('Dashboard');
    fleet.addFunction(testFunction(service, 'Function', { functionName: 'pay' }));

    expect(widgetOf(bodyOf(base), 'Requests').properties.metrics[0]).toEqual(expect.arrayContaining(['pay']));
    expect(base.dependencies).toEqual([]);
  });

  test('are all named on a dashboard in a stack of its own', () => {
    // GIVEN
    const own = new Stack(base.node.root as App, 'Own');
    new ManagedInstancesDashboard(own, 'Dashboard', { capacityProvider: fleet });
    fleet.addAlarms('Alarms', { perFunction: true });

    // WHEN
    fleet.addFunction(testFunction(service));
    fleet.addFunction(testFunction(base));

    // THEN
    const body = bodyOf(own);
    expect(titles(body).filter((title: string) => title === 'Requests')).toHaveLength(2);
    expect(body.variables[0].visible).toBe(false);
    expect(own.dependencies).toEqual(expect.arrayContaining([base, service]));
    expect(widgetOf(body, 'Alarms').properties.alarms.some((alarm: string) => alarm.includes('Service'))).toBe(true);
    expect(lint(body)).toEqual([]);
  });
});

describe('functions attached without this library', () => {
  test('are shown on request', () => {
    // GIVEN
    const capacityProvider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'orders');
    const imported = lambda.Function.fromFunctionArn(stack, 'Imported', 'arn:aws:lambda:us-east-1:123456789012:function:ship');
    const dashboard = new ManagedInstancesDashboard(stack, 'Dashboard', { capacityProvider, functions: [imported] });

    // WHEN
    dashboard.addFunction(testFunction(stack, 'Function', { memorySize: 4096 }));

    // THEN
    const body = bodyOf(stack);
    const headings = body.widgets.flatMap(({ properties: { markdown } }: any) => /^### (.*)/.exec(markdown)?.[1] ?? []);
    expect(headings.slice(0, 2)).toEqual(['ship', '<Function76856677>']);
    expect(body.variables[0].visible).toBe(false);
    expect(lint(body)).toEqual([]);
  });

  test('are shown once', () => {
    const fleet = fleetWith(1);
    fleet.addDashboard('Dashboard').addFunction(fleet.functions[0].function);

    expect(titles(bodyOf(stack)).filter((title: string) => title === 'Requests')).toHaveLength(1);
  });

  test('are functions, not aliases', () => {
    const alias = testFunction(stack).addAlias('live');

    expect(() => importedDashboard({ functions: [alias] })).toThrow('fn must be the function, got an alias');
  });
});

test('GPUs are shown where there are metrics about them only', () => {
  importedDashboard({ gpuMetrics: [new cloudwatch.Metric({ namespace: 'Mine', metricName: 'GpuUtilization' })] });

  expect(widgetOf(bodyOf(stack), 'GPU, by metrics of your own').properties.metrics).toEqual([['Mine', 'GpuUtilization']]);
});

test('the lifecycle of instances is shown where there are system logs', () => {
  importedDashboard();
  expect(titles(bodyOf(stack))).not.toContain('Last warnings');

  stack = testStack();
  fleetWith(1).addDashboard('Dashboard');
  expect(widgetOf(bodyOf(stack), 'Last warnings').properties.query).toContain('SOURCE \'<FleetLogGroupFE4FB1F1>\'');
});

test('is named on request only', () => {
  importedDashboard({ dashboardName: 'orders' });

  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'orders' });
  const unnamed = testStack();
  new ManagedInstances(unnamed, 'Fleet').addDashboard('Dashboard');
  expect(onlyResource(unnamed, 'AWS::CloudWatch::Dashboard').Properties).not.toHaveProperty('DashboardName');
});

test('takes widgets of the user after its own', () => {
  // WHEN
  const fleet = fleetWith(0);
  const { dashboard } = fleet.addDashboard('Dashboard');
  dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: 'mine', width: 24 }));
  fleet.addFunction(testFunction(stack));

  // THEN
  const body = bodyOf(stack);
  expect(body.widgets.at(-1).properties).toMatchObject({ markdown: 'mine' });
  expect(lint(body)).toEqual([]);
});

test('lends its widgets to another dashboard', () => {
  // GIVEN
  const lender = importedDashboard();

  // WHEN
  const other = testStack();
  const mine = new cloudwatch.Dashboard(other, 'Mine');
  mine.addWidgets(new cloudwatch.TextWidget({ markdown: 'mine', height: 3 }));
  mine.addWidgets(...lender.widgets());
  mine.addVariable(lender.variable());

  // THEN
  expect(bodyOf(other).variables).toEqual(bodyOf(stack).variables);
  expect(bodyOf(other).widgets[1]).toMatchObject({ x: 0, y: 3 });
  expect(lint(bodyOf(other))).toEqual([]);
});

test('refers to the provider, whatever its name will be', () => {
  // WHEN
  const fleet = fleetWith(1);
  fleet.addDashboard('Dashboard');

  // THEN
  const { Ref } = stack.resolve(fleet.capacityProvider.capacityProviderName);
  expect(widgetOf(bodyOf(stack), 'CPU %').properties.metrics[0][0].expression).toContain(`CapacityProviderName="<${Ref}>"`);
});

test('synthesised a year later, the template is the same', () => {
  const at = (date: string) => {
    jest.useFakeTimers({ now: new Date(date) });
    const scope = testStack();
    const fleet = fleetWith(2, scope);
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms', { perFunction: true, level: AlarmLevel.FULL });
    const template = Template.fromStack(scope).toJSON();
    jest.useRealTimers();
    return template;
  };

  expect(at('2026-11-21')).toEqual(at('2027-11-21'));
});

test('keeps its body', () => {
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
  fleet.addFunction(testFunction(stack, 'Function', { timeout: Duration.seconds(30) }), {
    perExecutionEnvironmentMaxConcurrency: 32, latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 12 },
  });
  fleet.addDashboard('Dashboard');
  fleet.addAlarms('Alarms', { perFunction: true });

  expect(bodyOf(stack)).toMatchSnapshot();
});

test('has the dashboard as default child', () => {
  expect(cloudwatch.CfnDashboard.isCfnDashboard(importedDashboard().node.defaultChild)).toBe(true);
});
