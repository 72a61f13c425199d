import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { Thresholds } from './thresholds';
import { keyOf } from '../../registry/provider-record';

/** A set of alarms of one provider, as dashboards need it. */
export interface AlarmSet {
  /** Those that an alarm watches. */
  readonly thresholds: Thresholds;
  /** Those of the provider and all its functions at once. */
  readonly providerAlarms: cloudwatch.AlarmBase[];
  /** Those of single functions. */
  readonly functionAlarms: cloudwatch.AlarmBase[];
}

const BY_PROVIDER = new WeakMap<IConstruct, AlarmSet[]>();

/** Notes that a provider has alarms, so that its dashboards show them. */
export function recordAlarms(provider: IConstruct, alarms: AlarmSet): void {
  const key = keyOf(provider);
  BY_PROVIDER.set(key, [...alarmSetsOf(key), alarms]);
}

/** The sets of alarms that a provider has in this app so far. */
export function alarmSetsOf(provider: IConstruct): readonly AlarmSet[] {
  return BY_PROVIDER.get(keyOf(provider)) ?? [];
}
