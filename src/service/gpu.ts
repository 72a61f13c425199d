/**
 * The sizes of GPU memory that a function can request, in GB.
 *
 * Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-acceleratorconfig.html
 * (read 2026-11-20)
 */
export const GPU_MEMORY_SIZES = [3, 6, 12, 16, 24, 48];

/**
 * The metric of a capacity provider's GPU target. It has been in CloudFormation since July 2026, and is in the API model of botocore 1.44.8
 * (2026-11-20). Without a target, Lambda aims for 40 %.
 *
 * Sources: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-capacityprovider-targettrackingscalingpolicy.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-gpu-scaling.html (read 2026-11-20)
 */
export const GPU_UTILIZATION_METRIC = 'LambdaCapacityProviderAverageGPUUtilization';
