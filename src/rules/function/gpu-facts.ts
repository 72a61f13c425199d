import { Fact, isKnown } from '../../reading/fact';
import { functionArchitecture } from '../../reading/lambda-references';
import { PropertySource } from '../../reading/property-source';

/** The facts about a function that may need a GPU. */
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
    architecture: functionArchitecture(properties),
    allowedInstanceTypes: provider?.strings('instanceRequirements', 'allowedInstanceTypes'),
  };
}

/** Reads what concerns GPUs, or nothing if neither the function nor its provider has one, as with most functions. */
export function gpuFactsIfAny(properties: PropertySource, provider: PropertySource | undefined, providerMayHave: boolean): GpuFacts | undefined {
  return providerMayHave || properties.has('acceleratorConfig') ? gpuFacts(properties, provider) : undefined;
}

/** Whether the first type that a provider allows is of a category with GPUs: the list may be long. */
export function mayHaveGpus(provider: PropertySource): boolean {
  const first = provider.string('instanceRequirements', 'allowedInstanceTypes', '0');
  return isKnown(first) && /^[gp]/.test(first);
}
