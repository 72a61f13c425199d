/** Makes the schedules that change the number of execution environments. */
import { Aws, Lazy, Stack, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, IScheduleTarget, Schedule, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct } from 'constructs';
import { retryWindow } from './retry-window';
import { factsOfSchedule } from './schedule-facts';
import { ScaleOnScheduleOptions } from './schedule-options';
import { Scheduler } from './scheduler';
import { reportAtSynth, throwErrors } from '../judging/report';
import { Attachment, limitsOf } from '../registry/provider-record';
import { RecordedSchedule, recordSchedule, schedulesOf } from '../registry/schedules';
import { Finding, findingOf, NAMESPACE } from '../rules/findings';
import { RELATIVE_JUDGE } from '../rules/function/relative-judge';
import { SCHEDULE_FINDINGS } from '../rules/function/schedule-rules';
import { codeContext, Moment } from '../rules/rule';
import { LATEST_PUBLISHED } from '../sizing/fleet-demand';

/** The warning of a function that keeps nothing and may have nothing. */
const DEACTIVATED = `${NAMESPACE}::EnvironmentsDeactivated`;

/** The scope of all schedules of a function, so that their ids can't clash with what CDK puts below it. */
const SCOPE = 'Schedules';

/** Changes the environments of a version of a function by the clock, or throws and makes nothing. */
export function scaleOnSchedule(attachment: Attachment, id: string, options: ScaleOnScheduleOptions): Schedule {
  const { version, schedule, minExecutionEnvironments: min, maxExecutionEnvironments: max, deadLetterQueue } = options;
  const change: RecordedSchedule = { schedule, qualifier: version?.version ?? LATEST_PUBLISHED, isPause: false, counts: () => ({ min, max }) };
  const context = codeContext(limitsOf(attachment.provider));
  throwErrors(attachment.function, [
    ...idFindings(attachment.function, id),
    ...RELATIVE_JUDGE.judge({ schedule: factsOfSchedule(attachment.resource, change, version) }, Moment.CALL, context),
  ]);
  return addSchedule(attachment, scopeOf(attachment.function), id, change, { deadLetterQueue, version });
}

/** What is wrong with the id of a schedule of a function. */
export function idFindings(fn: IConstruct, id: string): Finding[] {
  const isTaken = (fn.node.tryFindChild(SCOPE) as Construct | undefined)?.node.tryFindChild(id) !== undefined;
  return isTaken ? [findingOf(SCHEDULE_FINDINGS.ScheduleId, {
    property: 'id', allowed: 'must be unique among the schedules of a function', found: `a second ${id}`, remedy: 'give each schedule an id of its own',
  })] : [];
}

/** The scope of the schedules of a function. */
export function scopeOf(fn: IConstruct): Construct {
  return fn.node.tryFindChild(SCOPE) as Construct | undefined ?? new Construct(fn as Construct, SCOPE);
}

interface Around {
  readonly deadLetterQueue?: sqs.IQueue;
  readonly version?: lambda.IVersion;
}

/** Makes one schedule in the group of the function's stack, and has it judged with all others at synthesis. */
export function addSchedule(
  { resource, provider }: Attachment, scope: Construct, id: string, change: RecordedSchedule, { deadLetterQueue, version }: Around,
): Schedule {
  const scheduler = Scheduler.in(Stack.of(resource));
  scheduler.allowScaling(resource.attrArn, change.qualifier);
  const schedule = new Schedule(scope, id, {
    schedule: change.schedule,
    scheduleGroup: scheduler.group,
    target: putScalingConfig(resource, change, scheduler, deadLetterQueue),
  });
  recordSchedule(resource, change);
  limitRetries(schedule.node.defaultChild as CfnSchedule, resource, change);
  if (change.counts().max !== 0) Validations.of(resource).acknowledge({ id: DEACTIVATED, reason: `The schedule ${schedule.node.path} raises the environments` });
  schedule.node.addValidation({
    validate: () => reportAtSynth(
      schedule.node.defaultChild as CfnSchedule,
      RELATIVE_JUDGE.judge({ schedule: factsOfSchedule(resource, change, version) }, Moment.SYNTHESIS, codeContext(limitsOf(provider))),
    ),
  });
  return schedule;
}

/** The retry window follows from the schedules of the version that are added later, too. CDK's construct compares it as a number, so it takes none. */
function limitRetries(schedule: CfnSchedule, fn: lambda.CfnFunction, { schedule: own, qualifier }: RecordedSchedule): void {
  const ofSameVersion = () => schedulesOf(fn).filter((other) => other.qualifier === qualifier).map((other) => other.schedule);
  schedule.target = {
    ...schedule.target as CfnSchedule.TargetProperty,
    retryPolicy: { maximumEventAgeInSeconds: Lazy.number({ produce: () => retryWindow(own, ofSameVersion()) }) },
  };
}

function putScalingConfig(fn: lambda.CfnFunction, change: RecordedSchedule, { role }: Scheduler, deadLetterQueue?: sqs.IQueue): IScheduleTarget {
  return {
    bind: () => {
      deadLetterQueue?.grantSendMessages(role);
      return {
        arn: `arn:${Aws.PARTITION}:scheduler:::aws-sdk:lambda:putFunctionScalingConfig`,
        role,
        input: ScheduleTargetInput.fromObject({
          FunctionName: fn.ref,
          Qualifier: change.qualifier,
          FunctionScalingConfig: {
            MinExecutionEnvironments: Lazy.number({ produce: () => change.counts().min }),
            MaxExecutionEnvironments: Lazy.number({ produce: () => change.counts().max }),
          },
        }),
        deadLetterConfig: deadLetterQueue && { arn: deadLetterQueue.queueArn },
      };
    },
  };
}
