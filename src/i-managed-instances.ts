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
   * The functions attached so far, through this construct, CDK's own or a mixin.
   */
  readonly functions: ManagedFunction[];

  /**
   * The metrics of the capacity provider.
   */
  readonly metrics: CapacityProviderMetrics;

  /**
   * The permissions on the capacity provider.
   */
  readonly grants: CapacityProviderGrants;

  /**
   * Attaches a function. Its code then runs in execution environments on the instances of this fleet. A function that is already deployed
   * can't be attached, and an attached one can't be detached: give it a new construct id, so that CloudFormation creates a new function.
   *
   * @throws one error that lists everything that Lambda would refuse
   */
  addFunction(fn: lambda.IFunctionRef, options?: AddFunctionOptions): ManagedFunction;

  /**
   * Pauses every function of the fleet between two times, for instance at night. Functions that you attach later are paused, too.
   */
  pauseOnSchedule(id: string, options: PauseOnScheduleOptions): void;

  /**
   * Creates a CloudWatch dashboard for the fleet. It also shows functions that you attach later.
   */
  addDashboard(id: string, options?: AddDashboardOptions): ManagedInstancesDashboard;

  /**
   * Creates CloudWatch alarms for the fleet. They also watch functions that you attach later.
   */
  addAlarms(id: string, options?: AddAlarmsOptions): ManagedInstancesAlarms;

  /**
   * Computes what the fleet needs, whether it fits, and what it costs, with the functions attached so far.
   */
  plan(options?: CapacityPlanOptions): CapacityPlan;
}
