/** What is known of the properties of a capacity provider. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { isArchitectureToCome } from './provider-architecture';
import { knownRecordOf } from './provider-record';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { cfnCapacityProviderOf, keyOf } from '../reading/constructs/resource-behind';
import { PropertySource } from '../reading/property-source';

/**
 * The properties of a provider as far as they are known: those of its resource, where this app makes it, and under
 * them those that were stated. Undefined where nothing is known.
 */
export function providerProperties(provider: IConstruct): PropertySource | undefined {
  const resource = cfnCapacityProviderOf(provider);
  const { stated } = knownRecordOf(keyOf(provider)) ?? {};
  const own = resource ? [withoutToken(resource), resource] : [];
  const layers = [...own, stated].filter((layer) => layer !== undefined);
  return layers.length > 0 ? new ConstructProperties(...layers) : undefined;
}

/** A block that is a token only for the architecture to come stands for no list of types. */
function withoutToken(resource: lambda.CfnCapacityProvider): Partial<lambda.CfnCapacityProviderProps> | undefined {
  return isArchitectureToCome(resource, resource.instanceRequirements) ? { instanceRequirements: {} } : undefined;
}
