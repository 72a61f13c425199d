import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { asMetric, CostRates, Expression, isBlended, rateExpression } from './cost-rate';
import { FleetView } from '../fleet-view';
import { COLUMNS, graph, limit, row, text } from './widgets';
import { HOURS_PER_MONTH } from '../../planning/cost-facts';
import { METRIC_PERIOD } from '../metrics/metric-names';

/** The known cost of a fleet. Prices are in the template only if the caller passes them. */
export interface ShownCost {
  readonly rates: CostRates;
  /** $ for a million requests. */
  readonly millionRequests: number;
  /** $ per month with the minimum of environments. */
  readonly floor?: number;
  /** $ per month at the ceiling of vCPUs. */
  readonly ceiling?: number;
  /** The date of the prices and what was assumed, in Markdown. */
  readonly note: string;
}

const SECONDS_PER_HOUR = 3600;

/**
 * What the fleet costs at the moment, against what it may cost.
 *
 * @param cost the prices
 * @param fleet what they are of
 * @param requests of each function over five minutes; none where not all functions can be named
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

/** Without requests there is no value: each would cost infinitely much. */
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
