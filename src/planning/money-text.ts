import { InstanceCostRange, totalOf } from './cost-facts';
import { dollars, instancesText } from './cost-rules';

/** Formats a cost range and its instances: `$205.51 to $309.12`, and `3 × m6g.large to m7a.large`. */
export function rangeText({ lowest, highest }: InstanceCostRange, extra: number = 0): [string, string] {
  return [
    span(dollars(totalOf(lowest) + extra), dollars(totalOf(highest) + extra)),
    instancesText(lowest.hosts, highest.hosts),
  ];
}

/** Formats a range, as a single value if both ends are the same. */
export function span(low: string, high: string): string {
  return low === high ? low : `${low} to ${high}`;
}
