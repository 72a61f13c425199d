/** Gives a capacity provider the architecture of its functions. */
import { IResolveContext, Lazy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { isKnown } from '../reading/fact';
import { attachmentsOf } from '../registry/attachments';
import { sharedArchitecture } from '../registry/provider-architecture';
import { recordOf } from '../registry/provider-record';

/**
 * Gives a provider the architecture that all its functions share, once they are all attached. Where they share
 * none, nothing is rendered and Lambda's own default counts.
 *
 * Uncached: an aspect or another stack may look before the last function is attached.
 */
export function followArchitectureOfFunctions(provider: lambda.CfnCapacityProvider): void {
  const types = provider.instanceRequirements as lambda.CfnCapacityProvider.InstanceRequirementsProperty | undefined;
  const architectures = types && Lazy.uncachedList({ produce: (context) => architecturesFor(provider, context) });
  const requirements = types
    ? { ...types, architectures }
    : Lazy.uncachedAny({ produce: (context) => withoutEmpty(architecturesFor(provider, context)) });
  provider.instanceRequirements = requirements;
  recordOf(provider).architectureToCome = architectures ?? requirements;
}

/** An empty block would be rendered as one. */
function withoutEmpty(architectures?: string[]): lambda.CfnCapacityProvider.InstanceRequirementsProperty | undefined {
  return architectures && { architectures };
}

/**
 * Looks through the tree, but for the two occasions that come with each synthesis: while CDK prepares, it looks for references, and
 * an architecture has none; and when it renders, the stage was looked through just before (see `ProviderRecord.architectureAtRendering`).
 */
function architecturesFor(provider: lambda.CfnCapacityProvider, { preparing, documentPath }: IResolveContext): string[] | undefined {
  const record = recordOf(provider);
  if (preparing) {
    record.architectureAtRendering = undefined;
    return undefined;
  }
  const seen = record.architectureAtRendering;
  const architecture = seen?.takers.delete(documentPath[0])
    ? seen.value
    : sharedArchitecture(attachmentsOf(provider).map(({ resource }) => resource));
  return isKnown(architecture) ? [architecture] : undefined;
}
