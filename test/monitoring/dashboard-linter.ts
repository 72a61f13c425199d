import { Documented, DOCUMENTED, OTHERS } from './documented-metrics';
import { CLOUDWATCH_LIMITS } from '../../src/service/cloudwatch-limits';

/** CloudWatch's defaults for a graph, a search or a query. */
const DEFAULTS = { stat: 'Average', period: 300 };

/** The functions of metric math that the library uses. */
const FUNCTIONS = ['ANOMALY_DETECTION_BAND', 'DIFF', 'FILL', 'IF', 'MAX', 'PERIOD', 'SUM'];
const AGGREGATES: Record<string, string> = { AVG: 'Average', SUM: 'Sum', MAX: 'Maximum', MIN: 'Minimum', COUNT: 'SampleCount' };

const TERM = /\{AWS\/Lambda,([\w,]+)\} MetricName="(\w+)"((?: \w+="[^"]+")*)/;
const SEARCH = new RegExp(`SEARCH\\('${TERM.source}', '(\\w+)', (\\d+)\\)`, 'g');
const QUERY = /^SELECT (\w+)\((\w+)\) FROM SCHEMA\("AWS\/Lambda", ([\w, ]+)\)(?: WHERE (\w+) = '[^']+')?(?: GROUP BY ([\w, ]+) ORDER BY \1\(\) DESC)?$/;

type Documentation = Record<string, Documented>;

/**
 * Returns the mistakes in the body of a dashboard.
 *
 * @param body the body as CloudWatch gets it, with intrinsic functions as `<…>`
 * @param alarms the alarms that a status widget must show
 * @param documented the documented metrics
 */
export function lint(body: any, alarms: string[] = [], documented: Documentation = DOCUMENTED): string[] {
  const { widgets, variables = [] } = body;
  const statuses: string[] = widgets.flatMap(({ type, properties }: any) => (type === 'alarm' ? properties.alarms : []));
  return [
    ...widgets.flatMap((widget: any) => [...lintPlace(widget), ...(LINTERS[widget.type]?.(widget.properties, documented) ?? [`type ${widget.type}`])]
      .map((error) => `${titleOf(widget)}: ${error}`)),
    ...overlaps(widgets),
    ...alarms.filter((alarm) => !statuses.includes(alarm)).map((alarm) => `${alarm} has no status`),
    ...twice(statuses).map((alarm) => `${alarm} has two statuses`),
    ...lintVariables(variables, JSON.stringify(widgets), documented),
    ...tooMany('widgets', widgets.length, CLOUDWATCH_LIMITS.dashboardWidgets),
    ...tooMany('metrics', widgets.flatMap(({ properties }: any) => rowsOf(properties)).length, CLOUDWATCH_LIMITS.metricsPerDashboard),
    ...tooMany('variables', variables.length, CLOUDWATCH_LIMITS.dashboardVariables),
    ...tooMany('bytes', Buffer.byteLength(JSON.stringify(body)), CLOUDWATCH_LIMITS.templateBytes),
    // The texts that JavaScript or CDK leave in place of a missing value.
    ...(JSON.stringify(body).match(/undefined|NaN|\[object|\$\{Token\[/g) ?? []).map((garbage) => `${garbage} in the body`),
  ];
}

/** The checks of each kind of widget. */
const LINTERS: Record<string, (properties: any, documented: Documentation) => string[]> = {
  text: ({ markdown }) => (markdown?.trim() ? [] : ['no text']),
  alarm: ({ alarms = [] }) => [...alarms.length > 0 ? [] : ['no alarm'], ...tooMany('alarms', alarms.length, CLOUDWATCH_LIMITS.alarmsPerStatusWidget)],
  log: ({ query }) => (/^SOURCE '[^']+' \| \w/.test(query ?? '') ? [] : [`query ${query}`]),
  metric: lintMetrics,
};

function lintPlace({ x, y, width, height }: any): string[] {
  const fits = [x, y, width, height].every(Number.isInteger) && x >= 0 && y >= 0 && width > 0 && height > 0;
  return fits && x + width <= CLOUDWATCH_LIMITS.dashboardColumns ? [] : ['leaves the grid'];
}

function overlaps(widgets: any[]): string[] {
  return widgets.flatMap((a, i) => widgets.slice(i + 1)
    .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
    .map((b) => `${titleOf(a)} overlaps ${titleOf(b)}`));
}

function lintMetrics(properties: any, documented: Documentation): string[] {
  const rows = rowsOf(properties);
  const options = rows.map((row) => row.at(-1));
  const ids: string[] = options.flatMap(({ id }) => id ?? []);
  const used = options.flatMap(({ expression }) => (expression ? namesIn(expression) : []));
  const lines: any[] = properties.annotations?.horizontal ?? [];
  return [
    ...rows.length > 0 ? [] : ['no metric'],
    ...tooMany('metrics', rows.length, CLOUDWATCH_LIMITS.metricsPerGraph),
    ...rows.flatMap((row) => lintRow(row, properties, ids, documented)),
    ...twice(ids).map((id) => `id ${id} twice`),
    ...ids.filter((id) => !/^[a-z]\w*$/.test(id)).map((id) => `id ${id}`),
    // A metric that is neither shown nor used only costs money.
    ...options.filter(({ visible, id }) => visible === false && !used.includes(id)).map(({ id }) => `${id} is neither shown nor used`),
    ...lines.filter(({ value, label }) => !Number.isFinite(value) || !label).map(({ value, label }) => `line ${label} at ${value}`),
    ...twice(lines.map(({ value, label, yAxis }) => `${label} ${value} ${yAxis}`)).map((line) => `line ${line} twice`),
  ];
}

/** Returns the rows of `metrics` with their options, and without the shorthands for "as above". */
function rowsOf({ metrics = [] }: any): any[][] {
  const rows: any[][] = [];
  for (const row of metrics) {
    const above = rows.at(-1) ?? [];
    const hasOptions = typeof row.at(-1) === 'object';
    const names = hasOptions ? row.slice(0, -1) : row;
    const full = names[0] === '...' ? [...above.slice(0, -names.length), ...names.slice(1)] : names.map((name: string, i: number) => (name === '.' ? above[i] : name));
    rows.push([...full, hasOptions ? row.at(-1) : {}]);
  }
  return rows;
}

function lintRow(row: any[], widget: any, ids: string[], documented: Documentation): string[] {
  const { expression, stat = widget.stat ?? DEFAULTS.stat, period = widget.period ?? DEFAULTS.period } = row.at(-1);
  if (expression !== undefined) return lintExpression(expression, ids, documented);
  const [namespace, metricName, ...dimensions] = row.slice(0, -1);
  const names = dimensions.filter((_, i) => i % 2 === 0);
  const values = dimensions.filter((_, i) => i % 2 === 1);
  const [pattern, other] = OTHERS[namespace] ?? [];
  const known = namespace === 'AWS/Lambda' ? documented[metricName] : (pattern?.test(metricName) ? other : undefined);
  return [
    ...lintSeries(metricName, known, names, stat, period),
    ...values.filter((value) => typeof value !== 'string' || value === '').map((value) => `${metricName} of ${value}`),
    ...lintVersion(Object.fromEntries(names.map((name, i) => [name, values[i]]))),
  ];
}

function lintSeries(metricName: string, known: Documented | undefined, dimensions: string[], statistic: string, period: number): string[] {
  if (!known) return [`${metricName} isn't documented`];
  return [
    ...same(dimensions, known.dimensions) ? [] : [`${metricName} with dimensions ${dimensions}`],
    ...known.statistics.includes(statistic) ? [] : [`${metricName} as ${statistic}`],
    ...known.periods.includes(period) ? [] : [`${metricName} over ${period} s`],
  ];
}

/** Checks that a version belongs to the function beside it, and isn't an alias. */
function lintVersion({ FunctionName, Resource }: Record<string, string>): string[] {
  if (Resource === undefined) return [];
  const version = Resource.startsWith(`${FunctionName}:`) ? Resource.slice(FunctionName.length + 1) : '';
  return /^(\$LATEST\.PUBLISHED|[1-9]\d*|<.+>)$/.test(version) ? [] : [`version ${Resource} of ${FunctionName}`];
}

/** Checks that each search and query has the name and the dimensions of its metric, and that math refers only to ids in the graph. */
function lintExpression(expression: string, ids: string[], documented: Documentation): string[] {
  if (expression.startsWith('SELECT')) return lintQuery(expression, documented);
  const searches = [...expression.matchAll(SEARCH)];
  return [
    ...searches.flatMap(([, dimensions, metricName, where, statistic, period]) => [
      ...lintSeries(metricName, documented[metricName], dimensions.split(','), statistic, Number(period)),
      ...lintConditions(metricName, dimensions, where),
    ]),
    ...namesIn(expression).filter((name) => !ids.includes(name)).map((name) => `${name} in ${expression}`),
  ];
}

function lintQuery(expression: string, documented: Documentation): string[] {
  const [, aggregate, metricName, schema, where, groups] = QUERY.exec(expression) ?? [];
  if (!schema) return [`query ${expression}`];
  const dimensions = schema.split(', ');
  const named = [...where ? [where] : [], ...groups?.split(', ') ?? []];
  return [
    ...lintSeries(metricName, documented[metricName], dimensions, AGGREGATES[aggregate], DEFAULTS.period),
    ...named.filter((name) => !dimensions.includes(name)).map((name) => `query for ${metricName} by ${name}`),
  ];
}

function lintConditions(metricName: string, dimensions: string, where: string): string[] {
  const names = [...where.matchAll(/ (\w+)=/g)].map(([, name]) => name);
  return names.filter((name) => !dimensions.split(',').includes(name)).map((name) => `search for ${metricName} by ${name}`);
}

/** Returns the ids in an expression, and everything else that is neither a number nor a function, including the rest of a malformed search. */
function namesIn(expression: string): string[] {
  const words = expression.replace(SEARCH, '').match(/[A-Za-z_]\w*(?:\()?|\d[\w.]*/g) ?? [];
  return words.filter((word) => !/^\d+(\.\d+)?$/.test(word) && !(word.endsWith('(') && FUNCTIONS.includes(word.slice(0, -1))));
}

function lintVariables(variables: any[], widgets: string, documented: Documentation): string[] {
  const patterns: string[] = variables.map(({ pattern }) => pattern);
  return [
    ...twice(variables.map(({ id }) => id)).map((id) => `variable ${id} twice`),
    ...variables.flatMap(({ id, pattern, visible, search = '', populateFrom }) => {
      const [found, dimensions, metricName, where] = TERM.exec(search) ?? [];
      return [
        ...found === search && search ? [
          ...same(dimensions.split(','), documented[metricName]?.dimensions) ? [] : [`search for ${metricName} with dimensions ${dimensions}`],
          ...lintConditions(metricName, dimensions, where),
          ...dimensions.split(',').includes(populateFrom) ? [] : [`populated from ${populateFrom}`],
        ] : [`search ${search}`],
        ...visible && !widgets.includes(pattern) ? [`replaces nothing by ${pattern}`] : [],
      ].map((error) => `variable ${id}: ${error}`);
    }),
    // Otherwise a choice would replace a part of another variable's pattern.
    ...patterns.flatMap((one, i) => patterns.filter((other, j) => i !== j && other.includes(one)).map((other) => `pattern ${one} is in ${other}`)),
  ];
}

function tooMany(what: string, found: number, most: number): string[] {
  return found > most ? [`${found} ${what}, at most ${most}`] : [];
}

function twice(values: string[]): string[] {
  return values.filter((value, i) => values.indexOf(value) !== i);
}

function titleOf({ type, properties }: any): string {
  return properties.title ?? `${type} ${properties.markdown?.slice(0, 30) ?? ''}`.trim();
}

function same(a: string[], b: string[] = []): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}
