/**
 * Regions without managed instances.
 */
export const REGIONS = {
  /**
   * No such resource type in China and GovCloud: the resource tables of CloudFormation's validator
   * (https://github.com/aws-cloudformation/cloudformation-validate, 1.14.0, 2026-11-10).
   */
  unsupported: /^(cn|us-gov)-/,

  /**
   * Left out of the list when AWS opened all other commercial Regions
   * (https://aws.amazon.com/about-aws/whats-new/2026/06/aws-lambda-managed-instances-region-expansion/, 2026-06-08). For two of
   * them the CloudFormation type exists, which says little.
   */
  unlisted: ['ap-southeast-6', 'il-central-1', 'me-central-1', 'me-south-1'],
};
