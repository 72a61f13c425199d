import { Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GpuMemory } from '../service/gpu-memory';

/** The name of the L1's property, which exists since aws-cdk-lib 2.278.0. */
const ACCELERATOR = 'acceleratorConfig';

/** Returns the GPU as a change of the function's properties, so that it can be checked before it is made. */
export function gpuChange(memory?: GpuMemory): object {
  return memory ? { [ACCELERATOR]: { acceleratorMemorySize: memory.gibibytes } } : {};
}

/** Sets the GPU memory of a function, and prepares CDK for the property. It does the latter also for a function that sets the property itself. */
export function requestGpu(resource: lambda.CfnFunction, memory?: GpuMemory): void {
  if (!memory && !(resource as Partial<Record<typeof ACCELERATOR, unknown>>)[ACCELERATOR]) return;
  if (memory && ACCELERATOR in resource) Object.assign(resource, gpuChange(memory));
  else if (memory) resource.addPropertyOverride('AcceleratorConfig.AcceleratorMemorySize', memory.gibibytes);
  // This is needed even if the L1 knows the property: the hash of `currentVersion` and the template validator may not know it.
  classOf(resource).classifyVersionProperty('AcceleratorConfig', true);
  Validations.of(resource).acknowledge({
    id: 'CloudFormation-Validate::F3002',
    reason: 'AcceleratorConfig is in Lambda\'s API; the schema of the validator in aws-cdk-lib may be older',
  });
}

/** Returns the function's own class. If this library is linked into an app, the library has another copy of aws-cdk-lib than the app. */
function classOf(resource: lambda.CfnFunction): typeof lambda.Function {
  const owner = resource.node.scope?.constructor as typeof lambda.Function | undefined;
  return owner?.classifyVersionProperty ? owner : lambda.Function;
}
