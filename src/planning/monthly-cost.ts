import { InstanceCost, InstanceCostRange, totalOf } from './cost-facts';

/**
 * What instances of one type cost.
 */
export interface MonthlyCost {
  /**
   * The type of the instances.
   */
  readonly instanceType: string;

  /**
   * How many of them.
   */
  readonly instances: number;

  /**
   * EC2 in $ per month, with the discount.
   */
  readonly compute: number;

  /**
   * The fee for management in $ per month: 15 % of the on-demand price.
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
  return { instanceType: cost.type, instances: cost.instances, compute: cost.compute, fee: cost.fee, total: totalOf(cost) };
}
