import { Duration } from 'aws-cdk-lib';

/** Where Lambda publishes the metrics of managed instances. */
export const METRIC_NAMESPACE = 'AWS/Lambda';

/**
 * How often it does.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html (read 2026-11-20)
 */
export const METRIC_PERIOD = Duration.minutes(5);
