/** How alarms are made of the rows of the table. */
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AlarmLevel, includes } from './alarm-level';
import { AlarmRow, ALARMS, AlarmText, CompositeRow, compositesOf, FleetMetrics, Need, Role, Severity, Watched } from './alarm-table';
import { Threshold, Thresholds } from './thresholds';
import { CLOUDWATCH_LIMITS } from '../../service/cloudwatch-limits';
import { EventSource, EventSourceKind } from '../event-sources';
import { CapacityProviderMetrics } from '../metrics/capacity-provider-metrics';
import { ExecutionEnvironmentMetrics } from '../metrics/execution-environment-metrics';

/** An alarm to make. */
export interface AlarmSpec {
  readonly row: AlarmRow;
  readonly threshold: Threshold;
  /** Made when the alarm is: nothing has been judged before. */
  readonly metric: () => cloudwatch.IMetric;
  readonly meaning: string;
  /** The id of what it is about, where there is an alarm for each of several things. */
  readonly about?: string;
}

/** The scope of alarms, and additions to their descriptions. */
export interface AlarmSettings {
  readonly level: AlarmLevel;
  readonly actions: Record<Severity, cloudwatch.IAlarmAction[]>;
  readonly runbookUrl?: string;
  /** While it is in alarm, composite alarms tell nobody. */
  readonly deploymentAlarm?: cloudwatch.IAlarmRef;
}

/** A version's first metrics come five to ten minutes after it is published. https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html (read 2026-11-20) */
const AFTER_DEPLOYMENT = Duration.minutes(10);

/** The gravest first. */
const ORDER = [Severity.PAGE, Severity.TICKET, Severity.INFO];

const SEVERITIES = new WeakMap<cloudwatch.AlarmBase, Severity>();

/** Room for what a description says before the address, in characters. */
const LONGEST_TEXT = 524;

/** The characters left for the runbook's address. Descriptions aren't truncated, because half a token is garbage. */
export const LONGEST_RUNBOOK_URL = CLOUDWATCH_LIMITS.alarmDescription - LONGEST_TEXT;

/** The threshold of an alarm in the unit of its metric. Absent where it is off, unknown, or would mean nothing. */
export function thresholdOf({ threshold: name, inUnitOfMetric }: AlarmRow, thresholds: Thresholds, watched: Watched): Threshold | undefined {
  const threshold = thresholds.get(name);
  return threshold && inUnitOfMetric ? inUnitOfMetric(threshold, watched) : threshold;
}

/** The alarms of a provider, and of all functions on it at once. Nothing in them names a function, so their number doesn't grow with the fleet. */
export function fleetAlarms(
  watched: Watched, thresholds: Thresholds, level: AlarmLevel, environments: FleetMetrics['environments'], has: (need: Need) => boolean, types: string[],
): AlarmSpec[] {
  const { capacityProvider, name } = watched.fleet;
  const provider = CapacityProviderMetrics.fromCapacityProvider(capacityProvider);
  return wanted(level, (row) => row.ofFleet).flatMap(([row, metric]): AlarmSpec[] => {
    const threshold = row.needs === undefined || has(row.needs) ? thresholdOf(row, thresholds, watched) : undefined;
    if (threshold === undefined) return [];
    const meaning = [row.meaning, row.meaningOfFleet].filter(Boolean).join(' ');
    if (row.needs !== Need.INSTANCE_TYPES) return [{ row, threshold, metric: () => metric({ provider, name, environments }), meaning }];
    return types.map((instanceType) => {
      const ofType = () => ({ provider: CapacityProviderMetrics.fromCapacityProvider(capacityProvider, { instanceType }), name, environments });
      return { row, threshold, metric: () => metric(ofType()), meaning: `${instanceType}: ${meaning}`, about: instanceType };
    });
  });
}

/** The alarms of one function. */
export function functionAlarms(watched: Watched, thresholds: Thresholds, level: AlarmLevel, metrics: ExecutionEnvironmentMetrics): AlarmSpec[] {
  return wanted(level, (row) => row.ofFunction).flatMap(([row, metric]) => {
    const threshold = thresholdOf(row, thresholds, watched);
    return threshold === undefined ? [] : [{ row, threshold, metric: () => metric(metrics), meaning: row.meaning }];
  });
}

/** The alarms of the event sources of one function: one of all its streams, and one of each queue. */
export function sourceAlarms(
  watched: Watched, thresholds: Thresholds, level: AlarmLevel, metrics: ExecutionEnvironmentMetrics, sources: EventSource[],
): AlarmSpec[] {
  return wanted(level, (row) => row.ofSource).flatMap(([row, metricOf]) => {
    const threshold = thresholdOf(row, thresholds, watched);
    const specs = threshold === undefined ? [] : sources.flatMap((source): AlarmSpec[] => {
      const metric = metricOf(metrics, source);
      const about = source.kind === EventSourceKind.QUEUE ? source.mapping.node.addr : undefined;
      return metric ? [{ row, threshold, metric: () => metric, meaning: row.meaning, about }] : [];
    });
    return specs.filter((spec, i) => specs.findIndex(({ about }) => about === spec.about) === i);
  });
}

function wanted<Metric>(level: AlarmLevel, metricOf: (row: AlarmRow) => Metric | undefined): [AlarmRow, Metric][] {
  return ALARMS.flatMap((row): [AlarmRow, Metric][] => {
    const metric = includes(level, row.level) ? metricOf(row) : undefined;
    return metric ? [[row, metric]] : [];
  });
}

/** Alarms by whom they tell, the gravest first; equally grave ones in the order given. */
export function gravestFirst(alarms: cloudwatch.AlarmBase[]): cloudwatch.AlarmBase[] {
  const rank = (alarm: cloudwatch.AlarmBase) => ORDER.indexOf(SEVERITIES.get(alarm)!);
  return [...alarms].sort((a, b) => rank(a) - rank(b));
}

/** Makes alarms, and the composite alarms that come of them: those first. The alarms for whose role alone one of them speaks are silent. */
export function createAlarms(scope: Construct, specs: AlarmSpec[], rows: CompositeRow[], settings: AlarmSettings): cloudwatch.AlarmBase[] {
  const composites = compositesOf(rows.filter(({ level }) => includes(settings.level, level)), specs.map(({ row }) => row.role));
  const spokenFor = composites.flatMap(({ needs }) => (needs.length === 1 ? needs : []));
  const made = specs.map((spec) => {
    const isSilent = spec.row.role !== undefined && spokenFor.includes(spec.row.role);
    return { role: spec.row.role, alarm: createAlarm(scope, spec, settings, isSilent) };
  });
  const anyOf = Object.fromEntries(Object.values(Role).map((role) => [role, cloudwatch.AlarmRule.anyOf(
    ...made.flatMap((one) => (one.role === role ? [cloudwatch.AlarmRule.fromAlarm(one.alarm, cloudwatch.AlarmState.ALARM)] : [])),
  )])) as Record<Role, cloudwatch.IAlarmRule>;
  return [...composites.map((row) => createComposite(scope, row, row.rule(anyOf), settings)), ...made.map(({ alarm }) => alarm)];
}

/** A silent one has no actions. */
function createAlarm(scope: Construct, spec: AlarmSpec, settings: AlarmSettings, isSilent: boolean): cloudwatch.Alarm {
  const { row: { id, periods: [datapointsToAlarm, evaluationPeriods], missing, severity }, about } = spec;
  const alarm = new cloudwatch.Alarm(about === undefined ? scope : child(scope, id), about ?? id, {
    ...conditionOf(spec),
    datapointsToAlarm,
    evaluationPeriods,
    treatMissingData: missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
    alarmDescription: describe(id, { ...spec.row, meaning: spec.meaning }, settings),
  });
  if (!isSilent) alarm.addAlarmAction(...settings.actions[severity].map(boundOnce));
  SEVERITIES.set(alarm, severity);
  return alarm;
}

function createComposite(scope: Construct, row: CompositeRow, alarmRule: cloudwatch.IAlarmRule, settings: AlarmSettings): cloudwatch.CompositeAlarm {
  const { id, severity } = row;
  const alarm = new cloudwatch.CompositeAlarm(scope, id, {
    alarmRule,
    alarmDescription: describe(id, row, settings),
    actionsSuppressor: settings.deploymentAlarm,
    actionsSuppressorExtensionPeriod: settings.deploymentAlarm && AFTER_DEPLOYMENT,
  });
  alarm.addAlarmAction(...settings.actions[severity].map(boundOnce));
  SEVERITIES.set(alarm, severity);
  return alarm;
}

/**
 * An action that calls a function lets the alarm invoke it, by a statement of a fixed id: for a second alarm CDK throws. One statement for
 * all alarms of the stack does for all, also for those that come later.
 */
function boundOnce(action: cloudwatch.IAlarmAction): cloudwatch.IAlarmAction {
  const fn = (action as { readonly lambdaFunction?: lambda.IFunction }).lambdaFunction;
  return fn === undefined ? action : {
    bind: (scope) => {
      const stack = Stack.of(scope);
      const id = `ManagedInstancesAlarms${stack.node.addr.slice(-8)}`;
      if (!fn.permissionsNode.tryFindChild(id)) {
        fn.addPermission(id, {
          principal: new iam.ServicePrincipal('lambda.alarms.cloudwatch.amazonaws.com'),
          sourceAccount: stack.account,
          sourceArn: stack.formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }),
        });
      }
      return { alarmActionArn: fn.functionArn };
    },
  };
}

function conditionOf({ threshold, metric, row: { isWidth } }: AlarmSpec) {
  if (!isWidth) return { ...threshold.condition, metric: metric() };
  return {
    metric: threshold.band(metric()),
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
    threshold: cloudwatch.Alarm.ANOMALY_DETECTION_NO_THRESHOLD,
  };
}

/** The child with an id, made if there is none yet. */
export function child(parent: Construct, id: string): Construct {
  return (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id);
}

/** The words that arrive with the notification. */
function describe(id: string, { meaning, look, remedy, link }: AlarmText, { runbookUrl }: AlarmSettings): string {
  const url = runbookUrl === undefined ? link : `${runbookUrl.replace(/\/$/, '')}/${id}`;
  return `${meaning} First look: ${look}. Then: ${remedy}. ${url}`;
}
