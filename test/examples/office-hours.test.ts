import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describeExample } from './describe-example';
import { OfficeHoursStack } from '../../examples/office-hours/office-hours-stack';

describeExample('office-hours', ['OfficeHours'], (app, props) => new OfficeHoursStack(app, 'OfficeHours', props));

test('keeps nothing from the evening of a workday to the next morning of one', () => {
  const template = Template.fromStack(new OfficeHoursStack(new App(), 'OfficeHours'));

  const schedules = Object.values<any>(template.findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => [
    Properties.ScheduleExpression, Properties.ScheduleExpressionTimezone, JSON.stringify(Properties.Target.Input).match(/\d+/g)!.slice(-2),
  ]);
  expect(schedules.sort()).toEqual([
    ['cron(0 20 ? * MON-FRI *)', 'Europe/Berlin', ['0', '0']],
    ['cron(30 7 ? * MON-FRI *)', 'Europe/Berlin', ['3', '9']],
  ]);
});
