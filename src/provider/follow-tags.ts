import { Lazy } from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { inheritedTags, recordInheritance } from '../registry/inherited-tags';

/**
 * Hands the tags that a provider ends up with on to its instances, volumes and network interfaces.
 *
 * Uncached: aspects, which bring most tags, run when others may have looked already.
 */
export function followTags(provider: CfnCapacityProvider): void {
  provider.propagateTags = Lazy.uncachedAny({ produce: () => inheritedTags(provider) });
  recordInheritance(provider);
}
