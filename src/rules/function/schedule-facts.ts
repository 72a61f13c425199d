/** What the rules need to know of a schedule that changes the number of execution environments. */
import { Caller } from '../../reading/callers';
import { isKnown } from '../../reading/fact';
import { ResourceGraph } from '../../reading/resource-graph';
import { ResourceView } from '../../reading/resource-view';
import { ScalingSchedule, scalingScheduleOf, timedCalls } from '../../reading/scaling-schedules';
import { ScheduledLevel, Timing } from '../../sizing/scheduled-levels';

/** A schedule that calls `PutFunctionScalingConfig`. */
export interface ScheduleFacts extends Omit<ScalingSchedule, 'timing' | 'version'> {
  /** Whether it names a version that isn't one of the function. */
  readonly isOfOtherFunction?: boolean;
  /** When it runs and the maximum that it sets, where the time is known. */
  readonly change?: ScheduledLevel;
  /** The changes that other schedules make to the same version. */
  readonly others: ScheduledLevel[];
  /** When schedules call the version. */
  readonly calls: Timing[];
}

/** What is around a resource that belongs to a function. */
export interface AroundRelative {
  readonly function: ResourceView;
  readonly graph: ResourceGraph<ResourceView>;
  /** Who calls the function, as far as that is known. */
  readonly callers: readonly Caller[];
}

/** Reads an `AWS::Scheduler::Schedule` of a function; undefined where it doesn't scale, or is switched off. */
export function scheduleFacts(schedule: ResourceView, { function: fn, graph, callers }: AroundRelative): ScheduleFacts | undefined {
  const own = scalingScheduleOf(schedule, graph);
  if (!own) return undefined;
  const others = graph.scalingSchedulesOf(fn).filter(({ key }) => key !== schedule.key).flatMap((other) => scalingScheduleOf(other, graph) ?? []);
  const named = typeof own.version === 'object' ? graph.resource(own.version) : undefined;
  const functionOfVersion = named && graph.functionOf(named);
  return {
    ...own,
    isOfOtherFunction: functionOfVersion !== undefined && functionOfVersion.key !== fn.key,
    change: levelOf(own),
    others: others.filter(({ version }) => version !== undefined && version === own.version).flatMap((other) => levelOf(other) ?? []),
    calls: timedCalls(callers, own.version),
  };
}

/** A maximum that isn't known is no number: neither none nor some. */
function levelOf({ timing, maxExecutionEnvironments: max }: ScalingSchedule): ScheduledLevel | undefined {
  return timing && { ...timing, level: isKnown(max) ? max : NaN };
}
