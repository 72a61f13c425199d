import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { linksTo } from './console-links';
import { costRows, ShownCost } from './cost-rows';
import { eventSourceRow } from './event-source-rows';
import { EventSource } from '../event-sources';
import { Header, headerRow } from './header-row';
import { lifecycleRows } from './lifecycle-rows';
import { COLUMNS, graph, GRAPH, limit, limits, lines, linesOf, row, text } from './widgets';
import { CLOUDWATCH_LIMITS } from '../../service/cloudwatch-limits';
import { ALARMS, Panel } from '../alarms/alarm-table';
import { thresholdOf } from '../alarms/create-alarms';
import { Thresholds } from '../alarms/thresholds';
import { FunctionView } from '../fleet-view';
import { CapacityProviderMetrics } from '../metrics/capacity-provider-metrics';
import { COLORS, PALE } from '../metrics/colors';
import { ExecutionEnvironmentMetrics } from '../metrics/execution-environment-metrics';
import { FUNCTION_DIMENSIONS, METRIC_PERIOD, PROVIDER_DIMENSIONS, THROTTLE_REASONS } from '../metrics/metric-names';
import { search, searchExpression, searchTotal, totalOfProvider } from '../metrics/queries';

/** A function with widgets of its own. */
export interface ShownFunction {
  readonly metrics: ExecutionEnvironmentMetrics;
  /** The known properties of the function. Undefined if only its name is known. */
  readonly view?: () => FunctionView;
  /** The name of the function in CloudWatch, which is also written above its widgets. */
  readonly functionName: string;
  /** The environments at each time of the week, as a text after its name. Empty if no schedule changes them. */
  readonly schedule?: string;
  readonly eventSources: EventSource[];
}

/** The content of a dashboard. */
export interface Shown extends Header {
  readonly functions: ShownFunction[];
  /** The thresholds of each set of alarms. */
  readonly thresholds: Thresholds[];
  readonly alarms: cloudwatch.AlarmBase[];
  /** The names of the metrics of environments in CloudWatch. */
  readonly environments: EnvironmentNames;
  readonly gpuMetrics: cloudwatch.IMetric[];
  /** Returns whether the dashboard can refer to an event source without a cycle between stacks. */
  readonly canNameSource: (source: EventSource) => boolean;
  /** The cost of the fleet. Present if prices are given. */
  readonly cost?: ShownCost;
}

const KEY_FIGURE = 4;
/** The widths of graphs if five share a row. */
const [WIDE, NARROW] = [5, 4];
const ALARMS_PER_LINE = 6;
/** The heights of the title and of a line of alarms in the status widget, in units of the grid. */
const [TITLE_HEIGHT, ALARM_HEIGHT] = [0.7, 0.75];
const BYTES_PER_GIB = 1024 ** 3;

/** The options for metrics whose names differ between AWS's sources. */
export interface EnvironmentNames {
  /** The dimensions of metrics of environments. */
  readonly dimensions: string[];
  /** The name of the CPU metric. */
  readonly cpu: string;
}

/** Returns all rows, the symptoms first. */
export function dashboardRows(shown: Shown): cloudwatch.IWidget[] {
  return [
    headerRow(shown),
    ...alarmStatus(shown),
    keyFigures(shown),
    ...shown.chosenByVariable ? allFunctions(shown) : [],
    ...shown.functions.flatMap((fn) => functionRows(shown, fn)),
    ...providerRows(shown),
    ...lifecycleRows({ fleet: shown.fleet.name, logGroup: shown.logGroup, thresholds: shown.thresholds }),
    ...shown.cost ? costRows(shown.cost, shown.fleet, requestsOf(shown)) : [],
    ...gpuRow(shown),
  ];
}

function alarmStatus({ alarms }: Shown): cloudwatch.IWidget[] {
  const most = CLOUDWATCH_LIMITS.alarmsPerStatusWidget;
  const widgets = Math.ceil(alarms.length / most);
  return Array.from({ length: widgets }, (_, i) => {
    const some = alarms.slice(i * most, (i + 1) * most);
    return new cloudwatch.AlarmStatusWidget({
      title: i === 0 ? 'Alarms' : `Alarms (${i + 1})`,
      alarms: some,
      // Firing alarms come first; by default, alarms are sorted by name.
      sortBy: cloudwatch.AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
      width: COLUMNS,
      height: Math.min(8, Math.ceil(TITLE_HEIGHT + ALARM_HEIGHT * Math.ceil(some.length / ALARMS_PER_LINE))),
    });
  });
}

function keyFigures(shown: Shown): cloudwatch.IWidget {
  const { functions, chosenByVariable } = shown;
  // The titles fit into a sixth of a laptop's width.
  const title = (figure: string) => (chosenByVariable ? `${figure}, chosen` : figure);
  return row([
    ...functions.length > 0 ? [
      keyFigure(title('Requests per second'), total(functions, (i) => `(FILL(i${i}, 0) + FILL(t${i}, 0)) / PERIOD(i${i})`, 'requests/s')),
      keyFigure(title('Throttled %'), shareOf(functions, 't', 'i', { label: 'throttled %', color: COLORS.throttles }, true)),
      keyFigure(title('Failed %'), shareOf(functions, 'e', 'i', { label: 'errors %', color: COLORS.errors }, false)),
      keyFigure(title('Slowest 1 %'), slowest(functions)),
    ] : [],
    keyFigure('Environments of the fleet', environmentsOf(shown)),
    saturationGauge(shown),
  ]);
}

function saturationGauge({ fleet, thresholds }: Shown): cloudwatch.IWidget {
  const metrics = CapacityProviderMetrics.fromCapacityProvider(fleet.capacityProvider);
  const { reachableVCpus } = fleet;
  if (reachableVCpus === undefined) return keyFigure('vCPUs in use', metrics.vCpuAllocated());
  return new cloudwatch.GaugeWidget({
    title: 'vCPUs in use, % of usable',
    metrics: [metrics.vCpuSaturation(reachableVCpus)],
    leftYAxis: { min: 0, max: 100 },
    annotations: linesOf(thresholds, 'vCpuCeiling', 'vCpuCeilingReached'),
    width: KEY_FIGURE,
    height: KEY_FIGURE,
  });
}

/**
 * Returns rows about all functions of the provider. They are found when the graph is drawn, so functions of other stacks and later ones are included.
 */
function allFunctions(shown: Shown): cloudwatch.IWidget[] {
  const { fleet, environments: { dimensions, cpu } } = shown;
  const where = { CapacityProviderName: fleet.name };
  const label = `\${PROP('Dim.${dimensions[dimensions.length - 1]}')}`;
  const environments = (title: string, metricName: string, statistic: string, panel?: Panel) => graph(title, {
    left: [searchExpression(search({ metricName, statistic, dimensions, where }), { label })],
    leftAnnotations: panel && alarmLines(shown, panel),
    width: 8,
  });
  return [
    text(1, ['### All functions on the provider']),
    row([
      environments('Environment CPU %', cpu, cloudwatch.Stats.AVERAGE, 'environmentCpu'),
      environments('Environment memory %, highest', 'ExecutionEnvironmentMemoryUtilization', cloudwatch.Stats.MAXIMUM, 'environmentMemory'),
      environments('Environments', 'ExecutionEnvironmentConcurrency', cloudwatch.Stats.SAMPLE_COUNT),
    ]),
    row([
      environments('Concurrent requests per environment', 'ExecutionEnvironmentConcurrency', cloudwatch.Stats.MAXIMUM),
      graph('Throttles by reason, all managed instances of the account', {
        left: THROTTLE_REASONS.map((metricName) => searchExpression(
          search({ metricName, statistic: cloudwatch.Stats.SUM, dimensions: FUNCTION_DIMENSIONS, where: {} }),
          { label: `\${PROP('Dim.FunctionName')} ${metricName.replace('Throttles', '')}` },
        )),
        leftAnnotations: alarmLines(shown, 'throttleReasons'),
        stacked: true,
        width: 16,
      }),
    ]),
  ];
}

/** Returns rows about one function: its traffic and throttles, then its environments, which show whether concurrency, CPU or memory is the cause. */
function functionRows(shown: Shown, { metrics, view: viewNow, functionName, schedule = '', eventSources }: ShownFunction): cloudwatch.IWidget[] {
  const { fleet, canNameSource } = shown;
  const view = viewNow?.() ?? {};
  const overPeriod = { period: METRIC_PERIOD };
  const linesOfAlarms = (panel: Panel) => alarmLines(shown, panel, viewNow);
  return [
    text(1, [[`**${functionName}**`, ...describe(view), ...linksTo(functionName, fleet.place.region, view)].join(' · ') + schedule]),
    row([
      graph('Requests', { left: [metrics.invocations(), metrics.errors(), metrics.throttles()], width: WIDE }),
      graph('Growth in 5 minutes %', {
        left: [metrics.requestGrowth()],
        leftYAxis: { showUnits: false },
        leftAnnotations: [limit(100, 'doubling'), ...linesOfAlarms('growth')],
        width: NARROW,
      }),
      graph('Throttles by reason', {
        left: [metrics.concurrencyThrottles(), metrics.cpuThrottles(), metrics.memoryThrottles(), metrics.diskThrottles()],
        leftAnnotations: linesOfAlarms('throttleReasons'),
        stacked: true,
        width: WIDE,
      }),
      graph('Throttled and failed %', {
        left: [metrics.throttleRate(overPeriod), metrics.errorRate(overPeriod)], leftAnnotations: linesOfAlarms('rates'), width: WIDE,
      }),
      graph('Slowest 1 % of requests, ms', { left: [metrics.duration()], leftAnnotations: linesOfAlarms('duration'), width: WIDE }),
    ]),
    row([
      graph('Concurrency in use %', {
        left: [metrics.concurrencySaturation({ label: 'typical %' }), metrics.highestConcurrencySaturation()],
        leftAnnotations: [limit(100, 'limit'), ...linesOfAlarms('concurrency')],
      }),
      graph('Environment CPU %', {
        left: [
          metrics.executionEnvironmentCpuUtilization({ label: 'average' }),
          metrics.executionEnvironmentCpuUtilization({ label: 'highest', statistic: cloudwatch.Stats.MAXIMUM, color: PALE.cpu }),
        ],
        leftAnnotations: [...target(fleet.cpuTarget), ...linesOfAlarms('environmentCpu')],
      }),
      graph('Environment memory %', {
        left: [
          metrics.executionEnvironmentMemoryUtilization({ label: 'highest', color: PALE.memory }),
          metrics.executionEnvironmentMemoryUtilization({ label: 'average', statistic: cloudwatch.Stats.AVERAGE }),
        ],
        leftAnnotations: linesOfAlarms('environmentMemory'),
      }),
      graph('Environments', {
        left: [metrics.executionEnvironments()],
        leftAnnotations: [...limits(view.minExecutionEnvironments, 'minimum'), ...limits(view.maxExecutionEnvironments, 'maximum')],
      }),
    ]),
    ...eventSourceRow({
      functionName,
      sources: eventSources,
      canName: canNameSource,
      dropped: metrics.asyncEventsDropped({ period: METRIC_PERIOD }),
      lines: linesOfAlarms,
    }),
  ];
}

/** Returns the thresholds on a graph, of all sets of alarms. */
function alarmLines({ thresholds, fleet }: Shown, panel: Panel, view?: () => FunctionView): cloudwatch.HorizontalAnnotation[] {
  const rows = ALARMS.filter((alarm) => alarm.panel === panel);
  return lines(...rows.flatMap((alarm) => thresholds.map((set) => thresholdOf(alarm, set, { fleet, view }))));
}

/** Returns rows about the provider. They name no instance type, because Lambda chooses the types. */
function providerRows(shown: Shown): cloudwatch.IWidget[] {
  const { fleet } = shown;
  const metrics = CapacityProviderMetrics.fromCapacityProvider(fleet.capacityProvider);
  const found = (metricName: string, statistic: string, what = '') => {
    const label = `\${PROP('Dim.InstanceType')}${what && ` ${what}`}`;
    return (divisor = 1) => searchExpression(
      `${search({ metricName, statistic, dimensions: PROVIDER_DIMENSIONS, where: { CapacityProviderName: fleet.name } })}${divisor === 1 ? '' : ` / ${divisor}`}`, { label },
    );
  };
  const { SUM, AVERAGE } = cloudwatch.Stats;
  return [
    text(1, ['### Instances, by type as Lambda chose them']),
    row([
      graph('vCPUs', {
        left: [found('vCPUAllocated', SUM, 'allocated')(), found('vCPUAvailable', SUM, 'available')()],
        leftAnnotations: [
          ...limits(fleet.ceiling, 'maxVCpuCount'),
          // In the stacked graph, all vCPUs together reach higher than those that the alarm watches.
          ...alarmLines(shown, 'vCpu').map((line) => ({ ...line, label: `${line.label} allocated` })),
        ],
        stacked: true,
        width: 8,
      }),
      graph('Memory, GiB', {
        left: [found('MemoryAllocated', SUM, 'allocated')(BYTES_PER_GIB), found('MemoryAvailable', SUM, 'available')(BYTES_PER_GIB)],
        stacked: true,
        width: 8,
      }),
      graph('Instance CPU %', {
        left: [found('CPUUtilization', AVERAGE)()],
        leftAnnotations: [...target(fleet.cpuTarget), ...alarmLines(shown, 'instanceCpu')],
        width: 4,
      }),
      graph('Instance memory %', { left: [found('MemoryUtilization', AVERAGE)()], leftAnnotations: alarmLines(shown, 'instanceMemory'), width: 4 }),
    ]),
    row([
      graph('How full instances are, %', {
        left: [metrics.vCpuPackingEfficiency({ label: 'vCPU' }), metrics.memoryPackingEfficiency({ label: 'memory' })],
      }),
      graph('Free vCPUs', {
        left: [searchExpression(totalOfProvider('vCPUAvailable', fleet.name), { label: 'available' })],
        leftAnnotations: alarmLines(shown, 'vCpuAvailable'),
      }),
      new cloudwatch.TableWidget({
        title: 'Instance types in the time shown',
        metrics: [found('vCPUAllocated', SUM, 'vCPU allocated')(), found('CPUUtilization', AVERAGE, 'CPU %')(), found('MemoryUtilization', AVERAGE, 'memory %')()],
        summary: {
          columns: [cloudwatch.TableSummaryColumn.MINIMUM, cloudwatch.TableSummaryColumn.AVERAGE, cloudwatch.TableSummaryColumn.MAXIMUM],
          hideNonSummaryColumns: true,
        },
        layout: cloudwatch.TableLayout.HORIZONTAL,
        width: COLUMNS / 2,
        height: GRAPH,
      }),
    ]),
  ];
}

function gpuRow({ fleet, gpuMetrics }: Shown): cloudwatch.IWidget[] {
  if (gpuMetrics.length === 0) return [];
  return [graph('GPU, by metrics of your own', { left: gpuMetrics, leftAnnotations: target(fleet.gpuTarget), width: COLUMNS })];
}

/** The metrics of all functions; none if only one function is shown. */
function requestsOf({ functions, chosenByVariable }: Shown): cloudwatch.IMetric[] {
  return chosenByVariable ? [] : functions.map(({ metrics }) => metrics.invocations({ period: METRIC_PERIOD }));
}

/** Returns the limits of a function, as far as they are known. */
function describe(view: FunctionView): string[] {
  const { memorySize, vCpus, maxConcurrency, minExecutionEnvironments: min, maxExecutionEnvironments: max, timeout } = view;
  const environments = min !== undefined && max !== undefined ? `${min} to ${max}` : `${min === undefined ? 'at most' : 'at least'} ${min ?? max}`;
  return [
    ...memorySize === undefined ? [] : [`${memorySize} MB`],
    ...vCpus === undefined ? [] : [`${vCpus} vCPU`],
    ...maxConcurrency === undefined ? [] : [`${maxConcurrency} at once per environment`],
    ...min === undefined && max === undefined ? [] : [`${environments} environments`],
    ...timeout === undefined ? [] : [`timeout ${timeout} s`],
  ];
}

/** The appearance of an expression. */
interface Look {
  readonly label: string;
  readonly color?: string;
}

/** The metrics that expressions name by a letter and the number of the function. */
const KEY_METRICS: Record<string, (metrics: ExecutionEnvironmentMetrics) => cloudwatch.IMetric> = {
  i: (metrics) => metrics.invocations(),
  t: (metrics) => metrics.throttles(),
  e: (metrics) => metrics.errors(),
  d: (metrics) => metrics.duration(),
};

/** Returns the metrics of each function that an expression names. */
function metricsOf(functions: ShownFunction[], expression: string): Record<string, cloudwatch.IMetric> {
  const letters = Object.keys(KEY_METRICS).filter((letter) => new RegExp(`\\b${letter}0\\b`).test(expression));
  return Object.fromEntries(functions.flatMap(({ metrics }, i) => letters.map((letter) => [`${letter}${i}`, KEY_METRICS[letter](metrics)])));
}

function math(functions: ShownFunction[], expression: string, look: Look): cloudwatch.MathExpression {
  const usingMetrics = metricsOf(functions, expression);
  const [{ period }] = Object.values(usingMetrics).map((metric) => metric.toMetricConfig().metricStat!);
  return new cloudwatch.MathExpression({ expression, usingMetrics, period, ...look });
}

function sumOf(functions: ShownFunction[], term: (index: number) => string): string {
  return functions.map((_, index) => term(index)).join(' + ');
}

function total(functions: ShownFunction[], term: (index: number) => string, label: string): cloudwatch.MathExpression {
  return math(functions, sumOf(functions, term), { label, color: COLORS.requests });
}

/** Returns one kind of request in percent of all. */
function shareOf(functions: ShownFunction[], part: string, whole: string, look: Look, partIsExtra: boolean): cloudwatch.MathExpression {
  const parts = sumOf(functions, (i) => `FILL(${part}${i}, 0)`);
  const all = sumOf(functions, (i) => `FILL(${whole}${i}, 0)${partIsExtra ? ` + FILL(${part}${i}, 0)` : ''}`);
  return math(functions, `IF(${all} > 0, 100 * (${parts}) / (${all}), 0)`, look);
}

function slowest(functions: ShownFunction[]): cloudwatch.IMetric {
  if (functions.length === 1) return functions[0].metrics.duration();
  return math(functions, `MAX([${functions.map((_, i) => `d${i}`).join(', ')}])`, { label: 'p99 ms', color: COLORS.duration });
}

function environmentsOf({ fleet, environments: { dimensions } }: Shown): cloudwatch.IMetric {
  const all = searchTotal({
    metricName: 'ExecutionEnvironmentConcurrency',
    statistic: cloudwatch.Stats.SAMPLE_COUNT,
    dimensions,
    where: { CapacityProviderName: fleet.name },
  });
  return searchExpression(all, { label: '≈ environments', color: COLORS.environments });
}

function keyFigure(title: string, metric: cloudwatch.IMetric): cloudwatch.IWidget {
  return new cloudwatch.SingleValueWidget({ title, metrics: [metric], sparkline: true, width: KEY_FIGURE, height: KEY_FIGURE });
}

function target(value: number | undefined): cloudwatch.HorizontalAnnotation[] {
  return limits(value, 'scaling target');
}
