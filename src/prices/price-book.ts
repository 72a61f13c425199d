import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { isEncodedToken } from './encoded-token';
import { OnDemandPrices } from './on-demand-prices';
import { isPrice, priceProblems, servicePriceProblems, tableProblems } from './price-problems';
import { PriceTable, ServicePrices } from './price-table';
import { ManagedPrices, MonitoringPrices, NetworkPrices, PriceTier, SERVICE_PRICES, StandardLambdaPrices } from './service-prices';
import { InstanceCatalog } from '../catalog/instance-catalog';
import { Problem } from '../service/problem';

type HourlyPrice = (type: string, region: string) => number | undefined;

/** The catalogue that contains the vCPUs of each type. Types that are newer than the catalogue have no built-in price either. */
const CATALOG = InstanceCatalog._NEWEST;

// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load the table for everybody
const FEBRUARY_2026 = [new OnDemandPrices(() => require('./on-demand-2026-02').TABLE)];

// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load the table for everybody
const NOVEMBER_2026 = [...FEBRUARY_2026, new OnDemandPrices(() => require('./on-demand-2026-11').TABLE)];

/** Returns the prices of the first table that knows one. */
function pricesOf(tables: OnDemandPrices[]): HourlyPrice {
  return (name, region) => {
    const type = CATALOG._find(name);
    if (!type) return undefined;
    for (const table of tables) {
      const price = table.hourly(type, region);
      if (price !== undefined) return price;
    }
    return undefined;
  };
}

/**
 * Prices for estimates, in dollars: EC2's on-demand prices, and the prices of the resources around the instances.
 *
 * Prices change, and your contract may have other prices. A price that isn't in the book stays unknown in the estimate; it is never guessed from
 * another Region or type.
 */
export class PriceBook {
  /**
   * AWS's on-demand prices for Linux of 2026-02-07 in 28 Regions, exact to half a percent. They cover the families C, M and R from generation 5 that
   * were available then, and the GPU types of families G and Gr. Bare metal types have no price.
   *
   * Source: AWS Price List, from the table in an AWS sample (https://github.com/aws-samples/sample-ecs-managed-instances-pricing-calculator).
   */
  public static readonly V2026_02 = new PriceBook({ hourly: pricesOf(FEBRUARY_2026), asOf: '2026-02-07', problems: [] });

  /**
   * The prices of `V2026_02`, plus the prices of newer types in us-east-1 as of 2026-07-20: C9g, M9g, R9g, G7, and the families of generation 8 with
   * more network or volume bandwidth. By then, no other price in us-east-1 had changed. In other Regions, the newer types have no price.
   *
   * Source: AWS Price List, from Karpenter's table (https://github.com/aws/karpenter-provider-aws); R9g from a secondary source.
   */
  public static readonly V2026_11 = new PriceBook({ hourly: pricesOf(NOVEMBER_2026), asOf: '2026-02-07 to 2026-07-20', problems: [] });

  /**
   * Returns the newest prices that this library has, `V2026_11` in this release.
   *
   * A later release may have newer prices, so an upgrade can change the result of a plan or a budget. To prevent that, use a version
   * such as `PriceBook.V2026_11`.
   */
  public static builtin(): PriceBook {
    return PriceBook.V2026_11;
  }

  /**
   * Returns a book with your own prices by instance type, such as those of your contract or of a type that is newer than the built-in
   * prices.
   *
   * ```ts
   * PriceBook.fromTable({ hourly: { 'm9g.xlarge': 0.19568 }, asOf: '2026-07-20', region: 'us-east-1' });
   * ```
   *
   * A plan, estimate or budget that uses the book reports every value in it that can't be a price.
   */
  public static fromTable(table: PriceTable): PriceBook {
    // The table is copied, so that changing it later doesn't change earlier estimates.
    const prices = new Map(Object.entries(table.hourly).filter(([, price]) => isPrice(price)));
    return new PriceBook({
      hourly: (type, region) => (table.region === undefined || table.region === region ? prices.get(type) : undefined),
      // A token would be printed as it is.
      asOf: isEncodedToken(table.asOf) ? undefined : table.asOf,
      problems: tableProblems(table),
    });
  }

  /**
   * Returns a book with one on-demand price for all types and Regions, in dollars per vCPU-hour, as a rule of thumb that needs no table.
   */
  public static perVCpuHour(usd: number): PriceBook {
    const isKnown = isPrice(usd);
    return new PriceBook({
      hourly: (name) => {
        const type = CATALOG._find(name);
        return type && isKnown ? usd * type.vCpus : undefined;
      },
      problems: priceProblems('usd', '$ per vCPU-hour', usd),
    });
  }

  /**
   * The date of the prices of instances, as text: `2026-02-07`. Undefined if it isn't known.
   */
  public readonly asOf?: string;

  /**
   * The mistakes in the book. A plan, estimate or budget that uses the book reports them.
   *
   * @internal
   */
  public readonly _problems: Problem[];

  private readonly hourly: HourlyPrice;
  private readonly service: ServicePrices;

  private constructor({ hourly, asOf, problems, service = {} }: Book) {
    this.hourly = hourly;
    this.asOf = asOf;
    this._problems = [...problems, ...servicePriceProblems(service)];
    this.service = Object.fromEntries(Object.entries(service).filter(([, price]) => isPrice(price)));
  }

  /**
   * Returns the on-demand price of an instance type in a Region such as `eu-central-1`, in dollars an hour, or undefined if it isn't known.
   * The price includes neither discounts nor the fee for managed instances.
   */
  public hourlyPrice(instanceType: ec2.InstanceType, region: string): number | undefined {
    return this._hourly(instanceType.toString(), region);
  }

  /**
   * Returns this book with other prices for the resources around the instances. Prices that you leave out stay as they are.
   *
   * ```ts
   * PriceBook.builtin().withServicePrices({ natGatewayHour: 0.052, interfaceEndpointHour: 0.012 });
   * ```
   */
  public withServicePrices(prices: ServicePrices): PriceBook {
    const given = Object.fromEntries(Object.entries(prices).filter(([, price]) => price !== undefined));
    return new PriceBook({ hourly: this.hourly, asOf: this.asOf, problems: this._problems, service: { ...this.service, ...given } });
  }

  /**
   * Returns the on-demand price in dollars an hour.
   *
   * @internal
   */
  public _hourly(type: string, region: string): number | undefined {
    return this.hourly(type, region);
  }

  /**
   * Returns the prices of functions on managed instances besides the instances, which are the same in every Region.
   *
   * @internal
   */
  public _managed(): ManagedPrices {
    const { feeRates } = SERVICE_PRICES.managed;
    const { managementFeeRate, gpuManagementFeeRate } = this.service;
    return {
      feeRates: {
        general: managementFeeRate === undefined ? feeRates.general : { rate: managementFeeRate },
        gpu: gpuManagementFeeRate === undefined ? feeRates.gpu : { rate: gpuManagementFeeRate },
      },
      millionRequests: this.service.millionManagedRequests ?? SERVICE_PRICES.managed.millionRequests,
    };
  }

  /**
   * Returns the prices of standard Lambda.
   *
   * @internal
   */
  public _standardLambda(region: string): StandardLambdaPrices {
    const known = SERVICE_PRICES.standardLambda[region];
    return {
      millionRequests: this.service.millionStandardRequests ?? known?.millionRequests,
      x86: flat(this.service.standardGbSecondX86) ?? known?.x86,
      arm64: flat(this.service.standardGbSecondArm64) ?? known?.arm64,
    };
  }

  /**
   * Returns the prices of a VPC's egress.
   *
   * @internal
   */
  public _network(region: string): NetworkPrices {
    return {
      natGatewayHour: this.service.natGatewayHour ?? SERVICE_PRICES.natGatewayHour[region],
      publicAddressHour: this.service.publicAddressHour ?? SERVICE_PRICES.publicAddressHour,
      interfaceEndpointHour: this.service.interfaceEndpointHour ?? SERVICE_PRICES.interfaceEndpointHour[region],
    };
  }

  /**
   * Returns the prices of alarms and dashboards.
   *
   * @internal
   */
  public _monitoring(region: string): MonitoringPrices {
    const known = SERVICE_PRICES.monitoring[region];
    return {
      alarmMetricMonth: this.service.alarmMetricMonth ?? known?.alarmMetricMonth,
      dashboardMonth: this.service.dashboardMonth ?? known?.dashboardMonth,
    };
  }
}

interface Book {
  readonly hourly: HourlyPrice;
  readonly asOf?: string;
  readonly problems: Problem[];
  readonly service?: ServicePrices;
}

function flat(price: number | undefined): PriceTier[] | undefined {
  return price === undefined ? undefined : [{ upTo: Infinity, price }];
}
