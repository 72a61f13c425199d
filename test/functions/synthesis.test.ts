import { App, CfnResource, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ManagedInstances, ManagedInstancesLimits } from '../../src';
import { synthErrorOf, testFunction, testStack, warningsOf } from '../util';

let stack: Stack;
let fleet: ManagedInstances;
let fn: lambda.Function;

beforeEach(() => {
  stack = testStack();
  fleet = new ManagedInstances(stack, 'Fleet');
  fn = testFunction(stack);
});

const resourceOf = (construct: lambda.Function) => construct.node.defaultChild as lambda.CfnFunction;

describe('a function that CDK\'s class for Go made', () => {
  class GoFunction extends lambda.Function {}
  class OurGoFunction extends GoFunction {}
  const props = () => ({ runtime: lambda.Runtime.PROVIDED_AL2023, handler: 'bootstrap', code: lambda.Code.fromAsset('test/fixtures') });

  test.each([[GoFunction], [OurGoFunction]])('is warned of: %p', (Class) => {
    fleet.addFunction(new Class(stack, 'Go', props()));

    expect(warningsOf(stack)).toEqual([expect.stringContaining('is provided.al2023 with Go, but')]);
  });

  test('is none where it is in another language', () => {
    fleet.addFunction(new lambda.Function(stack, 'Rust', props()));

    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('after the call, errors are found', () => {
  test('in an alias with provisioned concurrency', () => {
    fleet.addFunction(fn);
    new lambda.Alias(stack, 'Alias', { aliasName: 'live', version: fn.currentVersion, provisionedConcurrentExecutions: 1 });

    expect(synthErrorOf(stack)).toContain('[Stack/Alias/Resource] provisionedConcurrentExecutions is set, but managed instances keep environments ready anyway, and Lambda refuses both together');
  });

  test('in a version that somebody made before the function was attached', () => {
    new lambda.Version(stack, 'Version', { lambda: fn, minExecutionEnvironments: 0, maxExecutionEnvironments: 20000 });
    fleet.addFunction(fn);

    expect(synthErrorOf(stack)).toContain('[Stack/Version/Resource] maxExecutionEnvironments is 20000, but must be a whole number from 0 to 15000');
  });

  test('in several places at once', () => {
    fleet.addFunction(fn);
    const other = testFunction(stack, 'Other');
    fleet.addFunction(other);
    resourceOf(fn).timeout = 6000;
    resourceOf(other).vpcConfig = { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };

    const error = synthErrorOf(stack);
    expect(error).toContain('[Stack/Function/Resource] timeout is 6000, but must be at most 5400 seconds');
    expect(error).toContain('[Stack/Other/Resource] vpc is set on the function, but must be left out: functions on managed instances use the network of their capacity provider');
  });

  test('in a function that CDK\'s own addFunction put on the fleet', () => {
    fleet.capacityProvider.addFunction(testFunction(stack, 'Theirs', { memorySize: 1024 }));
    fleet.addFunction(fn);

    expect(synthErrorOf(stack)).toContain('[Stack/Theirs/Resource] memorySize is 1024 MB, but managed instances need 2048 to 32768 MB');
  });

  test('in a stage', () => {
    const stage = new Stage(new App(), 'Stage');
    const inside = new Stack(stage, 'Inside');
    const late = testFunction(inside);
    new ManagedInstances(inside, 'Fleet').addFunction(late);
    resourceOf(late).memorySize = 128;

    expect(synthErrorOf(inside)).toContain('[Stage/Inside/Function/Resource] memorySize is 128 MB, but managed instances need 2048 to 32768 MB');
  });

  test('and are gone when they are mended before the next synthesis', () => {
    const app = new App();
    const again = new Stack(app, 'Stack');
    const late = testFunction(again);
    new ManagedInstances(again, 'Fleet').addFunction(late);
    resourceOf(late).memorySize = 128;
    expect(() => app.synth()).toThrow('memorySize is 128 MB, but managed instances need 2048 to 32768 MB');

    resourceOf(late).memorySize = 4096;
    expect(() => app.synth({ force: true })).not.toThrow();
  });
});

describe('after the call, warnings are given', () => {
  test.each<[string, () => void, string]>([
    ['of a retained version', () => new lambda.Version(stack, 'V', { lambda: fn, removalPolicy: RemovalPolicy.RETAIN }), 'VersionRetained'],
    ['of a version that scales to zero', () => new lambda.Version(stack, 'V', { lambda: fn, minExecutionEnvironments: 0, maxExecutionEnvironments: 3 }), 'ScaleToZero'],
    ['of a version that is deactivated', () => new lambda.Version(stack, 'V', { lambda: fn, minExecutionEnvironments: 0, maxExecutionEnvironments: 0 }), 'EnvironmentsDeactivated'],
    ['of an event source that is not listed', () => new lambda.CfnEventSourceMapping(stack, 'M', { functionName: fn.functionName, queues: ['q'] }), 'EventSourceUnsupported'],
  ])('%s', (_what, create, code) => {
    fleet.addFunction(fn);
    create();

    expect(warningsOf(stack)).toEqual([expect.stringContaining(`[ack: cdk-lambda-managed-instances::${code}]`)]);
  });

  test('of a function without anything to invoke, unless a version is published', () => {
    fleet.addFunction(fn, { publishToLatestPublished: false });
    expect(warningsOf(stack)).toEqual([expect.stringContaining('NothingPublished')]);

    const other = testStack();
    const published = testFunction(other);
    new ManagedInstances(other, 'Fleet').addFunction(published, { publishToLatestPublished: false });
    new lambda.Alias(other, 'Alias', { aliasName: 'live', version: published.currentVersion });
    expect(warningsOf(other)).toEqual([]);
  });

  test('once, however often the app is synthesised', () => {
    const app = new App();
    const again = new Stack(app, 'Stack');
    new ManagedInstances(again, 'Fleet').addFunction(testFunction(again, 'Function', { runtime: lambda.Runtime.NODEJS_20_X }));
    app.synth();
    const messages = app.synth({ force: true }).getStackByName('Stack').messages;

    expect(messages.filter(({ entry }) => String(entry.data).includes('RuntimeUnlisted'))).toHaveLength(1);
  });
});

describe('functions that are none of our business', () => {
  test('are left alone', () => {
    fleet.addFunction(fn);
    new lambda.CfnFunction(stack, 'Theirs', {
      code: { zipFile: 'x' },
      role: 'arn',
      memorySize: 128,
      capacityProviderConfig: { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: 'arn:aws:lambda:us-east-1:111111111111:capacity-provider:x' } },
    });
    testFunction(stack, 'Standard', { memorySize: 128, runtime: lambda.Runtime.NODEJS_18_X });

    expect(synthErrorOf(stack)).toBe('');
  });
});

describe('architecture', () => {
  const arm = { architecture: lambda.Architecture.ARM_64 };

  test('of a function must be that of the fleet', () => {
    const armFleet = new ManagedInstances(stack, 'ArmFleet', arm);

    expect(() => armFleet.addFunction(fn)).toThrow(
      'architecture is x86_64, but the capacity provider is arm64. Build the function for arm64, or attach it to a capacity provider with x86_64. [cdk-lambda-managed-instances::ArchitectureMismatch]',
    );
  });

  test('of a second function must be that of the first, where the fleet follows', () => {
    fleet.addFunction(testFunction(stack, 'Arm', arm));

    expect(() => fleet.addFunction(fn)).toThrow('architecture is x86_64, but the capacity provider is arm64');
    expect(() => fleet.addFunction(testFunction(stack, 'Arm2', arm))).not.toThrow();
  });

  test('is found when it is changed later', () => {
    fleet.addFunction(testFunction(stack, 'Arm', arm));
    const late = testFunction(stack, 'Late', arm);
    fleet.addFunction(late);
    resourceOf(late).architectures = ['x86_64'];

    expect(synthErrorOf(stack)).toContain('[Stack/Late/Resource] architecture is x86_64, but the capacity provider is arm64');
  });
});

describe('place', () => {
  const env = (region: string) => ({ env: { account: '111111111111', region } });

  test('of a function must be that of the fleet', () => {
    const app = new App();
    const there = new ManagedInstances(new Stack(app, 'There', env('us-east-1')), 'Fleet');

    expect(() => there.addFunction(testFunction(new Stack(app, 'Here', env('eu-west-1')))))
      .toThrow('capacityProvider is in us-east-1, but must be in the Region of the function, eu-west-1');
  });

  test('must have managed instances', () => {
    expect(() => new ManagedInstances(testStack(env('cn-north-1')), 'Fleet'))
      .toThrow('region is cn-north-1, but China and GovCloud have no managed instances');
    const known = ManagedInstancesLimits.CURRENT.withOverrides({ supportedRegions: ['cn-north-1'] });
    expect(() => new ManagedInstances(testStack(env('cn-north-1')), 'Fleet', { limits: known })).not.toThrow();
  });

  test('is warned of where AWS left the Region out', () => {
    const south = testStack(env('me-south-1'));
    new ManagedInstances(south, 'Fleet');

    expect(warningsOf(south)).toEqual([expect.stringContaining('RegionUnlisted')]);
  });
});

test('takes the limits of the fleet at the call and at synthesis', () => {
  const limits = ManagedInstancesLimits.CURRENT.withOverrides({ functionMemoryMax: 65536, functionMemoryMin: undefined });
  new ManagedInstances(stack, 'Larger', { limits }).addFunction(testFunction(stack, 'Large', { memorySize: 65536 }));

  expect(synthErrorOf(stack)).toBe('');
  expect(() => new ManagedInstances(stack, 'Usual').addFunction(testFunction(stack, 'Small', { memorySize: 1024 }))).toThrow('memorySize is 1024 MB, but managed instances need 2048 to 32768 MB');
});

describe('numbered versions', () => {
  test('keep their own minimum and maximum behind an alias', () => {
    // GIVEN
    const versioned = testFunction(stack, 'Versioned', { currentVersionOptions: { minExecutionEnvironments: 5, maxExecutionEnvironments: 20 } });

    // WHEN
    fleet.addFunction(versioned, { latestPublishedScalingConfig: { minExecutionEnvironments: 1, maxExecutionEnvironments: 1 } });
    new lambda.Alias(stack, 'Alias', { aliasName: 'live', version: versioned.currentVersion });

    // THEN
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Version', { FunctionScalingConfig: { MinExecutionEnvironments: 5, MaxExecutionEnvironments: 20 } });
    template.hasResourceProperties('AWS::Lambda::Function', { FunctionScalingConfig: { MinExecutionEnvironments: 1, MaxExecutionEnvironments: 1 } });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('are published anew when an option changes', () => {
    const versionWith = (perExecutionEnvironmentMaxConcurrency: number) => {
      const other = testStack();
      const versioned = testFunction(other);
      const version = versioned.currentVersion;
      new ManagedInstances(other, 'Fleet').addFunction(versioned, { perExecutionEnvironmentMaxConcurrency });
      Template.fromStack(other);
      return other.resolve((version.node.defaultChild as CfnResource).logicalId);
    };

    expect(versionWith(32)).not.toBe(versionWith(64));
    expect(versionWith(32)).toBe(versionWith(32));
  });

  test('shift in a CodeDeploy canary without a warning', () => {
    fleet.addFunction(fn);
    const alias = new lambda.Alias(stack, 'Alias', { aliasName: 'live', version: fn.currentVersion });
    new codedeploy.LambdaDeploymentGroup(stack, 'Canary', { alias, deploymentConfig: codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES });

    expect(warningsOf(stack)).toEqual([]);
  });
});
