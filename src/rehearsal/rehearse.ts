/**
 * The entry point: rehearses a handler under AWS's runtime client on this machine, with many requests at once.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { findClient } from './find-client';
import { FunctionDescription, RehearsalEvent } from './function-description';
import { Rehearsal } from './rehearsal';
import { RehearsalReport } from './rehearsal-report';
import { Progress } from './rehearsal-result';
import { EventSource, sampleEvents } from './sample-events';
import { RehearsalUsageError } from './usage-error';
import { LIMITS } from '../service/limits';
import { parseRuntime } from '../service/runtimes';

export interface RehearseOptions {
  /** The handler in Lambda's form, relative to `code`: `dist/orders.handler`. */
  readonly handler: string;
  /** The runtime by Lambda's name: `nodejs24.x`. */
  readonly runtime: string;
  /**
   * The folder with the deployed code.
   *
   * @default - the current folder
   */
  readonly code?: string;
  /**
   * The events to send, at least two that differ. Each must work with one request at a time.
   *
   * @default - samples of the event sources
   */
  readonly events?: readonly unknown[];
  /** The services that send events to the function. Samples of their events are used if no events are given. */
  readonly eventSources?: readonly EventSource[];
  /**
   * The most requests at once, like `perExecutionEnvironmentMaxConcurrency`.
   *
   * @default - Lambda's default for the runtime and each vCPU, times `vCpus`
   */
  readonly concurrency?: number;
  /**
   * The vCPUs of an execution environment.
   *
   * @default 1
   */
  readonly vCpus?: number;
  /**
   * The memory of an execution environment in MB.
   *
   * @default 2048
   */
  readonly memorySize?: number;
  /**
   * The timeout of the function in seconds.
   *
   * @default 30
   */
  readonly timeout?: number;
  /** The function's environment variables. Of the environment of this process, only PATH is passed on. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * The name of the function in messages.
   *
   * @default - the handler
   */
  readonly name?: string;
  /** Paths of answers and log lines that differ on purpose: `$.inFlight`. */
  readonly ignore?: readonly string[];
  /** A folder into which AWS's runtime client was installed. */
  readonly client?: string;
  /** The program that runs the code: `python3.13`. */
  readonly interpreter?: string;
  /** Notes to add to the report. */
  readonly notes?: readonly string[];
  /** Called after each request, with the progress. */
  readonly onProgress?: (progress: Progress) => void;
  /** Whether to replace the native part of the client for Node.js by JavaScript, even if it is compiled. */
  readonly standIn?: boolean;
  /** Whether to try to give each environment its own `/tmp`. Otherwise rehearsals wait for each other. */
  readonly mounts?: boolean;
}

/**
 * Sends each event alone and then all at once to the handler, in a process of AWS's own runtime client, and reports the problems that only concurrent
 * requests have.
 *
 * The rehearsal reaches nothing outside of this machine, unless the handler does. Throws `RehearsalUsageError` if something is missing.
 */
export async function rehearse(options: RehearseOptions): Promise<RehearsalReport> {
  const fn = describe(options);
  const client = findClient({ function: fn, clientDirectory: options.client, interpreter: options.interpreter }, options.standIn);
  const events = eventsOf(options);
  const { ignore = [], notes = [], onProgress, mounts } = options;
  const result = await new Rehearsal({ function: fn, client, events, ignore, onProgress, mounts }).run();
  return new RehearsalReport(fn, client.name, events.length, { ...result, notes: [...notes, ...result.notes] });
}

function describe({ handler, runtime, code = '.', vCpus = 1, memorySize = LIMITS.functionMemoryMin.value, timeout = 30, ...options }: RehearseOptions): FunctionDescription {
  const codeDirectory = resolve(code);
  if (!statSync(codeDirectory, { throwIfNoEntry: false })?.isDirectory()) throw new RehearsalUsageError(`The folder of the code, ${codeDirectory}, doesn't exist.`);
  if (!/^[^\s]+$/.test(handler)) throw new RehearsalUsageError('The handler must have Lambda\'s form, such as "dist/orders.handler".');
  if (!(vCpus >= 1)) throw new RehearsalUsageError(`The number of vCPUs is ${vCpus}, but must be 1 or more.`);
  if (!(timeout > 0)) throw new RehearsalUsageError(`The timeout is ${timeout} seconds, but must be longer than 0.`);
  const perVCpu = parseRuntime(runtime)?.family.concurrencyPerVCpu ?? LIMITS.concurrencyPerVCpuMax.value;
  const { concurrency = Math.floor(perVCpu * vCpus), environment = {}, name = handler.replace(/[^\w-]+/g, '-') } = options;
  const most = LIMITS.concurrencyPerEnvironmentMax.value;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > most) {
    throw new RehearsalUsageError(`The concurrency is ${concurrency}, but must be a whole number from 1 to ${most}.`);
  }
  return { codeDirectory, handler, runtime, name, memorySize, vCpus, maxConcurrency: concurrency, timeout, environment };
}

function eventsOf({ events, eventSources = [] }: RehearseOptions): readonly RehearsalEvent[] {
  if (events === undefined) return sampleEvents(eventSources);
  if (events.length === 0) throw new RehearsalUsageError('There are no events: give at least two that differ.');
  return events.map((event, index) => (isLabelled(event) ? event : { label: `events[${index}]`, value: event }));
}

/** An event with the name of its file. */
class LabelledEvent implements RehearsalEvent {
  constructor(public readonly label: string, public readonly value: unknown) {}
}

export function labelled(label: string, value: unknown): RehearsalEvent {
  return new LabelledEvent(label, value);
}

function isLabelled(event: unknown): event is RehearsalEvent {
  return event instanceof LabelledEvent;
}
