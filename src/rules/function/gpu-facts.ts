import { Fact, isKnown } from '../../reading/fact';
import { functionArchitecture } from '../../reading/lambda-references';
import { PropertySource } from '../../reading/property-source';

/** The facts about a function that may need a GPU. */
export interface GpuFacts {
  /** The requested GPU memory in GB. Undefined if no GPU is requested. */
  readonly acceleratorMemorySize: Fact<number>;
  readonly hasProvider: boolean;
  /** The package type: `Image`, or `Zip`, which is Lambda's default. */
  readonly packageType: Fact<string>;
  /** The architecture: `arm64`, or `x86_64`, which is Lambda's default. */
  readonly architecture: Fact<string>;
  /** The allow list of the provider, if it is known. */
  readonly allowedInstanceTypes: Fact<Fact<string>[]>;
}

/** Reads an `AWS::Lambda::Function` and its `AWS::Lambda::CapacityProvider`, as far as that is known. */
export function gpuFacts(properties: PropertySource, provider?: PropertySource): GpuFacts {
  return {
    acceleratorMemorySize: properties.number('acceleratorConfig', 'acceleratorMemorySize'),
    hasProvider: properties.has('capacityProviderConfig'),
    packageType: properties.has('packageType') ? properties.string('packageType') : 'Zip',
    architecture: functionArchitecture(properties),
    allowedInstanceTypes: provider?.strings('instanceRequirements', 'allowedInstanceTypes'),
  };
}

/** Reads the facts about GPUs. Undefined if neither the function nor its provider has one, as for most functions. */
export function gpuFactsIfAny(properties: PropertySource, provider: PropertySource | undefined, providerMayHave: boolean): GpuFacts | undefined {
  return providerMayHave || properties.has('acceleratorConfig') ? gpuFacts(properties, provider) : undefined;
}

/** Whether the first type that a provider allows has a GPU. Only the first is read, because the list may be long. */
export function mayHaveGpus(provider: PropertySource): boolean {
  const first = provider.string('instanceRequirements', 'allowedInstanceTypes', '0');
  return isKnown(first) && /^[gp]/.test(first);
}
