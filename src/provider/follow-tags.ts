/** Passes the tags of a capacity provider on to its instances. */
import { Lazy } from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { inheritedTags } from '../registry/inherited-tags';
import { recordOf } from '../registry/provider-record';

/**
 * Hands the tags that a provider ends up with on to its instances, volumes and network interfaces.
 *
 * Uncached: aspects, which bring most tags, run when others may have looked already.
 */
export function followTags(provider: CfnCapacityProvider): void {
  provider.propagateTags = Lazy.uncachedAny({ produce: () => inheritedTags(provider) });
  recordOf(provider).tagsToCome = provider.propagateTags;
}
