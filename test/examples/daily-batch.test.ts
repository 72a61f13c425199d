import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describeExample } from './describe-example';
import { DailyBatchStack } from '../../examples/daily-batch/daily-batch-stack';

describeExample('daily-batch', ['DailyBatch'], (app, props) => new DailyBatchStack(app, 'DailyBatch', props));

/** The schedules of the batch by the time of day, in minutes, with what they ask for. */
function schedules(): [number, string, any][] {
  const template = Template.fromStack(new DailyBatchStack(new App(), 'DailyBatch'));
  return Object.values<any>(template.findResources('AWS::Scheduler::Schedule')).map(({ Properties: { ScheduleExpression, Target } }) => {
    const [minute, hour] = ScheduleExpression.match(/\d+/g).map(Number);
    const text = typeof Target.Input === 'string' ? Target.Input : Target.Input['Fn::Join'][1].map((part: any) => part.Ref ?? part).join('');
    return [hour * 60 + minute, JSON.stringify(Target.Arn), JSON.parse(text)];
  });
}

test('asks for environments before the parts start, and gives them back after the last may have ended', () => {
  const all = schedules();
  const scaling = all.filter(([, arn]) => arn.includes(':scheduler:::aws-sdk:lambda:putFunctionScalingConfig'));
  const parts = all.filter(([, , input]) => 'part' in input);

  expect(parts.map(([time, , { part }]) => [time, part])).toEqual([[120, 0], [120, 1], [120, 2]]);
  expect(scaling.map(([time, , { FunctionScalingConfig }]) => [time, FunctionScalingConfig])).toEqual([
    [100, { MinExecutionEnvironments: 3, MaxExecutionEnvironments: 3 }],
    [280, { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 }],
  ]);
  expect(new Set(scaling.map(([, , { Qualifier }]) => Qualifier))).toEqual(new Set(['$LATEST.PUBLISHED']));
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

test('lowers the environments when each part has been delivered, has waited and has run, at the latest', () => {
  const template = Template.fromStack(new DailyBatchStack(new App(), 'DailyBatch'));
  const [only] = Object.values<any>(template.findResources('AWS::Lambda::EventInvokeConfig'));
  const [fn] = Object.values<any>(template.findResources('AWS::Lambda::Function', { Properties: { Timeout: 5400 } }));
  const retries = Object.values<any>(template.findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties.Target.RetryPolicy?.MaximumEventAgeInSeconds);
  const [lowered] = schedules().filter(([, , input]) => input.FunctionScalingConfig?.MaxExecutionEnvironments === 0);

  expect(retries).toContain(600);
  expect(lowered[0] * 60).toBe(120 * 60 + 600 + only.Properties.MaximumEventAgeInSeconds + fn.Properties.Timeout);
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
