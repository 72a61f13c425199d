import { Lazy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { attachmentsOf } from '../rules/facts/attachments';
import { functionFacts } from '../rules/facts/function-facts';
import { ConstructProperties } from '../rules/facts/property-source';

/**
 * Gives a provider the architecture that all its functions share, once they are all attached. Where they share
 * none, nothing is rendered and Lambda's own default counts.
 *
 * Uncached: an aspect or another stack may look before the last function is attached.
 */
export function followArchitectureOfFunctions(provider: lambda.CfnCapacityProvider): void {
  const types = provider.instanceRequirements as lambda.CfnCapacityProvider.InstanceRequirementsProperty | undefined;
  provider.instanceRequirements = types
    ? { ...types, architectures: Lazy.uncachedList({ produce: () => sharedArchitecture(provider) }) }
    : Lazy.uncachedAny({ produce: () => withoutEmpty(sharedArchitecture(provider)) });
}

/** An empty block would be rendered as one. */
function withoutEmpty(architectures?: string[]): lambda.CfnCapacityProvider.InstanceRequirementsProperty | undefined {
  return architectures && { architectures };
}

function sharedArchitecture(provider: lambda.CfnCapacityProvider): string[] | undefined {
  const architectures = new Set(attachmentsOf(provider).map(({ resource }) => functionFacts(new ConstructProperties(resource)).architecture));
  const [architecture] = architectures;
  return architectures.size === 1 && typeof architecture === 'string' ? [architecture] : undefined;
}
