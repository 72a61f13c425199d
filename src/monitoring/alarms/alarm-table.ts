/** The table of all alarms. A row contains everything about one alarm. */
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmLevel } from './alarm-level';
import { ThresholdKind, ThresholdName } from './thresholds';
import { PAGES } from '../../service/pages';
import { REACHABLE_SHARE_UNKNOWN } from '../../sizing/reachable-allocation';
import { EventSource, EventSourceKind, queueAge } from '../event-sources';
import { FleetView, FunctionView } from '../fleet-view';
import { CapacityProviderMetrics } from '../metrics/capacity-provider-metrics';
import { EnvironmentMetricOptions } from '../metrics/environment-metric-options';
import { ExecutionEnvironmentMetrics } from '../metrics/execution-environment-metrics';
import { ENVIRONMENT_CPU, environmentDimensions, FUNCTION_DIMENSIONS, METRIC_PERIOD, PROVIDER_DIMENSIONS } from '../metrics/metric-names';
import { metricsInsights } from '../metrics/queries';
import { Counted, counted, LAUNCHES, WARNINGS } from '../metrics/system-log-metrics';

/** The severities of alarms, the most urgent first: somebody must act now, somebody must act this week, or the alarm only helps with a diagnosis. */
export const SEVERITIES = ['page', 'ticket', 'info'] as const;
export type Severity = typeof SEVERITIES[number];

/** What an alarm needs: a ceiling known at synthesis, the log group of the system logs, or the names of instance types, each of which has an alarm. */
export type Need = 'ceiling' | 'logGroup' | 'instanceTypes';

/** The part that an alarm plays in composite alarms: requests are throttled, the fleet can't grow, or callers of a function notice. */
export const ROLES = ['throttled', 'limited', 'symptom'] as const;
export type Role = typeof ROLES[number];

/** A graph of the dashboard. */
export type Panel = 'vCpu' | 'vCpuAvailable' | 'instanceCpu' | 'instanceMemory' | 'instanceWarnings' | 'launches' | 'throttleReasons' | 'rates'
  | 'growth' | 'iteratorAge' | 'oldestMessage' | 'asyncEvents' | 'concurrency' | 'environmentCpu' | 'environmentMemory' | 'duration';

/** The text of an alarm for the person on call. */
export interface AlarmText {
  readonly meaning: string;
  /** The graph or figure to look at first. */
  readonly look: string;
  readonly remedy: string;
  /** A page of AWS about it. */
  readonly link: string;
}

/** The sources of a fleet's metrics. */
export interface FleetMetrics {
  readonly provider: CapacityProviderMetrics;
  /** The name of the capacity provider. */
  readonly name: string;
  /** The names of the metrics of environments in CloudWatch. */
  readonly environments: EnvironmentMetricOptions;
}

/** The subject of an alarm: a fleet, or one of its functions. */
export interface Watched {
  readonly fleet: FleetView;
  /** The facts about the function at the moment of the call. */
  readonly view?: () => FunctionView;
}

/** A number of the fleet or the function that a threshold depends on. It may change until synthesis. */
export interface Basis {
  readonly property: string;
  readonly found: (of: Watched) => number | undefined;
  /** The smallest number with which the alarm makes sense. */
  readonly least: number;
}

/** An alarm. It doesn't fire on missing data unless `missing` says so. */
export interface AlarmRow extends ThresholdKind, AlarmText {
  readonly id: string;
  /** The option that sets its threshold. By default it has the alarm's name in camel case. */
  readonly threshold: ThresholdName;
  /** The default threshold. Without this and without `defaultOfFleet`, the alarm is created only on request. */
  readonly default?: number;
  /** The default threshold of an alarm that depends on the fleet, read at synthesis. */
  readonly defaultOfFleet?: (fleet: FleetView) => number;
  readonly severity: Severity;
  /** The lowest level that includes it. */
  readonly level: AlarmLevel;
  /** The number of bad periods, and the number of periods that are evaluated. The default is three of three. */
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
  /** The entries that it counts in the system log, and the number of minutes. */
  readonly counts?: { readonly what: Counted; readonly minutes: number };
  /** The metric over all functions or instances. Absent if only single functions can be watched. */
  readonly ofFleet?: (of: FleetMetrics) => cloudwatch.IMetric;
  /** An addition to its text if it watches all functions. */
  readonly meaningOfFleet?: string;
  /** The metric of one function. */
  readonly ofFunction?: (of: ExecutionEnvironmentMetrics) => cloudwatch.IMetric;
  /** The metric of an event source of one function. Undefined if the source is of another kind. */
  readonly ofSource?: (of: ExecutionEnvironmentMetrics, source: EventSource) => cloudwatch.IMetric | undefined;
  readonly basis?: Basis;
  /** The unit of the metric if the threshold has another unit, and the factor for the threshold. The factor may depend on the basis. */
  readonly inUnitOfMetric?: { readonly unit: string; readonly factor: (basis: number, of: Watched) => number };
}

/** A row without the facts that most rows share. */
type GivenRow = Omit<AlarmRow, 'id' | 'threshold' | 'periods'> & Partial<Pick<AlarmRow, 'threshold' | 'periods'>>;

/** An alarm on the states of other alarms. */
export interface CompositeRow extends AlarmText {
  readonly id: string;
  readonly severity: Severity;
  readonly level: AlarmLevel;
  /** The roles of which it needs at least one alarm each. */
  readonly needs: Role[];
  readonly rule: (anyOf: Record<Role, cloudwatch.IAlarmRule>) => cloudwatch.IAlarmRule;
}

/**
 * The smallest limit on concurrent requests with which saturation makes sense. Below it, one more request is a jump of more than a fifth, and with a
 * limit of 1 the metric of concurrency is 0.
 */
const MEANINGFUL_CONCURRENCY = 5;
/** The numbers of requests in a minute below which a rate proves nothing. */
const MINIMUM_VOLUME = { throttles: 100, errors: 20 };
const MS_PER_SECOND = 1000;

const { MINIMAL, STANDARD, FULL } = AlarmLevel;
const { Stats } = cloudwatch;

const PERCENT = { bad: 'above', unit: '%', most: 100 } as const;
const COUNT = { bad: 'above', unit: '', most: Infinity } as const;

/** The facts that alarms on the vCPU ceiling share: they compare the vCPUs that environments hold with those that they can hold. */
const CEILING = {
  ...PERCENT,
  level: MINIMAL,
  needs: 'ceiling',
  role: 'limited',
  panel: 'vCpu',
  link: PAGES.scaling,
  basis: { property: 'maxVCpuCount', found: ({ fleet }) => fleet.ceiling, least: 0 },
  inUnitOfMetric: { unit: 'vCPU', factor: (ceiling, { fleet }) => (fleet.reachableVCpus ?? ceiling * REACHABLE_SHARE_UNKNOWN) / 100 },
  ofFleet: ({ provider }) => provider.vCpuAllocated(),
} satisfies Partial<AlarmRow>;

/** The facts that alarms on warnings and errors in the system log share. */
const INSTANCE_WARNINGS = {
  ...COUNT, level: MINIMAL, role: 'limited', panel: 'instanceWarnings', look: 'the last warnings in the system log on the dashboard', link: PAGES.systemLogs,
} satisfies Partial<AlarmRow>;

/** The facts that alarms on symptoms share, which callers of a function notice. */
const SYMPTOM = { ...PERCENT, level: MINIMAL, tellsBadVersion: true, role: 'symptom', link: PAGES.troubleshooting } satisfies Partial<AlarmRow>;

/** The facts that alarms on the CPUs and the memory of environments share. */
const ENVIRONMENTS = { ...PERCENT, severity: 'ticket', tellsBadVersion: true, link: PAGES.troubleshooting } satisfies Partial<AlarmRow>;

/** The facts that alarms on a function's lag behind an event source share. */
const AGE = { ...COUNT, unit: 's', severity: 'ticket', level: FULL, periods: [5, 5] } satisfies Partial<AlarmRow>;

/** Returns a row from its facts, its metrics and its text. */
function alarm<Facts extends Partial<GivenRow>>(id: string, facts: Facts, rest: Omit<GivenRow, keyof Facts> & Partial<GivenRow>): AlarmRow {
  const row = { ...facts, ...rest } as GivenRow;
  const { counts, inUnitOfMetric, basis } = row;
  return {
    id,
    threshold: (id[0].toLowerCase() + id.slice(1)) as ThresholdName,
    periods: [3, 3],
    shareOf: inUnitOfMetric && basis?.property,
    ...counts && { needs: 'logGroup', ofFleet: ({ name }: FleetMetrics) => counted(counts.what, name, counts.minutes) },
    ...row,
  };
}

/**
 * Returns the alarm on one reason for throttles. No dimension for the provider is documented, so an alarm over all functions includes other providers
 * of the account.
 */
function throttles(metricName: string, { why, ...rest }: { readonly why: string } & Pick<AlarmRow, 'remedy' | 'ofFunction'>): AlarmRow {
  return alarm(metricName.replace('CPU', 'Cpu'), { ...COUNT, default: 0, severity: 'info', level: STANDARD, role: 'throttled', link: PAGES.troubleshooting }, {
    threshold: 'throttleReasons',
    panel: 'throttleReasons',
    ofFleet: () => metricsInsights(
      { metricName, statistic: Stats.SUM, dimensions: FUNCTION_DIMENSIONS, where: {} }, ['FunctionName'], { label: 'throttled' },
    ),
    meaning: `Requests have been throttled for a quarter of an hour because ${why}.`,
    meaningOfFleet: 'The contributor is the function; it may be on another capacity provider of this account and Region.',
    look: 'throttle reasons and the function on the dashboard',
    ...rest,
  });
}

/** Returns a query with a series for each function and, by default, each version. */
function ofEnvironments({ name, environments }: FleetMetrics, metricName: string, statistic: string, label: string): cloudwatch.IMetric {
  const dimensions = environmentDimensions(environments.resourceDimension);
  return metricsInsights(
    { metricName, statistic, dimensions, where: { CapacityProviderName: name } },
    dimensions.filter((dimension) => dimension !== 'CapacityProviderName'),
    { label },
  );
}

/** All alarms on metrics. Their ids and thresholds are contract. */
export const ALARMS: AlarmRow[] = [
  alarm('VCpuCeiling', { ...CEILING, default: 80, severity: 'ticket' }, {
    meaning: 'Execution environments hold most of the vCPUs that they can hold below maxVCpuCount. There is still room, but the next peak may not fit.',
    look: 'vCPU by instance type on the dashboard; unused versions that still keep environments',
    remedy: 'before the next peak, raise maxVCpuCount, delete unused versions, or move functions to a second capacity provider',
  }),
  alarm('VCpuCeilingReached', { ...CEILING, default: 95, severity: 'page' }, {
    meaning: 'Execution environments hold nearly all vCPUs that they can hold below maxVCpuCount. Lambda can\'t launch further instances, and additional requests are throttled.',
    look: 'throttle reasons on the dashboard; whether a deployment is running two versions at once, which is temporary',
    remedy: 'raise maxVCpuCount now, or delete unused versions',
  }),
  // The alarm stays on until throttles are reported as well. Otherwise they would look like throttles of a fleet that can grow.
  alarm('InstanceWarnings', { ...INSTANCE_WARNINGS, unit: 'in 5 minutes', default: 0, severity: 'ticket', periods: [1, 3] }, {
    counts: { what: WARNINGS, minutes: 5 },
    meaning: 'In the last quarter of an hour Lambda logged a warning about instances: a launch, a termination or a health check failed. A single failure often resolves itself.',
    remedy: 'allow more instance types or subnets, check the subnets for free addresses, and check the operator role and the key',
  }),
  alarm('InstanceWarningsRepeated', { ...INSTANCE_WARNINGS, unit: 'in 15 minutes', default: 2, severity: 'page', periods: [1, 1] }, {
    counts: { what: WARNINGS, minutes: 15 },
    meaning: 'Within a quarter of an hour Lambda logged several warnings about instances: launches, terminations or health checks keep failing. The fleet may not be able to grow.',
    remedy: 'act on the warnings now: allow other instance types or zones, free addresses, fix the operator role or the key, or raise the EC2 quota',
  }),
  alarm('InstanceChurn', { ...COUNT, unit: 'standard deviations', isWidth: true, severity: 'info', level: MINIMAL, panel: 'launches' }, {
    counts: { what: LAUNCHES, minutes: 15 },
    meaning: 'Lambda launches more instances than is usual at this time. Lambda also replaces instances that work, so some launches are usual.',
    look: 'launches and terminations on the dashboard; whether requests changed as well; failed health checks in the system log',
    remedy: 'if requests didn\'t change, leave more headroom: lower the CPU target of scaling or raise minExecutionEnvironments; otherwise nothing',
    link: PAGES.systemLogs,
  }),
  alarm('ProviderCpu', { ...PERCENT, default: 80, severity: 'ticket', level: STANDARD, panel: 'instanceCpu', link: PAGES.scaling }, {
    ofFleet: ({ provider }) => provider.cpuUtilization(),
    meaning: 'The CPUs of all instances of one type stay busy.',
    look: 'CPU by instance type, and vCPU against the ceiling on the dashboard',
    remedy: 'lower the CPU target of scaling, raise maxVCpuCount if it is near, or give busy functions more vCPUs',
  }),
  alarm('ProviderMemory', { ...PERCENT, default: 90, severity: 'ticket', level: STANDARD, panel: 'instanceMemory', link: PAGES.scaling }, {
    ofFleet: ({ provider }) => provider.memoryUtilization(),
    meaning: 'The memory of all instances of one type is nearly full.',
    look: 'memory by instance type, and how full instances are on the dashboard',
    remedy: 'allow instances with more memory per vCPU, or lower the functions\' memorySize',
  }),
  alarm('LowHeadroom', { ...COUNT, bad: 'below', unit: 'vCPU', severity: 'info', level: FULL, panel: 'vCpuAvailable', link: PAGES.scaling }, {
    // The smallest environment has one vCPU.
    defaultOfFleet: ({ largestEnvironment }) => largestEnvironment ?? 1,
    ofFleet: ({ provider }) => provider.vCpuAvailable(),
    meaning: 'The next execution environment needs a new instance, which takes minutes. This is usual in a well-packed fleet.',
    look: 'vCPU available on the dashboard; whether a peak is near',
    remedy: 'before a peak, raise minExecutionEnvironments',
  }),
  alarm('NoData', { ...COUNT, bad: 'below', severity: 'ticket', level: MINIMAL, periods: [6, 6], expectsTraffic: true, link: PAGES.metrics }, {
    missing: cloudwatch.TreatMissingData.BREACHING,
    // The query isn't grouped, because without data there would be no group that could be in alarm.
    ofFleet: ({ name }) => metricsInsights(
      { metricName: 'vCPUAllocated', statistic: Stats.SAMPLE_COUNT, dimensions: PROVIDER_DIMENSIONS, where: { CapacityProviderName: name } }, [], { label: 'values' },
    ),
    meaning: 'The capacity provider has sent no metric for half an hour: it has no instances, or no route to CloudWatch.',
    look: 'instances in the system log; routes, NAT gateways or endpoints of the subnets',
    remedy: 'restore the egress, or publish a version',
  }),
  alarm('ThrottleRate', { ...SYMPTOM, default: 1, severity: 'page', periods: [3, 5], panel: 'rates' }, {
    ofFunction: (metrics) => metrics.throttleRate({ minimumVolume: MINIMUM_VOLUME.throttles }),
    meaning: 'More requests than usual are throttled.',
    look: 'throttle reasons, then growth of requests on the dashboard',
    remedy: 'act on the reason; if traffic doubled within five minutes, raise minExecutionEnvironments before the next peak, or put a queue in front',
  }),
  alarm('ErrorRate', { ...SYMPTOM, default: 5, severity: 'page', periods: [2, 3], panel: 'rates' }, {
    ofFunction: (metrics) => metrics.errorRate({ minimumVolume: MINIMUM_VOLUME.errors }),
    meaning: 'More invocations fail than usual.',
    look: 'the function\'s log; whether environments ran out of memory',
    remedy: 'roll back the last version if the errors began with it; also look for shared state, because several requests share an environment',
  }),
  alarm('DurationP99', { ...SYMPTOM, default: 80, severity: 'ticket', panel: 'duration' }, {
    basis: { property: 'timeout', found: ({ view }) => view?.().timeout, least: 0 },
    inUnitOfMetric: { unit: 'ms', factor: (timeout) => timeout * MS_PER_SECOND / 100 },
    ofFunction: (metrics) => metrics.duration(),
    meaning: 'The slowest requests come close to the function\'s timeout.',
    look: 'CPU and saturation of the environments on the dashboard, then the services that the function calls',
    remedy: 'if CPU is busy, lower perExecutionEnvironmentMaxConcurrency or give the function more vCPUs; otherwise fix the slow service, or raise the timeout',
  }),
  alarm('ConcurrencySaturation', { ...PERCENT, level: MINIMAL, tellsBadVersion: true, default: 80, severity: 'ticket', periods: [2, 3], panel: 'concurrency' }, {
    // An unknown limit is the default of the runtime, which is higher.
    basis: {
      property: 'perExecutionEnvironmentMaxConcurrency', found: ({ view }) => view?.().maxConcurrency ?? MEANINGFUL_CONCURRENCY, least: MEANINGFUL_CONCURRENCY,
    },
    ofFunction: (metrics) => metrics.concurrencySaturation(),
    meaning: 'Execution environments are close to their limit of concurrent requests. Requests will be throttled soon.',
    look: 'CPU of the environments on the dashboard',
    remedy: 'if CPU is low, raise perExecutionEnvironmentMaxConcurrency, otherwise maxExecutionEnvironments; check the ceiling as well',
    link: PAGES.scaling,
  }),
  alarm('EnvironmentMemory', { ...ENVIRONMENTS, default: 90, level: MINIMAL, periods: [2, 3], panel: 'environmentMemory' }, {
    ofFleet: (of) => ofEnvironments(of, 'ExecutionEnvironmentMemoryUtilization', Stats.MAXIMUM, 'memory %'),
    ofFunction: (metrics) => metrics.executionEnvironmentMemoryUtilization(),
    meaning: 'The fullest execution environment of a function is about to run out of memory. All its concurrent requests share it.',
    look: 'memory against concurrency of the environments on the dashboard',
    remedy: 'raise memorySize, or lower perExecutionEnvironmentMaxConcurrency',
  }),
  alarm('EnvironmentCpu', { ...ENVIRONMENTS, level: STANDARD, panel: 'environmentCpu' }, {
    // The default is above the target of scaling, because the alarm would otherwise fire during normal work.
    defaultOfFleet: ({ cpuTarget }) => Math.min(90, Math.max(80, (cpuTarget ?? 0) + 20)),
    ofFleet: (of) => ofEnvironments(of, of.environments.cpuMetricName ?? ENVIRONMENT_CPU, Stats.AVERAGE, 'CPU %'),
    ofFunction: (metrics) => metrics.executionEnvironmentCpuUtilization(),
    meaning: 'The CPUs of a function\'s execution environments stay above the target of scaling.',
    look: 'CPU and saturation of the environments on the dashboard; whether CPU throttles follow',
    remedy: 'give the function more vCPUs, lower perExecutionEnvironmentMaxConcurrency, or scale manually to a lower CPU target',
  }),
  throttles('ConcurrencyThrottles', {
    why: 'each environment was at its limit of concurrent requests',
    remedy: 'if CPU is low, raise perExecutionEnvironmentMaxConcurrency, otherwise maxExecutionEnvironments or maxVCpuCount',
    ofFunction: (metrics) => metrics.concurrencyThrottles(),
  }),
  throttles('CPUThrottles', {
    why: 'the CPUs of its environments were busy',
    remedy: 'give the function more vCPUs, lower perExecutionEnvironmentMaxConcurrency, or scale manually to a lower CPU target',
    ofFunction: (metrics) => metrics.cpuThrottles(),
  }),
  throttles('MemoryThrottles', {
    why: 'the memory of its environments was full',
    remedy: 'raise memorySize, or lower perExecutionEnvironmentMaxConcurrency',
    ofFunction: (metrics) => metrics.memoryThrottles(),
  }),
  throttles('DiskThrottles', {
    why: '/tmp of its environments was full',
    remedy: 'raise the ephemeral storage, clean up /tmp, or lower perExecutionEnvironmentMaxConcurrency',
    ofFunction: (metrics) => metrics.diskThrottles(),
  }),
  alarm('UnderUtilised', { ...PERCENT, bad: 'below', severity: 'info', level: MINIMAL, periods: [24, 24], expectsTraffic: true, panel: 'instanceCpu' }, {
    // This uses plain metrics, and so needs known types, because a query can look back only three hours.
    needs: 'instanceTypes',
    ofFleet: ({ provider }) => provider.cpuUtilization({ period: Duration.hours(1) }),
    meaning: 'The CPUs of all instances of one type were mostly idle in each hour of a day.',
    look: 'packing on the dashboard, and whether the fleet is larger than its functions\' minimums require',
    remedy: 'raise perExecutionEnvironmentMaxConcurrency, lower memorySize or minExecutionEnvironments, or let more functions share the fleet',
    link: PAGES.scaling,
  }),
  alarm('TrafficDoubling', { ...COUNT, unit: '%', default: 100, severity: 'info', level: FULL, periods: [1, 1], panel: 'growth', link: PAGES.scaling }, {
    ofFunction: (metrics) => metrics.requestGrowth(),
    meaning: 'Requests more than doubled within five minutes, faster than Lambda promises to scale.',
    look: 'throttles on the dashboard',
    remedy: 'if this repeats, raise minExecutionEnvironments beforehand, lower the CPU target, or put a queue in front',
  }),
  alarm('OldestMessage', { ...AGE, default: 300, panel: 'oldestMessage', link: PAGES.sqsTriggers }, {
    ofSource: (_, source) => queueAge(source),
    meaning: 'Messages wait in a queue of the function: it can\'t keep up, or the same messages keep failing.',
    look: 'event sources, throttles and errors of the function on the dashboard; the dead-letter queue',
    remedy: 'if the function fails, fix it; if it is throttled, act on the reason; otherwise raise the concurrency of the mapping or maxExecutionEnvironments',
  }),
  alarm('IteratorAge', { ...AGE, default: 60, panel: 'iteratorAge', link: PAGES.streamTriggers }, {
    inUnitOfMetric: { unit: 'ms', factor: () => MS_PER_SECOND },
    ofSource: (metrics, { kind }) => (kind === EventSourceKind.STREAM ? metrics.iteratorAge() : undefined),
    meaning: 'The function lags behind the stream that it reads. Records are lost once they are older than the retention of the stream.',
    look: 'event sources, throttles and errors of the function on the dashboard: a record that keeps failing blocks its shard',
    remedy: 'if the function fails, fix it or limit retries; otherwise raise the parallelization factor, the batch size or the number of shards',
  }),
  alarm('AsyncEventsDropped', { ...COUNT, default: 0, severity: 'ticket', level: FULL, periods: [1, 1], panel: 'asyncEvents', link: PAGES.asyncErrors }, {
    ofFunction: (metrics) => metrics.asyncEventsDropped({ period: METRIC_PERIOD }),
    meaning: 'Lambda dropped asynchronous events: they failed at each attempt, or became too old while the function was throttled.',
    look: 'errors and throttles of the function on the dashboard; its destination on failure or dead-letter queue, if it has one',
    remedy: 'fix the function, or act on the reason for throttles; configure a destination on failure, so that no event is lost',
  }),
];

/** The composite alarms of a fleet, which show whether to raise a limit or to tune a function. */
export const FLEET_COMPOSITES: CompositeRow[] = [
  {
    id: 'CapacityExhausted',
    severity: 'page',
    level: STANDARD,
    needs: ['throttled', 'limited'],
    rule: ({ throttled, limited }) => cloudwatch.AlarmRule.allOf(throttled, limited),
    meaning: 'Requests are throttled and the fleet can\'t grow: it is at its vCPU ceiling, or instances fail to launch. Raise a limit, because '
      + 'tuning functions won\'t help.',
    look: 'which of the two it is: vCPU against the ceiling, or the last warnings in the system log',
    remedy: 'raise maxVCpuCount or delete unused versions; if launches fail, allow more instance types and subnets',
    link: PAGES.scaling,
  },
  {
    id: 'FunctionsNeedTuning',
    severity: 'ticket',
    level: STANDARD,
    needs: ['throttled', 'limited'],
    rule: ({ throttled, limited }) => cloudwatch.AlarmRule.allOf(throttled, cloudwatch.AlarmRule.not(limited)),
    meaning: 'Requests are throttled although the fleet could grow. Tune the function, because raising the fleet\'s ceiling won\'t help.',
    look: 'which of the four throttle reasons is in alarm, and its contributor, which is the function',
    remedy: 'follow that alarm\'s advice on concurrency, vCPUs, memory or disk of the function',
    link: PAGES.troubleshooting,
  },
];

/** The composite alarm of a function, which stands for its symptoms. */
export const FUNCTION_COMPOSITES: CompositeRow[] = [
  {
    id: 'FunctionImpaired',
    severity: 'page',
    level: STANDARD,
    needs: ['symptom'],
    rule: ({ symptom }) => symptom,
    meaning: 'Callers of the function are affected: requests are throttled, fail, or come close to the timeout.',
    look: 'which of the alarms below it fires, then the function on the dashboard',
    remedy: 'follow that alarm\'s advice',
    link: PAGES.troubleshooting,
  },
];

const BY_THRESHOLD = new Map<ThresholdName, AlarmRow[]>();
for (const row of ALARMS) BY_THRESHOLD.set(row.threshold, [...BY_THRESHOLD.get(row.threshold) ?? [], row]);

/** Returns the rows of a threshold. */
export function rowsOf(name: ThresholdName): AlarmRow[] {
  return BY_THRESHOLD.get(name)!;
}

/** Returns the composite alarms that can be created from these alarms. */
export function compositesOf(composites: CompositeRow[], alarms: AlarmRow[]): CompositeRow[] {
  return composites.filter(({ needs }) => needs.every((role) => alarms.some((one) => one.role === role)));
}
