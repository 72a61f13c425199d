import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { cfnCapacityProviderOf } from './attachments';
import { ConstructProperties } from './construct-properties';
import { PropertySource } from './property-source';

/** What somebody says of a provider that is made elsewhere, in the shape of the resource. */
const STATED = new WeakMap<IConstruct, Partial<lambda.CfnCapacityProviderProps>>();

/** Notes what is known of a provider that is made elsewhere. */
export function recordStatement(provider: IConstruct, properties: Partial<lambda.CfnCapacityProviderProps>): void {
  STATED.set(provider, properties);
}

/**
 * The properties of a provider as far as they are known: those of its resource, where this app makes it, and under
 * them those that were stated. Undefined where nothing is known.
 */
export function providerProperties(provider: IConstruct): PropertySource | undefined {
  const layers = [cfnCapacityProviderOf(provider), STATED.get(provider)].filter((layer) => layer !== undefined);
  return layers.length > 0 ? new ConstructProperties(...layers) : undefined;
}
