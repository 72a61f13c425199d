/**
 * `rehearse`: reads its options, rehearses, and prints.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs, ParseArgsConfig } from 'node:util';
import { AssembledFunction, functionInAssembly } from './assembled-function';
import { readEvents } from './events';
import { showProgress } from './progress';
import { CommandResult, parsed, UsageError } from './usage';
import { rehearse, RehearseOptions } from '../rehearsal/rehearse';
import { EVENT_SOURCES, EventSource } from '../rehearsal/sample-events';

const OPTIONS = {
  'function': { type: 'string' },
  'handler': { type: 'string' },
  'runtime': { type: 'string' },
  'code': { type: 'string' },
  'events': { type: 'string' },
  'event-source': { type: 'string', multiple: true },
  'concurrency': { type: 'string' },
  'vcpus': { type: 'string' },
  'memory': { type: 'string' },
  'timeout': { type: 'string' },
  'env': { type: 'string', multiple: true },
  'ignore': { type: 'string', multiple: true },
  'client': { type: 'string' },
  'interpreter': { type: 'string' },
  'load': { type: 'string' },
  'format': { type: 'string', default: 'text' },
  'help': { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof parse>;

const HELP = `Usage: cdk-lambda-managed-instances rehearse cdk.out --function NAME [options]
       cdk-lambda-managed-instances rehearse --handler FILE.FUNCTION --runtime RUNTIME [options]

Sends events alone and then many at once to a handler, under AWS's own runtime client, on this machine. From a folder that cdk synth writes, it takes
the code, all settings of the function and what sends it events; options replace them.

  --function NAME                 its construct path or id, logical id or function name
  --handler dist/orders.handler   the handler, seen from --code
  --runtime nodejs24.x            the runtime: nodejs22.x, python3.13, java21 or later
  --code DIRECTORY                the folder with the deployed code (default: the current folder)
  --events FILE|DIRECTORY         a JSON file with an event or an array of events, or a folder of such files
  --event-source KIND             sample events instead: ${EVENT_SOURCES.join(', ')}
  --concurrency N                 the most requests at once (default: what Lambda allows the runtime)
  --vcpus N                       vCPUs of an environment (default: 1)
  --memory MB                     memory of an environment (default: 2048)
  --timeout SECONDS               timeout of the function (default: 30)
  --env NAME=VALUE                an environment variable of the function
  --ignore PATH                   a field that differs on purpose, such as $.inFlight
  --client DIRECTORY              where AWS's runtime client is installed
  --interpreter PROGRAM           what runs the code, such as python3.13
  --load FILE                     writes duration and CPU time for "plan --load"
  --format text|json

Exit code: 0 if nothing is wrong, 1 if something is, 2 if the call is wrong or something is missing.`;

export async function rehearseCommand(args: string[]): Promise<CommandResult> {
  const values = parse(args);
  const { format, load } = values;
  if (values.help === true) return { text: HELP, exitCode: 0 };
  if (format !== 'text' && format !== 'json') throw new UsageError(`--format is "${format}", but must be text or json.`);
  const { options, path, remove } = describe(values);
  const progress = showProgress(process.stderr);
  try {
    const report = await rehearse({ ...options, onProgress: progress.show });
    if (load !== undefined) writeFileSync(load, `${JSON.stringify(report.toLoad(path) ?? { functions: {} }, undefined, 2)}\n`);
    return {
      text: format === 'json' ? JSON.stringify(report.toJson(), undefined, 2) : report.toString(),
      exitCode: report.problems.length === 0 ? 0 : 1,
    };
  } finally {
    progress.end();
    remove();
  }
}

/** Returns the settings of a rehearsal, from an assembly or from options alone. */
function describe(values: Values): AssembledFunction {
  return values.assembly === undefined
    ? { options: handlerOf(values), remove: () => undefined }
    : functionInAssembly(values.assembly, values.function, optionsOf(values));
}

function parse(args: string[]) {
  const { values, positionals: [assembly, ...more] } = parsed(() => parseArgs({ args, options: OPTIONS, allowPositionals: true }));
  if (more.length > 0) throw new UsageError(`rehearse takes one folder, but here are several: ${[assembly, ...more].join(', ')}. See rehearse --help.`);
  if (values.function !== undefined && assembly === undefined) throw new UsageError('--function needs the folder that cdk synth writes: rehearse cdk.out --function NAME.');
  return { ...values, assembly };
}

function handlerOf(values: Values): RehearseOptions {
  const { handler, runtime } = values;
  if (handler === undefined || runtime === undefined) throw new UsageError('rehearse needs --handler and --runtime, or a folder that cdk synth writes and --function. See rehearse --help.');
  return { ...optionsOf(values), handler, runtime };
}

/** Returns the settings that the caller gives by options. */
function optionsOf(values: Values): Partial<RehearseOptions> {
  const { handler, runtime, code, events, 'event-source': sources, ignore, client, interpreter } = values;
  if (events !== undefined && sources !== undefined) throw new UsageError('--events and --event-source exclude each other: give events of your own, or have samples.');
  const given: Partial<RehearseOptions> = {
    handler,
    runtime,
    code,
    events: events === undefined ? undefined : readEvents(events),
    eventSources: sources?.map(sourceOf),
    concurrency: numberOf('concurrency', values.concurrency),
    vCpus: numberOf('vcpus', values.vcpus),
    memorySize: numberOf('memory', values.memory),
    timeout: numberOf('timeout', values.timeout),
    environment: values.env && Object.fromEntries(values.env.map(variableOf)),
    ignore,
    client,
    interpreter,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function sourceOf(source: string): EventSource {
  const found = EVENT_SOURCES.find((one) => one === source);
  if (found === undefined) throw new UsageError(`--event-source is "${source}", but must be one of ${EVENT_SOURCES.join(', ')}.`);
  return found;
}

function numberOf(option: string, text?: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || text.trim() === '') throw new UsageError(`--${option} is "${text}", but must be a number.`);
  return value;
}

function variableOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--env is "${text}", but must be NAME=VALUE.`);
  return [text.slice(0, at), text.slice(at + 1)];
}
