import Ajv from 'ajv';
import { CfnParameter, Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as schema from '../../schema/cost-estimate-1.json';
import { AddFunctionOptions, CostEstimate, FunctionLoad, InstanceSelection, ManagedInstances } from '../../src';
import { needOfLoad, settingsFor } from '../../src/planning/load-sizing';
import { ManagedInstancesLimits } from '../../src/service/managed-instances-limits';
import { LiveVersion } from '../../src/sizing/fleet-demand';
import { testFunction, testStack } from '../util';

const LIMITS = ManagedInstancesLimits.CURRENT._values;
const SECONDS = 730 * 3600;

const version = (memoryMiB: number, vCpus: number): LiveVersion => ({ functionName: 'Api', version: '$LATEST.PUBLISHED', memoryMiB, vCpus });

/** So many requests a second of 120 ms, on a function of 4096 MB and 2 vCPUs. */
function estimate(perSecond: number, load: Partial<FunctionLoad> = {}, options: AddFunctionOptions = {}, memorySize = 4096): CostEstimate {
  const stack = testStack({ env: { region: 'us-east-1' } });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b', 'c'], privateSubnetIds: ['s-1', 's-2', 's-3'] });
  const fleet = new ManagedInstances(stack, 'Fleet', { vpc, maxVCpuCount: 400, instances: InstanceSelection.allow(new ec2.InstanceType('c7g.2xlarge')) });
  const fn = testFunction(stack, 'Api', { memorySize, architecture: lambda.Architecture.ARM_64 });
  fleet.addFunction(fn, { executionEnvironmentMemoryGiBPerVCpu: 2, ...options });
  return fleet.plan().estimate([{ function: fn, requestsPerMonth: perSecond * SECONDS, meanDuration: Duration.millis(120), ...load }]);
}

const words = (text: string) => text.replace(/\s+/g, ' ');

test('200 requests a second that compute 120 ms need thirty environments of one vCPU', () => {
  const waiting = estimate(200, {}, {}, 2048);
  const computing = estimate(200, { meanCpuTime: Duration.millis(120) }, {}, 2048);

  expect(waiting.functions[0]).toMatchObject({ executionEnvironments: 3, environmentsByConcurrency: 1, environmentsByCpu: 30, boundBy: 'Minimum', suggested: undefined });
  expect(words(waiting.toString())).toMatch('Api: requests are assumed to wait most of the time (no CPU time is given). If they computed all the time: 200 a second × 120 ms of CPU are 24 busy vCPUs, which need 30 environments if at most 80 % of the vCPUs may be busy.');
  expect(computing.functions[0]).toMatchObject({ executionEnvironments: 30, boundBy: 'Cpu' });
  expect(computing.expected!.lowest).toMatchObject({ instanceType: 'c7g.2xlarge', instances: 5 });
  expect(computing.expected!.lowest.total).toBeGreaterThan(waiting.expected!.lowest.total);
});

test('what to set follows from CPU, duration and peak, with the reason beside it', () => {
  const result = estimate(400, { meanCpuTime: Duration.millis(30), peakToMean: 3 });

  // 400 × 30 ms are 12 vCPUs, at 80 % 7.5 environments of 2; three times as many at the peak
  expect(result.functions[0].suggested).toEqual(
    { maxConcurrency: 8, minExecutionEnvironments: 8, maxExecutionEnvironments: 23, memoryGiBPerVCpu: 2 },
  );
  // 23 environments, three on each: 8 instances; the 8 once more, from 3 instances to 6; and one
  expect(result.suggestedMaxVCpuCount).toBe(8 * 8 + 3 * 8 + 8);
  expect(words(result.toString())).toMatch('What to set - Api: perExecutionEnvironmentMaxConcurrency 8 (vCPUs × 120 ms ÷ 30 ms), '
    + 'minExecutionEnvironments 8 (on average), maxExecutionEnvironments 23 (3 times as many requests), executionEnvironmentMemoryGiBPerVCpu 2 '
    + '- fleet: maxVCpuCount 96 = 64 at the peak (8 × c7g.2xlarge) + 24 for a deployment + 8 for a replacement');
  expect(Math.max(...result.toString().split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(new Ajv().validate(schema, result.toJson())).toBe(true);
});

test.each<[string, Partial<FunctionLoad>, AddFunctionOptions, object]>([
  ['CPU', { meanCpuTime: Duration.millis(60) }, {}, { executionEnvironments: 15, boundBy: 'Cpu', throttled: false }],
  ['concurrency', { meanCpuTime: Duration.millis(1) }, { perExecutionEnvironmentMaxConcurrency: 4 }, { executionEnvironments: 12, boundBy: 'Concurrency' }],
  ['the minimum', { meanCpuTime: Duration.millis(1) }, {}, { executionEnvironments: 3, boundBy: 'Minimum' }],
  ['the maximum', { meanCpuTime: Duration.millis(60) }, { latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 14 } }, { executionEnvironments: 14, boundBy: 'Maximum', throttled: true }],
])('%s binds', (_, load, options, expected) => {
  expect(estimate(400, load, options).functions[0]).toMatchObject(expected);
});

test('fewer vCPUs for the same memory suit a load that waits', () => {
  const rate = { requestsPerSecond: 10, seconds: 0.5, peakToMean: 2 };

  expect(settingsFor({ ...rate, cpuSeconds: 0.005 }, version(8192, 4), LIMITS)).toMatchObject({ memoryGiBPerVCpu: 8, maxConcurrency: 64 });
  expect(settingsFor({ ...rate, cpuSeconds: 0.4 }, version(8192, 4), LIMITS)).toMatchObject({ memoryGiBPerVCpu: 4 });
  expect(settingsFor({ ...rate, requestsPerSecond: 100, cpuSeconds: 0.4 }, version(8192, 4), LIMITS)).toMatchObject({ memoryGiBPerVCpu: 2 });
  expect(settingsFor({ ...rate, cpuSeconds: 0.005 }, version(2048, 1), LIMITS)).toMatchObject({ memoryGiBPerVCpu: 2, minExecutionEnvironments: 3 });
});

/**
 * The methodology of https://aws-samples.github.io/sample-aws-lambda-managed-instances/ (read 2026-11-20): requests at once that a vCPU
 * sustains are 100 ÷ CPU %, at most those of the runtime; half as many environments again are a buffer.
 */
describe('AWS\'s calculator', () => {
  const calculator = (requestsPerSecond: number, seconds: number, cpuPercent: number, vCpus: number) => {
    const sustained = Math.min(100 / cpuPercent, 64) * vCpus;
    return { sustained, environments: requestsPerSecond * seconds / sustained };
  };

  test.each([[0.5, 1], [25, 1], [25, 4], [50, 1], [50, 2], [12.5, 1]])('sustains the same at %d %% of CPU on %d vCPUs', (cpuPercent, vCpus) => {
    const load = { requestsPerSecond: 500, seconds: 0.2, cpuSeconds: 0.2 * cpuPercent / 100, peakToMean: 1.5 };
    const { sustained, environments } = calculator(500, 0.2, cpuPercent, vCpus);
    const { byConcurrency, byCpu } = needOfLoad(load, vCpus, sustained, LIMITS);

    expect(settingsFor(load, version(2048 * vCpus, vCpus), LIMITS)!.maxConcurrency).toBe(Math.floor(sustained));
    expect(byConcurrency).toBe(Math.ceil(environments));
    // Our room is a quarter, where CPU binds: 80 % busy. That of the calculator is a half.
    expect(Math.max(byConcurrency, byCpu)).toBeLessThanOrEqual(Math.ceil(environments * 1.5));
    expect(Math.max(byConcurrency, byCpu)).toBeGreaterThanOrEqual(Math.ceil(environments));
  });
});

test.each<[string, Partial<FunctionLoad>, string]>([
  ['no CPU time', { meanCpuTime: Duration.millis(0) }, 'meanCpuTime is 0 ms, but must be longer than 0'],
  ['a peak below the mean', { peakToMean: 0.5 }, 'peakToMean is 0.5, but must be a number of at least 1'],
])('refuses %s', (_, load, message) => {
  expect(() => estimate(1, load)).toThrow(message);
});

test('says nothing of CPU time that is known at deployment only', () => {
  const stack = testStack();
  const ms = new CfnParameter(stack, 'Ms', { type: 'Number' }).valueAsNumber;

  const [fn] = estimate(1, { meanCpuTime: Duration.millis(ms) }).functions;
  expect(fn.executionEnvironments).toBeUndefined();
  expect(fn.suggested).toBeUndefined();
});
