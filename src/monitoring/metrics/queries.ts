import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_NAMESPACE, METRIC_PERIOD, PROVIDER_DIMENSIONS } from './metric-names';

/** The names of statistics in Metrics Insights. */
const FUNCTIONS: Record<string, string> = { Average: 'AVG', Sum: 'SUM', Maximum: 'MAX', Minimum: 'MIN', SampleCount: 'COUNT' };

/** A selection of a metric's series. */
export interface Series {
  readonly metricName: string;
  readonly statistic: string;
  /** All dimensions of the metric. */
  readonly dimensions: string[];
  /** The values of the dimensions that are fixed. */
  readonly where: Record<string, string>;
  /** The period of a search. By default it is the one in which Lambda publishes. */
  readonly period?: Duration;
}

/**
 * Returns a Metrics Insights query, which is the only way for an alarm to watch series that aren't known yet. A query for several series is grouped
 * and ordered, because CloudWatch otherwise refuses an alarm on it, and CDK doesn't check that.
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

/** Returns a search, which only graphs can use. */
export function search({ metricName, statistic, dimensions, where, period = METRIC_PERIOD }: Series): string {
  return `SEARCH('${searchTerm(dimensions, metricName, where)}', '${statistic}', ${period.toSeconds()})`;
}

/** Returns the sum of all series that a search finds, as one series. */
export function searchTotal(series: Series): string {
  return `SUM(${search(series)})`;
}

/** Returns the sum of an amount over all instances of a provider, of any type. */
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

/** Returns an expression with searches for a graph. CDK refuses to create an alarm on it, as CloudWatch would. */
export function searchExpression(expression: string, options: cloudwatch.SearchExpressionOptions = {}): cloudwatch.SearchExpression {
  return new cloudwatch.SearchExpression({ expression, period: METRIC_PERIOD, ...options });
}
