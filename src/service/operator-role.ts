/**
 * The requirements for the role with which Lambda launches instances.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-operator-role.html (read 2026-11-20)
 */

/** The principal that assumes the role. */
export const LAMBDA_PRINCIPAL = 'lambda.amazonaws.com';

/** The managed policy that AWS keeps up to date. It has no path. */
export const OPERATOR_POLICY = 'AWSLambdaManagedEC2ResourceOperator';

/**
 * The actions with which the policy lets Lambda launch instances and describe their surroundings. Some are allowed only for resources that Lambda
 * manages. New versions of the policy appeared on 2026-04-23 (encryption controls) and 2026-06-10 (logs).
 */
export const LAUNCH_ACTIONS = [
  'ec2:RunInstances', 'ec2:CreateTags', 'ec2:CreateNetworkInterface', 'ec2:AttachNetworkInterface',
  'ec2:DescribeAvailabilityZones', 'ec2:DescribeCapacityReservations', 'ec2:DescribeInstances', 'ec2:DescribeInstanceStatus',
  'ec2:DescribeInstanceTypeOfferings', 'ec2:DescribeInstanceTypes', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets',
  'ec2:DescribeVpcEncryptionControls',
];

/** The actions for system logs. Without any one of them, system logs are lost silently. The managed policy has had them since 2026-06-10. */
export const SYSTEM_LOG_ACTIONS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * The subset of these actions that AWS's policies for execution roles of functions allow. Such a policy is easily mistaken for that of an operator
 * role. Source: https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html (read 2026-11-28)
 */
export const FUNCTION_POLICIES: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': SYSTEM_LOG_ACTIONS,
  'service-role/AWSLambdaVPCAccessExecutionRole': [...SYSTEM_LOG_ACTIONS, 'ec2:CreateNetworkInterface', 'ec2:DescribeSubnets'],
};

/**
 * The actions that the role needs on a key that encrypts the volumes of the instances. No page lists them; these are the grants of a working
 * deployment: https://github.com/lep511/lambda-managed-instances (read 2026-11-20).
 */
export const VOLUME_KEY_ACTIONS = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/** The action with which EC2 keeps using the key. It is allowed only for grants that an AWS service requests. */
export const GRANT_ACTION = 'kms:CreateGrant';
export const GRANT_CONDITION = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
