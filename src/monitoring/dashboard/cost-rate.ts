import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { RESERVED_PER_INSTANCE } from '../../service/reserved-capacity';
import { METRIC_NAMESPACE, METRIC_PERIOD } from '../metrics/metric-names';
import { searchExpression, totalOfProvider } from '../metrics/queries';

/** The price of an hour, split into the part that a discount reduces and the part that it doesn't. */
export interface HourlyCost {
  /** The price of EC2 in dollars, including discounts. */
  readonly ec2: number;
  /** The management fee in dollars, which no discount changes. */
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

/** A part of the price. */
export type CostPart = keyof HourlyCost | 'total';

/** The most types that are priced one by one. With more types, a blended rate says as much, and each type adds two metrics to a graph. */
export const MOST_PRICED_TYPES = 20;

/** Metric math, and the plain metrics in it. */
export interface Expression {
  readonly text: string;
  readonly metrics: Record<string, cloudwatch.IMetric>;
}

/**
 * Returns the hourly price in dollars of one usable vCPU on a type: the instance's price divided by the vCPUs that Lambda leaves to environments.
 *
 * It isn't documented whether `vCPUAvailable` includes the reserved vCPU. If it does, this must divide by all vCPUs.
 */
export function perUsableVCpu({ vCpus, ec2, fee }: InstanceCost): HourlyCost {
  const usable = Math.max(1, vCpus - RESERVED_PER_INSTANCE.vCpus);
  return { ec2: ec2 / usable, fee: fee / usable };
}

/** Whether one price stands for all types, because they aren't known or are too many. */
export function isBlended({ types = [] }: CostRates): boolean {
  return types.length === 0 || types.length > MOST_PRICED_TYPES;
}

/**
 * Returns the approximate cost of a fleet at the moment in dollars an hour: the vCPUs that its instances offer, times their price.
 *
 * A search finds all types, but metric math can't tell the type of a series, so all of them can be multiplied only by the same price. Therefore known
 * types use plain metrics, and unknown types a blended price.
 */
export function rateExpression(capacityProvider: string, rates: CostRates, part: CostPart): Expression {
  return isBlended(rates) ? blended(capacityProvider, amount(blendedCost(rates), part)) : byType(capacityProvider, rates.types!, part);
}

/** Returns the expression as a metric for a graph. */
export function asMetric({ text, metrics }: Expression, label: string): cloudwatch.IMetric {
  if (Object.keys(metrics).length === 0) return searchExpression(text, { label });
  return new cloudwatch.MathExpression({ expression: text, usingMetrics: metrics, period: METRIC_PERIOD, label });
}

/** Returns the price given for all types, or else their mean. */
function blendedCost({ types = [], perUsableVCpu: given }: CostRates): HourlyCost {
  const each = given ? [given] : types.map(perUsableVCpu);
  const mean = (part: keyof HourlyCost) => each.reduce((sum, cost) => sum + cost[part], 0) / Math.max(1, each.length);
  return { ec2: mean('ec2'), fee: mean('fee') };
}

/**
 * Returns the sum over types. A type without a running instance has no data. A list leaves it out, but adding it with `+` would leave the sum without
 * data.
 */
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

/** Formats a number without the error of binary fractions, and never as `1e-7`, which isn't a number in metric math. */
function decimal(cost: number): string {
  return cost.toFixed(8).replace(/\.?0+$/, '');
}
