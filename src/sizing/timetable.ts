/** The timetable of one version: the schedules that change its environments and those that call it, by the minutes of a week. */
import { Change, MINUTES_PER_WEEK, ScheduledLevel, Timing, weeklyChanges } from './scheduled-levels';

const UTC = 'UTC';

/** A timetable is created once for all schedules of a version. */
export class Timetable {
  private changesByMinute?: Map<number, ScheduledLevel[]>;
  private callsByMinute?: Map<number, Timing>;
  private inOrder?: Change[];
  private readonly twins = new Map<string, ScheduledLevel[]>();

  /**
   * @param changes the schedules that change the number of environments
   * @param calls the schedules that call the version
   */
  constructor(private readonly changes: readonly ScheduledLevel[], private readonly calls: readonly Timing[]) {
    changes.forEach((change) => push(this.twins, nameOf(change), change));
  }

  /** Returns another change in the same minute. If schedules aren't weekly, only equal ones are known to coincide. */
  public twinOf(own: ScheduledLevel): ScheduledLevel | undefined {
    const equal = own.expression.startsWith('rate(') ? undefined : this.twins.get(nameOf(own))?.find((change) => change !== own);
    return equal ?? first(minutesOf(own), (minute) => this.byMinute.get(minute)?.find((change) => nameOf(change) !== nameOf(own)));
  }

  /** Returns a call that finds no environment, and that comes in the minute of a change or less than `minutes` before it. */
  public callBefore(change: ScheduledLevel, minutes: number): Timing | undefined {
    if (this.calls.length === 0) return undefined;
    this.inOrder ??= weeklyChanges(this.changes, UTC) ?? [];
    const { inOrder } = this;
    if (inOrder.length === 0) return undefined;
    this.callsByMinute ??= new Map([...this.calls].reverse().flatMap((call) => minutesOf(call).map((minute) => [minute, call] as const)));
    const distances = Array.from({ length: minutes }, (_, distance) => distance);
    return first(minutesOf(change), (raise) => first(distances, (distance) => {
      const work = (raise - distance + MINUTES_PER_WEEK) % MINUTES_PER_WEEK;
      const call = this.callsByMinute!.get(work);
      return call && levelBefore(work, inOrder) === 0 ? call : undefined;
    }));
  }

  private get byMinute(): Map<number, ScheduledLevel[]> {
    if (this.changesByMinute) return this.changesByMinute;
    const made = new Map<number, ScheduledLevel[]>();
    this.changes.forEach((change) => minutesOf(change).forEach((minute) => push(made, minute, change)));
    this.changesByMinute = made;
    return made;
  }
}

/** Returns the minutes of a week at which a schedule runs. Empty if it isn't weekly. */
function minutesOf(timing: Timing): number[] {
  return (weeklyChanges([{ ...timing, level: 0 }], UTC) ?? []).map(({ at }) => at);
}

function nameOf({ expression, timeZone }: Timing): string {
  return `${expression} ${timeZone}`;
}

function push<Key>(map: Map<Key, ScheduledLevel[]>, key: Key, entry: ScheduledLevel): void {
  const others = map.get(key);
  if (others) others.push(entry);
  else map.set(key, [entry]);
}

function first<T, R>(entries: readonly T[], find: (entry: T) => R | undefined): R | undefined {
  for (const entry of entries) {
    const found = find(entry);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns the change that applies before a minute: the last one in the week, or at the end of the week before. */
function levelBefore(minute: number, changes: readonly Change[]): number {
  let [from, to] = [0, changes.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (changes[middle].at < minute) from = middle + 1;
    else to = middle;
  }
  return changes[(from === 0 ? changes.length : from) - 1].level;
}
