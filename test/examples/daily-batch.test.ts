import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describeExample } from './describe-example';
import { DailyBatchStack, DailyBatchStackProps } from '../../examples/daily-batch/daily-batch-stack';

describeExample('daily-batch', ['DailyBatch'], (app, props) => new DailyBatchStack(app, 'DailyBatch', props));

/** The schedules of the batch by the time of day, in minutes, with what they ask for. */
function schedules(props: DailyBatchStackProps = {}): [number, string, any][] {
  const template = Template.fromStack(new DailyBatchStack(new App(), 'DailyBatch', props));
  return Object.values<any>(template.findResources('AWS::Scheduler::Schedule')).map(({ Properties: { ScheduleExpression, Target } }) => {
    const [minute, hour] = ScheduleExpression.match(/\d+/g).map(Number);
    const text = typeof Target.Input === 'string' ? Target.Input : Target.Input['Fn::Join'][1].map((part: any) => part.Ref ?? part).join('');
    return [hour * 60 + minute, JSON.stringify(Target.Arn), JSON.parse(text)];
  });
}

test('asks for environments before the parts start, and gives them back after the last may have ended', () => {
  const all = schedules({ startHour: 3, parts: 4 });
  const scaling = all.filter(([, arn]) => arn.includes(':scheduler:::aws-sdk:lambda:putFunctionScalingConfig'));
  const parts = all.filter(([, , input]) => 'part' in input);

  expect(parts.map(([time, , { part }]) => [time, part])).toEqual([[180, 0], [180, 1], [180, 2], [180, 3]]);
  expect(scaling.map(([time, , { FunctionScalingConfig }]) => [time, FunctionScalingConfig])).toEqual([
    [160, { MinExecutionEnvironments: 4, MaxExecutionEnvironments: 4 }],
    [180 + 10 + 60 + 90, { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 }],
  ]);
  expect(new Set(scaling.map(([, , { Qualifier }]) => Qualifier))).toEqual(new Set(['$LATEST.PUBLISHED']));
});

test('asks for environments on the day before, if the batch starts at midnight', () => {
  expect(schedules({ startHour: 0 }).map(([time]) => time)).toContain(23 * 60 + 40);
});

test('takes what waits an hour for an environment as the version that runs, not $LATEST', () => {
  const template = Template.fromStack(new DailyBatchStack(new App(), 'DailyBatch'));

  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    Qualifier: '$LATEST.PUBLISHED', MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 0,
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 5400, FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 },
  });
});

test('lets schedules do nothing but scale and start the function, and keep what failed', () => {
  const template = Template.fromStack(new DailyBatchStack(new App(), 'DailyBatch'));
  const policies = Object.entries<any>(template.findResources('AWS::IAM::Policy')).filter(([id]) => /Scheduler/.test(id)).map(([, { Properties }]) => Properties.PolicyDocument);

  const actions = policies.flatMap(({ Statement }) => Statement.map(({ Action }: any) => Action)).flat();
  expect(new Set(actions)).toEqual(new Set([
    'lambda:PutFunctionScalingConfig', 'lambda:InvokeFunction', 'sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl',
  ]));
  expect(JSON.stringify(policies)).not.toContain('"*"');
});
