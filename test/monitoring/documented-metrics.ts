/** The documented facts about a metric, and the ways in which the library may read it. */
export interface Documented {
  /** The dimensions of a series, in CloudWatch's order. */
  readonly dimensions: string[];
  readonly statistics: string[];
  /** The allowed periods in seconds. */
  readonly periods: number[];
}

const MINUTES = [60, 300];
const FIVE_MINUTES = [300];
const OF_FUNCTION = ['FunctionName'];
const OF_PROVIDER = ['CapacityProviderName', 'InstanceType'];
const OF_ENVIRONMENTS = ['CapacityProviderName', 'FunctionName', 'Resource'];
const OF_MAPPING = ['EventSourceMappingUUID'];

/**
 * The metrics of `AWS/Lambda` that a dashboard may show, by their exact names. AWS states no dimensions for the reasons for throttles, and lists them
 * next to `Throttles`. Sums of vCPUs and memory are correct only over one period of publication.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-metrics.html and
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (read 2026-11-20)
 */
export const DOCUMENTED: Record<string, Documented> = {
  ...each(['Invocations', 'Errors', 'Throttles', 'AsyncEventsDropped'], OF_FUNCTION, ['Sum'], MINUTES),
  ...each(['Duration'], OF_FUNCTION, ['p99'], MINUTES),
  ...each(['IteratorAge', 'OffsetLag'], OF_FUNCTION, ['Maximum'], MINUTES),
  ...each(['ConcurrencyThrottles', 'CPUThrottles', 'MemoryThrottles', 'DiskThrottles'], OF_FUNCTION, ['Sum'], FIVE_MINUTES),
  ...each(['CPUUtilization', 'MemoryUtilization'], OF_PROVIDER, ['Average', 'Maximum'], FIVE_MINUTES),
  ...each(['vCPUAvailable', 'vCPUAllocated', 'MemoryAvailable', 'MemoryAllocated'], OF_PROVIDER, ['Sum'], FIVE_MINUTES),
  ...each(['ExecutionEnvironmentConcurrency'], OF_ENVIRONMENTS, ['Average', 'Maximum', 'SampleCount'], FIVE_MINUTES),
  ...each(['ExecutionEnvironmentConcurrencyLimit'], OF_ENVIRONMENTS, ['Maximum'], FIVE_MINUTES),
  ...each(['ExecutionEnvironmentCPUUtilization', 'ExecutionEnvironmentMemoryUtilization'], OF_ENVIRONMENTS, ['Average', 'Maximum'], FIVE_MINUTES),
  ...each(['PolledEventCount', 'InvokedEventCount', 'FailedInvokeEventCount', 'DroppedEventCount'], OF_MAPPING, ['Sum'], MINUTES),
  ...each(['ProvisionedPollers'], OF_MAPPING, ['Maximum'], MINUTES),
};

/** The metrics according to other sources: older pages don't have `Resource`, and the page on troubleshooting has another name. */
export const DOCUMENTED_OTHERWISE: Record<string, Documented> = {
  ...Object.fromEntries(Object.entries(DOCUMENTED).map(([name, metric]) => [
    name.replace('EnvironmentCPU', 'EnvironmentVCPU'),
    metric.dimensions === OF_ENVIRONMENTS ? { ...metric, dimensions: OF_ENVIRONMENTS.slice(0, 2) } : metric,
  ])),
};

/** The metrics of other namespaces: those of SQS, and those of the library's metric filters. */
export const OTHERS: Record<string, [RegExp, Documented]> = {
  'AWS/SQS': [/^ApproximateAgeOfOldestMessage$/, { dimensions: ['QueueName'], statistics: ['Maximum'], periods: MINUTES }],
  'ManagedInstances/SystemLogs': [/.-(warnings|launches)$/, { dimensions: [], statistics: ['Sum'], periods: [300, 900] }],
};

function each(names: string[], dimensions: string[], statistics: string[], periods: number[]): Record<string, Documented> {
  return Object.fromEntries(names.map((name) => [name, { dimensions, statistics, periods }]));
}
