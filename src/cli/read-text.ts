/** Reads the files that the command is given. If a file can't be read, an error says why in one sentence. */
import { readFileSync } from 'node:fs';
import { UsageError } from './usage';

/** The path that means standard input. */
export const STANDARD_INPUT = '-';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
};

/** Returns the text of a file. `what` is the beginning of the sentence about a mistake. */
export function readText(path: string, what = path): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path === STANDARD_INPUT ? 0 : path);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${what} can't be read: ${REASONS[code] ?? message}.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${what} can't be read: it isn't text in UTF-8.`);
  }
}

/** Returns the content of a JSON file. */
export function readJson(path: string, what = path): any {
  const text = readText(path, what);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${what} is not valid JSON: ${(error as Error).message}.`);
  }
}
