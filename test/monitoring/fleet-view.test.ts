import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AddFunctionOptions, AlarmLevel, GpuMemory, InstanceSelection, ManagedInstances } from '../../src';
import { testFunction, testStack } from '../util';
import { alarmsOf } from './body';
import { fires } from './metric-math';
import { periods, provider, PROVIDER, sent } from './watched';

const DEACTIVATED = { minExecutionEnvironments: 0, maxExecutionEnvironments: 0 };

/** Environments of 1 vCPU with a minimum of memory, and of more. */
function fleetOf(functions: (AddFunctionOptions & { memorySize?: number; versionOptions?: lambda.VersionOptions })[]) {
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet', {
    capacityProviderName: 'orders',
    maxVCpuCount: 100,
    instances: InstanceSelection.allow(...['m7g.2xlarge', 'm8g.2xlarge', 'm6g.2xlarge'].map((type) => new ec2.InstanceType(type))),
  });
  functions.forEach(({ memorySize, versionOptions, ...options }, i) => {
    const fn = testFunction(stack, `Function${i}`, { memorySize, architecture: lambda.Architecture.ARM_64, currentVersionOptions: versionOptions });
    fleet.addFunction(fn, options);
    if (versionOptions) fn.currentVersion;
  });
  fleet.addAlarms('Alarms', { level: AlarmLevel.FULL });
  const alarms = alarmsOf(stack);
  return { headroom: alarms[provider('LowHeadroom')].Threshold, reachable: alarms[provider('VCpuCeiling')].Threshold / 0.8 };
}

describe('what environments can hold, and what the next one needs', () => {
  // Of 8 vCPUs 7 are left: seven environments of 1, or one of 4.
  test.each<[string, Parameters<typeof fleetOf>[0], number, number]>([
    ['of one function', [{}], 1, 87.5],
    ['of the largest', [{}, { memorySize: 8192 }], 4, 50],
    ['without one that is deactivated', [{}, { memorySize: 8192, latestPublishedScalingConfig: DEACTIVATED }], 1, 87.5],
    ['with one that may be idle', [{}, { memorySize: 8192, latestPublishedScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 4 } }], 4, 50],
    ['with one of which a numbered version runs', [{}, {
      memorySize: 8192, latestPublishedScalingConfig: DEACTIVATED, versionOptions: { minExecutionEnvironments: 1, maxExecutionEnvironments: 2 },
    }], 4, 50],
    ['without one of which the numbered version is deactivated, too', [{}, { memorySize: 8192, latestPublishedScalingConfig: DEACTIVATED, versionOptions: DEACTIVATED }], 1, 87.5],
    ['of those that something may wake, where all are deactivated', [{ memorySize: 8192, latestPublishedScalingConfig: DEACTIVATED }], 4, 50],
    ['of nothing', [], 1, 50],
  ])('%s', (_what, functions, headroom, reachable) => {
    expect(fleetOf(functions)).toEqual({ headroom, reachable });
  });
});

describe('a fleet with GPUs', () => {
  const alarms = (types: string[], gpuMemory = GpuMemory.GIB_24) => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', {
      capacityProviderName: 'orders', maxVCpuCount: 64, instances: InstanceSelection.allow(...types.map((type) => new ec2.InstanceType(type))),
    });
    const images = ecr.Repository.fromRepositoryName(stack, 'Images', 'images');
    fleet.addFunction(new lambda.DockerImageFunction(stack, 'Function', { code: lambda.DockerImageCode.fromEcr(images), memorySize: 12288 }), {
      gpuMemory, executionEnvironmentMemoryGiBPerVCpu: 4,
    });
    fleet.addAlarms('Alarms');
    return alarmsOf(stack);
  };
  const full = [sent('vCPUAllocated', PROVIDER, periods(3, 12))];

  test('is at its ceiling when its GPUs are', () => {
    // Four instances of 16 vCPUs, each with one GPU for one environment of 3 vCPUs.
    const { [provider('VCpuCeilingReached')]: alarm } = alarms(['g6.4xlarge']);

    expect(alarm.Threshold).toBe(11.4);
    expect(fires(alarm, full)).toBe(true);
    expect(fires(alarm, [sent('vCPUAllocated', PROVIDER, periods(3, 9))])).toBe(false);
  });

  test('isn\'t judged by types whose GPUs are too small', () => {
    expect(alarms(['g4dn.4xlarge', 'g6.4xlarge'])[provider('VCpuCeilingReached')].Threshold).toBe(11.4);
  });
});
