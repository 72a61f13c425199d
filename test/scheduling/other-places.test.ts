/** Schedules of functions in other stacks and Regions, of two fleets, of imports, and with what only deployment knows. */
import { App, CfnParameter, Stack, TimeZone } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ManagedInstances } from '../../src';
import { testFunction } from '../util';

const at = (hour: string) => ScheduleExpression.cron({ hour, minute: '0', timeZone: TimeZone.EUROPE_BERLIN });
const NIGHT = { from: at('22'), until: at('6') };
const COUNTS = { latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 9 } };
const schedulesIn = (stack: Stack) => Object.keys(Template.fromStack(stack).findResources('AWS::Scheduler::Schedule'));

test('a pause of one fleet leaves another one alone', () => {
  const stack = new Stack(new App(), 'Stack');
  const [one, other] = ['One', 'Other'].map((id) => {
    const fleet = new ManagedInstances(stack, id, { maxVCpuCount: 64 });
    fleet.addFunction(testFunction(stack, `${id}Function`), COUNTS);
    return fleet;
  });
  one.pauseOnSchedule('Night', NIGHT);

  expect(schedulesIn(stack).every((id) => id.startsWith('OneFunction'))).toBe(true);
  expect([one, other].map((fleet) => fleet.plan().week.length)).toEqual([2, 0]);
});

test('the plan counts schedules in the stack of a function, wherever the fleet stands', () => {
  // GIVEN
  const app = new App();
  const fleet = new ManagedInstances(new Stack(app, 'Base'), 'Fleet', { maxVCpuCount: 64 });
  const shop = new Stack(app, 'Shop');
  fleet.addFunction(testFunction(shop), COUNTS);
  // WHEN
  fleet.pauseOnSchedule('Night', NIGHT);
  // THEN
  expect(schedulesIn(shop)).toHaveLength(2);
  expect(fleet.plan().week.map(({ when }) => when)).toEqual(['22:00–06:00', '06:00–22:00']);
  Annotations.fromStack(shop).hasNoWarning('*', Match.stringLikeRegexp('Schedule|EnvironmentsDeactivated'));
});

test('a function in another Region is refused before it is scheduled', () => {
  const app = new App();
  const fleet = new ManagedInstances(new Stack(app, 'Base', { env: { region: 'eu-west-1' } }), 'Fleet');
  const elsewhere = new Stack(app, 'Elsewhere', { env: { region: 'us-east-1' } });
  fleet.pauseOnSchedule('Night', NIGHT);

  expect(() => fleet.addFunction(testFunction(elsewhere), COUNTS)).toThrow('ProviderElsewhere');
  expect(schedulesIn(elsewhere)).toEqual([]);
});

test('an imported function is refused by a clear error, and has no schedule', () => {
  const stack = new Stack(new App(), 'Stack');
  const fleet = new ManagedInstances(stack, 'Fleet');
  fleet.pauseOnSchedule('Night', NIGHT);
  const imported = lambda.Function.fromFunctionName(stack, 'Imported', 'orders');

  expect(() => fleet.addFunction(imported)).toThrow('AttachTarget');
  expect(schedulesIn(stack)).toEqual([]);
});

test('functions on an imported provider are paused, too', () => {
  const stack = new Stack(new App(), 'Stack');
  const provider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'shared');
  const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', provider);
  fleet.addFunction(testFunction(stack), COUNTS);
  fleet.pauseOnSchedule('Night', NIGHT);

  expect(schedulesIn(stack)).toHaveLength(2);
  expect(fleet.plan().week).toHaveLength(2);
});

test('numbers and times that only deployment knows are rendered, and nothing is said of them', () => {
  const stack = new Stack(new App(), 'Stack');
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
  const managed = fleet.addFunction(testFunction(stack), COUNTS);
  const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
  const expression = new CfnParameter(stack, 'When').valueAsString;
  managed.scaleOnSchedule('Change', {
    schedule: ScheduleExpression.expression(expression), minExecutionEnvironments: count, maxExecutionEnvironments: count,
  });

  managed.scaleOnSchedule('InZone', {
    schedule: ScheduleExpression.cron({ hour: '7', minute: '0', timeZone: TimeZone.of(expression) }), minExecutionEnvironments: count, maxExecutionEnvironments: count,
  });
  fleet.pauseOnSchedule('Pause', { from: ScheduleExpression.expression(expression), until: ScheduleExpression.expression(expression) });

  expect(schedulesIn(stack)).toHaveLength(4);
  // A number, and no text: Lambda would refuse that.
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).toContain(':{\\"MinExecutionEnvironments\\":",{"Ref":"Count"},",\\"MaxExecutionEnvironments\\":",{"Ref":"Count"},"}}"');
  expect(fleet.plan().week).toEqual([]);
  expect(fleet.plan().toString().replace(/\s+/g, ' ')).toContain('Left out, since an average week can\'t show it: a schedule that is known only at deployment of Function.');
  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('Schedule'));
});
