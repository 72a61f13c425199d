import { CLOUDWATCH_LIMITS } from '../../src/service/cloudwatch-limits';

/** Exact names and dimensions, as AWS documents them. Throttle reasons stand next to `Throttles`. */
const METRICS: Record<string, string[]> = {
  ...dimensions(['FunctionName'], [
    'Invocations', 'Errors', 'Throttles', 'Duration', 'IteratorAge', 'OffsetLag', 'ConcurrencyThrottles', 'CPUThrottles', 'MemoryThrottles', 'DiskThrottles',
  ]),
  ...dimensions(['CapacityProviderName', 'InstanceType'], [
    'CPUUtilization', 'MemoryUtilization', 'vCPUAvailable', 'vCPUAllocated', 'MemoryAvailable', 'MemoryAllocated',
  ]),
  ...dimensions(['CapacityProviderName', 'FunctionName', 'Resource'], [
    'ExecutionEnvironmentConcurrency', 'ExecutionEnvironmentConcurrencyLimit', 'ExecutionEnvironmentCPUUtilization', 'ExecutionEnvironmentMemoryUtilization',
  ]),
  ...dimensions(['EventSourceMappingUUID'], [
    'PolledEventCount', 'InvokedEventCount', 'FailedInvokeEventCount', 'DroppedEventCount', 'ProvisionedPollers',
  ]),
};
/** Those of others: of SQS, and what our metric filters count. */
const OTHERS: Record<string, [RegExp, string[]]> = {
  'AWS/SQS': [/^ApproximateAgeOfOldestMessage$/, ['QueueName']],
  'ManagedInstances/SystemLogs': [/-(warnings|launches)$/, []],
};
const FIVE_MINUTE_METRIC = /^(ExecutionEnvironment|vCPU|Memory|CPU|Concurrency|Disk)/;

/** A megabyte: what the API takes of a dashboard's body. */
const BODY_BYTES = 1_000_000;

/** What is wrong with the body of a dashboard. */
export function lint(body: any, alarms: string[] = []): string[] {
  const { widgets, variables = [] } = body;
  const errors = [
    ...widgets.flatMap(lintPlace),
    ...overlaps(widgets),
    ...widgets.flatMap((widget: any) => metricsOf(widget).flatMap((metric) => lintMetric(metric).map((error) => `${titleOf(widget)}: ${error}`))),
    ...widgets.filter((widget: any) => metricsOf(widget).length > CLOUDWATCH_LIMITS.metricsPerGraph).map((widget: any) => `${titleOf(widget)}: metrics`),
    ...widgets.flatMap((widget: any) => duplicates(metricsOf(widget)).map((id) => `${titleOf(widget)}: id ${id} twice`)),
    ...alarms.filter((alarm) => !statusesOf(widgets).includes(alarm)).map((alarm) => `${alarm} has no status`),
    ...widgets.filter((widget: any) => (widget.properties.alarms ?? []).length > CLOUDWATCH_LIMITS.alarmsPerStatusWidget).map(() => 'alarms in a status widget'),
  ];
  if (widgets.length > CLOUDWATCH_LIMITS.dashboardWidgets) errors.push(`${widgets.length} widgets`);
  if (widgets.flatMap(metricsOf).length > CLOUDWATCH_LIMITS.metricsPerDashboard) errors.push('metrics of the dashboard');
  if (variables.length > CLOUDWATCH_LIMITS.dashboardVariables) errors.push(`${variables.length} variables`);
  if (Buffer.byteLength(JSON.stringify(body)) > BODY_BYTES) errors.push('bytes');
  return errors;
}

function lintPlace({ x, y, width, height, properties }: any): string[] {
  const fits = [x, y, width, height].every(Number.isInteger) && x >= 0 && y >= 0 && width > 0 && height > 0;
  return fits && x + width <= CLOUDWATCH_LIMITS.dashboardColumns ? [] : [`${properties.title} leaves the grid`];
}

function overlaps(widgets: any[]): string[] {
  return widgets.flatMap((a, i) => widgets.slice(i + 1)
    .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
    .map((b) => `${titleOf(a)} overlaps ${titleOf(b)}`));
}

/** The rows of `metrics`, without the shorthands for "as above". */
function metricsOf({ properties }: any): any[][] {
  const rows: any[][] = [];
  for (const row of properties.metrics ?? []) {
    const above = rows.at(-1) ?? [];
    const options = typeof row.at(-1) === 'object' ? row.at(-1) : {};
    const names = (typeof row.at(-1) === 'object' ? row.slice(0, -1) : row);
    const full = names[0] === '...' ? above.slice(0, -1) : names.map((name: string, i: number) => (name === '.' ? above[i] : name));
    rows.push([...full, options]);
  }
  return rows;
}

function lintMetric(row: any[]): string[] {
  const { expression, period, id } = row.at(-1);
  if (expression) return lintExpression(expression);
  const [namespace, metricName, ...rest] = row.slice(0, -1);
  const names = rest.filter((_, i) => i % 2 === 0);
  if (namespace !== 'AWS/Lambda') {
    const [pattern, own] = OTHERS[namespace] ?? [];
    return pattern?.test(metricName) && same(names, own) ? [] : [`${namespace} ${metricName} with dimensions ${names}`];
  }
  return [
    ...same(names, METRICS[metricName]) ? [] : [`${metricName} with dimensions ${names}`],
    ...FIVE_MINUTE_METRIC.test(metricName) && period !== undefined && period < 300 ? [`${metricName} over ${period} s`] : [],
    ...id === undefined || /^[a-z]\w*$/.test(id) ? [] : [`id ${id}`],
  ];
}

/** Each search has the dimensions of its metric; math names nothing else. */
function lintExpression(expression: string): string[] {
  const searches = [...expression.matchAll(/SEARCH\('\{AWS\/Lambda,([\w,]+)\} MetricName="(\w+)"(?: CapacityProviderName="[^"]+")?', '(\w+)', (\d+)\)/g)];
  const found = searches.length === expression.split('SEARCH').length - 1 ? [] : [`search ${expression}`];
  return searches.reduce((errors, [, names, metricName, , period]) => [
    ...errors,
    ...same(names.split(','), METRICS[metricName]) ? [] : [`search for ${metricName} with dimensions ${names}`],
    ...Number(period) === 300 ? [] : [`search over ${period} s`],
  ], found);
}

function duplicates(rows: any[][]): string[] {
  const ids = rows.map((row) => row.at(-1).id).filter(Boolean);
  return ids.filter((id, i) => ids.indexOf(id) !== i);
}

function statusesOf(widgets: any[]): string[] {
  return widgets.flatMap(({ properties }) => properties.alarms ?? []);
}

function titleOf({ type, properties }: any): string {
  return properties.title ?? `${type} ${properties.markdown?.slice(0, 30)}`;
}

function same(a: string[], b: string[] = []): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

function dimensions(names: string[], metrics: string[]): Record<string, string[]> {
  return Object.fromEntries(metrics.map((metric) => [metric, names]));
}
