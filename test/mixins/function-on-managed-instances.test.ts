import { CustomResourceProvider, CustomResourceProviderRuntime, Mixins, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as customResources from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { ManagedInstances, mixins } from '../../src';
import { customHandler, onlyResource, synthErrorOf, testFunction, testStack } from '../util';

let stack: Stack;

beforeEach(() => {
  stack = testStack();
});

const imported = () => lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'theirs');
const attach = (capacityProvider: lambda.ICapacityProviderRef = imported(), options = {}) =>
  new mixins.FunctionOnManagedInstances({ capacityProvider, ...options });
const rendered = () => onlyResource(stack, 'AWS::Lambda::Function').Properties;

test('attaches an L2', () => {
  testFunction(stack).with(attach());

  expect(rendered()).toMatchObject({
    MemorySize: 2048,
    CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { ExecutionEnvironmentMemoryGiBPerVCpu: 2 } },
  });
});

test('attaches an L1', () => {
  new lambda.CfnFunction(stack, 'Function', { code: { zipFile: 'x' }, role: 'arn' }).with(attach());

  expect(rendered()).toHaveProperty('CapacityProviderConfig');
});

test('attaches a container image', () => {
  const code = lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stack, 'Repository', 'images'));
  new lambda.DockerImageFunction(stack, 'Function', { code }).with(attach());

  expect(rendered()).toMatchObject({ PackageType: 'Image', MemorySize: 2048 });
});

test('attaches all functions below', () => {
  // GIVEN
  const scope = new Construct(stack, 'Scope');
  testFunction(scope, 'A');
  testFunction(scope, 'B');
  testFunction(stack, 'C');

  // WHEN
  Mixins.of(scope).apply(attach());

  // THEN
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  expect(functions.map(({ Properties }) => 'CapacityProviderConfig' in Properties)).toEqual([true, true, false]);
});

test('skips an import, an alias and a singleton in silence', () => {
  const fn = testFunction(stack);
  const alias = new lambda.Alias(stack, 'Alias', { aliasName: 'live', version: fn.currentVersion });
  const singleton = new lambda.SingletonFunction(stack, 'Singleton', { uuid: 'x', runtime: lambda.Runtime.NODEJS_24_X, handler: 'x', code: lambda.Code.fromInline('x') });

  const mixin = attach();
  [lambda.Function.fromFunctionName(stack, 'Imported', 'orders'), alias, singleton].forEach((construct) => construct.with(mixin));

  Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'))
    .forEach(({ Properties }) => expect(Properties).not.toHaveProperty('CapacityProviderConfig'));
});

test.each([
  ['our construct', () => new ManagedInstances(stack, 'Fleet')],
  ['CDK\'s own', () => {
    const vpc = new ec2.Vpc(stack, 'Vpc');
    return new lambda.CapacityProvider(stack, 'Fleet', { subnets: vpc.privateSubnets, securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })] });
  }],
  ['an L1', () => new lambda.CfnCapacityProvider(stack, 'Fleet', {
    vpcConfig: { subnetIds: ['subnet-1'], securityGroupIds: [] },
    permissionsConfig: { capacityProviderOperatorRoleArn: 'arn' },
  })],
  ['an import', imported],
])('attaches to %s', (_kind, create) => {
  const provider = create();

  testFunction(stack).with(attach(provider));

  expect(rendered().CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn)
    .toEqual(stack.resolve(provider.capacityProviderRef.capacityProviderArn));
});

test('renders what addFunction renders', () => {
  // GIVEN
  const options = { perExecutionEnvironmentMaxConcurrency: 32, latestPublishedScalingConfig: { maxExecutionEnvironments: 2 } };
  const templateWith = (put: (fleet: ManagedInstances, fn: lambda.Function) => void) => {
    const other = testStack();
    const fn = testFunction(other, 'Function', { architecture: lambda.Architecture.ARM_64 });
    put(new ManagedInstances(other, 'Fleet'), fn);
    new lambda.Alias(other, 'Alias', { aliasName: 'live', version: fn.currentVersion });
    return Template.fromStack(other).toJSON();
  };

  // THEN
  expect(templateWith((fleet, fn) => fn.with(attach(fleet, options)))).toEqual(templateWith((fleet, fn) => fleet.addFunction(fn, options)));
});

test('counts as a function of the fleet', () => {
  const fleet = new ManagedInstances(stack, 'Fleet');
  const fn = testFunction(stack, 'Function', { architecture: lambda.Architecture.ARM_64 });

  fn.with(attach(fleet));

  expect(fleet.functions.map((managed) => managed.function)).toEqual([fn.node.defaultChild]);
  expect(onlyResource(stack, 'AWS::Lambda::CapacityProvider').Properties.InstanceRequirements).toEqual({ Architectures: ['arm64'] });
});

test('reports what addFunction reports', () => {
  expect(() => testFunction(stack, 'Bad', { memorySize: 1024 }).with(attach()))
    .toThrow('memorySize is 1024 MB, but managed instances need 2048 to 32768 MB');
  const fn = testFunction(stack, 'Late');
  fn.with(attach(lambda.CapacityProvider.fromCapacityProviderName(stack, 'Other', 'theirs')));
  (fn.node.defaultChild as lambda.CfnFunction).memorySize = 128;
  expect(synthErrorOf(stack)).toContain('[Stack/Late/Resource] memorySize is 128 MB, but managed instances need 2048 to 32768 MB');
});

test('has CDK\'s own provider judged by what all its functions need', () => {
  // GIVEN
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const securityGroups = [new ec2.SecurityGroup(stack, 'Group', { vpc })];
  const provider = new lambda.CapacityProvider(stack, 'Provider', { subnets: vpc.privateSubnets, securityGroups, maxVCpuCount: 12 });

  // WHEN
  testFunction(stack, 'Large', { memorySize: 32768 }).with(attach(provider));

  // THEN
  expect(synthErrorOf(stack)).toContain('[Stack/Provider/Resource] maxVCpuCount is 12, but the environments that are always kept (Stack/Large $LATEST.PUBLISHED 3 × 16 vCPUs) need 60: 1 × *.6xlarge + 1 × *.9xlarge at the very least');
});

test('refuses a function that is on a provider already', () => {
  const provider = imported();
  const fn = testFunction(stack);
  fn.with(attach(provider));

  expect(() => fn.with(attach(provider))).toThrow('fn is already on Stack/Provider, but a function has one capacity provider');
});

test('supports an L1, and neither an L2 nor other constructs', () => {
  const fn = testFunction(stack);
  const mixin = attach();

  expect([fn.node.defaultChild!, fn, stack].map((construct) => mixin.supports(construct))).toEqual([true, false, false]);
  mixin.applyTo(fn);
  expect(rendered()).not.toHaveProperty('CapacityProviderConfig');
});

test('ignores constructs that are no function when applied by hand', () => {
  attach().applyTo(stack);

  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
});

test('leaves alone what constructs of CDK made for themselves', () => {
  // GIVEN
  const fleet = new ManagedInstances(stack, 'Fleet');
  const mine = testFunction(stack, 'Mine');
  CustomResourceProvider.getOrCreateProvider(stack, 'Custom::Thing', { codeDirectory: customHandler(), runtime: CustomResourceProviderRuntime.NODEJS_22_X });
  new customResources.AwsCustomResource(stack, 'Call', {
    onCreate: { service: 'S3', action: 'listBuckets', physicalResourceId: customResources.PhysicalResourceId.of('x') },
    policy: customResources.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
  });
  new customResources.Provider(stack, 'Provider', { onEventHandler: testFunction(stack, 'Handler') });

  // WHEN
  stack.with(new mixins.FunctionOnManagedInstances({ capacityProvider: fleet }));

  // THEN
  expect(fleet.functions.map(({ function: fn }) => fn.node.path)).toEqual(['Stack/Mine/Resource', 'Stack/Handler/Resource']);
  expect(mine.node.path).toBe('Stack/Mine');
});
