import { Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { idOfConstruct, idPart } from './math-ids';
import { AskedMetric, METRIC_RULES } from './metric-findings';
import { METRIC_NAMESPACE, METRIC_PERIOD, PROVIDER_DIMENSIONS } from './metric-names';
import { metricsInsights, searchExpression, totalOfProvider } from './queries';
import { providerTargetFindings } from '../../judging/props-findings';
import { throwErrors } from '../../judging/report';
import { findingsOf } from '../../rules/own-rule';

/**
 * Options of the metrics of a capacity provider.
 */
export interface CapacityProviderMetricsOptions {
  /**
   * The exact name of the only instance type to measure, such as `c7g.xlarge`.
   *
   * @default - all types that Lambda chooses
   */
  readonly instanceType?: string;
}

/** The options that a query can't have. `stackAccount` and `stackRegion` aren't among them, because only CDK itself uses them. */
const OPTIONS_OF_PLAIN_METRICS = ['dimensionsMap', 'unit', 'id', 'visible'] as const;

/**
 * The metrics of any capacity provider.
 *
 * CloudWatch has a series for each instance type, and Lambda chooses the types. So without `instanceType`, the metrics are Metrics
 * Insights queries: utilisations give one series for each type, amounts one series over all types. Alarms can watch both. The
 * shares (`vCpuPackingEfficiency`, `memoryPackingEfficiency`, `vCpuSaturation`) are then searches, which only graphs can use: CDK
 * refuses to create an alarm on them. With `instanceType`, alarms can watch them, too.
 *
 * Lambda publishes the metrics every five minutes. Sums are correct only over exactly that period: a longer one counts each instance several times.
 * AWS doesn't document statistics, so each method says which one it uses. No metric has a `unit`, because CloudWatch would treat it as a filter and
 * drop values sent in another unit, and AWS doesn't document the units. The units in these descriptions (percent, vCPUs, bytes) are for readers only.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html (read 2026-11-20)
 */
export class CapacityProviderMetrics {
  /**
   * Returns the metrics of a capacity provider.
   *
   * @throws an error if `instanceType` isn't the exact name of a type
   */
  public static fromCapacityProvider(
    capacityProvider: lambda.ICapacityProviderRef, options: CapacityProviderMetricsOptions = {},
  ): CapacityProviderMetrics {
    throwErrors(capacityProvider, providerTargetFindings(capacityProvider));
    refuse(capacityProvider, { instanceType: options.instanceType });
    return new CapacityProviderMetrics(capacityProvider, options.instanceType);
  }

  private constructor(
    private readonly capacityProvider: lambda.ICapacityProviderRef,
    private readonly instanceType?: string,
  ) {}

  /**
   * Returns a metric of the capacity provider by its name in CloudWatch. Without an instance type, sums and sample counts cover
   * all types together, other statistics each type.
   *
   * @default - average over 5 minutes
   * @throws an error if the period is below 5 minutes, or if a query over all types can't have an option: a percentile, other dimensions
   * or a unit
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.IMetric {
    const { period = METRIC_PERIOD, statistic = cloudwatch.Stats.AVERAGE, label, color, account, region } = options;
    if (this.instanceType !== undefined) {
      refuse(this.capacityProvider, { period });
      return new cloudwatch.Metric({
        namespace: METRIC_NAMESPACE,
        metricName,
        dimensionsMap: { ...this.provider, InstanceType: this.instanceType },
        ...options,
        period,
        statistic,
      });
    }
    refuse(this.capacityProvider, {
      period,
      queryStatistic: statistic,
      withoutPlace: OPTIONS_OF_PLAIN_METRICS.filter((name) => options[name] !== undefined),
    });
    const total = [cloudwatch.Stats.SUM, cloudwatch.Stats.SAMPLE_COUNT].includes(statistic);
    return metricsInsights(
      { metricName, statistic, dimensions: PROVIDER_DIMENSIONS, where: this.provider },
      [total ? 'CapacityProviderName' : 'InstanceType'],
      { period, label, color, searchAccount: account, searchRegion: region },
    );
  }

  /**
   * The CPU utilisation of the instances, in percent.
   *
   * @default - average over 5 minutes
   */
  public cpuUtilization(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('CPUUtilization', { label: 'CPU %', ...options });
  }

  /**
   * The memory utilisation of the instances, in percent.
   *
   * @default - average over 5 minutes
   */
  public memoryUtilization(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('MemoryUtilization', { label: 'memory %', ...options });
  }

  /**
   * The number of vCPUs that execution environments hold.
   *
   * @default - sum over 5 minutes
   */
  public vCpuAllocated(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('vCPUAllocated', { label: 'vCPU allocated', statistic: cloudwatch.Stats.SUM, ...options });
  }

  /**
   * The number of vCPUs of running instances that are free for further environments. With fewer, Lambda has to launch an instance.
   *
   * @default - sum over 5 minutes
   */
  public vCpuAvailable(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('vCPUAvailable', { label: 'vCPU available', statistic: cloudwatch.Stats.SUM, ...options });
  }

  /**
   * The memory that execution environments hold, in bytes.
   *
   * @default - sum over 5 minutes
   */
  public memoryAllocated(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('MemoryAllocated', { label: 'memory allocated', statistic: cloudwatch.Stats.SUM, ...options });
  }

  /**
   * The memory of running instances that is free for further environments, in bytes.
   *
   * @default - sum over 5 minutes
   */
  public memoryAvailable(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('MemoryAvailable', { label: 'memory available', statistic: cloudwatch.Stats.SUM, ...options });
  }

  /**
   * The share of the available vCPUs that environments hold, in percent. If it differs a lot from that of memory, the functions' GiB per
   * vCPU don't suit the instances.
   *
   * @default - over 5 minutes
   */
  public vCpuPackingEfficiency(options?: cloudwatch.MathExpressionOptions): cloudwatch.IMetric {
    return this.share((allocated, available) => `100 * ${allocated} / (${allocated} + ${available})`, 'vCPU', { label: 'vCPU packed %', ...options });
  }

  /**
   * The share of the available memory that environments hold, in percent.
   *
   * @default - over 5 minutes
   */
  public memoryPackingEfficiency(options?: cloudwatch.MathExpressionOptions): cloudwatch.IMetric {
    return this.share((allocated, available) => `100 * ${allocated} / (${allocated} + ${available})`, 'Memory', { label: 'memory packed %', ...options });
  }

  /**
   * The vCPUs that environments hold, in percent of those that they can hold below the provider's ceiling.
   *
   * @param reachableVCpus the vCPUs that environments can hold, above 0: less than the ceiling `maxVCpuCount`, which includes the vCPUs that Lambda
   * reserves on instances; use half of the ceiling if the instance types aren't known
   * @default - over 5 minutes
   * @throws an error if `reachableVCpus` isn't above 0
   */
  public vCpuSaturation(reachableVCpus: number, options?: cloudwatch.MathExpressionOptions): cloudwatch.IMetric {
    refuse(this.capacityProvider, { amounts: { reachableVCpus } });
    const publications = (options?.period ?? METRIC_PERIOD).toSeconds() / METRIC_PERIOD.toSeconds();
    // A longer period would add up several values.
    const mean = publications === 1 ? '' : ` / ${publications}`;
    return this.share((allocated) => `100 * ${allocated} / ${Tokenization.stringifyNumber(reachableVCpus)}${mean}`, 'vCPU', { label: 'vCPU used %', ...options });
  }

  /** The dimension with the name of the provider. */
  private get provider(): Record<string, string> {
    return { CapacityProviderName: this.capacityProvider.capacityProviderRef.capacityProviderName };
  }

  private share(
    expression: (allocated: string, available: string) => string, resource: 'vCPU' | 'Memory', options: cloudwatch.MathExpressionOptions,
  ): cloudwatch.IMetric {
    const { period = METRIC_PERIOD } = options;
    refuse(this.capacityProvider, { period });
    const names = [`${resource}Allocated`, `${resource}Available`];
    if (this.instanceType === undefined) {
      const [allocated, available] = names.map((name) => totalOfProvider(name, this.provider.CapacityProviderName, period));
      return searchExpression(expression(allocated, available), { ...options, period });
    }
    // Each metric needs an id that is unique in a graph.
    const suffix = [idOfConstruct(this.capacityProvider), idPart(this.capacityProvider, this.instanceType), period.toSeconds()].join('_');
    const ids = names.map((name) => `${name[0].toLowerCase()}${name.slice(1)}_${suffix}`);
    const text = expression(ids[0], ids[1]);
    const used = names.map((name, i): [string, cloudwatch.IMetric] => [ids[i], this.metric(name, { statistic: cloudwatch.Stats.SUM, period })]);
    return new cloudwatch.MathExpression({
      expression: text,
      usingMetrics: Object.fromEntries(used.filter(([id]) => text.includes(id))),
      ...options,
      period,
    });
  }
}

function refuse(capacityProvider: lambda.ICapacityProviderRef, asked: AskedMetric): void {
  throwErrors(capacityProvider, findingsOf(METRIC_RULES, asked));
}
