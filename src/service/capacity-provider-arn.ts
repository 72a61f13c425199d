const ACCOUNT_LENGTH = 12;

/** Of the Regions with managed instances, the one with the longest ARNs. */
const LONGEST_REGION = 'eusc-de-east-1';

const PARTITIONS: [prefix: string, partition: string][] = [['cn-', 'aws-cn'], ['us-gov-', 'aws-us-gov'], ['eusc-', 'aws-eusc']];

/**
 * How long the ARN of a capacity provider is without its name. Where the Region is unknown: in the one where it is
 * longest.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_LambdaManagedInstancesCapacityProviderConfig.html (read 2026-11-20)
 */
export function arnLengthWithoutName(region: string = LONGEST_REGION): number {
  const [, partition] = PARTITIONS.find(([prefix]) => region.startsWith(prefix)) ?? ['', 'aws'];
  return `arn:${partition}:lambda:${region}::capacity-provider:`.length + ACCOUNT_LENGTH;
}
