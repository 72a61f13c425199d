/** Lists the costs besides the instances. */
import { HOURS_PER_MONTH } from './cost-facts';
import { sum } from './unknown-numbers';
import { PriceBook } from '../prices/price-book';

/**
 * A cost at rest besides the instances.
 */
export interface CostLine {
  /**
   * The kind of cost, as a code: `NatGateways`, `InterfaceEndpoints`, `AlarmMetrics`, `CompositeAlarms` or `Dashboards`.
   */
  readonly what: string;

  /**
   * The kind of cost, in words for people.
   */
  readonly text: string;

  /**
   * The number of these resources. An interface endpoint counts once in each zone.
   */
  readonly count: number;

  /**
   * The cost of all these resources in dollars a month, without traffic.
   *
   * @default - the price isn't known in the Region
   */
  readonly monthly?: number;
}

/** The number of resources of each kind that cost money besides the instances. */
export interface AroundFleet {
  readonly natGateways: number;
  /** The number of interface endpoints, each counted once in each of its zones. */
  readonly endpointZones: number;
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
}

/** Returns a line for each kind with at least one resource. */
export function costLines(around: AroundFleet, prices: PriceBook, region: string): CostLine[] {
  const { natGatewayHour, publicAddressHour, interfaceEndpointHour } = prices._network(region);
  const { alarmMetricMonth, dashboardMonth } = prices._monitoring(region);
  return [
    line('NatGateways', 'NAT gateways and addresses', around.natGateways, hourly(sum([natGatewayHour, publicAddressHour]))),
    line('InterfaceEndpoints', 'interface endpoints × zones', around.endpointZones, hourly(interfaceEndpointHour)),
    line('AlarmMetrics', 'metrics of alarms', around.alarmMetrics, alarmMetricMonth),
    line('CompositeAlarms', 'composite alarms', around.compositeAlarms, undefined),
    line('Dashboards', 'dashboards', around.dashboards, dashboardMonth),
  ].filter(({ count }) => count > 0);
}

function hourly(price: number | undefined): number | undefined {
  return price === undefined ? undefined : price * HOURS_PER_MONTH;
}

function line(what: string, text: string, count: number, each: number | undefined): CostLine {
  return { what, text, count, monthly: each === undefined ? undefined : count * each };
}
