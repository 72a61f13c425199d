/** Functions and what belongs to them, in plain templates. */
import { UNKNOWN } from '../../../src/reading/fact';
import { ResourceGraph } from '../../../src/reading/resource-graph';
import { resourcesOf } from '../../../src/reading/templates/templates';
import { messageOf } from '../../../src/rules/findings';
import { judgeFunctions, placeInArn } from '../../../src/rules/function/judge-functions';
import { Moment, RuleContext, templateContext } from '../../../src/rules/rule';
import { judgeTemplates } from '../../judge-templates';

test.each([
  ['arn:aws:lambda:eu-west-1:111111111111:capacity-provider:orders', { region: 'eu-west-1', account: '111111111111' }],
  ['arn:aws:lambda::111111111111:capacity-provider:orders', { region: UNKNOWN, account: '111111111111' }],
  ['arn:aws:lambda:eu-west-1::capacity-provider:orders', { region: 'eu-west-1', account: UNKNOWN }],
  ['orders', { region: UNKNOWN, account: UNKNOWN }],
  [UNKNOWN, { region: UNKNOWN, account: UNKNOWN }],
  [undefined, { region: UNKNOWN, account: UNKNOWN }],
] as const)('%p is in %p', (arn, place) => {
  expect(placeInArn(arn)).toEqual(place);
});

type Resources = Record<string, object>;

const ref = (id: string) => ({ Ref: id });
const att = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const PARAMETER = ref('Parameter');
const NOTHING = ref('AWS::NoValue');
const HERE = 'arn:aws:lambda:eu-west-1:111111111111:capacity-provider:orders';

const resource = (type: string, properties: object = {}, more: object = {}) => ({ Type: `AWS::${type}`, Properties: properties, ...more });
const lmi = (CapacityProviderArn: unknown, more: object = {}) => ({
  CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn, ExecutionEnvironmentMemoryGiBPerVCpu: 2, ...more } },
});
const fn = (properties: object = {}, arn: unknown = HERE) => resource('Lambda::Function', { MemorySize: 2048, Runtime: 'nodejs24.x', ...lmi(arn), ...properties });
const provider = (properties: object = {}) => resource('Lambda::CapacityProvider', {
  VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'], SecurityGroupIds: ['sg-1'] },
  TelemetryConfig: { LoggingConfig: { LogGroup: 'orders' } },
  CapacityProviderScalingConfig: { MaxVCpuCount: 400 },
  ...properties,
});

/** `level code: message`, of all but the provider's own infos. */
function said(resources: Resources, template: object = {}): string[] {
  const body = { Parameters: { Parameter: { Type: 'String' } }, Resources: resources };
  return judgeTemplates([{ file: 'template.json', stackName: 'orders', body, account: '111111111111', region: 'eu-west-1', ...template }])
    .filter(({ resource: { type } }) => type !== 'AWS::Lambda::CapacityProvider')
    .flatMap(({ findings, resource: { logicalId } }) => findings.map((finding) => `${logicalId} ${finding.level} ${finding.code}: ${messageOf(finding).split('. ')[0]}`));
}

const codes = (resources: Resources, template?: object) => said(resources, template).map((text) => text.split(':')[0]);

describe('a function', () => {
  test.each<[string, Resources, string[]]>([
    ['without mistakes', { F: fn() }, []],
    ['on a provider of the app', { P: provider(), F: fn({}, att('P')) }, []],
    ['by the name of a provider of the app', { P: provider(), F: fn({}, ref('P')) }, ['F error ProviderArn']],
    ['by a name', { F: fn({}, 'orders') }, ['F error ProviderArn']],
    ['by no provider', { F: fn({}, NOTHING) }, ['F error ProviderArn']],
    ['by a parameter', { F: fn({}, PARAMETER) }, []],
    ['by an ARN around the name of a provider', { P: provider(), F: fn({}, { 'Fn::Sub': 'arn:aws:lambda:eu-west-1:111111111111:capacity-provider:${P}' }) }, []],
    ['on a provider of another Region', { F: fn({}, HERE.replace('eu-west-1', 'us-east-1')) }, ['F error ProviderElsewhere']],
    ['on a provider of another account', { F: fn({}, HERE.replace('1111', '2222')) }, ['F error ProviderElsewhere']],
    ['of the architecture of its provider', { P: provider({ InstanceRequirements: { Architectures: ['arm64'] } }), F: fn({ Architectures: ['arm64'] }, att('P')) }, []],
    ['of another architecture', { P: provider(), F: fn({ Architectures: ['arm64'] }, att('P')) }, ['F error ArchitectureMismatch']],
    ['of an architecture that a provider elsewhere may have', { F: fn({ Architectures: ['arm64'] }) }, []],
    ['without a GPU on a provider with GPUs', { P: provider({ InstanceRequirements: { AllowedInstanceTypes: ['g6.xlarge', 'g6.2xlarge', 'g5.xlarge'] } }), F: fn({}, att('P')) }, ['F warning GpuNotRequested']],
    ['with a GPU on a provider without', { P: provider({ InstanceRequirements: { AllowedInstanceTypes: ['m7i.xlarge', 'm7i.2xlarge', 'c7i.xlarge'] } }), F: fn({ AcceleratorConfig: { AcceleratorMemorySize: 24 }, PackageType: 'Image' }, att('P')) }, ['F warning GpuTypesTooSmall', 'F warning GpuUnproven']],
    ['with a GPU and without a provider', { F: resource('Lambda::Function', { MemorySize: 2048, PackageType: 'Image', AcceleratorConfig: { AcceleratorMemorySize: 24 } }) }, ['F error GpuRequirements', 'F warning GpuUnproven']],
    ['without a provider', { F: resource('Lambda::Function', { MemorySize: 16384, Timeout: 3600, FunctionScalingConfig: { MinExecutionEnvironments: 1 } }) },
      ['F error FunctionMemoryNeedsProvider', 'F error TimeoutRange', 'F error ScalingWithoutProvider']],
    ['that publishes nothing', { F: fn({ PublishToLatestPublished: false }) }, ['F warning NothingPublished']],
    ['that publishes a numbered version', { F: fn({ PublishToLatestPublished: false }), V: resource('Lambda::Version', { FunctionName: ref('F') }) }, []],
    ['that keeps nothing', { F: fn({ FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 } }) }, ['F warning EnvironmentsDeactivated']],
    ['with a property of its own that is wrong', { F: fn({ MemorySize: 512, Timeout: 9000 }) }, ['F error FunctionMemoryRange', 'F error TimeoutRange']],
  ])('%s', (_what, resources, expected) => {
    expect(codes(resources)).toEqual(expected);
  });

  test('is told what it names instead of an ARN', () => {
    expect(said({ P: provider(), F: fn({}, ref('P')) })[0]).toContain('CapacityProviderArn is the name of P, but must be the ARN');
    expect(said({ F: fn({}, 'orders') })[0]).toContain('CapacityProviderArn is "orders", but must be the ARN');
    expect(said({ F: fn({}, NOTHING) })[0]).toContain('CapacityProviderArn isn\'t set, but must be the ARN');
  });

  test('without memory and ratio is judged by AWS\'s defaults, and that is said', () => {
    const bare = (properties: object, more: object) => said({ F: resource('Lambda::Function', { Runtime: 'nodejs24.x', ...lmi(HERE, { ExecutionEnvironmentMemoryGiBPerVCpu: undefined, ...more }), ...properties }) });

    expect(bare({}, { PerExecutionEnvironmentMaxConcurrency: 65 })).toEqual([
      expect.stringMatching(/^F warning ConcurrencyPerVCpu: .* is 65 \(assuming 2048 MB, since none is given and 2 GiB per vCPU, since no ratio is given\), but 2048 MB at 2 GiB per vCPU make 1 vCPU/),
    ]);
    expect(bare({ MemorySize: 4096 }, { PerExecutionEnvironmentMaxConcurrency: 128 })).toEqual([]);
  });
});

describe('what belongs to a function', () => {
  const PAUSED = { FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 } };

  test.each<[string, Resources, string[]]>([
    ['a version', { V: resource('Lambda::Version', { FunctionName: ref('F'), FunctionScalingConfig: { MinExecutionEnvironments: 9, MaxExecutionEnvironments: 3 } }) }, ['V error EnvironmentRange']],
    ['a version that keeps nothing', { V: resource('Lambda::Version', { FunctionName: ref('F'), ...PAUSED }) }, ['V warning EnvironmentsDeactivated']],
    ['a retained version', { V: resource('Lambda::Version', { FunctionName: ref('F') }, { DeletionPolicy: 'Retain' }) }, ['V warning VersionRetained']],
    ['an alias', { A: resource('Lambda::Alias', { FunctionName: ref('F'), FunctionVersion: '$LATEST', Name: 'live' }) }, ['A error InvokeLatest']],
    ['an alias with provisioned concurrency', { A: resource('Lambda::Alias', { FunctionName: ref('F'), FunctionVersion: '1', Name: 'live', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } }) }, ['A error ProvisionedConcurrency']],
    ['a URL', { U: resource('Lambda::Url', { TargetFunctionArn: ref('F'), AuthType: 'NONE' }) }, ['U info FeatureUndocumented']],
    ['a URL that streams', { U: resource('Lambda::Url', { TargetFunctionArn: ref('F'), AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM' }) }, []],
    ['settings of asynchronous calls', { C: resource('Lambda::EventInvokeConfig', { FunctionName: ref('F'), Qualifier: '$LATEST' }) }, ['C warning AsyncInvokeLatest']],
    ['an event source', { S: resource('Lambda::EventSourceMapping', { FunctionName: ref('F'), EventSourceArn: 'arn:aws:mq:eu-west-1:111111111111:broker:x:b-1' }) }, ['S warning EventSourceUnsupported']],
    ['an event source of the app', { B: resource('AmazonMQ::Broker'), S: resource('Lambda::EventSourceMapping', { FunctionName: ref('F'), EventSourceArn: att('B') }) }, ['S warning EventSourceUnsupported']],
    ['a call of $LATEST', { R: resource('Events::Rule', { Targets: [{ Id: 'a', Arn: { 'Fn::Sub': '${F.Arn}:$LATEST' } }, { Id: 'b', Arn: { 'Fn::Sub': '${F.Arn}:$LATEST' } }] }) }, ['R error InvokeLatest']],
    ['a call of the function', { R: resource('Events::Rule', { Targets: [{ Id: 'a', Arn: att('F') }] }) }, []],
    ['a scalable target', { A: resource('Lambda::Alias', { FunctionName: ref('F'), FunctionVersion: '1', Name: 'live' }), T: resource('ApplicationAutoScaling::ScalableTarget', { ScalableDimension: 'lambda:function:ProvisionedConcurrency', ResourceId: { 'Fn::Sub': 'function:${F}:live' } }) }, ['T error ProvisionedConcurrency']],
  ])('%s', (_what, resources, expected) => {
    expect(codes({ F: fn(), ...resources })).toEqual(expected);
  });

  test('isn\'t judged if the function is on no provider', () => {
    const plain = resource('Lambda::Function', { MemorySize: 2048 });

    expect(codes({
      F: plain,
      V: resource('Lambda::Version', { FunctionName: ref('F'), FunctionScalingConfig: { MinExecutionEnvironments: 9, MaxExecutionEnvironments: 3 } }),
      U: resource('Lambda::Url', { TargetFunctionArn: ref('F') }),
      R: resource('Events::Rule', { Targets: [{ Id: 'a', Arn: { 'Fn::Sub': '${F.Arn}:$LATEST' } }] }),
    })).toEqual([]);
  });
});

describe('$LATEST.PUBLISHED that nobody calls', () => {
  const version = (properties: object = {}) => resource('Lambda::Version', { FunctionName: ref('F'), ...properties });
  const rule = (arn: unknown) => resource('Events::Rule', { Targets: [{ Id: 'a', Arn: arn }] });
  const counts = (min?: number, max?: number) => ({ FunctionScalingConfig: { MinExecutionEnvironments: min, MaxExecutionEnvironments: max } });
  const text = (resources: Resources) => judgeTemplates([{ file: 'template.json', stackName: 'orders', body: { Parameters: { Parameter: { Type: 'String' } }, Resources: resources } }])
    .flatMap(({ findings }) => findings).filter(({ code }) => code === 'PublishedForNobody').map(messageOf)[0];

  test.each<[string, Resources, string | undefined]>([
    ['keeps three by default', { F: fn(), V: version(), A: rule(ref('V')) },
      'PublishToLatestPublished is true by default, but every caller in the app (A) uses a version or an alias, and nothing uses the 3 environments that $LATEST.PUBLISHED keeps. Set it to false, and set the minimum and maximum of environments on the version.'],
    ['keeps one, bounded', { F: fn({ PublishToLatestPublished: true, ...counts(1, 5) }), V: version(), A: rule(ref('V')), B: rule(ref('V')) },
      'PublishToLatestPublished is true, but every caller in the app (A and B) uses a version or an alias, and nothing uses the environment that $LATEST.PUBLISHED keeps. Set it to false, and set the minimum and maximum of environments on the version: FunctionScalingConfig.MaxExecutionEnvironments 5 of the function bounds $LATEST.PUBLISHED alone.'],
    ['is bounded as its version is', { F: fn(counts(2, 5)), V: version(counts(undefined, 5)), A: rule(ref('V')), B: rule(ref('V')), C: rule(ref('V')) },
      'PublishToLatestPublished is true by default, but every caller in the app (A and 2 more) uses a version or an alias, and nothing uses the 2 environments that $LATEST.PUBLISHED keeps. Set it to false, and set the minimum and maximum of environments on the version.'],
    ['is called as well', { F: fn(), V: version(), A: rule(ref('V')), B: rule(att('F')) }, undefined],
    ['has no callers in the app', { F: fn(), V: version() }, undefined],
    ['isn\'t published', { F: fn({ PublishToLatestPublished: false }), V: version(), A: rule(ref('V')) }, undefined],
    ['may not be published', { F: fn({ PublishToLatestPublished: PARAMETER }), V: version(), A: rule(ref('V')) }, undefined],
    ['keeps nothing', { F: fn(counts(0, 5)), V: version(), A: rule(ref('V')) }, undefined],
    ['keeps nothing, since its maximum is 0', { F: fn(counts(undefined, 0)), V: version(), A: rule(ref('V')) }, undefined],
  ])('%s', (_what, resources, expected) => {
    expect(text(resources)).toBe(expected);
  });
});

describe('schedules', () => {
  const schedule = (id: string, ScheduleExpression: string, min: number | undefined, max: number | undefined, Qualifier: unknown = '$LATEST.PUBLISHED') => ({
    [id]: resource('Scheduler::Schedule', {
      ScheduleExpression,
      ScheduleExpressionTimezone: 'Etc/UTC',
      Target: {
        Arn: 'arn:aws:scheduler:::aws-sdk:lambda:putFunctionScalingConfig',
        Input: {
          'Fn::Sub': [
            `{"FunctionName": "\${F}", "Qualifier": "\${Which}", "FunctionScalingConfig": ${JSON.stringify({ MinExecutionEnvironments: min, MaxExecutionEnvironments: max })}}`, { Which: Qualifier },
          ],
        },
      },
    }),
  });
  const work = (at: string, arn: unknown = att('F')) => ({ Work: resource('Scheduler::Schedule', { ScheduleExpression: at, ScheduleExpressionTimezone: 'Etc/UTC', Target: { Arn: arn } }) });
  const down = schedule('Down', 'cron(0 20 * * ? *)', 0, 0);
  const paused = fn({ FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 } });

  test.each<[string, Resources, string[]]>([
    ['in order', { F: paused, ...schedule('Up', 'cron(0 6 * * ? *)', 3, 9), ...down, ...work('cron(0 8 * * ? *)') }, []],
    ['a minute after the work has begun', { F: paused, ...schedule('Up', 'cron(0 7 * * ? *)', 3, 9), ...down, ...work('cron(59 6 * * ? *)') }, ['Up warning ScheduleLate']],
    ['59 minutes after the work has begun', { F: paused, ...schedule('Up', 'cron(0 7 * * ? *)', 3, 9), ...down, ...work('cron(1 6 * * ? *)') }, ['Up warning ScheduleLate']],
    ['an hour after the work has begun', { F: paused, ...schedule('Up', 'cron(0 7 * * ? *)', 3, 9), ...down, ...work('cron(0 6 * * ? *)') }, []],
    ['that raise nothing are never late', { F: fn(), ...schedule('Up', 'cron(0 7 * * ? *)', 0, 0), ...work('cron(0 7 * * ? *)') }, []],
    ['of two numbered versions at once', { F: fn(), V: resource('Lambda::Version', { FunctionName: ref('F') }), ...schedule('Up', 'cron(0 7 * * ? *)', 3, 9), ...schedule('Other', 'cron(0 7 * * ? *)', 3, 9, '3') }, ['Other warning ScheduleOfVersion']],
    ['of one numbered version at once', { F: fn(), ...schedule('Up', 'cron(0 7 * * ? *)', 3, 9, '3'), ...schedule('Other', 'cron(0 7 * * ? *)', 0, 0, '3') },
      ['Up warning ScheduleOverlap', 'Up warning ScheduleOfVersion', 'Other warning ScheduleOverlap', 'Other warning ScheduleOfVersion']],
    ['of an alias', { F: fn(), A: resource('Lambda::Alias', { FunctionName: ref('F'), FunctionVersion: '1', Name: 'live' }), ...schedule('Up', 'cron(0 7 * * ? *)', 3, 9, 'live') }, ['Up error ScheduleQualifier']],
    ['with numbers in the wrong order', { F: fn(), ...schedule('Up', 'cron(0 7 * * ? *)', 9, 3) }, ['Up error ScheduleCounts']],
    ['with a number left out', { F: fn(), ...schedule('Up', 'cron(0 7 * * ? *)', undefined, 3) }, ['Up error ScheduleCounts']],
  ])('%s', (_what, resources, expected) => {
    expect(codes(resources).filter((code) => code.includes('Schedule'))).toEqual(expected);
  });
});

test('functions and relatives without a context aren\'t judged', () => {
  const resources = {
    F: fn({ MemorySize: 512 }),
    V: resource('Lambda::Version', { FunctionName: ref('F') }, { DeletionPolicy: 'Retain' }),
    R: resource('Events::Rule', { Targets: [{ Arn: { 'Fn::Sub': '${F.Arn}:$LATEST' } }] }),
  };
  const graph = new ResourceGraph(resourcesOf([{ file: 'template.json', body: { Resources: resources } }]));
  const found = (context?: RuleContext) => judgeFunctions(graph, { contextOf: () => context, architectureOf: () => UNKNOWN }, Moment.SYNTHESIS)
    .flatMap(({ findings }) => findings.map(({ code }) => code));

  expect(found()).toEqual([]);
  expect(found(templateContext())).toEqual(['FunctionMemoryRange', 'VersionRetained', 'InvokeLatest']);
});
