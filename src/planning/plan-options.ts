import { PriceTerms } from './cost-facts';
import { isEncodedToken } from '../prices/encoded-token';
import { PriceBook } from '../prices/price-book';
import { Problem } from '../service/problem';

/**
 * What a plan is computed with.
 */
export interface CapacityPlanOptions {
  /**
   * The prices of instances and of what is around them.
   *
   * @default PriceBook.builtin()
   */
  readonly prices?: PriceBook;

  /**
   * The discount on the EC2 part, from 0 to 1: 0.66 for 66 % off by a Savings Plan or Reserved Instances. The fee stays on the
   * on-demand price.
   *
   * @default 0
   */
  readonly computeDiscount?: number;

  /**
   * The Region whose prices count.
   *
   * @default - that of the stack; us-east-1 where the stack doesn't say, or this is a token, and the plan tells so
   */
  readonly region?: string;
}

/** Where nobody says which Region it is. */
const ASSUMED_REGION = 'us-east-1';

/** What can't be meant. */
export function optionProblems({ prices, computeDiscount, region }: CapacityPlanOptions): Problem[] {
  const isPossible = computeDiscount === undefined || isEncodedToken(computeDiscount) || (computeDiscount >= 0 && computeDiscount <= 1);
  return [
    ...prices?._problems ?? [],
    ...isPossible ? [] : [{
      property: 'computeDiscount', allowed: 'must be a share from 0 to 1', found: computeDiscount, remedy: 'write 66 % as 0.66',
    }],
    ...region === '' ? [{ property: 'region', allowed: 'must name a Region, such as eu-central-1', found: 'nothing', remedy: 'name it, or leave it out' }] : [],
  ];
}

/** What prices depend on, with the defaults filled in. */
export function priceTerms({ prices, computeDiscount, region }: CapacityPlanOptions, regionOfProvider: string | undefined): PriceTerms {
  return {
    prices: prices ?? PriceBook.builtin(),
    ...regionOf(region, regionOfProvider),
    computeDiscount: isEncodedToken(computeDiscount) ? undefined : computeDiscount ?? 0,
  };
}

/** The first Region that is known, else the one for which most prices are. */
export function regionOf(...regions: (string | undefined)[]): Pick<PriceTerms, 'region' | 'regionAssumed'> {
  const known = regions.find((name) => name !== undefined && !isEncodedToken(name));
  return known === undefined ? { region: ASSUMED_REGION, regionAssumed: true } : { region: known, regionAssumed: false };
}
