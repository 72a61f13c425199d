import { CfnResource, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import {
  CapacityProviderGrants, CapacityProviderMetrics, ExecutionEnvironmentMetrics, ManagedInstances, ManagedInstancesAlarms, ManagedInstancesChecks,
  ManagedInstancesDashboard, ManagedInstancesLimits, mixins,
} from '../../src';
import { customHandler, onlyResource, synthErrorOf, testFunction, testStack } from '../util';

let stack: Stack;
let fleet: ManagedInstances;

beforeEach(() => {
  stack = testStack();
  fleet = new ManagedInstances(stack, 'Fleet');
});

describe('what can\'t be attached', () => {
  test.each([[undefined], [null], ['Function'], [{}]])('%p is no construct', (fn) => {
    expect(() => fleet.addFunction(fn as never)).toThrow(
      'fn is not a construct, but must be a function that this app creates. Pass a Function, or another construct that creates one AWS::Lambda::Function. [cdk-lambda-managed-instances::AttachTarget]',
    );
  });

  test('is a raw resource, on which nothing can be set', () => {
    expect(() => fleet.addFunction(new CfnResource(stack, 'Raw', { type: 'AWS::Lambda::Function' }) as never)).toThrow('. Use a CfnFunction');
  });

  test('is a construct whose default children lead in a circle', () => {
    const [one, other] = ['One', 'Other'].map((id) => new Construct(stack, id));
    one.node.defaultChild = other;
    other.node.defaultChild = one;

    expect(() => fleet.addFunction(one as never)).toThrow('[cdk-lambda-managed-instances::AttachTarget]');
  });
});

describe('what is no capacity provider', () => {
  test.each<[string, (given: never) => unknown]>([
    ['a fleet that is made elsewhere', (given) => ManagedInstances.fromCapacityProvider(stack, 'Imported', given)],
    ['grants', (given) => CapacityProviderGrants.fromCapacityProvider(given)],
    ['metrics of a provider', (given) => CapacityProviderMetrics.fromCapacityProvider(given)],
    ['metrics of a function', (given) => ExecutionEnvironmentMetrics.fromFunction(testFunction(stack), given)],
    ['a dashboard', (capacityProvider) => new ManagedInstancesDashboard(stack, 'Dashboard', { capacityProvider })],
    ['alarms', (capacityProvider) => new ManagedInstancesAlarms(stack, 'Alarms', { capacityProvider })],
    ['a mixin', (capacityProvider) => testFunction(stack).with(new mixins.FunctionOnManagedInstances({ capacityProvider }))],
  ])('is refused by %s', (_what, make) => {
    const message = (given: unknown) => {
      try {
        make(given as never);
        return 'nothing was thrown';
      } catch (error) {
        return (error as Error).message;
      } finally {
        ['Imported', 'Dashboard', 'Alarms', 'Function'].forEach((id) => stack.node.tryRemoveChild(id));
      }
    };
    const text = (found: string) => expect.stringMatching(
      `^capacityProvider is ${found}, but must be a capacity provider, or an import of one\\. Pass .* \\[cdk-lambda-managed-instances::ProviderTarget\\]$`,
    );

    expect([undefined, null, 'shared', {}].map(message)).toEqual([text('undefined'), text('null'), text('"shared"'), text('another kind of object')]);
  });

  test('isn\'t an import whose attributes are null', () => {
    expect(() => ManagedInstances.fromCapacityProvider(stack, 'Imported', fleet, null as never)).not.toThrow();
    expect(() => ManagedInstances.fromCapacityProvider(stack, 'Other', fleet, { architecture: null, limits: null } as never)).not.toThrow();
  });
});

describe('what is null is left out', () => {
  test('among the props of a fleet, or as all of them', () => {
    expect(() => new ManagedInstances(stack, 'None', null as never)).not.toThrow();
    const some = new ManagedInstances(stack, 'Some', { vpc: null, maxVCpuCount: 64, budget: null, kmsKey: null } as never);

    expect((some.node.defaultChild as lambda.CfnCapacityProvider).capacityProviderScalingConfig).toEqual({ maxVCpuCount: 64 });
  });

  test('among the options of a function, or as all of them', () => {
    fleet.addFunction(testFunction(stack, 'None'), null as never);
    fleet.addFunction(testFunction(stack, 'Some'), { perExecutionEnvironmentMaxConcurrency: null, publishToLatestPublished: null } as never);

    expect(fleet.functions.map(({ maxConcurrency }) => maxConcurrency)).toEqual([undefined, undefined]);
    expect(synthErrorOf(stack)).toBe('');
  });

  test('as the options of a plan, a dashboard and alarms', () => {
    expect(() => fleet.plan(null as never)).not.toThrow();
    expect(() => fleet.addDashboard('Dashboard', null as never)).not.toThrow();
    expect(() => fleet.addAlarms('Alarms', null as never)).not.toThrow();
  });
});

describe('limits', () => {
  test.each<[string, object, string]>([
    ['NaN', { functionMemoryMax: NaN }, 'limits.functionMemoryMax is NaN, but must be a number of at least 0'],
    ['a negative number', { timeoutMax: -1 }, 'limits.timeoutMax is -1, but must be a number of at least 0'],
    ['a text', { functionMemoryMax: '65536' }, 'limits.functionMemoryMax is 65536, but must be a number of at least 0'],
    ['an unknown name', { memoryMax: 1 }, 'limits.memoryMax is an unknown name, but must be a limit that the library knows'],
    ['a text for a list', { supportedRegions: 'cn-north-1' }, 'limits.supportedRegions is cn-north-1, but must be a list of strings'],
    ['a list of other things', { supportedGpuMemorySizes: ['24'] }, 'limits.supportedGpuMemorySizes is 24, but must be a list of numbers'],
  ])('can\'t be %s', (_what, overrides, message) => {
    const limits = ManagedInstancesLimits.CURRENT.withOverrides(overrides as never);
    const error = `${message}.`;

    expect(() => new ManagedInstances(stack, 'Other', { limits })).toThrow(error);
    expect(() => new ManagedInstances(stack, 'Again', { limits })).toThrow('[cdk-lambda-managed-instances::LimitOverride]');
    expect(() => ManagedInstances.fromCapacityProvider(stack, 'Imported', fleet.capacityProvider, { limits })).toThrow(error);
    expect(() => new ManagedInstancesChecks({ limits })).toThrow(error);
  });

  test('can be 0, and left out', () => {
    const limits = ManagedInstancesLimits.CURRENT.withOverrides({ functionMemoryMin: 0, timeoutMax: undefined, supportedRegions: [] });

    expect(() => new ManagedInstances(stack, 'Other', { limits })).not.toThrow();
  });
});

describe('several values at once', () => {
  const problems = (memorySize: number, options: lambda.CapacityProviderFunctionOptions) => {
    const fn = testFunction(testStack(), 'Function', { memorySize, runtime: lambda.Runtime.PROVIDED_AL2023, code: lambda.Code.fromAsset(customHandler()) });
    try {
      new ManagedInstances(Stack.of(fn), 'Fleet').addFunction(fn, options);
    } catch (error) {
      return (error as Error).message.match(/::(\w+)\]/g)!.map((id) => id.slice(2, -1));
    }
    return [];
  };

  test('are all said: too little memory, and more requests than the memory that the remedy names can take', () => {
    expect(problems(512, { perExecutionEnvironmentMaxConcurrency: 65 })).toEqual(['FunctionMemoryRange', 'ConcurrencyPerVCpu']);
    expect(problems(512, { perExecutionEnvironmentMaxConcurrency: 64 })).toEqual(['FunctionMemoryRange']);
  });

  test.each([
    [2048, 8, 64, ['FunctionMemoryBelowRatio']],
    [2048, 8, 65, ['FunctionMemoryBelowRatio', 'ConcurrencyPerVCpu']],
    [3072, 2, 128, ['FunctionMemoryMultiple']],
    [3072, 2, 129, ['FunctionMemoryMultiple', 'ConcurrencyPerVCpu']],
    [2048, 3, 65, ['MemoryPerVCpu', 'ConcurrencyPerVCpu']],
    [2048, 2, 64, []],
  ])('%d MB at %d GiB with %d requests', (memorySize, executionEnvironmentMemoryGiBPerVCpu, perExecutionEnvironmentMaxConcurrency, codes) => {
    expect(problems(memorySize, { executionEnvironmentMemoryGiBPerVCpu, perExecutionEnvironmentMaxConcurrency })).toEqual(codes);
  });
});

describe('an architecture that is set past the L1', () => {
  const l1 = (construct: Construct) => construct.node.defaultChild as CfnResource;

  test('of a function is that of the fleet', () => {
    const fn = testFunction(stack);
    l1(fn).addPropertyOverride('Architectures', ['arm64']);
    fleet.addFunction(fn);

    expect(onlyResource(stack, 'AWS::Lambda::CapacityProvider').Properties.InstanceRequirements).toEqual({ Architectures: ['arm64'] });
  });

  test('of the fleet must be that of its functions', () => {
    fleet.addFunction(testFunction(stack));
    l1(fleet).addPropertyOverride('InstanceRequirements.Architectures', ['arm64']);

    expect(synthErrorOf(stack)).toContain('[Stack/Function/Resource] architecture is x86_64, but the capacity provider is arm64');
  });

  test('of the fleet, on the L1, is what a function must have', () => {
    (l1(fleet) as lambda.CfnCapacityProvider).instanceRequirements = { architectures: ['arm64'] };

    expect(() => fleet.addFunction(testFunction(stack))).toThrow('architecture is x86_64, but the capacity provider is arm64');
  });
});

test('a fleet that is made elsewhere takes no function in a Region without managed instances', () => {
  const china = testStack({ env: { account: '111111111111', region: 'cn-north-1' } });
  const imported = ManagedInstances.fromCapacityProvider(china, 'Fleet', lambda.CapacityProvider.fromCapacityProviderName(china, 'Theirs', 'shared'));

  expect(() => imported.addFunction(testFunction(china))).toThrow('region is cn-north-1, but China and GovCloud have no managed instances');
});
