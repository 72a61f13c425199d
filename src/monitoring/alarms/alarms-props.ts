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
   * The actions of alarms that somebody has to act on at once: usually a topic that pages.
   *
   * @default - no actions; the alarms are shown in CloudWatch and on the dashboard
   */
  readonly actions?: cloudwatch.IAlarmAction[];

  /**
   * The actions of alarms that can wait until the day.
   *
   * @default - those of `actions`, which `plan()` tells; `[]` tells nobody
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
   * Whether each function gets alarms of its own, in its own stack: 5 at level `MINIMAL`, 11 at `STANDARD`, 13 at `FULL`, and there
   * one for each queue that it reads and one for its streams. They
   * also watch what no query over all functions can: shares of throttled and failed requests, duration, saturation,
   * growth. More than the function's stack has room for is an error.
   *
   * The alarms over all functions stay: they also watch numbered versions, and functions that were attached without this library.
   * A function that is deactivated gets its alarms, too, since something may raise its environments without a deployment. Until then they
   * are silent.
   *
   * @default false
   */
  readonly perFunction?: boolean;

  /**
   * The address of your own runbooks, `https://…`, of at most 500 characters. The id of the alarm is appended, and the description of
   * the alarm has the address.
   *
   * @default - a page of AWS's documentation about the matter
   */
  readonly runbookUrl?: string;

  /**
   * An alarm of yours that is in alarm while you deploy: in that time, and for ten minutes after it, the composite alarms
   * tell nobody, since a new version takes minutes to have environments. The other alarms speak as ever, they mean limits and failures.
   * If the other options create no composite alarm, this is an error.
   *
   * An alarm in another stack makes the stacks of the fleet and, with `perFunction`, of the functions depend on it. So it can't be in a
   * stack that depends on the fleet's: in that of a function it is an error at the call; a stack that depends on the fleet in
   * another way is found out by CDK at synthesis, as a cyclic reference.
   *
   * @default - composite alarms also speak during deployments
   */
  readonly deploymentAlarm?: cloudwatch.IAlarmRef;

  /**
   * Numbered versions whose environments `perFunction` watches in place of those of `$LATEST.PUBLISHED`: for functions that are
   * invoked by an alias. With `fn.currentVersion` each deployment points the alarms at the new version. Rates and
   * durations stay those of the function, whichever version ran. Without `perFunction` all versions are watched, and this is an error.
   *
   * @default - `$LATEST.PUBLISHED` of each function, which follows each deployment
   */
  readonly versions?: lambda.IVersion[];

  /**
   * The instance types that `underUtilised` watches, by their exact names: at most 10. A query that finds them looks
   * back three hours only. Without `underUtilised` this is an error.
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
   * that fail to launch. Several sets of alarms share the filter, which stays with the first.
   *
   * @default - no log group, and so no alarms on instances that fail
   */
  readonly logGroup?: logs.ILogGroupRef;
}
