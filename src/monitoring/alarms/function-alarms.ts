import { AlarmLevel } from './alarm-level';
import { AlarmSpec, Severity } from './alarm-spec';
import { ALARM_TEXTS } from './alarm-texts';
import { FunctionView } from '../fleet-view';
import { environmentAlarmsOn, throttleReasonAlarm } from './shared-alarms';
import { Thresholds, ThresholdTable } from './thresholds';
import { ExecutionEnvironmentMetrics } from '../metrics/execution-environment-metrics';

/** With fewer requests in a minute a rate says nothing. */
const MINIMUM_VOLUME = { throttles: 100, errors: 20 };

/** Below this limit one request more is a jump of a fifth or more; at 1 the metric of concurrency reads 0. */
export const SATURATION_MEANINGFUL_FROM = 5;

const MS_PER_PERCENT_OF_SECOND = 10;

/** From which level on there is the alarm of a threshold that only single functions have. */
export const FUNCTION_THRESHOLDS = {
  throttleRate: AlarmLevel.MINIMAL,
  errorRate: AlarmLevel.MINIMAL,
  durationP99: AlarmLevel.MINIMAL,
  concurrencySaturation: AlarmLevel.MINIMAL,
  trafficDoubling: AlarmLevel.FULL,
};

/** Ids of the alarms on what callers notice: one composite alarm speaks for them. */
export const SYMPTOM_ALARMS = ['ThrottleRate', 'ErrorRate', 'DurationP99'];
export const SYMPTOM_THRESHOLDS = ['throttleRate', 'errorRate', 'durationP99'] as const;

/** The alarms of one function, of which `view` says what is known at the moment of the call. */
export function functionAlarms(metrics: ExecutionEnvironmentMetrics, thresholds: ThresholdTable, view: () => FunctionView): AlarmSpec[] {
  const { maxConcurrency } = view();
  const reason = (id: string, text: typeof ALARM_TEXTS.cpuThrottles, metric: AlarmSpec['metric']) => (
    throttleReasonAlarm(id, text, metric, thresholds)
  );
  return [
    {
      ...ALARM_TEXTS.throttleRate,
      id: 'ThrottleRate',
      watches: 'throttleRate',
      severity: Severity.PAGE,
      level: FUNCTION_THRESHOLDS.throttleRate,
      threshold: thresholds.get('throttleRate'),
      metric: metrics.throttleRate({ minimumVolume: MINIMUM_VOLUME.throttles }),
      periods: [3, 5],
    },
    {
      ...ALARM_TEXTS.errorRate,
      id: 'ErrorRate',
      watches: 'errorRate',
      severity: Severity.PAGE,
      level: FUNCTION_THRESHOLDS.errorRate,
      threshold: thresholds.get('errorRate'),
      metric: metrics.errorRate({ minimumVolume: MINIMUM_VOLUME.errors }),
      periods: [2, 3],
    },
    {
      ...ALARM_TEXTS.durationP99,
      id: 'DurationP99',
      watches: 'durationP99',
      severity: Severity.TICKET,
      level: FUNCTION_THRESHOLDS.durationP99,
      threshold: durationThreshold(thresholds, view),
      metric: metrics.duration(),
      periods: [3, 3],
    },
    {
      ...ALARM_TEXTS.concurrencySaturation,
      id: 'ConcurrencySaturation',
      watches: 'concurrencySaturation',
      severity: Severity.TICKET,
      level: FUNCTION_THRESHOLDS.concurrencySaturation,
      threshold: isSaturationMeaningful(maxConcurrency) ? thresholds.get('concurrencySaturation') : undefined,
      metric: metrics.concurrencySaturation(),
      periods: [2, 3],
    },
    ...environmentAlarmsOn({
      memory: metrics.executionEnvironmentMemoryUtilization(),
      cpu: metrics.executionEnvironmentCpuUtilization(),
    }, thresholds),
    reason('ConcurrencyThrottles', ALARM_TEXTS.concurrencyThrottles, metrics.concurrencyThrottles()),
    reason('CpuThrottles', ALARM_TEXTS.cpuThrottles, metrics.cpuThrottles()),
    reason('MemoryThrottles', ALARM_TEXTS.memoryThrottles, metrics.memoryThrottles()),
    reason('DiskThrottles', ALARM_TEXTS.diskThrottles, metrics.diskThrottles()),
    {
      ...ALARM_TEXTS.trafficDoubling,
      id: 'TrafficDoubling',
      watches: 'trafficDoubling',
      severity: Severity.INFO,
      level: FUNCTION_THRESHOLDS.trafficDoubling,
      threshold: thresholds.get('trafficDoubling'),
      metric: metrics.requestGrowth(),
      periods: [1, 1],
    },
  ];
}

/** Whether saturation says anything at this limit. An unknown one is the runtime's default, which is higher. */
export function isSaturationMeaningful(maxConcurrency: number | undefined): boolean {
  return maxConcurrency === undefined || maxConcurrency >= SATURATION_MEANINGFUL_FROM;
}

/** In milliseconds, as the metric is. Absent where the timeout is unknown. */
export function durationThreshold(thresholds: Thresholds, view: () => FunctionView) {
  const { timeout } = view();
  // Where the timeout becomes unknown later, synthesis tells so, and the template has what was known.
  return timeout === undefined ? undefined : thresholds.get('durationP99')?.scaled(() => (view().timeout ?? timeout) * MS_PER_PERCENT_OF_SECOND, 'ms');
}
