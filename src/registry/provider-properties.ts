/** Reads the known properties of a capacity provider. */
import { IConstruct } from 'constructs';
import { knownRecordOf } from './provider-record';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { cfnCapacityProviderOf } from '../reading/constructs/resource-behind';
import { PropertySource } from '../reading/property-source';

/**
 * Returns the known properties of a provider: those of its resource if this app creates it, then those that the user stated. Undefined if nothing is
 * known.
 */
export function providerProperties(provider: IConstruct): PropertySource | undefined {
  const resource = cfnCapacityProviderOf(provider);
  const { stated, architectureToCome } = knownRecordOf(resource ?? provider) ?? {};
  const layers: unknown[] = [];
  if (resource) {
    // If the block is a token only because the architecture is added later, it contains no list of types.
    if (architectureToCome !== undefined && resource.instanceRequirements === architectureToCome) layers.push({ instanceRequirements: {} });
    layers.push(resource);
  }
  if (stated) layers.push(stated);
  return layers.length > 0 ? new ConstructProperties(...layers) : undefined;
}
