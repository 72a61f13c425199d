/** Which lines of a TypeScript source ran, from what V8 counted in the JavaScript made of it. */
import { SourceMap } from 'node:module';

/** The part of V8's coverage of a script that counts: ranges of JavaScript, outer before inner. */
export interface CountedFunction {
  readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
}

/** Where a word of JavaScript stands, and the line of the source that it is made of. */
interface Word {
  readonly offset: number;
  readonly line: number;
}

/** Each word of the JavaScript, with its line in the source, counted from 1. */
export function wordsOf(code: string, map: ConstructorParameters<typeof SourceMap>[0]): Word[] {
  const sourceMap = new SourceMap(map);
  const words: Word[] = [];
  let start = 0;
  code.split('\n').forEach((text, line) => {
    for (const { index } of text.matchAll(/\w+/g)) {
      const entry = sourceMap.findEntry(line, index);
      if ('originalLine' in entry) words.push({ offset: start + index, line: entry.originalLine + 1 });
    }
    start += text.length + 1;
  });
  return words;
}

/** The lines of which something ran. */
export function executedLines(length: number, words: readonly Word[], functions: readonly CountedFunction[]): Set<number> {
  const ran = new Uint8Array(length);
  functions.flatMap(({ ranges }) => ranges).forEach(({ startOffset, endOffset, count }) => ran.fill(count > 0 ? 1 : 0, startOffset, endOffset));
  return new Set(words.filter(({ offset }) => ran[offset]).map(({ line }) => line));
}
