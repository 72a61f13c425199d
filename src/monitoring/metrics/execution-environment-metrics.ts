import { Duration, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { COLORS, PALE } from './colors';
import { EnvironmentMetricOptions } from './environment-metric-options';
import { idOfConstruct, idPart } from './math-ids';
import { METRIC_RULES } from './metric-findings';
import { ENVIRONMENT_CPU, INVOCATION_PERIOD, METRIC_NAMESPACE, METRIC_PERIOD } from './metric-names';
import { attachTargetOf } from '../../judging/attach-target';
import { providerTargetFindings } from '../../judging/props-findings';
import { throwErrors } from '../../judging/report';
import { findingsOf } from '../../rules/own-rule';
import { LATEST_PUBLISHED } from '../../service/execution-environments';

/**
 * Options of the metrics of execution environments.
 */
export interface ExecutionEnvironmentMetricsOptions extends EnvironmentMetricOptions {
  /**
   * The version whose environments are measured: a number, or `$LATEST.PUBLISHED`. Aliases and `$LATEST` have no environments.
   *
   * @default - `$LATEST.PUBLISHED`, the version that an unqualified ARN means and that follows each deployment
   */
  readonly version?: string;
}

/**
 * Options of a rate of requests.
 */
export interface RequestRateOptions extends cloudwatch.MathExpressionOptions {
  /**
   * The fewest requests in a period for which a rate is computed. With fewer, the rate is 0, so that one failure of two requests doesn't count as
   * 50 %.
   *
   * @default - 1 for shares, 100 for growth
   */
  readonly minimumVolume?: number;
}

/**
 * The metrics of a function on managed instances: its execution environments, and the reasons why requests are throttled.
 *
 * Lambda publishes one value every five minutes; the first one comes five to ten minutes after a version is
 * published. A shorter period would have gaps, so it is refused. AWS doesn't document statistics, so each method says which one it
 * uses and why. No metric has a `unit`, because CloudWatch would treat it as a filter and drop values sent in another unit, and AWS
 * doesn't document the units. Percent and milliseconds in these descriptions are meant for readers.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html (read 2026-11-20)
 */
export class ExecutionEnvironmentMetrics {
  /**
   * Returns the metrics of any function on any capacity provider.
   *
   * @throws an error if you pass an alias or a version: pass the function, and the number of a version as `version`
   */
  public static fromFunction(
    fn: lambda.IFunctionRef, capacityProvider: lambda.ICapacityProviderRef, options: ExecutionEnvironmentMetricsOptions = {},
  ): ExecutionEnvironmentMetrics {
    const { version, resourceDimension } = options;
    throwErrors(fn, providerTargetFindings(capacityProvider));
    throwErrors(fn, findingsOf(METRIC_RULES, { version, resourceDimension, target: attachTargetOf(fn) }));
    return new ExecutionEnvironmentMetrics(fn, () => fn.functionRef.functionName, capacityProvider, options);
  }

  /**
   * Returns the metrics of a function of which only the name is known.
   *
   * @internal
   */
  public static _named(
    functionName: string, capacityProvider: lambda.ICapacityProviderRef, options: ExecutionEnvironmentMetricsOptions = {},
  ): ExecutionEnvironmentMetrics {
    return new ExecutionEnvironmentMetrics(capacityProvider, () => functionName, capacityProvider, options, functionName);
  }

  private constructor(
    private readonly scope: IConstruct,
    private readonly functionName: () => string,
    private readonly capacityProvider: lambda.ICapacityProviderRef,
    private readonly options: ExecutionEnvironmentMetricsOptions,
    /** A name that distinguishes these metrics from others with the same scope. */
    private readonly name?: string,
  ) {}

  /**
   * Returns a metric of the environments by its name in CloudWatch.
   *
   * @default - average over 5 minutes
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.IMetric {
    const functionName = this.functionName();
    return this.plainMetric(metricName, METRIC_PERIOD, {
      CapacityProviderName: this.capacityProvider.capacityProviderRef.capacityProviderName,
      FunctionName: functionName,
      ...(this.options.resourceDimension ?? true) && { Resource: `${functionName}:${this.options.version ?? LATEST_PUBLISHED}` },
    }, { statistic: cloudwatch.Stats.AVERAGE, ...options });
  }

  /**
   * The most requests that an environment handled at once in five minutes. The average shows the typical environment, the maximum
   * the busiest one. With a limit of 1, the metric is 0.
   *
   * @default - average over 5 minutes
   */
  public executionEnvironmentConcurrency(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('ExecutionEnvironmentConcurrency', { label: 'concurrency', color: COLORS.concurrency, ...options });
  }

  /**
   * The most requests that an environment may handle at once.
   *
   * @default - maximum over 5 minutes
   */
  public executionEnvironmentConcurrencyLimit(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('ExecutionEnvironmentConcurrencyLimit', { label: 'concurrency limit', statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }

  /**
   * The CPU utilisation of an environment, in percent of its vCPUs.
   *
   * @default - average over 5 minutes
   */
  public executionEnvironmentCpuUtilization(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric(this.options.cpuMetricName ?? ENVIRONMENT_CPU, { label: 'CPU %', color: COLORS.cpu, ...options });
  }

  /**
   * The memory utilisation of an environment, in percent. The statistic is the maximum, because the fullest environment runs out of
   * memory first.
   *
   * @default - maximum over 5 minutes
   */
  public executionEnvironmentMemoryUtilization(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.metric('ExecutionEnvironmentMemoryUtilization', { label: 'memory %', color: COLORS.memory, statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }

  /**
   * The approximate number of environments. CloudWatch has no such metric: each environment sends one value of its concurrency in five
   * minutes, and this counts those values.
   *
   * @default - number of samples over 5 minutes
   */
  public executionEnvironments(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.executionEnvironmentConcurrency({ label: '≈ environments', color: COLORS.environments, statistic: cloudwatch.Stats.SAMPLE_COUNT, ...options });
  }

  /**
   * The concurrent requests of the typical environment, in percent of their limit. This isn't useful with a limit below 5, of which one more request
   * is more than a fifth. With a limit of 1, the metric is 0.
   *
   * @default - over 5 minutes
   */
  public concurrencySaturation(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    return this.saturation(cloudwatch.Stats.AVERAGE, { label: 'saturation %', color: COLORS.concurrency, ...options });
  }

  /**
   * The concurrent requests of the busiest environment, in percent of their limit.
   *
   * @default - over 5 minutes
   */
  public highestConcurrencySaturation(options?: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    return this.saturation(cloudwatch.Stats.MAXIMUM, { label: 'busiest %', color: PALE.concurrency, ...options });
  }

  /**
   * The requests that were throttled because each environment was at its limit of concurrent requests.
   *
   * @default - sum over 5 minutes
   */
  public concurrencyThrottles(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.throttleReason('ConcurrencyThrottles', { label: 'concurrency', color: COLORS.concurrency, ...options });
  }

  /**
   * The requests that were throttled because the environments' CPUs were busy.
   *
   * @default - sum over 5 minutes
   */
  public cpuThrottles(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.throttleReason('CPUThrottles', { label: 'CPU', color: COLORS.cpu, ...options });
  }

  /**
   * The requests that were throttled because the environments' memory was full.
   *
   * @default - sum over 5 minutes
   */
  public memoryThrottles(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.throttleReason('MemoryThrottles', { label: 'memory', color: COLORS.memory, ...options });
  }

  /**
   * The requests that were throttled because the environments' `/tmp` was full.
   *
   * @default - sum over 5 minutes
   */
  public diskThrottles(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.throttleReason('DiskThrottles', { label: 'disk', color: COLORS.disk, ...options });
  }

  /**
   * The requests that ran, over all versions, without throttled ones.
   *
   * @default - sum over 1 minute
   */
  public invocations(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.invocationMetric('Invocations', { label: 'invocations', color: COLORS.requests, ...options });
  }

  /**
   * The requests that ran and failed.
   *
   * @default - sum over 1 minute
   */
  public errors(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.invocationMetric('Errors', { label: 'errors', color: COLORS.errors, ...options });
  }

  /**
   * The requests that were throttled, for any reason.
   *
   * @default - sum over 1 minute
   */
  public throttles(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.invocationMetric('Throttles', { label: 'throttles', color: COLORS.throttles, ...options });
  }

  /**
   * The duration of a request, in milliseconds. The statistic is the 99th percentile, because the average hides slow requests.
   *
   * @default - p99 over 1 minute
   */
  public duration(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.invocationMetric('Duration', { label: 'p99 ms', color: COLORS.duration, statistic: cloudwatch.Stats.percentile(99), ...options });
  }

  /**
   * The asynchronous events that Lambda dropped, after all attempts or because they were too old.
   *
   * @default - sum over 1 minute
   */
  public asyncEventsDropped(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.invocationMetric('AsyncEventsDropped', { label: 'dropped', color: COLORS.errors, ...options });
  }

  /**
   * The age of the last record that the function read from a stream, in milliseconds.
   *
   * @default - maximum over 1 minute
   */
  public iteratorAge(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.invocationMetric('IteratorAge', { label: 'age', statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }

  /**
   * The share of requests that are throttled, in percent.
   *
   * @default - over 1 minute
   */
  public throttleRate(options: RequestRateOptions = {}): cloudwatch.MathExpression {
    const { volume, period, rest } = this.rate(options, 1, INVOCATION_PERIOD);
    const requests = 'FILL(invocations, 0) + FILL(throttles, 0)';
    return this.math(
      `IF(${requests} >= ${volume}, 100 * FILL(throttles, 0) / (${requests}), 0)`,
      { invocations: this.invocations({ period }), throttles: this.throttles({ period }) },
      { label: 'throttled %', color: COLORS.throttles, ...rest, period },
    );
  }

  /**
   * The share of invocations that fail, in percent.
   *
   * @default - over 1 minute
   */
  public errorRate(options: RequestRateOptions = {}): cloudwatch.MathExpression {
    const { volume, period, rest } = this.rate(options, 1, INVOCATION_PERIOD);
    return this.math(
      `IF(invocations >= ${volume}, 100 * FILL(errors, 0) / invocations, 0)`,
      { invocations: this.invocations({ period }), errors: this.errors({ period }) },
      { label: 'errors %', color: COLORS.errors, ...rest, period },
    );
  }

  /**
   * The growth of requests compared with the five minutes before, in percent. 100 means that they doubled, which is the most that Lambda
   * promises to follow. The growth is 0 if there were fewer than `minimumVolume` (100) requests before.
   *
   * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html (read 2026-11-20)
   *
   * @default - over 5 minutes
   */
  public requestGrowth(options: RequestRateOptions = {}): cloudwatch.MathExpression {
    const { volume, period, rest } = this.rate(options, 100, METRIC_PERIOD);
    const requests = '(FILL(invocations, 0) + FILL(throttles, 0))';
    const before = `(${requests} - DIFF(${requests}))`;
    return this.math(
      `IF(${before} >= ${volume}, 100 * DIFF(${requests}) / ${before}, 0)`,
      { invocations: this.invocations({ period }), throttles: this.throttles({ period }) },
      { label: 'growth %', color: COLORS.requests, ...rest, period },
    );
  }

  /** The options of a rate, in the form that a math expression takes. */
  private rate({ minimumVolume, ...rest }: RequestRateOptions, otherwise: number, usual: Duration) {
    if (minimumVolume !== undefined) throwErrors(this.scope, findingsOf(METRIC_RULES, { amounts: { minimumVolume } }));
    return { rest, volume: Tokenization.stringifyNumber(minimumVolume ?? otherwise), period: rest.period ?? usual };
  }

  private saturation(statistic: string, options: cloudwatch.MathExpressionOptions): cloudwatch.MathExpression {
    const period = options.period ?? METRIC_PERIOD;
    const name = statistic === cloudwatch.Stats.AVERAGE ? 'concurrency' : 'highestConcurrency';
    return this.math(
      `100 * ${name} / concurrencyLimit`,
      {
        [name]: this.executionEnvironmentConcurrency({ statistic, period }),
        concurrencyLimit: this.executionEnvironmentConcurrencyLimit({ period }),
      },
      { ...options, period },
    );
  }

  /**
   * Returns math over metrics. Their ids differ between functions, versions and periods, because each metric needs an id that is unique in a graph.
   */
  private math(
    expression: string, metrics: Record<string, cloudwatch.IMetric>, options: cloudwatch.MathExpressionOptions & { period: Duration },
  ): cloudwatch.MathExpression {
    const { version, resourceDimension = true } = this.options;
    const suffix = [
      idOfConstruct(this.scope),
      options.period.toSeconds(),
      ...[this.name, resourceDimension ? version : 'all'].flatMap((part) => (part === undefined ? [] : [idPart(this.scope, part)])),
    ].join('_');
    return new cloudwatch.MathExpression({
      ...options,
      expression: expression.replace(new RegExp(`\\b(${Object.keys(metrics).join('|')})\\b`, 'g'), `$1_${suffix}`),
      usingMetrics: Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [`${name}_${suffix}`, metric])),
    });
  }

  private throttleReason(metricName: string, options: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.plainMetric(metricName, METRIC_PERIOD, { FunctionName: this.functionName() }, { statistic: cloudwatch.Stats.SUM, ...options });
  }

  private invocationMetric(metricName: string, options: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.plainMetric(metricName, INVOCATION_PERIOD, { FunctionName: this.functionName() }, { statistic: cloudwatch.Stats.SUM, ...options });
  }

  private plainMetric(
    metricName: string, published: Duration, dimensionsMap: Record<string, string>, options: cloudwatch.MetricOptions,
  ): cloudwatch.IMetric {
    throwErrors(this.scope, findingsOf(METRIC_RULES, { published, period: options.period }));
    return new cloudwatch.Metric({ namespace: METRIC_NAMESPACE, metricName, dimensionsMap, period: published, ...options });
  }
}
