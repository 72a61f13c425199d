import { Duration } from 'aws-cdk-lib';

/** The namespace of Lambda's metrics, including those of managed instances. */
export const METRIC_NAMESPACE = 'AWS/Lambda';

/**
 * The period in which Lambda publishes metrics of managed instances.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html (read 2026-11-20)
 */
export const METRIC_PERIOD = Duration.minutes(5);

/** The period in which Lambda publishes metrics of invocations. */
export const INVOCATION_PERIOD = Duration.minutes(1);

/** The dimensions that a metric of a capacity provider has. */
export const PROVIDER_DIMENSIONS = ['CapacityProviderName', 'InstanceType'];

/** The dimensions that a metric of execution environments has. */
export const ENVIRONMENT_DIMENSIONS = ['CapacityProviderName', 'FunctionName', 'Resource'];

/** The dimensions on older pages of AWS, which don't have the version: `resourceDimension: false`. */
export function environmentDimensions(resourceDimension: boolean = true): string[] {
  return resourceDimension ? ENVIRONMENT_DIMENSIONS : ENVIRONMENT_DIMENSIONS.filter((name) => name !== 'Resource');
}

/**
 * The dimensions that a metric of invocations has. The dimensions of throttle reasons aren't documented; AWS's reference lists them next to
 * `Throttles`.
 */
export const FUNCTION_DIMENSIONS = ['FunctionName'];

/**
 * The metrics for the reasons of throttles. For each throttled request, one of them is 1 and the others are 0.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (read 2026-11-20)
 */
export const THROTTLE_REASONS = ['ConcurrencyThrottles', 'CPUThrottles', 'MemoryThrottles', 'DiskThrottles'];

/** The CPU metric of environments in AWS's reference; its page on troubleshooting calls it `ExecutionEnvironmentVCPUUtilization`. */
export const ENVIRONMENT_CPU = 'ExecutionEnvironmentCPUUtilization';
