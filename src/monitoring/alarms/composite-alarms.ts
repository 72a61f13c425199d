import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlarmSettings, createComposite, Severity } from './alarm-spec';
import { ALARM_TEXTS } from './alarm-texts';
import { SYMPTOM_ALARMS } from './function-alarms';

/** Ids of the alarms that those of a provider are made of. */
const LIMIT_ALARMS = ['VCpuCeiling', 'VCpuCeilingReached', 'InstanceWarnings', 'InstanceWarningsRepeated'];
const THROTTLE_ALARMS = ['ConcurrencyThrottles', 'CpuThrottles', 'MemoryThrottles', 'DiskThrottles'];

/** Whether composite alarms of a provider come of the alarms with these ids. */
export function hasProviderComposites(ids: string[]): boolean {
  return [THROTTLE_ALARMS, LIMIT_ALARMS].every((needed) => needed.some((id) => ids.includes(id)));
}

/** Whether to raise a limit or to tune a function. */
export function providerComposites(scope: Construct, made: Map<string, cloudwatch.Alarm>, settings: AlarmSettings): cloudwatch.CompositeAlarm[] {
  if (!hasProviderComposites([...made.keys()])) return [];
  const { capacityExhausted, functionsNeedTuning } = ALARM_TEXTS;
  const [throttled, limited] = [anyOf(made, THROTTLE_ALARMS), anyOf(made, LIMIT_ALARMS)];
  return [
    createComposite(scope, 'CapacityExhausted', cloudwatch.AlarmRule.allOf(throttled, limited), Severity.PAGE, capacityExhausted, settings),
    createComposite(
      scope, 'FunctionsNeedTuning', cloudwatch.AlarmRule.allOf(throttled, cloudwatch.AlarmRule.not(limited)), Severity.TICKET, functionsNeedTuning, settings,
    ),
  ];
}

/** Whether callers of a function notice. */
export function functionComposites(scope: Construct, made: Map<string, cloudwatch.Alarm>, settings: AlarmSettings): cloudwatch.CompositeAlarm[] {
  if (!SYMPTOM_ALARMS.some((id) => made.has(id))) return [];
  return [createComposite(scope, 'FunctionImpaired', anyOf(made, SYMPTOM_ALARMS), Severity.PAGE, ALARM_TEXTS.functionImpaired, settings)];
}

function anyOf(made: Map<string, cloudwatch.Alarm>, ids: string[]): cloudwatch.IAlarmRule {
  const alarms = ids.flatMap((id) => made.get(id) ?? []);
  return cloudwatch.AlarmRule.anyOf(...alarms.map((alarm) => cloudwatch.AlarmRule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM)));
}
