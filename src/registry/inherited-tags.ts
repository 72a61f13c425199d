import { Stack } from 'aws-cdk-lib';
import { CfnCapacityProvider } from 'aws-cdk-lib/aws-lambda';

/** The value of `propagateTags` that stands for the inherited tags, for each provider that has them. */
const FOLLOWED = new WeakMap<CfnCapacityProvider, unknown>();

/** Notes that `propagateTags` of a provider stands for its inherited tags. */
export function recordInheritance(resource: CfnCapacityProvider): void {
  FOLLOWED.set(resource, resource.propagateTags);
}

/** Whether `propagateTags` of a provider still stands for its inherited tags. */
export function inheritsTags(resource: CfnCapacityProvider): boolean {
  return FOLLOWED.has(resource) && FOLLOWED.get(resource) === resource.propagateTags;
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
