import { optionProblems } from './plan-options';
import { isEncodedToken } from '../prices/encoded-token';
import { PriceBook } from '../prices/price-book';
import { Problem } from '../service/problem';

/**
 * Properties of a monthly budget.
 */
export interface MonthlyBudget {
  /**
   * The cost of EC2 and the fee, in dollars a month, above which synthesis warns. It warns if the most expensive allowed instance type would cost
   * more.
   *
   * @default - no warning
   */
  readonly warnAbove?: number;

  /**
   * The cost of EC2 and the fee, in dollars a month, above which synthesis fails. It fails if even the cheapest allowed instance type costs more. If
   * only more expensive types cost more, synthesis warns.
   *
   * @default - synthesis never fails
   */
  readonly failAbove?: number;

  /**
   * The prices to compute with.
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
}

/**
 * A limit on the cost of a fleet at rest, checked at synthesis. It doesn't appear in the template.
 *
 * The budget covers EC2 and the fee, but not network, alarms or requests. If a price isn't known, nothing is checked.
 *
 * ```ts
 * new ManagedInstances(this, 'Fleet', { budget: Budget.monthly({ warnAbove: 300, failAbove: 1000 }) });
 * ```
 */
export class Budget {
  /**
   * Returns a budget in dollars a month. Set at least one of `warnAbove` and `failAbove`.
   */
  public static monthly(budget: MonthlyBudget): Budget {
    return new Budget(budget);
  }

  /**
   * @internal
   */
  public readonly _monthly: MonthlyBudget;

  private constructor(budget: MonthlyBudget) {
    this._monthly = budget;
  }

  /**
   * Lists the amounts that make no sense. The construct that takes the budget reports them.
   *
   * @internal
   */
  public get _problems(): Problem[] {
    const { warnAbove, failAbove, prices, computeDiscount } = this._monthly;
    const amounts = [['warnAbove', warnAbove], ['failAbove', failAbove]] as const;
    return [
      ...optionProblems({ prices, computeDiscount }),
      ...amounts.flatMap(([property, amount]) => (amount === undefined || isEncodedToken(amount) || amount >= 0 ? [] : [{
        property, allowed: 'must be at least $0 a month', found: amount, remedy: `correct ${property}, or leave it out`,
      }])),
      ...isKnownAmount(warnAbove) && isKnownAmount(failAbove) && warnAbove > failAbove ? [{
        property: 'warnAbove',
        allowed: `must not be above failAbove, which is $${failAbove} a month`,
        found: `$${warnAbove}`,
        remedy: 'lower it, or leave it out: above failAbove, synthesis fails before it warns',
      }] : [],
      ...warnAbove === undefined && failAbove === undefined ? [{
        property: 'budget', verb: 'has', allowed: 'needs at least one of the two', found: 'neither warnAbove nor failAbove', remedy: 'set one, in dollars a month',
      }] : [],
    ];
  }
}

function isKnownAmount(amount: number | undefined): amount is number {
  return amount !== undefined && !isEncodedToken(amount);
}
