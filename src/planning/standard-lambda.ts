import { InstanceCostRange, SECONDS_PER_MONTH, totalOf } from './cost-facts';
import { ResolvedLoad } from './function-estimate';
import { sum, times } from './unknown-numbers';
import { priceOfTiers, PriceTier, SERVICE_PRICES, StandardLambdaPrices } from '../prices/service-prices';
import { isKnown } from '../reading/fact';

/**
 * The cost of a load on standard Lambda, on both architectures.
 */
export interface StandardLambdaCost {
  /**
   * The cost on x86_64, in dollars a month.
   *
   * @default - the price isn't known in the Region
   */
  readonly x86?: number;

  /**
   * The cost on arm64, in dollars a month.
   *
   * @default - the price isn't known in the Region
   */
  readonly arm64?: number;
}

/**
 * The average number of requests at once above which the idle floor is cheaper than standard Lambda.
 */
export interface BreakEvenConcurrency {
  /** The number if Lambda chooses the cheapest type. */
  readonly lowest: number;
  /** The number if Lambda chooses the most expensive type. */
  readonly highest: number;
}

/** Computes the cost of the requests and of their GB-seconds, with one environment for each request. */
export function standardLambdaCost(loads: ResolvedLoad[], prices: StandardLambdaPrices, freeTier: boolean): StandardLambdaCost | undefined {
  const requests = sum(loads.map((load) => load.requests));
  const gbSeconds = sum(loads.map((load) => times(times(load.requests, load.seconds), times(load.memoryMiB, 1 / 1024))));
  if (requests === undefined || gbSeconds === undefined) return undefined;
  const free = freeTier ? SERVICE_PRICES.standardLambdaFree : { requests: 0, gbSeconds: 0 };
  const ofRequests = times(prices.millionRequests, Math.max(0, requests - free.requests) / 1e6);
  const total = (tiers?: PriceTier[]) => (
    tiers && ofRequests !== undefined ? ofRequests + priceOfTiers(Math.max(0, gbSeconds - free.gbSeconds), tiers) : undefined
  );
  return { x86: total(prices.x86), arm64: total(prices.arm64) };
}

/** Returns the requests at once at which the floor costs as much as standard Lambda: the cost of an hour of the floor, divided by that of an hour of one request. */
export function breakEven(floor: InstanceCostRange, loads: ResolvedLoad[], prices: StandardLambdaPrices): BreakEvenConcurrency | undefined {
  const memoryMiB = meanMemory(loads);
  const [architecture, ...others] = new Set(loads.map((load) => load.architecture));
  const gbSecond = (architecture === 'arm64' ? prices.arm64 : prices.x86)?.[0].price;
  if (!memoryMiB || !gbSecond || totalOf(floor.highest) === 0 || !isKnown(architecture) || others.length > 0) return undefined;
  const concurrency = (monthly: number) => monthly / (SECONDS_PER_MONTH * memoryMiB / 1024 * gbSecond);
  return { lowest: concurrency(totalOf(floor.lowest)), highest: concurrency(totalOf(floor.highest)) };
}

/** Returns the mean memory of the functions, weighted by their requests at once. */
function meanMemory(loads: ResolvedLoad[]): number | undefined {
  const weights = loads.map(({ estimate }) => estimate.averageConcurrency);
  const weight = sum(weights);
  return weight ? times(sum(loads.map(({ memoryMiB }, i) => times(memoryMiB, weights[i]))), 1 / weight) : undefined;
}
