import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InstanceSelection, ManagedInstances, ManagedInstancesChecks } from '../../src';
import { synthErrorOf, testFunction, testStack, warningsOf } from '../util';

const violationsOf = (stack: Stack) => new ManagedInstancesChecks().validateScope(stack).violations;

describe('what all functions need together', () => {
  test('is judged at synthesis, on the provider', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 12 });
    fleet.addFunction(testFunction(stack, 'Big', { memorySize: 16384 }));

    expect(synthErrorOf(stack)).toMatch('[Stack/Fleet/CapacityProvider/Resource] maxVCpuCount is 12, but the environments that are always kept (Stack/Big $LATEST.PUBLISHED 3 × 8 vCPUs) need 32: 1 × *.8xlarge at the very least');
    expect(synthErrorOf(stack).match(/VCpuCeilingBelowMinimum/g)).toHaveLength(1);
  });

  test('is judged as it stands at last: a late fix clears it', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 12 });
    fleet.addFunction(testFunction(stack, 'Big', { memorySize: 16384 }));
    (fleet.node.defaultChild as lambda.CfnCapacityProvider).capacityProviderScalingConfig = { maxVCpuCount: 400 };

    expect(synthErrorOf(stack)).toBe('');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('counts numbered versions, each with environments of its own', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 20 });
    const fn = testFunction(stack, 'Function', { memorySize: 8192 });
    fleet.addFunction(fn);
    fn.currentVersion;

    expect(synthErrorOf(stack)).toMatch('Stack/Function $LATEST.PUBLISHED 3 × 4, Stack/Function CurrentVersion 3 × 4 vCPUs)');
  });

  test('warns once where a deployment may not fit, and is acknowledged by its id', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 16 });
    fleet.addFunction(testFunction(stack, 'Function', { memorySize: 8192 }));

    expect(warningsOf(stack)).toEqual([expect.stringMatching('VCpuCeilingTight')]);

    Validations.of(fleet).acknowledge({ id: 'cdk-lambda-managed-instances::VCpuCeilingTight', reason: 'Functions are deployed at night' });
    expect(violationsOf(stack).map(({ ruleName }) => ruleName)).not.toContain('VCpuCeilingTight');
  });

  test('counts functions of other stacks', () => {
    const app = new App();
    const shared = new Stack(app, 'Shared');
    const fleet = new ManagedInstances(shared, 'Fleet', { maxVCpuCount: 20 });
    fleet.addFunction(testFunction(new Stack(app, 'One'), 'Function', { memorySize: 8192 }));
    fleet.addFunction(testFunction(new Stack(app, 'Two'), 'Function', { memorySize: 8192 }));

    expect(synthErrorOf(shared)).toMatch('One/Function $LATEST.PUBLISHED 3 × 4, Two/Function $LATEST.PUBLISHED 3 × 4 vCPUs)');
  });

  test('is judged in a stage', () => {
    const stage = new Stage(new App(), 'Stage');
    const stack = new Stack(stage, 'Stack');
    new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 12 }).addFunction(testFunction(stack, 'Function', { memorySize: 16384 }));

    expect(() => stage.synth()).toThrow('VCpuCeilingBelowMinimum');
  });

  test('is judged of an import, as far as it was stated', () => {
    const stack = testStack();
    const provider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'shared');
    ManagedInstances.fromCapacityProvider(stack, 'Fleet', provider, { maxVCpuCount: 12 }).addFunction(testFunction(stack, 'Function', { memorySize: 16384 }));

    expect(synthErrorOf(stack)).toMatch('[Stack/Provider] maxVCpuCount is 12, but the environments that are always kept (Stack/Function $LATEST.PUBLISHED 3 × 8 vCPUs) need 24');
  });

  test('finds a function that fits on none of the allowed types', () => {
    const stack = testStack();
    const instances = InstanceSelection.allow(...['c7g.xlarge', 'm7g.xlarge', 'r7g.xlarge'].map((type) => new ec2.InstanceType(type)));
    const fleet = new ManagedInstances(stack, 'Fleet', { instances });
    fleet.addFunction(testFunction(stack, 'Function', { memorySize: 16384, architecture: lambda.Architecture.ARM_64 }));

    expect(synthErrorOf(stack)).toMatch('allowedInstanceTypes has no type for the 8 vCPUs and 16384 MB of Stack/Function $LATEST.PUBLISHED, but the largest, r7g.xlarge, leaves 3 vCPUs');
  });

  test('finds subnets that are too small', () => {
    const stack = testStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/25'), maxAzs: 2, natGateways: 1 });
    const fleet = new ManagedInstances(stack, 'Fleet', { vpc });
    fleet.addFunction(testFunction(stack, 'Function'));

    expect(warningsOf(stack).join()).toMatch('vpcSubnets has a subnet with only 27 free addresses, but 200 instances over 2 subnets need 100 in each');
  });

  test('says nothing of a fleet without functions', () => {
    const stack = testStack();
    new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 12 });

    expect(synthErrorOf(stack)).toBe('');
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('in templates, whoever wrote them,', () => {
  /** CDK's own construct alone. */
  function plainStack(maxVCpuCount: number, executionEnvironmentMemoryGiBPerVCpu?: number): Stack {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b', 'c'], privateSubnetIds: ['s-1', 's-2', 's-3'] });
    const provider = new lambda.CapacityProvider(stack, 'Provider', {
      subnets: vpc.privateSubnets, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')], maxVCpuCount,
    });
    provider.addFunction(testFunction(stack, 'Function', { memorySize: 16384 }), { executionEnvironmentMemoryGiBPerVCpu });
    return stack;
  }

  test('the plugin finds a ceiling that doesn\'t hold the functions', () => {
    const stack = plainStack(16, 2);
    Validations.of(stack.node.root).addPlugins(new ManagedInstancesChecks());

    expect(() => (stack.node.root as App).synth()).toThrow('ERROR CapacityProviderScalingConfig.MaxVCpuCount is 16, but the environments that are always kept (Function76856677 $LATEST.PUBLISHED 3 × 8 vCPUs) need 32: 1 × *.8xlarge at the very least (cdk-lambda-managed-instances)');
  });

  test('the plugin warns where the vCPUs are left to AWS\'s default, of which sources disagree', () => {
    const violation = violationsOf(plainStack(16)).find(({ ruleName }) => ruleName === 'VCpuCeilingBelowMinimum');

    expect(violation).toMatchObject({ severity: 'warning' });
    expect(violation!.description).toMatch('MaxVCpuCount is 16, but the environments that are always kept (Function76856677 $LATEST.PUBLISHED 3 × 8 vCPUs) need 32: 1 × *.8xlarge at the very least, if functions without a ratio get AWS\'s 2 GiB per vCPU');
    expect(violation!.description).toMatch('if functions without a ratio get AWS\'s 2 GiB per vCPU');
  });

  test('the idle floor is told also where nobody says which Region it is, or which ratio', () => {
    const stack = testStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b', 'c'], privateSubnetIds: ['s-1', 's-2', 's-3'] });
    new lambda.CapacityProvider(stack, 'Provider', { subnets: vpc.privateSubnets, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] })
      .addFunction(testFunction(stack, 'Function', { memorySize: 16384 }));
    const floor = violationsOf(stack).find(({ ruleName }) => ruleName === 'IdleFloor');

    expect(floor!.description).toMatch('in us-east-1, since the Region isn\'t known');
    expect(floor!.description).toMatch('if functions without a ratio get AWS\'s 2 GiB per vCPU');
  });

  test('validateScope also tells the idle floor', () => {
    const floor = violationsOf(plainStack(400, 2)).find(({ ruleName }) => ruleName === 'IdleFloor');

    expect(floor).toMatchObject({ severity: 'info', violatingResources: [{ constructPath: 'Stack/Provider/Resource' }] });
    expect(floor!.description).toMatch(/^At rest this fleet costs about \$[\d,.]+ to \$[\d,.]+ a month: /);
  });

  test('a synthesis with the plugin prints neither floor nor warning twice', () => {
    const stack = testStack({ env: { region: 'us-east-1', account: '111111111111' } }, {
      context: {
        'availability-zones:account=111111111111:region=us-east-1': ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      },
    });
    Validations.of(stack.node.root).addPlugins(new ManagedInstancesChecks());
    new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 16 }).addFunction(testFunction(stack, 'Function', { memorySize: 8192 }));

    expect(() => Template.fromStack(stack)).not.toThrow();
    expect(warningsOf(stack)).toHaveLength(1);
  });
});
