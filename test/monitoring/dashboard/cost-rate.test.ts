import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as fc from 'fast-check';
import { asMetric, CostPart, CostRates, InstanceCost, isBlended, perUsableVCpu, rateExpression } from '../../../src/monitoring/dashboard/cost-rate';
import { evaluate, Series } from '../../../tools/metric-math';
import { testStack } from '../../util';

/** Some hour's prices: what is tested is arithmetic. */
const XLARGE: InstanceCost = { instanceType: 'c7g.xlarge', vCpus: 4, ec2: 0.145, fee: 0.02175 };
const LARGE: InstanceCost = { instanceType: 'm7g.large', vCpus: 2, ec2: 0.0816, fee: 0.01224 };

/** What environments hold, and what is free, on each type; none where no instance runs. */
type Offered = [allocated: number | undefined, available: number | undefined][];

/** What the expression gives where this is offered. */
function rate(rates: CostRates, part: CostPart, offered: Offered): number | undefined {
  const { text, metrics } = rateExpression('orders', rates, part);
  const scope: Record<string, Series> = Object.fromEntries(offered.flatMap(([allocated, available], i) => [[`allocated${i}`, [allocated]], [`available${i}`, [available]]]));
  const total = (which: 0 | 1) => offered.reduce((sum, values) => sum + (values[which] ?? 0), 0);
  if (Object.keys(metrics).length > 0) return evaluate(text, scope)[0];
  const searchFor = (metricName: string) => (
    `SUM(SEARCH('{AWS/Lambda,CapacityProviderName,InstanceType} MetricName="${metricName}" CapacityProviderName="orders"', 'Sum', 300))`
  );
  const plain = text.replace(searchFor('vCPUAllocated'), 'allocated').replace(searchFor('vCPUAvailable'), 'available');
  return evaluate(plain, { allocated: [total(0)], available: [total(1)] })[0];
}

test('three instances cost three times as much as one, however full they are', () => {
  expect(rate({ types: [XLARGE] }, 'ec2', [[5, 4]])).toBeCloseTo(3 * 0.145, 6);
  expect(rate({ types: [XLARGE] }, 'ec2', [[9, 0]])).toBeCloseTo(3 * 0.145, 6);
  expect(rate({ types: [XLARGE] }, 'fee', [[5, 4]])).toBeCloseTo(3 * 0.02175, 6);
  expect(rate({ types: [XLARGE] }, 'total', [[5, 4]])).toBeCloseTo(3 * 0.16675, 6);
});

test('each type has its price', () => {
  expect(rate({ types: [XLARGE, LARGE] }, 'ec2', [[6, 0], [1, 1]])).toBeCloseTo(2 * 0.145 + 2 * 0.0816, 6);
});

test('a type of which no instance runs costs nothing, and takes the others\' cost with it no more', () => {
  expect(rate({ types: [XLARGE, LARGE] }, 'ec2', [[6, 0], [undefined, undefined]])).toBeCloseTo(2 * 0.145, 6);
  expect(rate({ types: [XLARGE, LARGE] }, 'ec2', [[undefined, undefined], [undefined, undefined]])).toBeUndefined();
});

test('where the types aren\'t known one price stands for all that a search finds', () => {
  const rates = { perUsableVCpu: { ec2: 0.05, fee: 0.0075 } };

  expect(isBlended(rates)).toBe(true);
  expect(rate(rates, 'total', [[6, 0], [1, 1]])).toBeCloseTo(8 * 0.0575, 6);
});

test.each([
  [20, false],
  [21, true],
])('%d types are blended: %s', (count, expected) => {
  const types = Array.from({ length: count }, (_, i) => ({ ...XLARGE, instanceType: `c7g.${i}xlarge` }));

  expect(isBlended({ types })).toBe(expected);
  expect(rate({ types }, 'ec2', types.map(() => [3, 0]))).toBeCloseTo(count * 0.145, 4);
});

test.each<[Partial<InstanceCost>, number]>([
  [{}, 0.145 / 3],
  [{ vCpus: 2 }, 0.145],
  [{ vCpus: 1 }, 0.145],
])('a price is spread over what Lambda leaves of an instance: %p', (change, ec2) => {
  expect(perUsableVCpu({ ...XLARGE, ...change }).ec2).toBeCloseTo(ec2, 9);
});

test('more vCPUs never cost less, and the parts are the whole', () => {
  const vCpus = fc.integer({ min: 0, max: 400 });
  fc.assert(fc.property(vCpus, vCpus, vCpus, fc.double({ min: 0.001, max: 30, noNaN: true }), (allocated, available, more, ec2) => {
    const rates = { types: [{ ...XLARGE, ec2, fee: ec2 * 0.15 }, LARGE] };
    const at = (part: CostPart, extra = 0) => rate(rates, part, [[allocated + extra, available], [2, 0]])!;

    expect(at('total', more)).toBeGreaterThanOrEqual(at('total'));
    expect(at('ec2') + at('fee')).toBeCloseTo(at('total'), 3);
  }));
});

test('prices are numbers that metric math can read', () => {
  const { text } = rateExpression('orders', { types: [{ ...XLARGE, ec2: 0.0000003, fee: 0.1 + 0.2 }] }, 'fee');

  expect(text).toBe('SUM([(allocated0 + available0) * 0.1])');
  expect(rateExpression('orders', { types: [{ ...XLARGE, ec2: 0.0000003 }] }, 'ec2').text).toBe('SUM([(allocated0 + available0) * 0.0000001])');
});

test('both kinds stand in one graph, in several parts', () => {
  const stack = testStack();
  const left = [{ types: [XLARGE, LARGE] }, { perUsableVCpu: XLARGE }].flatMap((rates) => (
    [asMetric(rateExpression('orders', rates, 'ec2'), 'EC2'), asMetric(rateExpression('orders', rates, 'fee'), 'fee')]
  ));

  const [{ properties: { metrics } }] = stack.resolve(new cloudwatch.GraphWidget({ left }).toJson());
  expect(metrics.filter(([first]: any[]) => first.expression)).toHaveLength(4);
  expect(metrics.filter(([first]: any[]) => first === 'AWS/Lambda' || first === '.')).toHaveLength(4);
});

test('no alarm can be made on a search', () => {
  const ofTypes = asMetric(rateExpression('orders', { types: [XLARGE] }, 'ec2'), 'EC2');
  const blended = asMetric(rateExpression('orders', { perUsableVCpu: XLARGE }, 'ec2'), 'EC2');

  expect([ofTypes, blended].map((metric) => metric instanceof cloudwatch.SearchExpression)).toEqual([false, true]);
});
