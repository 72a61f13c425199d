import { dollars, instancesText } from './cost-rules';
import { MonthlyCost, MonthlyCostRange } from './monthly-cost';

/** `$205.51 to $309.12`, and `3 × m6g.large to m7a.large`. */
export function rangeText({ lowest, highest }: MonthlyCostRange, extra: number = 0): [string, string] {
  const instances = ({ instanceType, instances: count }: MonthlyCost) => ({ type: instanceType, instances: count });
  return [
    span(dollars(lowest.total + extra), dollars(highest.total + extra)),
    instancesText(instances(lowest), instances(highest)),
  ];
}

/** One where both are the same. */
export function span(low: string, high: string): string {
  return low === high ? low : `${low} to ${high}`;
}
