/** What is read of functions and of the resources that belong to them, from plain properties. */
import { Fact, UNKNOWN } from '../../../src/reading/fact';
import { ResourceView } from '../../../src/reading/resource-view';
import { TemplateProperties } from '../../../src/reading/templates/template-properties';
import { functionFacts, standardFunctionFacts } from '../../../src/rules/function/function-facts';
import { gpuFacts, gpuFactsIfAny, mayHaveGpus } from '../../../src/rules/function/gpu-facts';
import { publishedFacts } from '../../../src/rules/function/published-for-nobody';
import {
  aliasFacts, eventInvokeFacts, eventSourceFacts, functionUrlFacts, invocationFacts, scalableTargetFacts, versionFacts,
} from '../../../src/rules/function/version-and-trigger-facts';

const PARAMETER = { Ref: 'Parameter' };
const properties = (written: object) => new TemplateProperties(written);
const resource = (written: object, more: object = {}) => ({ properties: properties(written), ...more }) as unknown as ResourceView;
const counts = (min?: unknown, max?: unknown) => ({ FunctionScalingConfig: { MinExecutionEnvironments: min, MaxExecutionEnvironments: max } });

const EVERYTHING = {
  MemorySize: 4096,
  CapacityProviderConfig: {
    LambdaManagedInstancesCapacityProviderConfig: { ExecutionEnvironmentMemoryGiBPerVCpu: 4, PerExecutionEnvironmentMaxConcurrency: 10 },
  },
  Runtime: 'nodejs24.x',
  Architectures: ['arm64'],
  Timeout: 30,
  VpcConfig: { SubnetIds: ['subnet-1'] },
  FileSystemConfigs: [{ Arn: 'a' }],
  SnapStart: { ApplyOn: 'PublishedVersions' },
  LoggingConfig: { LogFormat: 'Text' },
  EphemeralStorage: { Size: 1024 },
  TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
  ReservedConcurrentExecutions: 5,
  FunctionName: 'orders',
  AcceleratorConfig: { AcceleratorMemorySize: 24 },
  PublishToLatestPublished: false,
  ...counts(1, 2),
};

test('each property of a function is read', () => {
  expect(functionFacts(properties(EVERYTHING))).toEqual({
    memorySize: 4096,
    executionEnvironmentMemoryGiBPerVCpu: 4,
    perExecutionEnvironmentMaxConcurrency: 10,
    runtime: 'nodejs24.x',
    architecture: 'arm64',
    timeout: 30,
    inVpc: true,
    mountsFileSystem: true,
    snapStart: 'PublishedVersions',
    logFormat: 'Text',
    ephemeralStorage: 1024,
    tenantIsolation: 'PER_TENANT',
    reservedConcurrency: 5,
    functionName: 'orders',
    hasGpu: true,
    publishToLatestPublished: false,
    minExecutionEnvironments: 1,
    maxExecutionEnvironments: 2,
  });
  expect(standardFunctionFacts(properties(EVERYTHING)))
    .toEqual({ memorySize: 4096, timeout: 30, minExecutionEnvironments: 1, maxExecutionEnvironments: 2 });
});

test('a function without properties has Lambda\'s architecture, and a runtime that isn\'t known', () => {
  const { architecture, runtime, hasGpu, ...others } = functionFacts(properties({}));

  expect([architecture, runtime, hasGpu]).toEqual(['x86_64', UNKNOWN, false]);
  expect(Object.values(others).filter((value) => value !== undefined)).toEqual([]);
});

describe('GPUs', () => {
  test.each<[string, object, Fact<string>]>([
    ['an image', { PackageType: 'Image' }, 'Image'],
    ['Lambda\'s default', {}, 'Zip'],
    ['a parameter', { PackageType: PARAMETER }, UNKNOWN],
  ])('the package is %s', (_what, written, packageType) => {
    expect(gpuFacts(properties(written))).toEqual({
      acceleratorMemorySize: undefined, hasProvider: false, packageType, architecture: 'x86_64', allowedInstanceTypes: undefined,
    });
  });

  test('the provider shows its types', () => {
    expect(gpuFacts(properties({ CapacityProviderConfig: {} }), properties({ InstanceRequirements: { AllowedInstanceTypes: ['g6.xlarge', PARAMETER] } })))
      .toMatchObject({ hasProvider: true, allowedInstanceTypes: ['g6.xlarge', UNKNOWN] });
  });

  test.each<[object, boolean, boolean]>([
    [{ AcceleratorConfig: { AcceleratorMemorySize: 24 } }, false, true],
    [{}, true, true],
    [{}, false, false],
  ])('are looked at only if there may be some: %p, %p', (written, providerMayHave, expected) => {
    expect(gpuFactsIfAny(properties(written), undefined, providerMayHave) !== undefined).toBe(expected);
  });

  test.each<[unknown, boolean]>([
    [['g6.xlarge', 'm8g.large'], true],
    [['p5.48xlarge'], true],
    [['m8g.large', 'g6.xlarge'], false],
    [['trn1.2xlarge'], false],
    [[PARAMETER], false],
    [[], false],
    [undefined, false],
  ])('a provider with %p may have some', (AllowedInstanceTypes, expected) => {
    expect(mayHaveGpus(properties({ InstanceRequirements: { AllowedInstanceTypes } }))).toBe(expected);
  });
});

describe('what belongs to a function', () => {
  const provisioned = (count: unknown) => ({ ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: count } });

  test.each<[unknown, Fact<boolean>]>([[1, true], [0, false], [PARAMETER, UNKNOWN], [undefined, undefined]])('has provisioned concurrency of %p', (count, expected) => {
    expect(versionFacts(resource(provisioned(count)), false).provisionedConcurrency).toBe(expected);
    expect(aliasFacts(resource(provisioned(count))).provisionedConcurrency).toBe(expected);
  });

  test('is a version with counts and a policy', () => {
    expect(versionFacts(resource(counts(1, 2), { deletionPolicy: 'Retain' }), true))
      .toEqual({ provisionedConcurrency: undefined, minExecutionEnvironments: 1, maxExecutionEnvironments: 2, deletionPolicy: 'Retain', hasGpu: true });
  });

  test('names a version', () => {
    expect(aliasFacts(resource({ FunctionVersion: '7' }))).toMatchObject({ qualifier: '7', qualifierProperty: 'functionVersion' });
    expect(eventInvokeFacts(resource({ Qualifier: '$LATEST' }))).toEqual({ qualifier: '$LATEST', qualifierProperty: 'qualifier' });
    expect(invocationFacts({ fn: resource({}), qualifier: '$LATEST', path: ['target', 'arn'] })).toEqual({ qualifier: '$LATEST', qualifierProperty: 'target.arn' });
  });

  test.each<[unknown, Fact<boolean>]>([
    ['lambda:function:ProvisionedConcurrency', true],
    ['ecs:service:DesiredCount', false],
    [PARAMETER, UNKNOWN],
    [undefined, undefined],
  ])('scales by %p', (ScalableDimension, expected) => {
    expect(scalableTargetFacts(resource({ ScalableDimension })).provisionedConcurrency).toBe(expected);
  });

  test.each<[unknown, Fact<boolean>]>([['RESPONSE_STREAM', true], ['BUFFERED', false], [undefined, false], [PARAMETER, UNKNOWN]])('is a URL with the mode %p', (InvokeMode, expected) => {
    expect(functionUrlFacts(resource({ InvokeMode })).streams).toBe(expected);
  });

  test.each<[object, string | undefined]>([
    [{ DocumentDBEventSourceConfig: {} }, 'Amazon DocumentDB'],
    [{ DocumentDbEventSourceConfig: {} }, 'Amazon DocumentDB'],
    [{ Queues: ['orders'] }, 'Amazon MQ'],
    [{ EventSourceArn: 'arn:aws:mq:eu-west-1:123456789012:broker:orders:b-1' }, 'Amazon MQ'],
    [{ EventSourceArn: 'arn:aws:rds:eu-west-1:123456789012:cluster:orders' }, 'Amazon DocumentDB'],
    [{ EventSourceArn: 'arn:aws:docdb:eu-west-1:123456789012:cluster:orders' }, 'Amazon DocumentDB'],
    [{ EventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:orders' }, undefined],
    [{ EventSourceArn: PARAMETER }, undefined],
    [{}, undefined],
  ])('is an event source: %p', (written, expected) => {
    expect(eventSourceFacts(resource(written)).unsupportedSource).toBe(expected);
  });
});

describe('the environments that $LATEST.PUBLISHED keeps', () => {
  test.each<[string, object, Fact<number>, Fact<number>]>([
    ['AWS\'s default', {}, 3, undefined],
    ['a minimum', counts(4), 4, undefined],
    ['a minimum of 0', counts(0, 5), 0, 5],
    ['a maximum below AWS\'s default', counts(undefined, 2), 2, 2],
    ['a maximum above AWS\'s default', counts(undefined, 9), 3, 9],
    ['a maximum that is a parameter', counts(undefined, PARAMETER), 3, UNKNOWN],
    ['a minimum that is a parameter', counts(PARAMETER, 9), UNKNOWN, 9],
  ])('%s', (_what, written, minEnvironments, maxEnvironments) => {
    expect(publishedFacts(properties(written), [], [])).toMatchObject({ minEnvironments, maxEnvironments, hasMaximumOnVersion: false });
  });

  test.each<[string, object[], boolean]>([
    ['none', [{}, counts(3)], false],
    ['one', [{}, counts(undefined, 5)], true],
    ['one that is a parameter', [counts(undefined, PARAMETER)], true],
  ])('versions with a maximum of their own: %s', (_what, versions, expected) => {
    expect(publishedFacts(properties({}), [], versions.map((written) => resource(written))).hasMaximumOnVersion).toBe(expected);
  });
});
