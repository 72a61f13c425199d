/** How alarms are made of the rows of the table. */
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AlarmLevel, includes } from './alarm-level';
import {
  AlarmRow, ALARMS, AlarmText, Basis, CompositeRow, compositesOf, FleetMetrics, Need, Role, ROLES, SEVERITIES, Severity, Watched,
} from './alarm-table';
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

/** What all alarms of a set have in common. */
export interface AlarmSettings {
  readonly level: AlarmLevel;
  readonly thresholds: Thresholds;
  readonly actions: Record<Severity, cloudwatch.IAlarmAction[]>;
  readonly runbookUrl?: string;
  /** While it is in alarm, composite alarms tell nobody. */
  readonly deploymentAlarm?: cloudwatch.IAlarmRef;
}

/** A version's first metrics come five to ten minutes after it is published. https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html (read 2026-11-20) */
const AFTER_DEPLOYMENT = Duration.minutes(10);

const SEVERITY_OF = new WeakMap<cloudwatch.AlarmBase, Severity>();

/** Room for what a description says before the address, in characters. */
const LONGEST_TEXT = 524;

/** The characters left for the runbook's address. Descriptions aren't truncated, because half a token is garbage. */
export const LONGEST_RUNBOOK_URL = CLOUDWATCH_LIMITS.alarmDescription - LONGEST_TEXT;

/** Whether the number behind a threshold gives it a meaning. A threshold without one always has. */
export function isMeaningful(basis: Basis | undefined, found: number | undefined): boolean {
  return basis === undefined || (found !== undefined && found >= basis.least);
}

/** The threshold of an alarm in the unit of its metric. Absent where it is off, unknown, or would mean nothing. */
export function thresholdOf({ threshold: name, basis, inUnitOfMetric }: AlarmRow, thresholds: Thresholds, watched: Watched): Threshold | undefined {
  const threshold = thresholds.get(name);
  const found = basis?.found(watched);
  if (threshold === undefined || !isMeaningful(basis, found)) return undefined;
  // Where the number becomes unknown later, synthesis tells so, and the template has what was known.
  return inUnitOfMetric ? threshold.scaled(() => inUnitOfMetric.factor(basis?.found(watched) ?? found!, watched), inUnitOfMetric.unit) : threshold;
}

/** The alarms of a provider, and of all functions on it at once. Nothing in them names a function, so their number doesn't grow with the fleet. */
export function fleetAlarms(
  settings: AlarmSettings, watched: Watched, environments: FleetMetrics['environments'], has: Record<Need, boolean>, types: string[],
): AlarmSpec[] {
  const { capacityProvider, name } = watched.fleet;
  const metricsOf = (instanceType?: string) => (
    { provider: CapacityProviderMetrics.fromCapacityProvider(capacityProvider, { instanceType }), name, environments }
  );
  return specsOf(settings, watched, ({ ofFleet, needs, meaning, meaningOfFleet }) => {
    if (ofFleet === undefined || (needs && !has[needs])) return [];
    if (needs === 'instanceTypes') return types.map((about) => ({ metric: () => ofFleet(metricsOf(about)), meaning: `${about}: ${meaning}`, about }));
    return [{ metric: () => ofFleet(metricsOf()), meaning: meaningOfFleet ? `${meaning} ${meaningOfFleet}` : meaning }];
  });
}

/** The alarms of one function. */
export function functionAlarms(settings: AlarmSettings, watched: Watched, metrics: ExecutionEnvironmentMetrics): AlarmSpec[] {
  return specsOf(settings, watched, ({ ofFunction, meaning }) => (ofFunction ? [{ metric: () => ofFunction(metrics), meaning }] : []));
}

/** The alarms of the event sources of one function: one of all its streams, and one of each queue. */
export function sourceAlarms(settings: AlarmSettings, watched: Watched, metrics: ExecutionEnvironmentMetrics, sources: EventSource[]): AlarmSpec[] {
  return specsOf(settings, watched, ({ ofSource, meaning }) => {
    const all = sources.flatMap((source) => {
      const metric = ofSource?.(metrics, source);
      return metric ? [{ metric: () => metric, meaning, about: source.kind === EventSourceKind.QUEUE ? source.mapping.node.addr : undefined }] : [];
    });
    return all.filter((spec, i) => all.findIndex(({ about }) => about === spec.about) === i);
  });
}

type SpecsOfRow = (row: AlarmRow) => Omit<AlarmSpec, 'row' | 'threshold'>[];

function specsOf({ level, thresholds }: AlarmSettings, watched: Watched, of: SpecsOfRow): AlarmSpec[] {
  return ALARMS.filter((row) => includes(level, row.level)).flatMap((row) => {
    const specs = of(row);
    const threshold = specs.length > 0 ? thresholdOf(row, thresholds, watched) : undefined;
    return threshold ? specs.map((spec) => ({ row, threshold, ...spec })) : [];
  });
}

/** Alarms by whom they tell, the gravest first; equally grave ones in the order given. */
export function gravestFirst(alarms: cloudwatch.AlarmBase[]): cloudwatch.AlarmBase[] {
  const rank = (alarm: cloudwatch.AlarmBase) => SEVERITIES.indexOf(SEVERITY_OF.get(alarm)!);
  return [...alarms].sort((a, b) => rank(a) - rank(b));
}

/** Makes alarms, and the composite alarms that come of them: those first. The alarms for whose role alone one of them speaks have no actions. */
export function createAlarms(scope: Construct, specs: AlarmSpec[], rows: CompositeRow[], settings: AlarmSettings): cloudwatch.AlarmBase[] {
  const { level, actions, deploymentAlarm } = settings;
  const composites = compositesOf(rows.filter((row) => includes(level, row.level)), specs.map(({ row }) => row));
  const spokenFor = composites.flatMap(({ needs }) => (needs.length === 1 ? needs : []));
  const made = specs.map((spec) => {
    const { row: { role, severity } } = spec;
    return { role, alarm: telling(createAlarm(scope, spec, settings), severity, role && spokenFor.includes(role) ? [] : actions[severity]) };
  });
  const anyOf = Object.fromEntries(ROLES.map((role) => [role, cloudwatch.AlarmRule.anyOf(
    ...made.flatMap((one) => (one.role === role ? [cloudwatch.AlarmRule.fromAlarm(one.alarm, cloudwatch.AlarmState.ALARM)] : [])),
  )])) as Record<Role, cloudwatch.IAlarmRule>;
  return [
    ...composites.map((row) => telling(new cloudwatch.CompositeAlarm(scope, row.id, {
      alarmRule: row.rule(anyOf),
      alarmDescription: describe(row.id, row, settings),
      actionsSuppressor: deploymentAlarm,
      actionsSuppressorExtensionPeriod: deploymentAlarm && AFTER_DEPLOYMENT,
    }), row.severity, actions[row.severity])),
    ...made.map(({ alarm }) => alarm),
  ];
}

function createAlarm(scope: Construct, { row, threshold, metric, meaning, about }: AlarmSpec, settings: AlarmSettings): cloudwatch.Alarm {
  const { id, isWidth, missing, periods: [datapointsToAlarm, evaluationPeriods] } = row;
  return new cloudwatch.Alarm(about === undefined ? scope : child(scope, id), about ?? id, {
    ...isWidth ? {
      metric: threshold.band(metric()),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
      threshold: cloudwatch.Alarm.ANOMALY_DETECTION_NO_THRESHOLD,
    } : { metric: metric(), ...threshold.condition },
    datapointsToAlarm,
    evaluationPeriods,
    treatMissingData: missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
    alarmDescription: describe(id, { ...row, meaning }, settings),
  });
}

function telling<Alarm extends cloudwatch.AlarmBase>(alarm: Alarm, severity: Severity, actions: cloudwatch.IAlarmAction[]): Alarm {
  alarm.addAlarmAction(...actions.map(boundOnce));
  SEVERITY_OF.set(alarm, severity);
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

/** The child with an id, made if there is none yet. */
export function child(parent: Construct, id: string): Construct {
  return (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id);
}

/** The words that arrive with the notification. */
function describe(id: string, { meaning, look, remedy, link }: AlarmText, { runbookUrl }: AlarmSettings): string {
  const url = runbookUrl === undefined ? link : `${runbookUrl.replace(/\/$/, '')}/${id}`;
  return `${meaning} First look: ${look}. Then: ${remedy}. ${url}`;
}
