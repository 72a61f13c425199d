/**
 * Memory of a GPU that a function can ask for, in GB.
 *
 * Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-acceleratorconfig.html
 * (read 2026-11-20)
 */
export const GPU_MEMORY_SIZES = [3, 6, 12, 16, 24, 48];

/**
 * The metric of a capacity provider's GPU target. It is in CloudFormation since July 2026, and in the API model of botocore 1.44.8
 * (2026-11-20). Where no target is given, Lambda aims at 40 %.
 *
 * Sources: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-capacityprovider-targettrackingscalingpolicy.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-gpu-scaling.html (read 2026-11-20)
 */
export const GPU_UTILIZATION_METRIC = 'LambdaCapacityProviderAverageGPUUtilization';
