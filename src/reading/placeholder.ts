/** The placeholders that CDK uses for a value until `cdk synth` has looked it up. */

/**
 * The placeholders for zones, `StringParameter.valueFromLookup`, `Vpc.fromLookup`, `SecurityGroup.fromLookupById`,
 * `Key.fromLookup` and `Role.fromLookup`. Source: `dummyValue` in aws-cdk-lib 2.271.
 */
export const PLACEHOLDER = /^(dummy1[abc]|dummy-value-for-.*|vpc-12345|[sp]-(12345|67890)|sg-12345678)$|1234abcd-12ab-34cd-56ef-1234567890ab$|:role\/DUMMY_ARN$/;

/** Whether a text is the placeholder for a value that hasn't been looked up yet. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}
