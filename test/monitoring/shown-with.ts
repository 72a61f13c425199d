import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { bodyOf } from './body';
import { ManagedInstances } from '../../src';
import { ShownCost } from '../../src/monitoring/dashboard/cost-rows';
import { dashboardRows, Shown } from '../../src/monitoring/dashboard/dashboard-rows';
import { FleetView } from '../../src/monitoring/fleet-view';
import { ENVIRONMENT_CPU, ENVIRONMENT_DIMENSIONS } from '../../src/monitoring/metrics/metric-names';
import { testFunction, testStack } from '../util';

/** A plan in the form that the header gets. */
export const PLAN = ['| Version | vCPUs at rest | at most |', '| --- | --- | --- |', '| One | 3 | 12 |'];

/** Made-up costs. */
export const COST: ShownCost = {
  rates: { types: [{ instanceType: 'c7g.xlarge', vCpus: 4, ec2: 0.145, fee: 0.02175 }] },
  millionRequests: 0.2,
  floor: 365.18,
  ceiling: 2000,
  note: 'prices of some day',
};

/** Returns the body of a dashboard that shows the given content besides two functions. */
export function shownWith(more: Partial<Shown>, scope: Stack = testStack()): any {
  const fleet = new ManagedInstances(scope, 'Fleet', { capacityProviderName: 'orders', maxVCpuCount: 64 });
  const functions = ['One', 'Two'].map((id) => {
    const fn = testFunction(scope, id, { functionName: id });
    return { functionName: id, metrics: fleet.addFunction(fn).metrics, eventSources: [] };
  });
  const rows = dashboardRows({
    fleet: new FleetView(fleet),
    functions,
    chosenByVariable: false,
    thresholds: [],
    alarms: [],
    alarmsElsewhere: 0,
    environments: { dimensions: ENVIRONMENT_DIMENSIONS, cpu: ENVIRONMENT_CPU },
    gpuMetrics: [],
    canNameSource: () => true,
    ...more,
  });
  new cloudwatch.Dashboard(scope, 'Dashboard', { widgets: rows.map((row) => [row]) });
  return bodyOf(scope);
}
