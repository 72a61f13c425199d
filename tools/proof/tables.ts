import { Models, Published } from './models';
import { CLOUDWATCH_LIMITS } from '../../src/service/cloudwatch-limits';
import { MEMORY_GIB_PER_VCPU } from '../../src/service/execution-environments';
import { FEATURES } from '../../src/service/features';
import { GPU_UTILIZATION_METRIC } from '../../src/service/gpu';
import { LimitName, LIMITS } from '../../src/service/limits';
import { REGIONS } from '../../src/service/regions';
import { parseRuntime } from '../../src/service/runtimes';

/** Compares the tables of `src/service` with AWS's published models, and lists the differences. */
const PROVIDER = 'AWS::Lambda::CapacityProvider';
const FUNCTION = 'AWS::Lambda::Function';

/** A place in the models: a shape of the API or a member of it, and the same property in CloudFormation's registry. */
interface Place {
  readonly api: readonly [service: string, shape: string, member?: string];
  /** The property in the registry. Absent if CloudFormation doesn't state a bound. */
  readonly registry?: readonly [type: string, path: string];
}

const ON_PROVIDER: Place = {
  api: ['lambda', 'LambdaManagedInstancesCapacityProviderConfig', 'PerExecutionEnvironmentMaxConcurrency'],
  registry: [FUNCTION, 'CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.PerExecutionEnvironmentMaxConcurrency'],
};
const CEILING: Place = {
  api: ['lambda', 'CapacityProviderScalingConfig', 'MaxVCpuCount'],
  registry: [PROVIDER, 'CapacityProviderScalingConfig.MaxVCpuCount'],
};

/** The bounds of the table that the models also have. */
const BOUNDS: Partial<Record<LimitName, readonly ['min' | 'max', Place]>> = {
  functionMemoryMax: ['max', { api: ['lambda', 'CreateFunctionRequest', 'MemorySize'], registry: [FUNCTION, 'MemorySize'] }],
  concurrencyPerEnvironmentMin: ['min', ON_PROVIDER],
  concurrencyPerEnvironmentMax: ['max', ON_PROVIDER],
  timeoutMax: ['max', { api: ['lambda', 'CreateFunctionRequest', 'Timeout'], registry: [FUNCTION, 'Timeout'] }],
  ephemeralStorageMin: ['min', { api: ['lambda', 'EphemeralStorage', 'Size'], registry: [FUNCTION, 'EphemeralStorage.Size'] }],
  ephemeralStorageMax: ['max', { api: ['lambda', 'EphemeralStorage', 'Size'], registry: [FUNCTION, 'EphemeralStorage.Size'] }],
  executionEnvironmentsMax: ['max', {
    api: ['lambda', 'FunctionScalingConfig', 'MaxExecutionEnvironments'],
    registry: [FUNCTION, 'FunctionScalingConfig.MaxExecutionEnvironments'],
  }],
  subnetsMax: ['max', { api: ['lambda', 'CapacityProviderVpcConfig', 'SubnetIds'], registry: [PROVIDER, 'VpcConfig.SubnetIds'] }],
  securityGroupsMax: ['max', {
    api: ['lambda', 'CapacityProviderVpcConfig', 'SecurityGroupIds'],
    registry: [PROVIDER, 'VpcConfig.SecurityGroupIds'],
  }],
  providerNameMax: ['max', {
    api: ['lambda', 'CreateCapacityProviderRequest', 'CapacityProviderName'],
    registry: [PROVIDER, 'CapacityProviderName'],
  }],
  instanceTypesMax: ['max', {
    api: ['lambda', 'InstanceRequirements', 'AllowedInstanceTypes'],
    registry: [PROVIDER, 'InstanceRequirements.AllowedInstanceTypes'],
  }],
  vCpuCountMin: ['min', CEILING],
  vCpuCountMax: ['max', CEILING],
  scalingPoliciesMax: ['max', {
    api: ['lambda', 'CapacityProviderScalingConfig', 'ScalingPolicies'],
    registry: [PROVIDER, 'CapacityProviderScalingConfig.ScalingPolicies'],
  }],
  tagKeyMax: ['max', { api: ['lambda', 'TagKey'], registry: [PROVIDER, 'PropagateTags.ExplicitTags.Key'] }],
  tagValueMax: ['max', { api: ['lambda', 'TagValue'], registry: [PROVIDER, 'PropagateTags.ExplicitTags.Value'] }],
  propagatedTagsMax: ['max', { api: ['lambda', 'PropagateTags', 'ExplicitTags'], registry: [PROVIDER, 'PropagateTags.ExplicitTags'] }],
};

/** The bounds that no model has, because the models' bounds are for all functions, or don't exist. */
const NOT_IN_MODELS: readonly LimitName[] = [
  'functionMemoryMin', 'standardMemoryMax', 'concurrencyPerVCpuMax', 'synchronousTimeoutMax', 'ephemeralStorageDocumentedMax',
  'versionsPerProviderMax', 'versionsPerProviderNear', 'vCpuCountProvenMin', 'vCpuCountDefault', 'providersPerStackMax',
  'scalingTargetHeadroomMax',
];

/** The words of Lambda's API that the tables use. */
const WORDS: readonly (readonly [word: string, place: Place])[] = [
  [FEATURES.snapStartOn, { api: ['lambda', 'SnapStart', 'ApplyOn'], registry: [FUNCTION, 'SnapStart.ApplyOn'] }],
  [FEATURES.textLogs, { api: ['lambda', 'LoggingConfig', 'LogFormat'], registry: [FUNCTION, 'LoggingConfig.LogFormat'] }],
  [FEATURES.jsonLogs, { api: ['lambda', 'LoggingConfig', 'LogFormat'], registry: [FUNCTION, 'LoggingConfig.LogFormat'] }],
  [FEATURES.responseStreaming, { api: ['lambda', 'CreateFunctionUrlConfigRequest', 'InvokeMode'], registry: ['AWS::Lambda::Url', 'InvokeMode'] }],
  [GPU_UTILIZATION_METRIC, { api: ['lambda', 'TargetTrackingScalingPolicy', 'PredefinedMetricType'] }],
];

/** The known differences, each with its reason. A known difference that no longer exists is an error, too. */
export const EXPECTED: Readonly<Record<string, string>> = {
  'runtime custom is of no known family': 'Customer-managed runtimes: AWS doesn\'t mention them for managed instances.',
  'il-central-1 has the resource type, and is not listed': 'AWS left it out when it opened the other Regions; the type alone says little.',
  'me-south-1 is not in the registry': 'Its table is gone from cfn-lint 1.58.0.',
};

/** Returns each difference between the tables and the models, in words. */
export function differences(models: Models): string[] {
  const unsorted = (Object.keys(LIMITS) as LimitName[]).filter((name) => !BOUNDS[name] && !NOT_IN_MODELS.includes(name));
  return [
    ...unsorted.map((name) => `limit ${name} is new: add where the models have it, or that they don't, to tools/proof/tables.ts`),
    ...Object.entries(BOUNDS).flatMap(([name, [end, place]]) => boundDifferences(models, name, LIMITS[name as LimitName].value, end, place)),
    ...memoryPerVCpuDifferences(models),
    ...boundDifferences(models, 'alarmDescription', CLOUDWATCH_LIMITS.alarmDescription, 'max', {
      api: ['cloudwatch', 'PutMetricAlarmInput', 'AlarmDescription'],
      registry: ['AWS::CloudWatch::Alarm', 'AlarmDescription'],
    }),
    ...WORDS.flatMap(([word, place]) => published(models, place)
      .filter(({ says }) => !says.enum?.includes(word))
      .map(({ by }) => `${word} is unknown in ${by}`)),
    ...runtimeDifferences(models),
    ...regionDifferences(models),
  ];
}

/** Returns the unexpected differences, and the expected ones that no longer exist. */
export function unexpected(found: readonly string[], expected: Readonly<Record<string, string>> = EXPECTED): string[] {
  return [
    ...found.filter((difference) => !(difference in expected)),
    ...Object.keys(expected).filter((difference) => !found.includes(difference)).map((difference) => `no longer so: ${difference}`),
  ];
}

function boundDifferences(models: Models, name: string, ours: number, end: 'min' | 'max', place: Place): string[] {
  return published(models, place)
    .filter(({ says }) => says[end] !== ours)
    .map(({ says, by }) => `${name} is ${ours} here and ${says[end] ?? 'unbounded'} in ${by}`);
}

function memoryPerVCpuDifferences(models: Models): string[] {
  const place: Place = {
    api: ['lambda', 'LambdaManagedInstancesCapacityProviderConfig', 'ExecutionEnvironmentMemoryGiBPerVCpu'],
    registry: [FUNCTION, 'CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.ExecutionEnvironmentMemoryGiBPerVCpu'],
  };
  return [
    ...boundDifferences(models, 'the smallest memory per vCPU', Math.min(...MEMORY_GIB_PER_VCPU), 'min', place),
    ...boundDifferences(models, 'the largest memory per vCPU', Math.max(...MEMORY_GIB_PER_VCPU), 'max', place),
  ];
}

function runtimeDifferences(models: Models): string[] {
  const runtimes = new Set(published(models, { api: ['lambda', 'CreateFunctionRequest', 'Runtime'], registry: [FUNCTION, 'Runtime'] })
    .flatMap(({ says }) => says.enum ?? []));
  return [...runtimes].filter((runtime) => !parseRuntime(runtime)).map((runtime) => `runtime ${runtime} is of no known family`);
}

/**
 * Returns the differences about Regions. The tables of isolated Regions and of the European Sovereign Cloud are copies of us-east-1's, so they prove
 * nothing.
 */
function regionDifferences(models: Models): string[] {
  const { all, withType } = models.regions(PROVIDER);
  const isOurs = (region: string) => !REGIONS.unsupported.test(region) && !REGIONS.unlisted.includes(region);
  const regions = all.filter((region) => !/-iso|^eusc-/.test(region));
  return [
    ...regions.filter((region) => isOurs(region) && !withType.includes(region)).map((region) => `${region} lacks the resource type, and passes here`),
    ...regions.filter((region) => !isOurs(region) && withType.includes(region)).map((region) => `${region} has the resource type, and is not listed`),
    ...REGIONS.unlisted.filter((region) => !all.includes(region)).map((region) => `${region} is not in the registry`),
  ];
}

function published(models: Models, { api, registry }: Place): { readonly by: string; readonly says: Published }[] {
  return [
    { by: `the API's model of ${api.slice(1).join('.')}`, says: models.api(...api) },
    ...registry ? [{ by: `CloudFormation's schema of ${registry.join('.')}`, says: models.registry(...registry) }] : [],
  ];
}
