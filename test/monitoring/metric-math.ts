import { textOf } from './body';
import { evaluate, Series } from '../../tools/metric-math';

/** A metric in CloudWatch, with the samples that were sent in each period. A period without data has none. */
export interface Sent {
  readonly metric: string;
  readonly dimensions?: Record<string, string>;
  readonly samples: number[][];
}

type Value = Series[number];

/**
 * Whether an alarm of a template fires after the samples were sent. Supports the metric math and the Metrics Insights queries that the library uses,
 * and throws for anything else.
 */
export function fires(alarm: any, sent: Sent[]): boolean {
  if (alarm.ThresholdMetricId) return leavesBand(alarm, sent);
  const candidates = seriesOf(alarm, sent);
  const missing = alarm.TreatMissingData === 'breaching';
  const length = Math.max(0, ...sent.map(({ samples }) => samples.length));
  const isBad = (value: Value) => (value === undefined ? missing : {
    GreaterThanThreshold: value > alarm.Threshold,
    LessThanThreshold: value < alarm.Threshold,
  }[alarm.ComparisonOperator as string]);
  return (candidates.length > 0 ? candidates : [new Array(length).fill(undefined)]).some((series) => (
    series.slice(-alarm.EvaluationPeriods).filter(isBad).length >= alarm.DatapointsToAlarm
  ));
}

/**
 * Whether a metric leaves the band of usual values. CloudWatch learns the band from two weeks, by hour and day. Here it is the mean of the samples
 * before the evaluated periods, with a number of standard deviations around it.
 */
function leavesBand(alarm: any, sent: Sent[]): boolean {
  if (alarm.ComparisonOperator !== 'GreaterThanUpperThreshold') throw new Error(alarm.ComparisonOperator);
  const band = alarm.Metrics.find(({ Id }: any) => Id === alarm.ThresholdMetricId);
  const [, id, width] = /^ANOMALY_DETECTION_BAND\((\w+), ([\d.]+)\)$/.exec(band.Expression)!;
  const { MetricStat, ReturnData } = alarm.Metrics.find(({ Id }: any) => Id === id);
  if (!ReturnData || !band.ReturnData) throw new Error('CloudWatch wants the data of both the metric and the band');
  const series = plain(MetricStat.Metric.MetricName, MetricStat.Metric.Dimensions, MetricStat.Stat, sent);
  const usual = series.slice(0, -alarm.EvaluationPeriods).map((value) => value ?? 0);
  const mean = usual.reduce((a, b) => a + b, 0) / usual.length;
  const deviation = Math.sqrt(usual.reduce((sum, value) => sum + (value - mean) ** 2, 0) / usual.length);
  const upper = mean + Number(width) * deviation;
  return series.slice(-alarm.EvaluationPeriods).filter((value) => value !== undefined && value > upper).length >= alarm.DatapointsToAlarm;
}

/** Returns one series, or one for each group of a query. */
function seriesOf(alarm: any, sent: Sent[]): Series[] {
  if (!alarm.Metrics) return [plain(alarm.MetricName, alarm.Dimensions, alarm.Statistic ?? alarm.ExtendedStatistic, sent)];
  const scope: Record<string, Series> = {};
  for (const { Id, MetricStat } of alarm.Metrics.filter((metric: any) => metric.MetricStat)) {
    scope[Id] = plain(textOf(MetricStat.Metric.MetricName), MetricStat.Metric.Dimensions, MetricStat.Stat, sent);
  }
  const result = alarm.Metrics.find((metric: any) => metric.ReturnData);
  if (!result.Expression) return [scope[result.Id]];
  const expression = textOf(result.Expression);
  return expression.startsWith('SELECT') ? query(expression, sent) : [evaluate(expression, scope)];
}

function plain(metric: any, dimensions: any[] = [], stat: string, sent: Sent[]): Series {
  const wanted = Object.fromEntries(dimensions.map(({ Name, Value: value }) => [Name, textOf(value)]));
  const found = sent.find((one) => one.metric === textOf(metric)
    && Object.entries(wanted).every(([name, value]) => (one.dimensions ?? {})[name] === undefined || one.dimensions![name] === value));
  const length = Math.max(...sent.map(({ samples }) => samples.length));
  return found ? found.samples.map((samples) => aggregate(stat, samples)) : new Array(length).fill(undefined);
}

function query(sql: string, sent: Sent[]): Series[] {
  const match = /^SELECT (\w+)\((\w+)\) FROM SCHEMA\("AWS\/Lambda", ([\w, ]+)\)(?: WHERE (\w+) = '([^']+)')?(?: GROUP BY ([\w, ]+) ORDER BY (\w+)\(\) DESC)?$/.exec(sql);
  if (!match) throw new Error(`not a query that CloudWatch takes: ${sql}`);
  const [, fn, metric, schema, label, value, groupBy, orderBy] = match;
  if (groupBy && orderBy !== fn) throw new Error(`ordered by ${orderBy}, not ${fn}`);
  const series = sent.filter((one) => one.metric === metric
    && Object.keys(one.dimensions ?? {}).join(', ') === schema
    && (!label || one.dimensions![label] === value));
  const groups = new Map<string, Sent[]>();
  for (const one of series) {
    const key = (groupBy ?? '').split(', ').map((name) => one.dimensions![name]).join();
    groups.set(key, [...groups.get(key) ?? [], one]);
  }
  const stat = { AVG: 'Average', SUM: 'Sum', MAX: 'Maximum', COUNT: 'SampleCount' }[fn]!;
  return [...groups.values()].map((members) => members[0].samples.map((_, i) => aggregate(stat, members.flatMap(({ samples }) => samples[i] ?? []))));
}

function aggregate(stat: string, samples: number[]): Value {
  if (samples.length === 0) return undefined;
  const sum = samples.reduce((a, b) => a + b, 0);
  const sorted = [...samples].sort((a, b) => a - b);
  if (stat === 'Sum') return sum;
  if (stat === 'Average') return sum / samples.length;
  if (stat === 'Maximum') return sorted.at(-1);
  if (stat === 'SampleCount') return samples.length;
  if (stat === 'p99') return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))];
  throw new Error(`statistic ${stat}`);
}
