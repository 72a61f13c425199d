import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AddFunctionOptions } from './functions/add-function-options';
import { CapacityProviderGrants } from './functions/capacity-provider-grants';
import { ManagedFunction } from './functions/managed-function';
import { AddAlarmsOptions } from './monitoring/alarms/alarms-props';
import { ManagedInstancesAlarms } from './monitoring/alarms/managed-instances-alarms';
import { AddDashboardOptions, ManagedInstancesDashboard } from './monitoring/dashboard/managed-instances-dashboard';
import { CapacityProviderMetrics } from './monitoring/metrics/capacity-provider-metrics';
import { CapacityPlan } from './planning/constructs/capacity-plan';
import { CapacityPlanOptions } from './planning/plan-options';
import { PauseOnScheduleOptions } from './scheduling/schedule-options';

/**
 * A fleet of EC2 instances that Lambda runs functions on.
 */
export interface IManagedInstances extends lambda.ICapacityProviderRef {
  /**
   * The functions that are attached so far, by whatever route.
   */
  readonly functions: ManagedFunction[];

  /**
   * The metrics of the capacity provider.
   */
  readonly metrics: CapacityProviderMetrics;

  /**
   * Permissions on the capacity provider.
   */
  readonly grants: CapacityProviderGrants;

  /**
   * Attaches a function.
   */
  addFunction(fn: lambda.IFunctionRef, options?: AddFunctionOptions): ManagedFunction;

  /**
   * Lets every function of the fleet keep nothing from one time to another: at night, for instance.
   */
  pauseOnSchedule(id: string, options: PauseOnScheduleOptions): void;

  /**
   * Creates a dashboard of the fleet.
   */
  addDashboard(id: string, options?: AddDashboardOptions): ManagedInstancesDashboard;

  /**
   * Creates alarms of the fleet.
   */
  addAlarms(id: string, options?: AddAlarmsOptions): ManagedInstancesAlarms;

  /**
   * What the fleet needs, whether it fits, and what it costs, with the functions that are attached so far.
   */
  plan(options?: CapacityPlanOptions): CapacityPlan;
}
