/** Creates alarms from the rows of the table. */
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AlarmLevel, includes } from './alarm-level';
import {
  AlarmRow, ALARMS, AlarmText, Basis, CompositeRow, compositesOf, Need, Role, ROLES, SEVERITIES, Severity, Watched,
} from './alarm-table';
import { AddAlarmsOptions } from './alarms-props';
import { ThresholdTable } from './threshold-table';
import { Threshold, Thresholds } from './thresholds';
import { CLOUDWATCH_LIMITS } from '../../service/cloudwatch-limits';
import { EventSource, EventSourceKind } from '../event-sources';
import { CapacityProviderMetrics } from '../metrics/capacity-provider-metrics';
import { EnvironmentMetricOptions } from '../metrics/environment-metric-options';
import { ExecutionEnvironmentMetrics } from '../metrics/execution-environment-metrics';

/** An alarm to create. */
export interface AlarmSpec {
  readonly row: AlarmRow;
  readonly threshold: Threshold;
  /** Returns the metric. It is created with the alarm, after the request has been checked. */
  readonly metric: () => cloudwatch.IMetric;
  readonly meaning: string;
  /** The id of the thing that is watched, if there is an alarm for each of several things. */
  readonly about?: string;
}

/** The settings that all alarms of a set share. */
export interface AlarmSettings extends EnvironmentMetricOptions, Pick<AddAlarmsOptions, 'deploymentAlarm' | 'runbookUrl' | 'versions'> {
  readonly level: AlarmLevel;
  readonly thresholds: ThresholdTable;
  readonly actionsOf: Record<Severity, cloudwatch.IAlarmAction[]>;
}

/**
 * The time after a deployment during which composite alarms stay silent: a version's first metrics arrive five to ten minutes after it is published.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html (read 2026-11-20)
 */
const AFTER_DEPLOYMENT = Duration.minutes(10);

const SEVERITY_OF = new WeakMap<cloudwatch.AlarmBase, Severity>();

/** The longest description without the address, in characters. */
const LONGEST_TEXT = 524;

/** The characters left for the runbook's address. Descriptions aren't truncated, because half a token is garbage. */
export const LONGEST_RUNBOOK_URL = CLOUDWATCH_LIMITS.alarmDescription - LONGEST_TEXT;

/** Whether the number behind a threshold makes sense. A threshold without such a number always does. */
export function isMeaningful(basis: Basis | undefined, found: number | undefined): boolean {
  return basis === undefined || (found !== undefined && found >= basis.least);
}

/** Returns the threshold of an alarm in the unit of its metric. Undefined if the alarm is off, or if the threshold is unknown or meaningless. */
export function thresholdOf({ threshold: name, basis, inUnitOfMetric }: AlarmRow, thresholds: Thresholds, watched: Watched): Threshold | undefined {
  const threshold = thresholds.get(name);
  const found = basis?.found(watched);
  if (threshold === undefined || !isMeaningful(basis, found)) return undefined;
  // If the number becomes unknown later, synthesis reports it, and the template keeps the number that was known.
  return inUnitOfMetric ? threshold.scaled(() => inUnitOfMetric.factor(basis?.found(watched) ?? found!, watched), inUnitOfMetric.unit) : threshold;
}

/** Returns the alarms of a provider and of all its functions at once. They name no function, so their number doesn't grow with the fleet. */
export function fleetAlarms(settings: AlarmSettings, watched: Watched, has: Record<Need, boolean>, types: string[]): AlarmSpec[] {
  const { capacityProvider, name } = watched.fleet;
  const metricsOf = (instanceType?: string) => (
    { provider: CapacityProviderMetrics.fromCapacityProvider(capacityProvider, { instanceType }), name, environments: settings }
  );
  return specsOf(settings, watched, ({ ofFleet, needs, meaning, meaningOfFleet }) => {
    if (ofFleet === undefined || (needs && !has[needs])) return [];
    if (needs === 'instanceTypes') return types.map((about) => ({ metric: () => ofFleet(metricsOf(about)), meaning: `${about}: ${meaning}`, about }));
    return [{ metric: () => ofFleet(metricsOf()), meaning: meaningOfFleet ? `${meaning} ${meaningOfFleet}` : meaning }];
  });
}

/** Returns the alarms of one function. */
export function functionAlarms(settings: AlarmSettings, watched: Watched, metrics: ExecutionEnvironmentMetrics): AlarmSpec[] {
  return specsOf(settings, watched, ({ ofFunction, meaning }) => (ofFunction ? [{ metric: () => ofFunction(metrics), meaning }] : []));
}

/** Returns the alarms of the event sources of one function: one for all its streams, and one for each queue. */
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

/** Sorts alarms by severity, the most urgent first. Alarms of equal severity keep their order. */
export function gravestFirst(alarms: cloudwatch.AlarmBase[]): cloudwatch.AlarmBase[] {
  const rank = (alarm: cloudwatch.AlarmBase) => SEVERITIES.indexOf(SEVERITY_OF.get(alarm)!);
  return [...alarms].sort((a, b) => rank(a) - rank(b));
}

/**
 * Creates alarms, and the composite alarms on them. Composite alarms come first in the result. If a composite alarm needs only one role, the alarms
 * of that role have no actions, because the composite alarm stands for them.
 */
export function createAlarms(scope: Construct, specs: AlarmSpec[], rows: CompositeRow[], settings: AlarmSettings): cloudwatch.AlarmBase[] {
  const { level, actionsOf, deploymentAlarm } = settings;
  const composites = compositesOf(rows.filter((row) => includes(level, row.level)), specs.map(({ row }) => row));
  const spokenFor = composites.flatMap(({ needs }) => (needs.length === 1 ? needs : []));
  const made = specs.map((spec) => {
    const { row: { role, severity } } = spec;
    return { role, alarm: telling(createAlarm(scope, spec, settings), severity, role && spokenFor.includes(role) ? [] : actionsOf[severity]) };
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
    }), row.severity, actionsOf[row.severity])),
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
 * Wraps an action that calls a function. CDK's own action adds a permission with a fixed id, and throws for a second alarm. Instead, this adds one
 * permission for all alarms of the stack, including later ones.
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

/** Returns the child with an id, and creates it on first use. */
export function child(parent: Construct, id: string): Construct {
  return (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id);
}

/** Returns the text that arrives with a notification. */
function describe(id: string, { meaning, look, remedy, link }: AlarmText, { runbookUrl }: AlarmSettings): string {
  const url = runbookUrl === undefined ? link : `${runbookUrl.replace(/\/$/, '')}/${id}`;
  return `${meaning} First check: ${look}. Then: ${remedy}. ${url}`;
}
