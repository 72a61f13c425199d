/** Which test files run which lines of `src`, and which of them are most likely to notice that a line is broken. */
import { basename, dirname } from 'node:path';

export interface CoverageMap {
  /** How long each test file takes. */
  readonly seconds: Record<string, number>;
  /** By file and line, the test files that run it. */
  readonly lines: Record<string, Record<number, string[]>>;
}

/** What is known of different tests, together. */
export function merge(...maps: readonly CoverageMap[]): CoverageMap {
  const lines: Record<string, Record<number, string[]>> = {};
  for (const [file, tests] of maps.flatMap((map) => Object.entries(map.lines))) {
    lines[file] ??= {};
    for (const [line, some] of Object.entries(tests)) (lines[file][Number(line)] ??= []).push(...some);
  }
  return { seconds: Object.assign({}, ...maps.map(({ seconds }) => seconds)), lines };
}

/**
 * The test files that run a line or have the name of its file, those first that are likely to notice soonest: with the file's name, of the same folder,
 * of the same room, all others; of equals the quickest. As many as fit into a time, and at least one.
 */
export function testsOf({ seconds, lines }: CoverageMap, file: string, line: number, budget: number): string[] {
  const tests = new Set(lines[file]?.[line]);
  Object.keys(seconds).filter((test) => isNamed(test, file)).forEach((test) => tests.add(test));
  const nearness = (test: string) => (isNamed(test, file) ? 0 : folder(test) === folder(file) ? 1 : room(test) === room(file) ? 2 : 3);
  const ordered = [...tests].sort((a, b) => nearness(a) - nearness(b) || seconds[a] - seconds[b]);
  let sum = 0;
  return ordered.filter((test, index) => (sum += seconds[test]) <= budget || index === 0);
}

function isNamed(test: string, file: string): boolean {
  return basename(test, '.test.ts') === basename(file, '.ts');
}

/** The path below `src` or `test`. */
function folder(path: string): string {
  return dirname(path).split('/').slice(1).join('/');
}

function room(path: string): string {
  return path.split('/')[1];
}
