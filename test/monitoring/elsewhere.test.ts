import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AlarmLevel, AlarmThreshold, ManagedInstances, ManagedInstancesAlarms, ManagedInstancesDashboard } from '../../src';
import { fleetsOn, sizeFindings } from '../../src/monitoring/dashboard/dashboard-size';
import { synthErrorOf, testFunction, testStack, warningsOf } from '../util';
import { alarmsOf, bodyOf } from './body';
import { watched } from './watched';

const IRELAND = { account: '111111111111', region: 'eu-west-1' };
const OREGON = { account: '111111111111', region: 'us-west-2' };
const OTHER_ACCOUNT = { account: '222222222222', region: 'eu-west-1' };
const arnIn = ({ account, region }: typeof IRELAND) => `arn:aws:lambda:${region}:${account}:capacity-provider:orders`;

const imported = (scope: Stack, place: typeof IRELAND, id = 'Provider') => lambda.CapacityProvider.fromCapacityProviderArn(scope, id, arnIn(place));

describe('a dashboard in another place than the fleet', () => {
  const placesOf = (body: any) => body.widgets.flatMap(({ type, properties }: any) => (
    type === 'log' ? [properties] : (properties.metrics ?? []).map((metric: any[]) => metric.at(-1))
  )).map(({ region, accountId }: any) => ({ region: region === '<AWS::Region>' ? undefined : region, accountId }));

  test.each([
    [OREGON, { region: 'us-west-2' }],
    [OTHER_ACCOUNT, { accountId: '222222222222' }],
    [IRELAND, {}],
  ])('says of each metric, expression and query where it is: %p', (place, expected) => {
    // GIVEN
    const stack = new Stack(new App(), 'Stack', { env: IRELAND });
    const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Log', '/aws/lambda/capacity-provider/orders');

    // WHEN
    const dashboard = new ManagedInstancesDashboard(stack, 'Dashboard', { capacityProvider: imported(stack, place), logGroup });
    dashboard.addFunction(lambda.Function.fromFunctionName(stack, 'Function', 'pay'));

    // THEN
    const places = placesOf(bodyOf(stack));
    expect(places.length).toBeGreaterThan(40);
    places.forEach((found: any) => expect(found).toEqual({ region: undefined, accountId: undefined, ...expected }));
  });

  test.each([[OREGON, 'input', undefined], [IRELAND, 'select', '__FIRST']])('takes the name of a function that CloudWatch can\'t look for: %p', (place, inputType, defaultValue) => {
    const stack = new Stack(new App(), 'Stack', { env: IRELAND });
    const dashboard = new ManagedInstancesDashboard(stack, 'Dashboard', { capacityProvider: imported(stack, place) });
    dashboard.addFunction(lambda.Function.fromFunctionName(stack, 'Function', 'pay'));
    const [variable] = bodyOf(stack).variables;

    expect(variable.inputType).toBe(inputType);
    expect(variable.defaultValue).toBe(defaultValue);
    expect(variable.search === undefined).toBe(inputType === 'input');
  });

  test('one dashboard shows fleets of two Regions', () => {
    const stack = new Stack(new App(), 'Stack', { env: IRELAND });
    const dashboard = new cloudwatch.Dashboard(stack, 'Dashboard');
    new ManagedInstancesDashboard(stack, 'Here', { capacityProvider: imported(stack, IRELAND, 'A'), dashboard });
    new ManagedInstancesDashboard(stack, 'There', { capacityProvider: imported(stack, OREGON, 'B'), dashboard });

    expect(new Set(placesOf(bodyOf(stack)).map(({ region }: any) => region))).toEqual(new Set([undefined, 'us-west-2']));
  });
});

describe('alarms in another place than the fleet', () => {
  test.each([
    [OREGON, 'capacityProvider is in us-west-2, but the alarms are in eu-west-1 and see metrics of their own Region only. Create the alarms in a stack in us-west-2'],
    [OTHER_ACCOUNT, 'capacityProvider is in 222222222222, but the alarms are in 111111111111 and see metrics of their own account only'],
  ])('are an error: %p', (place, message) => {
    const stack = new Stack(new App(), 'Stack', { env: IRELAND });

    expect(() => new ManagedInstancesAlarms(stack, 'Alarms', { capacityProvider: imported(stack, place) })).toThrow(message);
  });

  test('are none where one of the two places isn\'t known', () => {
    const stack = testStack();

    expect(() => new ManagedInstancesAlarms(stack, 'Alarms', { capacityProvider: imported(stack, OREGON) })).not.toThrow();
  });
});

test('fleets of two stages have dashboards and alarms of their own functions', () => {
  // GIVEN
  const app = new App();
  const [one, other] = [IRELAND, OREGON].map((env, i) => {
    const stack = new Stack(new Stage(app, `Stage${i}`, { env }), 'Stack');
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
    fleet.addFunction(testFunction(stack, `Function${i}`));

    // WHEN
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms', { perFunction: true });
    return stack;
  });

  // THEN
  const [bodies, alarms] = [[one, other].map((stack) => JSON.stringify(bodyOf(stack))), [one, other].map((stack) => Object.keys(alarmsOf(stack)))];
  expect(bodies.map((body) => [body.includes('Function0'), body.includes('Function1')])).toEqual([[true, false], [false, true]]);
  expect(alarms[0].length).toBe(alarms[1].length);
  expect(alarms[1].filter((path) => path.includes('Function0'))).toEqual([]);
});

describe('the log group in which alarms count', () => {
  test('must not be of a class without metric filters', () => {
    const stack = testStack();
    const logGroup = new logs.LogGroup(stack, 'Log', { logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS });
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64, logGroup });
    const off = AlarmThreshold.off();

    expect(() => fleet.addAlarms('Alarms')).toThrow('logGroup is of class INFREQUENT_ACCESS, but alarms can only count in log groups of class STANDARD');
    expect(() => fleet.addAlarms('Without', { instanceWarnings: off, instanceWarningsRepeated: off })).not.toThrow();
  });

  test('warns where two fleets count in it, and not where two sets of alarms of one fleet do', () => {
    // GIVEN
    const stack = testStack();
    const logGroup = new logs.LogGroup(stack, 'Log');
    const [one, other] = ['One', 'Other'].map((id) => new ManagedInstances(stack, id, { maxVCpuCount: 64, logGroup }));
    one.addFunction(testFunction(stack));

    // WHEN
    one.addAlarms('Alarms');
    one.addAlarms('More');

    // THEN
    const shared = (scope: Stack) => warningsOf(scope).filter((warning: string) => warning.includes('LogGroupShared'));
    expect(shared(stack)).toEqual([]);

    // WHEN
    other.addAlarms('Alarms');

    // THEN
    expect(shared(stack).length).toBeGreaterThan(0);
  });
});

describe('an alarm action that calls a function', () => {
  test('is let invoke it once for all alarms of a stack', () => {
    // GIVEN
    const { stack, fleet } = watched({ level: AlarmLevel.MINIMAL });
    const fn = new lambda.Function(stack, 'Pager', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });

    // WHEN
    fleet.addAlarms('Pages', { actions: [new actions.LambdaAction(fn)] });
    fleet.addAlarms('MorePages', { actions: [new actions.LambdaAction(fn)], perFunction: true });

    // THEN
    const alarms = Object.entries(alarmsOf(stack)).filter(([path]) => path.includes('Pages/'));
    expect(alarms.filter(([, alarm]) => alarm.AlarmActions).length).toBeGreaterThan(20);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 1);
  });
});

describe('a dashboard that is too large', () => {
  const errorOf = (dashboards: (stack: Stack) => void) => {
    const stack = testStack();
    dashboards(stack);
    return synthErrorOf(stack);
  };

  test('for CloudWatch is an error with count and limit', () => {
    expect(errorOf((stack) => {
      const dashboard = new cloudwatch.Dashboard(stack, 'Dashboard');
      for (let i = 0; i < 26; i++) {
        new ManagedInstancesDashboard(stack, `Fleet${i}`, { capacityProvider: lambda.CapacityProvider.fromCapacityProviderName(stack, `P${i}`, `p${i}`), dashboard });
      }
    })).toMatch(/The dashboard has 26 variables, but at most 25 are allowed. Give each fleet a dashboard of its own. \[cdk-lambda-managed-instances::DashboardTooLarge\]/);
  });

  test.each([
    ['widgets', 500, { widgets: 500 }, { widgets: 501 }],
    ['metrics', 2500, { metrics: 2500 }, { metrics: 2501 }],
    ['bytes', 1_048_576, { bytes: 1_048_576 }, { bytes: 1_048_577 }],
  ])('has too many %s above %d', (what, most, size, larger) => {
    const dashboardOf = (...sizes: object[]) => {
      const dashboard = new cloudwatch.Dashboard(testStack(), 'Dashboard');
      fleetsOn(dashboard).push(...sizes.map((one) => ({ rows: { size: () => ({ widgets: 0, metrics: 0, bytes: 0, ...one }) }, named: () => [] })));
      return dashboard;
    };

    expect(sizeFindings(dashboardOf(size, {}))).toEqual([]);
    expect(sizeFindings(dashboardOf({}, larger))).toEqual([expect.objectContaining({
      found: `${most + 1} ${what}`, allowed: `at most ${most} are allowed`, remedy: 'give each fleet a dashboard of its own',
    })]);
  });

  const nestedBoard = (stack: Stack, fleets: number, functions: number) => {
    const nested = new NestedStack(stack, 'Nested');
    const dashboard = new cloudwatch.Dashboard(nested, 'Dashboard');
    for (let i = 0; i < fleets; i++) {
      const provider = new lambda.CfnCapacityProvider(stack, `Provider${i}`, {
        vpcConfig: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] },
        permissionsConfig: { capacityProviderOperatorRoleArn: 'arn:aws:iam::111111111111:role/operator' },
        capacityProviderScalingConfig: { maxVCpuCount: 64 },
      });
      const fleet = ManagedInstances.fromCapacityProvider(stack, `Fleet${i}`, provider);
      for (let j = 0; j < functions; j++) fleet.addFunction(testFunction(stack, `Function${i}x${j}`));
      fleet.addAlarms('Alarms', { perFunction: functions > 0 });
      new ManagedInstancesDashboard(nested, `Shown${i}`, { capacityProvider: provider, dashboard });
    }
    return nested;
  };

  test('for the parameters of a nested stack names fewer alarms, whose composite ones speak for them', () => {
    // WHEN
    const stack = testStack();
    const nested = nestedBoard(stack, 2, 10);
    const few = nestedBoard(testStack(), 2, 3);

    // THEN
    const shown = (one: Stack) => bodyOf(one).widgets.filter(({ type }: any) => type === 'alarm').flatMap(({ properties }: any) => properties.alarms).join();
    expect(synthErrorOf(stack)).toBe('');
    expect(Object.keys(Template.fromStack(nested).toJSON().Parameters).length).toBeLessThan(80);
    expect(shown(nested)).toMatch(/FunctionImpaired/);
    expect(shown(nested)).not.toMatch(/ThrottleRate/);
    expect(shown(few)).toMatch(/ThrottleRate/);
  });

  test('for the parameters of a nested stack, even with fewer alarms, is an error with count and limit', () => {
    expect(errorOf((stack) => nestedBoard(stack, 20, 0))).toMatch(
      /The dashboard has 2\d\d references to other stacks, but at most 200 are allowed. Put the dashboard into a stack that isn't nested, or give each fleet a dashboard/,
    );
  });
});

describe('alarms by their ids and functions', () => {
  test('are found', () => {
    const { fleet, stack } = watched({});
    const alarms = fleet.addAlarms('Each', { perFunction: true });
    const fn = stack.node.findChild('Function') as lambda.Function;

    expect(alarms.alarm('VCpuCeiling')?.node.path).toBe('Stack/Fleet/Each/VCpuCeiling');
    expect(alarms.alarm('Nothing')).toBeUndefined();
    expect(alarms.alarmsOfFunction(fn)).toHaveLength(11);
    expect(alarms.alarmsOfFunction(testFunction(stack, 'Other'))).toEqual([]);
  });

  test('of a deployment group are at most ten, that tell a bad version', () => {
    const { fleet, stack } = watched({});
    const alarms = fleet.addAlarms('Each', { perFunction: true }).deploymentGroupAlarms(stack.node.findChild('Function') as lambda.Function);

    expect(alarms.map(({ node }) => node.id)).toEqual(['ThrottleRate', 'ErrorRate', 'DurationP99', 'ConcurrencySaturation', 'EnvironmentMemory', 'EnvironmentCpu']);
  });
});
