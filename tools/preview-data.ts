import { evaluate, Series } from './metric-math';

/** The number of data points: eight hours of five minutes each. */
export const POINTS = 96;

/** The number of points in the last three hours, which a dashboard shows by default. */
export const SHOWN = 36;

const DIGITS = 9;

/**
 * Returns made-up values for the metrics of a fleet whose function mostly waits. Traffic triples within twenty minutes at the end. Until more
 * environments run, the existing ones are at their limit of concurrent requests, although their CPUs have time. The values are the same in each run,
 * and rounded because the last bit of a sine depends on the machine.
 */
export function madeUp(metricName: string, statistic: string, which = 0): Series {
  const noise = randomNumbers(hash(metricName + statistic) + which);
  if (/-warnings$/.test(metricName)) return new Array(POINTS).fill(0);
  if (/-launches$/.test(metricName)) return Array.from({ length: POINTS }, (_, i) => (i > 91 ? 3 : Number(i % 17 === 0)));
  const at = (i: number) => VALUES[metricName]?.(i, statistic, which, (share) => 1 + share * (noise() - 0.5)) ?? noise() * 100;
  return Array.from({ length: POINTS }, (_, i) => Number(at(i).toPrecision(DIGITS)));
}

type Wobble = (share: number) => number;

/** Returns the requests in a minute. */
function traffic(i: number): number {
  return 5200 + 2600 * Math.sin((i - 20) / 18) + (i > 86 ? 9000 * Math.min(1, (i - 86) / 4) : 0);
}

/** Returns the environments, which follow the traffic some minutes later. */
function environments(i: number): number {
  return Math.min(16, Math.max(3, Math.ceil(traffic(i - 6) / 1500)));
}

function load(i: number): number {
  return Math.min(1.5, traffic(i) / (environments(i) * 1900));
}

function throttles(i: number): number {
  return i > 88 ? 320 * Math.exp(-((i - 92) ** 2) / 14) : 0;
}

const GIB = 1024 ** 3;
const VALUES: Record<string, (i: number, statistic: string, which: number, wobble: Wobble) => number> = {
  Invocations: (i, _, __, w) => Math.round((traffic(i) - throttles(i)) * w(0.06)),
  Errors: (i, _, __, w) => Math.round(traffic(i) * 0.0015 * w(1.6)),
  Throttles: (i) => Math.round(throttles(i)),
  Duration: (i, _, __, w) => 180 * (1 + load(i) ** 3) * w(0.15),
  ConcurrencyThrottles: (i) => Math.round(throttles(i) * 5),
  CPUThrottles: () => 0,
  MemoryThrottles: () => 0,
  DiskThrottles: () => 0,
  ExecutionEnvironmentConcurrency: (i, statistic, _, w) => {
    if (statistic === 'SampleCount') return environments(i);
    return Math.min(32, (statistic === 'Maximum' ? 30 : 22) * load(i) * w(0.1));
  },
  ExecutionEnvironmentConcurrencyLimit: () => 32,
  ExecutionEnvironmentCPUUtilization: (i, statistic, _, w) => Math.min(100, (statistic === 'Maximum' ? 46 : 34) * load(i) * w(0.08)),
  ExecutionEnvironmentMemoryUtilization: (i, statistic, _, w) => (statistic === 'Maximum' ? 61 : 48) * (0.7 + 0.3 * load(i)) * w(0.03),
  vCPUAllocated: (i, _, which) => Math.ceil(environments(i) * (which === 0 ? 0.7 : 0.3)),
  vCPUAvailable: (i, _, which) => (which === 0 ? 2 : 3) - (Math.ceil(environments(i)) % 2),
  MemoryAllocated: (i, _, which) => Math.ceil(environments(i) * (which === 0 ? 0.7 : 0.3)) * 2 * GIB,
  MemoryAvailable: (i, _, which) => ((which === 0 ? 4 : 9) - (environments(i) % 2)) * GIB,
  CPUUtilization: (i, _, which, w) => Math.min(100, (which === 0 ? 33 : 27) * load(i) * w(0.06)),
  MemoryUtilization: (i, _, which, w) => (which === 0 ? 58 : 41) * (0.8 + 0.2 * load(i)) * w(0.03),
};

/** The instance types or versions that a search finds. */
const FOUND: Record<string, string[]> = { InstanceType: ['c8g.xlarge', 'm8g.large'], Resource: ['orders'], FunctionName: ['orders'] };

/** A line of a graph. */
export interface Line {
  readonly label: string;
  readonly values: Series;
  readonly color?: string;
  readonly right: boolean;
}

/** Returns the lines that the rows of a widget's `metrics` show. */
export function linesOf(rows: any[][]): Line[] {
  const scope: Record<string, Series> = {};
  const rowsWithOptions = rows.map((row) => ({ row, options: typeof row[row.length - 1] === 'object' ? row[row.length - 1] : {} }));
  for (const { row, options } of rowsWithOptions.filter(({ options: { expression } }) => !expression)) {
    scope[options.id ?? row[1]] = madeUp(row[1], options.stat ?? 'Average');
  }
  return rowsWithOptions.filter(({ options }) => options.visible !== false).flatMap(({ row, options }) => {
    const line = { label: options.label ?? row[1], color: options.color, right: options.yAxis === 'right' };
    if (!options.expression) return [{ ...line, values: madeUp(row[1], options.stat ?? 'Average') }];
    return evaluateWithSearch(options.expression, scope, options.period).map(({ values, found }) => ({
      ...line, label: line.label.replace(/\$\{PROP\('Dim\.\w+'\)\}/, found), values,
    }));
  });
}

const SEARCH = /SEARCH\('\{AWS\/Lambda,([\w,]+)\} MetricName="(\w+)"[^']*', '(\w+)', \d+\)/;

/**
 * Returns a band. CloudWatch learns usual values; here they are the mean, and the upper end of the band is a number of standard deviations above it.
 */
function bandAround(values: Series, width: number): Series {
  const known = values.map((value) => value ?? 0);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  return known.map(() => mean + width * deviation);
}

/** Evaluates an expression. A search gives a line for each match, and a sum of a search gives one line. */
function evaluateWithSearch(expression: string, scope: Record<string, Series>, seconds?: number): { values: Series; found: string }[] {
  const [, watched, width] = /^ANOMALY_DETECTION_BAND\((\w+), ([\d.]+)\)$/.exec(expression) ?? [];
  if (watched) return [{ values: bandAround(scope[watched], Number(width)), found: '' }];
  const known = { ...scope };
  let text = expression;
  for (let sum = new RegExp(`SUM\\(${SEARCH.source}\\)`).exec(text); sum; sum = new RegExp(`SUM\\(${SEARCH.source}\\)`).exec(text)) {
    const [whole, dimensions, metricName, statistic] = sum;
    const all = foundBy(dimensions).map((_, which) => madeUp(metricName, statistic, which));
    const id = `sum${Object.keys(known).length}`;
    known[id] = all[0].map((_value, i) => all.reduce((total, series) => total + (series[i] ?? 0), 0));
    text = text.split(whole).join(id);
  }
  const search = SEARCH.exec(text);
  if (!search) return [{ values: evaluate(text, known, seconds), found: '' }];
  const [whole, dimensions, metricName, statistic] = search;
  return foundBy(dimensions).map((found, which) => ({
    values: evaluate(text.replace(whole, 'one'), { one: madeUp(metricName, statistic, which) }, seconds), found,
  }));
}

function foundBy(dimensions: string): string[] {
  return FOUND[dimensions.split(',').slice(-1)[0]];
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2147483647, 7);
}

/** Returns Park and Miller's random number generator. */
function randomNumbers(seed: number): () => number {
  let state = seed % 2147483646 + 1;
  return () => {
    state = state * 48271 % 2147483647;
    return state / 2147483647;
  };
}
