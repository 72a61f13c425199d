/** The same input gives the same answer, whoever wrote it: this library's construct, CDK's own, a plain template. */
import { CfnCondition, CfnMapping, CfnParameter, Fn, Lazy, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { inThreeSources, messagesInTemplate, SourceProps, Written } from '../three-sources';
import { testFunction } from '../util';

type Case = [string, (written: Written) => void, string[], SourceProps?];

/** A function with properties of its own, on the provider. */
function managed(
  { stack, attach }: Written, props: Partial<lambda.CfnFunctionProps> = {}, options?: lambda.CapacityProviderFunctionOptions, providerArn?: string,
): lambda.CfnFunction {
  const fn = testFunction(stack, 'Orders').node.defaultChild as lambda.CfnFunction;
  Object.assign(fn, { memorySize: 2048, ...props });
  const ratio = { executionEnvironmentMemoryGiBPerVCpu: 2, ...options };
  if (providerArn === undefined) attach(fn, ratio);
  else fn.capacityProviderConfig = { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: providerArn, ...ratio } };
  return fn;
}

const CASES: Case[] = [
  ['a good function', (written) => managed(written), []],
  ['too little memory', (written) => managed(written, { memorySize: 512 }), ['error FunctionMemoryRange']],
  ['memory by a condition with two wrong branches', (written) => {
    const condition = new CfnCondition(written.stack, 'IsProd', { expression: Fn.conditionEquals(new CfnParameter(written.stack, 'Stage').valueAsString, 'prod') });
    managed(written, { memorySize: Token.asNumber(Fn.conditionIf(condition.logicalId, 512, 1024)) });
  }, ['error FunctionMemoryRange']],
  ['memory by a condition with one wrong branch', (written) => {
    const condition = new CfnCondition(written.stack, 'IsProd', { expression: Fn.conditionEquals(new CfnParameter(written.stack, 'Stage').valueAsString, 'prod') });
    managed(written, { memorySize: Token.asNumber(Fn.conditionIf(condition.logicalId, 512, 2048)) });
  }, []],
  ['memory by a mapping', (written) => {
    const mapping = new CfnMapping(written.stack, 'Sizes', { mapping: { prod: { memory: 512 } } });
    managed(written, { memorySize: Token.asNumber(Fn.findInMap(mapping.logicalId, 'prod', 'memory')) });
  }, ['error FunctionMemoryRange']],
  ['memory by a mapping that lacks it', (written) => {
    const mapping = new CfnMapping(written.stack, 'Sizes', { mapping: { prod: { memory: 4096 } } });
    managed(written, { memorySize: Token.asNumber(Fn.findInMap(mapping.logicalId, 'dev', 'memory', '512')) });
  }, ['error FunctionMemoryRange']],
  ['memory by a mapping that has it, and a default', (written) => {
    const mapping = new CfnMapping(written.stack, 'Sizes', { mapping: { prod: { memory: 4096 } } });
    managed(written, { memorySize: Token.asNumber(Fn.findInMap(mapping.logicalId, 'prod', 'memory', '512')) });
  }, []],
  ['a schedule whose input is computed', (written) => {
    const fn = managed(written);
    new scheduler.CfnSchedule(written.stack, 'Up', {
      scheduleExpression: 'cron(0 7 * * ? *)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: 'arn:aws:scheduler:::aws-sdk:lambda:putFunctionScalingConfig',
        roleArn: 'arn:aws:iam::123456789012:role/scheduler',
        input: Fn.toJsonString({ FunctionName: fn.ref, Qualifier: 'live', FunctionScalingConfig: { MinExecutionEnvironments: 1, MaxExecutionEnvironments: 2 } }),
      },
    });
  }, ['error ScheduleQualifier']],
  ['memory by a parameter\'s default', (written) => managed(written, {
    memorySize: new CfnParameter(written.stack, 'Memory', { type: 'Number', default: 512 }).valueAsNumber,
  }), ['warning FunctionMemoryRange']],
  ['memory by a lazy value', (written) => managed(written, { memorySize: Lazy.number({ produce: () => 512 }) }), ['error FunctionMemoryRange']],
  ['a mapping to $LATEST out of pieces', (written) => {
    managed(written, { functionName: 'orders' });
    new lambda.CfnEventSourceMapping(written.stack, 'X', { functionName: Fn.sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:orders:$LATEST') });
  }, ['error InvokeLatest']],
  ['an alias of $LATEST', (written) => {
    const fn = managed(written);
    new lambda.CfnAlias(written.stack, 'X', { name: 'live', functionName: fn.ref, functionVersion: '$LATEST' });
  }, ['error InvokeLatest']],
  ['retries on $LATEST', (written) => {
    const fn = managed(written);
    new lambda.CfnEventInvokeConfig(written.stack, 'X', { functionName: fn.ref, qualifier: '$LATEST', maximumRetryAttempts: 1 });
  }, ['warning AsyncInvokeLatest']],
  ['too small a memory for too many requests', (written) => (
    managed(written, { memorySize: 512 }, { perExecutionEnvironmentMaxConcurrency: 65 })
  ), ['error FunctionMemoryRange', 'error ConcurrencyPerVCpu']],
  ['a memory that its ratio refuses, with as many requests as it would take', (written) => (
    managed(written, { memorySize: 2048 }, { executionEnvironmentMemoryGiBPerVCpu: 8, perExecutionEnvironmentMaxConcurrency: 64 })
  ), ['error FunctionMemoryBelowRatio']],
  ['an architecture that is misspelt', (written) => managed(written, { architectures: ['ARM64'] }), ['error ArchitectureName']],
  ['a misspelt architecture of the provider', (written) => {
    written.provider.instanceRequirements = { architectures: ['ARM64'] };
    managed(written);
  }, ['error ArchitectureName']],
  ['types of one architecture without naming it', (written) => {
    written.provider.instanceRequirements = { allowedInstanceTypes: ['m7g.xlarge', 'm7g.2xlarge', 'm7g.4xlarge'] };
    managed(written, { architectures: ['arm64'] });
  }, ['error InstanceArchitecture']],
  ['types of which nobody knows the architecture', (written) => {
    written.provider.instanceRequirements = { architectures: ['x86_64'], allowedInstanceTypes: ['c99g.xlarge', 'c99g.2xlarge', 'c99g.4xlarge'] };
    managed(written);
  }, ['warning InstanceTypeUnproven']],
  ['a provider by an ARN out of pieces', (written) => {
    written.provider.capacityProviderName = 'orders';
    managed(written, {}, {}, Fn.sub(`arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:capacity-provider:\${${written.stack.getLogicalId(written.provider)}}`));
  }, ['warning ProviderNameFixed']],
  ['no time', (written) => managed(written, { timeout: 0 }), ['error TimeoutRange']],
  ['half a megabyte of /tmp', (written) => managed(written, { ephemeralStorage: { size: 512.5 } }), ['error EphemeralStorage']],
  ['subnets by a parameter', (written) => {
    const list = new CfnParameter(written.stack, 'Subnets', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList;
    managed(written, { vpcConfig: { subnetIds: list, securityGroupIds: ['sg-1'] } });
  }, ['error FunctionVpc']],
];

test.each(CASES)('%s', (_what, write, expected, props = {}) => {
  const same = [...expected].sort();

  expect(inThreeSources(write, props)).toEqual({ ours: same, cdk: same, template: same });
});

test.each<[string, (provider: lambda.CfnCapacityProvider) => string]>([
  ['by Ref', (provider) => provider.ref],
  ['literally', () => 'orders'],
])('refuses the name of a capacity provider where its ARN belongs, %s', (_what, nameOf) => {
  const { cdk, template } = inThreeSources(({ stack, provider }) => {
    const fn = testFunction(stack, 'Orders').node.defaultChild as lambda.CfnFunction;
    Object.assign(fn, {
      memorySize: 2048,
      capacityProviderConfig: {
        lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: nameOf(provider), executionEnvironmentMemoryGiBPerVCpu: 2 },
      },
    });
  });

  expect({ cdk, template }).toEqual({ cdk: ['error ProviderArn'], template: ['error ProviderArn'] });
});

test('says what was assumed', () => {
  expect(messagesInTemplate((written) => managed(written, {
    memorySize: new CfnParameter(written.stack, 'Memory', { type: 'Number', default: 512 }).valueAsNumber,
  }), 'FunctionMemoryRange')).toEqual([
    'MemorySize is 512 MB (assuming the default of the parameter Memory), but managed instances need 2048 to 32768 MB. Set MemorySize '
      + 'to 2048 or more, or leave it out.',
  ]);
});

test('says of what was assumed only what the finding rests on', () => {
  const parameter = (stack: Written['stack'], id: string, value: number) => new CfnParameter(stack, id, { type: 'Number', default: value }).valueAsNumber;

  expect(messagesInTemplate((written) => managed(written, {
    memorySize: parameter(written.stack, 'Memory', 4096), timeout: parameter(written.stack, 'Timeout', 6000),
  }), 'TimeoutRange')).toEqual([expect.stringContaining('6000 (assuming the default of the parameter Timeout)')]);
});
