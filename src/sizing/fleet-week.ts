/** Computes what a fleet keeps at each time of an average week, if schedules change it. */
import { LiveVersion, vCpusKept } from './fleet-demand';
import { MINUTES_PER_WEEK, Timing, weeklyChanges } from './scheduled-levels';

/** A part of the average week, in minutes since Sunday 0:00 local time. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The parts of the week in which each version keeps the same number of environments. */
export interface FleetTime {
  readonly stretches: readonly Stretch[];
  /** The share of the week, from 0 to 1. */
  readonly share: number;
  /** All versions of the fleet, with what they keep and may have at that time. */
  readonly versions: LiveVersion[];
}

/** An average week, in the time zone of the first schedule. */
export interface FleetWeek {
  readonly timeZone: string;
  readonly times: readonly FleetTime[];
}

/** A schedule that an average week can't show. */
export interface LeftOutSchedule {
  readonly functionName: string;
  readonly version: string;
  /** Absent if it is known only at deployment. */
  readonly expression?: string;
}

/** A fleet with the effect of its schedules. */
export interface FleetOverTime {
  /** The versions at the time when the fleet keeps most: as schedules set them, or as they are configured, because a first deployment starts that way. */
  readonly busiest: LiveVersion[];
  readonly week?: FleetWeek;
  readonly leftOut: readonly LeftOutSchedule[];
}

/** The most changes of a schedule in a week. With more, it doesn't follow working hours. */
const MOST_CHANGES = 7 * 24;

interface WeeklyLevel extends Timing {
  readonly min: number;
  readonly max: number;
}

/** Combines the weekly schedules of all versions. Without schedules, versions stay as they are. */
export function overTime(versions: LiveVersion[]): FleetOverTime {
  const leftOut: LeftOutSchedule[] = [];
  const scheduled = versions.flatMap((version, index) => {
    const levels = weeklyLevels(version, leftOut);
    return levels.length > 0 ? [{ index, levels }] : [];
  });
  if (scheduled.length === 0) return { busiest: versions, leftOut };
  const { timeZone } = scheduled[0].levels[0];
  const courses = scheduled.map(({ index, levels }) => {
    const changes = weeklyChanges(levels.map(({ expression, timeZone: zone }, level) => ({ expression, timeZone: zone, level })), timeZone)!;
    return { index, levels, changes };
  });
  const starts = [...new Set([0, ...courses.flatMap(({ changes }) => changes.map(({ at }) => at))])].sort((a, b) => a - b);
  // At Sunday 0:00, the last change of the week applies.
  const positions = courses.map(({ changes }) => changes.length - 1);
  const next = courses.map(() => 0);
  const byState = new Map<string, { readonly stretches: Stretch[]; readonly levels: WeeklyLevel[] }>();
  starts.forEach((from, index) => {
    courses.forEach(({ changes }, course) => {
      while (next[course] < changes.length && changes[next[course]].at <= from) positions[course] = next[course]++;
    });
    const levels = courses.map((course, at) => course.levels[course.changes[positions[at]].level]);
    const state = levels.map(({ min, max }) => `${min}-${max}`).join();
    const time = byState.get(state) ?? { stretches: [], levels };
    byState.set(state, time);
    time.stretches.push({ from, to: starts[index + 1] ?? MINUTES_PER_WEEK });
  });
  const times = [...byState.values()].map(({ stretches, levels }): FleetTime => ({
    stretches,
    share: stretches.reduce((sum, { from, to }) => sum + to - from, 0) / MINUTES_PER_WEEK,
    versions: withLevels(versions, courses, levels),
  }));
  return { busiest: busiestOf(versions, times), week: { timeZone, times }, leftOut };
}

/** Returns the schedules that repeat each week and are known, and adds the others to `leftOut`. */
function weeklyLevels({ functionName, version, schedules = [] }: LiveVersion, leftOut: LeftOutSchedule[]): WeeklyLevel[] {
  return schedules.flatMap(({ timing, min, max }) => {
    const changes = timing && weeklyChanges([{ ...timing, level: 0 }]);
    if (changes && changes.length <= MOST_CHANGES && min !== undefined && max !== undefined) return [{ ...timing!, min, max }];
    leftOut.push({ functionName, version, expression: timing?.expression });
    return [];
  });
}

function withLevels(versions: LiveVersion[], courses: readonly { readonly index: number }[], levels: readonly WeeklyLevel[]): LiveVersion[] {
  const changed = [...versions];
  courses.forEach(({ index }, course) => {
    const { min, max } = levels[course];
    changed[index] = { ...versions[index], minEnvironments: min, maxEnvironments: max };
  });
  return changed;
}

/** Returns the versions at the busiest time. The maximum of each version is its largest at any time. */
function busiestOf(configured: LiveVersion[], times: readonly FleetTime[]): LiveVersion[] {
  const states = [...times.map(({ versions }) => versions), configured];
  const kept = (versions: LiveVersion[]) => versions.reduce((sum, version) => sum + vCpusKept(version), 0);
  const busiest = states.reduce((most, state) => (kept(state) > kept(most) ? state : most));
  return busiest.map((version, index) => {
    if (times[0].versions[index] === configured[index]) return version;
    const maxima = states.map((state) => state[index].maxEnvironments);
    return { ...version, maxEnvironments: maxima.some((max) => max === undefined) ? undefined : Math.max(...maxima as number[]) };
  });
}
