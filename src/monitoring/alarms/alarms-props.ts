import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AlarmLevel } from './alarm-level';
import { AlarmThresholds } from './thresholds';
import { EnvironmentMetricOptions } from '../metrics/environment-metric-options';

/**
 * Options of a fleet's alarms.
 */
export interface AddAlarmsOptions extends AlarmThresholds, EnvironmentMetricOptions {
  /**
   * The actions of alarms that somebody must look at immediately: usually a topic that pages.
   *
   * @default - no actions; the alarms are shown in CloudWatch and on the dashboard
   */
  readonly actions?: cloudwatch.IAlarmAction[];

  /**
   * The actions of alarms that can wait for working hours.
   *
   * @default - those of `actions`, which `plan()` mentions; with `[]`, these alarms notify nobody
   */
  readonly ticketActions?: cloudwatch.IAlarmAction[];

  /**
   * The actions of alarms that only help with a diagnosis.
   *
   * @default - no actions
   */
  readonly infoActions?: cloudwatch.IAlarmAction[];

  /**
   * How many alarms to create.
   *
   * @default AlarmLevel.STANDARD
   */
  readonly level?: AlarmLevel;

  /**
   * Whether each function gets alarms of its own, in its own stack: 5 at level `MINIMAL`, 11 at `STANDARD`, 13 at `FULL`. At `FULL`, there is one
   * more for each queue that the function reads, and one for its streams. They also watch quantities that a query over all functions can't compute:
   * shares of throttled and failed requests, duration, saturation and growth. It is an error if the function's stack has no room for the alarms.
   *
   * The alarms over all functions remain, because they also watch numbered versions, and functions that were attached without this library.
   * A deactivated function gets its alarms, too, because its environments may be raised without a deployment. Until then, they stay silent.
   *
   * @default false
   */
  readonly perFunction?: boolean;

  /**
   * The address of your own runbooks: `https://…`, with at most 500 characters. The description of each alarm contains it, with the id of
   * the alarm appended.
   *
   * @default - a page of AWS's documentation about the problem
   */
  readonly runbookUrl?: string;

  /**
   * An alarm of yours that is in alarm while you deploy. During that time and for ten minutes afterwards, the composite alarms notify
   * nobody, because a new version needs minutes to start environments. Other alarms still notify, because they report limits and failures.
   * If the other options create no composite alarm, this is an error.
   *
   * If the alarm is in another stack, the fleet's stack depends on that stack, and with `perFunction`, so do the functions' stacks. So the alarm
   * can't be in a stack that depends on the fleet's. If it is in a function's stack, the call throws an error; otherwise CDK reports a cyclic
   * reference at synthesis.
   *
   * @default - composite alarms also notify during deployments
   */
  readonly deploymentAlarm?: cloudwatch.IAlarmRef;

  /**
   * Numbered versions whose environments `perFunction` watches instead of those of `$LATEST.PUBLISHED`, for functions that are
   * invoked by an alias. With `fn.currentVersion`, each deployment points the alarms at the new version. Rates and
   * durations remain those of the function over all versions. Without `perFunction`, alarms watch all versions, and setting this is an error.
   *
   * @default - `$LATEST.PUBLISHED` of each function, which follows each deployment
   */
  readonly versions?: lambda.IVersion[];

  /**
   * The instance types that `underUtilised` watches, by their exact names: at most 10. They are needed because a query that finds types looks back
   * only three hours. Without `underUtilised`, setting this is an error.
   *
   * @default - the types that the fleet allows by name
   */
  readonly instanceTypes?: string[];
}

/**
 * Properties of `ManagedInstancesAlarms`.
 */
export interface ManagedInstancesAlarmsProps extends AddAlarmsOptions {
  /**
   * The capacity provider.
   */
  readonly capacityProvider: lambda.ICapacityProviderRef;

  /**
   * The log group with the provider's system logs. A metric filter counts the warnings in it, which are the only sign of instances
   * that fail to launch. Several sets of alarms share the filter, which belongs to the first set.
   *
   * @default - no log group, and therefore no alarms on instances that fail
   */
  readonly logGroup?: logs.ILogGroupRef;
}
