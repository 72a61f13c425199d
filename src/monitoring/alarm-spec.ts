import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmLevel } from './alarm-level';
import { Threshold, ThresholdName } from './thresholds';
import { CLOUDWATCH_LIMITS } from '../service/cloudwatch-limits';

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
  /** How many of how many periods must be bad. */
  readonly periods: [number, number];
  readonly missing?: cloudwatch.TreatMissingData;
}

/** Where alarms go, and what they say besides. */
export interface AlarmSettings {
  readonly level: AlarmLevel;
  readonly actions: Record<Severity, cloudwatch.IAlarmAction[]>;
  readonly runbookUrl?: string;
}

/** Makes the alarm. A silent one has no actions: a composite alarm speaks for it. */
export function createAlarm(scope: Construct, spec: AlarmSpec & { threshold: Threshold }, settings: AlarmSettings, silent = false): cloudwatch.Alarm {
  const [datapointsToAlarm, evaluationPeriods] = spec.periods;
  const alarm = new cloudwatch.Alarm(scope, spec.id, {
    metric: spec.metric,
    ...spec.threshold.condition,
    datapointsToAlarm,
    evaluationPeriods,
    treatMissingData: spec.missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
    alarmDescription: describe(spec.id, spec, settings),
  });
  if (!silent) alarm.addAlarmAction(...settings.actions[spec.severity]);
  return alarm;
}

/** Makes an alarm of alarms. */
export function createComposite(
  scope: Construct, id: string, alarmRule: cloudwatch.IAlarmRule, severity: Severity, text: AlarmText, settings: AlarmSettings,
): cloudwatch.CompositeAlarm {
  const alarm = new cloudwatch.CompositeAlarm(scope, id, { alarmRule, alarmDescription: describe(id, text, settings) });
  alarm.addAlarmAction(...settings.actions[severity]);
  return alarm;
}

/** The words that arrive with the notification. */
function describe(id: string, { meaning, look, remedy, link }: AlarmText, { runbookUrl }: AlarmSettings): string {
  const url = runbookUrl === undefined ? link : `${runbookUrl.replace(/\/$/, '')}/${id}`;
  return `${meaning} First look: ${look}. Then: ${remedy}. ${url}`.slice(0, CLOUDWATCH_LIMITS.alarmDescription);
}
