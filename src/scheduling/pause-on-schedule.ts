/** Puts all functions of a fleet to 0 environments from one time to another. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { addSchedule, idFindings, scopeOf, takenId } from './scale-on-schedule';
import { Counts, timingOf } from './schedule-facts';
import { PauseOnScheduleOptions } from './schedule-options';
import { throwErrors } from '../judging/report';
import { isToken } from '../reading/constructs/token';
import { onAttachment } from '../registry/attachments';
import { pausesOf, recordPause } from '../registry/pauses';
import { Attachment, Listener } from '../registry/provider-record';
import { Finding, findingOf } from '../rules/findings';
import { SCHEDULE_FINDINGS } from '../rules/function/schedule-rules';
import { EXECUTION_ENVIRONMENT_DEFAULTS, LATEST_PUBLISHED } from '../service/execution-environments';
import { parseCron } from '../sizing/cron';

/** Pauses the functions of a provider: those attached so far, and each one that follows. */
export function pauseOnSchedule(fleet: IConstruct, provider: lambda.ICapacityProviderRef, id: string, options: PauseOnScheduleOptions): void {
  const isTaken = pausesOf(provider).some((pause) => pause.id === id);
  throwErrors(fleet, [...isTaken ? [takenId(id, 'the fleet has a pause with that id')] : [], ...timeFindings(options)]);
  onAttachment(provider, Listener.SCHEDULES, (attachment) => pauseFunction(attachment, id, options));
  recordPause(provider, { id, from: options.from, until: options.until });
}

function pauseFunction(attachment: Attachment, id: string, { from, until, deadLetterQueue }: PauseOnScheduleOptions): void {
  const { resource, function: fn } = attachment;
  throwErrors(fn, idFindings(fn, id));
  const scope = new Construct(scopeOf(fn), id);
  addSchedule(attachment, scope, 'From', { schedule: from, qualifier: LATEST_PUBLISHED, counts: () => ({ min: 0, max: 0 }) }, deadLetterQueue);
  addSchedule(attachment, scope, 'Until', { schedule: until, qualifier: LATEST_PUBLISHED, counts: () => configuredCounts(resource) }, deadLetterQueue);
}

/** What the configuration of the function says at the moment of asking. */
function configuredCounts({ functionScalingConfig: config }: lambda.CfnFunction): Counts {
  const known = (isToken(config) ? {} : config ?? {}) as lambda.CfnFunction.FunctionScalingConfigProperty;
  const { minExecutionEnvironments: min, maxExecutionEnvironments: max } = known;
  return { min: min ?? EXECUTION_ENVIRONMENT_DEFAULTS.minExecutionEnvironments, max };
}

function timeFindings({ from, until }: PauseOnScheduleOptions): Finding[] {
  return Object.entries({ from, until }).flatMap(([property, schedule]) => {
    const timing = timingOf(schedule);
    return !timing || parseCron(timing.expression) ? [] : [findingOf(SCHEDULE_FINDINGS.PauseTime, {
      property, allowed: 'a pause needs a cron expression, so that it has a beginning and an end', found: timing.expression, remedy: 'use ScheduleExpression.cron(…)',
    })];
  });
}
