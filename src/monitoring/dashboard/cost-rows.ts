import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { asMetric, CostRates, Expression, isBlended, rateExpression } from './cost-rate';
import { FleetView } from '../fleet-view';
import { COLUMNS, graph, limit, row, text } from './widgets';
import { HOURS_PER_MONTH } from '../../planning/cost-facts';
import { METRIC_PERIOD } from '../metrics/metric-names';

/** The known cost of a fleet. Prices are in the template only if the caller passes them. */
export interface ShownCost {
  readonly rates: CostRates;
  /** The price of a million requests in dollars. */
  readonly millionRequests: number;
  /** The cost with the minimum of environments, in dollars a month. */
  readonly floor?: number;
  /** The cost at the ceiling of vCPUs, in dollars a month. */
  readonly ceiling?: number;
  /** The date of the prices and the assumptions, in Markdown. */
  readonly note: string;
}

const SECONDS_PER_HOUR = 3600;

/**
 * Returns rows with the cost of the fleet at the moment, next to its floor and its ceiling.
 *
 * @param cost the prices
 * @param fleet the fleet
 * @param requests the requests of each function over five minutes; empty if not all functions can be named
 */
export function costRows(cost: ShownCost, fleet: FleetView, requests: cloudwatch.IMetric[]): cloudwatch.IWidget[] {
  const { rates, millionRequests, floor, ceiling, note } = cost;
  const { name } = fleet;
  const blended = isBlended(rates) ? ', blended' : '';
  const total = rateExpression(name, rates, 'total');
  const monthly = { ...total, text: `${total.text} * ${HOURS_PER_MONTH}` };
  const graphs: [string, cloudwatch.GraphWidgetProps][] = [
    [`≈ $ per hour${blended}`, {
      left: [asMetric(rateExpression(name, rates, 'ec2'), 'EC2'), asMetric(rateExpression(name, rates, 'fee'), 'management fee')],
      stacked: true,
    }],
    [`≈ $ per month at this rate${blended}`, {
      left: [asMetric(monthly, 'per month')],
      leftAnnotations: [...amountLine(floor, 'idle'), ...amountLine(ceiling, 'at maxVCpuCount')],
    }],
    ...requests.length > 0 ? [[`≈ $ per million requests${blended}`, {
      left: [asMetric(perMillion(total, requests, millionRequests), 'per million requests')],
    }] as [string, cloudwatch.GraphWidgetProps]] : [],
  ];
  return [
    text(1, [`### Cost, estimated · ${note}`]),
    row(graphs.map(([title, props]) => graph(title, { ...props, width: COLUMNS / graphs.length }))),
  ];
}

/** Returns the cost of a million requests. Without requests there is no value, because the cost of each would be infinite. */
function perMillion(total: Expression, requests: cloudwatch.IMetric[], millionRequests: number): Expression {
  const perHour = SECONDS_PER_HOUR / METRIC_PERIOD.toSeconds();
  const sum = requests.map((_, i) => `FILL(requests${i}, 0)`).join(' + ');
  return {
    text: `${total.text} / ((${sum}) * ${perHour}) * 1000000 + ${millionRequests}`,
    metrics: { ...total.metrics, ...Object.fromEntries(requests.map((metric, i) => [`requests${i}`, metric])) },
  };
}

function amountLine(value: number | undefined, label: string): cloudwatch.HorizontalAnnotation[] {
  return value === undefined ? [] : [limit(value, `$${Math.round(value)} ${label}`)];
}
