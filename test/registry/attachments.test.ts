import { App, Aspects, CfnElement, CfnResource, Lazy, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { Budget, Egress, ManagedInstances, ManagedInstancesDashboard, mixins, PriceBook } from '../../src';
import { fragmentOf } from '../../src/reading/constructs/cdk-internals';
import { onAttachment } from '../../src/registry/attachments';
import { Listener } from '../../src/registry/provider-record';
import { synthErrorOf, testFunction, testStack } from '../util';

const ARM = { architecture: lambda.Architecture.ARM_64, memorySize: 2048 };
const THEIRS = 'arn:aws:lambda:us-east-1:111111111111:capacity-provider:theirs';

let stack: Stack;
let fleet: ManagedInstances;

beforeEach(() => {
  stack = testStack();
  fleet = new ManagedInstances(stack, 'Fleet');
});

/** A function that is put on a provider by its own property. */
function l1Function(scope: Stack, id: string, capacityProviderArn: string, props: Partial<lambda.CfnFunctionProps> = {}): lambda.CfnFunction {
  return new lambda.CfnFunction(scope, id, {
    code: { zipFile: 'x' },
    role: 'arn:aws:iam::111111111111:role/x',
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    memorySize: 2048,
    loggingConfig: { logFormat: 'JSON' },
    capacityProviderConfig: { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn, executionEnvironmentMemoryGiBPerVCpu: 2 } },
    ...props,
  });
}

/** What a second installed copy of the library is to this one. */
function secondCopy(): typeof import('../../src') {
  let copy: typeof import('../../src');
  jest.isolateModules(() => {
    // Its constructs are those of the same aws-cdk-lib, as npm installs it.
    jest.doMock('aws-cdk-lib', () => CDK);
    copy = jest.requireActual('../../src');
  });
  return copy!;
}

const CDK = jest.requireActual('aws-cdk-lib');

function paths(constructs: readonly { function: IConstruct }[]): string[] {
  return constructs.map(({ function: fn }) => fn.node.path);
}

const ROUTES: [string, (fn: lambda.Function) => void][] = [
  ['CDK\'s own addFunction', (fn) => fleet.capacityProvider.addFunction(fn, { executionEnvironmentMemoryGiBPerVCpu: 2 })],
  ['an L1', (fn) => {
    (fn.node.defaultChild as lambda.CfnFunction).capacityProviderConfig = {
      lambdaManagedInstancesCapacityProviderConfig: {
        capacityProviderArn: fleet.capacityProviderRef.capacityProviderArn, executionEnvironmentMemoryGiBPerVCpu: 2,
      },
    };
  }],
  ['the mixin', (fn) => { fn.with(new mixins.FunctionOnManagedInstances({ capacityProvider: fleet })); }],
  ['a second copy of the library', (fn) => { secondCopy().ManagedInstances.fromCapacityProvider(stack, 'Again', fleet.capacityProvider).addFunction(fn); }],
];

describe.each(ROUTES)('a function that comes by %s', (_route, attach) => {
  test('is a function of the fleet', () => {
    const fn = testFunction(stack, 'Function', ARM);
    attach(fn);

    expect(paths(fleet.functions)).toEqual([expect.stringMatching(/^Stack\/Function(\/Resource)?$/)]);
    expect(fleet.functions[0].memorySize).toBe(2048);
    expect(fleet.functions[0]).toBe(fleet.functions[0]);
    expect(fleet.plan().versions.map(({ functionName }) => functionName)).toEqual(['Stack/Function']);
  });

  test('is judged', () => {
    const fn = testFunction(stack, 'Function', { ...ARM, memorySize: 4096 });
    attach(fn);
    (fn.node.defaultChild as lambda.CfnFunction).memorySize = 128;

    expect(synthErrorOf(stack)).toMatch('[Stack/Function/Resource] memorySize is 128 MB, but managed instances need 2048 to 32768 MB');
  });

  test('gives the fleet its architecture', () => {
    attach(testFunction(stack, 'Function', ARM));

    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::CapacityProvider', { InstanceRequirements: { Architectures: ['arm64'] } });
  });

  test('is on the dashboard and has alarms', () => {
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms', { perFunction: true });
    attach(testFunction(stack, 'Function', ARM));

    const template = Template.fromStack(stack);
    expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).toContain('"Ref":"Function');
    expect(Object.keys(template.findResources('AWS::CloudWatch::Alarm')).filter((id) => id.startsWith('FunctionManagedInstancesAlarms'))).not.toEqual([]);
  });
});

describe('judging starts with the fleet', () => {
  test('whose functions nobody attached through this library', () => {
    l1Function(stack, 'Function', fleet.capacityProvider.capacityProviderArn, { memorySize: 128 });

    expect(synthErrorOf(stack)).toMatch('[Stack/Function] memorySize is 128 MB, but managed instances need 2048 to 32768 MB');
  });

  test('that is made elsewhere and named by its ARN', () => {
    const imported = ManagedInstances.fromCapacityProvider(stack, 'Imported', lambda.CapacityProvider.fromCapacityProviderArn(stack, 'Theirs', THEIRS));
    l1Function(stack, 'Function', THEIRS, { memorySize: 128 });

    expect(paths(imported.functions)).toEqual(['Stack/Function']);
    expect(synthErrorOf(stack)).toMatch('[Stack/Function] memorySize is 128 MB, but managed instances need 2048 to 32768 MB');
  });

  test('and leaves alone what a stack elsewhere calls the same', () => {
    const named = (scope: Stack) => lambda.CapacityProvider.fromCapacityProviderName(scope, 'Theirs', 'shared');
    const elsewhere = new Stack(stack.node.root as App, 'Elsewhere');
    const [here, there] = [stack, elsewhere].map(named);
    const imported = ManagedInstances.fromCapacityProvider(stack, 'Imported', here);
    l1Function(stack, 'Here', here.capacityProviderArn);
    l1Function(elsewhere, 'There', there.capacityProviderArn);

    expect(paths(imported.functions)).toEqual(['Stack/Here']);
  });
});

describe('what is gone', () => {
  test.each<[string, (fn: lambda.Function) => void]>([
    ['from the tree', (fn) => stack.node.tryRemoveChild(fn.node.id)],
    ['from the provider', (fn) => { (fn.node.defaultChild as lambda.CfnFunction).capacityProviderConfig = undefined; }],
  ])('%s is no function of the fleet', (_what, remove) => {
    // GIVEN
    const gone = testFunction(stack, 'Gone', ARM);
    fleet.addFunction(gone);
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms');

    // WHEN
    remove(gone);
    fleet.addFunction(testFunction(stack, 'Stays'));

    // THEN
    expect(paths(fleet.functions)).toEqual(['Stack/Stays']);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::CapacityProvider', { InstanceRequirements: { Architectures: ['x86_64'] } });
    ['AWS::CloudWatch::Dashboard', 'AWS::CloudWatch::Alarm'].forEach((type) => {
      expect(JSON.stringify(template.findResources(type))).not.toContain('"Ref":"Gone');
    });
  });

  test.each<[string, () => void]>([
    ['a function', () => void stack.node.tryRemoveChild('Gone')],
    ['the alarms of the fleet', () => void fleet.node.tryRemoveChild('Alarms')],
  ])('with %s leaves no reference to its alarms on the dashboard', (_what, remove) => {
    fleet.addFunction(testFunction(stack, 'Gone', ARM));
    fleet.addDashboard('Dashboard');
    fleet.addAlarms('Alarms', { perFunction: true });

    remove();

    const template = Template.fromStack(stack).toJSON();
    const named = [...JSON.stringify(template.Resources).matchAll(/\{"(?:Fn::GetAtt":\[|Ref":)"([A-Za-z0-9]+)"/g)].map(([, id]) => id);
    expect(named.filter((id) => !(id in template.Resources))).toEqual([]);
  });

  test('with a part of the app is no function of the fleet', () => {
    const other = new Stack(stack.node.root as App, 'Other');
    fleet.addFunction(testFunction(other));
    stack.node.root.node.tryRemoveChild('Other');

    expect(fleet.functions).toEqual([]);
  });

  test('to another fleet is a function of that', () => {
    const fn = testFunction(stack);
    const second = new ManagedInstances(stack, 'Second');
    fleet.addFunction(fn);
    second.capacityProvider.addFunction(fn);

    expect(fleet.functions).toEqual([]);
    expect(paths(second.functions)).toEqual(['Stack/Function']);
  });
});

describe('the architecture of a fleet is never stale', () => {
  const rendered = () => Template.fromStack(stack).findResources('AWS::Lambda::CapacityProvider');
  const asked = () => stack.resolve((fleet.node.defaultChild as lambda.CfnCapacityProvider).instanceRequirements);

  test('when somebody asks between two syntheses', () => {
    const fn = l1Function(stack, 'Function', fleet.capacityProvider.capacityProviderArn, { architectures: ['arm64'] });
    expect(asked()).toEqual({ architectures: ['arm64'] });
    (stack.node.root as App).synth();

    fn.architectures = ['x86_64'];
    expect(asked()).toEqual({ architectures: ['x86_64'] });
  });

  test('when a synthesis failed before anything was rendered', () => {
    const fn = l1Function(stack, 'Function', fleet.capacityProvider.capacityProviderArn, { architectures: ['arm64'], memorySize: 128 });
    expect(() => (stack.node.root as App).synth()).toThrow('memorySize');

    Object.assign(fn, { architectures: ['x86_64'], memorySize: 2048 });
    expect(asked()).toEqual({ architectures: ['x86_64'] });
    expect(JSON.stringify(rendered())).toContain('"Architectures":["x86_64"]');
  });

  test('when an aspect attaches a function', () => {
    Aspects.of(stack).add({
      visit: (construct) => {
        if (construct === stack) l1Function(stack, 'Late', fleet.capacityProvider.capacityProviderArn, { architectures: ['arm64'] });
      },
    });

    expect(JSON.stringify(rendered())).toContain('"Architectures":["arm64"]');
  });

  test('when a function is on it in another stage, and in a nested tree', () => {
    const app = new App();
    const stage = new Stage(app, 'Stage');
    const inside = new ManagedInstances(new Stack(stage, 'Inside'), 'Fleet');
    l1Function(new Stack(stage, 'Other'), 'Function', inside.capacityProvider.capacityProviderArn, { architectures: ['arm64'] });

    expect(paths(inside.functions)).toEqual(['Stage/Other/Function']);
    Template.fromStack(Stack.of(inside)).hasResourceProperties('AWS::Lambda::CapacityProvider', { InstanceRequirements: { Architectures: ['arm64'] } });
  });
});

describe('listeners', () => {
  const provider = () => fleet.node.defaultChild as lambda.CfnCapacityProvider;

  test('hear of a function in one order, whoever asked first: endpoints, then alarms', () => {
    const heard: string[] = [];
    onAttachment(provider(), Listener.ALARMS, () => heard.push('alarms'));
    onAttachment(provider(), Listener.ENDPOINTS, () => heard.push('endpoints'));
    fleet.addFunction(testFunction(stack));

    expect(heard).toEqual(['endpoints', 'alarms']);
  });

  test('hear of each function once, those that were attached before, too', () => {
    const heard: string[] = [];
    fleet.addFunction(testFunction(stack, 'Before'));
    onAttachment(provider(), Listener.ALARMS, ({ function: fn }) => heard.push(fn.node.id));
    fleet.addFunction(testFunction(stack, 'After'));
    fleet.capacityProvider.addFunction(testFunction(stack, 'Theirs', { memorySize: 2048 }));
    Template.fromStack(stack);
    (stack.node.root as App).synth({ force: true });

    expect(heard).toEqual(['Before', 'After', 'Theirs']);
  });

  test.each(['First', 'Last'])('hear of functions that an aspect adds while others are visited: %s', (where) => {
    const heard: string[] = [];
    const other = new ManagedInstances(stack, 'Other');
    for (const each of [fleet, other]) onAttachment(each.capacityProvider, Listener.ALARMS, ({ function: fn }) => heard.push(fn.node.id));
    const visited = (where === 'First' ? fleet : other).node.defaultChild;
    Aspects.of(stack).add({
      visit: (construct) => {
        if (construct !== visited) return;
        l1Function(stack, 'OfFleet', fleet.capacityProvider.capacityProviderArn);
        l1Function(stack, 'OfOther', other.capacityProvider.capacityProviderArn);
      },
    }, { priority: 1 });
    Template.fromStack(stack);

    expect(heard).toEqual(['OfFleet', 'OfOther']);
  });

  test('make the endpoints that a container image needs, by whatever route it came', () => {
    const isolated = new ManagedInstances(stack, 'Isolated', { egress: Egress.privateEndpoints() });
    l1Function(stack, 'Image', isolated.capacityProvider.capacityProviderArn, {
      packageType: 'Image', code: { imageUri: 'repository:tag' }, runtime: undefined, handler: undefined,
    });

    const services = Object.values(Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint')).map(({ Properties }) => JSON.stringify(Properties.ServiceName));
    expect(services.filter((name) => name.includes('ecr'))).toHaveLength(2);
  });
});

describe('what is rendered', () => {
  const dashboard = () => (stack.node.findChild('Dashboard') as ManagedInstancesDashboard).dashboard.node.defaultChild as CfnElement;
  const shows = (id: string) => JSON.stringify(stack.resolve(fragmentOf(dashboard()))).includes(`**",{"Ref":"${id}"}`);
  const known = (id: string) => l1Function(stack, id, fleet.capacityProvider.capacityProviderArn, { functionName: id });

  beforeEach(() => { new ManagedInstancesDashboard(stack, 'Dashboard', { capacityProvider: fleet }); });

  test('follows each change before synthesis, and after it', () => {
    known('Before');
    expect(shows('Before')).toBe(true);
    known('Later');
    expect(shows('Later')).toBe(true);
    Template.fromStack(stack);
    known('After');
    expect(shows('After')).toBe(true);
  });

  test('shows what aspects add, whichever ran first', () => {
    const added = (id: string) => ({ visit: (construct: IConstruct) => { if (construct === stack && !stack.node.tryFindChild(id)) known(id); } });
    Aspects.of(stack).add(added('First'), { priority: 1 });
    Aspects.of(stack).add(added('Last'), { priority: 999 });

    const body = JSON.stringify(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
    expect(['First', 'Last'].map((id) => body.includes(`**",{"Ref":"${id}"}`))).toEqual([true, true]);
  });

  test('looks through the stage as often for many fleets as for few', () => {
    const looks = [2, 6].map((fleets) => {
      const app = new App();
      let count = 0;
      const probe = new Construct(new Stack(app, 'Probe'), 'Probe');
      Object.defineProperty(probe, 'cfnResourceType', { get: () => { count++; return undefined; } });
      for (let i = 0; i < fleets; i++) {
        const each = new ManagedInstances(new Stack(app, `Stack${i}`), 'Fleet', { maxVCpuCount: 64, budget: Budget.monthly({ warnAbove: 1e6 }) });
        each.addFunction(testFunction(Stack.of(each)));
        each.addDashboard('Dashboard', { prices: PriceBook.builtin() });
        each.addAlarms('Alarms', { perFunction: true });
      }
      count = 0;
      app.synth();
      return count;
    });
    expect(looks[1]).toBe(looks[0]);
  });
});

test('an architecture that is known at deployment only leaves the choice to Lambda', () => {
  l1Function(stack, 'Function', fleet.capacityProvider.capacityProviderArn, { architectures: [Lazy.string({ produce: () => 'arm64' })] });

  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::Lambda::CapacityProvider'))).not.toContain('Architectures');
  expect(CfnResource.isCfnResource(fleet.node.defaultChild)).toBe(true);
});
