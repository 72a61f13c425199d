import { LIMITS } from '../../src/service/limits';
import { Models, Published } from '../../tools/proof/models';
import { differences, EXPECTED, unexpected } from '../../tools/proof/tables';

/** What botocore 1.44.8 and cfn-lint 1.58.0 say, by the last part of a name. */
const PUBLISHED: Record<string, Published> = {
  MemorySize: { min: 128, max: 32768 },
  Timeout: { min: 1, max: 5400 },
  Size: { min: 512, max: 32768 },
  PerExecutionEnvironmentMaxConcurrency: { min: 1, max: 1600 },
  ExecutionEnvironmentMemoryGiBPerVCpu: { min: 2, max: 8 },
  MaxExecutionEnvironments: { min: 0, max: 15000 },
  SubnetIds: { min: 1, max: 16 },
  SecurityGroupIds: { min: 0, max: 5 },
  CapacityProviderName: { min: 1, max: 140 },
  AllowedInstanceTypes: { min: 0, max: 400 },
  MaxVCpuCount: { min: 2, max: 15000 },
  ScalingPolicies: { min: 1, max: 10 },
  ExplicitTags: { min: 0, max: 40 },
  TagKey: { min: 1, max: 128 },
  TagValue: { min: 0, max: 256 },
  Key: { min: 1, max: 128 },
  Value: { min: 0, max: 256 },
  AlarmDescription: { min: 0, max: 1024 },
  ApplyOn: { enum: ['PublishedVersions', 'None'] },
  LogFormat: { enum: ['JSON', 'Text'] },
  InvokeMode: { enum: ['BUFFERED', 'RESPONSE_STREAM'] },
  PredefinedMetricType: { enum: ['LambdaCapacityProviderAverageCPUUtilization', 'LambdaCapacityProviderAverageGPUUtilization'] },
  Runtime: { enum: ['nodejs24.x', 'python3.14', 'java25', 'dotnet10', 'provided.al2023', 'ruby4.0', 'go1.x'] },
};
const REGIONS = { all: ['us-east-1', 'cn-north-1', 'us-gov-west-1', 'us-iso-east-1'], withType: ['us-east-1', 'us-iso-east-1'] };

function models(changes: Record<string, Published> = {}, regions = REGIONS): Models {
  const find = (name: string) => ({ ...PUBLISHED, ...changes })[name];
  return { api: (_service, shape, member) => find(member ?? shape), registry: (_type, path) => find(path.split('.').at(-1)!), regions: () => regions };
}

/** The differences besides those between the tables and the few Regions above. */
function found(changes?: Record<string, Published>, regions?: typeof REGIONS): string[] {
  return differences(models(changes, regions)).filter((difference) => !difference.endsWith('is not in the registry'));
}

test('finds no difference where there is none', () => {
  expect(found()).toEqual([]);
});

test.each([
  ['a maximum', { Timeout: { max: 7200 } }, 'timeoutMax is 5400 here and 7200 in the API\'s model of CreateFunctionRequest.Timeout'],
  ['a maximum that is gone', { SubnetIds: {} }, 'subnetsMax is 16 here and unbounded in CloudFormation\'s schema of AWS::Lambda::CapacityProvider.VpcConfig.SubnetIds'],
  ['a minimum', { MaxVCpuCount: { min: 4, max: 15000 } }, 'vCpuCountMin is 2 here and 4 in the API\'s model of CapacityProviderScalingConfig.MaxVCpuCount'],
  ['the memory per vCPU', { ExecutionEnvironmentMemoryGiBPerVCpu: { min: 2, max: 16 } },
    'the largest memory per vCPU is 8 here and 16 in the API\'s model of LambdaManagedInstancesCapacityProviderConfig.ExecutionEnvironmentMemoryGiBPerVCpu'],
  ['a word', { LogFormat: { enum: ['Json', 'Text'] } }, 'JSON is unknown in CloudFormation\'s schema of AWS::Lambda::Function.LoggingConfig.LogFormat'],
  ['a runtime', { Runtime: { enum: ['cobol85'] } }, 'runtime cobol85 is of no known family'],
])('says that %s differs', (_what, changes, difference) => {
  expect(found(changes)).toContain(difference);
});

test('says which Regions have the resource type and are not listed, and the other way round', () => {
  const regions = { all: ['eu-west-1', 'us-east-1', 'cn-north-1', 'il-central-1'], withType: ['us-east-1', 'cn-north-1', 'il-central-1'] };

  expect(found({}, regions)).toEqual([
    'eu-west-1 lacks the resource type, and passes here',
    'cn-north-1 has the resource type, and is not listed',
    'il-central-1 has the resource type, and is not listed',
  ]);
});

test('knows of each limit whether the models have it', () => {
  expect(Object.keys(LIMITS).length).toBeGreaterThan(20);
  expect(found().filter((difference) => difference.includes('is new'))).toEqual([]);
});

test('fails on what nobody expects, and on what was expected and is gone', () => {
  const expected = { 'a is so': 'for a reason', 'b is so': 'for a reason' };

  expect(unexpected(['a is so', 'c is so'], expected)).toEqual(['c is so', 'no longer so: b is so']);
  expect(unexpected(Object.keys(EXPECTED))).toEqual([]);
});
