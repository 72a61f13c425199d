import { Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GpuMemory } from '../service/gpu-memory';

/** The L1's property, which it has since aws-cdk-lib 2.278.0. */
const ACCELERATOR = 'acceleratorConfig';

/** The GPU as a change of the function, to judge it before it is made. */
export function gpuChange(memory?: GpuMemory): object {
  return memory ? { [ACCELERATOR]: { acceleratorMemorySize: memory.gibibytes } } : {};
}

/** Sets the GPU memory of a function, and prepares CDK for the property, also if the function sets it itself. */
export function requestGpu(resource: lambda.CfnFunction, memory?: GpuMemory): void {
  if (!memory && !(resource as Partial<Record<typeof ACCELERATOR, unknown>>)[ACCELERATOR]) return;
  if (memory && ACCELERATOR in resource) Object.assign(resource, gpuChange(memory));
  else if (memory) resource.addPropertyOverride('AcceleratorConfig.AcceleratorMemorySize', memory.gibibytes);
  // Also where the L1 knows the property: whether the hash of `currentVersion` and the template validator do, is another matter.
  classOf(resource).classifyVersionProperty('AcceleratorConfig', true);
  Validations.of(resource).acknowledge({
    id: 'CloudFormation-Validate::F3002',
    reason: 'AcceleratorConfig is in Lambda\'s API; the schema of the validator in aws-cdk-lib may be older',
  });
}

/** The function's own: where this library is linked into an app, it has another copy of aws-cdk-lib beside it. */
function classOf(resource: lambda.CfnFunction): typeof lambda.Function {
  const owner = resource.node.scope?.constructor as typeof lambda.Function | undefined;
  return owner?.classifyVersionProperty ? owner : lambda.Function;
}
