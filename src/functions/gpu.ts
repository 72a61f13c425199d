import { Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GpuMemory } from '../service/gpu-memory';

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
  classOf(resource).classifyVersionProperty('AcceleratorConfig', true);
  Validations.of(resource).acknowledge({
    id: 'CloudFormation-Validate::F3002',
    reason: 'AcceleratorConfig is in Lambda\'s API and newer than the schema that the validator in aws-cdk-lib has',
  });
}

/** The function's own: where this library is linked into an app, it has another copy of aws-cdk-lib beside it. */
function classOf(resource: lambda.CfnFunction): typeof lambda.Function {
  const owner = resource.node.scope?.constructor as typeof lambda.Function | undefined;
  return owner?.classifyVersionProperty ? owner : lambda.Function;
}
