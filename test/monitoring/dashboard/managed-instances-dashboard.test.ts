import { App, CfnParameter, Duration, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AddDashboardOptions, AlarmLevel, AlarmThreshold, InstanceSelection, ManagedInstances, ManagedInstancesAlarms, ManagedInstancesDashboard, PriceBook } from '../../../src';
import { AddAlarmsOptions } from '../../../src/monitoring/alarms/alarms-props';
import { onlyResource, synthErrorOf, testFunction, testStack } from '../../util';
import { bodiesOf, bodyOf, widgetOf } from '../body';
import { lint } from '../dashboard-linter';
import { DOCUMENTED_OTHERWISE } from '../documented-metrics';
import { ALL_ALARMS } from '../watched';

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
const OWN_ROWS = [
  'Requests', 'Growth in 5 minutes %', 'Throttles by reason', 'Throttled and failed %', 'Slowest 1 % of requests, ms', 'Concurrency in use %',
];

/** An amount of money: an address has `$252F` for a slash. */
const MONEY = /\$(?!252)\d|USD/;

/** Each alarm that a provider can have, with two instance types. */
const EVERYTHING: AddAlarmsOptions = { ...ALL_ALARMS, instanceTypes: ['c7g.xlarge', 'm7g.large'] };

/** The alarms of a stack, as its dashboards name them. */
function alarmsIn(scope: Stack, types = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']): string[] {
  return types.flatMap((type) => Object.keys(Template.fromStack(scope).findResources(type)).map((id) => `<${id},Arn>`));
}

describe('every body passes the linter', () => {
  test.each([0, 1, 12, 13, 100])('%d functions', (functions) => {
    // GIVEN
    const fleet = fleetWith(functions);
    fleet.addDashboard('Dashboard');

    // WHEN
    fleet.addAlarms('Alarms', EVERYTHING);

    // THEN
    const alarms = alarmsIn(stack);
    expect(alarms).toHaveLength(15 + 4);
    expect(lint(bodyOf(stack), alarms)).toEqual([]);
  });

  test('alarms of each function', () => {
    const fleet = fleetWith(12);
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms', { perFunction: true, level: AlarmLevel.FULL });

    const alarms = alarmsIn(stack);
    expect(alarms).toHaveLength(13 + 2 + 12 * (12 + 1));
    expect(lint(bodyOf(stack), alarms)).toEqual([]);
    expect(bodyOf(stack).widgets.flatMap(({ properties }: any) => (properties.alarms ? [properties.alarms.length] : []))).toEqual([100, 71]);
  });

  test.each([1, 12, 13, 100])('tokens in names of %d functions, on two dashboards', (functions) => {
    const name = new CfnParameter(stack, 'Name').valueAsString;
    const fleet = new ManagedInstances(stack, 'Fleet', { capacityProviderName: name });
    fleet.addFunction(testFunction(stack, 'Function', { functionName: name, timeout: Duration.seconds(new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber) }));
    fleet.addAlarms('Alarms', { ...EVERYTHING, perFunction: functions === 1 });
    fleet.addDashboard('Dashboard', { dashboardName: name });
    fleet.addDashboard('Other', { dashboard: new cloudwatch.Dashboard(stack, 'Mine') });
    for (let i = 1; i < functions; i++) fleet.addFunction(testFunction(stack, `Function${i}`, { functionName: `${name}-${i}` }));

    bodiesOf(stack).forEach((body) => expect(lint(body, alarmsIn(stack))).toEqual([]));
  });

  test('two dashboards in one stack', () => {
    const fleet = fleetWith(2);
    fleet.addDashboard('One');
    fleet.addDashboard('Two');
    fleet.addAlarms('Alarms', EVERYTHING);

    const [one, two] = bodiesOf(stack);
    expect(lint(one, alarmsIn(stack))).toEqual([]);
    expect(two).toEqual(one);
  });

  test('a provider made elsewhere', () => {
    importedDashboard();

    expect(lint(bodyOf(stack))).toEqual([]);
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
    'Requests per second', 'Throttled %', 'Failed %',
    'Slowest 1 %', 'Environments of the fleet', 'vCPUs in use, % of usable',
    ...OWN_ROWS, 'Environment CPU %', 'Environment memory %', 'Environments',
    'vCPUs', 'Memory, GiB', 'Instance CPU %', 'Instance memory %',
    'How full instances are, %', 'Free vCPUs', 'Instance types in the time shown',
    'Events per 5 minutes', 'Warnings', 'Last warnings',
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
  expect(JSON.stringify(bodyOf(stack))).not.toMatch(new RegExp(`${MONEY.source}|20\\d\\d-\\d\\d`));
});

test('limits of the fleet and of functions are lines', () => {
  // WHEN
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
  fleet.addFunction(testFunction(stack), { latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 12 } });
  fleet.addDashboard('Dashboard');

  // THEN
  const linesOf = (title: string) => widgetOf(bodyOf(stack), title).properties.annotations.horizontal.map(({ value, label }: any) => [value, label]);
  expect(linesOf('vCPUs')).toEqual([[64, 'maxVCpuCount 64']]);
  expect(linesOf('Environments')).toEqual([[3, 'minimum 3'], [12, 'maximum 12']]);
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
  expect(titles(body).filter((title: string) => title === 'Growth in 5 minutes %')).toHaveLength(sets);
  expect(body.variables).toEqual([expect.objectContaining({
    type: 'pattern', pattern: 'FunctionChosenAbove', populateFrom: 'FunctionName', defaultValue: '__FIRST', visible,
  })]);
});

test('beyond a dozen the body stops growing', () => {
  // GIVEN
  const bytes = (functions: number) => {
    const scope = testStack();
    const fleet = fleetWith(functions, scope);
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms', EVERYTHING);
    return JSON.stringify(bodyOf(scope)).replace(/\| (13|100) \|/, '').replace(/\*\*Plan\*\* [^\\]*/, '').length;
  };

  // THEN
  expect(bytes(100)).toBe(bytes(13));
});

describe('the plan in the header', () => {
  const header = (scope: Stack): string => bodyOf(scope).widgets[0].properties.markdown;

  test('says what is kept, what a deployment takes and what suffices, and nothing of money', () => {
    const scope = testStack();
    fleetWith(2, scope).addDashboard('Dashboard');

    expect(header(scope)).toMatch('**Plan** · 2 live versions keep 12 vCPUs (3 × `m*.xlarge`) · 16 vCPUs while a function is deployed · a `maxVCpuCount` of');
    expect(JSON.stringify(bodyOf(scope))).not.toMatch(new RegExp(`${MONEY.source}|≈ \\$`));
  });

  test('says what is kept at least where a size is known at deployment only', () => {
    const scope = testStack();
    const fleet = fleetWith(2, scope);
    fleet.addFunction(testFunction(scope, 'Unknown', { memorySize: Token.asNumber({ Ref: 'Memory' }) }));
    fleet.addDashboard('Dashboard');

    expect(header(scope)).toMatch('**Plan** · 3 live versions keep at least 12 vCPUs (3 × `m*.xlarge`) · at least 16 vCPUs while a function is deployed');
    expect(header(scope)).not.toMatch('suffices');
  });

  test('follows what is changed after the dashboard was made', () => {
    const scope = testStack();
    const fleet = new ManagedInstances(scope, 'Fleet');
    fleet.addDashboard('Dashboard');
    const fn = testFunction(scope, 'Late');
    fleet.addFunction(fn);
    (fn.node.defaultChild as lambda.CfnFunction).memorySize = 8192;

    expect(header(scope)).toMatch('1 live version keeps 24 vCPUs');
  });

  test('is missing while there is no function', () => {
    const scope = testStack();
    new ManagedInstances(scope, 'Fleet').addDashboard('Dashboard');

    expect(header(scope)).not.toMatch('Plan');
  });
});

describe('the cost of a fleet', () => {
  const titlesOf = (scope: Stack): string[] => bodyOf(scope).widgets.map(({ properties }: any) => properties.title ?? properties.markdown ?? '');

  test('is a row where somebody gives prices, with floor and ceiling as lines', () => {
    const scope = testStack({ env: { region: 'us-east-1' } }, { context: { 'availability-zones:account=undefined:region=us-east-1': ['a', 'b', 'c'] } });
    const fleet = new ManagedInstances(scope, 'Fleet', {
      maxVCpuCount: 64, instances: InstanceSelection.allow(...['c7g.xlarge', 'm7g.xlarge', 'r7g.xlarge'].map((type) => new ec2.InstanceType(type))),
    });
    fleet.addFunction(testFunction(scope, 'Function', { architecture: lambda.Architecture.ARM_64 }));
    fleet.addDashboard('Dashboard', { prices: PriceBook.builtin(), computeDiscount: 0.5 });

    const body = bodyOf(scope);
    const monthly = body.widgets.find(({ properties }: any) => properties.title === '≈ $ per month at this rate').properties;
    // Idle on the cheapest type, at the ceiling on the dearest: 16 × $0.2142.
    expect(monthly.annotations.horizontal.map(({ label }: any) => label)).toEqual(['$206 idle', '$1626 at maxVCpuCount']);
    expect(titlesOf(scope)).toContainEqual('### Cost, estimated · prices of 2026-02-07 to 2026-07-20 in us-east-1 · 50 % off EC2');
    expect(lint(body)).toEqual([]);
  });

  test('is the mean of general purpose types where Lambda chooses', () => {
    const scope = testStack();
    const fleet = fleetWith(1, scope);
    fleet.addDashboard('Dashboard', { prices: PriceBook.builtin() });

    expect(titlesOf(scope)).toContainEqual(expect.stringMatching(/the mean of general purpose families \(M\), since Lambda chooses$/));
    expect(titlesOf(scope)).toContainEqual('≈ $ per hour, blended');
  });

  test('is nothing where no price is known, nor without prices', () => {
    const scope = testStack();
    const fleet = fleetWith(1, scope);
    fleet.addDashboard('None');
    fleet.addDashboard('Unknown', { prices: PriceBook.fromTable({ hourly: { 'm99.large': 1 }, asOf: '2026-01-01' }) });

    expect(JSON.stringify(Template.fromStack(scope).toJSON())).not.toMatch('Cost, estimated');
  });

  test('refuses prices and discounts that can\'t be', () => {
    const fleet = new ManagedInstances(testStack(), 'Fleet');

    expect(() => fleet.addDashboard('Dashboard', { prices: PriceBook.perVCpuHour(-1), computeDiscount: 50 }))
      .toThrow(/2 problems:\n.*usd is -1, but must be.*\n.*computeDiscount is 50, but must be a share from 0 to 1/);
  });
});

test('the chosen function replaces the pattern in the version, too', () => {
  fleetWith(13).addDashboard('Dashboard');

  expect(widgetOf(bodyOf(stack), 'Concurrency in use %').properties.metrics[1]).toEqual(expect.arrayContaining(['FunctionChosenAbove', 'FunctionChosenAbove:$LATEST.PUBLISHED']));
});

test('alarms are shown the gravest first, those of all sets together', () => {
  // GIVEN
  const fleet = fleetWith(1);
  fleet.addDashboard('Dashboard');
  fleet.addAlarms('First', { level: AlarmLevel.FULL, perFunction: true });

  // WHEN
  fleet.addAlarms('Second');

  // THEN
  const [ofProvider, ofFunction] = [/^<Fleet/, /^<Function/].map((prefix) => (
    (widgetOf(bodyOf(stack), 'Alarms').properties.alarms as string[]).filter((arn) => prefix.test(arn)).map((arn) => (
      /^<(?:Fleet|Function0ManagedInstancesAlarms)(\w+?)[0-9A-F]{8},/.exec(arn)![1]
    ))
  ));
  const [pages, tickets, infos] = [
    ['CapacityExhausted', 'VCpuCeilingReached', 'InstanceWarningsRepeated'],
    ['FunctionsNeedTuning', 'VCpuCeiling', 'InstanceWarnings', 'ProviderCpu', 'ProviderMemory', 'EnvironmentMemory', 'EnvironmentCpu'],
    ['ConcurrencyThrottles', 'CpuThrottles', 'MemoryThrottles', 'DiskThrottles'],
  ];
  const of = (set: string, ids: string[]) => ids.map((id) => `${set}${id}`);
  expect(ofProvider).toEqual([
    ...of('First', pages), ...of('Second', pages), ...of('First', tickets), ...of('Second', tickets), 'FirstLowHeadroom', ...of('First', infos), ...of('Second', infos),
  ]);
  expect(ofFunction.slice(0, 3)).toEqual(of('First', ['FunctionImpaired', 'ThrottleRate', 'ErrorRate']));
});

test.each([
  [13, 1],
  [100, 2],
])('of %d functions only alarms of the provider and composite ones are shown, in %d widgets', (functions, widgets) => {
  // GIVEN: functions in stacks of their own, which have room for the alarms
  const app = new App();
  const base = new Stack(app, 'Base');
  const fleet = new ManagedInstances(base, 'Fleet');
  const stacks = Array.from({ length: Math.ceil(functions / 25) }, (_, i) => new Stack(app, `Service${i}`));
  const own = new Stack(app, 'Own');
  new ManagedInstancesDashboard(own, 'Dashboard', { capacityProvider: fleet });

  // WHEN
  const alarms = fleet.addAlarms('Alarms', { perFunction: true });
  for (let i = 0; i < functions; i++) fleet.addFunction(testFunction(stacks[i % stacks.length], `Function${i}`));

  // THEN
  const impaired = alarms.alarms.filter(({ node }) => node.id === 'FunctionImpaired');
  const body = bodyOf(own);
  const shown = body.widgets.filter(({ type }: any) => type === 'alarm').flatMap(({ properties }: any) => properties.alarms);
  expect(impaired).toHaveLength(functions);
  expect(shown).toHaveLength(alarmsIn(base).length + functions);
  expect(shown.filter((arn: string) => arn.includes('FunctionImpaired'))).toHaveLength(functions);
  expect(body.widgets.filter(({ type }: any) => type === 'alarm')).toHaveLength(widgets);
  expect(lint(body)).toEqual([]);
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

  test('have alarms that the dashboard counts where it can\'t name them', () => {
    fleet.addDashboard('Dashboard');
    const alarms = fleet.addAlarms('Alarms', { perFunction: true });
    fleet.addFunction(testFunction(service, 'Function', { functionName: 'pay' }));

    const body = bodyOf(base);
    const elsewhere = alarms.alarms.filter((alarm) => Stack.of(alarm) === service).length;
    expect(elsewhere).toBeGreaterThan(5);
    expect(body.widgets[0].properties.markdown).toMatch(`${elsewhere} alarms in other stacks aren't shown`);
    expect(widgetOf(body, 'Alarms').properties.alarms).toHaveLength(alarms.alarms.length - elsewhere);
    expect(base.dependencies).toEqual([]);
  });

  test('have a provider whose alarms are counted, too, where they stand elsewhere', () => {
    fleet.addDashboard('Dashboard');
    fleet.addFunction(testFunction(service, 'Function', { functionName: 'pay' }));
    const { alarms } = new ManagedInstancesAlarms(service, 'Alarms', { capacityProvider: fleet });

    expect(bodyOf(base).widgets[0].properties.markdown).toMatch(`${alarms.length} alarms in other stacks aren't shown`);
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
    const headings = body.widgets.flatMap(({ properties: { markdown } }: any) => /^\*\*([^*]+)\*\*/.exec(markdown)?.[1] ?? []);
    expect(headings.slice(0, 2)).toEqual(['ship', '<Function76856677>']);
    expect(body.variables[0].visible).toBe(false);
    expect(lint(body)).toEqual([]);
  });

  test('are shown once', () => {
    const fleet = fleetWith(1);
    fleet.addDashboard('Dashboard').addFunction(fleet.functions[0].function);

    expect(titles(bodyOf(stack)).filter((title: string) => title === 'Requests')).toHaveLength(1);
  });

  test('are shown once however often and by whatever they are given', () => {
    // GIVEN
    const imported = (id: string) => lambda.Function.fromFunctionArn(stack, id, 'arn:aws:lambda:us-east-1:123456789012:function:ship');
    const named = testFunction(stack, 'Named', { functionName: 'pay' });
    const byArn = lambda.Function.fromFunctionArn(stack, 'ByArn', 'arn:aws:lambda:us-east-1:123456789012:function:pay');
    const own = testFunction(stack);
    const [one, two] = [imported('One'), imported('Two')];

    // WHEN
    const dashboard = importedDashboard({ functions: [one, one, own] });
    dashboard.addFunction(two);
    dashboard.addFunction(own);
    dashboard.addFunction(own.node.defaultChild as lambda.CfnFunction);
    dashboard.addFunction(named);
    dashboard.addFunction(byArn);

    // THEN
    expect(titles(bodyOf(stack)).filter((title: string) => title === 'Requests')).toHaveLength(3);
  });

  test('are functions, not aliases', () => {
    const alias = testFunction(stack).addAlias('live');

    expect(() => importedDashboard({ functions: [alias] })).toThrow('fn is an alias, but must be the function');
  });
});

test('instance types are a table that a search fills', () => {
  fleetWith(1).addDashboard('Dashboard');

  const { view, table, metrics } = widgetOf(bodyOf(stack), 'Instance types in the time shown').properties;
  expect([view, table.summaryColumns, table.showTimeSeriesData]).toEqual(['table', ['MIN', 'AVG', 'MAX'], false]);
  expect(metrics.map(([{ label }]: any[]) => label)).toEqual([
    '${PROP(\'Dim.InstanceType\')} vCPU allocated', '${PROP(\'Dim.InstanceType\')} CPU %', '${PROP(\'Dim.InstanceType\')} memory %',
  ]);
});

describe('what alarms count in the system log', () => {
  test('is a graph with their lines', () => {
    const fleet = fleetWith(1);
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms', { instanceWarnings: AlarmThreshold.above(4) });

    const { metrics, annotations } = widgetOf(bodyOf(stack), 'Warnings').properties;
    expect(metrics.map(([, , { label }]: any[]) => label)).toEqual(['warnings in 5 minutes', 'warnings in 15 minutes']);
    expect(annotations.horizontal.map(({ label }: any) => label)).toEqual(['alarm > 4 in 5 minutes', 'alarm > 2 in 15 minutes']);
  });

  test('is no graph where nobody counts', () => {
    const fleet = fleetWith(1);
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms', { instanceWarnings: AlarmThreshold.off(), instanceWarningsRepeated: AlarmThreshold.off() });

    expect(titles(bodyOf(stack))).not.toContain('Warnings');
    expect(titles(bodyOf(stack))).not.toContain('Launches, and what is usual');
  });

  test('has the band that the alarm on launches has', () => {
    const band = (width: number) => {
      const scope = testStack();
      const fleet = fleetWith(1, scope);
      fleet.addDashboard('Dashboard');
      fleet.addAlarms('Alarms', { instanceChurn: AlarmThreshold.above(width) });
      const [alarm] = Object.values<any>(Template.fromStack(scope).findResources('AWS::CloudWatch::Alarm', { Properties: { ComparisonOperator: 'GreaterThanUpperThreshold' } }));
      const { metrics } = widgetOf(bodyOf(scope), 'Launches, and what is usual').properties;
      return [
        alarm.Properties.Metrics.flatMap(({ Expression }: any) => Expression ?? []),
        metrics.flatMap((entry: any[]) => entry.at(-1).expression ?? []),
      ];
    };

    expect(band(2)).toEqual([['ANOMALY_DETECTION_BAND(watched, 2)'], ['ANOMALY_DETECTION_BAND(watched, 2)']]);
    expect(band(3.5)).toEqual([['ANOMALY_DETECTION_BAND(watched, 3.5)'], ['ANOMALY_DETECTION_BAND(watched, 3.5)']]);
  });
});

describe('numbered versions', () => {
  const resourcesOf = (body: any) => [...new Set(JSON.stringify(body).match(/<Function\d*\w{8}>:[^"]+/g))];

  test('are shown on request', () => {
    const fleet = fleetWith(0);
    const fn = testFunction(stack);
    fleet.addFunction(fn);
    fleet.addDashboard('Dashboard', { versions: [fn.currentVersion] });

    expect(resourcesOf(bodyOf(stack))).toEqual([expect.stringMatching(/^<Function76856677>:<FunctionCurrentVersion\w+,Version>$/)]);
    expect(lint(bodyOf(stack))).toEqual([]);
  });

  test('are not shown where nobody asks', () => {
    const fleet = fleetWith(0);
    const fn = testFunction(stack);
    fleet.addFunction(fn);
    fleet.addDashboard('Dashboard');
    expect(fn.currentVersion.version).toBeDefined();

    expect(resourcesOf(bodyOf(stack))).toEqual(['<Function76856677>:$LATEST.PUBLISHED']);
  });

  test('are also those of functions that are imported', () => {
    const fn = lambda.Function.fromFunctionArn(stack, 'Imported', 'arn:aws:lambda:us-east-1:123456789012:function:ship');
    const version = lambda.Version.fromVersionArn(stack, 'Version', 'arn:aws:lambda:us-east-1:123456789012:function:ship:7');
    importedDashboard({ functions: [fn], versions: [version] });

    expect(JSON.stringify(bodyOf(stack))).toContain('"ship:7"');
    expect(lint(bodyOf(stack))).toEqual([]);
  });

  test('are one of each function that is shown', () => {
    const fleet = fleetWith(1);
    const fn = fleet.functions[0].function as lambda.Function;
    fleet.addDashboard('Dashboard', {
      versions: [fn.currentVersion, new lambda.Version(stack, 'Again', { lambda: fn }), testFunction(stack, 'Stranger').currentVersion],
    });

    expect(synthErrorOf(stack)).toContain(
      'versions has Stack/Stranger/CurrentVersion of another function, Stack/Again of a function that is listed twice, but takes one version of '
        + 'each function on the capacity provider. Attach the function, or leave the version out. '
        + '[cdk-lambda-managed-instances::AlarmVersions]',
    );
  });

  test('are no error where their function is attached later', () => {
    const fleet = fleetWith(0);
    const fn = testFunction(stack);
    fleet.addDashboard('Dashboard', { versions: [fn.currentVersion] });
    fleet.addFunction(fn);

    expect(synthErrorOf(stack)).toBe('');
  });

  test('have environments, which $LATEST has not', () => {
    const fleet = fleetWith(1);
    const fn = fleet.functions[0].function as lambda.Function;

    expect(() => fleet.addDashboard('Dashboard', { versions: [fn.latestVersion] })).toThrow(
      'versions is $LATEST, but must be the number of a version, or $LATEST.PUBLISHED. Use the number of a version, or leave versions out. [cdk-lambda-managed-instances::MetricVersion]',
    );
  });

  test('have a dimension', () => {
    const fleet = fleetWith(1);
    const fn = fleet.functions[0].function as lambda.Function;

    expect(() => fleet.addDashboard('Dashboard', { versions: [fn.currentVersion], resourceDimension: false }))
      .toThrow('versions is a token, but with resourceDimension false all versions are measured together');
  });

  test('that the dashboard\'s stack can\'t name are found by search', () => {
    // GIVEN
    const app = new App();
    const base = new Stack(app, 'Base');
    const fleet = new ManagedInstances(base, 'Fleet');
    const fn = testFunction(new Stack(app, 'Service'), 'Function', { functionName: 'pay' });
    fleet.addFunction(fn);

    // WHEN
    fleet.addDashboard('Dashboard', { versions: [fn.currentVersion] });

    // THEN
    const body = bodyOf(base);
    expect(body.variables[0].visible).toBe(true);
    expect(base.dependencies).toEqual([]);
    expect(lint(body)).toEqual([]);
  });
});

test.each([1, 13])('takes the other side where sources disagree, for %d functions', (functions) => {
  fleetWith(functions).addDashboard('Dashboard', { resourceDimension: false, cpuMetricName: 'ExecutionEnvironmentVCPUUtilization' });

  expect(JSON.stringify(bodyOf(stack))).not.toMatch(/Resource|EnvironmentCPUUtilization/);
  expect(lint(bodyOf(stack), [], DOCUMENTED_OTHERWISE)).toEqual([]);
});

describe('several sets of alarms', () => {
  const linesOf = (title: string) => widgetOf(bodyOf(stack), title).properties.annotations.horizontal
    .map(({ label }: any) => label).filter((label: string) => label.startsWith('alarm'));

  test('have all their lines, each once', () => {
    // GIVEN
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
    fleet.addFunction(testFunction(stack, 'Function', { timeout: Duration.seconds(30) }));
    fleet.addDashboard('Dashboard');

    // WHEN
    fleet.addAlarms('Team', { perFunction: true, instanceChurn: AlarmThreshold.above(2) });
    fleet.addAlarms('Operations', {
      perFunction: true,
      providerCpu: AlarmThreshold.above(60),
      vCpuCeiling: AlarmThreshold.above(70),
      instanceChurn: AlarmThreshold.above(3),
      durationP99: AlarmThreshold.above(50),
      throttleRate: AlarmThreshold.off(),
    });

    // THEN
    expect(linesOf('Instance CPU %')).toEqual(['alarm > 80 %', 'alarm > 60 %']);
    expect(linesOf('Instance memory %')).toEqual(['alarm > 90 %']);
    expect(linesOf('vCPUs')).toEqual(['alarm > 25.6 vCPU allocated', 'alarm > 22.4 vCPU allocated', 'alarm > 30.4 vCPU allocated']);
    expect(linesOf('Slowest 1 % of requests, ms')).toEqual(['alarm > 24000 ms', 'alarm > 15000 ms']);
    expect(linesOf('Throttled and failed %')).toEqual(['alarm > 1 %', 'alarm > 5 %']);
    expect(widgetOf(bodyOf(stack), 'Launches, and what is usual').properties.metrics.flatMap((row: any[]) => row.at(-1).expression ?? []))
      .toEqual(['ANOMALY_DETECTION_BAND(watched, 2)', 'ANOMALY_DETECTION_BAND(watched, 3)']);
    expect(lint(bodyOf(stack))).toEqual([]);
  });

  test('have none that nobody watches', () => {
    const fleet = fleetWith(1);
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Minimal', { level: AlarmLevel.MINIMAL });
    fleet.addAlarms('Other', { providerCpu: AlarmThreshold.above(60) });

    expect(linesOf('Instance CPU %')).toEqual(['alarm > 60 %']);
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

describe('widgets that are lent', () => {
  test('stand on another dashboard, with a variable of their own', () => {
    // GIVEN
    const lender = importedDashboard();

    // WHEN
    const other = testStack();
    const mine = new cloudwatch.Dashboard(other, 'Mine');
    mine.addWidgets(new cloudwatch.TextWidget({ markdown: 'mine', height: 3 }));
    mine.addWidgets(...lender.widgets());
    mine.addVariable(lender.variable());

    // THEN
    const body = bodyOf(other);
    expect(body.variables).toEqual([{ ...bodyOf(stack).variables[0], id: expect.any(String), label: 'Function on orders', pattern: expect.any(String) }]);
    expect(body.widgets[1]).toMatchObject({ x: 0, y: 3 });
    expect(lint(body)).toEqual([]);
  });

  test('are as they were when they were taken, so that nothing slides over its neighbours', () => {
    // GIVEN
    const fleet = fleetWith(1);
    const lender = fleet.addDashboard('Dashboard');
    const mine = new cloudwatch.Dashboard(stack, 'Mine');

    // WHEN
    mine.addWidgets(new cloudwatch.TextWidget({ markdown: 'mine', width: 4 }), ...lender.widgets(), new cloudwatch.TextWidget({ markdown: 'mine, too', width: 4 }));
    mine.addVariable(lender.variable());
    for (let i = 0; i < 12; i++) fleet.addFunction(testFunction(stack, `Late${i}`));
    fleet.addAlarms('Alarms');

    // THEN
    const [own, lent] = bodiesOf(stack);
    expect(titles(own)).toContain('Throttles by reason, all managed instances of the account');
    expect(titles(lent)).not.toContain('Throttles by reason, all managed instances of the account');
    expect([own, lent].map(({ variables }) => variables[0].visible)).toEqual([true, false]);
    expect([lint(own, alarmsIn(stack)), lint(lent)]).toEqual([[], []]);
  });
});

describe('on a dashboard of the user', () => {
  const fleetsOn = (dashboard: cloudwatch.Dashboard, functions: number, options: AddDashboardOptions = {}) => ['One', 'Two'].map((id) => {
    const fleet = new ManagedInstances(stack, id);
    fleet.addDashboard('Dashboard', { dashboard, ...options });
    for (let i = 0; i < functions; i++) fleet.addFunction(testFunction(stack, `${id}${i}`));
    return fleet;
  });

  test.each([0, 1, 12, 13])('two fleets with %d functions each are shown, below each other, and no other dashboard is made', (functions) => {
    // GIVEN
    const dashboard = new cloudwatch.Dashboard(stack, 'Mine');
    dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: 'above', width: 6 }), new cloudwatch.TextWidget({ markdown: 'beside', width: 6 }));

    // WHEN
    const [one] = fleetsOn(dashboard, functions);
    dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: 'below', width: 24 }));
    one.addAlarms('Alarms');

    // THEN
    const body = bodyOf(stack);
    expect(body.widgets.at(-1).properties.markdown).toBe('below');
    expect(titles(body).filter((title: string) => title === 'Requests')).toHaveLength(2 * (functions === 12 ? 12 : 1));
    expect(body.variables.map(({ visible }: any) => visible)).toEqual(new Array(2).fill(functions === 0 || functions === 13));
    expect(lint(body, alarmsIn(stack))).toEqual([]);
  });

  test('each fleet has a variable that replaces nothing of the other\'s, nor of a dashboard that was made for a third', () => {
    const third = new ManagedInstances(stack, 'Third').addDashboard('Dashboard');
    fleetsOn(third.dashboard, 0);

    const { variables } = bodyOf(stack);
    expect(variables.map(({ id }: any) => id)).toEqual(['function', expect.stringMatching(/^function[0-9a-f]{8}$/), expect.stringMatching(/^function[0-9a-f]{8}$/)]);
    expect(lint(bodyOf(stack))).toEqual([]);
  });

  test('is that dashboard, and has no default child', () => {
    const dashboard = new cloudwatch.Dashboard(stack, 'Mine');
    const shown = new ManagedInstances(stack, 'Fleet').addDashboard('Dashboard', { dashboard });

    expect(shown.dashboard).toBe(dashboard);
    expect(shown.node.defaultChild).toBeUndefined();
  });

  test('names what the stack of that dashboard can name', () => {
    // GIVEN
    const app = new App();
    const [base, service, own] = ['Base', 'Service', 'Own'].map((id) => new Stack(app, id));
    const fleet = new ManagedInstances(base, 'Fleet');
    fleet.addDashboard('Dashboard', { dashboard: new cloudwatch.Dashboard(own, 'Mine') });

    // WHEN
    fleet.addFunction(testFunction(service));

    // THEN
    expect(bodyOf(own).variables[0].visible).toBe(false);
    expect(own.dependencies).toEqual(expect.arrayContaining([base, service]));
    expect(base.dependencies).toEqual([]);
    expect(lint(bodyOf(own))).toEqual([]);
  });

  test('that dashboard has its own name', () => {
    const dashboard = new cloudwatch.Dashboard(stack, 'Mine');

    expect(() => new ManagedInstances(stack, 'Fleet').addDashboard('Dashboard', { dashboard, dashboardName: 'orders' })).toThrow(
      'dashboardName is set, but must be left out if dashboard is given. Leave out dashboard or dashboardName. [cdk-lambda-managed-instances::ContradictingProps]',
    );
  });
});

test('refers to the provider, whatever its name will be', () => {
  // WHEN
  const fleet = fleetWith(1);
  fleet.addDashboard('Dashboard');

  // THEN
  const { Ref } = stack.resolve(fleet.capacityProvider.capacityProviderName);
  expect(widgetOf(bodyOf(stack), 'Instance CPU %').properties.metrics[0][0].expression).toContain(`CapacityProviderName="<${Ref}>"`);
});

test('synthesised a year later, the template is the same', () => {
  const at = (date: string) => {
    jest.useFakeTimers({ now: new Date(date) });
    const scope = testStack();
    const fleet = fleetWith(2, scope);
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms', { ...EVERYTHING, perFunction: true });
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
