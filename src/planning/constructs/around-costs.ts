/** Counts the constructs around a fleet that cost money. */
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { AppResources, sameThing } from '../../reading/constructs/app-resources';
import { AroundFleet } from '../cost-lines';

/** The numbers of functions and versions that alarms on a whole fleet watch. */
export interface Watched {
  readonly functions: number;
  readonly versions: number;
}

/** Counts the egress of a VPC that this app creates. An existing VPC is paid for anyway. */
export function networkAroundFleet(vpc: ec2.IVpc | undefined): Pick<AroundFleet, 'natGateways' | 'endpointZones'> {
  if (!vpc || !ec2.CfnVPC.isCfnVPC(vpc.node.defaultChild)) return { natGateways: 0, endpointZones: 0 };
  const endpoints = new AppResources(vpc).vpcEndpoints.filter((endpoint) => (
    endpoint.vpcEndpointType === 'Interface' && sameThing(endpoint.vpcId, vpc.vpcId) === true
  ));
  return {
    natGateways: vpc.node.findAll().filter(ec2.CfnNatGateway.isCfnNatGateway).length,
    endpointZones: endpoints.reduce((sum, { subnetIds = [] }) => sum + subnetIds.length, 0),
  };
}

/**
 * Counts the alarms and dashboards below a fleet or one of its functions. An alarm on all functions counts once for each function, or for each
 * version.
 */
export function monitoringAroundFleet(
  watchers: IConstruct[], watched: Watched,
): Pick<AroundFleet, 'alarmMetrics' | 'compositeAlarms' | 'dashboards'> {
  const resources = [...new Set(watchers.flatMap(({ node }) => node.findAll()))];
  return {
    alarmMetrics: resources.filter(cloudwatch.CfnAlarm.isCfnAlarm).reduce((sum, alarm) => sum + metricsOf(alarm, watched), 0),
    compositeAlarms: resources.filter(cloudwatch.CfnCompositeAlarm.isCfnCompositeAlarm).length,
    dashboards: resources.filter(cloudwatch.CfnDashboard.isCfnDashboard).length,
  };
}

/** Counts the metrics that an alarm reads, because it is billed for each. A query over all functions reads one metric of each function. */
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
