import { CfnParameter } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GpuMemory, InstanceSelection, ManagedInstances, ManagedInstancesProps } from '../../src';
import { onlyResource, testStack, warningsOf } from '../util';

const instances = InstanceSelection.gpu({ memory: GpuMemory.GIB_24 });
const CPU = { PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', TargetValue: 50 };
const GPU = { PredefinedMetricType: 'LambdaCapacityProviderAverageGPUUtilization', TargetValue: 60 };

function scaling(props: ManagedInstancesProps, stack = testStack()) {
  new ManagedInstances(stack, 'Fleet', { instances, ...props });
  expect(warningsOf(stack)).toEqual([]);
  return onlyResource(stack, 'AWS::Lambda::CapacityProvider').Properties.CapacityProviderScalingConfig;
}

test.each<[string, ManagedInstancesProps, unknown]>([
  ['alone', { gpuUtilizationTarget: 60 }, { ScalingMode: 'Manual', ScalingPolicies: [GPU] }],
  ['with a ceiling', { gpuUtilizationTarget: 60, maxVCpuCount: 64 }, { MaxVCpuCount: 64, ScalingMode: 'Manual', ScalingPolicies: [GPU] }],
  [
    'with a target for the CPU',
    { gpuUtilizationTarget: 60, scalingOptions: lambda.ScalingOptions.manual([lambda.TargetTrackingScalingPolicy.cpuUtilization(50)]) },
    { ScalingMode: 'Manual', ScalingPolicies: [CPU, GPU] },
  ],
  ['at zero', { gpuUtilizationTarget: 0 }, { ScalingMode: 'Manual', ScalingPolicies: [{ ...GPU, TargetValue: 0 }] }],
  ['left out', { maxVCpuCount: 64 }, { MaxVCpuCount: 64 }],
])('renders a target for the GPU %s', (_how, props, expected) => {
  expect(scaling(props)).toEqual(expected);
});

test('takes a parameter', () => {
  const stack = testStack();
  const gpuUtilizationTarget = new CfnParameter(stack, 'Target', { type: 'Number' }).valueAsNumber;

  expect(scaling({ gpuUtilizationTarget }, stack)).toEqual({ ScalingMode: 'Manual', ScalingPolicies: [{ ...GPU, TargetValue: { Ref: 'Target' } }] });
});

test('refuses it next to the same target of CDK\'s own, which 2.278.0 has', () => {
  const policy = { predefinedMetricType: GPU.PredefinedMetricType, targetValue: 60 } as lambda.TargetTrackingScalingPolicy;

  expect(() => scaling({ gpuUtilizationTarget: 60, scalingOptions: lambda.ScalingOptions.manual([policy]) })).toThrow(
    'gpuUtilizationTarget is set, but must be left out if TargetTrackingScalingPolicy.gpuUtilization() is given. Leave out TargetTrackingScalingPolicy.gpuUtilization() or gpuUtilizationTarget.',
  );
  expect(scaling({ scalingOptions: lambda.ScalingOptions.manual([policy]) })).toEqual({ ScalingMode: 'Manual', ScalingPolicies: [GPU] });
});

test.each<[string, InstanceSelection, string | undefined]>([
  ['Graviton', InstanceSelection.graviton(), 'arm64'],
  ['types without one', InstanceSelection.where({ generationMin: 8, allowedInstanceTypes: ['m8i.*large'] }), 'm8i'],
  ['whatever Lambda takes', InstanceSelection.automatic(), undefined],
])('warns of it where no instance has a GPU, with %s', (_what, selection, found) => {
  const stack = testStack();

  new ManagedInstances(stack, 'Fleet', { instances: selection, gpuUtilizationTarget: 60 });

  expect(warningsOf(stack)).toEqual(found ? [expect.stringMatching(
    `^scalingPolicies follows .*, but the instances have no GPU to measure \\(${found}.*GpuScalingMetric\\]$`,
  )] : []);
});

test('refuses it where Lambda decides', () => {
  expect(() => scaling({ gpuUtilizationTarget: 60, scalingOptions: lambda.ScalingOptions.auto() })).toThrow(
    'gpuUtilizationTarget is set, but must be left out if ScalingOptions.auto() is given. Leave out ScalingOptions.auto() or '
      + 'gpuUtilizationTarget. [cdk-lambda-managed-instances::ContradictingProps]',
  );
});

test('names the property that is out of range', () => {
  expect(() => scaling({ gpuUtilizationTarget: 300 })).toThrow(/^gpuUtilizationTarget is 300, but must be a utilisation from 0 to 100 percent\b/);
});
