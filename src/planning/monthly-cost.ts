import { InstanceCost, InstanceCostRange, totalOf } from './cost-facts';
import { countOfHosts } from '../sizing/fleet-need';

/**
 * What instances cost.
 */
export interface MonthlyCost {
  /**
   * The type of the instances.
   */
  readonly instanceType: string;

  /**
   * How many instances, of all types.
   */
  readonly instances: number;

  /**
   * How many instances of each type. There is more than one type only where Lambda chooses it and some versions keep a single environment:
   * Lambda was seen to start an instance of 4 vCPUs for each of these.
   */
  readonly instancesByType: { [instanceType: string]: number };

  /**
   * EC2 in $ per month, with the discount.
   */
  readonly compute: number;

  /**
   * The fee for management in $ per month, a share of the on-demand price.
   */
  readonly fee: number;

  /**
   * Both.
   */
  readonly total: number;
}

/**
 * The cheapest and the dearest that it can be: Lambda chooses the type.
 */
export interface MonthlyCostRange {
  /** On the type on which it costs least. */
  readonly lowest: MonthlyCost;
  /** On the type on which it costs most. */
  readonly highest: MonthlyCost;
}

/** As a member of the public API. */
export function monthlyRange({ lowest, highest }: InstanceCostRange): MonthlyCostRange {
  return { lowest: monthlyCost(lowest), highest: monthlyCost(highest) };
}

function monthlyCost(cost: InstanceCost): MonthlyCost {
  const { type, hosts, compute, fee } = cost;
  return {
    instanceType: type,
    instances: countOfHosts(hosts),
    instancesByType: Object.fromEntries(hosts.map((entry) => [entry.type.name, entry.count])),
    compute,
    fee,
    total: totalOf(cost),
  };
}
