/**
 * Finds the markers of events: strings and long numbers that occur in only one event. If a marker appears with another request, it came from that
 * event.
 */
import { Leaf, leavesOf, withoutVariation } from './leaves';

/** The fewest characters of a text that identifies an event. */
export const MIN_LENGTH = 4;
/** The fewest digits of a number that identifies an event. Shorter numbers appear by chance. */
export const MIN_DIGITS = 5;
const MAX_MARKERS = 100;
/** Finds parts of longer texts, such as the id in a path. */
const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}_.@-]{2,}[\p{L}\p{N}]/gu;

export interface Marker {
  readonly event: number;
  readonly text: string;
}

export class Markers {
  private readonly markers: Marker[];

  constructor(events: readonly unknown[]) {
    const texts = events.map((event) => JSON.stringify(leavesOf(event).map(({ value }) => value)));
    const candidates = events.map((event) => [...new Set(leavesOf(event).flatMap(candidatesOf))]);
    this.markers = candidates.flatMap((ofEvent, event) => ofEvent
      .filter((text) => texts.every((other, index) => index === event || !other.includes(jsonText(text))))
      .sort((a, b) => b.length - a.length)
      .slice(0, MAX_MARKERS)
      .map((text) => ({ event, text })));
  }

  /** Whether at least two events can be told apart. */
  public get distinguish(): boolean {
    return new Set(this.markers.map(({ event }) => event)).size >= 2;
  }

  /** Returns the markers of other events in a leaf, the longest of each event. */
  public foreignIn(value: Leaf['value'], own?: number): Marker[] {
    if (value === null || typeof value === 'boolean') return [];
    const text = String(value);
    const found = this.markers.filter((marker) => marker.event !== own && (typeof value === 'number' ? marker.text === text : isIn(text, marker.text)));
    return found.filter(({ event }, index) => found.findIndex((other) => other.event === event) === index);
  }
}

function candidatesOf({ value }: Leaf): string[] {
  if (typeof value === 'number') return String(Math.abs(value)).length >= MIN_DIGITS ? [String(value)] : [];
  if (typeof value !== 'string') return [];
  // Text that looks like a time or an id is the event's own here, so it is a good marker. Short numbers and today's dates aren't.
  return [value, ...value.length > 8 ? value.match(TOKEN) ?? [] : []]
    .filter((text) => text.length >= MIN_LENGTH && !/^[\d.,:\s-]+$/.test(text) || /^\d{5,}$/.test(text))
    .filter((text) => withoutVariation(text) !== '<time>');
}

function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Whether a text contains a marker by itself, and not as part of a longer word. */
function isIn(text: string, marker: string): boolean {
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + 1)) {
    if (!isWord(text[at - 1]) && !isWord(text[at + marker.length])) return true;
  }
  return false;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
