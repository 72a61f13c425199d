/**
 * Writes times of the week in the same words for findings, plans and dashboards. There are no dates, because a template can't depend on the clock.
 */
import { LiveVersion } from '../../sizing/fleet-demand';
import { FleetTime, FleetWeek, Stretch } from '../../sizing/fleet-week';
import { MINUTES_PER_WEEK } from '../../sizing/scheduled-levels';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const FROM_MONDAY = [1, 2, 3, 4, 5, 6, 0];
const MINUTES_PER_DAY = 24 * 60;

/** `Mon–Fri 07:30–20:00`; `22:00–06:00` for each day; `Fri 20:00–Mon 07:30` for more than a day. */
export function timesText(stretches: readonly Stretch[]): string {
  const joined = acrossWeeks(withoutSeams(stretches));
  if (joined.length === 1 && joined[0].to - joined[0].from >= MINUTES_PER_WEEK) return 'always';
  const days = new Map<string, number[]>();
  for (const { from, to } of joined) {
    const weekday = Math.floor(from / MINUTES_PER_DAY);
    const isLong = to - from > MINUTES_PER_DAY;
    const hours = `${clock(from)}–${isLong ? `${DAYS[Math.floor(to / MINUTES_PER_DAY) % DAYS.length]} ` : ''}${clock(to)}`;
    const key = isLong ? `${DAYS[weekday]} ${hours}` : hours;
    days.set(key, [...days.get(key) ?? [], ...isLong ? [] : [weekday]]);
  }
  return [...days].map(([hours, weekdays]) => [daysText(weekdays), hours].filter(Boolean).join(' ')).join(', ');
}

/** Returns the times at which a fleet or some of its versions keep nothing: `paused 22:00–06:00 Europe/Berlin`. Undefined if there are none. */
export function pauseText(week: FleetWeek | undefined, isMeant: (version: LiveVersion) => boolean = () => true): string | undefined {
  const paused = week?.times.filter(({ versions }) => versions.filter(isMeant).every(({ maxEnvironments }) => maxEnvironments === 0)) ?? [];
  return paused.length === 0 ? undefined : `paused ${timesText(stretchesOf(paused))} ${week!.timeZone}`;
}

/** Returns the parts of the week that several times cover together. */
export function stretchesOf(times: readonly FleetTime[]): Stretch[] {
  return withoutSeams(times.flatMap(({ stretches }) => stretches).sort((a, b) => a.from - b.from));
}

/** Joins stretches that follow each other without a gap, because a schedule may set the numbers that are already set. */
function withoutSeams(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const { from, to } of stretches) {
    const last = joined[joined.length - 1];
    if (last?.to === from) joined[joined.length - 1] = { from: last.from, to };
    else joined.push({ from, to });
  }
  return joined;
}

/** Joins a stretch that ends with the week and one that begins with it, and orders days from Monday. */
function acrossWeeks(stretches: readonly Stretch[]): Stretch[] {
  const last = stretches[stretches.length - 1];
  const [first, ...others] = stretches;
  const isSplit = first !== undefined && last !== first && first.from === 0 && last.to === MINUTES_PER_WEEK;
  const joined = isSplit ? [...others.slice(0, -1), { from: last.from, to: MINUTES_PER_WEEK + first.to }] : [...stretches];
  const position = ({ from }: Stretch) => (from - MINUTES_PER_DAY + MINUTES_PER_WEEK) % MINUTES_PER_WEEK;
  return joined.sort((a, b) => position(a) - position(b));
}

function clock(minute: number): string {
  const ofDay = minute % MINUTES_PER_DAY;
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** `Mon–Fri`, `Mon, Wed`; nothing for each day. The days are in order from Monday. */
function daysText(weekdays: readonly number[]): string {
  if (weekdays.length === 0 || weekdays.length === DAYS.length) return '';
  const positions = weekdays.map((weekday) => FROM_MONDAY.indexOf(weekday));
  const runs: number[][] = [];
  for (const position of positions) {
    const run = runs[runs.length - 1];
    if (run && run[run.length - 1] === position - 1) run.push(position);
    else runs.push([position]);
  }
  const name = (position: number) => DAYS[FROM_MONDAY[position]];
  return runs.flatMap((run) => (run.length > 2 ? [`${name(run[0])}–${name(run[run.length - 1])}`] : run.map(name))).join(', ');
}
