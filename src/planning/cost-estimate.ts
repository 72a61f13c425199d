import { InstanceCostRange, PricedPlan, pricedPlans, rangeOf } from './cost-facts';
import { estimateText } from './estimate-text';
import { FunctionEstimate, LoadFacts, resolveLoad } from './function-estimate';
import { LoadRate } from './load-sizing';
import { monthlyRange, MonthlyCostRange } from './monthly-cost';
import { PlanFigures } from './plan-figures';
import { breakEven, BreakEvenConcurrency, standardLambdaCost, StandardLambdaCost } from './standard-lambda';
import { suggestedNeed, SuggestedNeed } from './suggested-need';
import { sum, times } from './unknown-numbers';
import { demandOf, environmentsOf, isKnownAtRest, LiveVersion } from '../sizing/fleet-demand';
import { Hosts, hostsOn, vCpusOfHosts } from '../sizing/fleet-need';

/**
 * How to estimate.
 */
export interface EstimateOptions {
  /**
   * Whether standard Lambda's free tier is taken off: a million requests and 400,000 GB-seconds per month, for the whole account.
   *
   * @default false
   */
  readonly freeTier?: boolean;
}

/**
 * What a load costs on a fleet, from the idle floor to its ceiling, and on standard Lambda.
 */
export class CostEstimate {
  /**
   * The estimate of loads in which nothing is wrong.
   *
   * @internal
   */
  public static _of(plan: PlanFigures, load: LoadFacts[], options: EstimateOptions): CostEstimate {
    return new CostEstimate(plan, load, options);
  }

  /**
   * What each load needs.
   */
  public readonly functions: FunctionEstimate[];

  /**
   * $ per month for the requests. Undefined where a load is a token.
   */
  public readonly requests?: number;

  /**
   * EC2 and the fee at rest, without requests. Undefined where no price is known.
   */
  public readonly floor?: MonthlyCostRange;

  /**
   * EC2 and the fee with the environments that the load needs on average, as far as `maxVCpuCount` lets them run. Undefined where a
   * price or a size isn't known.
   */
  public readonly expected?: MonthlyCostRange;

  /**
   * Whether the load needs more instances than `maxVCpuCount` lets run, on some type that Lambda may choose: the rest is throttled. Undefined
   * where `expected` is.
   */
  public readonly exceedsCeiling?: boolean;

  /**
   * The `maxVCpuCount` for this load: whole instances for what is suggested at the peak, with the other functions at rest, the function
   * that needs most once more while it is deployed, and one for a replacement. Undefined where nothing is suggested, or no type is known to
   * hold the fleet.
   */
  public readonly suggestedMaxVCpuCount?: number;

  /**
   * EC2 and the fee with all that the fleet may grow to. Undefined where a price or a bound isn't known.
   */
  public readonly ceiling?: MonthlyCostRange;

  /**
   * The same load on standard Lambda: requests and GB-seconds. Undefined where the memory of a function isn't known, or it can't run
   * there: it has a GPU, more memory, or runs longer than 30 minutes.
   */
  public readonly standardLambda?: StandardLambdaCost;

  /**
   * Average requests at once, over all functions of the load, above which the floor is cheaper than standard Lambda on the
   * architecture of the functions. It holds as long as the floor has room for them. Undefined where a price isn't known, or nothing is
   * kept at rest.
   */
  public readonly breakEvenConcurrency?: BreakEvenConcurrency;

  /**
   * @internal
   */
  public readonly _plan: PlanFigures;

  /**
   * @internal
   */
  public readonly _expected?: InstanceCostRange;

  /**
   * @internal
   */
  public readonly _suggestedNeed?: SuggestedNeed;

  /**
   * @internal
   */
  public readonly _rates: (LoadRate | undefined)[];

  private constructor(plan: PlanFigures, load: LoadFacts[], { freeTier = false }: EstimateOptions) {
    const { context, facts, capacity, terms, costs } = plan._details;
    const loads = load.map((entry) => resolveLoad(entry, plan));
    this._plan = plan;
    this.functions = loads.map(({ estimate }) => estimate);
    this.requests = times(sum(loads.map(({ requests }) => requests)), terms.prices._managed().millionRequests / 1e6);
    this.floor = plan.idleFloor;
    this.ceiling = plan.ceiling;
    const { plans } = pricedPlans(facts, capacity, terms);
    const { gpuMemory } = demandOf(facts.versions);
    const loadOf = (version: LiveVersion) => loads.find((entry) => entry.version === version)?.estimate;
    const known = this.functions.every(({ executionEnvironments }) => executionEnvironments !== undefined)
      && facts.versions.every((version) => loadOf(version) !== undefined || isKnownAtRest(version));
    const environments = environmentsOf(facts.versions, (version) => loadOf(version)?.executionEnvironments ?? version.minEnvironments);
    const needed = ({ type, atRest }: PricedPlan) => {
      const packed = hostsOn(type, environments, { zones: facts.zones }, gpuMemory);
      return packed && vCpusOfHosts(packed) > vCpusOfHosts(atRest) ? packed : atRest;
    };
    const isTooMuch = (priced: PricedPlan) => priced.maximum !== undefined && vCpusOfHosts(needed(priced)) > vCpusOfHosts(priced.maximum);
    const expected = (priced: PricedPlan): Hosts | undefined => (isTooMuch(priced) ? priced.maximum : needed(priced));
    const range = known ? rangeOf(plans, expected, terms) : undefined;
    this.expected = range && monthlyRange(range);
    this._expected = range;
    this.exceedsCeiling = range && plans.some(isTooMuch);
    this._rates = loads.map(({ rate }) => rate);
    this._suggestedNeed = suggestedNeed(facts, new Map(loads.map(({ version, estimate }) => [version, estimate.suggested])), context.limits);
    this.suggestedMaxVCpuCount = this._suggestedNeed?.total;
    const standardPrices = terms.prices._standardLambda(terms.region);
    this.standardLambda = standardLambdaCost(loads, standardPrices, freeTier);
    this.breakEvenConcurrency = costs.floor && !costs.isAtLeast ? breakEven(costs.floor, loads, standardPrices) : undefined;
  }

  /**
   * The estimate as text for people, at most 80 characters wide.
   */
  public toString(): string {
    return estimateText(this);
  }

  /**
   * The estimate for programs. Its shape is versioned and described by `schema/cost-estimate-1.json` in the repository of this library.
   */
  public toJson(): any {
    const { functions, requests, exceedsCeiling, suggestedMaxVCpuCount, floor, expected, ceiling, breakEvenConcurrency } = this;
    const { region, _details: { terms } } = this._plan;
    return JSON.parse(JSON.stringify({
      schemaVersion: 1,
      region,
      pricesAsOf: terms.prices.asOf,
      computeDiscount: terms.computeDiscount,
      functions,
      exceedsCeiling,
      suggestedMaxVCpuCount,
      monthly: { requests, floor, expected, ceiling },
      standardLambda: this.standardLambda,
      breakEvenConcurrency,
    }));
  }
}
