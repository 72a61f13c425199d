import { MonthlyCostRange } from './monthly-cost';
import { dollars } from '../rules/cost-rules';

/** `$205.51 to $309.12`, and `3 × m6g.large to 3 × m7a.large`. */
export function rangeText({ lowest, highest }: MonthlyCostRange, extra: number = 0): [string, string] {
  return [
    span(dollars(lowest.total + extra), dollars(highest.total + extra)),
    span(...[lowest, highest].map(({ instances, instanceType }) => `${instances} × ${instanceType}`) as [string, string]),
  ];
}

/** One where both are the same. */
export function span(low: string, high: string): string {
  return low === high ? low : `${low} to ${high}`;
}
