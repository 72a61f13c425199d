import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { cfnCapacityProviderOf } from './provider-record';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { PropertySource } from '../reading/property-source';

/** What somebody says of a provider that is made elsewhere, in the shape of the resource. */
const STATED = new WeakMap<IConstruct, Partial<lambda.CfnCapacityProviderProps>>();

/** Providers without lists of types, of which the architecture, and with it the whole block, is a token until synthesis. */
const UNRESTRICTED = new WeakSet<lambda.CfnCapacityProvider>();

/** Notes that the token of a provider's requirements stands for no list of types. */
export function recordUnrestricted(provider: lambda.CfnCapacityProvider): void {
  UNRESTRICTED.add(provider);
}

/** Notes what is known of a provider that is made elsewhere. */
export function recordStatement(provider: IConstruct, properties: Partial<lambda.CfnCapacityProviderProps>): void {
  STATED.set(provider, properties);
}

/**
 * The properties of a provider as far as they are known: those of its resource, where this app makes it, and under
 * them those that were stated. Undefined where nothing is known.
 */
export function providerProperties(provider: IConstruct): PropertySource | undefined {
  const resource = cfnCapacityProviderOf(provider);
  const layers = [resource && behindToken(resource), resource, STATED.get(provider)].filter((layer) => layer !== undefined);
  return layers.length > 0 ? new ConstructProperties(...layers) : undefined;
}

/** Unless somebody has replaced the token since. */
function behindToken(resource: lambda.CfnCapacityProvider): Partial<lambda.CfnCapacityProviderProps> | undefined {
  return UNRESTRICTED.has(resource) && Token.isUnresolved(resource.instanceRequirements) ? { instanceRequirements: {} } : undefined;
}
