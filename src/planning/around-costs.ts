import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { HOURS_PER_MONTH } from './cost-facts';
import { sum as sumOrUnknown } from './unknown-numbers';
import { PriceBook } from '../prices/price-book';
import { AppResources, sameThing } from '../reading/constructs/app-resources';

/**
 * Something next to the instances that costs money at rest.
 */
export interface CostLine {
  /**
   * What it is, as a code: `NatGateways`, `InterfaceEndpoints`, `AlarmMetrics`, `CompositeAlarms` or `Dashboards`.
   */
  readonly what: string;

  /**
   * What it is, in words for people.
   */
  readonly text: string;

  /**
   * How many of it there are; of interface endpoints, one in each zone.
   */
  readonly count: number;

  /**
   * $ per month for all of them, without what goes through them.
   *
   * @default - the price isn't known in the Region
   */
  readonly monthly?: number;
}

/** What alarms on all of a fleet look at. */
export interface Watched {
  readonly functions: number;
  readonly versions: number;
}

/** The way out of a VPC that this app makes: one that exists is paid for anyway. */
export function networkLines(vpc: ec2.IVpc | undefined, prices: PriceBook, region: string): CostLine[] {
  if (!vpc || !ec2.CfnVPC.isCfnVPC(vpc.node.defaultChild)) return [];
  const { natGatewayHour, publicAddressHour, interfaceEndpointHour } = prices._network(region);
  const endpoints = new AppResources(vpc).vpcEndpoints.filter((endpoint) => (
    endpoint.vpcEndpointType === 'Interface' && sameThing(endpoint.vpcId, vpc.vpcId) === true
  ));
  return [
    line('NatGateways', 'NAT gateways and addresses', vpc.node.findAll().filter(ec2.CfnNatGateway.isCfnNatGateway).length, hourly(sumOrUnknown([natGatewayHour, publicAddressHour]))),
    line('InterfaceEndpoints', 'interface endpoints × zones', endpoints.reduce((sum, { subnetIds = [] }) => sum + subnetIds.length, 0), hourly(interfaceEndpointHour)),
  ].filter(({ count }) => count > 0);
}

/** What watches a fleet, and stands below it or one of its functions. Alarms on all functions count for each of them, or for each version. */
export function monitoringLines(watchers: IConstruct[], watched: Watched, prices: PriceBook, region: string): CostLine[] {
  const { alarmMetricMonth, dashboardMonth } = prices._monitoring(region);
  const resources = [...new Set(watchers.flatMap(({ node }) => node.findAll()))];
  const metrics = resources.filter(cloudwatch.CfnAlarm.isCfnAlarm).reduce((sum, alarm) => sum + metricsOf(alarm, watched), 0);
  return [
    line('AlarmMetrics', 'metrics of alarms', metrics, alarmMetricMonth),
    line('CompositeAlarms', 'composite alarms', resources.filter(cloudwatch.CfnCompositeAlarm.isCfnCompositeAlarm).length, undefined),
    line('Dashboards', 'dashboards', resources.filter(cloudwatch.CfnDashboard.isCfnDashboard).length, dashboardMonth),
  ].filter(({ count }) => count > 0);
}

/** An alarm is billed for each metric that it reads; a query over all functions reads one of each. */
function metricsOf({ metrics }: cloudwatch.CfnAlarm, { functions, versions }: Watched): number {
  if (!Array.isArray(metrics)) return 1;
  const entries = metrics as cloudwatch.CfnAlarm.MetricDataQueryProperty[];
  const found = entries.map(({ expression = '' }) => {
    if (!expression.startsWith('SELECT')) return 0;
    if (!expression.includes('FunctionName')) return 1;
    return Math.max(1, expression.includes('Resource') ? versions : functions);
  });
  return found.reduce((sum, count) => sum + count, entries.filter(({ metricStat }) => metricStat !== undefined).length);
}

function hourly(price: number | undefined): number | undefined {
  return price === undefined ? undefined : price * HOURS_PER_MONTH;
}

function line(what: string, text: string, count: number, each: number | undefined): CostLine {
  return { what, text, count, monthly: each === undefined ? undefined : count * each };
}
