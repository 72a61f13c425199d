/** What is known of providers: their architecture, properties, tags and pauses, and the resources around them. */
import { App, CfnParameter, CfnResource, Lazy, NestedStack, Stack, Stage, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { ManagedInstances } from '../../src';
import { UNKNOWN } from '../../src/reading/fact';
import { attachmentOf, attachmentsOf, firstAttached, isInTree, providerOf } from '../../src/registry/attachments';
import { inheritedTags, inheritsTags } from '../../src/registry/inherited-tags';
import { LambdaResources, settledResourcesOf, stageAround } from '../../src/registry/lambda-resources';
import { onPause, Pause, pausesOf, recordPause } from '../../src/registry/pauses';
import { architectureOfProvider, sharedArchitecture } from '../../src/registry/provider-architecture';
import { providerProperties } from '../../src/registry/provider-properties';
import { Kind, knownRecordOf, limitsOf, recordOf } from '../../src/registry/provider-record';
import { ManagedInstancesLimits } from '../../src/service/managed-instances-limits';
import { testFunction, testStack } from '../util';

const ARM = { architecture: lambda.Architecture.ARM_64 };
const THEIRS = 'arn:aws:lambda:eu-west-1:111111111111:capacity-provider:orders';
const resourceOf = (fleet: ManagedInstances) => fleet.node.defaultChild as lambda.CfnCapacityProvider;
const l1Of = (fn: lambda.Function) => fn.node.defaultChild as lambda.CfnFunction;

function cdkProvider(stack: Stack): lambda.CapacityProvider {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b', 'c'], privateSubnetIds: ['s-1', 's-2', 's-3'] });
  return new lambda.CapacityProvider(stack, 'Provider', { subnets: vpc.privateSubnets, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] });
}

describe('the architecture of a provider', () => {
  test('is that of its first function, or the caller\'s', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    const key = resourceOf(fleet);
    expect(architectureOfProvider(key)).toBeUndefined();

    fleet.addFunction(testFunction(stack, 'Function', ARM));

    expect(architectureOfProvider(key)).toBe('arm64');
    expect(architectureOfProvider(key, l1Of(testFunction(stack, 'Other')))).toBe('x86_64');
  });

  test.each<[string, (key: lambda.CfnCapacityProvider) => void]>([
    ['replaced', (key) => { key.instanceRequirements = { architectures: ['x86_64'] }; }],
    ['overridden', (key) => key.addPropertyOverride('InstanceRequirements.Architectures', ['x86_64'])],
    ['removed', (key) => { key.instanceRequirements = undefined; }],
  ])('is its own once that is %s', (_what, change) => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    fleet.addFunction(testFunction(stack, 'Function', ARM));

    change(resourceOf(fleet));

    expect(architectureOfProvider(resourceOf(fleet))).toBe('x86_64');
  });

  test('is Lambda\'s default for a provider of CDK', () => {
    const stack = testStack();
    const provider = cdkProvider(stack);

    expect(architectureOfProvider(provider.node.defaultChild as lambda.CfnCapacityProvider, l1Of(testFunction(stack, 'Function', ARM)))).toBe('x86_64');
  });

  test('is what is stated of one from elsewhere, and unknown otherwise', () => {
    const stack = testStack();
    const imported = (id: string, props = {}) => {
      const provider = lambda.CapacityProvider.fromCapacityProviderName(stack, `${id}Provider`, id);
      ManagedInstances.fromCapacityProvider(stack, id, provider, props);
      return provider as unknown as Construct;
    };

    expect(architectureOfProvider(imported('Stated', ARM))).toBe('arm64');
    expect(architectureOfProvider(imported('Silent'))).toBe(UNKNOWN);
    expect(architectureOfProvider(new Construct(stack, 'Other'))).toBe(UNKNOWN);
  });

  test('is shared only if all functions have it', () => {
    const stack = testStack();
    const [one, two, arm] = [testFunction(stack, 'One'), testFunction(stack, 'Two'), testFunction(stack, 'Arm', ARM)].map(l1Of);

    expect([sharedArchitecture([one, two]), sharedArchitecture([one, arm]), sharedArchitecture([])]).toEqual(['x86_64', undefined, undefined]);
  });
});

describe('the properties of a provider', () => {
  test('are those of its resource, whatever is still to come', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 24 });

    const properties = providerProperties(resourceOf(fleet))!;

    expect(properties.number('capacityProviderScalingConfig', 'maxVCpuCount')).toBe(24);
    expect(properties.has('instanceRequirements', 'allowedInstanceTypes')).toBe(false);
  });

  test('are those that are stated, or none', () => {
    const stack = testStack();
    const provider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'orders');
    expect(providerProperties(provider)).toBeUndefined();

    ManagedInstances.fromCapacityProvider(stack, 'Fleet', provider, { maxVCpuCount: 24 });

    expect(providerProperties(provider)!.number('capacityProviderScalingConfig', 'maxVCpuCount')).toBe(24);
  });

  test('may be a token as a whole', () => {
    const stack = testStack();
    const resource = cdkProvider(stack).node.defaultChild as lambda.CfnCapacityProvider;
    resource.instanceRequirements = Lazy.any({ produce: () => ({}) });

    expect(providerProperties(resource)!.strings('instanceRequirements', 'allowedInstanceTypes')).toBe(UNKNOWN);
  });
});

describe('tags that a provider inherits', () => {
  test('are those of its stack and of the tree, in order', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack', { tags: { team: 'stack', stage: 'prod' } });
    const fleet = new ManagedInstances(stack, 'Fleet');
    Tags.of(fleet).add('cost', '1');
    resourceOf(fleet).cdkTagManager.setTag('team', 'own');

    expect(inheritedTags(resourceOf(fleet))).toEqual({
      mode: 'Explicit', explicitTags: [{ key: 'stage', value: 'prod' }, { key: 'team', value: 'own' }],
    });
  });

  test('are those of the stack around a nested one, too', () => {
    const parent = new Stack(new App(), 'Stack', { tags: { team: 'outer', stage: 'prod' } });
    const nested = new NestedStack(parent, 'Nested');
    nested.tags.setTag('team', 'inner');

    expect(inheritedTags(resourceOf(new ManagedInstances(nested, 'Fleet')))?.explicitTags).toEqual([{ key: 'stage', value: 'prod' }, { key: 'team', value: 'inner' }]);
  });

  test('may be none', () => {
    expect(inheritedTags(resourceOf(new ManagedInstances(testStack(), 'Fleet')))).toBeUndefined();
  });

  test('are inherited until somebody sets others', () => {
    const stack = testStack();
    const resource = resourceOf(new ManagedInstances(stack, 'Fleet'));
    expect(inheritsTags(resource)).toBe(true);

    resource.propagateTags = undefined;

    expect(inheritsTags(resource)).toBe(false);
    expect(inheritsTags(cdkProvider(stack).node.defaultChild as lambda.CfnCapacityProvider)).toBe(false);
  });
});

test('a listener hears of each pause once, whichever came first', () => {
  const provider = new Construct(testStack(), 'Provider');
  const pause = (id: string): Pause => ({ id, from: ScheduleExpression.cron({ hour: '20' }), until: ScheduleExpression.cron({ hour: '6' }) });
  const heard: string[] = [];

  recordPause(provider, pause('One'));
  onPause(provider, ({ id }) => heard.push(id));
  recordPause(provider, pause('Two'));

  expect(heard).toEqual(['One', 'Two']);
  expect(pausesOf(provider).map(({ id }) => id)).toEqual(['One', 'Two']);
});

describe('the record of a provider', () => {
  test('is one for our construct, CDK\'s and the resource', () => {
    const fleet = new ManagedInstances(testStack(), 'Fleet');

    expect(new Set([fleet, fleet.capacityProvider as Construct, resourceOf(fleet)].map(recordOf)).size).toBe(1);
    expect(knownRecordOf(resourceOf(fleet))).toBe(recordOf(fleet));
    expect(limitsOf(fleet)).toBe(ManagedInstancesLimits.CURRENT._values);
    expect(limitsOf(new Construct(testStack(), 'Other'))).toBeUndefined();
  });

  test('keeps things by kind', () => {
    const record = recordOf(new Construct(testStack(), 'Provider'));
    const [one, other] = [new Kind<number>(), new Kind<number>()];

    record.keep(one).push(1);
    record.keep(one).push(2);

    expect([record.keep(one), record.keep(other)]).toEqual([[1, 2], []]);
  });
});

describe('the resources of a stage', () => {
  const idsOf = (constructs: readonly Construct[]) => constructs.map(({ node }) => node.path);

  test('are those of Lambda and what calls functions, without other stages', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    testFunction(stack, 'Function');
    new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue' });
    new CfnResource(stack, 'Rule', { type: 'AWS::Events::Rule' });
    testFunction(new Stack(new Stage(app, 'Stage'), 'Inner'), 'Function');

    expect(idsOf(new LambdaResources(app).resources)).toEqual(['Stack/Function/Resource', 'Stack/Rule']);
    expect(idsOf(new LambdaResources(app.node.findChild('Stage')).resources)).toEqual(['Stage/Inner/Function/Resource']);
  });

  test('have imports that the library knows', () => {
    const stack = testStack();
    const known = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Known', 'known');
    lambda.CapacityProvider.fromCapacityProviderName(stack, 'Unknown', 'unknown');
    ManagedInstances.fromCapacityProvider(stack, 'Fleet', known);

    expect(new LambdaResources(stack).imports).toEqual([known]);
  });

  test('are read anew outside of a synthesis', () => {
    const stack = testStack();
    const found = settledResourcesOf(stageAround(stack));

    expect(found.graph).toBe(found.graph);
    expect(settledResourcesOf(stageAround(stack))).not.toBe(found);
  });

  test('belong to the root of a tree without a stage', () => {
    const root = new Construct(undefined as unknown as Construct, '');

    expect(stageAround(new Construct(root, 'Some'))).toBe(root);
  });
});

describe('functions on a provider', () => {
  test('are in the tree, or they aren\'t', () => {
    const stack = testStack();
    const scope = new Construct(stack, 'Scope');
    const inner = new Construct(scope, 'Inner');
    expect(isInTree(inner)).toBe(true);

    stack.node.tryRemoveChild('Scope');

    expect([isInTree(inner), isInTree(stack)]).toEqual([false, true]);
  });

  test('are known by the call, until their provider changes', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    const key = resourceOf(fleet);
    const [one, two] = ['One', 'Two'].map((id) => testFunction(stack, id));
    [one, two].forEach((fn) => fleet.addFunction(fn));
    expect([attachmentOf(l1Of(one))?.function, firstAttached(key), providerOf(l1Of(one), [])]).toEqual([one, l1Of(one), key]);

    l1Of(one).capacityProviderConfig = undefined;

    expect([firstAttached(key), providerOf(l1Of(one), [])]).toEqual([l1Of(two), undefined]);
    expect(attachmentsOf(fleet).map(({ function: fn }) => fn)).toEqual([two]);
  });

  test.each<[string, (stack: Stack) => string, boolean]>([
    ['the same ARN', (stack) => stack.formatArn({ service: 'lambda', resource: 'capacity-provider', resourceName: 'orders', arnFormat: undefined }), false],
    ['the ARN of the import', () => THEIRS, true],
    ['another ARN', () => `${THEIRS}s`, false],
    ['a parameter', (stack) => new CfnParameter(stack, 'Arn').valueAsString, false],
    ['another provider', (stack) => cdkProvider(stack).capacityProviderArn, false],
  ])('are found by the ARN of an import: %s', (_what, arn, found) => {
    const stack = testStack();
    const provider = lambda.CapacityProvider.fromCapacityProviderArn(stack, 'Import', THEIRS);
    const fn = l1Of(testFunction(stack));
    fn.capacityProviderConfig = { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: arn(stack) } };

    expect(providerOf(fn, [provider]) === provider).toBe(found);
  });

  test('are found by the parameter that an import of their stack has', () => {
    const app = new App();
    const [stack, other] = ['Stack', 'Other'].map((id) => new Stack(app, id));
    const arn = new CfnParameter(stack, 'Arn').valueAsString;
    const importOf = (scope: Stack) => lambda.CapacityProvider.fromCapacityProviderArn(scope, 'Provider', arn);
    const fn = l1Of(testFunction(stack));
    fn.capacityProviderConfig = { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: arn } };
    const [here, there] = [importOf(stack), importOf(other)];

    expect(providerOf(fn, [there, here])).toBe(here);
    expect(providerOf(fn, [there])).toBeUndefined();
    expect(attachmentsOf(here).map(({ resource }) => resource)).toEqual([fn]);
  });
});
