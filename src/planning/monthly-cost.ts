import { InstanceCost, InstanceCostRange, totalOf } from './cost-facts';
import { countOfHosts } from '../sizing/fleet-need';

/**
 * The monthly cost of a fleet's instances.
 */
export interface MonthlyCost {
  /**
   * The type of the instances.
   */
  readonly instanceType: string;

  /**
   * The number of instances of all types.
   */
  readonly instances: number;

  /**
   * The number of instances of each type. There is more than one type only if Lambda chooses the type and some versions keep a single
   * environment: Lambda was observed to start an instance of 4 vCPUs for each of those versions.
   */
  readonly instancesByType: { [instanceType: string]: number };

  /**
   * The cost of EC2 in dollars a month, with the discount.
   */
  readonly compute: number;

  /**
   * The management fee in dollars a month, a share of the on-demand price.
   */
  readonly fee: number;

  /**
   * The cost of EC2 and the fee together, in dollars a month.
   */
  readonly total: number;
}

/**
 * The lowest and the highest cost that a fleet can have, since Lambda chooses the instance type.
 */
export interface MonthlyCostRange {
  /** The cost on the cheapest type. */
  readonly lowest: MonthlyCost;
  /** The cost on the most expensive type. */
  readonly highest: MonthlyCost;
}

/** Returns a range of costs in the shape of the public API. */
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
