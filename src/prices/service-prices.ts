/** A price that applies up to an amount per month, from the end of the previous tier. */
export interface PriceTier {
  /** The end of the tier, in units per month; Infinity for the last. */
  readonly upTo: number;
  /** The price of a unit in dollars. */
  readonly price: number;
}

/** The fee for the management of instances. */
export interface FeeRate {
  /** The fee as a share of the on-demand price of the instances. A discount doesn't change it. */
  readonly rate: number;
  /** Whether AWS hasn't stated the fee for these instances. */
  readonly isUnproven?: boolean;
}

/** The prices of functions on managed instances, besides the instances. */
export interface ManagedPrices {
  /** The fees by kind of instance. */
  readonly feeRates: { readonly general: FeeRate; readonly gpu: FeeRate };
  /** $ per million requests. */
  readonly millionRequests: number;
}

/** The prices of standard Lambda. Undefined if a price isn't known in the Region. */
export interface StandardLambdaPrices {
  /** $ per million requests. */
  readonly millionRequests?: number;
  /** $ per GB-second (of 1,024 MB) of x86_64. */
  readonly x86?: PriceTier[];
  /** $ per GB-second (of 1,024 MB) of arm64. */
  readonly arm64?: PriceTier[];
}

/** The prices of a VPC's egress, without traffic. Undefined if a price isn't known in the Region. */
export interface NetworkPrices {
  /** $ per hour of a NAT gateway. */
  readonly natGatewayHour?: number;
  /** $ per hour of a public IPv4 address. Each public NAT gateway has one. */
  readonly publicAddressHour?: number;
  /** $ per hour of an interface endpoint in one zone. */
  readonly interfaceEndpointHour?: number;
}

/** The prices of alarms and dashboards. Undefined if a price isn't known in the Region. */
export interface MonitoringPrices {
  /** $ per month for each metric that an alarm of standard resolution watches. */
  readonly alarmMetricMonth?: number;
  /** $ per month of a dashboard. */
  readonly dashboardMonth?: number;
}

/** Prices by Region. A Region that isn't named is unknown. */
type ByRegion<T> = Readonly<Record<string, T>>;

/**
 * AWS's prices for the resources around the instances. Most tables on AWS's pricing pages are filled in by the reader's browser, so the sources of
 * some prices are copies of the AWS Price List. Only Regions whose prices were read are listed.
 */
export const SERVICE_PRICES = {
  /**
   * The same in all Regions. AWS has published no fee for types with a GPU. The fees of ECS Managed Instances and EKS Auto Mode for such types are
   * lower since July 2026. Source: https://aws.amazon.com/lambda/pricing/ (read 2026-09-20)
   */
  managed: { feeRates: { general: { rate: 0.15 }, gpu: { rate: 0.15, isUnproven: true } }, millionRequests: 0.2 } as ManagedPrices,

  /**
   * Source: AWS Price List, https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSLambda/current/us-east-1/index.json
   * (published 2026-09-19); the tiers are from https://aws.amazon.com/blogs/compute/introducing-tiered-pricing-for-aws-lambda/ (2022-08-25). They
   * apply to the use of an account in a Region.
   */
  standardLambda: {
    'us-east-1': {
      millionRequests: 0.2,
      x86: [{ upTo: 6e9, price: 0.0000166667 }, { upTo: 15e9, price: 0.000015 }, { upTo: Infinity, price: 0.0000133334 }],
      arm64: [{ upTo: 7.5e9, price: 0.0000133334 }, { upTo: 18.75e9, price: 0.0000120001 }, { upTo: Infinity, price: 0.0000106667 }],
    },
  } as ByRegion<StandardLambdaPrices>,

  /** The free tier of each month. Source: https://aws.amazon.com/lambda/pricing/ (read 2026-09-20)
   */
  standardLambdaFree: { requests: 1e6, gbSeconds: 400_000 },

  /**
   * Sources: https://aws.amazon.com/vpc/pricing/ (read 2026-09-20) for US East (Ohio), AWS Price List (effective 2025-10-01) for
   * US East (N. Virginia).
   */
  natGatewayHour: { 'us-east-1': 0.045, 'us-east-2': 0.045 } as ByRegion<number>,

  /**
   * The same in all commercial Regions.
   * Source: https://aws.amazon.com/blogs/aws/new-aws-public-ipv4-address-charge-public-ip-insights/ (2023-07-28)
   */
  publicAddressHour: 0.005,

  /**
   * Sources: https://aws.amazon.com/privatelink/pricing/ as quoted in a secondary source (https://awsnegotiations.com/privatelink-cost-analysis.html,
   * May 2026) for US East (N. Virginia), AWS Price List, usage type USW2-VpcEndpoint-Hours (2026-10-06), for US West (Oregon).
   */
  interfaceEndpointHour: { 'us-east-1': 0.01, 'us-west-2': 0.01 } as ByRegion<number>,

  /**
   * An alarm on a Metrics Insights query is charged for each metric that the query finds, as far as we know.
   * Source: https://aws.amazon.com/cloudwatch/pricing/ as quoted in secondary sources: alarms
   * https://raw.githubusercontent.com/api-evangelist/cloudwatch/refs/heads/main/plans/cloudwatch-plans-pricing.yml (2026-05-05),
   * dashboards https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/ (2026-06-13)
   */
  monitoring: { 'us-east-1': { alarmMetricMonth: 0.1, dashboardMonth: 3 } } as ByRegion<MonitoringPrices>,

  /**
   * The free tier of each month for the whole account. Its alarm metrics don't include alarms on Metrics Insights queries.
   * Source: https://aws.amazon.com/cloudwatch/pricing/ (read 2026-11-21)
   */
  monitoringFree: { alarmMetrics: 10, dashboards: 3 },
};

/** Returns the price of an amount, each part of it at the price of its tier. */
export function priceOfTiers(amount: number, tiers: PriceTier[]): number {
  return tiers.reduce((sum, { upTo, price }, i) => {
    const from = i === 0 ? 0 : tiers[i - 1].upTo;
    return sum + Math.max(0, Math.min(amount, upTo) - from) * price;
  }, 0);
}
