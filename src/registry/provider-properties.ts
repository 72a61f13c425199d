/** What is known of the properties of a capacity provider. */
import { IConstruct } from 'constructs';
import { knownRecordOf } from './provider-record';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { cfnCapacityProviderOf } from '../reading/constructs/resource-behind';
import { PropertySource } from '../reading/property-source';

/**
 * The properties of a provider as far as they are known: those of its resource, where this app makes it, and under
 * them those that were stated. Undefined where nothing is known.
 */
export function providerProperties(provider: IConstruct): PropertySource | undefined {
  const resource = cfnCapacityProviderOf(provider);
  const { stated, architectureToCome } = knownRecordOf(resource ?? provider) ?? {};
  const layers: unknown[] = [];
  if (resource) {
    // A block that is a token only for the architecture to come stands for no list of types.
    if (architectureToCome !== undefined && resource.instanceRequirements === architectureToCome) layers.push({ instanceRequirements: {} });
    layers.push(resource);
  }
  if (stated) layers.push(stated);
  return layers.length > 0 ? new ConstructProperties(...layers) : undefined;
}
