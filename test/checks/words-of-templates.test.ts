/** What is said of a template is in the words of its author: whole paths that CloudFormation knows, and nothing of CDK. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedInstancesChecks } from '../../src';
import { check } from '../../src/cli/check-command';
import { readInputs } from '../../src/cli/inputs';
import { messageOf } from '../../src/rules/findings';
import { judgeTemplates, wordsOfCdk } from '../judge-templates';

const folder = mkdtempSync(join(tmpdir(), 'words-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PLACE = { account: '111111111111', region: 'us-east-1' };
const ARN = { 'Fn::GetAtt': ['Provider', 'Arn'] };
const QUEUE = 'arn:aws:sqs:us-east-1:111111111111:orders';

const provider = (Properties: object = {}) => ({ Type: 'AWS::Lambda::CapacityProvider', Properties });
const lmi = (config: object) => ({
  CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: ARN, ...config } },
});
const fn = (properties: object = {}, config: object = {}) => ({ Type: 'AWS::Lambda::Function', Properties: { ...properties, ...lmi(config) } });
const plain = (Properties: object) => ({ Type: 'AWS::Lambda::Function', Properties });
const of = (Type: string, Properties: object, rest: object = {}) => ({ Type, Properties: { FunctionName: { Ref: 'Fn' }, ...Properties }, ...rest });
const requirements = (InstanceRequirements: object) => provider({ InstanceRequirements });
const scaling = (CapacityProviderScalingConfig: object) => provider({ CapacityProviderScalingConfig });
const tags = (PropagateTags: object) => provider({ PropagateTags });
const types = (...AllowedInstanceTypes: string[]) => requirements({ AllowedInstanceTypes });
const policies = (...ScalingPolicies: object[]) => scaling({ ScalingMode: 'Manual', ScalingPolicies });
const counts = (FunctionScalingConfig: object) => fn({ FunctionScalingConfig });
const permission = { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { 'Fn::Sub': '${Fn}:$LATEST' }, Action: 'lambda:InvokeFunction', Principal: 'x' } };
const schedule = (input: object, expression = 'cron(0 7 * * ? *)') => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression: expression,
    Target: {
      Arn: 'arn:aws:scheduler:::aws-sdk:lambda:putFunctionScalingConfig',
      Input: { 'Fn::Sub': JSON.stringify({ FunctionName: '${Fn}', Qualifier: '$LATEST.PUBLISHED', ...input }) },
    },
  },
});
const two = (min: number, max: number) => ({ FunctionScalingConfig: { MinExecutionEnvironments: min, MaxExecutionEnvironments: max } });
const route = (properties: object) => ({
  Vpc: { Type: 'AWS::EC2::VPC', Properties: {} },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  Route: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'Table' }, ...properties } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/28' } },
  Association: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' } } },
  Provider: provider({ VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }] } }),
});
const group = (properties: object) => ({
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: properties },
  Provider: provider({ VpcConfig: { SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] } }),
});
const role = (properties: object, Service = 'lambda.amazonaws.com') => ({
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service } }] }, ...properties } },
  Provider: provider({ PermissionsConfig: { CapacityProviderOperatorRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } } }),
});

/** A template, or what is in place of its provider and function, by what is wrong with it. */
const MISTAKES: Record<string, object> = {
  AllowListEmpty: { Provider: types() },
  AllowListNarrow: { Provider: types('m7i.xlarge') },
  AllowListWildcard: { Provider: types('m7i.*') },
  ArchitectureCount: { Provider: requirements({ Architectures: [] }) },
  ArchitectureMismatch: { Provider: requirements({ Architectures: ['arm64'] }), Fn: fn() },
  ArchitectureName: { Provider: requirements({ Architectures: ['ARM64'] }), Fn: fn({ Architectures: ['amd64'] }) },
  AsyncInvokeLatest: { Fn: fn(), X: of('AWS::Lambda::EventInvokeConfig', { Qualifier: '$LATEST' }) },
  AutoScalingWithPolicy: { Provider: scaling({ ScalingMode: 'Auto', ScalingPolicies: [{ TargetValue: 50 }] }) },
  ConcurrencyAboveRuntimeDefault: { Fn: fn({ MemorySize: 2048, Runtime: 'python3.13' }, { ExecutionEnvironmentMemoryGiBPerVCpu: 2, PerExecutionEnvironmentMaxConcurrency: 40 }) },
  ConcurrencyLow: { Fn: fn({ MemorySize: 2048 }, { PerExecutionEnvironmentMaxConcurrency: 1 }) },
  ConcurrencyPerVCpu: { Fn: fn({ MemorySize: 2048 }, { ExecutionEnvironmentMemoryGiBPerVCpu: 2, PerExecutionEnvironmentMaxConcurrency: 100 }) },
  ConcurrencyRange: { Fn: fn({}, { PerExecutionEnvironmentMaxConcurrency: 0 }) },
  CustomRuntime: { Fn: fn({ Runtime: 'provided.al2023' }) },
  EgressMissing: route({ DestinationCidrBlock: '10.1.0.0/16', TransitGatewayId: 'tgw-1' }),
  ElasticIpReused: {
    ...route({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: { Ref: 'Nat' } }),
    Nat: { Type: 'AWS::EC2::NatGateway', Properties: { AllocationId: 'eipalloc-1' } },
    Other: { Type: 'AWS::EC2::NatGateway', Properties: { AllocationId: 'eipalloc-1' } },
  },
  EnvironmentDoesNotFit: { Provider: types('m7i.large', 'm6i.large', 'm5.large'), Fn: fn({ MemorySize: 32768 }, { ExecutionEnvironmentMemoryGiBPerVCpu: 2 }) },
  EnvironmentRange: { Fn: counts({ MinExecutionEnvironments: 5, MaxExecutionEnvironments: 4 }) },
  EnvironmentsDeactivated: { Fn: counts({ MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 }) },
  EphemeralStorage: { Fn: fn({ EphemeralStorage: { Size: 1 } }) },
  EventSourceUnsupported: { Fn: fn(), X: of('AWS::Lambda::EventSourceMapping', { Queues: ['a'] }) },
  FeatureUndocumented: { Fn: fn({ ReservedConcurrentExecutions: 5, TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }) },
  FewerThanThreeEnvironments: { Fn: counts({ MinExecutionEnvironments: 1 }) },
  FunctionFileSystem: { Fn: fn({ FileSystemConfigs: [{ Arn: 'a' }] }) },
  FunctionMemoryBelowRatio: { Fn: fn({ MemorySize: 2048 }, { ExecutionEnvironmentMemoryGiBPerVCpu: 8 }) },
  FunctionMemoryMultiple: { Fn: fn({ MemorySize: 3000 }, { ExecutionEnvironmentMemoryGiBPerVCpu: 2 }) },
  FunctionMemoryNeedsProvider: { Fn: plain({ MemorySize: 20480 }) },
  FunctionMemoryRange: { Fn: fn({ MemorySize: 512 }) },
  FunctionNameFixed: { Fn: fn({ FunctionName: 'orders' }) },
  FunctionVpc: { Fn: fn({ VpcConfig: { SubnetIds: ['subnet-1'] } }) },
  GpuMemorySize: { Fn: fn({ PackageType: 'Image', AcceleratorConfig: { AcceleratorMemorySize: 5 } }) },
  GpuNotRequested: { Provider: types('g6.xlarge', 'g6.2xlarge', 'g6.4xlarge'), Fn: fn() },
  GpuRequirements: { Fn: plain({ AcceleratorConfig: { AcceleratorMemorySize: 24 } }) },
  GpuScalingMetric: { Provider: policies({ PredefinedMetricType: 'LambdaCapacityProviderAverageGPUUtilization', TargetValue: 50 }) },
  GpuTypesTooSmall: { Provider: types('m7i.xlarge', 'm7i.2xlarge', 'm7i.4xlarge'), Fn: fn({ AcceleratorConfig: { AcceleratorMemorySize: 24 } }) },
  GpuUnproven: { Fn: fn({ PackageType: 'Image', AcceleratorConfig: { AcceleratorMemorySize: 24 } }) },
  HttpsBlocked: group({ SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80 }] }),
  InboundRules: group({ SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80 }] }),
  InstanceArchitecture: { Provider: types('m7g.xlarge', 'm7g.2xlarge', 'm7g.4xlarge') },
  InstanceFamilyRefused: { Provider: types('t3.large') },
  InstanceListsExclusive: { Provider: requirements({ AllowedInstanceTypes: ['m7i.xlarge'], ExcludedInstanceTypes: ['m5.*'] }) },
  InstancePattern: { Provider: requirements({ ExcludedInstanceTypes: ['m5 large'] }) },
  InstanceSizeSmall: { Provider: types('c7i.large') },
  InstanceTypeUnproven: { Provider: types('c99i.xlarge') },
  InvokeLatest: { Fn: fn(), X: permission },
  Ipv6LogsEndpoint: route({ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' }),
  KmsKeyArn: { Provider: provider({ KmsKeyArn: 'alias/orders' }) },
  KmsKeyElsewhere: { Provider: provider({ KmsKeyArn: 'arn:aws:kms:eu-west-1:111111111111:key/a' }) },
  LogFormatText: { Fn: fn({ LoggingConfig: { LogFormat: 'Text' } }) },
  LogGroupMissing: { Provider: provider() },
  LogGroupName: { Provider: provider({ TelemetryConfig: { LoggingConfig: { LogGroup: 'a b' } } }) },
  ManualScalingWithoutPolicy: { Provider: scaling({ ScalingMode: 'Manual' }) },
  MemoryPerVCpu: { Fn: fn({ MemorySize: 4096 }, { ExecutionEnvironmentMemoryGiBPerVCpu: 3 }) },
  NatInstanceOpen: {
    ...route({ DestinationCidrBlock: '0.0.0.0/0', InstanceId: { Ref: 'Nat' } }),
    Nat: { Type: 'AWS::EC2::Instance', Properties: { SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }], SourceDestCheck: false } },
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] } },
  },
  NothingPublished: { Fn: fn({ PublishToLatestPublished: false }) },
  OperatorRoleElsewhere: { Provider: provider({ PermissionsConfig: { CapacityProviderOperatorRoleArn: 'arn:aws:iam::222222222222:role/a' } }) },
  OperatorRolePolicy: role({}),
  OperatorRoleSourceAccount: role({}),
  OperatorRoleTrust: role({}, 'ec2.amazonaws.com'),
  PropagatedTagMode: { Provider: tags({ Mode: 'None', ExplicitTags: [{ Key: 'a', Value: 'b' }] }) },
  PropagatedTags: { Provider: tags({ Mode: 'Explicit', ExplicitTags: [{ Key: 'a', Value: 'b'.repeat(300) }] }) },
  ProviderArn: { Provider: provider(), Fn: fn({}, { CapacityProviderArn: { Ref: 'Provider' } }) },
  ProviderElsewhere: { Fn: fn({}, { CapacityProviderArn: 'arn:aws:lambda:eu-west-1:111111111111:capacity-provider:orders' }) },
  ProviderNameCharacters: { Provider: provider({ CapacityProviderName: 'a b' }) },
  ProviderNameFixed: { Provider: provider({ CapacityProviderName: 'orders' }) },
  ProviderNameLength: { Provider: provider({ CapacityProviderName: 'a'.repeat(141) }) },
  ProvisionedConcurrency: {
    Fn: fn(),
    X: of('AWS::Lambda::Version', { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 } }),
    Y: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: { ScalableDimension: 'lambda:function:ProvisionedConcurrency', ResourceId: { 'Fn::Sub': 'function:${Fn}:live' } },
    },
  },
  PublicSubnets: route({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }),
  PublishedForNobody: { Fn: fn(), X: of('AWS::Lambda::EventSourceMapping', { FunctionName: { 'Fn::Sub': '${Fn}:live' }, EventSourceArn: QUEUE }) },
  RuntimeUnknown: { Fn: fn({ Runtime: 'deno2' }) },
  RuntimeUnlisted: { Fn: fn({ Runtime: 'nodejs20.x' }) },
  RuntimeUnsupported: { Fn: fn({ Runtime: 'ruby3.4' }) },
  ScaleToZero: { Fn: counts({ MinExecutionEnvironments: 0 }) },
  ScalingMetric: { Provider: policies({ PredefinedMetricType: 'x' }) },
  ScalingTargetHeadroom: { Provider: policies({ PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', TargetValue: 99 }) },
  ScalingTargetRange: { Provider: policies({ TargetValue: 101 }) },
  ScalingWithoutProvider: { Fn: plain({ FunctionScalingConfig: { MinExecutionEnvironments: 3 } }) },
  ScheduleCounts: { Fn: fn(), X: schedule({ FunctionScalingConfig: { MinExecutionEnvironments: 3 } }) },
  ScheduleLate: {
    Fn: counts({ MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 }),
    X: schedule(two(3, 5)),
    Y: schedule(two(0, 0), 'cron(0 20 * * ? *)'),
    Z: { Type: 'AWS::Scheduler::Schedule', Properties: { ScheduleExpression: 'cron(0 7 * * ? *)', Target: { Arn: { 'Fn::GetAtt': ['Fn', 'Arn'] } } } },
  },
  ScheduleOfVersion: { Fn: fn(), X: schedule({ Qualifier: '7', ...two(3, 5) }) },
  ScheduleOverlap: { Fn: fn(), X: schedule(two(3, 5)), Y: schedule(two(4, 6)) },
  ScheduleQualifier: { Fn: fn(), X: schedule({ Qualifier: 'live', ...two(3, 5) }) },
  SecurityGroupCount: { Provider: provider({ VpcConfig: { SecurityGroupIds: ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => `sg-${id}`) } }) },
  SecurityGroupsEmpty: { Provider: provider({ VpcConfig: { SecurityGroupIds: [] } }) },
  SnapStart: { Fn: fn({ SnapStart: { ApplyOn: 'PublishedVersions' } }) },
  SubnetAddresses: {
    ...route({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }),
    Fn: fn({ MemorySize: 2048, ...two(100, 500) }, { ExecutionEnvironmentMemoryGiBPerVCpu: 2 }),
  },
  SubnetCount: { Provider: provider({ VpcConfig: { SubnetIds: [] } }) },
  SubnetsDistinct: { Provider: provider({ VpcConfig: { SubnetIds: ['subnet-1', 'subnet-1'] } }) },
  TagsNotPropagated: { Provider: provider({ Tags: [{ Key: 'a', Value: 'b' }] }) },
  TimeoutRange: { Fn: fn({ Timeout: 6000 }), X: plain({ Timeout: 6000 }) },
  TimeoutSynchronous: { Fn: fn({ Timeout: 3600 }) },
  TwoVCpuTypesOnly: { Provider: types('m7i.large', 'm6i.large', 'm5.large') },
  VCpuCeilingBelowMinimum: { Provider: scaling({ MaxVCpuCount: 16 }), Fn: fn({ MemorySize: 32768 }, { ExecutionEnvironmentMemoryGiBPerVCpu: 2 }) },
  VCpuCeilingRange: { Provider: scaling({ MaxVCpuCount: 1 }) },
  VCpuCeilingTight: { Provider: scaling({ MaxVCpuCount: 13 }), Fn: fn({ MemorySize: 2048 }, { ExecutionEnvironmentMemoryGiBPerVCpu: 2 }) },
  VCpuCeilingUnproven: { Provider: scaling({ MaxVCpuCount: 4 }) },
  VCpuCeilingUnset: { Provider: provider() },
  VersionRetained: { Fn: fn(), X: of('AWS::Lambda::Version', {}, { DeletionPolicy: 'Retain' }) },
  ZoneCount: { Provider: provider({ VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] } }) },
};

/** Of these a plain template shows nothing. */
const ELSEWHERE = [
  'IdleFloor', 'KmsKeyGrant', 'LogGroupElsewhere', 'NotChecked', 'ProviderWriteRate', 'RegionUnlisted', 'RegionUnsupported', 'VersionsPerProvider',
];

function findingsIn(resources: object) {
  const body = { Resources: { Provider: provider(), ...resources } };
  return judgeTemplates([{ file: 'template.json', body, ...PLACE }]).flatMap(({ resource: { type }, findings }) => findings.map((finding) => ({ type, finding })));
}

test('there is a mistake for each finding that a template can have', () => {
  expect([...Object.keys(MISTAKES), ...ELSEWHERE].sort()).toEqual([...new ManagedInstancesChecks().ruleIds!].sort());
});


test.each(Object.entries(MISTAKES))('says %s in the words of a template', (code, resources) => {
  const found = findingsIn(resources);
  const own = found.filter(({ finding }) => finding.code === code);

  expect(found.map(({ finding }) => finding.code)).toContain(code);
  own.forEach(({ finding }) => {
    expect(wordsOfCdk(messageOf(finding))).toEqual([]);
    expect(finding.property).toMatch(/^([A-Z]\w*(\.[A-Z]\w*)*|the stack)$/);
  });
});

/** What is wrong with a function of SAM, or a capacity provider, and which property of SAM's says so. */
const IN_SAM: [string, object, string][] = [
  ['VCpuCeilingRange', { Provider: { ScalingConfig: { MaxVCpuCount: 1 } } }, 'ScalingConfig.MaxVCpuCount'],
  ['ScalingTargetRange', { Provider: { ScalingConfig: { AverageCPUUtilization: 101 } } }, 'ScalingConfig.AverageCPUUtilization'],
  ['InstanceFamilyRefused', { Provider: { InstanceRequirements: { AllowedTypes: ['t3.large'] } } }, 'InstanceRequirements.AllowedTypes'],
  ['InstancePattern', { Provider: { InstanceRequirements: { ExcludedTypes: ['m5 large'] } } }, 'InstanceRequirements.ExcludedTypes'],
  ['LogGroupName', { Provider: { LoggingConfig: { LogGroup: 'a b' } } }, 'LoggingConfig.LogGroup'],
  ['LogGroupMissing', { Provider: {} }, 'LoggingConfig.LogGroup'],
  ['PropagatedTags', { Provider: { ManagedResourceTags: { Tags: { a: 'b'.repeat(300) } } } }, 'ManagedResourceTags'],
  ['PropagatedTagMode', { Provider: { ManagedResourceTags: { Tags: {} } } }, 'ManagedResourceTags'],
  ['TagsNotPropagated', { Provider: { Tags: { a: 'b' } } }, 'ManagedResourceTags'],
  ['OperatorRoleElsewhere', { Provider: { OperatorRole: 'arn:aws:iam::222222222222:role/a' } }, 'OperatorRole'],
  ['ProviderArn', { Fn: { CapacityProviderConfig: { Arn: 'orders' } } }, 'CapacityProviderConfig.Arn'],
  ['ConcurrencyRange', { Fn: { CapacityProviderConfig: { PerExecutionEnvironmentMaxConcurrency: 0 } } }, 'CapacityProviderConfig.PerExecutionEnvironmentMaxConcurrency'],
  ['MemoryPerVCpu', { Fn: { CapacityProviderConfig: { ExecutionEnvironmentMemoryGiBPerVCpu: 3 } } }, 'CapacityProviderConfig.ExecutionEnvironmentMemoryGiBPerVCpu'],
  ['FunctionMemoryRange', { Fn: { MemorySize: 512 } }, 'MemorySize'],
  ['NothingPublished', { Fn: { PublishToLatestPublished: false } }, 'PublishToLatestPublished'],
  ['VersionRetained', { Fn: { AutoPublishAlias: 'live', VersionDeletionPolicy: 'Retain' } }, 'VersionDeletionPolicy'],
  ['AsyncInvokeLatest', { Fn: { EventInvokeConfig: { MaximumRetryAttempts: 1 } } }, 'EventInvokeConfig'],
  ['EventSourceUnsupported', { Fn: { Events: { Queue: { Type: 'MQ', Properties: { Broker: 'arn:aws:mq:us-east-1:111111111111:broker:x', Queues: ['a'] } } } } }, 'Events'],
];

test('says that SAM\'s form of the configuration isn\'t CloudFormation\'s', () => {
  const found = findingsIn({ Fn: plain({ CapacityProviderConfig: { Arn: ARN } }) }).filter(({ finding }) => finding.code === 'ProviderArn');

  expect(found.map(({ finding }) => messageOf(finding))).toEqual([
    'CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn isn\'t set, but must be the ARN of a capacity provider. '
      + 'Use Fn::GetAtt of its Arn, or write the whole ARN.',
  ]);
});

test.each(IN_SAM)('says %s in the words of SAM', (code, { Provider, Fn }: any, property) => {
  const found = messagesOfSam(code, { ...Provider }, { ...Fn });

  expect(found).toHaveLength(1);
  expect(found[0].startsWith(`${property} `)).toBe(true);
  expect(found[0]).not.toMatch(/LambdaManagedInstancesCapacityProviderConfig|CapacityProviderScalingConfig|TelemetryConfig|PermissionsConfig|ExplicitTags|InstanceTypes|\bMode\b/);
  expect(wordsOfCdk(found[0])).toEqual([]);
});

test('says what CloudFormation calls it of a schedule of a SAM function', () => {
  const Up = schedule({ Qualifier: 'live', ...two(3, 5) });

  expect(messagesOfSam('ScheduleQualifier', {}, {}, { Up })).toEqual([expect.stringMatching(/^Qualifier /)]);
});

/** By the command, which reads SAM. */
function messagesOfSam(code: string, ofProvider: object, { CapacityProviderConfig, ...ofFunction }: any, more: object = {}): string[] {
  const file = join(folder, `${code}.json`);
  writeFileSync(file, JSON.stringify({
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      Provider: { Type: 'AWS::Serverless::CapacityProvider', Properties: { VpcConfig: { SubnetIds: ['subnet-1'] }, ...ofProvider } },
      Fn: { Type: 'AWS::Serverless::Function', Properties: { Runtime: 'nodejs24.x', CapacityProviderConfig: { Arn: ARN, ...CapacityProviderConfig }, ...ofFunction } },
      ...more,
    },
  }));
  const { findings } = check(readInputs([file], { ...PLACE, parameters: {} }));
  return findings.filter(({ rule }) => rule.endsWith(`::${code}`)).map(({ message, fix }) => `${message}. ${fix}`);
}
