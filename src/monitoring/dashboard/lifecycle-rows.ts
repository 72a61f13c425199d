import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { COLUMNS, graph, GRAPH, lines, row, text, thresholdsOf } from './widgets';
import { Thresholds } from '../alarms/thresholds';
import { counted, LAUNCHES, WARNINGS } from '../metrics/system-log-metrics';

/** The content of the rows. */
export interface Lifecycle {
  /** The name of the capacity provider. */
  readonly fleet: string;
  readonly logGroup?: logs.ILogGroupRef;
  /** The thresholds of each set of alarms. */
  readonly thresholds: Thresholds[];
}

/** Returns rows about the life of instances. Launches and failures appear only in the system log. */
export function lifecycleRows({ fleet, logGroup, thresholds }: Lifecycle): cloudwatch.IWidget[] {
  const counts = watched(fleet, thresholds);
  const graphs = counts.map(([title, props]) => graph(title, { ...props, width: logGroup ? GRAPH : COLUMNS / counts.length }));
  if (!logGroup) return graphs.length > 0 ? [row(graphs)] : [];
  const width = graphs.length > 0 ? GRAPH : COLUMNS / 2;
  return [
    text(1, ['### What happened to instances, from the system log']),
    row([eventsOf(logGroup, width), ...graphs, lastWarningsOf(logGroup, COLUMNS - width - graphs.length * GRAPH)]),
  ];
}

/** Returns a widget with the events of the log. Both known formats of the log have a level, but only the newer has the event. */
function eventsOf({ logGroupRef }: logs.ILogGroupRef, width: number): cloudwatch.IWidget {
  return new cloudwatch.LogQueryWidget({
    title: 'Events per 5 minutes',
    logGroupNames: [logGroupRef.logGroupName],
    queryLines: [
      'fields concat(coalesce(operation, ""), " ", coalesce(message, "")) as event',
      'fields strcontains(event, "Launched") as isLaunch, strcontains(event, "Terminated") as isEnd, strcontains(level, "WARN") + strcontains(level, "ERROR") as isWarning',
      'stats sum(isLaunch) as launched, sum(isEnd) as terminated, sum(isWarning) as warnings by bin(5m)',
    ],
    view: cloudwatch.LogQueryVisualizationType.BAR,
    width,
    height: GRAPH,
  });
}

function lastWarningsOf({ logGroupRef }: logs.ILogGroupRef, width: number): cloudwatch.IWidget {
  return new cloudwatch.LogQueryWidget({
    title: 'Last warnings',
    logGroupNames: [logGroupRef.logGroupName],
    queryLines: [
      'fields @timestamp, level, message, metadata.instanceId',
      'filter level in ["WARN", "ERROR"]',
      'sort @timestamp desc',
      'limit 20',
    ],
    width,
    height: GRAPH,
  });
}

/** Returns graphs of the events that alarms count in the log. Without alarms nothing is counted. */
function watched(fleet: string, thresholds: Thresholds[]): [string, cloudwatch.GraphWidgetProps][] {
  const [once, repeated, churn] = (['instanceWarnings', 'instanceWarningsRepeated', 'instanceChurn'] as const).map((name) => thresholdsOf(thresholds, name));
  const warnings = [...once.length > 0 ? [counted(WARNINGS, fleet, 5)] : [], ...repeated.length > 0 ? [counted(WARNINGS, fleet, 15)] : []];
  const launches = counted(LAUNCHES, fleet, 15);
  const bands = new Map(churn.map((threshold) => threshold.band(launches)).map((band) => [band.expression, band]));
  const graphs: [string, cloudwatch.GraphWidgetProps | undefined][] = [
    ['Warnings', warnings.length > 0 ? { left: warnings, leftAnnotations: lines(...once, ...repeated) } : undefined],
    ['Launches, and what is usual', bands.size > 0 ? { left: [launches, ...bands.values()] } : undefined],
  ];
  return graphs.flatMap(([title, props]): [string, cloudwatch.GraphWidgetProps][] => (props ? [[title, props]] : []));
}
