/** Schedules that change the number of execution environments are judged alike, whoever wrote them. */
import { Aws, Duration, TimeZone } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke, Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import { readSam } from '../../../src/reading/sam/sam-template';
import { messageOf } from '../../../src/rules/findings';
import { judgeTemplates } from '../../judge-templates';
import { inThreeSources, Written } from '../../three-sources';
import { testFunction } from '../../util';

const LATEST_PUBLISHED = '$LATEST.PUBLISHED';
const SIX = { MinExecutionEnvironments: 6, MaxExecutionEnvironments: 24 };
const NONE = { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 };
/** What runs on the provider keeps nothing by itself. */
const PAUSED = { functionScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 0 } };

interface Raw {
  readonly at?: string;
  readonly zone?: string;
  readonly qualifier?: unknown;
  readonly counts?: object;
  readonly fn?: unknown;
  readonly state?: string;
}

function managed({ stack, attach }: Written, props: Partial<lambda.CfnFunctionProps> = {}): lambda.Function {
  const fn = testFunction(stack, 'Orders');
  Object.assign(fn.node.defaultChild as lambda.CfnFunction, { memorySize: 2048, ...props });
  attach(fn, { executionEnvironmentMemoryGiBPerVCpu: 2 });
  return fn;
}

/** A schedule as somebody writes it with an L1, or in a template. */
function raw({ stack }: Written, id: string, fn: lambda.Function, options: Raw = {}): scheduler.CfnSchedule {
  const { at = 'cron(40 7 ? * MON-FRI *)', zone = 'Europe/Berlin', qualifier = LATEST_PUBLISHED, counts = SIX, state } = options;
  return new scheduler.CfnSchedule(stack, id, {
    scheduleExpression: at,
    scheduleExpressionTimezone: zone,
    state,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: `arn:${Aws.PARTITION}:scheduler:::aws-sdk:lambda:putFunctionScalingConfig`,
      roleArn: 'arn:aws:iam::123456789012:role/scheduler',
      input: stack.toJsonString({ FunctionName: options.fn ?? fn.functionName, Qualifier: qualifier, FunctionScalingConfig: counts }),
    },
  });
}

function calling({ stack }: Written, id: string, target: scheduler.IScheduleTarget, hour: string, minute = '0'): void {
  new scheduler.Schedule(stack, id, { schedule: scheduler.ScheduleExpression.cron({ hour, minute, timeZone: TimeZone.ETC_UTC }), target });
}

const CASES: [string, (written: Written) => void, string[]][] = [
  ['a good schedule', (written) => raw(written, 'Up', managed(written)), []],
  ['a good schedule by CDK\'s L2', (written) => {
    new scheduler.Schedule(written.stack, 'Up', {
      schedule: scheduler.ScheduleExpression.cron({ hour: '7', minute: '40' }),
      target: new Universal({
        service: 'lambda',
        action: 'putFunctionScalingConfig',
        input: scheduler.ScheduleTargetInput.fromObject({
          FunctionName: managed(written).functionArn, Qualifier: LATEST_PUBLISHED, FunctionScalingConfig: SIX,
        }),
        policyStatements: [new iam.PolicyStatement({ actions: ['lambda:PutFunctionScalingConfig'], resources: ['*'] })],
      }),
    });
  }, []],
  ['$LATEST as the qualifier', (written) => raw(written, 'Up', managed(written), { qualifier: '$LATEST' }), ['error ScheduleQualifier']],
  ['the name of an alias as the qualifier', (written) => raw(written, 'Up', managed(written), { qualifier: 'live' }), ['error ScheduleQualifier']],
  ['a reference to an alias as the qualifier', (written) => {
    const fn = managed(written);
    const alias = new lambda.CfnAlias(written.stack, 'Live', { functionName: fn.functionName, functionVersion: '1', name: 'live' });
    raw(written, 'Up', fn, { qualifier: alias.ref });
  }, ['error ScheduleQualifier']],
  ['no qualifier', (written) => raw(written, 'Up', managed(written), { qualifier: null }), ['error ScheduleQualifier']],
  ['a function by its name', (written) => {
    raw(written, 'Up', managed(written, { functionName: 'orders' }), { fn: 'orders', qualifier: '$LATEST' });
  }, ['error ScheduleQualifier']],
  ['a minimum alone', (written) => raw(written, 'Up', managed(written), { counts: { MinExecutionEnvironments: 6 } }), ['error ScheduleCounts']],
  ['a maximum alone', (written) => raw(written, 'Up', managed(written), { counts: { MaxExecutionEnvironments: 6 } }), ['error ScheduleCounts']],
  ['a minimum above the maximum', (written) => (
    raw(written, 'Up', managed(written), { counts: { MinExecutionEnvironments: 6, MaxExecutionEnvironments: 5 } })
  ), ['error ScheduleCounts']],
  ['a literal version', (written) => raw(written, 'Up', managed(written), { qualifier: '3' }), ['warning ScheduleOfVersion']],
  ['a version of the app', (written) => {
    const fn = managed(written);
    raw(written, 'Up', fn, { qualifier: fn.currentVersion.version });
  }, ['warning ScheduleOfVersion']],
  ['a version of another function', (written) => {
    const other = testFunction(written.stack, 'Other', { currentVersionOptions: {} });
    raw(written, 'Up', managed(written), { qualifier: other.currentVersion.version });
  }, ['error ScheduleQualifier']],
  ['two schedules at the same minute of different zones', (written) => {
    const fn = managed(written);
    raw(written, 'Up', fn, { at: 'cron(0 7 * * ? *)', zone: 'Europe/Berlin' });
    raw(written, 'Down', fn, { at: 'cron(0 6 * * ? *)', zone: 'Etc/UTC', counts: NONE });
  }, ['warning ScheduleOverlap']],
  ['two schedules at the same minute of which one is switched off', (written) => {
    const fn = managed(written);
    raw(written, 'Up', fn, { at: 'cron(0 7 * * ? *)', zone: 'Europe/Berlin' });
    raw(written, 'Down', fn, { at: 'cron(0 6 * * ? *)', zone: 'Etc/UTC', counts: NONE, state: 'DISABLED' });
  }, []],
  ['two schedules at the same minute of two functions', (written) => {
    const fn = managed(written);
    const other = testFunction(written.stack, 'Payments');
    Object.assign(other.node.defaultChild as lambda.CfnFunction, { memorySize: 2048 });
    written.attach(other, { executionEnvironmentMemoryGiBPerVCpu: 2 });
    raw(written, 'Up', fn);
    raw(written, 'UpToo', other);
  }, []],
  ['work that begins when the environments are asked for', (written) => {
    const fn = managed(written, PAUSED);
    raw(written, 'Up', fn, { at: 'cron(0 7 * * ? *)', zone: 'Etc/UTC' });
    raw(written, 'Down', fn, { at: 'cron(0 9 * * ? *)', zone: 'Etc/UTC', counts: NONE });
    calling(written, 'Work', new LambdaInvoke(fn, {}), '7');
  }, ['warning ScheduleLate']],
  ['work that a rule of EventBridge begins before the environments are asked for', (written) => {
    const fn = managed(written, PAUSED);
    raw(written, 'Up', fn, { at: 'cron(10 7 * * ? *)', zone: 'Etc/UTC' });
    raw(written, 'Down', fn, { at: 'cron(0 9 * * ? *)', zone: 'Etc/UTC', counts: NONE });
    new events.Rule(written.stack, 'Work', { schedule: events.Schedule.cron({ hour: '7', minute: '0' }), targets: [new targets.LambdaFunction(fn)] });
  }, ['warning ScheduleLate']],
  ['work that begins when environments are there', (written) => {
    const fn = managed(written, PAUSED);
    raw(written, 'Up', fn, { at: 'cron(40 6 * * ? *)', zone: 'Etc/UTC' });
    raw(written, 'Down', fn, { at: 'cron(0 9 * * ? *)', zone: 'Etc/UTC', counts: NONE });
    calling(written, 'Work', new LambdaInvoke(fn, {}), '7');
  }, []],
  ['work of a version by its alias, late', (written) => {
    const fn = managed(written);
    const version = fn.currentVersion;
    Object.assign(version.node.defaultChild as lambda.CfnVersion, PAUSED);
    raw(written, 'Up', fn, { at: 'cron(0 7 * * ? *)', zone: 'Etc/UTC', qualifier: version.version });
    raw(written, 'Down', fn, { at: 'cron(0 9 * * ? *)', zone: 'Etc/UTC', counts: NONE, qualifier: version.version });
    calling(written, 'Work', new LambdaInvoke(new lambda.Alias(written.stack, 'Live', { aliasName: 'live', version }), {}), '7');
  }, ['warning PublishedForNobody', 'warning ScheduleLate', 'warning ScheduleOfVersion']],
  ['a function that keeps nothing, and that nothing raises', (written) => {
    raw(written, 'Down', managed(written, PAUSED), { counts: NONE });
  }, ['warning EnvironmentsDeactivated']],
  ['a function that keeps nothing but at the times of a rate', (written) => {
    raw(written, 'Up', managed(written, PAUSED), { at: 'rate(1 day)' });
  }, []],
];

test.each(CASES)('%s', (_what, write, expected) => {
  expect(inThreeSources(write)).toEqual({ ours: expected, cdk: expected, template: expected });
});

test('a schedule for a function that runs on no capacity provider is none of our concern', () => {
  const write = (written: Written) => {
    managed(written);
    raw(written, 'Up', testFunction(written.stack, 'Plain'), { qualifier: 'live', counts: {} });
  };

  expect(inThreeSources(write)).toEqual({ ours: [], cdk: [], template: [] });
});

describe('a template', () => {
  const findings = (target: object, properties: object = {}) => judgeTemplates([{
    file: 'orders.json',
    stackName: 'orders',
    body: {
      Parameters: { Least: { Type: 'Number' } },
      Resources: {
        Orders: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            MemorySize: 2048,
            Runtime: 'nodejs24.x',
            LoggingConfig: { LogFormat: 'JSON' },
            CapacityProviderConfig: {
              LambdaManagedInstancesCapacityProviderConfig: {
                CapacityProviderArn: 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:orders', ExecutionEnvironmentMemoryGiBPerVCpu: 2,
              },
            },
          },
        },
        Up: {
          Type: 'AWS::Scheduler::Schedule',
          Properties: {
            ScheduleExpression: 'cron(0 7 * * ? *)', Target: { Arn: 'arn:aws:scheduler:::aws-sdk:lambda:putFunctionScalingConfig', ...target }, ...properties,
          },
        },
      },
    },
  }]).flatMap((assessment) => assessment.findings).filter(({ code }) => code.startsWith('Schedule')).map(messageOf);

  test('is read through the text of the input', () => {
    const input = { 'Fn::Sub': '{"FunctionName": "${Orders}", "Qualifier": "live", "FunctionScalingConfig": {"MinExecutionEnvironments": ${Least}}}' };

    expect(findings({ Input: input })).toEqual([
      'Qualifier is live, but must be $LATEST.PUBLISHED or the number of a version. Scale $LATEST.PUBLISHED, which callers without a qualifier use, or the version that the alias points to.',
      'FunctionScalingConfig.MaxExecutionEnvironments isn\'t set, but a schedule has to set both numbers: Lambda resets one that is left out to its default. Set both numbers; a pause uses the numbers of the function.',
    ]);
  });

  test.each([
    ['no JSON', { Input: '{"FunctionName": ' }],
    ['no input', {}],
    ['a function that is known at deployment', { Input: '{"FunctionName": "{{resolve:ssm:/orders}}", "Qualifier": "live"}' }],
    ['a zone that nobody knows', { Input: { 'Fn::Sub': '{"FunctionName": "${Orders}", "Qualifier": "$LATEST.PUBLISHED", "FunctionScalingConfig": {"MinExecutionEnvironments": 1, "MaxExecutionEnvironments": 2}}' } }],
  ])('says nothing of what can\'t be read: %s', (_what, target) => {
    expect(findings(target, { ScheduleExpressionTimezone: 'Europe/Nowhere' })).toEqual([]);
  });
});

describe('the events of a SAM function', () => {
  const schedule = (id: string, ScheduleExpression: string, count: number) => ({
    [id]: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpression,
        ScheduleExpressionTimezone: 'Europe/Berlin',
        Target: {
          Arn: 'arn:aws:scheduler:::aws-sdk:lambda:putFunctionScalingConfig',
          Input: {
            'Fn::Sub': `{"FunctionName": "\${Orders}", "Qualifier": "$LATEST.PUBLISHED", "FunctionScalingConfig": {"MinExecutionEnvironments": ${count}, "MaxExecutionEnvironments": ${count}}}`,
          },
        },
      },
    },
  });
  /** What is said of a function that has three environments from 7:00 to 9:00 in Berlin, which is 6:00 to 8:00 UTC in winter. */
  const findings = (event: unknown, properties: object = {}) => judgeTemplates([{
    file: 'orders.yaml',
    stackName: 'orders',
    body: readSam({
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        Orders: {
          Type: 'AWS::Serverless::Function',
          Properties: {
            MemorySize: 2048,
            Runtime: 'nodejs24.x',
            CapacityProviderConfig: { Arn: 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:orders', ExecutionEnvironmentMemoryGiBPerVCpu: 2 },
            FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 },
            Events: { Nightly: event },
            ...properties,
          },
        },
        ...schedule('Up', 'cron(0 7 * * ? *)', 3),
        ...schedule('Down', 'cron(0 9 * * ? *)', 0),
      },
    }).body,
  }]).flatMap((judgement) => judgement.findings).filter(({ code }) => code.startsWith('Schedule')).map(({ code }) => code);

  test.each<[string, object]>([
    ['Schedule, in UTC', { Type: 'Schedule', Properties: { Schedule: 'cron(0 6 * * ? *)' } }],
    ['Schedule, switched on', { Type: 'Schedule', Properties: { Schedule: 'cron(0 6 * * ? *)', Enabled: true } }],
    ['ScheduleV2, in UTC', { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'cron(0 6 * * ? *)' } }],
    ['ScheduleV2, in the zone', { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'cron(0 7 * * ? *)', ScheduleExpressionTimezone: 'Europe/Berlin' } }],
    ['ScheduleV2, in another zone', { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'cron(50 0 * * ? *)', ScheduleExpressionTimezone: 'America/New_York' } }],
  ])('begin before environments are there: %s', (_what, event) => {
    expect(findings(event)).toEqual(['ScheduleLate']);
  });

  test.each<[string, unknown]>([
    ['Schedule, later', { Type: 'Schedule', Properties: { Schedule: 'cron(20 6 * * ? *)' } }],
    ['Schedule, at a rate', { Type: 'Schedule', Properties: { Schedule: 'rate(1 hour)' } }],
    ['Schedule, not enabled', { Type: 'Schedule', Properties: { Schedule: 'cron(0 6 * * ? *)', Enabled: false } }],
    ['Schedule, switched off', { Type: 'Schedule', Properties: { Schedule: 'cron(0 6 * * ? *)', State: 'DISABLED' } }],
    ['Schedule, known at deployment', { Type: 'Schedule', Properties: { Schedule: { Ref: 'When' } } }],
    ['ScheduleV2, switched off', { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'cron(0 6 * * ? *)', State: 'DISABLED' } }],
    ['ScheduleV2, from a date on', { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'cron(0 6 * * ? *)', StartDate: '2027-01-01T00:00:00Z' } }],
    ['ScheduleV2, in a zone that is known at deployment', { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'cron(0 7 * * ? *)', ScheduleExpressionTimezone: { Ref: 'Zone' } } }],
    ['Schedule without properties', { Type: 'Schedule', Properties: null }],
    ['nothing', null],
  ])('say nothing of environments that are late: %s', (_what, event) => {
    expect(findings(event)).toEqual([]);
  });

  test('call the alias where SAM makes one, so the environments of $LATEST.PUBLISHED are none of theirs', () => {
    expect(findings({ Type: 'Schedule', Properties: { Schedule: 'cron(0 6 * * ? *)' } }, { AutoPublishAlias: 'live' })).toEqual([]);
  });
});

test('the rate of a call is no time at which work begins', () => {
  const write = (written: Written) => {
    const fn = managed(written, PAUSED);
    raw(written, 'Up', fn);
    new scheduler.Schedule(written.stack, 'Work', { schedule: scheduler.ScheduleExpression.rate(Duration.hours(1)), target: new LambdaInvoke(fn, {}) });
  };

  expect(inThreeSources(write)).toEqual({ ours: [], cdk: [], template: [] });
});
