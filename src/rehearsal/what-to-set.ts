/**
 * Suggests settings for the function from the measurements of requests that are alone: requests at once, memory and ratio. The CPU here isn't that of
 * an instance, so suggestions follow from ratios rather than from milliseconds.
 */
import { FunctionDescription } from './function-description';
import { Measurement } from './measurement';
import { Language } from './texts';
import { LIMITS } from '../service/limits';

export interface WhatToSet {
  /** The requests at once for each vCPU above which only latency grows. It is a range if the CPU time is too short to be exact. */
  readonly usefulConcurrencyPerVCpu?: { readonly from: number; readonly to: number };
  readonly perExecutionEnvironmentMaxConcurrency?: number;
  /** The memory in MB. */
  readonly memorySize?: number;
  readonly executionEnvironmentMemoryGiBPerVCpu?: number;
  /** The description of the workers that serve requests: worker threads, processes or threads. */
  readonly workers: string;
  /** The reasons, each in a sentence. */
  readonly why: readonly string[];
}

/** The memory that the environment took in the deployed layout, in MB. A number is absent if the machine doesn't report it. */
export interface MemoryUse {
  readonly aloneMb?: number;
  /** The memory with `concurrency` requests at once. */
  readonly togetherMb?: number;
}

export interface Needs {
  readonly function: FunctionDescription;
  readonly language: Language;
  readonly alone?: Measurement;
  readonly memory: MemoryUse;
  readonly concurrency: number;
}

const MB_PER_GIB = 1024;
const RATIOS = [2, 4, 8];
/** The CPU time below which the client's own share may be half of it, in milliseconds. */
const EXACT_FROM_MS = 5;
/**
 * The most CPU time, in milliseconds, that the clients for Node.js and Python take for each request. Measured on 2026-11-27 with handlers that only
 * wait.
 */
const CLIENT_MS = 0.9;
/** The headroom for memory use that a rehearsal doesn't show: larger events, and growth over days. */
const MEMORY_HEADROOM = 1.3;

export function whatToSet({ function: fn, language, alone, memory: used, concurrency }: Needs): WhatToSet {
  const useful = usefulConcurrency(alone);
  const works = useful !== undefined && alone!.cpuMs! > CLIENT_MS;
  const suggested = works ? Math.floor(useful.from * fn.vCpus) : undefined;
  const memory = memoryFor(fn, language, used, concurrency, suggested ?? fn.maxConcurrency);
  return {
    usefulConcurrencyPerVCpu: useful,
    perExecutionEnvironmentMaxConcurrency: suggested,
    memorySize: memory && memory.ratio * MB_PER_GIB * fn.vCpus,
    executionEnvironmentMemoryGiBPerVCpu: memory?.ratio,
    workers: workersOf(language, suggested ?? fn.maxConcurrency, fn.vCpus),
    why: [
      ...useful === undefined ? ['CPU time can\'t be measured on this machine, so nothing is said about concurrency.'] : [
        `A request takes ${digits(alone!.wallMs)} ms, of which ${digits(alone!.cpuMs!)} ms (${percent(alone!.cpuMs! / alone!.wallMs)}) on the CPU, so about ${useful.from === useful.to ? useful.from : `${useful.from} to ${useful.to}`} at once keep a vCPU busy; more only wait longer.`,
        ...useful.from === useful.to ? [] : [
          `Below ${EXACT_FROM_MS} ms of CPU time, the client's own share makes the number a range. ${works ? 'Start at its lower end.' : 'It hardly works at all: rehearse with events that make it work as in production.'}`,
        ],
      ],
      ...memory === undefined ? [] : [memory.why],
    ],
  };
}

function usefulConcurrency(alone?: Measurement): WhatToSet['usefulConcurrencyPerVCpu'] {
  if (alone?.cpuMs === undefined || alone.cpuMs <= 0) return undefined;
  const at = (cpuMs: number) => clamp(Math.floor(alone.wallMs / cpuMs), 1, LIMITS.concurrencyPerVCpuMax.value);
  return { from: at(alone.cpuMs), to: at(alone.cpuMs < EXACT_FROM_MS ? Math.max(alone.cpuMs - CLIENT_MS, 0.1) : alone.cpuMs) };
}

function memoryFor(
  { vCpus, memorySize }: FunctionDescription, language: Language, { aloneMb, togetherMb }: MemoryUse, measuredAt: number, wantedAt: number,
): { ratio: number; why: string } | undefined {
  if (aloneMb === undefined || togetherMb === undefined) return undefined;
  // In Python each concurrent request has a process of its own, which takes memory even while it is idle.
  const needMb = MEMORY_HEADROOM * (language === 'Python'
    ? togetherMb * wantedAt / measuredAt
    : aloneMb + Math.max(0, togetherMb - aloneMb) / Math.max(1, measuredAt - 1) * (wantedAt - 1));
  const ratio = RATIOS.find((gib) => gib * MB_PER_GIB * vCpus >= needMb);
  if (ratio === undefined) return undefined;
  const size = ratio * MB_PER_GIB * vCpus;
  const measured = `The environment took ${Math.ceil(togetherMb)} MB with up to ${measuredAt} at once`;
  return { ratio, why: `${measured}, so ${wantedAt} need about ${Math.ceil(needMb)} MB with room: ${size} MB at ${ratio} GiB per vCPU${size === memorySize ? ', as it is' : ''}.` };
}

function workersOf(language: Language, concurrency: number, vCpus: number): string {
  switch (language) {
    case 'Node.js': return `${8 * vCpus} worker threads, 8 for each vCPU; each takes many requests and has modules of its own`;
    case 'Python': return `${concurrency} processes, one for each request at once; each imports the code and takes one request at a time`;
    case 'Java': return `${concurrency} threads, one for each request at once; all share one handler object`;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function digits(ms: number): string {
  return ms >= 10 ? String(Math.round(ms)) : ms.toPrecision(2);
}

function percent(share: number): string {
  return `${Math.round(Math.min(share, 1) * 100)} %`;
}
