/** Passes the tags of a capacity provider on to its instances. */
import { Lazy } from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { inheritedTags } from '../registry/inherited-tags';
import { recordOf } from '../registry/provider-record';

/**
 * Passes the final tags of a provider on to its instances, volumes and network interfaces.
 *
 * Not cached, because aspects, which add most tags, may run after something else has read the value.
 */
export function followTags(provider: CfnCapacityProvider): void {
  provider.propagateTags = Lazy.uncachedAny({ produce: () => inheritedTags(provider) });
  recordOf(provider).tagsToCome = provider.propagateTags;
}
