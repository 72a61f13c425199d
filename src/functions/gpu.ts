import { Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { gpuFactsOf } from '../rules/facts/gpu-facts';
import { Finding, findingsOf } from '../rules/findings';
import { GPU_RULES } from '../rules/gpu-rules';
import { RuleContext } from '../rules/rule';
import { GpuMemory } from '../service/gpu-memory';

/** What is wrong with the GPU that a function asks for, or would with the changes. Nothing where it asks for none. */
export function gpuFindings(
  provider: lambda.ICapacityProviderRef, context: RuleContext, resource: lambda.CfnFunction, changes: object = {},
): Finding[] {
  const facts = gpuFactsOf(provider, resource, changes);
  return facts ? findingsOf(GPU_RULES, facts, context) : [];
}

/** The GPU as a change of the function, to judge it before it is made. */
export function gpuChange(memory?: GpuMemory): object {
  return memory ? { acceleratorConfig: { acceleratorMemorySize: memory.gibibytes } } : {};
}

/**
 * Has a function ask for a GPU.
 *
 * CDK's resource doesn't know the property yet. As soon as it does, its own is used, and what is below that falls away.
 */
export function requestGpu(resource: lambda.CfnFunction, memory: GpuMemory): void {
  if ('acceleratorConfig' in resource) {
    Object.assign(resource, gpuChange(memory));
    return;
  }
  resource.addPropertyOverride('AcceleratorConfig.AcceleratorMemorySize', memory.gibibytes);
  // A GPU is a part of a version: without this, CDK refuses to compute the hash of `currentVersion`.
  lambda.Function.classifyVersionProperty('AcceleratorConfig', true);
  Validations.of(resource).acknowledge({
    id: 'CloudFormation-Validate::F3002',
    reason: 'AcceleratorConfig is in Lambda\'s API and newer than the schema that the validator in aws-cdk-lib has',
  });
}
