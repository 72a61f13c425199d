import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { RESERVED_PER_INSTANCE } from '../../service/reserved-capacity';
import { METRIC_NAMESPACE, METRIC_PERIOD } from '../metrics/metric-names';
import { searchExpression, totalOfProvider } from '../metrics/queries';

/** The price of an hour, split into the part that a discount reduces and the part that it doesn't. */
export interface HourlyCost {
  /** $ for EC2, discounts included. */
  readonly ec2: number;
  /** $ for Lambda's management, which no discount changes. */
  readonly fee: number;
}

/** The hourly price of an instance. */
export interface InstanceCost extends HourlyCost {
  readonly instanceType: string;
  readonly vCpus: number;
}

/** The prices of the instances of a fleet. */
export interface CostRates {
  /** The prices of each type that Lambda may choose. */
  readonly types?: InstanceCost[];
  /** The average hourly price of one usable vCPU, for fleets whose types aren't known. */
  readonly perUsableVCpu?: HourlyCost;
}

/** Which part of the price. */
export type CostPart = keyof HourlyCost | 'total';

/** Types that are priced one by one. With more, a blended rate says as much, and each type brings two metrics to a graph. */
export const MOST_PRICED_TYPES = 20;

/** Metric math, and the plain metrics in it. */
export interface Expression {
  readonly text: string;
  readonly metrics: Record<string, cloudwatch.IMetric>;
}

/**
 * $ for an hour of one vCPU that environments can get, on a type: the instance's price is spread over what Lambda leaves of it.
 *
 * Whether `vCPUAvailable` leaves out what Lambda keeps isn't documented. If it counts it, this is the place to divide by all vCPUs.
 */
export function perUsableVCpu({ vCpus, ec2, fee }: InstanceCost): HourlyCost {
  const usable = Math.max(1, vCpus - RESERVED_PER_INSTANCE.vCpus);
  return { ec2: ec2 / usable, fee: fee / usable };
}

/** Whether one price stands for all types, since they aren't known or too many. */
export function isBlended({ types = [] }: CostRates): boolean {
  return types.length === 0 || types.length > MOST_PRICED_TYPES;
}

/**
 * $ per hour that a fleet costs at the moment, roughly: the vCPUs that its instances offer, times their price.
 *
 * A search finds types, but nothing in metric math tells of which type a series is, so what it finds can be multiplied by one price
 * only. Hence plain metrics for types that are known, and a blended price where they aren't.
 */
export function rateExpression(capacityProvider: string, rates: CostRates, part: CostPart): Expression {
  return isBlended(rates) ? blended(capacityProvider, amount(blendedCost(rates), part)) : byType(capacityProvider, rates.types!, part);
}

/** The expression as a graph takes it. */
export function asMetric({ text, metrics }: Expression, label: string): cloudwatch.IMetric {
  if (Object.keys(metrics).length === 0) return searchExpression(text, { label });
  return new cloudwatch.MathExpression({ expression: text, usingMetrics: metrics, period: METRIC_PERIOD, label });
}

/** The price given for all types, else their mean. */
function blendedCost({ types = [], perUsableVCpu: given }: CostRates): HourlyCost {
  const each = given ? [given] : types.map(perUsableVCpu);
  const mean = (part: keyof HourlyCost) => each.reduce((sum, cost) => sum + cost[part], 0) / Math.max(1, each.length);
  return { ec2: mean('ec2'), fee: mean('fee') };
}

/** A type without a running instance has no data: a list leaves it out, but a sum with it would have no data either. */
function byType(capacityProvider: string, types: InstanceCost[], part: CostPart): Expression {
  const metric = (metricName: string, instanceType: string) => new cloudwatch.Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { CapacityProviderName: capacityProvider, InstanceType: instanceType },
    statistic: cloudwatch.Stats.SUM,
    period: METRIC_PERIOD,
  });
  const terms = types.map((type, i) => `(allocated${i} + available${i}) * ${decimal(amount(perUsableVCpu(type), part))}`);
  return {
    text: `SUM([${terms.join(', ')}])`,
    metrics: Object.fromEntries(types.flatMap(({ instanceType }, i) => [
      [`allocated${i}`, metric('vCPUAllocated', instanceType)], [`available${i}`, metric('vCPUAvailable', instanceType)],
    ])),
  };
}

function blended(capacityProvider: string, cost: number): Expression {
  const total = (metricName: string) => totalOfProvider(metricName, capacityProvider);
  return { text: `(${total('vCPUAllocated')} + ${total('vCPUAvailable')}) * ${decimal(cost)}`, metrics: {} };
}

function amount({ ec2, fee }: HourlyCost, part: CostPart): number {
  return { ec2, fee, total: ec2 + fee }[part];
}

/** Without the noise of binary fractions, and never as `1e-7`, which isn't a number in metric math. */
function decimal(cost: number): string {
  return cost.toFixed(8).replace(/\.?0+$/, '');
}
