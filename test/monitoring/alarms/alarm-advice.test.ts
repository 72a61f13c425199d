import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmLevel, AlarmThreshold, ManagedInstances } from '../../../src';
import { AddAlarmsOptions } from '../../../src/monitoring/alarms/alarms-props';
import { testFunction, testStack, warningsOf } from '../../util';
import { idsOf } from '../watched';

const ACTION: cloudwatch.IAlarmAction = { bind: () => ({ alarmActionArn: 'arn:aws:sns:us-east-1:111111111111:pager' }) };

/** What the plan of a fleet says about whom its alarms tell. */
function advice(options: AddAlarmsOptions): string[] {
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
  fleet.addFunction(testFunction(stack));
  fleet.addAlarms('Alarms', options);
  return fleet.plan().findings.filter(({ code }) => /^Alarm(Ticket)?Actions$/.test(code)).map(({ code, text }) => `${code}: ${text}`);
}

test.each<[string, AddAlarmsOptions, RegExp[]]>([
  ['no action at all', {}, [/^AlarmActions: actions isn't set, but alarms should notify somebody\. Give actions/]],
  ['pages only', { actions: [ACTION] }, [/^AlarmTicketActions: ticketActions isn't set, but should be given\. Give ticketActions, or \[\]/]],
  ['no ticket on purpose', { actions: [ACTION], ticketActions: [] }, []],
  ['tickets only', { ticketActions: [ACTION] }, []],
  ['infos only', { ticketActions: [], infoActions: [ACTION] }, []],
])('a plan tells of %s', (_, options, expected) => {
  expect(advice(options)).toEqual(expected.map((text) => expect.stringMatching(text)));
});

describe('a ceiling that is a parameter', () => {
  function withParameter(options: AddAlarmsOptions): Stack {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: new CfnParameter(stack, 'Ceiling', { type: 'Number' }).valueAsNumber });
    fleet.addFunction(testFunction(stack));
    fleet.addAlarms('Alarms', options);
    return stack;
  }
  const warnings = (stack: Stack) => warningsOf(stack).filter((text) => text.includes('CeilingAlarmsLeftOut'));

  test('is a warning that says which alarms are left out', () => {
    const stack = withParameter({ level: AlarmLevel.MINIMAL });

    expect(warnings(stack)).toEqual([expect.stringMatching(
      /^maxVCpuCount is a token, but should be known at synthesis, for the alarms VCpuCeiling and VCpuCeilingReached\. Give a number, or switch them off: vCpuCeiling: /,
    )]);
    expect(idsOf(stack)).not.toContain('VCpuCeiling');
  });

  test('is none where they are switched off', () => {
    expect(warnings(withParameter({ vCpuCeiling: AlarmThreshold.off(), vCpuCeilingReached: AlarmThreshold.off() }))).toEqual([]);
  });
});
