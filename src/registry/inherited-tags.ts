/** Returns the tags that a capacity provider inherits, so that they can be passed on to instances. */
import { Stack } from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { knownRecordOf } from './provider-record';

/** Whether `propagateTags` of a provider still stands for its inherited tags. */
export function inheritsTags(resource: CfnCapacityProvider): boolean {
  const tags = knownRecordOf(resource)?.tagsToCome;
  return tags !== undefined && tags === resource.propagateTags;
}
/**
 * Returns the tags that CloudFormation and CDK put on a capacity provider: those of its stack (`StackProps.tags`), overridden by those from the
 * construct tree. Undefined if there are none.
 */
export function inheritedTags(resource: CfnCapacityProvider): CfnCapacityProvider.PropagateTagsConfigProperty | undefined {
  const tags = { ...tagsOf(resource.stack), ...resource.cdkTagManager.tagValues() };
  const explicitTags = Object.keys(tags).sort().map((key) => ({ key, value: tags[key] }));
  return explicitTags.length > 0 ? { mode: 'Explicit', explicitTags } : undefined;
}

function tagsOf(stack: Stack): Record<string, string> {
  const { nestedStackParent: parent } = stack;
  const around = parent ? tagsOf(parent) : {};
  return { ...around, ...stack.tags.tagValues() };
}
