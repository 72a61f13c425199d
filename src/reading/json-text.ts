/** Reads JSON that contains references and other values that are known only at deployment. */
import { Text } from './text';

/** Private-use characters of Unicode that mark the place of a part that isn't text. */
const OPENING = '\uE000';
const CLOSING = '\uE001';
const MARKS = /\uE000(\d+)\uE001/g;

/** Parses the JSON in a text or a plain string. In the result, partly known values are of type `Text` again. Undefined if it isn't JSON. */
export function jsonOf(value: unknown): unknown {
  const parts = value instanceof Text ? value.parts : [value];
  let json = '';
  let isInString = false;
  parts.forEach((part, index) => {
    const mark = `${OPENING}${index}${CLOSING}`;
    if (typeof part === 'string' && hasOddQuotes(part)) isInString = !isInString;
    json += typeof part === 'string' ? part : (isInString ? mark : JSON.stringify(mark));
  });
  try {
    return JSON.parse(json, (_, entry) => (typeof entry === 'string' ? withParts(entry, parts) : entry));
  } catch {
    return undefined;
  }
}

/** Whether a piece of JSON begins inside quotes and ends outside, or the other way round. */
function hasOddQuotes(json: string): boolean {
  return json.replace(/\\./g, '').split('"').length % 2 === 0;
}

function withParts(text: string, parts: readonly unknown[]): unknown {
  if (!text.includes(OPENING)) return text;
  const pieces = text.split(MARKS).map((piece, index) => (index % 2 === 0 ? piece : new Text([parts[Number(piece)] as Text['parts'][number]])));
  return Text.of(pieces);
}
