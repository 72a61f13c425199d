import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { METRIC_NAMESPACE, METRIC_PERIOD } from './metric-names';

/**
 * Which execution environments to measure.
 */
export interface ExecutionEnvironmentMetricsOptions {
  /**
   * The version whose environments are measured. CloudWatch never has an alias here.
   *
   * @default - `$LATEST.PUBLISHED`, the version that an unqualified ARN means and that follows each deployment
   */
  readonly version?: string;
}

/**
 * The metrics of a function's execution environments.
 *
 * Lambda publishes one value every five minutes; the first comes five to ten minutes after a version is
 * published. A shorter period shows gaps. AWS doesn't state statistics: each method says which it takes and why.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html (read 2026-11-20)
 */
export class ExecutionEnvironmentMetrics {
  /**
   * The metrics of a function on a capacity provider, whoever made the two.
   */
  public static fromFunction(
    fn: lambda.IFunctionRef, capacityProvider: lambda.ICapacityProviderRef, options: ExecutionEnvironmentMetricsOptions = {},
  ): ExecutionEnvironmentMetrics {
    return new ExecutionEnvironmentMetrics(fn, capacityProvider, options.version ?? '$LATEST.PUBLISHED');
  }

  private constructor(
    private readonly fn: lambda.IFunctionRef,
    private readonly capacityProvider: lambda.ICapacityProviderRef,
    private readonly version: string,
  ) {}

  /**
   * A metric of the environments by its name in CloudWatch.
   *
   * @default - average over 5 minutes
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.IMetric {
    const { functionName } = this.fn.functionRef;
    return new cloudwatch.Metric({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensionsMap: {
        CapacityProviderName: this.capacityProvider.capacityProviderRef.capacityProviderName,
        FunctionName: functionName,
        Resource: `${functionName}:${this.version}`,
      },
      period: METRIC_PERIOD,
      statistic: cloudwatch.Stats.AVERAGE,
      ...options,
    });
  }

  /**
   * How many requests an environment handled at once, at most, in each five minutes. The average is the typical
   * environment, the maximum the busiest. With a limit of 1 it reads 0.
   *
   * @default - average over 5 minutes
   */
  public executionEnvironmentConcurrency(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('ExecutionEnvironmentConcurrency', { label: 'concurrency', ...options });
  }

  /**
   * How many requests an environment may handle at once.
   *
   * @default - maximum over 5 minutes
   */
  public executionEnvironmentConcurrencyLimit(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('ExecutionEnvironmentConcurrencyLimit', { label: 'concurrency limit', statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }

  /**
   * The share of its vCPUs that an environment uses, in percent.
   *
   * @default - average over 5 minutes
   */
  public executionEnvironmentCpuUtilization(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('ExecutionEnvironmentCPUUtilization', { label: 'CPU %', ...options });
  }

  /**
   * The share of its memory that an environment uses, in percent. The fullest environment decides about running
   * out of memory, hence the maximum.
   *
   * @default - maximum over 5 minutes
   */
  public executionEnvironmentMemoryUtilization(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('ExecutionEnvironmentMemoryUtilization', { label: 'memory %', statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }
}
