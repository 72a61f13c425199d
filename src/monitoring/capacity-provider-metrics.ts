import { Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { METRIC_NAMESPACE, METRIC_PERIOD, PROVIDER_DIMENSIONS } from './metric-names';
import { metricsInsights, search, searchExpression } from './queries';
import { metricFacts } from '../rules/facts/monitoring-facts';
import { findingsOf } from '../rules/findings';
import { METRIC_RULES } from '../rules/monitoring-rules';
import { throwErrors } from '../rules/report';
import { codeContext } from '../rules/rule';

/**
 * Which instances of a capacity provider to measure.
 */
export interface CapacityProviderMetricsOptions {
  /**
   * The one instance type to measure, `c7g.xlarge`.
   *
   * @default - all types, whichever Lambda chooses
   */
  readonly instanceType?: string;
}

/**
 * The metrics of a capacity provider, whoever made it.
 *
 * CloudWatch has them for each instance type, and Lambda chooses the types. So without `instanceType` they are Metrics
 * Insights queries: utilisations give one series for each type, amounts one series over all. Both can be watched by an
 * alarm. Shares (`packingEfficiency`, `vCpuSaturation`) are then searches, for graphs only, and CDK refuses to make an
 * alarm of them; with `instanceType` they can be watched, too.
 *
 * Lambda publishes each five minutes. Sums are right over exactly that period: a longer one counts each instance several
 * times. AWS doesn't state statistics: each method says which it takes.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html (read 2026-11-20)
 */
export class CapacityProviderMetrics {
  /**
   * The metrics of a capacity provider.
   */
  public static fromCapacityProvider(
    capacityProvider: lambda.ICapacityProviderRef, options: CapacityProviderMetricsOptions = {},
  ): CapacityProviderMetrics {
    return new CapacityProviderMetrics(capacityProvider, options.instanceType);
  }

  private constructor(
    private readonly capacityProvider: lambda.ICapacityProviderRef,
    private readonly instanceType?: string,
  ) {}

  /**
   * A metric of the capacity provider by its name in CloudWatch. Without an instance type, sums and sample counts are
   * taken over all types, other statistics for each type.
   *
   * @default - average over 5 minutes
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.IMetric {
    throwErrors(this.capacityProvider, findingsOf(METRIC_RULES, metricFacts(METRIC_PERIOD, { period: options.period }), codeContext()));
    const statistic = options.statistic ?? cloudwatch.Stats.AVERAGE;
    if (this.instanceType !== undefined) {
      return new cloudwatch.Metric({
        namespace: METRIC_NAMESPACE,
        metricName,
        dimensionsMap: { ...this.provider, InstanceType: this.instanceType },
        period: METRIC_PERIOD,
        ...options,
        statistic,
      });
    }
    const total = [cloudwatch.Stats.SUM, cloudwatch.Stats.SAMPLE_COUNT].includes(statistic);
    return metricsInsights(
      { metricName, statistic, dimensions: PROVIDER_DIMENSIONS, where: this.provider },
      [total ? 'CapacityProviderName' : 'InstanceType'],
      { period: options.period ?? METRIC_PERIOD, label: options.label, color: options.color },
    );
  }

  /**
   * The share of the instances' vCPUs in use, in percent.
   *
   * @default - average over 5 minutes
   */
  public cpuUtilization(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('CPUUtilization', { label: 'CPU %', ...options });
  }

  /**
   * The share of the instances' memory in use, in percent.
   *
   * @default - average over 5 minutes
   */
  public memoryUtilization(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('MemoryUtilization', { label: 'memory %', ...options });
  }

  /**
   * vCPUs that execution environments hold.
   *
   * @default - sum over 5 minutes
   */
  public vCpuAllocated(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('vCPUAllocated', { label: 'vCPU allocated', statistic: cloudwatch.Stats.SUM, ...options });
  }

  /**
   * vCPUs of running instances that are free for further environments: the headroom before Lambda must launch.
   *
   * @default - sum over 5 minutes
   */
  public vCpuAvailable(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('vCPUAvailable', { label: 'vCPU available', statistic: cloudwatch.Stats.SUM, ...options });
  }

  /**
   * Bytes of memory that execution environments hold.
   *
   * @default - sum over 5 minutes
   */
  public memoryAllocated(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('MemoryAllocated', { label: 'memory allocated', statistic: cloudwatch.Stats.SUM, ...options });
  }

  /**
   * Bytes of memory of running instances that are free for further environments.
   *
   * @default - sum over 5 minutes
   */
  public memoryAvailable(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('MemoryAvailable', { label: 'memory available', statistic: cloudwatch.Stats.SUM, ...options });
  }

  /**
   * The share of vCPUs offered to environments that they hold, in percent. Far from that of memory, the functions' GiB per
   * vCPU don't suit the instances.
   *
   * @default - over 5 minutes
   */
  public vCpuPackingEfficiency(options?: cloudwatch.MathExpressionOptions): cloudwatch.IMetric {
    return this.share('100 * allocated / (allocated + available)', 'vCPU', { label: 'vCPU packed %', ...options });
  }

  /**
   * The share of memory offered to environments that they hold, in percent.
   *
   * @default - over 5 minutes
   */
  public memoryPackingEfficiency(options?: cloudwatch.MathExpressionOptions): cloudwatch.IMetric {
    return this.share('100 * allocated / (allocated + available)', 'Memory', { label: 'memory packed %', ...options });
  }

  /**
   * How many of the vCPUs that environments can hold below the provider's ceiling they do hold, in percent.
   *
   * @param reachableVCpus less than the ceiling `maxVCpuCount`, which counts what instances keep for themselves: take half
   * of it where the instance types aren't known
   * @default - over 5 minutes
   */
  public vCpuSaturation(reachableVCpus: number, options?: cloudwatch.MathExpressionOptions): cloudwatch.IMetric {
    return this.share(`100 * allocated / ${Tokenization.stringifyNumber(reachableVCpus)}`, 'vCPU', { label: 'vCPU used %', ...options });
  }

  /** The dimension that names the provider. */
  private get provider(): Record<string, string> {
    return { CapacityProviderName: this.capacityProvider.capacityProviderRef.capacityProviderName };
  }

  private share(expression: string, resource: 'vCPU' | 'Memory', options: cloudwatch.MathExpressionOptions): cloudwatch.IMetric {
    const [allocated, available] = [`${resource}Allocated`, `${resource}Available`];
    if (this.instanceType === undefined) {
      const total = (metricName: string) => (
        `SUM(${search({ metricName, statistic: cloudwatch.Stats.SUM, dimensions: PROVIDER_DIMENSIONS, where: this.provider })})`
      );
      return searchExpression(expression.replace(/allocated/g, total(allocated)).replace(/available/g, total(available)), options);
    }
    const period = options.period ?? METRIC_PERIOD;
    const sum = (metricName: string) => this.metric(metricName, { statistic: cloudwatch.Stats.SUM, period });
    return new cloudwatch.MathExpression({
      expression,
      usingMetrics: { allocated: sum(allocated), ...expression.includes('available') && { available: sum(available) } },
      ...options,
      period,
    });
  }
}
