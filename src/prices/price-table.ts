/**
 * Your own prices of EC2 instances.
 */
export interface PriceTable {
  /**
   * $ per hour on demand, without the fee for managed instances and without discounts, by exact instance type: `m8g.xlarge`.
   *
   * A type that isn't in it has no price.
   */
  readonly hourly: { [instanceType: string]: number };

  /**
   * When these prices held, as text that is shown next to every amount: `2026-11-01`.
   */
  readonly asOf: string;

  /**
   * The Region of the prices, such as `eu-central-1`. In any other one no type has a price.
   *
   * @default - they hold in every Region
   */
  readonly region?: string;
}

/**
 * Prices besides those of the instances, each in every Region. One that is not known at synthesis, a token, is not taken.
 */
export interface ServicePrices {
  /**
   * What managed instances without a GPU cost besides EC2, as a share of the on-demand price of the instances.
   *
   * @default 0.15
   */
  readonly managementFeeRate?: number;

  /**
   * The same for managed instances with a GPU, of which AWS has published no fee.
   *
   * @default 0.15, as for other instances
   */
  readonly gpuManagementFeeRate?: number;

  /**
   * Requests to functions on managed instances, in $ per million.
   *
   * @default 0.2
   */
  readonly millionManagedRequests?: number;

  /**
   * Requests to functions of standard Lambda, in $ per million.
   *
   * @default 0.2 in us-east-1, unknown elsewhere
   */
  readonly millionStandardRequests?: number;

  /**
   * Time of functions of standard Lambda on x86_64, in $ per GB-second, however many.
   *
   * @default - AWS's tiers in us-east-1, from 0.0000166667; unknown elsewhere
   */
  readonly standardGbSecondX86?: number;

  /**
   * Time of functions of standard Lambda on arm64, in $ per GB-second, however many.
   *
   * @default - AWS's tiers in us-east-1, from 0.0000133334; unknown elsewhere
   */
  readonly standardGbSecondArm64?: number;

  /**
   * A NAT gateway, in $ per hour, without what goes through it.
   *
   * @default 0.045 in us-east-1 and us-east-2, unknown elsewhere
   */
  readonly natGatewayHour?: number;

  /**
   * A public IPv4 address, in $ per hour; each NAT gateway has one.
   *
   * @default 0.005
   */
  readonly publicAddressHour?: number;

  /**
   * An interface endpoint, in $ per hour and zone, without what goes through it.
   *
   * @default 0.01 in us-east-1 and us-west-2, unknown elsewhere
   */
  readonly interfaceEndpointHour?: number;

  /**
   * A metric that an alarm of standard resolution looks at, in $ per month.
   *
   * @default 0.1 in us-east-1, unknown elsewhere
   */
  readonly alarmMetricMonth?: number;

  /**
   * A dashboard, in $ per month.
   *
   * @default 3 in us-east-1, unknown elsewhere
   */
  readonly dashboardMonth?: number;
}
