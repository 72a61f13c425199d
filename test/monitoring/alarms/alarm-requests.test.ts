import { CfnParameter, Fn, Lazy, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AlarmLevel, AlarmThreshold, ManagedInstances, ManagedInstancesAlarms } from '../../../src';
import { AddAlarmsOptions, ManagedInstancesAlarmsProps } from '../../../src/monitoring/alarms/alarms-props';
import { onlyResource, testFunction, testStack } from '../../util';
import { alarmsOf, bodyOf, textOf, widgetOf } from '../body';
import { provider, watched } from '../watched';

function ofImported(props: Omit<ManagedInstancesAlarmsProps, 'capacityProvider'>) {
  const stack = testStack();
  const capacityProvider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'orders');
  return new ManagedInstancesAlarms(stack, 'Alarms', { capacityProvider, ...props });
}

const on = AlarmThreshold.above(70);
const token = () => Token.asNumber({ Ref: 'Parameter' });
const unused = (message: string) => `${message}. [cdk-lambda-managed-instances::AlarmThresholdUnused]`;

const OFF = AlarmThreshold.off();

describe('a threshold of which nothing comes is an error', () => {
  test.each<keyof AddAlarmsOptions>(['throttleRate', 'errorRate', 'durationP99', 'concurrencySaturation', 'trafficDoubling'])('without perFunction: %s', (name) => {
    const message = unused(`${name} watches single functions, but perFunction isn't set. Set perFunction, or leave ${name} out`);

    expect(() => watched({ [name]: on, level: AlarmLevel.FULL })).toThrow(message);
    expect(() => watched({ [name]: on, level: AlarmLevel.FULL, perFunction: true })).not.toThrow();
  });

  test.each<[keyof AddAlarmsOptions, AlarmThreshold, AlarmLevel, AlarmLevel]>([
    ['providerCpu', on, AlarmLevel.MINIMAL, AlarmLevel.STANDARD],
    ['throttleReasons', on, AlarmLevel.MINIMAL, AlarmLevel.STANDARD],
    ['lowHeadroom', AlarmThreshold.below(4), AlarmLevel.STANDARD, AlarmLevel.FULL],
    ['trafficDoubling', on, AlarmLevel.STANDARD, AlarmLevel.FULL],
  ])('where the level leaves its alarm out: %s', (name, threshold, tooLow, enough) => {
    const options = { [name]: threshold, perFunction: true };

    expect(() => watched({ ...options, level: tooLow })).toThrow(
      unused(`${name} needs a level that includes its alarm, but level is AlarmLevel.${tooLow.toUpperCase()}. Raise level, or leave ${name} out`),
    );
    expect(() => watched({ ...options, level: enough })).not.toThrow();
  });

  test.each(['vCpuCeiling', 'vCpuCeilingReached'])('without a known ceiling: %s', (name) => {
    const message = unused(
      `${name} is a share of maxVCpuCount, but maxVCpuCount isn't known at synthesis. Set it to a number on a provider that this app `
        + `creates, or leave ${name} out`,
    );

    expect(() => ofImported({ [name]: on })).toThrow(message);
    expect(() => watched({ [name]: on }, { maxVCpuCount: token() })).toThrow(message);
    expect(() => watched({ [name]: on }, { maxVCpuCount: undefined })).not.toThrow();
  });

  test.each(['instanceWarnings', 'instanceWarningsRepeated'])('without system logs: %s', (name) => {
    const message = unused(`${name} counts in the system logs, but logGroup isn't set. Set logGroup, or leave ${name} out`);

    expect(() => ofImported({ [name]: on })).toThrow(message);
  });

  test.each<AddAlarmsOptions>([
    {},
    { vCpuCeiling: OFF, instanceWarnings: OFF, throttleRate: OFF, lowHeadroom: OFF },
    { providerCpu: on, environmentCpu: on, noData: AlarmThreshold.below(1) },
  ])('but not one that is off or left out: %p', (options) => {
    expect(() => ofImported(options)).not.toThrow();
    expect(() => watched(options, { maxVCpuCount: token() })).not.toThrow();
  });
});

test.each<AddAlarmsOptions>([
  { providerCpu: AlarmThreshold.above(0), throttleReasons: AlarmThreshold.above(0) },
  { providerCpu: AlarmThreshold.above(99.99), throttleReasons: AlarmThreshold.above(1e9) },
  { underUtilised: AlarmThreshold.below(100), instanceTypes: ['c7g.xlarge'], instanceChurn: AlarmThreshold.above(0.1) },
  { lowHeadroom: AlarmThreshold.below(0.1), level: AlarmLevel.FULL, noData: AlarmThreshold.below(0.1) },
])('a threshold at the edge of what the metric can be is taken: %p', (options) => {
  expect(() => watched(options)).not.toThrow();
});

describe('a threshold that is a token', () => {
  test.each([
    ['vCpuCeiling', 'maxVCpuCount'],
    ['vCpuCeilingReached', 'maxVCpuCount'],
    ['durationP99', 'timeout'],
  ])('is an error where it is a share of a number: %s', (name, whole) => {
    expect(() => watched({ [name]: AlarmThreshold.above(token()), perFunction: true })).toThrow(
      `${name} is a token, but must be known at synthesis, as a share of ${whole}. Use a number. `
        + '[cdk-lambda-managed-instances::AlarmThresholdUnknown]',
    );
  });

  test('stays what it is elsewhere, in the alarm, in the line and in its label', () => {
    // WHEN
    const three = Lazy.number({ produce: () => 3 });
    const { stack, fleet } = watched({ providerCpu: AlarmThreshold.above(token()), instanceChurn: AlarmThreshold.above(three) });
    new CfnParameter(stack, 'Parameter', { type: 'Number' });
    fleet.addDashboard('Dashboard');

    // THEN
    const alarms = alarmsOf(stack);
    expect(alarms[provider('ProviderCpu')].Threshold).toEqual({ Ref: 'Parameter' });
    expect(alarms[provider('InstanceChurn')].Metrics[0].Expression).toBe('ANOMALY_DETECTION_BAND(watched, 3)');
    expect(textOf(onlyResource(stack, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody)).toContain('"label":"alarm > <Parameter> %"');
  });

  test('has a line where it is known', () => {
    const { stack, fleet } = watched({ providerCpu: AlarmThreshold.above(66.6666) });
    fleet.addDashboard('Dashboard');

    expect(widgetOf(bodyOf(stack), 'Instance CPU %').properties.annotations.horizontal).toEqual([expect.objectContaining({ value: 66.6666, label: 'alarm > 66.67 %' })]);
  });
});

describe('instance types', () => {
  const types = (...instanceTypes: string[]) => () => watched({ underUtilised: AlarmThreshold.below(20), instanceTypes });

  test.each([
    [[''], '""'],
    [['banana'], 'banana'],
    [['c7g.xlarge', 'C7G.XLARGE', 'c7g.*'], 'C7G.XLARGE, c7g.*'],
    [[Fn.ref('Type')], 'a token'],
    [[], 'no types'],
  ])('%p are an error', (instanceTypes, found) => {
    expect(types(...instanceTypes)).toThrow(`instanceTypes has ${found}, but underUtilised needs 1 to 10 exact names of instance types.`);
  });

  test.each([['c7g.xlarge'], ['u7inh-32tb.480xlarge'], ['c7g.metal']])('%s is taken', (type) => {
    expect(types(type)).not.toThrow();
  });

  test('that nothing watches are an error', () => {
    expect(() => ofImported({ instanceTypes: ['c7g.xlarge'] })).toThrow(
      'instanceTypes is set, but only underUtilised uses it, which isn\'t set. Leave instanceTypes out, or set underUtilised. '
        + '[cdk-lambda-managed-instances::UnderUtilisedTypes]',
    );
  });
});

describe('the address of runbooks', () => {
  test.each<[string, string]>([
    ['', 'is "", but'],
    ['wiki/lmi', 'is "wiki/lmi", but'],
    ['https://', 'is "https://", but'],
    ['https://wiki.example.com/our pages', 'is "https://wiki.example.com/our pages", but'],
    [`https://wiki.example.com/${'x'.repeat(476)}`, 'has 501 characters, but'],
  ])('%p is an error', (runbookUrl, found) => {
    expect(() => watched({ runbookUrl })).toThrow(
      `runbookUrl ${found} must be an address that begins with https:// or http://, without spaces, of at most 500 characters. Use the `
        + 'address of your runbooks, or leave runbookUrl out. [cdk-lambda-managed-instances::AlarmRunbookUrl]',
    );
  });

  test.each([['https://wiki'], [`https://wiki.example.com/${'x'.repeat(475)}`], ['http://localhost:8080/lmi#alarms'], [Fn.importValue('Wiki')], [`https://${Fn.importValue('Host')}/lmi`]])('%s is taken', (runbookUrl) => {
    expect(() => watched({ runbookUrl })).not.toThrow();
  });
});

describe('the name of the metric of CPU', () => {
  test.each(['', 'CPU utilisation', 'CPU\'', '1CPU'])('%p is an error', (cpuMetricName) => {
    expect(() => watched({ cpuMetricName })).toThrow(
      `cpuMetricName is "${cpuMetricName}", but must have letters, digits and _ only, and begin with a letter. Use the name that `
        + 'CloudWatch shows, or leave cpuMetricName out. [cdk-lambda-managed-instances::AlarmCpuMetricName]',
    );
  });

  test.each(['ExecutionEnvironmentVCPUUtilization', Fn.importValue('Name')])('%s is taken', (cpuMetricName) => {
    expect(() => watched({ cpuMetricName })).not.toThrow();
  });
});

describe('an alarm that silences composite alarms', () => {
  const deploymentAlarm = () => cloudwatch.Alarm.fromAlarmArn(testStack(), 'Deployment', 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:deploying');
  const NOTHING = 'deploymentAlarm is set, but there are no composite alarms to silence: they need alarms on throttles with a ceiling or system logs, '
    + 'or of functions. Switch on those alarms, set perFunction, or leave deploymentAlarm out. '
    + '[cdk-lambda-managed-instances::DeploymentAlarmUnused]';
  const NO_SYMPTOM = { throttleRate: OFF, errorRate: OFF, durationP99: OFF };

  test.each<[string, AddAlarmsOptions]>([
    ['no ceiling and no system logs are known', {}],
    ['nothing watches a function\'s symptoms', { perFunction: true, ...NO_SYMPTOM }],
  ])('is an error where %s', (_what, options) => {
    expect(() => ofImported({ deploymentAlarm: deploymentAlarm(), ...options })).toThrow(NOTHING);
  });

  test('is an error where throttles aren\'t watched', () => {
    expect(() => watched({ deploymentAlarm: deploymentAlarm(), throttleReasons: AlarmThreshold.off() })).toThrow(NOTHING);
  });

  test('is taken where functions have composite alarms', () => {
    expect(() => ofImported({ deploymentAlarm: deploymentAlarm(), perFunction: true })).not.toThrow();
  });
});

describe('versions', () => {
  const withVersion = (version: (fn: lambda.Function) => lambda.IVersion, options: AddAlarmsOptions = { perFunction: true }) => () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    const fn = testFunction(stack);
    fleet.addFunction(fn);
    fleet.addAlarms('Alarms', { versions: [version(fn)], ...options });
  };
  const named = (version: string) => (fn: lambda.Function) => lambda.Version.fromVersionAttributes(fn, 'Version', { lambda: fn, version });

  test.each<[string, (fn: lambda.Function) => lambda.IVersion, string]>([
    ['$LATEST', (fn) => fn.latestVersion, '$LATEST'],
    ['0', named('0'), '0'],
    ['a published name', named('$LATEST.PUBLISHED'), '$LATEST.PUBLISHED'],
    ['an empty one', named(''), '""'],
  ])('that are no numbers are an error: %s', (_what, version, found) => {
    expect(withVersion(version)).toThrow(
      `versions has ${found}, but only numbered versions can be watched. Use fn.currentVersion or another published version, or leave it `
        + 'out to watch $LATEST.PUBLISHED. [cdk-lambda-managed-instances::AlarmVersionNumber]',
    );
  });

  test.each<[string, (fn: lambda.Function) => lambda.IVersion]>([
    ['a number', named('7')],
    ['the one that is published', (fn) => fn.currentVersion],
  ])('that are numbered are taken: %s', (_what, version) => {
    expect(withVersion(version)).not.toThrow();
  });

  test.each<[AddAlarmsOptions, string]>([
    [{}, 'versions is set, but without perFunction the alarms watch all versions. Set perFunction, or leave versions out'],
    [{ perFunction: true, resourceDimension: false }, 'versions is set, but with resourceDimension false the metrics don\'t name the version. Leave resourceDimension out, or leave versions out'],
  ])('that nobody watches are an error: %p', (options, message) => {
    expect(withVersion((fn) => fn.currentVersion, options)).toThrow(`${message}. [cdk-lambda-managed-instances::AlarmVersionsUnused]`);
  });
});

test('all that is wrong is told at once', () => {
  expect(() => watched({ runbookUrl: '', instanceTypes: ['c7g.xlarge'], throttleRate: on, providerCpu: AlarmThreshold.above(100) }))
    .toThrow(/4 problems:.*providerCpu.*throttleRate.*instanceTypes.*runbookUrl/s);
});
