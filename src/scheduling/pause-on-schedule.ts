/** Sets all functions of a fleet to 0 environments from one time to another. */
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { addSchedule, idFindings, queueFindings, scopeOf, takenId } from './scale-on-schedule';
import { Counts } from './schedule-facts';
import { PauseOnScheduleOptions } from './schedule-options';
import { throwErrors } from '../judging/report';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { timingOf } from '../reading/constructs/schedule-timing';
import { isToken } from '../reading/constructs/token';
import { isKnown } from '../reading/fact';
import { onAttachment } from '../registry/attachments';
import { Pause, pausesOf, recordPause } from '../registry/pauses';
import { Attachment, Listener } from '../registry/provider-record';
import { Finding, findingOf } from '../rules/findings';
import { SCHEDULE_FINDINGS } from '../rules/function/schedule-rules';
import { EXECUTION_ENVIRONMENT_DEFAULTS, LATEST_PUBLISHED } from '../service/execution-environments';
import { parseCron } from '../sizing/cron';
import { averageWeek, Timing, weeklyChanges } from '../sizing/scheduled-levels';

/** Pauses the functions of a provider: the ones attached so far and each one that is attached later. */
export function pauseOnSchedule(fleet: IConstruct, provider: lambda.ICapacityProviderRef, id: string, options: PauseOnScheduleOptions): void {
  const pause: Pause = { id, from: options.from, until: options.until };
  const others = pausesOf(provider);
  const isTaken = others.some((other) => other.id === id);
  throwErrors(fleet, [
    ...isTaken ? [takenId(id, 'the fleet has a pause with that id')] : [],
    ...timeFindings(options),
    ...queueFindings(options.deadLetterQueue),
    ...others.flatMap((other) => overlapFindings(pause, other)),
  ]);
  onAttachment(provider, Listener.SCHEDULES, (attachment) => pauseFunction(attachment, id, options));
  recordPause(provider, pause);
}

function pauseFunction(attachment: Attachment, id: string, { from, until, deadLetterQueue }: PauseOnScheduleOptions): void {
  const { resource, function: fn } = attachment;
  throwErrors(fn, idFindings(fn, id));
  const scope = new Construct(scopeOf(fn), id);
  addSchedule(attachment, scope, 'From', { schedule: from, qualifier: LATEST_PUBLISHED, counts: () => ({ min: 0, max: 0 }) }, deadLetterQueue);
  addSchedule(attachment, scope, 'Until', { schedule: until, qualifier: LATEST_PUBLISHED, counts: () => configuredCounts(resource) }, deadLetterQueue);
}

/**
 * Returns the numbers in the function's configuration at the time of the call. Overrides count, and numbers that are known only at deployment stay
 * tokens.
 */
function configuredCounts(resource: lambda.CfnFunction): Counts {
  const { functionScalingConfig: config } = resource;
  const written = (isToken(config) ? {} : config ?? {}) as lambda.CfnFunction.FunctionScalingConfigProperty;
  const properties = new ConstructProperties(resource);
  const countOf = (name: keyof lambda.CfnFunction.FunctionScalingConfigProperty) => {
    const count = properties.number('functionScalingConfig', name);
    return isKnown(count) ? count : written[name];
  };
  return {
    min: countOf('minExecutionEnvironments') ?? EXECUTION_ENVIRONMENT_DEFAULTS.minExecutionEnvironments,
    max: countOf('maxExecutionEnvironments'),
  };
}

function timeFindings({ from, until }: PauseOnScheduleOptions): Finding[] {
  const [start, end] = [timingOf(from), timingOf(until)];
  const noCron = Object.entries({ from: start, until: end }).flatMap(([property, timing]) => (!timing || parseCron(timing.expression) ? [] : [
    findingOf(SCHEDULE_FINDINGS.PauseTime, {
      property,
      allowed: 'a pause needs a cron expression, so that it has a beginning and an end',
      found: timing.expression,
      remedy: 'use ScheduleExpression.cron(…)',
    }),
  ]));
  const isEmpty = start && end && start.expression === end.expression && start.timeZone === end.timeZone;
  return noCron.length > 0 || !isEmpty ? noCron : [findingOf(SCHEDULE_FINDINGS.PauseTime, {
    property: 'until', allowed: 'must be another time than from', found: end.expression, remedy: 'choose the time at which the environments are needed again',
  })];
}

/** Reports a pause that ends within another one: its end would raise the environments in the middle of the other pause. */
function overlapFindings(pause: Pause, other: Pause): Finding[] {
  const overlap = (ending: Pause, around: Pause) => (endsWithin(ending, around) ? [findingOf(SCHEDULE_FINDINGS.PauseOverlap, {
    property: ending === pause ? 'until' : 'from',
    allowed: `the pause ${ending.id} ends at ${ending.until.expressionString}, in the middle of the pause ${around.id}, and would end that, too`,
    found: ending === pause ? ending.until.expressionString : around.from.expressionString,
    remedy: 'join both into one pause, or let the first end when the second begins',
  })] : []);
  return [...overlap(pause, other), ...overlap(other, pause)].slice(0, 1);
}

function endsWithin({ until }: Pause, around: Pause): boolean {
  const timings = [around.from, around.until, until].map(timingOf);
  const [start, end, ending] = timings as Timing[];
  if (timings.includes(undefined)) return false;
  const paused = averageWeek([{ ...start, level: 0 }, { ...end, level: 1 }])?.filter(({ level }) => level === 0);
  const ends = weeklyChanges([{ ...ending, level: 0 }], start.timeZone);
  return paused !== undefined && ends !== undefined && ends.some(({ at }) => paused.some(({ from, to }) => at > from && at < to));
}
