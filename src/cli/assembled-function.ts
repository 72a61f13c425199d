/** Reads a function from a cloud assembly for a rehearsal: its code, its execution environment, and its event sources. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventSourcesOf } from './event-sources';
import { readAssembly, SynthesisedTemplate } from './read-assembly';
import { UsageError } from './usage';
import { callersIn } from '../reading/callers';
import { Fact, isKnown } from '../reading/fact';
import { isManaged, LMI } from '../reading/lambda-references';
import { ResourceGraph } from '../reading/resource-graph';
import { FUNCTION } from '../reading/resource-view';
import { resourcesOf, TemplateResource } from '../reading/templates/templates';
import { RehearseOptions } from '../rehearsal/rehearse';
import { EXECUTION_ENVIRONMENT_DEFAULTS } from '../service/execution-environments';
import { LIMITS } from '../service/limits';
import { vCpusOf } from '../sizing/environment';

/** The facts about a function in a cloud assembly. `remove` deletes the files that were written for the rehearsal. */
export interface AssembledFunction {
  readonly options: RehearseOptions;
  /** The function's construct path. */
  readonly path?: string;
  remove(): void;
}

/** A function with the names that the caller may use for it. */
interface Candidate {
  readonly fn: TemplateResource;
  readonly path: string;
  readonly names: readonly string[];
  readonly stack: SynthesisedTemplate;
}

/**
 * Finds the function with a name, which is a construct path or the end of one, a logical id, or a function name. If several functions match, it is
 * the one that takes several requests at once on managed instances. Values that the caller gives as options aren't read from the assembly.
 */
export function functionInAssembly(directory: string, name: string | undefined, given: Partial<RehearseOptions>): AssembledFunction {
  const stacks = readAssembly(directory);
  const resources = resourcesOf(stacks.map(({ template }) => template));
  const byTemplate = new Map(stacks.map((stack) => [stack.template, stack]));
  const candidates = resources.filter(({ type }) => type === FUNCTION).map((fn) => candidateOf(fn, byTemplate.get(fn.template)!));
  const { meant: { fn, path, stack }, others } = theOne(directory, candidates, name);
  const options = descriptionOf(fn, path, { ...given, notes: [...given.notes ?? [], ...others.map((other) => otherNote(name!, path, other))] });
  const callers = callersIn(new ResourceGraph(resources)).get(fn.key) ?? [];
  const { code, remove } = given.code === undefined ? codeOf(fn, path, stack, options.runtime) : { code: given.code, remove: () => undefined };
  return { options: { eventSources: eventSourcesOf(callers.map(({ resource }) => resource)), ...options, code }, path, remove };
}

function candidateOf(fn: TemplateResource, stack: SynthesisedTemplate): Candidate {
  const path = stack.pathOf(fn.logicalId);
  const functionName = fn.properties.text('functionName');
  return { fn, stack, path, names: [fn.logicalId, ...isKnown(functionName) ? [functionName] : []] };
}

function theOne(directory: string, candidates: readonly Candidate[], name?: string): { meant: Candidate; others: Candidate[] } {
  const list = (some: readonly Candidate[]) => some.map(({ path }) => path).sort().join(', ');
  if (candidates.length === 0) throw new UsageError(`There is no function in ${directory}.`);
  if (name === undefined) throw new UsageError(`--function is missing. In ${directory} there are: ${list(candidates)}.`);
  const wanted = name.replace(/^\//, '');
  const exact = candidates.filter(({ path }) => path === wanted);
  const named = exact.length > 0 ? exact : candidates.filter(({ path, names }) => names.includes(name) || path.endsWith(`/${wanted}`));
  const several = named.filter(({ fn }) => takesSeveralRequests(fn));
  const found = several.length > 0 ? several : named;
  if (found.length === 0) throw new UsageError(`There is no function ${name} in ${directory}. There are: ${list(candidates)}.`);
  if (found.length > 1) throw new UsageError(`--function ${name} means ${found.length} functions in ${directory}. Name one of them by its path: ${list(found)}.`);
  return { meant: found[0], others: named.filter((other) => other !== found[0]) };
}

/** Whether a function runs on managed instances, and not with one request at a time. */
function takesSeveralRequests(fn: TemplateResource): boolean {
  return isManaged(fn) && fn.properties.number(...LMI, 'perExecutionEnvironmentMaxConcurrency') !== 1;
}

function otherNote(name: string, path: string, { fn, path: other }: Candidate): string {
  return `${name} is ${path} here. ${other} ${isManaged(fn) ? 'takes one request at a time' : 'is on no capacity provider'}: name it by its path to rehearse it.`;
}

/** Describes a function for a rehearsal. What neither the caller nor the template sets keeps Lambda's default. */
function descriptionOf({ properties }: TemplateResource, path: string, given: Partial<RehearseOptions>): RehearseOptions {
  if (properties.string('packageType') === 'Image') throw new UsageError(`${path} is a container image, which can't be rehearsed: only functions with a runtime can.`);
  const required = (property: 'handler' | 'runtime') => {
    const value = given[property] ?? properties.string(property);
    if (!isKnown(value)) throw new UsageError(`The ${property} of ${path} is not in the template: give it with --${property}.`);
    return value;
  };
  const memorySize = Math.max(knownOr(properties.number('memorySize'), 0), LIMITS.functionMemoryMin.value);
  const ratio = knownOr(properties.number(...LMI, 'executionEnvironmentMemoryGiBPerVCpu'), EXECUTION_ENVIRONMENT_DEFAULTS.memoryGiBPerVCpu);
  const environment = { ...properties.texts('environment', 'variables'), ...given.environment };
  const open = Object.keys(environment).filter((variable) => environment[variable].includes('${'));
  return {
    memorySize,
    vCpus: Math.max(1, Math.floor(vCpusOf(memorySize, ratio))),
    concurrency: knownOr(properties.number(...LMI, 'perExecutionEnvironmentMaxConcurrency'), undefined),
    timeout: knownOr(properties.number('timeout'), EXECUTION_ENVIRONMENT_DEFAULTS.timeout),
    name: knownOr(properties.string('functionName'), path.split('/').pop()),
    ...given,
    handler: required('handler'),
    runtime: required('runtime'),
    environment,
    notes: [
      ...given.notes ?? [],
      ...open.length === 0 ? [] : [`Only deployment knows the value of ${open.join(', ')}: give one with --env.`],
      ...properties.filled('layers') === true ? ['The function has layers. Their contents aren\'t in the assembly and are missing here.'] : [],
    ],
  };
}

/** Returns the folder of the function's asset, or a new folder with the inline code in a file. */
function codeOf({ properties }: TemplateResource, path: string, stack: SynthesisedTemplate, runtime: string): { code: string; remove(): void } {
  const inline = properties.string('code', 'zipFile');
  if (isKnown(inline)) {
    const code = mkdtempSync(join(tmpdir(), 'rehearsal-code-'));
    writeFileSync(join(code, runtime.startsWith('python') ? 'index.py' : 'index.js'), inline);
    return { code, remove: () => rmSync(code, { recursive: true }) };
  }
  const code = stack.assetIn(knownOr(properties.text('code', 's3Key'), ''));
  if (code === undefined) throw new UsageError(`The code of ${path} is not in the cloud assembly: name its folder with --code.`);
  if (!statSync(code, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`The code of ${path}, ${code}, isn't a folder: unpack it, and name the folder with --code.`);
  return { code, remove: () => undefined };
}

function knownOr<T, U>(fact: Fact<T>, otherwise: U): T | U {
  return isKnown(fact) ? fact : otherwise;
}
