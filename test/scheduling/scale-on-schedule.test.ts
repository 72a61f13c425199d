import { App, CfnParameter, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ManagedFunction, ManagedInstances } from '../../src';

const BERLIN = TimeZone.EUROPE_BERLIN;
const at = (hour: string, minute = '0', weekDay = '*') => ScheduleExpression.cron({ hour, minute, weekDay, timeZone: BERLIN });
const utc = (hour: string) => ScheduleExpression.cron({ hour, minute: '0' });
const SIX = { minExecutionEnvironments: 6, maxExecutionEnvironments: 24 };
const NONE = { minExecutionEnvironments: 0, maxExecutionEnvironments: 0 };

function newFunction(scope: Stack, id = 'Orders'): lambda.Function {
  return new lambda.Function(scope, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {}'),
  });
}

function given(options = {}): { stack: Stack; fleet: ManagedInstances; orders: ManagedFunction; fn: lambda.Function } {
  const stack = new Stack(new App(), 'Stack');
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 400 });
  const fn = newFunction(stack);
  const latestPublishedScalingConfig = { minExecutionEnvironments: 3, maxExecutionEnvironments: 12 };
  return { stack, fleet, fn, orders: fleet.addFunction(fn, { latestPublishedScalingConfig, ...options }) };
}

/** The schedules of a stack by their ids: when, what, and for how long it is tried. */
function schedulesIn(stack: Stack): Record<string, any> {
  const schedules = Object.values<any>(Template.fromStack(stack).findResources('AWS::Scheduler::Schedule'));
  return Object.fromEntries(schedules.map(({ Properties: { Name, ScheduleExpression: expression, ScheduleExpressionTimezone: zone, Target } }) => {
    const text = typeof Target.Input === 'string' ? Target.Input : Target.Input['Fn::Join'][1].map((part: any) => part.Ref ?? part['Fn::GetAtt']?.join('.') ?? part).join('');
    const { RetryPolicy: { MaximumEventAgeInSeconds: age }, DeadLetterConfig: deadLetters } = Target;
    return [expression, { Name, zone, input: JSON.parse(text), age, deadLetters: deadLetters !== undefined }];
  }));
}

test('sets both numbers of the version that runs, at a time of a zone', () => {
  // GIVEN
  const { stack, orders } = given();
  // WHEN
  orders.scaleOnSchedule('Morning', { schedule: at('7', '40', 'MON-FRI'), ...SIX });
  // THEN
  expect(schedulesIn(stack)['cron(40 7 ? * MON-FRI *)']).toMatchObject({
    zone: 'Europe/Berlin',
    input: { Qualifier: '$LATEST.PUBLISHED', FunctionScalingConfig: { MinExecutionEnvironments: 6, MaxExecutionEnvironments: 24 } },
  });
  Template.fromStack(stack).hasResourceProperties('AWS::Scheduler::Schedule', {
    Target: { Arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':scheduler:::aws-sdk:lambda:putFunctionScalingConfig']] } },
    FlexibleTimeWindow: { Mode: 'OFF' },
  });
});

test('shares a role and a group in a stack, which may scale these functions and nothing else', () => {
  // GIVEN
  const { stack, fleet, orders } = given();
  const payments = fleet.addFunction(newFunction(stack, 'Payments'));
  // WHEN
  orders.scaleOnSchedule('Morning', { schedule: at('7'), ...SIX });
  orders.scaleOnSchedule('Night', { schedule: at('22'), ...NONE });
  payments.scaleOnSchedule('Morning', { schedule: at('8'), ...SIX });
  // THEN
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Scheduler::ScheduleGroup', 1);
  const roles = Object.values<any>(template.findResources('AWS::IAM::Role', { Properties: { Description: Match.stringLikeRegexp('clock') } }));
  expect(roles).toHaveLength(1);
  expect(roles[0].Properties.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals).toEqual({
    'aws:SourceAccount': { Ref: 'AWS::AccountId' }, 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching('Group'), 'Arn'] },
  });
  const [policy] = Object.entries<any>(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('ManagedInstancesScheduler')).map(([, { Properties }]) => Properties);
  expect(policy.PolicyDocument.Statement.map(({ Action }: any) => Action)).toEqual(Array(policy.PolicyDocument.Statement.length).fill('lambda:PutFunctionScalingConfig'));
  expect(JSON.stringify(policy)).not.toContain('"*"');
});

test('stops trying before the next change of the version begins', () => {
  // GIVEN
  const { stack, orders } = given();
  // WHEN
  orders.scaleOnSchedule('Up', { schedule: utc('6'), ...SIX });
  orders.scaleOnSchedule('Down', { schedule: utc('22'), ...NONE });
  // THEN
  expect(schedulesIn(stack)['cron(0 6 * * ? *)'].age).toBe(16 * 3600 - 60);
  expect(schedulesIn(stack)['cron(0 22 * * ? *)'].age).toBe(8 * 3600 - 60);
});

test('leaves out the hour that is missing in spring, where clocks are set forward', () => {
  const { stack, orders } = given();
  orders.scaleOnSchedule('Up', { schedule: at('6'), ...SIX });
  orders.scaleOnSchedule('Down', { schedule: at('22'), ...NONE });

  expect(schedulesIn(stack)['cron(0 22 ? * * *)'].age).toBe(7 * 3600 - 60);
});

test('tries for a quarter of an hour where nobody can tell when the next change is due', () => {
  const { stack, orders } = given();
  orders.scaleOnSchedule('Up', { schedule: utc('6'), ...SIX });
  orders.scaleOnSchedule('Now', { schedule: ScheduleExpression.rate(Duration.hours(5)), ...SIX });

  expect(schedulesIn(stack)['cron(0 6 * * ? *)'].age).toBe(900);
});

test.each<[string, (stack: Stack) => string]>([
  ['a name that isn\'t known', () => 'Europe/Nowhere'],
  ['a parameter', (stack) => new CfnParameter(stack, 'Zone').valueAsString],
])('takes a time zone that nobody can read: %s', (_what, zoneIn) => {
  const { stack, orders, fleet } = given();
  const name = zoneIn(stack);
  orders.scaleOnSchedule('Up', { schedule: ScheduleExpression.cron({ hour: '6', minute: '0', timeZone: TimeZone.of(name) }), ...SIX });

  expect(schedulesIn(stack)['cron(0 6 * * ? *)'].age).toBe(900);
  expect(fleet.plan().week).toEqual([]);
});

test('keeps what could not be done in a queue', () => {
  const { stack, orders } = given();
  orders.scaleOnSchedule('Morning', { schedule: at('7'), ...SIX, deadLetterQueue: new sqs.Queue(stack, 'Undone') });

  expect(Object.values<any>(schedulesIn(stack))[0].deadLetters).toBe(true);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['sqs:SendMessage']) })]) },
  });
});

test('stands in the stack of the function', () => {
  // GIVEN
  const app = new App();
  const fleet = new ManagedInstances(new Stack(app, 'Base'), 'Fleet');
  const shop = new Stack(app, 'Shop');
  // WHEN
  fleet.addFunction(newFunction(shop)).scaleOnSchedule('Morning', { schedule: at('7'), ...SIX });
  // THEN
  Template.fromStack(shop).resourceCountIs('AWS::Scheduler::Schedule', 1);
  Template.fromStack(Stack.of(fleet)).resourceCountIs('AWS::Scheduler::Schedule', 0);
});

test('scales a numbered version, and warns that the next one has no schedule', () => {
  const { stack, orders, fn } = given();
  orders.scaleOnSchedule('Morning', { schedule: at('7'), ...SIX, version: fn.currentVersion });

  expect(Object.values<any>(schedulesIn(stack))[0].input.Qualifier).toMatch(/^OrdersCurrentVersion.*\.Version$/);
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('won\'t have the schedule.*ScheduleOfVersion'));
});

test('takes an L1', () => {
  const { stack, fleet } = given();
  const raw = newFunction(stack, 'Raw').node.defaultChild as lambda.CfnFunction;
  fleet.addFunction(raw).scaleOnSchedule('Morning', { schedule: at('7'), ...SIX });

  expect(Object.keys(schedulesIn(stack))).toHaveLength(1);
});

describe('an error', () => {
  test.each<[string, object, string]>([
    ['numbers out of range', { minExecutionEnvironments: -1, maxExecutionEnvironments: 3 }, 'minExecutionEnvironments is -1, but must be a whole number from 0 to 15000. Use a number in that range'],
    ['fractions', { minExecutionEnvironments: 1, maxExecutionEnvironments: 2.5 }, 'maxExecutionEnvironments is 2.5, but must be a whole number from 0 to 15000'],
    ['a minimum above the maximum', { minExecutionEnvironments: 5, maxExecutionEnvironments: 4 }, 'minExecutionEnvironments is 5, but must not be above maxExecutionEnvironments, which is 4. Lower minExecutionEnvironments to 4, or raise maxExecutionEnvironments'],
    ['one number only', { minExecutionEnvironments: 5, maxExecutionEnvironments: undefined }, 'maxExecutionEnvironments isn\'t set, but a schedule has to set both numbers: Lambda resets one that is left out to its default'],
  ])('names %s', (_, counts, message) => {
    const { stack, orders } = given();

    expect(() => orders.scaleOnSchedule('Morning', { schedule: at('7'), ...counts } as any)).toThrow(message);
    expect(Object.keys(schedulesIn(stack))).toEqual([]);
  });

  test('names an alias and $LATEST, which have no environments', () => {
    const { orders, fn } = given();
    const alias = fn.addAlias('live') as unknown as lambda.IVersion;

    expect(() => orders.scaleOnSchedule('A', { schedule: at('7'), ...SIX, version: alias })).toThrow('qualifier is an alias, but must be $LATEST.PUBLISHED or the number of a version');
    expect(() => orders.scaleOnSchedule('B', { schedule: at('7'), ...SIX, version: fn.latestVersion })).toThrow('is $LATEST, but must be $LATEST.PUBLISHED or the number of a version. Scale $LATEST.PUBLISHED');
  });

  test('names a second schedule of one id', () => {
    const { orders, fleet } = given();
    orders.scaleOnSchedule('Morning', { schedule: at('7'), ...SIX });

    expect(() => orders.scaleOnSchedule('Morning', { schedule: at('8'), ...SIX })).toThrow('id is Morning, but the function has a schedule with that id');
    expect(() => fleet.pauseOnSchedule('Morning', { from: at('20'), until: at('6') })).toThrow('[cdk-lambda-managed-instances::ScheduleId]');
  });

  test('says nothing of numbers that are known at deployment', () => {
    const { stack, orders } = given();
    const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;

    expect(() => orders.scaleOnSchedule('Morning', { schedule: at('7'), minExecutionEnvironments: count, maxExecutionEnvironments: 2 })).not.toThrow();
  });
});

test('warns of two schedules at the same minute, whatever zones they are in', () => {
  const { stack, orders } = given();
  orders.scaleOnSchedule('Up', { schedule: at('7'), ...SIX });
  orders.scaleOnSchedule('Down', { schedule: utc('6'), ...NONE });

  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('same minute.*ScheduleOverlap'));
});

test('warns of nothing where schedules are as they should be', () => {
  const { stack, orders } = given();
  orders.scaleOnSchedule('Up', { schedule: at('7'), ...SIX });
  orders.scaleOnSchedule('Down', { schedule: at('22'), ...NONE });

  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('Schedule'));
});

test.each([[SIX, 0], [NONE, 1]])('a version that keeps nothing is no mistake where a schedule raises it: %j', (counts, warnings) => {
  const { stack, orders } = given({ latestPublishedScalingConfig: NONE });
  orders.scaleOnSchedule('Morning', { schedule: at('7'), ...counts });

  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('EnvironmentsDeactivated'))).toHaveLength(warnings);
});

describe('a pause of the fleet', () => {
  const night = { from: at('22'), until: at('6') };

  test('sets every function to nothing, and back to what its configuration says', () => {
    // GIVEN
    const { stack, fleet } = given();
    // WHEN
    fleet.pauseOnSchedule('Night', night);
    // THEN
    const schedules = schedulesIn(stack);
    expect(schedules['cron(0 22 ? * * *)'].input.FunctionScalingConfig).toEqual({ MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 });
    expect(schedules['cron(0 6 ? * * *)'].input.FunctionScalingConfig).toEqual({ MinExecutionEnvironments: 3, MaxExecutionEnvironments: 12 });
  });

  test('follows changes of the configuration', () => {
    const { stack, fleet, fn } = given();
    fleet.pauseOnSchedule('Night', night);
    (fn.node.defaultChild as lambda.CfnFunction).functionScalingConfig = { maxExecutionEnvironments: 7 };

    expect(schedulesIn(stack)['cron(0 6 ? * * *)'].input.FunctionScalingConfig).toEqual({ MinExecutionEnvironments: 3, MaxExecutionEnvironments: 7 });
  });

  test('goes back to what an override says, too, and to numbers that only deployment knows', () => {
    const { stack, fleet, fn } = given();
    fleet.pauseOnSchedule('Night', night);
    const resource = fn.node.defaultChild as lambda.CfnFunction;
    resource.functionScalingConfig = { minExecutionEnvironments: 2, maxExecutionEnvironments: new CfnParameter(stack, 'Most', { type: 'Number' }).valueAsNumber };
    resource.addPropertyOverride('FunctionScalingConfig.MinExecutionEnvironments', 5);

    const [text] = Object.values<any>(Template.fromStack(stack).findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => JSON.stringify(Properties.Target.Input)).filter((input) => input.includes('Most'));
    expect(text).toContain('MinExecutionEnvironments\\":5,\\"MaxExecutionEnvironments\\":",{"Ref":"Most"}');
  });

  test('refuses a pause that ends as it begins, and a FIFO queue, which EventBridge Scheduler refuses', () => {
    const { stack, fleet } = given();
    const deadLetterQueue = new sqs.Queue(stack, 'Queue', { fifo: true });

    expect(() => fleet.pauseOnSchedule('Night', { from: at('22'), until: at('22'), deadLetterQueue })).toThrow(
      /2 problems:[^]*until is cron\(0 22 \? \* \* \*\), but must be another time than from[^]*ScheduleQueue/,
    );
  });

  test.each<[string, ScheduleExpression, ScheduleExpression, string]>([
    ['begins before the night ends', at('4'), at('8'), 'from is cron(0 4 ? * * *), but the pause Night ends at cron(0 6 ? * * *), in the middle of the pause Other, and would end that, too.'],
    ['ends in the night', at('20'), at('23'), 'until is cron(0 23 ? * * *), but the pause Other ends at cron(0 23 ? * * *), in the middle of the pause Night, and would end that, too.'],
    ['lies in the night, in another zone', utc('22'), utc('23'), 'until is cron(0 23 * * ? *), but the pause Other ends at cron(0 23 * * ? *), in the middle of the pause Night'],
    ['lies around some nights', at('20', '0', 'FRI'), at('7', '0', 'MON'), 'from is cron(0 20 ? * FRI *), but the pause Night ends'],
    ['begins as the night ends', at('6'), at('7'), ''],
    ['ends with the night', at('4'), at('6'), ''],
    ['is at noon', at('12'), at('13'), ''],
    ['is of one day a month', ScheduleExpression.cron({ hour: '4', minute: '0', day: '1' }), ScheduleExpression.cron({ hour: '8', minute: '0', day: '1' }), ''],
  ])('a second pause that %s', (_what, from, until, message) => {
    const { fleet } = given();
    fleet.pauseOnSchedule('Night', night);
    const pause = () => fleet.pauseOnSchedule('Other', { from, until });

    if (message === '') expect(pause).not.toThrow();
    else expect(pause).toThrow(message);
  });

  test('applies to functions that come later', () => {
    const { stack, fleet } = given();
    fleet.pauseOnSchedule('Night', night);
    fleet.addFunction(newFunction(stack, 'Late'), { latestPublishedScalingConfig: { maxExecutionEnvironments: 4 } });

    Template.fromStack(stack).resourceCountIs('AWS::Scheduler::Schedule', 4);
  });

  test('needs a maximum to go back to', () => {
    const { stack, fleet } = given({ latestPublishedScalingConfig: { minExecutionEnvironments: 3 } });
    fleet.pauseOnSchedule('Night', night);

    expect(() => Template.fromStack(stack)).toThrow('maxExecutionEnvironments isn\'t set, but a schedule has to set both numbers: Lambda resets one that is left out to its default. Set both numbers; a pause uses the numbers of the function.');
  });

  test('refuses times that are no cron expressions', () => {
    const { fleet } = given();

    expect(() => fleet.pauseOnSchedule('Night', { from: ScheduleExpression.rate(Duration.hours(1)), until: ScheduleExpression.at(new Date('2027-01-01')) }))
      .toThrow(/2 problems:[^]*from is rate\(1 hour\), but a pause needs a cron expression[^]*until is[^]*, but a pause needs a cron expression/);
  });
});
