/**
 * What the role needs with which Lambda launches instances.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-operator-role.html (read 2026-11-20)
 */

/** Who assumes it. */
export const LAMBDA_PRINCIPAL = 'lambda.amazonaws.com';

/** The managed policy that AWS keeps up to date. It has no path. */
export const OPERATOR_POLICY = 'AWSLambdaManagedEC2ResourceOperator';

/**
 * What that policy allows to launch instances and to look up where, in EC2's words. Some of it only for resources that Lambda manages.
 * Versions of the policy came on 2026-04-23 (encryption controls) and 2026-06-10 (logs).
 */
export const LAUNCH_ACTIONS = [
  'ec2:RunInstances', 'ec2:CreateTags', 'ec2:CreateNetworkInterface', 'ec2:AttachNetworkInterface',
  'ec2:DescribeAvailabilityZones', 'ec2:DescribeCapacityReservations', 'ec2:DescribeInstances', 'ec2:DescribeInstanceStatus',
  'ec2:DescribeInstanceTypeOfferings', 'ec2:DescribeInstanceTypes', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets',
  'ec2:DescribeVpcEncryptionControls',
];

/** Without one of these, system logs vanish without an error. In the managed policy since 2026-06-10. */
export const SYSTEM_LOG_ACTIONS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * What AWS's policies for the execution roles of functions allow of that: they are easily taken for the one of an operator role.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html (read 2026-11-28)
 */
export const FUNCTION_POLICIES: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': SYSTEM_LOG_ACTIONS,
  'service-role/AWSLambdaVPCAccessExecutionRole': [...SYSTEM_LOG_ACTIONS, 'ec2:CreateNetworkInterface', 'ec2:DescribeSubnets'],
};

/**
 * What the role does with a key that encrypts the volumes of the instances. No page lists it; these are the grants of
 * a working deployment: https://github.com/lep511/lambda-managed-instances (read 2026-11-20).
 */
export const VOLUME_KEY_ACTIONS = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/** The same, by which EC2 keeps using the key: only grants that an AWS service asks for. */
export const GRANT_ACTION = 'kms:CreateGrant';
export const GRANT_CONDITION = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
