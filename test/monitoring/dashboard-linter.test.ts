import { lint } from './dashboard-linter';
import { DOCUMENTED_OTHERWISE } from './documented-metrics';

const ALLOCATED = ['AWS/Lambda', 'vCPUAllocated', 'CapacityProviderName', 'orders', 'InstanceType', 'c7g.xlarge'];
const CPU = ['AWS/Lambda', 'ExecutionEnvironmentCPUUtilization', 'CapacityProviderName', 'orders', 'FunctionName', 'pay', 'Resource', 'pay:7'];
const search = (terms: string, statistic = 'Sum', period = 300) => `SEARCH('${terms}', '${statistic}', ${period})`;
const TERMS = '{AWS/Lambda,CapacityProviderName,InstanceType} MetricName="vCPUAllocated" CapacityProviderName="orders"';

const graph = (properties: object = {}, place: object = {}) => ({
  type: 'metric', x: 0, y: 0, width: 6, height: 6, properties: { title: 'Graph', metrics: [[...ALLOCATED, { stat: 'Sum' }]], ...properties }, ...place,
});
const math = (expression: string, ...metrics: any[]) => graph({ metrics: [[{ expression }], ...metrics] });
const status = (alarms: string[], place: object = {}) => ({ type: 'alarm', x: 0, y: 6, width: 6, height: 3, properties: { title: 'Alarms', alarms }, ...place });
const variable = (more: object = {}) => ({
  id: 'function',
  pattern: 'Chosen',
  populateFrom: 'FunctionName',
  visible: false,
  search: '{AWS/Lambda,CapacityProviderName,FunctionName,Resource} MetricName="ExecutionEnvironmentConcurrency" CapacityProviderName="orders"',
  ...more,
});

test('takes what is well', () => {
  const body = {
    widgets: [
      graph(),
      graph({ metrics: [CPU, ['...', 'pay:$LATEST.PUBLISHED', { stat: 'Maximum' }], ['.', '.', '.', '.', '.', '.', '.', 'pay:<Version>']] }, { x: 6 }),
      { ...math('100 * a / (a + 2.5)', [...ALLOCATED, { stat: 'Sum', id: 'a', visible: false }]), x: 12 },
      { ...math(`SUM(${search(TERMS)}) / 32`), x: 18 },
      { ...math('SELECT SUM(vCPUAllocated) FROM SCHEMA("AWS/Lambda", CapacityProviderName, InstanceType) WHERE CapacityProviderName = \'orders\' GROUP BY InstanceType ORDER BY SUM() DESC'), y: 6 },
      status(['alarm'], { x: 6 }),
      { type: 'text', x: 0, y: 12, width: 24, height: 1, properties: { markdown: '# Chosen' } },
      { type: 'log', x: 0, y: 13, width: 24, height: 6, properties: { title: 'Log', query: 'SOURCE \'group\' | fields @message' } },
    ],
    variables: [variable({ visible: true })],
  };

  expect(lint(body, ['alarm'])).toEqual([]);
});

test.each<[string, any[], string]>([
  ['an overlap', [graph(), graph({ title: 'Other' }, { x: 5 })], 'Graph overlaps Other'],
  ['a widget beyond the grid', [graph({}, { x: 19 })], 'Graph: leaves the grid'],
  ['a place that is no number', [graph({}, { y: null })], 'Graph: leaves the grid'],
  ['a widget of another kind', [{ ...graph(), type: 'explorer' }], 'Graph: type explorer'],
  ['a graph of nothing', [graph({ metrics: [] })], 'Graph: no metric'],
  ['a text of nothing', [{ ...graph(), type: 'text', properties: { markdown: ' ' } }], 'text: no text'],
  ['a log without a group', [{ ...graph(), type: 'log', properties: { title: 'Log', query: 'fields @message' } }], 'Log: query fields @message'],
  ['a name in other letters', [graph({ metrics: [['AWS/Lambda', 'VCPUAllocated', ...ALLOCATED.slice(2), { stat: 'Sum' }]] })], 'Graph: VCPUAllocated isn\'t documented'],
  ['a metric of another namespace', [graph({ metrics: [['AWS/Lambdas', ...ALLOCATED.slice(1), { stat: 'Sum' }]] })], 'Graph: vCPUAllocated isn\'t documented'],
  ['a dimension too few', [graph({ metrics: [[...ALLOCATED.slice(0, 4), { stat: 'Sum' }]] })], 'Graph: vCPUAllocated with dimensions CapacityProviderName'],
  ['a dimension without a value', [graph({ metrics: [[...ALLOCATED.slice(0, 5), '', { stat: 'Sum' }]] })], 'Graph: vCPUAllocated of '],
  ['a short period', [graph({ metrics: [['AWS/Lambda', 'CPUThrottles', 'FunctionName', 'a', { stat: 'Sum', period: 60 }]] })], 'Graph: CPUThrottles over 60 s'],
  ['a short period of the whole graph', [graph({ period: 60 })], 'Graph: vCPUAllocated over 60 s'],
  ['a sum over more than one publication', [graph({ metrics: [[...ALLOCATED, { stat: 'Sum', period: 3600 }]] })], 'Graph: vCPUAllocated over 3600 s'],
  ['requests that aren\'t summed', [graph({ metrics: [['AWS/Lambda', 'Invocations', 'FunctionName', 'a']] })], 'Graph: Invocations as Average'],
  ['an alias in place of a version', [graph({ metrics: [[...CPU.slice(0, -1), 'pay:live']] })], 'Graph: version pay:live of pay'],
  ['a version of another function', [graph({ metrics: [[...CPU.slice(0, -1), 'ship:7']] })], 'Graph: version ship:7 of pay'],
  ['an id twice', [graph({ metrics: [[...ALLOCATED, { stat: 'Sum', id: 'a' }], [...CPU, { id: 'a' }]] })], 'Graph: id a twice'],
  ['an id that CloudWatch refuses', [graph({ metrics: [[...ALLOCATED, { stat: 'Sum', id: 'A' }]] })], 'Graph: id A'],
  ['a metric that nobody needs', [graph({ metrics: [[...ALLOCATED, { stat: 'Sum', id: 'a', visible: false }]] })], 'Graph: a is neither shown nor used'],
  ['a search for nothing', [math(search('{AWS/Lambda,FunctionName} MetricName="Nothing"'))], 'Graph: Nothing isn\'t documented'],
  ['a search with other dimensions', [math(search(TERMS.replace(',InstanceType', '')))], 'Graph: vCPUAllocated with dimensions CapacityProviderName'],
  ['a search with another statistic', [math(search(TERMS, 'p99'))], 'Graph: vCPUAllocated as p99'],
  ['a search over another period', [math(`SUM(${search(TERMS, 'Sum', 60)})`)], 'Graph: vCPUAllocated over 60 s'],
  ['a search by what it hasn\'t', [math(search(`${TERMS} FunctionName="pay"`))], 'Graph: search for vCPUAllocated by FunctionName'],
  ['a query for nothing', [math('SELECT SUM(Nothing) FROM SCHEMA("AWS/Lambda", CapacityProviderName, InstanceType)')], 'Graph: Nothing isn\'t documented'],
  ['a query with another statistic', [math('SELECT AVG(vCPUAllocated) FROM SCHEMA("AWS/Lambda", CapacityProviderName, InstanceType)')], 'Graph: vCPUAllocated as Average'],
  ['a query by what it hasn\'t', [math('SELECT SUM(vCPUAllocated) FROM SCHEMA("AWS/Lambda", CapacityProviderName, InstanceType) GROUP BY FunctionName ORDER BY SUM() DESC')], 'Graph: query for vCPUAllocated by FunctionName'],
  ['a query that isn\'t ordered', [math('SELECT SUM(vCPUAllocated) FROM SCHEMA("AWS/Lambda", CapacityProviderName, InstanceType) GROUP BY InstanceType')], 'Graph: query SELECT SUM(vCPUAllocated) FROM SCHEMA("AWS/Lambda", CapacityProviderName, InstanceType) GROUP BY InstanceType'],
  ['math over what isn\'t there', [math('100 * b')], 'Graph: b in 100 * b'],
  ['math with a function that isn\'t there', [math('AVERAGE([a])', [...ALLOCATED, { stat: 'Sum', id: 'a' }])], 'Graph: AVERAGE( in AVERAGE([a])'],
  ['a number that math can\'t read', [math('a * 1e7', [...ALLOCATED, { stat: 'Sum', id: 'a' }])], 'Graph: 1e7 in a * 1e7'],
  ['a line without a value', [graph({ annotations: { horizontal: [{ value: null, label: 'limit' }] } })], 'Graph: line limit at null'],
  ['a line twice', [graph({ annotations: { horizontal: [{ value: 1, label: 'limit' }, { value: 1, label: 'limit' }] } })], 'Graph: line limit 1 undefined twice'],
  ['an alarm without status', [], 'alarm has no status'],
  ['an alarm in two statuses', [status(['alarm']), status(['alarm'], { x: 6 })], 'alarm has two statuses'],
  ['a status of nothing', [status([])], 'Alarms: no alarm'],
  ['too many alarms in a status', [status(Array.from({ length: 101 }, (_, i) => `alarm${i}`))], 'Alarms: 101 alarms, at most 100'],
  ['too many metrics in a graph', [graph({ metrics: new Array(501).fill([...ALLOCATED, { stat: 'Sum' }]) })], 'Graph: 501 metrics, at most 500'],
  ['what has no name', [graph({ title: 'undefined' })], 'undefined in the body'],
  ['a token', [{ ...graph(), type: 'text', properties: { markdown: 'at ${Token[TOKEN.7]}' } }], '${Token[ in the body'],
])('finds %s', (what, widgets, error) => {
  expect(lint({ widgets }, what === 'an alarm without status' ? ['alarm'] : [])).toEqual([error]);
});

test.each<[string, any[], string]>([
  ['an id twice', [variable(), variable({ pattern: 'Other' })], 'variable function twice'],
  ['a pattern within another', [variable(), variable({ id: 'other', pattern: 'ChosenToo' })], 'pattern Chosen is in ChosenToo'],
  ['a pattern that is nowhere', [variable({ visible: true })], 'variable function: replaces nothing by Chosen'],
  ['values from a dimension that isn\'t there', [variable({ populateFrom: 'InstanceType' })], 'variable function: populated from InstanceType'],
  ['a search that isn\'t one', [variable({ search: 'MetricName="Duration"' })], 'variable function: search MetricName="Duration"'],
  ['a search with other dimensions', [variable({ search: variable().search.replace(',Resource', '') })], 'variable function: search for ExecutionEnvironmentConcurrency with dimensions CapacityProviderName,FunctionName'],
  ['too many', Array.from({ length: 26 }, (_, i) => variable({ id: `v${i}`, pattern: `<${i}>` })), '26 variables, at most 25'],
])('finds of variables %s', (_what, variables, error) => {
  expect(lint({ widgets: [], variables })).toEqual([error]);
});

test('finds more widgets, metrics and bytes than a dashboard takes', () => {
  const below = (count: number, metrics: number) => Array.from({ length: count }, (_, y) => (
    graph({ title: `Graph ${y}`, metrics: new Array(metrics).fill([...ALLOCATED, { stat: 'Sum' }]) }, { y, height: 1 })
  ));

  expect(lint({ widgets: below(501, 1) })).toEqual(['501 widgets, at most 500']);
  expect(lint({ widgets: below(6, 417) })).toEqual(['2502 metrics, at most 2500']);
  expect(lint({ widgets: [{ ...graph(), type: 'text', properties: { markdown: 'x'.repeat(1_048_576) } }] })).toEqual([expect.stringMatching(/^\d+ bytes, at most 1048576$/)]);
});

test('knows what other sources say', () => {
  const otherwise = [['AWS/Lambda', 'ExecutionEnvironmentVCPUUtilization', ...CPU.slice(2, 6)]];

  expect(lint({ widgets: [graph({ metrics: otherwise })] }, [], DOCUMENTED_OTHERWISE)).toEqual([]);
  expect(lint({ widgets: [graph({ metrics: otherwise })] })).toEqual(['Graph: ExecutionEnvironmentVCPUUtilization isn\'t documented']);
});
