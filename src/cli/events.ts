/**
 * Reads events from a JSON file, or from all such files of a folder.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError } from './usage';
import { RehearsalEvent } from '../rehearsal/function-description';
import { labelled } from '../rehearsal/rehearse';

export function readEvents(path: string): RehearsalEvent[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`There is no file or folder ${path} to read events from.`);
  const files = found.isDirectory() ? readdirSync(path).filter((file) => file.endsWith('.json')).sort().map((file) => join(path, file)) : [path];
  const events = files.flatMap(readFile);
  if (events.length === 0) throw new UsageError(`There are no events in ${path}: put one in each .json file, or an array of them in one.`);
  return events;
}

/** Reads the events in a file. An array contains several events. */
function readFile(path: string): RehearsalEvent[] {
  const value = parse(path);
  return Array.isArray(value) ? value.map((event, index) => labelled(`${basename(path)}[${index}]`, event)) : [labelled(basename(path), value)];
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf-8'));
  } catch (error) {
    throw new UsageError(`The events in ${path} are not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}.`);
  }
}
