import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { EventSource, EventSourceKind, queueAge } from '../event-sources';
import { COLUMNS, graph, row } from './widgets';
import { Panel } from '../alarms/alarm-table';
import { INVOCATION_PERIOD, METRIC_NAMESPACE } from '../metrics/metric-names';

/**
 * The metrics about the outcome of events, if the mapping counts them (`MetricsConfig` with `EventCount`).
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (read 2026-11-21)
 */
const EVENT_COUNTS: [string, string][] = [
  ['PolledEventCount', 'polled'], ['InvokedEventCount', 'invoked'], ['FailedInvokeEventCount', 'failed'], ['DroppedEventCount', 'dropped'],
];

/** The event sources of one function. */
export interface ShownEventSources {
  /** The name of the function. It has the metrics about the lag behind streams and Kafka. */
  readonly functionName: string;
  readonly sources: EventSource[];
  /** Returns whether a source can be named. It can't if a viewer may choose another function, or if the source is in another stack. */
  readonly canName: (source: EventSource) => boolean;
  /** The asynchronous events that Lambda dropped. Any function may get asynchronous events, so they are shown only if an alarm watches them. */
  readonly dropped?: cloudwatch.IMetric;
  /** The thresholds of the alarms on a graph. */
  readonly lines?: (panel: Panel) => cloudwatch.HorizontalAnnotation[];
}

/** Returns a row about a function's lag behind its event sources. Empty if it has none. */
export function eventSourceRow({ functionName, sources, canName, dropped, lines = () => [] }: ShownEventSources): cloudwatch.IWidget[] {
  const has = (kind: EventSourceKind) => sources.some((source) => source.kind === kind);
  const named = sources.filter(canName);
  const ofFunction = (metricName: string, label: string) => (
    metric(METRIC_NAMESPACE, metricName, { FunctionName: functionName }, cloudwatch.Stats.MAXIMUM, label)
  );
  const ages = named.flatMap((source) => queueAge(source) ?? []);
  const ofMapping = (some: EventSource[], metrics: [string, string][], statistic: string) => some.flatMap(({ mapping }, i) => (
    metrics.map(([name, label]) => (
      metric(METRIC_NAMESPACE, name, { EventSourceMappingUUID: mapping.ref }, statistic, some.length > 1 ? `${label} ${i + 1}` : label)
    ))
  ));
  const graphs: [string, cloudwatch.IMetric[], Panel?][] = [
    ['Streams: age of the last record, ms', has(EventSourceKind.STREAM) ? [ofFunction('IteratorAge', 'age')] : [], 'iteratorAge'],
    ['Kafka: offsets behind', has(EventSourceKind.KAFKA) ? [ofFunction('OffsetLag', 'offsets')] : []],
    ['Queues: age of the oldest message, s', ages, 'oldestMessage'],
    ['Events of mappings', ofMapping(named.filter(({ countsEvents }) => countsEvents), EVENT_COUNTS, cloudwatch.Stats.SUM)],
    ['Pollers', ofMapping(named.filter(({ hasPollers }) => hasPollers), [['ProvisionedPollers', 'pollers']], cloudwatch.Stats.MAXIMUM)],
    ['Asynchronous events given up', dropped && lines('asyncEvents').length > 0 ? [dropped] : [], 'asyncEvents'],
  ];
  const shown = graphs.filter(([, metrics]) => metrics.length > 0);
  const width = Math.floor(COLUMNS / Math.max(2, shown.length));
  return shown.length === 0 ? [] : [row(shown.map(([title, left, panel]) => (
    graph(title, { left, leftAnnotations: panel ? lines(panel) : undefined, width, height: 4 })
  )))];
}

function metric(namespace: string, metricName: string, dimensionsMap: Record<string, string>, statistic: string, label: string): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace, metricName, dimensionsMap, statistic, period: INVOCATION_PERIOD, label });
}
