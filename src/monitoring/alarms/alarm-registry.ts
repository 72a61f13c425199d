import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { Thresholds } from './thresholds';
import { isInTree } from '../../registry/attachments';
import { Kind, recordOf } from '../../registry/provider-record';

/** A set of alarms of one provider, in the form that dashboards need. */
export interface AlarmSet {
  /** The thresholds that an alarm watches. */
  readonly thresholds: Thresholds;
  /** The alarms of the provider and all its functions at once. */
  readonly providerAlarms: cloudwatch.AlarmBase[];
  /** The alarms of single functions. */
  readonly functionAlarms: cloudwatch.AlarmBase[];
}

const ALARM_SETS = new Kind<AlarmSet>();

/** Records that a provider has alarms, so that its dashboards show them. */
export function recordAlarms(provider: IConstruct, alarms: AlarmSet): void {
  recordOf(provider).keep(ALARM_SETS).push(alarms);
}

/** Returns the sets of alarms that a provider has in this app so far, without removed ones. Alarms of a function are removed with it. */
export function alarmSetsOf(provider: IConstruct): readonly AlarmSet[] {
  return recordOf(provider).keep(ALARM_SETS)
    .filter(({ providerAlarms: [first] }) => first === undefined || isInTree(first))
    .map((set) => ({ ...set, functionAlarms: set.functionAlarms.filter(isInTree) }));
}
