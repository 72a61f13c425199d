/** Reads the schedules that change the number of execution environments, and those that call functions. */
import { Caller } from './callers';
import { Fact, isKnown, UNKNOWN } from './fact';
import { scalingInput } from './lambda-references';
import { ResourceGraph } from './resource-graph';
import { ALIAS, ResourceView, VERSION } from './resource-view';
import { mayBeScaled } from './scaling-permissions';
import { LATEST_PUBLISHED } from '../service/execution-environments';
import { Timing } from '../sizing/scheduled-levels';
import { ZonedTime } from '../sizing/time-zone';

/** The numbers that one schedule sets, and the times at which it sets them. */
export interface ScalingSchedule {
  /** Absent if it isn't known, or if the schedule has a start or an end. */
  readonly timing?: Timing;
  /** The version that it scales, as written. Absent if it names none. */
  readonly qualifier: Fact<string>;
  /** The kind of resource that the qualifier refers to, if it is a reference. */
  readonly refersTo?: 'alias' | 'version';
  /** The version: its number, `$LATEST.PUBLISHED`, or the key of its resource. Absent if it isn't known. */
  readonly version?: string | object;
  readonly minExecutionEnvironments: Fact<number>;
  readonly maxExecutionEnvironments: Fact<number>;
}

/** Reads a schedule that calls `PutFunctionScalingConfig`. Undefined for any other schedule, and for a disabled one. */
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

/** Returns the schedules that scale a function. */
export function scalingSchedulesOf(fn: ResourceView, graph: ResourceGraph<ResourceView>): ScalingSchedule[] {
  return graph.scalingSchedulesOf(fn).flatMap((schedule) => scalingScheduleOf(schedule, graph) ?? []);
}

/** Whether a schedule gives environments to a version at some time, or another resource of the app may do so at any time. */
export function isRaised(version: string | object, fn: ResourceView, graph: ResourceGraph<ResourceView>): boolean {
  const schedules = scalingSchedulesOf(fn, graph).filter((schedule) => schedule.version === version);
  return schedules.some(({ maxExecutionEnvironments }) => maxExecutionEnvironments !== 0) || mayBeScaled(fn, graph);
}

/** Returns the times at which schedules call a version, as far as they are known. */
export function timedCalls(callers: readonly Caller[], calledVersion: string | object | undefined): Timing[] {
  return callers.flatMap(({ resource, isQualified, version }) => {
    const isMeant = isQualified ? version !== undefined && version.key === calledVersion : calledVersion === LATEST_PUBLISHED;
    return isMeant && !isDisabled(resource) ? timingOf(resource) ?? [] : [];
  });
}

/** Reads the timing of an EventBridge Scheduler schedule, or of an EventBridge rule, which always uses UTC. */
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
