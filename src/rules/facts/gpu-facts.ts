import * as lambda from 'aws-cdk-lib/aws-lambda';
import { cfnCapacityProviderOf } from './attachments';
import { Fact } from './fact';
import { functionFacts } from './function-facts';
import { ConstructProperties, PropertySource } from './property-source';

/** What the rules need to know of a function that may ask for a GPU. */
export interface GpuFacts {
  /** GB. Undefined where no GPU is asked for. */
  readonly acceleratorMemorySize: Fact<number>;
  readonly hasProvider: boolean;
  /** `Image` or `Zip`, which is Lambda's default. */
  readonly packageType: Fact<string>;
  /** `arm64` or `x86_64`, which is Lambda's default. */
  readonly architecture: Fact<string>;
  /** The allow list of the provider, where that is known. */
  readonly allowedInstanceTypes: Fact<Fact<string>[]>;
}

/** Reads an `AWS::Lambda::Function` and the `AWS::Lambda::CapacityProvider` that it is on, as far as it is known. */
export function gpuFacts(properties: PropertySource, provider?: PropertySource): GpuFacts {
  return {
    acceleratorMemorySize: properties.number('acceleratorConfig', 'acceleratorMemorySize'),
    hasProvider: properties.has('capacityProviderConfig'),
    packageType: properties.has('packageType') ? properties.string('packageType') : 'Zip',
    architecture: functionFacts(properties).architecture,
    allowedInstanceTypes: provider?.strings('instanceRequirements', 'allowedInstanceTypes'),
  };
}

/**
 * Reads an L1 with changes to come over it, on a provider of this app or an imported one. Undefined where there is no GPU
 * on either side: then nothing is read, since most functions are like that.
 */
export function gpuFactsOf(provider: lambda.ICapacityProviderRef, resource: lambda.CfnFunction, changes: object): GpuFacts | undefined {
  const properties = new ConstructProperties(changes, overridesOf(resource), resource);
  const resourceOfProvider = cfnCapacityProviderOf(provider);
  if (!properties.has('acceleratorConfig') && !(resourceOfProvider && mayHaveGpus(resourceOfProvider))) return undefined;
  return gpuFacts(properties, resourceOfProvider && new ConstructProperties(resourceOfProvider));
}

/** Whether the first type that a provider allows is of a category with GPUs: the list may be long. */
function mayHaveGpus({ instanceRequirements }: lambda.CfnCapacityProvider): boolean {
  const types = (instanceRequirements as lambda.CfnCapacityProvider.InstanceRequirementsProperty | undefined)?.allowedInstanceTypes;
  return /^[gp]/.test(String(types?.[0]));
}

/** An accelerator that was set past an L1 that doesn't know the property. */
function overridesOf(resource: lambda.CfnFunction): object {
  const config = (resource as any).rawOverrides?.Properties?.AcceleratorConfig;
  return { acceleratorConfig: config && { acceleratorMemorySize: config.AcceleratorMemorySize } };
}
