import { PriceBook } from '../prices/price-book';
import { FeeRate } from '../prices/service-prices';
import { isKnown } from '../reading/fact';
import { StandIns } from '../rules/fleet/candidate-types';
import { Capacity } from '../rules/fleet/capacity';
import { FleetFacts } from '../rules/fleet/fleet-facts';
import { assumption } from '../rules/fleet/need-text';
import { isKnownAtMaximum, isKnownAtRest } from '../sizing/fleet-demand';
import { byFit, familyOf, FleetBounds, HostPlan, Hosts, plansOn, vCpusOfHosts } from '../sizing/fleet-need';

/** The hours of a month in AWS's prices. Source: https://aws.amazon.com/calculator/ (365 days × 24 hours / 12) */
export const HOURS_PER_MONTH = 730;

export const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;

/** The cost of instances, in dollars a month. */
export interface InstanceCost {
  /** The type of most of the instances. */
  readonly type: string;
  /**
   * The instances. They are of one type, unless versions that keep one environment have instances of their own. If schedules change their number,
   * these are the most.
   */
  readonly hosts: Hosts;
  /** The cost of EC2, with the discount. */
  readonly compute: number;
  /** The management fee, a share of the price without discount. */
  readonly fee: number;
}

/** The lowest and the highest cost, since Lambda chooses the type. */
export interface InstanceCostRange {
  readonly lowest: InstanceCost;
  readonly highest: InstanceCost;
}

/** The cost of a fleet while it is idle, and at its largest. */
export interface CostFacts {
  /** Absent if no price is known, or if the number of kept environments isn't known. */
  readonly floor?: InstanceCostRange;
  /** Absent if no price is known, or if nothing bounds the fleet. */
  readonly ceiling?: InstanceCostRange;
  /** Whether schedules change the kept environments, so that the floor is the average over a week. */
  readonly isOverWeek?: boolean;
  /** Whether the floor is a minimum, because the environments that some version keeps aren't known. */
  readonly isAtLeast?: boolean;
  /** Whether the ceiling is an upper bound, because the maximum of some version isn't known. */
  readonly isAtMost?: boolean;
  /** The assumptions about functions, in words. Empty if there are none. */
  readonly assumption?: string;
  /** The types without a price, and the allowed types that aren't in the catalogue. Families, if no list names types. */
  readonly unpriced: string[];
  /** The types for which the priced ones are examples, if Lambda may choose others. */
  readonly standIns?: StandIns;
  /** The date of the prices. */
  readonly asOf?: string;
  readonly region: string;
  /** Whether the Region is an assumption, because it isn't known. */
  readonly regionAssumed?: boolean;
  /** The fee of the fleet's instances. */
  readonly fee: FeeRate;
}

/** The terms of prices: book, Region and discount. */
export interface PriceTerms {
  readonly prices: PriceBook;
  readonly region: string;
  /** Whether the Region is an assumption, because it isn't known. */
  readonly regionAssumed?: boolean;
  /** The discount on EC2, from 0 to 1. Absent if it is known only at deployment. */
  readonly computeDiscount?: number;
}

/** A type with the instances that the fleet needs of it, and its price. */
export interface PricedPlan extends HostPlan {
  /** The on-demand price of an instance of the type, in dollars an hour. */
  readonly hourly: number;
  /** The instances at rest at each time of the week. One entry if no schedule changes them. */
  readonly kept: readonly KeptHosts[];
}

/** The instances at rest for a part of the week. */
export interface KeptHosts {
  /** The share of the week, from 0 to 1. */
  readonly share: number;
  readonly hosts: Hosts;
}

/** The types to compute a range over, and the types without a price. */
export interface PricedPlans {
  readonly plans: PricedPlan[];
  readonly unpriced: string[];
}

/**
 * Prices each type that a fleet may run on. These are all types of a list. Without a list, they are the general purpose families, each in the size
 * that costs least at rest, because a range over all sizes would be too wide to be useful.
 */
export function pricedPlans(
  { types, versions, zones, hasAllowList, week }: FleetFacts, { ceiling }: Capacity, terms: PriceTerms,
): PricedPlans {
  if (!isKnown(types)) return { plans: [], unpriced: [] };
  const { prices, region } = terms;
  const bounds: FleetBounds = { ceiling, zones, freeChoice: !hasAllowList };
  const all = plansOn(types.types, versions, bounds);
  // All times have the same types in the same order, because their environments have the same sizes.
  const times = week?.times.map(({ share, versions: some }) => ({ share, plans: plansOn(types.types, some, bounds) }));
  const plans = all.flatMap((plan, index) => {
    const hourly = prices._hourly(plan.type.name, region);
    if (hourly === undefined) return [];
    const kept = times?.map(({ share, plans: some }) => ({ share, hosts: some[index].atRest })) ?? [{ share: 1, hosts: plan.atRest }];
    return [{ ...plan, hourly, kept }];
  });
  const unpriced = all.filter(({ type }) => prices._hourly(type.name, region) === undefined).map(({ type }) => type.name);
  return types.restricted
    ? { plans, unpriced: [...unpriced, ...types.unknown] }
    : { plans: cheapestOfEachFamily(plans, terms), unpriced: [...new Set(unpriced.map((name) => familyOf({ name })))] };
}

/** Computes the cost of a fleet while it is idle, and at its largest. */
export function costFacts(fleet: FleetFacts, capacity: Capacity, terms: PriceTerms): CostFacts {
  const { plans, unpriced } = pricedPlans(fleet, capacity, terms);
  const { feeRates } = terms.prices._managed();
  const isAtLeast = !fleet.versions.every(isKnownAtRest);
  return {
    floor: isAtLeast && !fleet.versions.some(isKnownAtRest) ? undefined : rangeOf(plans, ({ kept }) => kept, terms),
    ceiling: rangeOf(plans, ({ maximum }) => maximum && allWeek(maximum), terms),
    isOverWeek: fleet.week !== undefined,
    isAtLeast,
    isAtMost: !isKnownAtMaximum(fleet.versions),
    assumption: assumption(fleet.versions),
    unpriced,
    standIns: isKnown(fleet.types) ? fleet.types.standIns : undefined,
    asOf: terms.prices.asOf,
    region: terms.region,
    regionAssumed: terms.regionAssumed,
    fee: plans.some(({ type }) => type.gpu) ? feeRates.gpu : feeRates.general,
  };
}

/** Returns instances that run for the whole week. */
export function allWeek(hosts: Hosts): KeptHosts[] {
  return [{ share: 1, hosts }];
}

/** Returns the cost on the cheapest and on the most expensive type, for some instances of each. Undefined if the instances are unknown for a type. */
export function rangeOf(
  plans: PricedPlan[], hosts: (plan: PricedPlan) => readonly KeptHosts[] | undefined, terms: PriceTerms,
): InstanceCostRange | undefined {
  const costs = [...plans].sort(byFit).map((plan) => {
    const some = hosts(plan);
    return some && costOverWeek(plan.type.name, some, terms);
  });
  if (costs.length === 0 || !costs.every((cost) => cost !== undefined)) return undefined;
  const sorted = [...costs].sort((a, b) => inMillionths(totalOf(a) - totalOf(b)));
  return { lowest: sorted[0], highest: sorted[sorted.length - 1] };
}

/** Returns the cost of a month in which the number of instances changes with the time of the week. */
function costOverWeek(type: string, kept: readonly KeptHosts[], terms: PriceTerms): InstanceCost | undefined {
  let total: InstanceCost = { type, hosts: [], compute: 0, fee: 0 };
  for (const { share, hosts } of kept) {
    const cost = instanceCost(type, hosts, terms);
    if (!cost) return undefined;
    const most = vCpusOfHosts(hosts) > vCpusOfHosts(total.hosts) ? hosts : total.hosts;
    total = { type, hosts: most, compute: total.compute + share * cost.compute, fee: total.fee + share * cost.fee };
  }
  return total;
}

/**
 * Returns the cost of instances for a month: EC2's price less the discount, and the fee on the price without discount. Undefined if a price or the
 * discount isn't known.
 *
 * Source: https://aws.amazon.com/lambda/pricing/ (read 2026-11-20)
 */
export function instanceCost(type: string, hosts: Hosts, terms: PriceTerms): InstanceCost | undefined {
  let [compute, fee] = [0, 0];
  for (const { type: { name, gpu }, count } of hosts) {
    const hourly = terms.prices._hourly(name, terms.region);
    const hour = hourly === undefined ? undefined : instanceHour(hourly, terms, gpu !== undefined);
    if (!hour) return undefined;
    compute += count * HOURS_PER_MONTH * hour.compute;
    fee += count * HOURS_PER_MONTH * hour.fee;
  }
  return { type, hosts, compute, fee };
}

/** Returns the cost of one instance for an hour. Undefined if the discount is known only at deployment. */
export function instanceHour(
  hourly: number, { prices, computeDiscount }: PriceTerms, hasGpu: boolean = false,
): Pick<InstanceCost, 'compute' | 'fee'> | undefined {
  if (computeDiscount === undefined) return undefined;
  const { feeRates } = prices._managed();
  return { compute: hourly * (1 - computeDiscount), fee: hourly * (hasGpu ? feeRates.gpu : feeRates.general).rate };
}

/** Returns the cost of EC2 and the fee together. */
export function totalOf({ compute, fee }: InstanceCost): number {
  return compute + fee;
}

function cheapestOfEachFamily(plans: PricedPlan[], terms: PriceTerms): PricedPlan[] {
  const hourly = (type: string) => terms.prices._hourly(type, terms.region) ?? Infinity;
  const onDemand = ({ kept }: PricedPlan) => kept.reduce((sum, { share, hosts }) => (
    sum + share * hosts.reduce((cost, { type, count }) => cost + count * hourly(type.name), 0)
  ), 0);
  const cheapest = new Map<string, PricedPlan>();
  for (const plan of plans) {
    const family = familyOf(plan.type);
    const known = cheapest.get(family);
    if (!known || (inMillionths(onDemand(plan) - onDemand(known)) || byFit(plan, known)) < 0) cheapest.set(family, plan);
  }
  return [...cheapest.values()];
}

/**
 * Rounds an amount for comparisons, so that the last digit of a fraction doesn't decide between sizes that cost the same. The one that suits the
 * fleet better is chosen instead.
 */
function inMillionths(dollars: number): number {
  return Math.round(dollars * 1e6);
}
