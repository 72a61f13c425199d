/** The properties of an instance type that determine its price. */
export interface PricedType {
  /** `c8g.2xlarge`. */
  readonly name: string;
  /** `c8g`. */
  readonly family: string;
  readonly vCpus: number;
  readonly isMetal: boolean;
}

/** The decimal places of AWS's hourly prices. */
const DECIMALS = 5;

/**
 * Reads a generated table of prices. Its format is described at the head of the file. The table is loaded on first use, and each line is read when
 * one of its prices is needed.
 */
export class OnDemandPrices {
  private readonly load: () => string;
  private lines?: ReadonlyMap<string, string>;
  private readonly columns = new Map<string, ReadonlyMap<string, number>>();

  constructor(load: () => string) {
    this.load = load;
  }

  /** Returns a price in dollars an hour. Undefined if the table doesn't have it. */
  hourly({ name, family, vCpus, isMetal }: PricedType, region: string): number | undefined {
    const ofType = this.find(name, region);
    if (ofType !== undefined) return ofType;
    // Bare metal costs up to twice as much for each vCPU.
    const perVCpu = isMetal ? undefined : this.find(family, region);
    return perVCpu && Number((perVCpu * vCpus).toFixed(DECIMALS));
  }

  private find(name: string, region: string): number | undefined {
    let prices = this.columns.get(name);
    if (!prices) {
      prices = this.parse(name);
      this.columns.set(name, prices);
    }
    return prices.get(region);
  }

  private parse(name: string): ReadonlyMap<string, number> {
    this.lines ??= new Map(this.load().trim().split('\n').map((line, i) => [i === 0 ? '' : line.split(' ', 1)[0], line]));
    const regions = this.lines.get('')!.split(' ');
    const prices = this.lines.get(name)?.slice(name.length).match(/[=-]|\d+(\.\d+)?|\.\d+/g) ?? [];
    return new Map(prices.flatMap((price, i): [string, number][] => (
      price === '-' ? [] : [[regions[i], Number(price === '=' ? prices[0] : price)]]
    )));
  }
}
