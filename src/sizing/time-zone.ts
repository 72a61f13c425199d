/** Converts local times of a time zone to instants, with the time zone data of the JavaScript engine. It doesn't read the clock. */
import { CalendarDay } from './cron';

const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;

/** The local times of one IANA time zone. */
export class ZonedTime {
  /** Whether the JavaScript engine knows a time zone by this name. */
  public static isZone(name: string): boolean {
    if (ZonedTime.ZONES.has(name)) return true;
    try {
      new Intl.DateTimeFormat('en-US', { timeZone: name });
      return true;
    } catch {
      return false;
    }
  }

  /** Returns the time zone of a name. Throws if the JavaScript engine doesn't know it. */
  public static of(name: string): ZonedTime {
    const known = ZonedTime.ZONES.get(name) ?? new ZonedTime(name);
    ZonedTime.ZONES.set(name, known);
    return known;
  }

  /** The formatters by time zone. Creating one takes longer than using it. */
  private static readonly ZONES = new Map<string, ZonedTime>();

  private readonly format: Intl.DateTimeFormat;

  private constructor(name: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  }

  /**
   * Returns the instant of a minute of a day, in milliseconds since 1970. Undefined if clocks skip that time. If clocks repeat it, returns the first
   * instant, because EventBridge Scheduler fires once (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html, read 2026-11-28).
   */
  public instant(day: CalendarDay, minute: number): number | undefined {
    const local = Date.UTC(day.year, day.month - 1, day.day) + minute * MS_PER_MINUTE;
    const candidates = [this.offsetAt(local - MS_PER_DAY), this.offsetAt(local + MS_PER_DAY)]
      .map((offset) => local - offset)
      .filter((instant) => instant + this.offsetAt(instant) === local);
    return candidates.length > 0 ? Math.min(...candidates) : undefined;
  }

  /** Whether the time zone has daylight saving time. */
  public get hasSummerTime(): boolean {
    return this.offsetAt(Date.UTC(2026, 0, 15)) !== this.offsetAt(Date.UTC(2026, 6, 15));
  }

  /** Returns the instant at which a day begins, even if clocks skip midnight. */
  public startOf(day: CalendarDay): number {
    const local = Date.UTC(day.year, day.month - 1, day.day);
    return this.instant(day, 0) ?? local - this.offsetAt(local - MS_PER_DAY);
  }

  /** Returns how far local time is ahead of UTC, in milliseconds. */
  public offsetAt(instant: number): number {
    const parts = Object.fromEntries(this.format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - instant;
  }
}
