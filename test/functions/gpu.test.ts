import { App, CfnParameter, Duration, Size, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { GpuMemory, InstanceSelection, ManagedInstances, ManagedInstancesLimits } from '../../src';
import { onlyResource, synthErrorOf, testFunction, testStack, warningsOf } from '../util';

const FLAGS = jest.requireActual('aws-cdk-lib/recommended-feature-flags.json');
const STRICT = { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:strictCfnValidateErrors': true };
const CASES: [string, Record<string, unknown>][] = [['without feature flags', {}], ['with all recommended feature flags', FLAGS]];

function imageFunction(scope: Construct, id: string = 'Function', props: Partial<lambda.DockerImageFunctionProps> = {}): lambda.DockerImageFunction {
  return new lambda.DockerImageFunction(scope, id, {
    code: lambda.DockerImageCode.fromEcr(Repository.fromRepositoryName(scope, `${id}Repository`, 'images'), { tagOrDigest: 'v1' }),
    memorySize: 8192,
    ...props,
  });
}

/** Inside of `jest.isolateModules`. */
function functionOfAnotherCopy(): lambda.Function {
  const cdk: typeof import('aws-cdk-lib') = jest.requireActual('aws-cdk-lib');
  const ecr: typeof import('aws-cdk-lib/aws-ecr') = jest.requireActual('aws-cdk-lib/aws-ecr');
  const copy: typeof lambda = jest.requireActual('aws-cdk-lib/aws-lambda');
  const theirs = new cdk.Stack(new cdk.App(), 'Stack');
  const code = copy.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(theirs, 'Repository', 'images'), { tagOrDigest: 'v1' });
  return new copy.DockerImageFunction(theirs, 'Function', { code, memorySize: 8192 });
}

function gpuFleet(scope: Construct, id: string = 'Fleet', memory: GpuMemory = GpuMemory.GIB_24): ManagedInstances {
  return new ManagedInstances(scope, id, { instances: InstanceSelection.gpu({ memory }) });
}

function acknowledgeGpu(fn: lambda.Function): void {
  Validations.of(fn).acknowledge({ id: 'cdk-lambda-managed-instances::GpuUnproven', reason: 'tried in one account' });
}

describe('with a resource of before 2.278.0', () => {
  let stack: Stack;
  beforeEach(() => { stack = testStack(); });

  test.each([
    [GpuMemory.GIB_3, 3], [GpuMemory.GIB_6, 6], [GpuMemory.GIB_12, 12], [GpuMemory.GIB_16, 16], [GpuMemory.GIB_24, 24], [GpuMemory.GIB_48, 48],
  ])('renders the accelerator: %#', (gpuMemory, gigabytes) => {
    // WHEN
    gpuFleet(stack, 'Fleet', gpuMemory).addFunction(imageFunction(stack), { gpuMemory });

    // THEN
    expect(onlyResource(stack, 'AWS::Lambda::Function').Properties).toMatchObject({
      PackageType: 'Image',
      AcceleratorConfig: { AcceleratorMemorySize: gigabytes },
      CapacityProviderConfig: expect.anything(),
    });
  });

  test('renders none where none is asked for', () => {
    // WHEN
    gpuFleet(stack).addFunction(imageFunction(stack));

    // THEN
    expect(onlyResource(stack, 'AWS::Lambda::Function').Properties).not.toHaveProperty('AcceleratorConfig');
  });

  test('lets a function of another copy of aws-cdk-lib publish versions, as where the library is linked', () => {
    // CDK loads classes on first use: ours is here before the copy is.
    const { Function: OurFunction } = lambda;
    jest.isolateModules(() => {
      // GIVEN
      const fn = functionOfAnotherCopy();

      // WHEN
      gpuFleet(Stack.of(fn)).addFunction(fn, { gpuMemory: GpuMemory.GIB_24 });

      // THEN
      expect(fn).not.toBeInstanceOf(OurFunction);
      expect(() => Stack.of(fn).resolve(fn.currentVersion.functionArn)).not.toThrow();
    });
  });

  test('takes an L1', () => {
    // WHEN
    const fn = new lambda.CfnFunction(stack, 'Function', { code: { imageUri: 'image' }, packageType: 'Image', role: 'arn' });
    gpuFleet(stack).addFunction(fn, { gpuMemory: GpuMemory.GIB_24 });

    // THEN
    expect(onlyResource(stack, 'AWS::Lambda::Function').Properties.AcceleratorConfig).toEqual({ AcceleratorMemorySize: 24 });
  });

  test.each(CASES)('has versions and aliases whose hash follows the GPU, %s', (_flags, context) => {
    const versionWith = (gpuMemory?: GpuMemory) => {
      const other = testStack({}, { context });
      const fn = imageFunction(other);
      fn.addAlias('live');
      new ManagedInstances(other, 'Fleet', { instances: InstanceSelection.x86() }).addFunction(fn, { gpuMemory });
      acknowledgeGpu(fn);
      return Object.keys(Template.fromStack(other).findResources('AWS::Lambda::Version'))[0];
    };

    const versions = [versionWith(), versionWith(GpuMemory.GIB_24), versionWith(GpuMemory.GIB_48)];

    expect(new Set(versions).size).toBe(3);
    expect(versionWith(GpuMemory.GIB_24)).toBe(versions[1]);
  });

  test('scales to zero', () => {
    // WHEN
    gpuFleet(stack).addFunction(imageFunction(stack), {
      gpuMemory: GpuMemory.GIB_24,
      latestPublishedScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 4 },
    });

    // THEN
    expect(onlyResource(stack, 'AWS::Lambda::Function').Properties.FunctionScalingConfig).toEqual({ MinExecutionEnvironments: 0, MaxExecutionEnvironments: 4 });
  });

  test('warns of one thing only: that nobody is known to have deployed it', () => {
    // WHEN
    gpuFleet(stack).addFunction(imageFunction(stack), { gpuMemory: GpuMemory.GIB_24 });

    // THEN
    expect(warningsOf(stack)).toEqual([
      'gpuMemory is 24 GB, but AWS hasn\'t published instance types, Regions or prices for GPUs, and nobody has reported a deployment. '
        + 'Deploy to one account first, with a quota for G instances, then acknowledge this. [ack: cdk-lambda-managed-instances::GpuUnproven]',
    ]);
  });

  test('is silent once that is acknowledged', () => {
    // GIVEN
    const fn = imageFunction(stack);
    gpuFleet(stack).addFunction(fn, { gpuMemory: GpuMemory.GIB_24 });

    // WHEN
    acknowledgeGpu(fn);

    // THEN
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('under CDK\'s own template validator', () => {
  beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
  afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

  function appWith(context: Record<string, unknown>, unknownProperty?: 'on another function'): Stack {
    const stack = new Stack(new App({ context: { ...context, ...STRICT } }), 'Stack');
    const fleet = gpuFleet(stack);
    const fn = imageFunction(stack);
    fn.addAlias('live');
    fleet.addFunction(fn, { gpuMemory: GpuMemory.GIB_24 });
    acknowledgeGpu(fn); // strict mode takes warnings for errors
    const other = imageFunction(stack, 'Other');
    if (unknownProperty) (other.node.defaultChild as lambda.CfnFunction).addPropertyOverride('AcceleratorConfig.AcceleratorMemorySize', 24);
    return stack;
  }

  test.each(CASES)('is clean, %s', (_flags, context) => {
    expect(() => Template.fromStack(appWith(context))).not.toThrow();
  });

  test('does not silence the validator on other resources', () => {
    const error = synthErrorOf(appWith({}, 'on another function'));

    expect(error).toContain('F3002');
    expect(error).toContain('Other');
  });
});

describe('with a resource of 2.278.0, which has the property', () => {
  const RENDER = (lambda.CfnFunction.prototype as any).renderProperties;
  const values = new WeakMap<object, any>();

  // As aws-cdk-lib generates it: a typed property, rendered in CloudFormation's words.
  beforeAll(() => {
    Object.defineProperty(lambda.CfnFunction.prototype, 'acceleratorConfig', {
      configurable: true,
      get() { return values.get(this); },
      set(value) { values.set(this, value); },
    });
    (lambda.CfnFunction.prototype as any).renderProperties = function (props: any) {
      const config = values.get(this);
      return { ...RENDER.call(this, props), AcceleratorConfig: config && { AcceleratorMemorySize: config.acceleratorMemorySize } };
    };
  });
  afterAll(() => {
    delete (lambda.CfnFunction.prototype as any).acceleratorConfig;
    (lambda.CfnFunction.prototype as any).renderProperties = RENDER;
  });

  /** As the L2 does with its own `acceleratorConfig`. */
  function functionWith(stack: Stack, acceleratorMemorySize: number, props: Partial<lambda.DockerImageFunctionProps> = {}): lambda.Function {
    const fn = imageFunction(stack, 'Function', props);
    (fn.node.defaultChild as any).acceleratorConfig = { acceleratorMemorySize };
    return fn;
  }

  test('sets it without an override', () => {
    // GIVEN
    const stack = testStack();
    const fn = imageFunction(stack);
    const resource = fn.node.defaultChild as lambda.CfnFunction;
    const override = jest.spyOn(resource, 'addPropertyOverride');

    // WHEN
    gpuFleet(stack).addFunction(fn, { gpuMemory: GpuMemory.GIB_24 });

    // THEN
    expect((resource as any).acceleratorConfig).toEqual({ acceleratorMemorySize: 24 });
    expect(override).not.toHaveBeenCalled();
    expect(onlyResource(stack, 'AWS::Lambda::Function').Properties.AcceleratorConfig).toEqual({ AcceleratorMemorySize: 24 });
  });

  test.each<[string, (stack: Stack) => lambda.Function, GpuMemory | undefined]>([
    ['the function itself', (stack) => functionWith(stack, 24), undefined],
    ['an option', (stack) => imageFunction(stack), GpuMemory.GIB_24],
    ['both', (stack) => functionWith(stack, 24), GpuMemory.GIB_24],
  ])('has it in the hash of versions and acknowledges the older schema, by %s', (_what, make, gpuMemory) => {
    // GIVEN
    const stack = testStack();
    const classify = jest.spyOn(lambda.Function, 'classifyVersionProperty');
    const fn = make(stack);

    // WHEN
    gpuFleet(stack).addFunction(fn, { gpuMemory });

    // THEN
    expect(classify).toHaveBeenCalledWith('AcceleratorConfig', true);
    expect(JSON.stringify(fn.node.defaultChild!.node.metadata)).toContain('F3002');
    expect(onlyResource(stack, 'AWS::Lambda::Function').Properties.AcceleratorConfig).toEqual({ AcceleratorMemorySize: 24 });
  });

  test('refuses an option that says otherwise than the function', () => {
    const stack = testStack();

    expect(() => gpuFleet(stack).addFunction(functionWith(stack, 48), { gpuMemory: GpuMemory.GIB_24 })).toThrow(
      'gpuMemory is 24 GB, but acceleratorConfig of the function says 48 GB. Leave gpuMemory out, or acceleratorConfig of the function. '
        + '[cdk-lambda-managed-instances::ContradictingProps]',
    );
  });

  test('judges what the function says by itself at the call', () => {
    const stack = testStack();

    expect(() => gpuFleet(stack).addFunction(functionWith(stack, 24, { architecture: lambda.Architecture.ARM_64 }))).toThrow('gpuMemory needs architecture x86_64, but the function has architecture arm64');
  });

  test('judges what is set on the resource itself', () => {
    // GIVEN
    const stack = testStack();
    const fn = imageFunction(stack);
    gpuFleet(stack).addFunction(fn);

    // WHEN
    (fn.node.defaultChild as any).acceleratorConfig = { acceleratorMemorySize: 7 };

    // THEN
    expect(synthErrorOf(stack)).toContain('gpuMemory is 7 GB, but Lambda offers GPUs of 3, 6, 12, 16, 24, 48 GB');
  });
});

describe('the size of /tmp', () => {
  let stack: Stack;
  beforeEach(() => { stack = testStack(); });

  test.each([512, 10240, 10241, 32768])('is %d MB with a GPU', (size) => {
    // WHEN
    gpuFleet(stack).addFunction(imageFunction(stack), { gpuMemory: GpuMemory.GIB_24, ephemeralStorageSize: Size.mebibytes(size) });

    // THEN
    expect(onlyResource(stack, 'AWS::Lambda::Function').Properties.EphemeralStorage).toEqual({ Size: size });
  });

  test.each([
    [32769, GpuMemory.GIB_24, 'ephemeralStorageSize is 32769, but must be at most 32768 MB with a GPU. Lower it to 32768 MB'],
    [10241, undefined, 'ephemeralStorageSize is 10241, but must be at most 10240 MB without a GPU. Lower it to 10240 MB'],
  ])('is refused with %d MB', (size, gpuMemory, message) => {
    expect(() => gpuFleet(stack).addFunction(imageFunction(stack), { gpuMemory, ephemeralStorageSize: Size.mebibytes(size) })).toThrow(message);
  });

  test('is what the function says, or refused where that is something else', () => {
    const fn = imageFunction(stack, 'Function', { ephemeralStorageSize: Size.gibibytes(2) });

    expect(() => gpuFleet(stack).addFunction(fn, { ephemeralStorageSize: Size.gibibytes(4) })).toThrow(
      'ephemeralStorageSize is 4096 MB, but ephemeralStorageSize of the function says 2048 MB. Leave ephemeralStorageSize out, or ephemeralStorageSize of the function.',
    );
    expect(() => gpuFleet(stack, 'Other').addFunction(fn, { ephemeralStorageSize: Size.gibibytes(2) })).not.toThrow();
  });
});

describe('what a GPU needs', () => {
  let stack: Stack;
  beforeEach(() => { stack = testStack(); });

  test('refuses a function without a container image', () => {
    expect(() => gpuFleet(stack).addFunction(testFunction(stack), { gpuMemory: GpuMemory.GIB_24 })).toThrow(
      'gpuMemory needs a container image, but the function has package type Zip. Use DockerImageFunction, or leave gpuMemory out. [cdk-lambda-managed-instances::GpuRequirements]',
    );
    expect(onlyResource(stack, 'AWS::Lambda::Function').Properties).not.toHaveProperty('AcceleratorConfig');
  });

  test('refuses arm64', () => {
    // GIVEN
    const fn = imageFunction(stack, 'Function', { architecture: lambda.Architecture.ARM_64 });

    // THEN
    expect(() => new ManagedInstances(stack, 'Fleet').addFunction(fn, { gpuMemory: GpuMemory.GIB_24 })).toThrow(
      'gpuMemory needs architecture x86_64, but the function has architecture arm64. Build it for x86_64, or leave gpuMemory out. [cdk-lambda-managed-instances::GpuRequirements]',
    );
  });

  test('says all that is wrong in one error, with what is wrong besides', () => {
    // GIVEN
    const fn = testFunction(stack, 'Function', { architecture: lambda.Architecture.ARM_64, memorySize: 1024 });

    const fleet = new ManagedInstances(stack, 'Fleet');

    // WHEN
    const attach = () => fleet.addFunction(fn, { gpuMemory: GpuMemory.of(5) });

    // THEN
    expect(attach).toThrow(/^3 problems:/);
    expect(attach).toThrow('memorySize is 1024 MB, but managed instances need 2048 to 32768 MB');
    expect(attach).toThrow('gpuMemory needs a container image and architecture x86_64, but the function has package type Zip and architecture arm64. Use DockerImageFunction and build it for x86_64, or leave gpuMemory out');
    expect(attach).toThrow('gpuMemory is 5 GB, but Lambda offers GPUs of 3, 6, 12, 16, 24, 48 GB. Ask for 6. [cdk-lambda-managed-instances::GpuMemorySize]');
  });

  test.each([[2, 3], [4, 6], [23, 24], [47, 48]])('refuses %d GB, and names the next size', (size, next) => {
    expect(() => gpuFleet(stack, 'Fleet').addFunction(imageFunction(stack), { gpuMemory: GpuMemory.of(size) }))
      .toThrow(`. Ask for ${next}. [cdk-lambda-managed-instances::GpuMemorySize]`);
  });

  test('refuses more than there is', () => {
    expect(() => gpuFleet(stack).addFunction(imageFunction(stack), { gpuMemory: GpuMemory.of(49) })).toThrow('. Ask for at most 48');
  });

  test('takes a size that the limits name', () => {
    // GIVEN
    const fleet = new ManagedInstances(stack, 'Fleet', {
      instances: InstanceSelection.gpu({ memory: GpuMemory.of(96) }),
      limits: ManagedInstancesLimits.CURRENT.withOverrides({ supportedGpuMemorySizes: [96] }),
    });

    // WHEN
    fleet.addFunction(imageFunction(stack), { gpuMemory: GpuMemory.of(96) });

    // THEN
    expect(onlyResource(stack, 'AWS::Lambda::Function').Properties.AcceleratorConfig).toEqual({ AcceleratorMemorySize: 96 });
  });

  test('takes a parameter for the size', () => {
    // GIVEN
    const size = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;

    // WHEN
    gpuFleet(stack).addFunction(imageFunction(stack), { gpuMemory: GpuMemory.of(size) });

    // THEN
    expect(onlyResource(stack, 'AWS::Lambda::Function').Properties.AcceleratorConfig).toEqual({ AcceleratorMemorySize: { Ref: 'Size' } });
  });

  test('finds an accelerator that was set past the library', () => {
    // GIVEN
    const fn = testFunction(stack);
    new ManagedInstances(stack, 'Fleet').addFunction(fn);

    // WHEN
    (fn.node.defaultChild as lambda.CfnFunction).addPropertyOverride('AcceleratorConfig.AcceleratorMemorySize', 10);

    // THEN
    const error = synthErrorOf(stack);
    expect(error).toContain('[Stack/Function/Resource] gpuMemory needs a container image, but the function has package type Zip');
    expect(error).toContain('gpuMemory is 10 GB, but Lambda offers GPUs of 3, 6, 12, 16, 24, 48 GB. Ask for 12');
  });

  const tooSmall = () => warningsOf(stack).filter((warning) => warning.includes('GpuTypesTooSmall'));

  test('warns of types that are too small', () => {
    // WHEN
    gpuFleet(stack, 'Fleet', GpuMemory.GIB_16).addFunction(imageFunction(stack), { gpuMemory: GpuMemory.GIB_24 });

    // THEN
    expect(tooSmall()).toEqual([
      'gpuMemory is 24 GB, but the largest GPU among the types that the capacity provider allows has 16 GB. Put the function on a '
        + 'provider with InstanceSelection.gpu({ memory: GpuMemory.of(24) }). [ack: cdk-lambda-managed-instances::GpuTypesTooSmall]',
    ]);
  });

  test('warns of types without a GPU', () => {
    // GIVEN
    const fleet = new ManagedInstances(stack, 'Fleet', { instances: InstanceSelection.where({ generationMin: 8, allowedInstanceTypes: ['m*'] }) });

    // WHEN
    fleet.addFunction(imageFunction(stack), { gpuMemory: GpuMemory.GIB_3 });

    // THEN
    expect(tooSmall()).toEqual([expect.stringContaining('gpuMemory is 3 GB, but the capacity provider allows no type with a GPU. Put the function on a provider with InstanceSelection.gpu({ memory: GpuMemory.of(3) }).')]);
  });

  const notRequested = () => warningsOf(stack).filter((warning) => warning.includes('GpuNotRequested'));

  test('warns of a function that asks for none where all types have one', () => {
    // WHEN
    gpuFleet(stack).addFunction(imageFunction(stack));

    // THEN
    expect(notRequested()).toEqual([
      'gpuMemory isn\'t set, but all types of the capacity provider have a GPU, and such a provider refuses functions without one. '
        + 'Set gpuMemory, or put the function on a capacity provider without GPUs. [ack: cdk-lambda-managed-instances::GpuNotRequested]',
    ]);
  });

  test.each<[string, InstanceSelection]>([
    ['no types are named', InstanceSelection.x86()],
    ['none has a GPU', InstanceSelection.where({ generationMin: 8, allowedInstanceTypes: ['m*'] })],
    ['not all have one', InstanceSelection.allow(...['g6.xlarge', 'm7i.xlarge', 'm7i.2xlarge'].map((name) => new ec2.InstanceType(name)))],
  ])('says nothing of a function that asks for none where %s', (_what, instances) => {
    // WHEN
    new ManagedInstances(stack, 'Fleet', { instances }).addFunction(imageFunction(stack));

    // THEN
    expect(notRequested()).toEqual([]);
  });

  test.each<[string, InstanceSelection]>([
    ['larger GPUs', InstanceSelection.gpu({ memory: GpuMemory.GIB_48 })],
    ['no list', InstanceSelection.x86()],
    ['an exclude list', InstanceSelection.exclude('m5.*')],
    ['a list of types that the catalogue does not know', InstanceSelection.of(lambda.InstanceTypeFilter.allow([new ec2.InstanceType('g9.xlarge')]), lambda.Architecture.X86_64)],
  ])('says nothing of %s', (_what, instances) => {
    // WHEN
    new ManagedInstances(stack, 'Fleet', { instances }).addFunction(imageFunction(stack, 'Function', { timeout: Duration.seconds(60) }), { gpuMemory: GpuMemory.GIB_24 });

    // THEN
    expect(tooSmall()).toEqual([]);
  });
});
