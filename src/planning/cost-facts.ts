import { PriceBook } from '../prices/price-book';
import { isKnown } from '../reading/fact';
import { Capacity, FleetFacts } from '../rules/fleet/fleet-facts';
import { byFit, FleetBounds, HostPlan, isKnownAtMaximum, isKnownAtRest, plansOn } from '../sizing/fleet-demand';

/** By which AWS turns hours into months. Source: https://aws.amazon.com/calculator/ (365 days × 24 hours / 12) */
export const HOURS_PER_MONTH = 730;

export const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;

/** What instances of one type cost, in $ per month. */
export interface InstanceCost {
  readonly type: string;
  readonly instances: number;
  /** EC2, with the discount. */
  readonly compute: number;
  /** For management, of the price without discount. */
  readonly fee: number;
}

/** Between which costs it is: Lambda chooses the type. */
export interface InstanceCostRange {
  readonly lowest: InstanceCost;
  readonly highest: InstanceCost;
}

/** What a fleet costs while it is idle, and with all that it may grow to. */
export interface CostFacts {
  /** Absent where no price is known, or nothing of what is kept. */
  readonly floor?: InstanceCostRange;
  /** Absent where no price is known, or nothing bounds the fleet. */
  readonly ceiling?: InstanceCostRange;
  /** Whether the floor is what is kept at least, since what some version keeps isn't known. */
  readonly isAtLeast?: boolean;
  /** Whether the ceiling is what there is at most, since how far some version grows isn't known. */
  readonly isAtMost?: boolean;
  /** Types without a price, and allowed types that nobody knows; families where no list names types. */
  readonly unpriced: string[];
  /** Where the types stand for what Lambda may choose: in words. */
  readonly standIns?: string;
  /** When the prices held. */
  readonly asOf?: string;
  readonly region: string;
  /** Share of the on-demand price. */
  readonly feeRate: number;
}

/** What prices depend on. */
export interface PriceTerms {
  readonly prices: PriceBook;
  readonly region: string;
  /** Share off EC2 alone, from 0 to 1; absent where it is known at deployment only. */
  readonly computeDiscount?: number;
}

/** A type with what it has to hold, and its price. */
export interface PricedPlan extends HostPlan {
  /** $ per hour on demand. */
  readonly hourly: number;
}

/** The types to compute a range over, and what has no price. */
export interface PricedPlans {
  readonly plans: PricedPlan[];
  readonly unpriced: string[];
}

/**
 * Prices each type that a fleet may run on: all of a list; without a list, each general purpose family in the size that
 * costs least at rest, since a bare range over all sizes would say nothing.
 */
export function pricedPlans({ types, versions, zones }: FleetFacts, { ceiling }: Capacity, { prices, region }: PriceTerms): PricedPlans {
  if (!isKnown(types)) return { plans: [], unpriced: [] };
  const bounds: FleetBounds = { ceiling, zones };
  const all = plansOn(types.types, versions, bounds);
  const plans = all.flatMap((plan) => {
    const hourly = prices._hourly(plan.type.name, region);
    return hourly === undefined ? [] : [{ ...plan, hourly }];
  });
  const unpriced = all.filter(({ type }) => prices._hourly(type.name, region) === undefined).map(({ type }) => type.name);
  return types.restricted
    ? { plans, unpriced: [...unpriced, ...types.unknown] }
    : { plans: cheapestOfEachFamily(plans), unpriced: [...new Set(unpriced.map(familyOf))] };
}

/** What the idle fleet costs, and all that it may grow to. */
export function costFacts(fleet: FleetFacts, capacity: Capacity, terms: PriceTerms): CostFacts {
  const { plans, unpriced } = pricedPlans(fleet, capacity, terms);
  const { feeRate } = terms.prices._managed();
  const isAtLeast = !fleet.versions.every(isKnownAtRest);
  return {
    floor: isAtLeast && !fleet.versions.some(isKnownAtRest) ? undefined : rangeOf(plans, ({ atRest }) => atRest, terms),
    ceiling: rangeOf(plans, ({ maximum }) => maximum, terms),
    isAtLeast,
    isAtMost: !isKnownAtMaximum(fleet.versions),
    unpriced,
    standIns: isKnown(fleet.types) ? fleet.types.standIns : undefined,
    asOf: terms.prices.asOf,
    region: terms.region,
    feeRate,
  };
}

/** The cheapest and the dearest of the types, for some number of instances of each. Absent where that is unknown of one. */
export function rangeOf(
  plans: PricedPlan[], instances: (plan: PricedPlan) => number | undefined, terms: PriceTerms,
): InstanceCostRange | undefined {
  const costs = [...plans].sort(byFit).map((plan) => {
    const count = instances(plan);
    return count === undefined ? undefined : instanceCost(plan.type.name, count, plan.hourly, terms);
  });
  if (costs.length === 0 || !costs.every((cost) => cost !== undefined)) return undefined;
  const sorted = [...costs].sort((a, b) => inMillionths(totalOf(a) - totalOf(b)));
  return { lowest: sorted[0], highest: sorted[sorted.length - 1] };
}

/**
 * A month of instances: EC2's price less the discount, and the fee on the price without it.
 *
 * Source: https://aws.amazon.com/lambda/pricing/ (read 2026-11-20)
 */
export function instanceCost(type: string, instances: number, hourly: number, terms: PriceTerms): InstanceCost | undefined {
  const hour = instanceHour(hourly, terms);
  const hours = instances * HOURS_PER_MONTH;
  return hour && { type, instances, compute: hours * hour.compute, fee: hours * hour.fee };
}

/** An hour of one instance. Undefined where the discount is known at deployment only. */
export function instanceHour(hourly: number, { prices, computeDiscount }: PriceTerms): Pick<InstanceCost, 'compute' | 'fee'> | undefined {
  if (computeDiscount === undefined) return undefined;
  return { compute: hourly * (1 - computeDiscount), fee: hourly * prices._managed().feeRate };
}

/** EC2 and fee. */
export function totalOf({ compute, fee }: InstanceCost): number {
  return compute + fee;
}

function cheapestOfEachFamily(plans: PricedPlan[]): PricedPlan[] {
  const cheapest = new Map<string, PricedPlan>();
  for (const plan of plans) {
    const family = familyOf(plan.type.name);
    const known = cheapest.get(family);
    if (!known || (inMillionths(plan.atRest * plan.hourly - known.atRest * known.hourly) || byFit(plan, known)) < 0) cheapest.set(family, plan);
  }
  return [...cheapest.values()];
}

/** Of sizes that cost the same, not the last digit is to decide, but which one suits the fleet better. */
function inMillionths(dollars: number): number {
  return Math.round(dollars * 1e6);
}

/** `m8g` of `m8g.xlarge` and of `m8g.*`. */
function familyOf(type: string): string {
  return type.split('.')[0];
}
