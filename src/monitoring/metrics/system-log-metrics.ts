import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { cfnCapacityProviderOf } from '../../reading/constructs/resource-behind';
import { Kind, recordOf } from '../../registry/provider-record';

/** The namespace of the metrics that metric filters write. */
export const LOG_METRIC_NAMESPACE = 'ManagedInstances/SystemLogs';

/** A kind of entry that a metric filter counts in the system log of a capacity provider. */
export interface Counted {
  /** The id of the metric filter. */
  readonly id: string;
  /** The suffix after the provider's name in the metric's name. */
  readonly suffix: string;
  readonly pattern: string;
  readonly label: string;
}

/**
 * Warnings and errors. Both known formats of the system log have a level; only the newer names the event.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-monitoring-system-logs-log-format.html (read 2026-11-20)
 */
export const WARNINGS: Counted = {
  id: 'InstanceWarningsFilter',
  suffix: 'warnings',
  pattern: '{ ($.level = "WARN") || ($.level = "ERROR") }',
  label: 'warnings',
};

/** Launches. The newer format has the event in `operation`, the older in the message. */
export const LAUNCHES: Counted = {
  id: 'InstanceLaunchesFilter',
  suffix: 'launches',
  pattern: '{ ($.operation = "*Launched*") || ($.message = "*Launched*") }',
  label: 'launched',
};

/** Returns the metric that the metric filter of the same fleet writes. */
export function counted({ suffix, label }: Counted, fleet: string, minutes: number): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: LOG_METRIC_NAMESPACE,
    metricName: `${fleet}-${suffix}`,
    statistic: cloudwatch.Stats.SUM,
    period: Duration.minutes(minutes),
    label: `${label} in ${minutes} minutes`,
  });
}

/** The log events that are counted for a provider. */
const COUNTED = new Kind<{ readonly metricName: string; readonly logGroup: unknown }>();

/**
 * Creates a metric filter, unless another set of alarms has created it. A second filter in the same log group would count each line twice. The filter
 * belongs to the first set.
 */
export function count(scope: Construct, { id, suffix, pattern }: Counted, provider: lambda.ICapacityProviderRef, logGroup: logs.ILogGroupRef): void {
  // Two imports of one provider are different objects, and another account may have a provider of the same name.
  const soFar = recordOf(cfnCapacityProviderOf(provider) ?? Stack.of(scope)).keep(COUNTED);
  const metricName = `${provider.capacityProviderRef.capacityProviderName}-${suffix}`;
  const identity = identityOf(logGroup);
  if (soFar.some((one) => one.metricName === metricName && one.logGroup === identity)) return;
  soFar.push({ metricName, logGroup: identity });
  fleetsCountedIn(logGroup).add(provider.capacityProviderRef.capacityProviderName);
  new logs.MetricFilter(scope, id, {
    logGroup,
    filterPattern: logs.FilterPattern.literal(pattern),
    metricNamespace: LOG_METRIC_NAMESPACE,
    metricName,
    metricValue: '1',
  });
}

/** The kinds that are already counted in each log group of an app. The key is the log group's resource, or its name if it is created elsewhere. */
const COUNTED_IN = new WeakMap<object, Map<unknown, Set<string>>>();

/** Returns the set of names of fleets that count in a log group, to which the caller may add. */
export function fleetsCountedIn(logGroup: logs.ILogGroupRef): Set<string> {
  const ofApp = COUNTED_IN.get(logGroup.node.root) ?? new Map<unknown, Set<string>>();
  COUNTED_IN.set(logGroup.node.root, ofApp);
  const fleets = ofApp.get(identityOf(logGroup)) ?? new Set<string>();
  ofApp.set(identityOf(logGroup), fleets);
  return fleets;
}

/** Returns a key that is equal for the same log group, whether it is given as a resource or by name. */
function identityOf(logGroup: logs.ILogGroupRef): unknown {
  return [logGroup, logGroup.node.defaultChild].find((one) => logs.CfnLogGroup.isCfnLogGroup(one)) ?? logGroup.logGroupRef.logGroupName;
}
