const ACCOUNT_LENGTH = 12;

/** The Region with the longest ARNs among those with managed instances. */
const LONGEST_REGION = 'eusc-de-east-1';

const PARTITIONS: [prefix: string, partition: string][] = [['cn-', 'aws-cn'], ['us-gov-', 'aws-us-gov'], ['eusc-', 'aws-eusc']];

/**
 * Returns the length of a capacity provider's ARN without the name. If the Region is unknown, returns the length in the Region with the longest ARNs.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_LambdaManagedInstancesCapacityProviderConfig.html (read 2026-11-20)
 */
export function arnLengthWithoutName(region: string = LONGEST_REGION): number {
  const [, partition] = PARTITIONS.find(([prefix]) => region.startsWith(prefix)) ?? ['', 'aws'];
  return `arn:${partition}:lambda:${region}::capacity-provider:`.length + ACCOUNT_LENGTH;
}
