import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmLevel } from './alarm-level';
import { Threshold, ThresholdName } from './thresholds';
import { CLOUDWATCH_LIMITS } from '../../service/cloudwatch-limits';

/** Who is told of an alarm. */
export enum Severity {
  /** Somebody has to act now. */
  PAGE = 'page',
  /** Somebody has to act this week. */
  TICKET = 'ticket',
  /** A piece of a diagnosis. */
  INFO = 'info',
}

/** What an alarm says to those whom it wakes. */
export interface AlarmText {
  /** What it means. */
  readonly meaning: string;
  /** What to look at first. */
  readonly look: string;
  /** What to do. */
  readonly remedy: string;
  /** A page of AWS about it. */
  readonly link: string;
}

/** An alarm on a metric. Missing data is no reason to fire but where `missing` says so. */
export interface AlarmSpec extends AlarmText {
  readonly id: string;
  readonly watches: ThresholdName;
  readonly severity: Severity;
  readonly level: AlarmLevel;
  /** Absent where the alarm is off. */
  readonly threshold?: Threshold;
  readonly metric: cloudwatch.IMetric;
  /** Whether the threshold is a distance from what is usual for the metric, which CloudWatch learns. */
  readonly isBand?: boolean;
  /** Of which thing it speaks, where several alarms of one id do of several things. */
  readonly of?: string;
  /** How many of how many periods must be bad. */
  readonly periods: [number, number];
  readonly missing?: cloudwatch.TreatMissingData;
}

/** Where alarms go, and what they say besides. */
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

/** Alarms by whom they tell, the gravest first; equally grave ones in the order given. */
export function gravestFirst(alarms: cloudwatch.AlarmBase[]): cloudwatch.AlarmBase[] {
  const rank = (alarm: cloudwatch.AlarmBase) => ORDER.indexOf(SEVERITIES.get(alarm)!);
  return [...alarms].sort((a, b) => rank(a) - rank(b));
}

/** Makes the alarm. A silent one has no actions: a composite alarm speaks for it. */
export function createAlarm(scope: Construct, spec: AlarmSpec & { threshold: Threshold }, settings: AlarmSettings, silent = false): cloudwatch.Alarm {
  const [datapointsToAlarm, evaluationPeriods] = spec.periods;
  const alarm = new cloudwatch.Alarm(spec.of === undefined ? scope : scopeOf(scope, spec.id), spec.of ?? spec.id, {
    ...conditionOf(spec),
    datapointsToAlarm,
    evaluationPeriods,
    treatMissingData: spec.missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
    alarmDescription: describe(spec.id, spec, settings),
  });
  if (!silent) alarm.addAlarmAction(...settings.actions[spec.severity]);
  SEVERITIES.set(alarm, spec.severity);
  return alarm;
}

function conditionOf({ threshold, metric, isBand }: AlarmSpec & { threshold: Threshold }) {
  if (!isBand) return { ...threshold.condition, metric };
  return {
    metric: threshold.band(metric),
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
    threshold: cloudwatch.Alarm.ANOMALY_DETECTION_NO_THRESHOLD,
  };
}

function scopeOf(scope: Construct, id: string): Construct {
  return (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id);
}

/** Makes an alarm of alarms. */
export function createComposite(
  scope: Construct, id: string, alarmRule: cloudwatch.IAlarmRule, severity: Severity, text: AlarmText, settings: AlarmSettings,
): cloudwatch.CompositeAlarm {
  const alarm = new cloudwatch.CompositeAlarm(scope, id, {
    alarmRule,
    alarmDescription: describe(id, text, settings),
    actionsSuppressor: settings.deploymentAlarm,
    actionsSuppressorExtensionPeriod: settings.deploymentAlarm && AFTER_DEPLOYMENT,
  });
  alarm.addAlarmAction(...settings.actions[severity]);
  SEVERITIES.set(alarm, severity);
  return alarm;
}

/** Room for what a description says before the address, in characters. */
const LONGEST_TEXT = 524;

/** What is left for an address, in characters. Descriptions aren't cut: half a token is garbage. */
export const LONGEST_RUNBOOK_URL = CLOUDWATCH_LIMITS.alarmDescription - LONGEST_TEXT;

/** The words that arrive with the notification. */
function describe(id: string, { meaning, look, remedy, link }: AlarmText, { runbookUrl }: AlarmSettings): string {
  const url = runbookUrl === undefined ? link : `${runbookUrl.replace(/\/$/, '')}/${id}`;
  return `${meaning} First look: ${look}. Then: ${remedy}. ${url}`;
}
