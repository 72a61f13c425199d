/**
 * Your own prices of EC2 instances.
 */
export interface PriceTable {
  /**
   * The on-demand prices in dollars an hour by exact instance type, such as `m8g.xlarge`, without the fee for managed instances and without
   * discounts. A type that isn't listed has no price.
   */
  readonly hourly: { [instanceType: string]: number };

  /**
   * The date of these prices, which is shown next to every amount: `2026-11-01`.
   */
  readonly asOf: string;

  /**
   * The Region of the prices, such as `eu-central-1`. In other Regions no type has a price.
   *
   * @default - the prices apply in every Region
   */
  readonly region?: string;
}

/**
 * Prices other than those of the instances. They apply in every Region. A price that is a token is ignored.
 */
export interface ServicePrices {
  /**
   * The management fee for instances without a GPU, as a share of their on-demand price.
   *
   * @default 0.15
   */
  readonly managementFeeRate?: number;

  /**
   * The management fee for instances with a GPU, as a share of their on-demand price. AWS hasn't published one.
   *
   * @default 0.15, as for other instances
   */
  readonly gpuManagementFeeRate?: number;

  /**
   * The price of a million requests to functions on managed instances, in dollars.
   *
   * @default 0.2
   */
  readonly millionManagedRequests?: number;

  /**
   * The price of a million requests to functions on standard Lambda, in dollars.
   *
   * @default 0.2 in us-east-1, unknown elsewhere
   */
  readonly millionStandardRequests?: number;

  /**
   * The price of a GB-second on standard Lambda with x86_64, in dollars, without tiers.
   *
   * @default - AWS's tiers in us-east-1, from 0.0000166667; unknown elsewhere
   */
  readonly standardGbSecondX86?: number;

  /**
   * The price of a GB-second on standard Lambda with arm64, in dollars, without tiers.
   *
   * @default - AWS's tiers in us-east-1, from 0.0000133334; unknown elsewhere
   */
  readonly standardGbSecondArm64?: number;

  /**
   * The price of a NAT gateway in dollars an hour, without traffic.
   *
   * @default 0.045 in us-east-1 and us-east-2, unknown elsewhere
   */
  readonly natGatewayHour?: number;

  /**
   * The price of a public IPv4 address in dollars an hour. Each NAT gateway has one.
   *
   * @default 0.005
   */
  readonly publicAddressHour?: number;

  /**
   * The price of an interface endpoint in one zone in dollars an hour, without traffic.
   *
   * @default 0.01 in us-east-1 and us-west-2, unknown elsewhere
   */
  readonly interfaceEndpointHour?: number;

  /**
   * The price of a metric that an alarm of standard resolution watches, in dollars a month.
   *
   * @default 0.1 in us-east-1, unknown elsewhere
   */
  readonly alarmMetricMonth?: number;

  /**
   * The price of a dashboard in dollars a month.
   *
   * @default 3 in us-east-1, unknown elsewhere
   */
  readonly dashboardMonth?: number;
}
