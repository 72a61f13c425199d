import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmLevel } from './alarm-level';
import { AlarmSpec, Severity } from './alarm-spec';
import { ALARM_TEXTS } from './alarm-texts';
import { FleetView } from '../fleet-view';
import { environmentAlarmsOn, throttleReasonAlarm } from './shared-alarms';
import { FleetDefaults, Threshold, ThresholdTable } from './thresholds';
import { CapacityProviderMetrics } from '../metrics/capacity-provider-metrics';
import { ExecutionEnvironmentMetricsOptions } from '../metrics/execution-environment-metrics';
import { ENVIRONMENT_CPU, ENVIRONMENT_DIMENSIONS, FUNCTION_DIMENSIONS, PROVIDER_DIMENSIONS } from '../metrics/metric-names';
import { metricsInsights } from '../metrics/queries';
import { counted, LAUNCHES, WARNINGS } from '../metrics/system-log-metrics';

/** What metrics of environments are called where AWS's pages disagree. */
export type EnvironmentMetricNames = Pick<ExecutionEnvironmentMetricsOptions, 'resourceDimension' | 'cpuMetricName'>;

const RESOURCE_DIMENSION = 'Resource';

/** The defaults that depend on the fleet. */
export function defaultsOf(fleet: FleetView): FleetDefaults {
  return {
    // Above what the scaler aims at: it would fire during normal work.
    environmentCpu: () => Math.min(90, Math.max(80, (fleet.cpuTarget ?? 0) + 20)),
    // The smallest environment has one vCPU.
    lowHeadroom: () => fleet.largestEnvironment ?? 1,
  };
}

/** The vCPUs of which the ceiling's alarms take a percentage, in vCPUs. Absent where the ceiling is unknown. */
export function ceilingThreshold(fleet: FleetView, threshold?: Threshold): Threshold | undefined {
  const { reachableVCpus } = fleet;
  // Where the ceiling becomes unknown later, synthesis tells so, and the template has what was known.
  return reachableVCpus === undefined ? undefined : threshold?.scaled(() => (fleet.reachableVCpus ?? reachableVCpus) / 100, 'vCPU');
}

/**
 * The alarms of one provider, and of all functions on it at once. Nothing in them names a function or an instance type, so
 * their number doesn't grow with the fleet.
 */
export function providerAlarms(fleet: FleetView, thresholds: ThresholdTable, hasSystemLog: boolean): AlarmSpec[] {
  const metrics = CapacityProviderMetrics.fromCapacityProvider(fleet.capacityProvider);
  const ceiling = { ...ALARM_TEXTS.vCpuCeiling, level: AlarmLevel.MINIMAL, metric: metrics.vCpuAllocated(), periods: [3, 3] as [number, number] };
  return [
    { ...ceiling, id: 'VCpuCeiling', watches: 'vCpuCeiling', severity: Severity.TICKET, threshold: ceilingThreshold(fleet, thresholds.get('vCpuCeiling')) },
    { ...ceiling, id: 'VCpuCeilingReached', watches: 'vCpuCeilingReached', severity: Severity.PAGE, threshold: ceilingThreshold(fleet, thresholds.get('vCpuCeilingReached')) },
    ...hasSystemLog ? systemLogAlarms(fleet, thresholds) : [],
    {
      ...ALARM_TEXTS.providerCpu,
      id: 'ProviderCpu',
      watches: 'providerCpu',
      severity: Severity.TICKET,
      level: AlarmLevel.STANDARD,
      threshold: thresholds.get('providerCpu'),
      metric: metrics.cpuUtilization(),
      periods: [3, 3],
    },
    {
      ...ALARM_TEXTS.providerMemory,
      id: 'ProviderMemory',
      watches: 'providerMemory',
      severity: Severity.TICKET,
      level: AlarmLevel.STANDARD,
      threshold: thresholds.get('providerMemory'),
      metric: metrics.memoryUtilization(),
      periods: [3, 3],
    },
    {
      ...ALARM_TEXTS.lowHeadroom,
      id: 'LowHeadroom',
      watches: 'lowHeadroom',
      severity: Severity.INFO,
      level: AlarmLevel.FULL,
      threshold: thresholds.get('lowHeadroom'),
      metric: metrics.vCpuAvailable(),
      periods: [3, 3],
    },
    {
      ...ALARM_TEXTS.noData,
      id: 'NoData',
      watches: 'noData',
      severity: Severity.TICKET,
      level: AlarmLevel.MINIMAL,
      threshold: thresholds.get('noData'),
      // Not grouped: without data there would be no group left to be in alarm.
      metric: metricsInsights(
        { metricName: 'vCPUAllocated', statistic: cloudwatch.Stats.SAMPLE_COUNT, dimensions: PROVIDER_DIMENSIONS, where: { CapacityProviderName: fleet.name } },
        [],
        { label: 'values' },
      ),
      periods: [6, 6],
      missing: cloudwatch.TreatMissingData.BREACHING,
    },
  ];
}

/** The alarms on the environments of all functions of a provider: one series for each function and, by default, version. */
export function environmentAlarms(fleet: FleetView, thresholds: ThresholdTable, names: EnvironmentMetricNames): AlarmSpec[] {
  const dimensions = ENVIRONMENT_DIMENSIONS.filter((dimension) => (names.resourceDimension ?? true) || dimension !== RESOURCE_DIMENSION);
  const grouped = (metricName: string, statistic: string, label: string) => metricsInsights(
    { metricName, statistic, dimensions, where: { CapacityProviderName: fleet.name } },
    dimensions.filter((dimension) => dimension !== 'CapacityProviderName'),
    { label },
  );
  return environmentAlarmsOn({
    memory: grouped('ExecutionEnvironmentMemoryUtilization', cloudwatch.Stats.MAXIMUM, 'memory %'),
    cpu: grouped(names.cpuMetricName ?? ENVIRONMENT_CPU, cloudwatch.Stats.AVERAGE, 'CPU %'),
  }, thresholds);
}

/**
 * The alarms on the reasons for throttles, one series for each function. These metrics exist for functions on managed
 * instances only, but nothing documents a dimension for the provider: those of other providers in the account and Region
 * are among them.
 */
export function throttleReasonAlarms(thresholds: ThresholdTable): AlarmSpec[] {
  const reason = (id: string, metricName: string, text: typeof ALARM_TEXTS.cpuThrottles) => throttleReasonAlarm(
    id,
    { ...text, meaning: `${text.meaning} The contributor is the function; it may be on another capacity provider of this account and Region.` },
    metricsInsights({ metricName, statistic: cloudwatch.Stats.SUM, dimensions: FUNCTION_DIMENSIONS, where: {} }, ['FunctionName'], { label: 'throttled' }),
    thresholds,
  );
  return [
    reason('ConcurrencyThrottles', 'ConcurrencyThrottles', ALARM_TEXTS.concurrencyThrottles),
    reason('CpuThrottles', 'CPUThrottles', ALARM_TEXTS.cpuThrottles),
    reason('MemoryThrottles', 'MemoryThrottles', ALARM_TEXTS.memoryThrottles),
    reason('DiskThrottles', 'DiskThrottles', ALARM_TEXTS.diskThrottles),
  ];
}

/** On plain metrics, and so for types that are known: a query can look back three hours only. */
export function underUtilisedAlarms({ capacityProvider }: FleetView, thresholds: ThresholdTable, instanceTypes: string[]): AlarmSpec[] {
  const threshold = thresholds.get('underUtilised');
  return threshold === undefined ? [] : instanceTypes.map((instanceType) => ({
    ...ALARM_TEXTS.underUtilised,
    meaning: `The CPUs of the instances of type ${instanceType} have had little to do in each hour of a day.`,
    id: 'UnderUtilised',
    of: instanceType,
    watches: 'underUtilised',
    severity: Severity.INFO,
    level: AlarmLevel.MINIMAL,
    threshold,
    metric: CapacityProviderMetrics.fromCapacityProvider(capacityProvider, { instanceType }).cpuUtilization({ period: Duration.hours(1) }),
    periods: [24, 24],
  }));
}

function systemLogAlarms(fleet: FleetView, thresholds: ThresholdTable): AlarmSpec[] {
  const both = { ...ALARM_TEXTS.instanceWarnings, level: AlarmLevel.MINIMAL };
  return [
    {
      ...both,
      id: 'InstanceWarnings',
      watches: 'instanceWarnings',
      severity: Severity.TICKET,
      threshold: thresholds.get('instanceWarnings'),
      metric: counted(WARNINGS, fleet.name, 5),
      // One warning holds as long as throttles take to be told: else these would look like those of a fleet that can grow.
      periods: [1, 3],
    },
    {
      ...both,
      id: 'InstanceWarningsRepeated',
      watches: 'instanceWarningsRepeated',
      severity: Severity.PAGE,
      threshold: thresholds.get('instanceWarningsRepeated'),
      metric: counted(WARNINGS, fleet.name, 15),
      periods: [1, 1],
    },
    {
      ...ALARM_TEXTS.instanceChurn,
      id: 'InstanceChurn',
      watches: 'instanceChurn',
      severity: Severity.INFO,
      level: AlarmLevel.MINIMAL,
      threshold: thresholds.get('instanceChurn'),
      metric: counted(LAUNCHES, fleet.name, 15),
      isBand: true,
      periods: [3, 3],
    },
  ];
}
