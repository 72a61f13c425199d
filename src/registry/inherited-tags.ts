/** The tags that a capacity provider takes from its surroundings, to hand them on. */
import { Stack } from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';
import { knownRecordOf } from './provider-record';

/** Whether `propagateTags` of a provider still stands for its inherited tags. */
export function inheritsTags(resource: CfnCapacityProvider): boolean {
  const tags = knownRecordOf(resource)?.tagsToCome;
  return tags !== undefined && tags === resource.propagateTags;
}
/**
 * What CloudFormation and CDK put on a capacity provider: the tags of its stack (`StackProps.tags`), over them those
 * that come down the construct tree. Nothing where there are none.
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
