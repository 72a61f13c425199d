/** HTML in which all values from templates are text, never markup. */
export class Html {
  constructor(public readonly text: string) {}
}

/** A value that can be written into HTML; nothing is written for undefined. */
export type Content = Html | string | number | undefined | false | readonly Content[];

/** Puts values into markup, and escapes those that aren't markup themselves. */
export function html(markup: TemplateStringsArray, ...values: Content[]): Html {
  return new Html(markup.reduce((text, part, i) => text + rendered(values[i - 1]) + part));
}

/** Returns markup that is trusted: a drawing or a style sheet of the library. */
export function raw(text: string): Html {
  return new Html(text);
}

function rendered(value: Content): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  return Array.isArray(value) ? value.map(rendered).join('') : escaped(String(value));
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
}
