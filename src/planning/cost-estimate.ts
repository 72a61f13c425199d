import { InstanceCostRange, KeptHosts, PricedPlan, pricedPlans, rangeOf } from './cost-facts';
import { estimateText } from './estimate-text';
import { FunctionEstimate, LoadFacts, resolveLoad } from './function-estimate';
import { LoadRate } from './load-sizing';
import { monthlyRange, MonthlyCostRange } from './monthly-cost';
import { PlanFigures } from './plan-figures';
import { breakEven, BreakEvenConcurrency, standardLambdaCost, StandardLambdaCost } from './standard-lambda';
import { suggestedNeed, SuggestedNeed } from './suggested-need';
import { sum, times } from './unknown-numbers';
import { demandOf, environmentsOf, isKnownAtRest, LiveVersion } from '../sizing/fleet-demand';
import { hostsOn, vCpusOfHosts } from '../sizing/fleet-need';

/**
 * Options of an estimate.
 */
export interface EstimateOptions {
  /**
   * Whether standard Lambda's free tier is subtracted: a million requests and 400,000 GB-seconds per month, for the whole account.
   *
   * @default false
   */
  readonly freeTier?: boolean;
}

/**
 * An estimate of what a load costs on a fleet, from the idle floor to its ceiling, and on standard Lambda.
 */
export class CostEstimate {
  /**
   * Returns the estimate for valid loads.
   *
   * @internal
   */
  public static _of(plan: PlanFigures, load: LoadFacts[], options: EstimateOptions): CostEstimate {
    return new CostEstimate(plan, load, options);
  }

  /**
   * The environments and settings that the load of each function needs.
   */
  public readonly functions: FunctionEstimate[];

  /**
   * The cost of the requests in dollars a month. Undefined if a load is a token.
   */
  public readonly requests?: number;

  /**
   * The cost at rest: EC2 and the fee, without requests. Undefined if no price is known.
   */
  public readonly floor?: MonthlyCostRange;

  /**
   * The cost of EC2 and the fee with the environments that the load needs on average, but no more than `maxVCpuCount` allows. Undefined if a
   * price or a size isn't known.
   */
  public readonly expected?: MonthlyCostRange;

  /**
   * Whether the load needs more instances than `maxVCpuCount` allows, on at least one type that Lambda may choose. Requests beyond that are
   * throttled. Undefined if `expected` is undefined.
   */
  public readonly exceedsCeiling?: boolean;

  /**
   * The `maxVCpuCount` for this load. It has room for the suggested environments at the peak, the other functions at rest, a second version of the
   * largest function while that is deployed, and one instance for a replacement. Undefined if nothing is suggested, or if no type is known to hold
   * the fleet.
   */
  public readonly suggestedMaxVCpuCount?: number;

  /**
   * The cost of EC2 and the fee with the fleet at its largest. Undefined if a price or a limit isn't known.
   */
  public readonly ceiling?: MonthlyCostRange;

  /**
   * The cost of the same load on standard Lambda: requests and GB-seconds. Undefined if the memory of a function isn't known, or if it
   * can't run there because it has a GPU, has too much memory, or runs longer than 30 minutes.
   */
  public readonly standardLambda?: StandardLambdaCost;

  /**
   * The average number of requests at once, over all functions of the load, above which the floor is cheaper than standard Lambda on the architecture
   * of the functions. This holds as long as the floor has room for the requests. Undefined if a price isn't known, or if nothing is kept at rest.
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
    const estimates = new Map(loads.map(({ version, estimate }) => [version, estimate]));
    const loadOf = (version: LiveVersion) => estimates.get(version);
    const known = this.functions.every(({ executionEnvironments }) => executionEnvironments !== undefined)
      && facts.versions.every((version) => loadOf(version) !== undefined || isKnownAtRest(version));
    const environments = environmentsOf(facts.versions, (version) => loadOf(version)?.executionEnvironments ?? version.minEnvironments);
    const needed = ({ type, atRest }: PricedPlan) => {
      const packed = hostsOn(type, environments, { zones: facts.zones }, gpuMemory);
      return packed && vCpusOfHosts(packed) > vCpusOfHosts(atRest) ? packed : atRest;
    };
    const isTooMuch = (priced: PricedPlan) => priced.maximum !== undefined && vCpusOfHosts(needed(priced)) > vCpusOfHosts(priced.maximum);
    const expected = (priced: PricedPlan): KeptHosts[] | undefined => {
      const busy = isTooMuch(priced) ? priced.maximum : needed(priced);
      // While no environments are kept, nothing runs: calls are throttled until a schedule raises their number.
      return busy && priced.kept.map(({ share, hosts }) => ({ share, hosts: facts.week && hosts.length === 0 ? [] : busy }));
    };
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
   * Returns the estimate as text, at most 80 characters wide.
   */
  public toString(): string {
    return estimateText(this);
  }

  /**
   * Returns the estimate as an object for programs. Its shape is versioned and described by `schema/cost-estimate-1.json` in the repository of this library.
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
