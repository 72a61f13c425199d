import { optionProblems } from './plan-options';
import { isEncodedToken } from '../prices/encoded-token';
import { PriceBook } from '../prices/price-book';
import { Problem } from '../service/problem';

/**
 * What the idle floor may cost.
 */
export interface MonthlyBudget {
  /**
   * $ per month of EC2 and the fee above which the synthesis warns: where the dearest instance type would cost more.
   *
   * @default - no warning
   */
  readonly warnAbove?: number;

  /**
   * $ per month of EC2 and the fee above which the synthesis fails: where even the cheapest instance type costs more. If only
   * dearer ones do, it warns.
   *
   * @default - never
   */
  readonly failAbove?: number;

  /**
   * The prices to compute with.
   *
   * @default PriceBook.builtin()
   */
  readonly prices?: PriceBook;

  /**
   * The discount on the EC2 part, from 0 to 1.
   *
   * @default 0
   */
  readonly computeDiscount?: number;
}

/**
 * A limit on what a fleet costs at rest, judged at synthesis: nothing of it ends in a template.
 *
 * The network, alarms and requests are not in it. Where a price isn't known, nothing is said.
 *
 * ```ts
 * new ManagedInstances(this, 'Fleet', { budget: Budget.monthly({ warnAbove: 300, failAbove: 1000 }) });
 * ```
 */
export class Budget {
  /**
   * A limit in $ per month.
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
   * What can't be meant, for the construct that takes the budget to report.
   *
   * @internal
   */
  public get _problems(): Problem[] {
    const { warnAbove, failAbove, prices, computeDiscount } = this._monthly;
    const amounts = [['warnAbove', warnAbove], ['failAbove', failAbove]] as const;
    return [
      ...optionProblems({ prices, computeDiscount }),
      ...amounts.flatMap(([property, amount]) => (amount === undefined || isEncodedToken(amount) || amount >= 0 ? [] : [{
        property, allowed: 'must be at least $0 a month', found: amount, remedy: 'give the amount, or leave it out',
      }])),
      ...isKnownAmount(warnAbove) && isKnownAmount(failAbove) && warnAbove > failAbove ? [{
        property: 'warnAbove',
        allowed: `must be at most failAbove, $${failAbove} a month`,
        found: `$${warnAbove}`,
        remedy: 'lower it, or leave it out: above failAbove the synthesis fails before it warns',
      }] : [],
      ...warnAbove === undefined && failAbove === undefined ? [{
        property: 'budget', allowed: 'must have warnAbove or failAbove', found: 'neither', remedy: 'give at least one, in $ per month',
      }] : [],
    ];
  }
}

function isKnownAmount(amount: number | undefined): amount is number {
  return amount !== undefined && !isEncodedToken(amount);
}
