/**
 * The Regions with and without managed instances.
 */
export const REGIONS = {
  /** The commercial Regions in which managed instances are available, according to the announcement below. */
  listed: [
    'af-south-1',
    'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2',
    'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-7',
    'ca-central-1', 'ca-west-1',
    'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3',
    'mx-central-1', 'sa-east-1',
    'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
  ],

  /**
   * China and GovCloud, which don't have the resource type according to the resource tables of CloudFormation's validator
   * (https://github.com/aws-cloudformation/cloudformation-validate, 1.14.0, 2026-11-10).
   */
  unsupported: /^(cn|us-gov)-/,

  /**
   * The Regions that were missing from the list when AWS made managed instances available in all other commercial Regions
   * (https://aws.amazon.com/about-aws/whats-new/2026/06/aws-lambda-managed-instances-region-expansion/, 2026-06-08). Two of them have the
   * CloudFormation type, which proves little.
   */
  unlisted: ['ap-southeast-6', 'il-central-1', 'me-central-1', 'me-south-1'],
};
