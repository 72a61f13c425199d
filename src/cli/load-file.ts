/** Reads the load of functions from the file that `rehearse --load` writes and users complete. */
import { readJson } from './read-text';
import { UsageError } from './usage';
import { LoadFacts } from '../planning/function-estimate';
import { isKnown } from '../reading/fact';
import { functionArchitecture } from '../reading/lambda-references';
import { constructPathOf, entriesOf, entryOf } from '../reading/templates/template';
import { TemplateResource } from '../reading/templates/templates';

/** The numbers of one function, in the shape of schema/load-1.json. */
interface LoadEntry {
  readonly requestsPerMonth: number;
  readonly meanDurationMs: number;
  readonly meanCpuTimeMs?: number;
  readonly peakToMean?: number;
  readonly standardMemorySize?: number;
}

const REQUIRED = ['requestsPerMonth', 'meanDurationMs'];
const KNOWN = [...REQUIRED, 'meanCpuTimeMs', 'peakToMean', 'standardMemorySize'];

/** Returns the load of each function that the file names by logical id, name or construct path. */
export function readLoads(file: string, functions: readonly TemplateResource[]): Map<TemplateResource, LoadFacts> {
  const loads = new Map<TemplateResource, LoadFacts>();
  for (const [name, entry] of entriesOf(functionsIn(file))) {
    const fn = functionCalled(name, functions, file);
    if (loads.has(fn)) throw new UsageError(`${file} has two loads of ${fn.logicalId}: add up the requests, with the mean duration of all.`);
    loads.set(fn, loadFacts(fn, checked(file, name, entry)));
  }
  return loads;
}

function functionsIn(file: string): unknown {
  const functions = entryOf(readJson(file, `--load ${file}`), 'functions');
  if (entriesOf(functions).length === 0) throw new UsageError(`--load ${file} has no functions: see schema/load-1.json for its shape.`);
  return functions;
}

function functionCalled(name: string, functions: readonly TemplateResource[], file: string): TemplateResource {
  const found = functions.filter((fn) => namesOf(fn).includes(name));
  if (found.length === 1) return found[0];
  const which = found.length > 1
    ? `which means ${found.length} functions: name it by its FunctionName or its construct path`
    : `but no such function is here: there ${functions.length === 1 ? 'is' : 'are'} ${functions.map(({ logicalId }) => logicalId).join(', ') || 'none'}`;
  throw new UsageError(`--load ${file} names ${name}, ${which}.`);
}

function namesOf({ logicalId, properties, key }: TemplateResource): string[] {
  const name = properties.string('functionName');
  const path = constructPathOf(key);
  return [logicalId, ...isKnown(name) ? [name] : [], ...path === undefined ? [] : [path, `${path}/Resource`]];
}

function checked(file: string, name: string, entry: unknown): LoadEntry {
  const unknown = entriesOf(entry).find(([field]) => !KNOWN.includes(field));
  if (unknown) throw new UsageError(`--load ${file}: ${unknown[0]} of ${name} isn't known; choose among ${KNOWN.join(', ')}.`);
  for (const field of KNOWN) {
    const value = entryOf(entry, field);
    if (value === undefined && REQUIRED.includes(field)) throw new UsageError(`--load ${file}: ${field} of ${name} is missing; add it.`);
    if (value !== undefined && typeof value !== 'number') throw new UsageError(`--load ${file}: ${field} of ${name} must be a number.`);
  }
  return entry as LoadEntry;
}

function loadFacts({ name, properties }: TemplateResource, entry: LoadEntry): LoadFacts {
  const { requestsPerMonth, meanDurationMs, meanCpuTimeMs, peakToMean, standardMemorySize } = entry;
  return {
    functionName: name,
    architecture: functionArchitecture(properties),
    requestsPerMonth,
    meanSeconds: meanDurationMs / 1000,
    meanCpuSeconds: meanCpuTimeMs === undefined ? undefined : meanCpuTimeMs / 1000,
    peakToMean,
    standardMemorySize,
  };
}
