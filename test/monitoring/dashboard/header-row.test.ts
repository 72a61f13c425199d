import { App, CfnParameter, Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ManagedInstances, ManagedInstancesDashboard } from '../../../src';
import { Header, headerRow } from '../../../src/monitoring/dashboard/header-row';
import { UNKNOWN } from '../../../src/reading/fact';
import { testFunction, testStack } from '../../util';
import { bodyOf } from '../body';

let stack: Stack;

beforeEach(() => {
  stack = testStack();
});

const header = (scope: Stack = stack): string => bodyOf(scope).widgets[0].properties.markdown;
const table = (scope: Stack = stack) => header(scope).split('\n').filter((line) => line.startsWith('|') && !line.startsWith('| ---'));
const importedProvider = () => lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'orders');

describe('limits', () => {
  test('of a fleet are what it has, and what the service takes where it has none', () => {
    new ManagedInstances(stack, 'Fleet').addDashboard('Dashboard');

    expect(table()).toEqual([
      '| Functions in this app | maxVCpuCount | vCPUs that environments can hold | Scaling |',
      '| 0 | 400 | 200 | Auto |',
    ]);
  });

  test('are told at deployment where a token is', () => {
    const maxVCpuCount = new CfnParameter(stack, 'Most', { type: 'Number' }).valueAsNumber;
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount });
    fleet.addFunction(testFunction(stack));
    (fleet.functions[0].function.node.defaultChild as lambda.CfnFunction).architectures = Token.asList({ Ref: 'Architectures' });
    fleet.addDashboard('Dashboard');

    expect(table()[1]).toBe('| set at deployment | 1 | set at deployment | set at deployment | Auto |');
  });

  test('of a provider made elsewhere aren\'t known, so nothing is said of them', () => {
    new ManagedInstancesDashboard(stack, 'Dashboard', { capacityProvider: importedProvider() });

    expect(header().split('\n').slice(0, 2)).toEqual(['## Capacity provider orders', '']);
    expect(header()).not.toMatch(/Auto|deployment|\|/);
  });

  test('of a provider made elsewhere are what its functions say', () => {
    const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', importedProvider());
    fleet.addFunction(testFunction(stack, 'Function', { architecture: lambda.Architecture.ARM_64 }));
    fleet.addDashboard('Dashboard');

    expect(table()).toEqual(['| Architecture | Functions in this app |', '| arm64 | 1 |']);
  });
});

describe('links', () => {
  const logLink = (scope: Stack = stack) => /\[System logs\]\(([^)]+)\)/.exec(header(scope))?.[1].replace(/^.*log-group\//, '');
  const dashboardOf = (logGroup: logs.ILogGroupRef) => new ManagedInstancesDashboard(stack, 'Dashboard', { capacityProvider: importedProvider(), logGroup });

  test('lead to the provider, its log, runbooks and AWS\'s pages', () => {
    new ManagedInstances(stack, 'Fleet').addDashboard('Dashboard');

    expect([...header().matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, text, url]) => [text, url])).toEqual([
      ['Capacity providers, tab Monitor', 'https://console.aws.amazon.com/lambda/home?region=<AWS::Region>#/capacity-providers'],
      ['System logs', 'https://console.aws.amazon.com/cloudwatch/home?region=<AWS::Region>#logsV2:log-groups/log-group/<FleetLogGroupFE4FB1F1>'],
      ['Runbooks', 'https://github.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances/blob/main/docs/monitoring-and-runbooks.md'],
      ['Troubleshooting', expect.stringContaining('docs.aws.amazon.com')],
      ['Metrics', expect.stringContaining('docs.aws.amazon.com')],
    ]);
  });

  const ENCODED = '$252Fmine$252Fsystem.log$2523orders';
  test.each<[string, () => logs.ILogGroupRef, string]>([
    ['a name that is written out', () => new logs.LogGroup(stack, 'Log', { logGroupName: '/mine/system.log#orders' }), ENCODED],
    ['that of an L1', () => new logs.CfnLogGroup(stack, 'Log', { logGroupName: '/mine/system.log#orders' }), ENCODED],
    ['that of an import', () => logs.LogGroup.fromLogGroupName(stack, 'Log', '/mine/system.log#orders'), ENCODED],
    ['one that CloudFormation makes', () => new logs.CfnLogGroup(stack, 'Log'), '<Log>'],
    ['a parameter', () => logs.LogGroup.fromLogGroupName(stack, 'Log', new CfnParameter(stack, 'Name').valueAsString), '<<Name> with $252F for />'],
    ['one with a parameter in it', () => new logs.LogGroup(stack, 'Log', { logGroupName: `/mine/${new CfnParameter(stack, 'Name').valueAsString}` }), '<<Log95422804> with $252F for />'],
  ])('encode %s as the console reads it', (_what, logGroup, expected) => {
    dashboardOf(logGroup());

    expect(logLink()).toBe(expected);
  });

  test('lead to a log of another stack', () => {
    const app = new App();
    const [base, own] = ['Base', 'Own'].map((id) => new Stack(app, id));
    const logGroup = new logs.LogGroup(base, 'Log', { logGroupName: '/mine' });
    new ManagedInstancesDashboard(own, 'Dashboard', { capacityProvider: new ManagedInstances(base, 'Fleet', { logGroup }), logGroup });

    expect(logLink(own)).toBe('$252Fmine');
  });
});

describe('of what is given', () => {
  /** The lines and the height of the header of a fleet with these facts. */
  const headerOf = (fleet: object = {}, more: Partial<Header> = {}) => {
    const view = { name: 'orders', place: { region: 'eu-west-1', account: '111111111111' }, attachments: [], ...fleet };
    const [{ height, properties }] = headerRow({ fleet: view as never, chosenByVariable: false, alarmsElsewhere: 0, ...more }).toJson();
    return { height, lines: properties.markdown.split('\n') as string[] };
  };

  test.each([[0, 3], [1, 3], [2, 4], [5, 5], [6, 6], [8, 6]])('a plan of %d lines makes it %d high', (count, height) => {
    const plan = Array.from({ length: count }, (_, i) => `| ${i} |`);
    const shown = headerOf({}, { plan });

    expect(shown.height).toBe(height);
    expect(shown.lines.slice(1, -2)).toEqual(count > 0 ? ['', ...plan] : []);
  });

  test.each<[Partial<Header>, string[]]>([
    [{}, []],
    [{ chosenByVariable: true }, ['the variable above chooses the function']],
    [{ alarmsElsewhere: 1 }, ['1 alarm in another stack isn\'t shown']],
    [{ alarmsElsewhere: 2 }, ['2 alarms in other stacks aren\'t shown']],
  ])('%p is told after the links', (more, expected) => {
    expect(headerOf({}, more).lines.at(-1)!.split(' · ').slice(4)).toEqual(expected);
  });

  test.each<[object, string]>([
    [{ facts: {} }, 'Auto'],
    [{ facts: { scalingMode: UNKNOWN } }, 'set at deployment'],
    [{ facts: { scalingMode: 'Manual' }, cpuTarget: 60 }, 'Manual, CPU 60 %'],
  ])('%p is scaled: %s', (fleet, expected) => {
    expect(headerOf(fleet).lines[3]).toBe(`| 0 | set at deployment | set at deployment | ${expected} |`);
  });
});
