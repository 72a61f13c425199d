/** All alarms that there are: a row says everything about one. */
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmLevel } from './alarm-level';
import { Threshold, ThresholdKind, ThresholdName } from './thresholds';
import { PAGES } from '../../service/pages';
import { REACHABLE_SHARE_UNKNOWN } from '../../sizing/reachable-allocation';
import { EventSource, EventSourceKind, queueAge } from '../event-sources';
import { FleetView, FunctionView } from '../fleet-view';
import { CapacityProviderMetrics } from '../metrics/capacity-provider-metrics';
import { EnvironmentMetricOptions } from '../metrics/environment-metric-options';
import { ExecutionEnvironmentMetrics } from '../metrics/execution-environment-metrics';
import { ENVIRONMENT_CPU, environmentDimensions, FUNCTION_DIMENSIONS, METRIC_PERIOD, PROVIDER_DIMENSIONS } from '../metrics/metric-names';
import { metricsInsights } from '../metrics/queries';
import { counted, LAUNCHES, WARNINGS } from '../metrics/system-log-metrics';

/** The severity of an alarm, which decides who is notified. */
export enum Severity {
  /** Somebody has to act now. */
  PAGE = 'page',
  /** Somebody has to act this week. */
  TICKET = 'ticket',
  /** A piece of a diagnosis. */
  INFO = 'info',
}

/** The things that an alarm needs in order to exist. */
export enum Need {
  /** A ceiling of vCPUs that is known at synthesis. */
  CEILING = 'maxVCpuCount',
  /** The log group of the system logs. */
  LOG_GROUP = 'logGroup',
  /** The names of instance types, each of which has an alarm of its own. */
  INSTANCE_TYPES = 'instanceTypes',
}

/** The part that an alarm plays in composite alarms. */
export enum Role {
  /** Requests are turned away. */
  THROTTLED = 'throttled',
  /** The fleet can't grow. */
  LIMITED = 'limited',
  /** Callers of a function notice. */
  SYMPTOM = 'symptom',
}

/** A graph of the dashboard. */
export type Panel = 'vCpu' | 'vCpuAvailable' | 'instanceCpu' | 'instanceMemory' | 'instanceWarnings' | 'launches' | 'throttleReasons' | 'rates'
  | 'growth' | 'iteratorAge' | 'oldestMessage' | 'asyncEvents' | 'concurrency' | 'environmentCpu' | 'environmentMemory' | 'duration';

/** The text of an alarm for the person on call. */
export interface AlarmText {
  /** The meaning of the alarm. */
  readonly meaning: string;
  /** The graph or figure to look at first. */
  readonly look: string;
  /** What to do. */
  readonly remedy: string;
  /** A page of AWS about it. */
  readonly link: string;
}

/** The sources of a fleet's metrics. */
export interface FleetMetrics {
  readonly provider: CapacityProviderMetrics;
  /** The name of the capacity provider. */
  readonly name: string;
  /** How CloudWatch names what it measures of environments. */
  readonly environments: EnvironmentMetricOptions;
}

/** The subject of an alarm: a fleet, or one of its functions. */
export interface Watched {
  readonly fleet: FleetView;
  /** The facts about the function at the moment of the call. */
  readonly view?: () => FunctionView;
}

/** A number that a threshold is computed from. */
export interface Basis {
  readonly property: string;
  /** The number, if it is known. */
  readonly found?: number;
  /** Below it the alarm means nothing. */
  readonly least: number;
}

/** An alarm. Missing data is no reason to fire but where `missing` says so. */
export interface AlarmRow extends ThresholdKind, AlarmText {
  readonly id: string;
  /** The option that sets its threshold: by default named like the alarm, in camel case. */
  readonly threshold: ThresholdName;
  /** The threshold where none is given. Without one and without that of the fleet, the alarm is made on request only. */
  readonly default?: number;
  /** The default threshold of an alarm that depends on the fleet, read at synthesis. */
  readonly defaultOfFleet?: (fleet: FleetView) => number;
  readonly severity: Severity;
  /** The lowest level that includes it. */
  readonly level: AlarmLevel;
  /** How many of how many periods must be bad: by default three of three. */
  readonly periods: [number, number];
  readonly missing?: cloudwatch.TreatMissingData;
  /** Whether the alarm fires on a lack of traffic or data, which says nothing while the fleet is paused. */
  readonly expectsTraffic?: boolean;
  readonly needs?: Need;
  readonly role?: Role;
  /** Whether the alarm shows that a version is bad, soon after the version gets requests. */
  readonly tellsBadVersion?: boolean;
  /** The graph that shows its line. */
  readonly panel?: Panel;
  /** The metric over all functions or instances; absent where only single functions can be watched. */
  readonly ofFleet?: (of: FleetMetrics) => cloudwatch.IMetric;
  /** An addition to its text where it watches all functions. */
  readonly meaningOfFleet?: string;
  /** The metric of one function. */
  readonly ofFunction?: (of: ExecutionEnvironmentMetrics) => cloudwatch.IMetric;
  /** The metric of an event source of one function; nothing where it isn't of that kind. */
  readonly ofSource?: (of: ExecutionEnvironmentMetrics, source: EventSource) => cloudwatch.IMetric | undefined;
  /** The threshold in the unit of the metric. Absent where that isn't known, or an alarm would mean nothing. */
  readonly inUnitOfMetric?: (threshold: Threshold, of: Watched) => Threshold | undefined;
  /** The number that the threshold is computed from, which may change until synthesis. */
  readonly basis?: (of: Watched) => Basis;
}

/** A row without what most rows have alike. */
type GivenRow = Omit<AlarmRow, 'threshold' | 'periods'> & Partial<AlarmRow>;

/** An alarm that is made of others. */
export interface CompositeRow extends AlarmText {
  readonly id: string;
  readonly severity: Severity;
  readonly level: AlarmLevel;
  /** The roles of the alarms that it needs one of each. */
  readonly needs: Role[];
  readonly rule: (anyOf: Record<Role, cloudwatch.IAlarmRule>) => cloudwatch.IAlarmRule;
}

/** Below this limit of concurrent requests one more is a jump of a fifth or more; at 1 the metric of concurrency reads 0. */
const SATURATION_MEANINGFUL_FROM = 5;
/** Requests in a minute below which a rate says nothing. */
const MINIMUM_VOLUME = { throttles: 100, errors: 20 };
const MS_PER_PERCENT_OF_SECOND = 10;
const MS_PER_SECOND = 1000;

const { PAGE, TICKET, INFO } = Severity;
const { MINIMAL, STANDARD, FULL } = AlarmLevel;

const PERCENT = { bad: 'above', unit: '%', most: 100 } as const;
const COUNT = { bad: 'above', unit: '', most: Infinity } as const;

/** The vCPUs that environments hold, against those that they can hold. */
const CEILING = {
  ...PERCENT,
  shareOf: 'maxVCpuCount',
  level: MINIMAL,
  needs: Need.CEILING,
  role: Role.LIMITED,
  panel: 'vCpu',
  ofFleet: ({ provider }) => provider.vCpuAllocated(),
  // Where the ceiling becomes unknown later, synthesis tells so, and the template has what was known.
  inUnitOfMetric: (threshold, { fleet: { ceiling: known }, fleet }) => (
    known === undefined ? undefined : threshold.scaled(() => (fleet.reachableVCpus ?? known * REACHABLE_SHARE_UNKNOWN) / 100, 'vCPU')
  ),
  basis: ({ fleet }) => ({ property: 'maxVCpuCount', found: fleet.ceiling, least: 0 }),
  link: PAGES.scaling,
} satisfies Partial<AlarmRow>;

/** Warnings and errors in the system log. */
const INSTANCE_WARNINGS = {
  ...COUNT,
  level: MINIMAL,
  needs: Need.LOG_GROUP,
  role: Role.LIMITED,
  panel: 'instanceWarnings',
  look: 'the last warnings in the system log on the dashboard',
  link: PAGES.systemLogs,
} satisfies Partial<AlarmRow>;

/** What alarms on the CPUs and the memory of environments have in common. */
const ENVIRONMENTS = { ...PERCENT, severity: TICKET, link: PAGES.troubleshooting } satisfies Partial<AlarmRow>;

/** One reason for throttles. Nothing documents a dimension for the provider, so other providers of the account are among those over all functions. */
function throttles(id: string, metricName: string, why: string, remedy: string, ofFunction: AlarmRow['ofFunction']): GivenRow {
  return {
    ...COUNT,
    id,
    threshold: 'throttleReasons',
    default: 0,
    severity: INFO,
    level: STANDARD,
    role: Role.THROTTLED,
    panel: 'throttleReasons',
    ofFleet: () => metricsInsights(
      { metricName, statistic: cloudwatch.Stats.SUM, dimensions: FUNCTION_DIMENSIONS, where: {} }, ['FunctionName'], { label: 'throttled' },
    ),
    meaningOfFleet: 'The contributor is the function; it may be on another capacity provider of this account and Region.',
    ofFunction,
    meaning: `Requests have been throttled for a quarter of an hour because ${why}.`,
    look: 'throttle reasons and the function on the dashboard',
    remedy,
    link: PAGES.troubleshooting,
  };
}

/** One series for each function and, by default, version. */
function ofEnvironments({ name, environments }: FleetMetrics, metricName: string, statistic: string, label: string): cloudwatch.IMetric {
  const dimensions = environmentDimensions(environments.resourceDimension);
  return metricsInsights(
    { metricName, statistic, dimensions, where: { CapacityProviderName: name } },
    dimensions.filter((dimension) => dimension !== 'CapacityProviderName'),
    { label },
  );
}

const ROWS: GivenRow[] = [
  {
    ...CEILING,
    id: 'VCpuCeiling',
    default: 80,
    severity: TICKET,
    meaning: 'Execution environments hold most of the vCPUs that they can hold below maxVCpuCount. There is still room, but a peak may not fit any more.',
    look: 'vCPU by instance type on the dashboard; versions that are no longer used but keep their environments',
    remedy: 'before the next peak raise maxVCpuCount, delete unused versions, or move functions to a second capacity provider',
  },
  {
    ...CEILING,
    id: 'VCpuCeilingReached',
    default: 95,
    severity: PAGE,
    meaning: 'Execution environments hold nearly all vCPUs that they can hold below maxVCpuCount. Lambda launches no further instance, and what comes on top is throttled.',
    look: 'throttle reasons on the dashboard; whether a deployment runs two versions at once, which passes by itself',
    remedy: 'raise maxVCpuCount now, or delete unused versions',
  },
  {
    ...INSTANCE_WARNINGS,
    id: 'InstanceWarnings',
    unit: 'in 5 minutes',
    default: 0,
    severity: TICKET,
    // One warning holds as long as throttles take to be told: else these would look like those of a fleet that can grow.
    periods: [1, 3],
    ofFleet: ({ name }) => counted(WARNINGS, name, 5),
    meaning: 'In the last quarter of an hour Lambda logged a warning about instances: a launch, a termination or a health check failed. One alone is often repaired by itself.',
    remedy: 'allow more instance types or subnets, look for used-up addresses, and check the operator role and the key',
  },
  {
    ...INSTANCE_WARNINGS,
    id: 'InstanceWarningsRepeated',
    unit: 'in 15 minutes',
    default: 2,
    severity: PAGE,
    periods: [1, 1],
    ofFleet: ({ name }) => counted(WARNINGS, name, 15),
    meaning: 'Within a quarter of an hour Lambda logged several warnings about instances: launches, terminations or health checks fail again and again. The fleet may not be able to grow.',
    remedy: 'do what the warnings say now: other instance types or zones, free addresses, the operator role and the key, or the quota of EC2',
  },
  {
    ...COUNT,
    id: 'InstanceChurn',
    unit: 'standard deviations',
    isWidth: true,
    severity: INFO,
    level: MINIMAL,
    needs: Need.LOG_GROUP,
    panel: 'launches',
    ofFleet: ({ name }) => counted(LAUNCHES, name, 15),
    meaning: 'Lambda launches more instances than is usual at this time. Instances are replaced after 14 days at most, so some launches always are.',
    look: 'launches and terminations on the dashboard; whether requests changed as well; failed health checks in the system log',
    remedy: 'if requests didn\'t change leave more headroom: lower the CPU target of scaling or raise minExecutionEnvironments; else nothing',
    link: PAGES.systemLogs,
  },
  {
    ...PERCENT,
    id: 'ProviderCpu',
    default: 80,
    severity: TICKET,
    level: STANDARD,
    panel: 'instanceCpu',
    ofFleet: ({ provider }) => provider.cpuUtilization(),
    meaning: 'The CPUs of all instances of one type stay busy.',
    look: 'CPU by instance type, and vCPU against the ceiling on the dashboard',
    remedy: 'lower the CPU target of scaling, raise maxVCpuCount if it is near, or give busy functions more vCPUs',
    link: PAGES.scaling,
  },
  {
    ...PERCENT,
    id: 'ProviderMemory',
    default: 90,
    severity: TICKET,
    level: STANDARD,
    panel: 'instanceMemory',
    ofFleet: ({ provider }) => provider.memoryUtilization(),
    meaning: 'The memory of all instances of one type is nearly full.',
    look: 'memory by instance type, and how full instances are on the dashboard',
    remedy: 'allow instances with more memory per vCPU, or lower the functions\' memorySize',
    link: PAGES.scaling,
  },
  {
    id: 'LowHeadroom',
    bad: 'below',
    unit: 'vCPU',
    most: Infinity,
    // The smallest environment has one vCPU.
    defaultOfFleet: ({ largestEnvironment }) => largestEnvironment ?? 1,
    severity: INFO,
    level: FULL,
    panel: 'vCpuAvailable',
    ofFleet: ({ provider }) => provider.vCpuAvailable(),
    meaning: 'The next execution environment needs a new instance, which takes minutes. Usual in a well-packed fleet.',
    look: 'vCPU available on the dashboard; whether a peak is near',
    remedy: 'before a peak raise minExecutionEnvironments',
    link: PAGES.scaling,
  },
  {
    id: 'NoData',
    bad: 'below',
    unit: '',
    most: Infinity,
    severity: TICKET,
    level: MINIMAL,
    periods: [6, 6],
    missing: cloudwatch.TreatMissingData.BREACHING,
    expectsTraffic: true,
    // Not grouped: without data there would be no group left to be in alarm.
    ofFleet: ({ name }) => metricsInsights(
      { metricName: 'vCPUAllocated', statistic: cloudwatch.Stats.SAMPLE_COUNT, dimensions: PROVIDER_DIMENSIONS, where: { CapacityProviderName: name } },
      [],
      { label: 'values' },
    ),
    meaning: 'The capacity provider has sent no metric for half an hour: it has no instance, or no way to CloudWatch.',
    look: 'instances in the system log; routes, NAT gateways or endpoints of the subnets',
    remedy: 'restore the egress, or publish a version',
    link: PAGES.metrics,
  },
  {
    ...PERCENT,
    id: 'ThrottleRate',
    default: 1,
    severity: PAGE,
    level: MINIMAL,
    tellsBadVersion: true,
    periods: [3, 5],
    role: Role.SYMPTOM,
    panel: 'rates',
    ofFunction: (metrics) => metrics.throttleRate({ minimumVolume: MINIMUM_VOLUME.throttles }),
    meaning: 'More requests than usual are turned away.',
    look: 'throttle reasons, then growth of requests on the dashboard',
    remedy: 'follow the reason; where traffic doubled within five minutes raise minExecutionEnvironments before the next peak, or put a queue in front',
    link: PAGES.troubleshooting,
  },
  {
    ...PERCENT,
    id: 'ErrorRate',
    default: 5,
    severity: PAGE,
    level: MINIMAL,
    tellsBadVersion: true,
    periods: [2, 3],
    role: Role.SYMPTOM,
    panel: 'rates',
    ofFunction: (metrics) => metrics.errorRate({ minimumVolume: MINIMUM_VOLUME.errors }),
    meaning: 'More invocations fail than usual.',
    look: 'the function\'s log; whether environments ran out of memory',
    remedy: 'roll back the last version if it began with it; several requests share one environment: look for state that they share, too',
    link: PAGES.troubleshooting,
  },
  {
    ...PERCENT,
    id: 'DurationP99',
    shareOf: 'timeout',
    default: 80,
    severity: TICKET,
    level: MINIMAL,
    tellsBadVersion: true,
    role: Role.SYMPTOM,
    panel: 'duration',
    ofFunction: (metrics) => metrics.duration(),
    // In milliseconds. Where the timeout becomes unknown later, synthesis tells so, and the template has what was known.
    inUnitOfMetric: (threshold, { view }) => {
      const timeout = view?.().timeout;
      return timeout === undefined ? undefined : threshold.scaled(() => (view!().timeout ?? timeout) * MS_PER_PERCENT_OF_SECOND, 'ms');
    },
    basis: ({ view }) => ({ property: 'timeout', found: view!().timeout, least: 0 }),
    meaning: 'The slowest requests come near the function\'s timeout.',
    look: 'CPU and saturation of the environments on the dashboard, then what the function calls',
    remedy: 'lower perExecutionEnvironmentMaxConcurrency or give more vCPUs if CPU is busy, else mend what is called, or raise the timeout',
    link: PAGES.troubleshooting,
  },
  {
    ...PERCENT,
    id: 'ConcurrencySaturation',
    default: 80,
    severity: TICKET,
    level: MINIMAL,
    tellsBadVersion: true,
    periods: [2, 3],
    panel: 'concurrency',
    ofFunction: (metrics) => metrics.concurrencySaturation(),
    // An unknown limit is the runtime's default, which is higher.
    inUnitOfMetric: (threshold, { view }) => (
      (view?.().maxConcurrency ?? SATURATION_MEANINGFUL_FROM) >= SATURATION_MEANINGFUL_FROM ? threshold : undefined
    ),
    basis: ({ view }) => ({
      property: 'perExecutionEnvironmentMaxConcurrency', found: view!().maxConcurrency ?? SATURATION_MEANINGFUL_FROM, least: SATURATION_MEANINGFUL_FROM,
    }),
    meaning: 'Execution environments are close to as many requests at once as they may have. Throttles follow.',
    look: 'CPU of the environments on the dashboard',
    remedy: 'if CPU is low raise perExecutionEnvironmentMaxConcurrency, else maxExecutionEnvironments; look at the ceiling',
    link: PAGES.scaling,
  },
  {
    ...ENVIRONMENTS,
    id: 'EnvironmentMemory',
    default: 90,
    level: MINIMAL,
    tellsBadVersion: true,
    periods: [2, 3],
    panel: 'environmentMemory',
    ofFleet: (of) => ofEnvironments(of, 'ExecutionEnvironmentMemoryUtilization', cloudwatch.Stats.MAXIMUM, 'memory %'),
    ofFunction: (metrics) => metrics.executionEnvironmentMemoryUtilization(),
    meaning: 'The fullest execution environment of a function is about to run out of memory. All its concurrent requests share it.',
    look: 'memory against concurrency of the environments on the dashboard',
    remedy: 'raise memorySize, or lower perExecutionEnvironmentMaxConcurrency',
  },
  {
    ...ENVIRONMENTS,
    id: 'EnvironmentCpu',
    // Above what the scaler aims at: it would fire during normal work.
    defaultOfFleet: ({ cpuTarget }) => Math.min(90, Math.max(80, (cpuTarget ?? 0) + 20)),
    level: STANDARD,
    tellsBadVersion: true,
    panel: 'environmentCpu',
    ofFleet: (of) => ofEnvironments(of, of.environments.cpuMetricName ?? ENVIRONMENT_CPU, cloudwatch.Stats.AVERAGE, 'CPU %'),
    ofFunction: (metrics) => metrics.executionEnvironmentCpuUtilization(),
    meaning: 'The CPUs of a function\'s execution environments stay above what scaling aims at.',
    look: 'CPU and saturation of the environments on the dashboard; whether CPU throttles follow',
    remedy: 'give the function more vCPUs, lower perExecutionEnvironmentMaxConcurrency, or scale manually to a lower CPU target',
  },
  throttles(
    'ConcurrencyThrottles', 'ConcurrencyThrottles', 'each environment had as many at once as it may',
    'raise perExecutionEnvironmentMaxConcurrency if CPU is low, else maxExecutionEnvironments or maxVCpuCount',
    (metrics) => metrics.concurrencyThrottles(),
  ),
  throttles(
    'CpuThrottles', 'CPUThrottles', 'the CPUs of its environments were busy',
    'give the function more vCPUs, lower perExecutionEnvironmentMaxConcurrency, or scale manually to a lower CPU target',
    (metrics) => metrics.cpuThrottles(),
  ),
  throttles(
    'MemoryThrottles', 'MemoryThrottles', 'the memory of its environments was full', 'raise memorySize, or lower perExecutionEnvironmentMaxConcurrency',
    (metrics) => metrics.memoryThrottles(),
  ),
  throttles(
    'DiskThrottles', 'DiskThrottles', '/tmp of its environments was full',
    'raise the ephemeral storage, clean /tmp up, or lower perExecutionEnvironmentMaxConcurrency', (metrics) => metrics.diskThrottles(),
  ),
  {
    id: 'UnderUtilised',
    bad: 'below',
    expectsTraffic: true,
    unit: '%',
    most: 100,
    severity: INFO,
    level: MINIMAL,
    periods: [24, 24],
    // On plain metrics, and so for types that are known: a query can look back three hours only.
    needs: Need.INSTANCE_TYPES,
    panel: 'instanceCpu',
    ofFleet: ({ provider }) => provider.cpuUtilization({ period: Duration.hours(1) }),
    meaning: 'The CPUs of the instances of one type have had little to do in each hour of a day.',
    look: 'packing on the dashboard, and whether the fleet is larger than the minimum of its functions asks for',
    remedy: 'raise perExecutionEnvironmentMaxConcurrency, lower memorySize or minExecutionEnvironments, or let more functions share the fleet',
    link: PAGES.scaling,
  },
  {
    ...COUNT,
    id: 'TrafficDoubling',
    unit: '%',
    default: 100,
    severity: INFO,
    level: FULL,
    periods: [1, 1],
    panel: 'growth',
    ofFunction: (metrics) => metrics.requestGrowth(),
    meaning: 'Requests more than doubled within five minutes, faster than Lambda promises to scale.',
    look: 'throttles on the dashboard',
    remedy: 'if this comes again raise minExecutionEnvironments before, lower the CPU target, or put a queue in front',
    link: PAGES.scaling,
  },
  {
    ...COUNT,
    id: 'OldestMessage',
    unit: 's',
    default: 300,
    severity: TICKET,
    level: FULL,
    periods: [5, 5],
    panel: 'oldestMessage',
    ofSource: (_, source) => queueAge(source),
    meaning: 'Messages wait in a queue of the function: it can\'t keep up, or the same messages fail again and again.',
    look: 'event sources, throttles and errors of the function on the dashboard; the dead-letter queue',
    remedy: 'if it fails mend it; if it is throttled follow the reason; else raise the concurrency of the mapping or maxExecutionEnvironments',
    link: PAGES.sqsTriggers,
  },
  {
    ...COUNT,
    id: 'IteratorAge',
    unit: 's',
    default: 60,
    severity: TICKET,
    level: FULL,
    periods: [5, 5],
    panel: 'iteratorAge',
    ofSource: (metrics, { kind }) => (kind === EventSourceKind.STREAM ? metrics.iteratorAge() : undefined),
    inUnitOfMetric: (threshold) => threshold.scaled(() => MS_PER_SECOND, 'ms'),
    meaning: 'The function lags behind the stream that it reads. Records are lost when they are older than the stream keeps them.',
    look: 'event sources, throttles and errors of the function on the dashboard: a record that fails again and again holds up its shard',
    remedy: 'if it fails mend it or limit retries; else raise the parallelization factor, the batch size or the number of shards',
    link: PAGES.streamTriggers,
  },
  {
    ...COUNT,
    id: 'AsyncEventsDropped',
    default: 0,
    severity: TICKET,
    level: FULL,
    periods: [1, 1],
    panel: 'asyncEvents',
    ofFunction: (metrics) => metrics.asyncEventsDropped({ period: METRIC_PERIOD }),
    meaning: 'Lambda gave up asynchronous events: they failed at each attempt, or became too old while the function was throttled.',
    look: 'errors and throttles of the function on the dashboard; its destination on failure or dead-letter queue, if it has one',
    remedy: 'mend the function, or follow the reason for throttles; configure a destination on failure, so that no event is lost',
    link: PAGES.asyncErrors,
  },
];

/** Each alarm on a metric. Ids and thresholds are contract. */
export const ALARMS: AlarmRow[] = ROWS.map((row) => ({
  threshold: (row.id[0].toLowerCase() + row.id.slice(1)) as ThresholdName, periods: [3, 3], ...row,
}));

/** Composite alarms of a fleet: whether to raise a limit or to tune a function. */
export const FLEET_COMPOSITES: CompositeRow[] = [
  {
    id: 'CapacityExhausted',
    severity: PAGE,
    level: STANDARD,
    needs: [Role.THROTTLED, Role.LIMITED],
    rule: ({ throttled, limited }) => cloudwatch.AlarmRule.allOf(throttled, limited),
    meaning: 'Requests are throttled and the fleet can\'t grow: it is at its vCPU ceiling, or instances fail to launch. Raise a limit: '
      + 'tuning functions won\'t help.',
    look: 'which of the two it is: vCPU against the ceiling, or the last warnings in the system log',
    remedy: 'raise maxVCpuCount or delete unused versions; or allow more instance types and subnets',
    link: PAGES.scaling,
  },
  {
    id: 'FunctionsNeedTuning',
    severity: TICKET,
    level: STANDARD,
    needs: [Role.THROTTLED, Role.LIMITED],
    rule: ({ throttled, limited }) => cloudwatch.AlarmRule.allOf(throttled, cloudwatch.AlarmRule.not(limited)),
    meaning: 'Requests are throttled although the fleet could grow. Tune the function: raising the fleet\'s ceiling won\'t help.',
    look: 'which of the four throttle reasons is in alarm, and its contributor, which is the function',
    remedy: 'do what that alarm says: concurrency, vCPUs, memory or disk of the function',
    link: PAGES.troubleshooting,
  },
];

/** The composite alarm of a function, which speaks for its symptoms. */
export const FUNCTION_COMPOSITES: CompositeRow[] = [
  {
    id: 'FunctionImpaired',
    severity: PAGE,
    level: STANDARD,
    needs: [Role.SYMPTOM],
    rule: ({ symptom }) => symptom,
    meaning: 'Callers of the function notice: requests are throttled, fail, or come near the timeout.',
    look: 'which of the alarms below it fires, then the function on the dashboard',
    remedy: 'do what that alarm says',
    link: PAGES.troubleshooting,
  },
];

const BY_THRESHOLD = new Map<ThresholdName, AlarmRow[]>();
for (const row of ALARMS) BY_THRESHOLD.set(row.threshold, [...BY_THRESHOLD.get(row.threshold) ?? [], row]);

/** The rows of a threshold. */
export function rowsOf(name: ThresholdName): AlarmRow[] {
  return BY_THRESHOLD.get(name)!;
}

/** Whether composite alarms come of alarms with these roles. */
export function compositesOf(rows: CompositeRow[], roles: (Role | undefined)[]): CompositeRow[] {
  return rows.filter(({ needs }) => needs.every((role) => roles.includes(role)));
}
