/** Reads the schedules that change the number of execution environments, and those that begin the work. */
import { Caller } from './callers';
import { Fact, isKnown, UNKNOWN } from './fact';
import { scalingInput } from './lambda-references';
import { ResourceGraph } from './resource-graph';
import { ALIAS, ResourceView, VERSION } from './resource-view';
import { mayBeScaled } from './scaling-permissions';
import { LATEST_PUBLISHED } from '../service/execution-environments';
import { Timing } from '../sizing/scheduled-levels';
import { ZonedTime } from '../sizing/time-zone';

/** The numbers that one schedule sets, and when. */
export interface ScalingSchedule {
  /** Absent if it isn't known, or if the schedule has a start or an end. */
  readonly timing?: Timing;
  /** The version that it scales, as it is written. Absent where it names none. */
  readonly qualifier: Fact<string>;
  /** The kind of resource that the qualifier refers to, if it is a reference. */
  readonly refersTo?: 'alias' | 'version';
  /** The version: its number or `$LATEST.PUBLISHED`, or what stands for its resource. Absent where that isn't known. */
  readonly version?: string | object;
  readonly minExecutionEnvironments: Fact<number>;
  readonly maxExecutionEnvironments: Fact<number>;
}

/** Reads a schedule that calls `PutFunctionScalingConfig`; undefined for any other, and for one that is switched off. */
export function scalingScheduleOf(schedule: ResourceView, graph: ResourceGraph<ResourceView>): ScalingSchedule | undefined {
  const input = scalingInput(schedule);
  if (!input || isDisabled(schedule)) return undefined;
  const qualifier = input.string('qualifier');
  const target = graph.target(input.reference('qualifier'));
  return {
    timing: timingOf(schedule),
    qualifier,
    refersTo: target?.type === ALIAS ? 'alias' : (target?.type === VERSION ? 'version' : undefined),
    version: target?.type === VERSION ? target.key : (isKnown(qualifier) ? qualifier : undefined),
    minExecutionEnvironments: input.number('functionScalingConfig', 'minExecutionEnvironments'),
    maxExecutionEnvironments: input.number('functionScalingConfig', 'maxExecutionEnvironments'),
  };
}

/** The schedules that scale a function. */
export function scalingSchedulesOf(fn: ResourceView, graph: ResourceGraph<ResourceView>): ScalingSchedule[] {
  return graph.scalingSchedulesOf(fn).flatMap((schedule) => scalingScheduleOf(schedule, graph) ?? []);
}

/** Whether a schedule gives a version environments at some time, or something else in the app may do so at any. */
export function isRaised(version: string | object, fn: ResourceView, graph: ResourceGraph<ResourceView>): boolean {
  const schedules = scalingSchedulesOf(fn, graph).filter((schedule) => schedule.version === version);
  return schedules.some(({ maxExecutionEnvironments }) => maxExecutionEnvironments !== 0) || mayBeScaled(fn, graph);
}

/** Returns when schedules call a version, as far as that is known. */
export function timedCalls(callers: readonly Caller[], calledVersion: string | object | undefined): Timing[] {
  return callers.flatMap(({ resource, isQualified, version }) => {
    const isMeant = isQualified ? version !== undefined && version.key === calledVersion : calledVersion === LATEST_PUBLISHED;
    return isMeant && !isDisabled(resource) ? timingOf(resource) ?? [] : [];
  });
}

/** Reads the timing of an EventBridge Scheduler schedule, or of an EventBridge rule, which knows UTC alone. */
function timingOf({ properties }: ResourceView): Timing | undefined {
  const expression = properties.string('scheduleExpression');
  const zone = properties.string('scheduleExpressionTimezone');
  const timeZone = zone === undefined ? 'UTC' : zone;
  const isBounded = properties.has('startDate') || properties.has('endDate');
  return isKnown(expression) && timeZone !== UNKNOWN && ZonedTime.isZone(timeZone) && !isBounded ? { expression, timeZone } : undefined;
}

function isDisabled({ properties }: ResourceView): boolean {
  return properties.string('state') === 'DISABLED';
}
