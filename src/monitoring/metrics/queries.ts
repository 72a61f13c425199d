import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE, METRIC_PERIOD, PROVIDER_DIMENSIONS } from './metric-names';

/** Statistics, and what Metrics Insights calls them. */
const FUNCTIONS: Record<string, string> = { Average: 'AVG', Sum: 'SUM', Maximum: 'MAX', Minimum: 'MIN', SampleCount: 'COUNT' };

/** Which series of a metric to take. */
export interface Series {
  readonly metricName: string;
  readonly statistic: string;
  /** All dimensions of the metric. */
  readonly dimensions: string[];
  /** The values of those that are fixed. */
  readonly where: Record<string, string>;
  /** The period of a search, by default the one in which Lambda publishes. */
  readonly period?: Duration;
}

/**
 * A Metrics Insights query, the only way for an alarm to watch series that aren't known yet. Grouped and ordered
 * where it shall give several: CloudWatch refuses an alarm on several series without the two, and CDK doesn't check.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html (read 2026-11-20)
 */
export function metricsInsights(series: Series, groupBy: string[], options: cloudwatch.MathExpressionOptions = {}): cloudwatch.MathExpression {
  const aggregate = FUNCTIONS[series.statistic];
  const conditions = Object.entries(series.where).map(([dimension, value]) => `${dimension} = '${value}'`);
  return new cloudwatch.MathExpression({
    expression: [
      `SELECT ${aggregate}(${series.metricName})`,
      `FROM SCHEMA("${METRIC_NAMESPACE}", ${series.dimensions.join(', ')})`,
      ...(conditions.length > 0 ? [`WHERE ${conditions.join(' AND ')}`] : []),
      ...(groupBy.length > 0 ? [`GROUP BY ${groupBy.join(', ')}`, `ORDER BY ${aggregate}() DESC`] : []),
    ].join(' '),
    period: METRIC_PERIOD,
    ...options,
  });
}

/** A search, for graphs only: an alarm can't have one. */
export function search({ metricName, statistic, dimensions, where, period = METRIC_PERIOD }: Series): string {
  return `SEARCH('${searchTerm(dimensions, metricName, where)}', '${statistic}', ${period.toSeconds()})`;
}

/** One series: the sum of all that a search finds. */
export function searchTotal(series: Series): string {
  return `SUM(${search(series)})`;
}

/** The sum of an amount over the instances of a provider, whichever types it has. */
export function totalOfProvider(metricName: string, capacityProvider: string, period?: Duration): string {
  return searchTotal({
    metricName, statistic: cloudwatch.Stats.SUM, dimensions: PROVIDER_DIMENSIONS, where: { CapacityProviderName: capacityProvider }, period,
  });
}

/** Returns the terms of a search expression, without the statistic. */
export function searchTerm(dimensions: string[], metricName: string, where: Record<string, string>): string {
  const conditions = Object.entries(where).map(([dimension, value]) => `${dimension}="${value}"`);
  return [`{${[METRIC_NAMESPACE, ...dimensions].join(',')}}`, `MetricName="${metricName}"`, ...conditions].join(' ');
}

/** A graph's expression around searches. CDK refuses to make an alarm of it, as CloudWatch would. */
export function searchExpression(expression: string, options: cloudwatch.SearchExpressionOptions = {}): cloudwatch.SearchExpression {
  return new cloudwatch.SearchExpression({ expression, period: METRIC_PERIOD, ...options });
}
