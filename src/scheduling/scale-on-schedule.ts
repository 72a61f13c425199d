/** Creates the schedules that change the number of execution environments. */
import { Aws, Lazy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, IScheduleTarget, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IConstruct } from 'constructs';
import { retryWindow } from './retry-window';
import { Counts, factsOfCall } from './schedule-facts';
import { ScaleOnScheduleOptions } from './schedule-options';
import { Scheduler } from './scheduler';
import { throwErrors } from '../judging/report';
import { Attachment, limitsOf } from '../registry/provider-record';
import { Finding, findingOf } from '../rules/findings';
import { RELATIVE_JUDGE } from '../rules/function/relative-judge';
import { SCHEDULE_FINDINGS } from '../rules/function/schedule-rules';
import { codeContext, Moment } from '../rules/rule';
import { LATEST_PUBLISHED } from '../service/execution-environments';

/** The id of the scope of a function's schedules. It keeps their ids from clashing with constructs that CDK adds below the function. */
const SCOPE = 'Schedules';

/** The numbers that a schedule sets, and the time at which it sets them. */
export interface Change {
  readonly schedule: ScheduleExpression;
  /** `$LATEST.PUBLISHED`, or the number of a version, which may be a token. */
  readonly qualifier: string;
  /** Returns the numbers at synthesis, because a pause ends with the numbers that the function's configuration has then. */
  counts(): Counts;
}

/** The changes of each function so far. They determine how long each of them may be retried. */
const CHANGES = new WeakMap<lambda.CfnFunction, Change[]>();

/** Creates a schedule that changes the environments of a version. Throws and creates nothing if anything is wrong. */
export function scaleOnSchedule(attachment: Attachment, id: string, options: ScaleOnScheduleOptions): Schedule {
  const { version, schedule, minExecutionEnvironments: min, maxExecutionEnvironments: max, deadLetterQueue } = options;
  const change: Change = { schedule, qualifier: version?.version ?? LATEST_PUBLISHED, counts: () => ({ min, max }) };
  const facts = { schedule: factsOfCall(change.qualifier, { min, max }, version) };
  throwErrors(attachment.function, [
    ...idFindings(attachment.function, id),
    ...queueFindings(deadLetterQueue),
    ...RELATIVE_JUDGE.judge(facts, Moment.CALL, codeContext(limitsOf(attachment.provider))),
  ]);
  return addSchedule(attachment, scopeOf(attachment.function), id, change, deadLetterQueue);
}

/** Reports an id that another schedule of the function already has. */
export function idFindings(fn: IConstruct, id: string): Finding[] {
  const isTaken = (fn.node.tryFindChild(SCOPE) as Construct | undefined)?.node.tryFindChild(id) !== undefined;
  return isTaken ? [takenId(id, 'the function has a schedule with that id')] : [];
}

/** Reports a dead-letter queue that EventBridge Scheduler refuses. */
export function queueFindings(queue: sqs.IQueue | undefined): Finding[] {
  return queue?.fifo === true ? [findingOf(SCHEDULE_FINDINGS.ScheduleQueue, {
    property: 'deadLetterQueue', allowed: 'must be a standard queue', found: 'a FIFO queue', remedy: 'use a queue without fifo',
  })] : [];
}

/** Makes the finding about an id that is taken. */
export function takenId(id: string, allowed: string): Finding {
  return findingOf(SCHEDULE_FINDINGS.ScheduleId, { property: 'id', allowed, found: id, remedy: 'give each schedule an id of its own' });
}

/** Returns the scope of the schedules of a function. */
export function scopeOf(fn: IConstruct): Construct {
  return fn.node.tryFindChild(SCOPE) as Construct | undefined ?? new Construct(fn as Construct, SCOPE);
}

/** Creates one schedule in the group of the function's stack. It is checked with the function, like any other schedule. */
export function addSchedule({ resource }: Attachment, scope: Construct, id: string, change: Change, deadLetterQueue?: sqs.IQueue): Schedule {
  const scheduler = Scheduler.in(Stack.of(resource));
  scheduler.allowScaling(resource.attrArn, change.qualifier);
  const schedule = new Schedule(scope, id, {
    schedule: change.schedule,
    scheduleGroup: scheduler.group,
    target: putScalingConfig(resource, change, scheduler, deadLetterQueue),
  });
  CHANGES.set(resource, [...CHANGES.get(resource) ?? [], change]);
  limitRetries(schedule.node.defaultChild as CfnSchedule, resource, change);
  return schedule;
}

/**
 * Limits the retries of a schedule. The window also depends on schedules of the version that are added later, so it is a token, which CDK's construct
 * doesn't accept because it compares the number.
 */
function limitRetries(schedule: CfnSchedule, fn: lambda.CfnFunction, { schedule: own, qualifier }: Change): void {
  const ofSameVersion = () => CHANGES.get(fn)!.filter((other) => other.qualifier === qualifier).map((other) => other.schedule);
  schedule.target = {
    ...schedule.target as CfnSchedule.TargetProperty,
    retryPolicy: { maximumEventAgeInSeconds: Lazy.number({ produce: () => retryWindow(own, ofSameVersion()) }) },
  };
}

function putScalingConfig(fn: lambda.CfnFunction, change: Change, { role }: Scheduler, deadLetterQueue?: sqs.IQueue): IScheduleTarget {
  return {
    bind: () => {
      deadLetterQueue?.grantSendMessages(role);
      return {
        arn: `arn:${Aws.PARTITION}:scheduler:::aws-sdk:lambda:putFunctionScalingConfig`,
        role,
        // `fromObject` would write numbers that are known only at deployment as strings.
        input: ScheduleTargetInput.fromText(Stack.of(fn).toJsonString({
          FunctionName: fn.ref,
          Qualifier: change.qualifier,
          FunctionScalingConfig: {
            MinExecutionEnvironments: Lazy.uncachedNumber({ produce: () => change.counts().min }),
            MaxExecutionEnvironments: Lazy.uncachedNumber({ produce: () => change.counts().max }),
          },
        })),
        deadLetterConfig: deadLetterQueue && { arn: deadLetterQueue.queueArn },
      };
    },
  };
}
