import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ManagedInstances } from '../../src';
import { onlyResource, synthErrorOf, testFunction, testStack, warningsOf } from '../util';

let stack: Stack;
let fleet: ManagedInstances;

beforeEach(() => {
  stack = testStack();
  fleet = new ManagedInstances(stack, 'Fleet');
});

const LMI = 'LambdaManagedInstancesCapacityProviderConfig';

/** The properties of the one function in the stack. */
function renderedFunction(): any {
  return onlyResource(stack, 'AWS::Lambda::Function').Properties;
}

describe('what attaching renders', () => {
  test('writes memory, ratio and log format out when nothing is asked for', () => {
    // WHEN
    fleet.addFunction(testFunction(stack));

    // THEN
    expect(renderedFunction()).toMatchObject({
      MemorySize: 2048,
      LoggingConfig: { LogFormat: 'JSON' },
      CapacityProviderConfig: {
        [LMI]: {
          CapacityProviderArn: { 'Fn::GetAtt': [expect.stringMatching('^FleetCapacityProvider'), 'Arn'] },
          ExecutionEnvironmentMemoryGiBPerVCpu: 2,
        },
      },
    });
  });

  test('leaves out what nobody asked for', () => {
    // WHEN
    fleet.addFunction(testFunction(stack));

    // THEN
    const properties = renderedFunction();
    expect(properties).not.toHaveProperty('FunctionScalingConfig');
    expect(properties).not.toHaveProperty('PublishToLatestPublished');
    expect(properties.CapacityProviderConfig[LMI]).not.toHaveProperty('PerExecutionEnvironmentMaxConcurrency');
  });

  test('passes each option on', () => {
    // WHEN
    fleet.addFunction(testFunction(stack, 'Function', { memorySize: 8192 }), {
      executionEnvironmentMemoryGiBPerVCpu: 4,
      perExecutionEnvironmentMaxConcurrency: 100,
      publishToLatestPublished: false,
      latestPublishedScalingConfig: { minExecutionEnvironments: 5, maxExecutionEnvironments: 12 },
    });

    // THEN
    expect(renderedFunction()).toMatchObject({
      MemorySize: 8192,
      PublishToLatestPublished: false,
      FunctionScalingConfig: { MinExecutionEnvironments: 5, MaxExecutionEnvironments: 12 },
      CapacityProviderConfig: {
        [LMI]: { ExecutionEnvironmentMemoryGiBPerVCpu: 4, PerExecutionEnvironmentMaxConcurrency: 100 },
      },
    });
  });

  test.each([[2, 2048], [4, 4096], [8, 8192]])('gives one vCPU of memory at %d GiB per vCPU', (ratio, memory) => {
    // WHEN
    fleet.addFunction(testFunction(stack), { executionEnvironmentMemoryGiBPerVCpu: ratio });

    // THEN
    expect(renderedFunction().MemorySize).toBe(memory);
  });

  test('gives a memory that is right for each ratio where the ratio is a parameter', () => {
    // GIVEN
    const ratio = new CfnParameter(stack, 'Ratio', { type: 'Number' }).valueAsNumber;

    // WHEN
    fleet.addFunction(testFunction(stack), { executionEnvironmentMemoryGiBPerVCpu: ratio });

    // THEN
    expect(renderedFunction().MemorySize).toBe(8192);
  });

  test.each([
    [{ minExecutionEnvironments: 5 }, { MinExecutionEnvironments: 5 }],
    [{ maxExecutionEnvironments: 10 }, { MinExecutionEnvironments: 3, MaxExecutionEnvironments: 10 }],
    [{ maxExecutionEnvironments: 2 }, { MinExecutionEnvironments: 2, MaxExecutionEnvironments: 2 }],
  ])('completes %p', (given, rendered) => {
    // WHEN
    fleet.addFunction(testFunction(stack), { latestPublishedScalingConfig: given });

    // THEN
    expect(renderedFunction().FunctionScalingConfig).toEqual(rendered);
  });

  test('keeps the logging of the function', () => {
    // GIVEN
    const fn = testFunction(stack, 'Function', {
      loggingFormat: lambda.LoggingFormat.JSON,
      applicationLogLevelV2: lambda.ApplicationLogLevel.DEBUG,
    });

    // WHEN
    fleet.addFunction(fn);

    // THEN
    expect(renderedFunction().LoggingConfig).toEqual({ LogFormat: 'JSON', ApplicationLogLevel: 'DEBUG' });
  });

  test.each<[string, Partial<lambda.FunctionProps>]>([
    ['a log group', { logGroup: logs.LogGroup.fromLogGroupName(testStack(), 'Group', 'orders') }],
    ['a log group and a format', { logGroup: logs.LogGroup.fromLogGroupName(testStack(), 'Group', 'orders'), loggingFormat: lambda.LoggingFormat.JSON }],
  ])('has a function with %s log JSON', (_what, props) => {
    // WHEN
    fleet.addFunction(testFunction(stack, 'Function', props));

    // THEN
    expect(renderedFunction().LoggingConfig).toEqual({ LogFormat: 'JSON', LogGroup: 'orders' });
  });

  test('renders what CDK\'s own addFunction renders, the hash of the version included', () => {
    // GIVEN
    const options = { executionEnvironmentMemoryGiBPerVCpu: 2, perExecutionEnvironmentMaxConcurrency: 32 };
    const templateWith = (attach: (fleet: ManagedInstances, fn: lambda.Function) => void) => {
      const other = testStack();
      const fn = testFunction(other, 'Function', { memorySize: 2048, loggingFormat: lambda.LoggingFormat.JSON, architecture: lambda.Architecture.X86_64 });
      attach(new ManagedInstances(other, 'Fleet', { architecture: lambda.Architecture.X86_64 }), fn);
      expect(fn.currentVersion.node.path).toBeDefined();
      return Template.fromStack(other).toJSON();
    };

    // THEN
    expect(templateWith((f, fn) => f.addFunction(fn, options)))
      .toEqual(templateWith((f, fn) => f.capacityProvider.addFunction(fn, options)));
  });
});

describe('what can be attached', () => {
  test('takes a NodejsFunction', () => {
    // GIVEN
    const fn = new NodejsFunction(stack, 'Function', { entry: 'test/fixtures/handler.ts', runtime: lambda.Runtime.NODEJS_24_X });

    // WHEN
    fleet.addFunction(fn);

    // THEN
    expect(renderedFunction().MemorySize).toBe(2048);
  });

  test('takes a container image, whose runtime is unknown', () => {
    // GIVEN
    const fn = new lambda.Function(stack, 'Function', {
      runtime: lambda.Runtime.FROM_IMAGE,
      handler: lambda.Handler.FROM_IMAGE,
      code: lambda.Code.fromEcrImage(repository(stack)),
    });

    // WHEN
    fleet.addFunction(fn);

    // THEN
    expect(renderedFunction()).toMatchObject({ PackageType: 'Image', MemorySize: 2048 });
  });

  test('takes a DockerImageFunction', () => {
    // WHEN
    fleet.addFunction(new lambda.DockerImageFunction(stack, 'Function', { code: lambda.DockerImageCode.fromEcr(repository(stack)) }));

    // THEN
    expect(renderedFunction()).toMatchObject({ PackageType: 'Image', MemorySize: 2048 });
  });

  test('takes an L1', () => {
    // GIVEN
    const fn = new lambda.CfnFunction(stack, 'Function', { code: { zipFile: 'x' }, role: 'arn', runtime: 'nodejs24.x', handler: 'index.handler' });

    // WHEN
    fleet.addFunction(fn);

    // THEN
    expect(renderedFunction().MemorySize).toBe(2048);
  });

  test('takes a construct around a function', () => {
    // GIVEN
    class Wrapper extends Construct implements lambda.IFunctionRef {
      readonly fn = testFunction(this, 'Resource');
      readonly env = this.fn.env;
      readonly functionRef = this.fn.functionRef;
    }

    // WHEN
    fleet.addFunction(new Wrapper(stack, 'Wrapper'));

    // THEN
    expect(renderedFunction().MemorySize).toBe(2048);
  });

  test('refuses what is no function of this app, and says what to pass', () => {
    // GIVEN
    const fn = testFunction(stack);

    // THEN
    const attach = (target: lambda.IFunctionRef) => () => fleet.addFunction(target);
    expect(attach(new lambda.Alias(stack, 'Alias', { aliasName: 'live', version: fn.currentVersion })))
      .toThrow('fn is an alias, but must be a function that this app creates. Attach the function that the alias points to. [cdk-lambda-managed-instances::AttachTarget]');
    expect(attach(fn.currentVersion))
      .toThrow('is a version, but must be a function that this app creates. Attach the function that the version belongs to. [cdk-lambda-managed-instances::AttachTarget]');
    expect(attach(fn.latestVersion)).toThrow('is a version, but');
    expect(attach(lambda.Version.fromVersionArn(stack, 'ImportedVersion', 'arn:aws:lambda:us-east-1:111111111111:function:orders:7'))).toThrow('is a version, but');
    expect(attach(lambda.Alias.fromAliasAttributes(stack, 'ImportedAlias', { aliasName: 'live', aliasVersion: fn.currentVersion }))).toThrow('is an alias, but');
    expect(attach(lambda.Function.fromFunctionName(stack, 'Imported', 'orders')))
      .toThrow('is an imported function, but must be a function that this app creates. Attach it in the app that creates it, since a template can\'t change a function that it doesn\'t contain. [cdk-lambda-managed-instances::AttachTarget]');
    expect(attach(new lambda.SingletonFunction(stack, 'Singleton', { uuid: 'x', runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('x') })))
      .toThrow('. Use a Function and attach that. [cdk-lambda-managed-instances::AttachTarget]');
    expect(fleet.functions).toEqual([]);
  });

  test('refuses a function that is on a provider already, by whatever route', () => {
    // GIVEN
    const ours = testFunction(stack, 'Ours');
    const theirs = testFunction(stack, 'Theirs');
    const other = new ManagedInstances(stack, 'Other', { network: undefined, vpc: fleet.vpc });
    other.addFunction(ours);
    other.capacityProvider.addFunction(theirs);

    // THEN
    expect(() => fleet.addFunction(ours)).toThrow('fn is already on Stack/Other, but a function has one capacity provider. Attach it once, or create a second function from the same code. [cdk-lambda-managed-instances::SecondProvider]');
    expect(() => fleet.addFunction(theirs)).toThrow('fn is already on another capacity provider, but');
  });
});

describe('what attaching refuses', () => {
  test('throws at the line of the caller', () => {
    // GIVEN
    const fn = testFunction(stack, 'Function', { memorySize: 1024 });

    // WHEN
    let error: Error | undefined;
    try {
      fleet.addFunction(fn);
    } catch (e) {
      error = e as Error;
    }

    // THEN
    expect(error?.message).toBe('memorySize is 1024 MB, but managed instances need 2048 to 32768 MB. Set memorySize to 2048 or more, or leave it out. [cdk-lambda-managed-instances::FunctionMemoryRange]');
    expect(error?.stack).toContain('attach-function.test.ts');
    expect(error?.stack).toContain('Relates to construct');
  });

  test('lists all that is wrong in one error, and leaves the function alone', () => {
    // GIVEN
    const fn = testFunction(stack, 'Function', { memorySize: 1024, runtime: lambda.Runtime.NODEJS_16_X });

    // THEN
    expect(() => fleet.addFunction(fn)).toThrow(/^2 problems:\n {2}- memorySize is 1024 MB, but .*FunctionMemoryRange\]\n {2}- runtime is nodejs16.x, but .*RuntimeUnsupported\]$/);
    expect(fleet.functions).toEqual([]);
    expect(renderedFunction()).not.toHaveProperty('CapacityProviderConfig');
    expect(renderedFunction().MemorySize).toBe(1024);
  });

  test('finds what is changed after the call', () => {
    // GIVEN
    const fn = testFunction(stack);
    fleet.addFunction(fn);

    // WHEN
    (fn.node.defaultChild as lambda.CfnFunction).memorySize = 128;

    // THEN
    expect(synthErrorOf(stack)).toContain('[Stack/Function/Resource] memorySize is 128 MB, but managed instances need 2048 to 32768 MB');
  });

  test('warns at synthesis, once', () => {
    // WHEN
    fleet.addFunction(testFunction(stack, 'Function', { runtime: lambda.Runtime.NODEJS_18_X }));

    // THEN
    expect(warningsOf(stack).filter((warning) => warning.includes('cdk-lambda-managed-instances'))).toEqual([
      'runtime is nodejs18.x, but AWS\'s list for managed instances starts at Node.js 22. Use nodejs22.x or later. [ack: cdk-lambda-managed-instances::RuntimeUnlisted]',
    ]);
  });

  test('does not warn of what was mended before synthesis', () => {
    // GIVEN
    const fn = testFunction(stack, 'Function', { runtime: lambda.Runtime.NODEJS_18_X });
    fleet.addFunction(fn);

    // WHEN
    (fn.node.defaultChild as lambda.CfnFunction).runtime = 'nodejs24.x';

    // THEN
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('what a managed function knows', () => {
  test('says what its environments have, and follows the function', () => {
    // GIVEN
    const fn = testFunction(stack, 'Function', { memorySize: 4096 });

    // WHEN
    const managed = fleet.addFunction(fn, { perExecutionEnvironmentMaxConcurrency: 128 });

    // THEN
    expect(managed.function).toBe(fn);
    expect(managed).toMatchObject({ memorySize: 4096, vCpus: 2, maxConcurrency: 128 });
    (fn.node.defaultChild as lambda.CfnFunction).memorySize = 8192;
    expect(managed).toMatchObject({ memorySize: 8192, vCpus: 4 });
    expect(fleet.functions).toEqual([managed]);
  });

  test('says nothing of what is unknown', () => {
    // GIVEN
    const memorySize = new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber;

    // WHEN
    const managed = fleet.addFunction(testFunction(stack, 'Function', { memorySize }));

    // THEN
    expect(managed.memorySize).toBeUndefined();
    expect(managed.vCpus).toBeUndefined();
    expect(managed.maxConcurrency).toBeUndefined();
  });
});

function repository(scope: Construct) {
  return Repository.fromRepositoryName(scope, 'Repository', 'images');
}

test('leaves a logging configuration that is known only at deployment', () => {
  const resource = testFunction(stack).node.defaultChild as lambda.CfnFunction;
  resource.loggingConfig = Lazy.any({ produce: () => ({ logGroup: 'orders' }) }) as any;
  fleet.addFunction(resource);

  expect(renderedFunction().LoggingConfig).toEqual({ LogGroup: 'orders' });
});

test('is one object for each function, whose unknown numbers are absent', () => {
  const concurrency = new CfnParameter(stack, 'Concurrency', { type: 'Number' }).valueAsNumber;
  const managed = fleet.addFunction(testFunction(stack), { perExecutionEnvironmentMaxConcurrency: concurrency });

  expect(managed.maxConcurrency).toBeUndefined();
  expect(fleet.functions[0]).toBe(managed);
});
