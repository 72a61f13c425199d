import { Lazy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { isKnown } from '../reading/fact';
import { recordFollower, sharedArchitecture } from '../registry/provider-architecture';
import { recordUnrestricted } from '../registry/stated-provider';

/**
 * Gives a provider the architecture that all its functions share, once they are all attached. Where they share
 * none, nothing is rendered and Lambda's own default counts.
 *
 * Uncached: an aspect or another stack may look before the last function is attached.
 */
export function followArchitectureOfFunctions(provider: lambda.CfnCapacityProvider): void {
  recordFollower(provider);
  const types = provider.instanceRequirements as lambda.CfnCapacityProvider.InstanceRequirementsProperty | undefined;
  if (!types) recordUnrestricted(provider);
  provider.instanceRequirements = types
    ? { ...types, architectures: Lazy.uncachedList({ produce: () => architecturesOf(provider) }) }
    : Lazy.uncachedAny({ produce: () => withoutEmpty(architecturesOf(provider)) });
}

/** An empty block would be rendered as one. */
function withoutEmpty(architectures?: string[]): lambda.CfnCapacityProvider.InstanceRequirementsProperty | undefined {
  return architectures && { architectures };
}

function architecturesOf(provider: lambda.CfnCapacityProvider): string[] | undefined {
  const architecture = sharedArchitecture(provider);
  return isKnown(architecture) ? [architecture] : undefined;
}
