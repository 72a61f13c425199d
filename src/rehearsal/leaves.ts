/**
 * Takes values apart into paths and leaves: events, answers and log lines, including JSON and Base64 inside strings.
 */

/** A value that is neither an object nor an array, and its path: `$.items[].name`. All elements of an array have the same path. */
export interface Leaf {
  readonly path: string;
  readonly value: string | number | boolean | null;
}

const PLAIN_KEY = /^[\w-]+$/;
const MAX_DEPTH = 40;

export function leavesOf(value: unknown, path = '$', depth = 0): Leaf[] {
  if (depth > MAX_DEPTH || value === undefined) return [];
  if (Array.isArray(value)) return value.length === 0 ? [{ path: `${path}[]`, value: null }] : value.flatMap((element) => leavesOf(element, `${path}[]`, depth + 1));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => leavesOf(member, PLAIN_KEY.test(key) ? `${path}.${withoutVariation(key)}` : `${path}["${withoutVariation(key)}"]`, depth + 1));
  }
  if (typeof value === 'string') {
    const inner = structureIn(value);
    return inner === undefined ? [{ path, value }] : leavesOf(inner, path, depth + 1);
  }
  return [{ path, value: value as number | boolean | null }];
}

/** Returns the object or array in a string of JSON, such as the body of an HTTP answer. The JSON may be in Base64, as in events of Kinesis. */
export function structureIn(text: string): unknown {
  return parsed(text) ?? (text.length >= 8 && text.length % 4 === 0 && /^[\w+/]+={0,2}$/.test(text) ? parsed(Buffer.from(text, 'base64').toString()) : undefined);
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;
const ISO_TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?/g;
const HTTP_TIME = /(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \d\d? \w{3} \d{4} \d\d:\d\d:\d\d( GMT)?/g;
const EPOCH = /\b\d{10}(\d{3}|\d{6})?(\.\d+)?\b/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const LONG_HEX = /\b[0-9a-f]{16,}\b/gi;
/** Matches ULIDs, KSUIDs, nanoids and tokens: long words with digits and capital letters. */
const TOKEN = /\b(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{20,}\b/g;

/** Returns a string without the parts that vary naturally: times near now, and ids. */
export function withoutVariation(text: string, now = Date.now()): string {
  const nearNow = (found: string, ms: number) => (Math.abs(ms - now) < DAY_MS ? '<time>' : found);
  return text
    .replace(UUID, '<id>')
    .replace(ISO_TIME, (found) => nearNow(found, Date.parse(found.replace(' ', 'T').replace(',', '.'))))
    .replace(HTTP_TIME, (found) => nearNow(found, Date.parse(found)))
    .replace(EPOCH, (found) => nearNow(found, epochMs(Number(found))))
    .replace(LONG_HEX, '<id>')
    .replace(TOKEN, '<id>');
}

/** Returns a leaf in the form in which it is compared. */
export function comparable(value: Leaf['value'], now = Date.now()): string {
  if (typeof value === 'string') return JSON.stringify(withoutVariation(value, now));
  return typeof value === 'number' && Math.abs(epochMs(value) - now) < DAY_MS ? '<time>' : JSON.stringify(value);
}

/** Returns a time in milliseconds. The number may count seconds, milliseconds or microseconds. */
function epochMs(value: number): number {
  if (value < 1e11) return value * 1000;
  return value < 1e14 ? value : value / 1000;
}
