/** Reads the facts about a schedule that changes the number of execution environments. */
import { Caller } from '../../reading/callers';
import { isKnown } from '../../reading/fact';
import { ResourceGraph } from '../../reading/resource-graph';
import { ResourceView } from '../../reading/resource-view';
import { ScalingSchedule, scalingScheduleOf, timedCalls } from '../../reading/scaling-schedules';
import { Remembered } from '../../reading/worlds';
import { ScheduledLevel } from '../../sizing/scheduled-levels';
import { Timetable } from '../../sizing/timetable';

/** A schedule that calls `PutFunctionScalingConfig`. */
export interface ScheduleFacts extends Omit<ScalingSchedule, 'timing' | 'version'> {
  /** Whether it names a version of another function. */
  readonly isOfOtherFunction?: boolean;
  /** The times at which it runs and the maximum that it sets, if the times are known. */
  readonly change?: ScheduledLevel;
  /** The times at which anything changes or calls the same version, if they are known. */
  readonly timetable?: Timetable;
}

/** The surroundings of a resource that belongs to a function. */
export interface AroundRelative {
  readonly function: ResourceView;
  readonly graph: ResourceGraph<ResourceView>;
  /** The callers of the function, as far as they are known. */
  readonly callers: readonly Caller[];
}

/** The schedules of one function, and its timetables. */
interface SchedulesOfFunction {
  readonly read: ReadonlyMap<object, Omit<ScheduleFacts, 'timetable'> & Pick<ScalingSchedule, 'version'>>;
  readonly timetables: ReadonlyMap<unknown, Timetable>;
}

/** The schedules of each function. They are read once for all of them. */
const SCHEDULES = new Remembered<SchedulesOfFunction>();

/** Reads an `AWS::Scheduler::Schedule` of a function. Undefined if it doesn't scale the function, or is disabled. */
export function scheduleFacts(schedule: ResourceView, around: AroundRelative): ScheduleFacts | undefined {
  const { read, timetables } = SCHEDULES.get(around.function, () => schedulesOf(around));
  const facts = read.get(schedule.key);
  return facts && { ...facts, timetable: timetables.get(facts.version) };
}

function schedulesOf({ function: fn, graph, callers }: AroundRelative): SchedulesOfFunction {
  const read: Map<object, ScheduleFacts & ScalingSchedule> = new Map();
  const levels = new Map<string | object, ScheduledLevel[]>();
  for (const schedule of graph.scalingSchedulesOf(fn)) {
    const own = scalingScheduleOf(schedule, graph);
    if (!own) continue;
    const change = levelOf(own);
    const named = typeof own.version === 'object' ? graph.resource(own.version) : undefined;
    const functionOfVersion = named && graph.functionOf(named);
    read.set(schedule.key, { ...own, isOfOtherFunction: functionOfVersion !== undefined && functionOfVersion.key !== fn.key, change });
    if (own.version === undefined || !change) continue;
    const others = levels.get(own.version);
    if (others) others.push(change);
    else levels.set(own.version, [change]);
  }
  const timetables = [...levels].map(([version, changes]) => [version, new Timetable(changes, timedCalls(callers, version))] as const);
  return { read, timetables: new Map(timetables) };
}

/** Returns the level that a schedule sets. For an unknown maximum it is `NaN`, which is neither zero nor more. */
function levelOf({ timing, maxExecutionEnvironments: max }: ScalingSchedule): ScheduledLevel | undefined {
  return timing && { ...timing, level: isKnown(max) ? max : NaN };
}
