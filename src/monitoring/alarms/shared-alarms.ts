import { AlarmLevel } from './alarm-level';
import { AlarmSpec, Severity } from './alarm-spec';
import { ALARM_TEXTS } from './alarm-texts';
import { ThresholdTable } from './thresholds';

type Metric = AlarmSpec['metric'];

/** The alarms on execution environments, whether of one function or of all on a provider. */
export function environmentAlarmsOn(metrics: { readonly memory: Metric; readonly cpu: Metric }, thresholds: ThresholdTable): AlarmSpec[] {
  return [
    {
      ...ALARM_TEXTS.environmentMemory,
      id: 'EnvironmentMemory',
      watches: 'environmentMemory',
      severity: Severity.TICKET,
      level: AlarmLevel.MINIMAL,
      threshold: thresholds.get('environmentMemory'),
      metric: metrics.memory,
      periods: [2, 3],
    },
    {
      ...ALARM_TEXTS.environmentCpu,
      id: 'EnvironmentCpu',
      watches: 'environmentCpu',
      severity: Severity.TICKET,
      level: AlarmLevel.STANDARD,
      threshold: thresholds.get('environmentCpu'),
      metric: metrics.cpu,
      periods: [3, 3],
    },
  ];
}

/** The alarm on one reason for throttles. */
export function throttleReasonAlarm(id: string, text: typeof ALARM_TEXTS.cpuThrottles, metric: Metric, thresholds: ThresholdTable): AlarmSpec {
  return {
    ...text,
    id,
    watches: 'throttleReasons',
    severity: Severity.INFO,
    level: AlarmLevel.STANDARD,
    threshold: thresholds.get('throttleReasons'),
    metric,
    periods: [3, 3],
  };
}
