import { PriceTerms } from './cost-facts';
import { isEncodedToken } from '../prices/encoded-token';
import { PriceBook } from '../prices/price-book';
import { Problem } from '../service/problem';

/**
 * Options of a capacity plan.
 */
export interface CapacityPlanOptions {
  /**
   * The prices of instances, and of the resources around them.
   *
   * @default PriceBook.builtin()
   */
  readonly prices?: PriceBook;

  /**
   * The discount on EC2, from 0 to 1: 0.66 for a Savings Plan or Reserved Instances of 66 %. The fee isn't reduced.
   *
   * @default 0
   */
  readonly computeDiscount?: number;

  /**
   * The Region whose prices are used.
   *
   * @default - the Region of the stack; if that isn't known, us-east-1, and the plan says so
   */
  readonly region?: string;
}

/** The Region whose prices are used if it isn't known. */
const ASSUMED_REGION = 'us-east-1';

/** Lists the options that make no sense, such as a discount of 66. */
export function optionProblems({ prices, computeDiscount, region }: CapacityPlanOptions): Problem[] {
  const isPossible = computeDiscount === undefined || isEncodedToken(computeDiscount) || (computeDiscount >= 0 && computeDiscount <= 1);
  const isPercentage = computeDiscount !== undefined && computeDiscount > 1 && computeDiscount <= 100;
  return [
    ...prices?._problems ?? [],
    ...isPossible ? [] : [{
      property: 'computeDiscount',
      allowed: 'must be a share from 0 to 1',
      found: computeDiscount,
      remedy: isPercentage ? `write ${computeDiscount} % as ${Number((computeDiscount / 100).toPrecision(6))}` : 'write 66 % as 0.66, for example',
    }],
    ...region === '' ? [{ property: 'region', allowed: 'must name a Region, such as eu-central-1', found: 'empty', remedy: 'name the Region, or leave it out' }] : [],
  ];
}

/** Returns the terms of prices, with the defaults filled in. */
export function priceTerms({ prices, computeDiscount, region }: CapacityPlanOptions, regionOfProvider: string | undefined): PriceTerms {
  return {
    prices: prices ?? PriceBook.builtin(),
    ...regionOf(region, regionOfProvider),
    computeDiscount: isEncodedToken(computeDiscount) ? undefined : computeDiscount ?? 0,
  };
}

/** Returns the first known Region, or else the assumed one. */
export function regionOf(...regions: (string | undefined)[]): Pick<PriceTerms, 'region' | 'regionAssumed'> {
  const known = regions.find((name) => name !== undefined && !isEncodedToken(name));
  return known === undefined ? { region: ASSUMED_REGION, regionAssumed: true } : { region: known, regionAssumed: false };
}
