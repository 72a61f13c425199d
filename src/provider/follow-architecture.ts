/** Gives a capacity provider the architecture of its functions. */
import { IResolveContext, Lazy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { isKnown } from '../reading/fact';
import { attachmentsOf } from '../registry/attachments';
import { sharedArchitecture } from '../registry/provider-architecture';
import { recordOf } from '../registry/provider-record';

/**
 * Gives a provider the architecture that all its functions share, once they are all attached. If they share none, nothing is rendered and Lambda's
 * own default applies.
 *
 * Not cached, because an aspect or another stack may read the value before the last function is attached.
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

/** Leaves the whole block out if it would be empty. */
function withoutEmpty(architectures?: string[]): lambda.CfnCapacityProvider.InstanceRequirementsProperty | undefined {
  return architectures && { architectures };
}

/**
 * Walks the tree, except on two occasions in each synthesis. While CDK prepares, it only searches for references, and an architecture contains none.
 * When CDK renders, the stage has just been walked (see `ProviderRecord.architectureAtRendering`).
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
