import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AlarmThreshold, ManagedInstances } from '../../../src';
import { testFunction } from '../../util';

const at = (hour: string, weekDay = '*', timeZone = TimeZone.ETC_UTC) => ScheduleExpression.cron({ hour, minute: '0', weekDay, timeZone });
const NIGHT = { from: at('22'), until: at('6') };

function given() {
  const stack = new Stack(new App(), 'Stack');
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
  fleet.addFunction(testFunction(stack), { latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 9 } });
  return { stack, fleet };
}

/** The rules that mute alarms: when, for how long, which. */
function mutes(stack: Stack): [string, string, string[]][] {
  const rules = Object.values<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::AlarmMuteRule'));
  return rules.map(({ Properties: { Rule: { Schedule: { Expression, Duration: duration } }, MuteTargets } }) => (
    [Expression, duration, MuteTargets.AlarmNames.map(({ Ref }: any) => Ref)]
  ));
}

const pause = ({ fleet }: ReturnType<typeof given>) => fleet.pauseOnSchedule('Night', NIGHT);
const watch = ({ fleet }: ReturnType<typeof given>) => fleet.addAlarms('Alarms', { noData: AlarmThreshold.below(1) });

test.each([['before', [pause, watch]], ['after', [watch, pause]]])('mutes the alarm about missing data in a pause that is asked for %s it', (_when, steps) => {
  // GIVEN
  const all = given();
  // WHEN
  steps.forEach((step) => step(all));
  // THEN
  expect(mutes(all.stack)).toEqual([['cron(0 22 * * *)', 'PT8H45M', [expect.stringMatching('NoData')]]]);
});

test('mutes no longer than each pause lasts, with time to start and the hour of a night in autumn', () => {
  const { stack, fleet } = given();
  fleet.addAlarms('Alarms', { noData: AlarmThreshold.below(1) });
  fleet.pauseOnSchedule('OffHours', { from: at('20', 'MON-FRI', TimeZone.EUROPE_BERLIN), until: at('8', 'MON-FRI', TimeZone.EUROPE_BERLIN) });

  expect(mutes(stack).map(([expression, duration]) => [expression, duration])).toEqual([
    ['cron(0 20 * * MON,TUE,WED,THU)', 'PT13H45M'], ['cron(0 20 * * FRI)', 'P2DT13H45M'],
  ]);
});

test('mutes nothing where no alarm expects traffic, and in a pause that is not weekly', () => {
  const quiet = given();
  quiet.fleet.addAlarms('Alarms');
  quiet.fleet.pauseOnSchedule('Night', NIGHT);
  const yearly = given();
  yearly.fleet.addAlarms('Alarms', { noData: AlarmThreshold.below(1) });
  yearly.fleet.pauseOnSchedule('Holidays', {
    from: ScheduleExpression.cron({ day: '24', month: '12', hour: '0', minute: '0' }), until: ScheduleExpression.cron({ day: '27', month: '12', hour: '0', minute: '0' }),
  });

  expect(mutes(quiet.stack)).toEqual([]);
  expect(mutes(yearly.stack)).toEqual([]);
});

test('a second pause of one id is one clear error, with and without functions', () => {
  const { fleet } = given();
  fleet.pauseOnSchedule('Night', NIGHT);
  const empty = new ManagedInstances(new Stack(new App(), 'Empty'), 'Fleet');
  empty.pauseOnSchedule('Night', NIGHT);

  expect(() => fleet.pauseOnSchedule('Night', NIGHT)).toThrow('id is Night, but the fleet has a pause with that id. Give each schedule an id of its own.');
  expect(() => empty.pauseOnSchedule('Night', NIGHT)).toThrow('ScheduleId');
  expect(() => empty.pauseOnSchedule('Noon', { from: ScheduleExpression.rate(Duration.hours(1)), until: at('6') })).toThrow('PauseTime');
});

test('begins at the minute of the pause, in its time zone, with a window for each length', () => {
  const cron = (hour: string, minute: string, weekDay: string, timeZone?: TimeZone) => ScheduleExpression.cron({ hour, minute, weekDay, timeZone });
  const windows = (from: ScheduleExpression, until: ScheduleExpression) => {
    const { stack, fleet } = given();
    fleet.addAlarms('Alarms', { noData: AlarmThreshold.below(1) });
    fleet.pauseOnSchedule('Pause', { from, until });
    const rules = Object.entries<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::AlarmMuteRule'));
    return rules.map(([id, { Properties: { Rule: { Schedule: { Expression, Timezone, Duration: duration } } } }]) => [/Window\d/.exec(id)![0], Expression, Timezone, duration]);
  };

  // A night, and a night with the day before it; with 45 minutes to start, and the hour of a night in autumn.
  expect(windows(cron('20', '45', 'SAT,SUN', TimeZone.EUROPE_BERLIN), cron('6', '15', 'MON', TimeZone.EUROPE_BERLIN))).toEqual([
    ['Window1', 'cron(45 20 * * SUN)', 'Europe/Berlin', 'PT11H15M'], ['Window2', 'cron(45 20 * * SAT)', 'Europe/Berlin', 'P1DT11H15M'],
  ]);
  expect(windows(cron('12', '5', '*'), cron('13', '5', '*'))).toEqual([['Window1', 'cron(5 12 * * *)', 'Etc/UTC', 'PT1H45M']]);
});
