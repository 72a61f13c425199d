/**
 * What a process and its children use, as Linux tells in `/proc`: CPU time, memory and file descriptors.
 */
import { readdirSync, readFileSync } from 'node:fs';

export interface Usage {
  /** CPU time of all threads that still run, in milliseconds. */
  readonly cpuMs: number;
  /** Memory in MB; what processes share is counted once. */
  readonly memoryMb: number;
  readonly descriptors: number;
  readonly processes: number;
}

/** Undefined where there is no `/proc`, or the process has ended. */
export function usageOf(pid: number): Usage | undefined {
  const tree = processTree(pid);
  const usages = tree.map(usageOfOne).filter((usage) => usage !== undefined);
  return usages.length === 0 ? undefined : usages.reduce((sum, usage) => ({
    cpuMs: sum.cpuMs + usage.cpuMs,
    memoryMb: sum.memoryMb + usage.memoryMb,
    descriptors: sum.descriptors + usage.descriptors,
    processes: sum.processes + usage.processes,
  }));
}

/** Time on the CPU, and time spent ready and waiting for it, in milliseconds. */
export interface CpuTime {
  readonly cpuMs: number;
  readonly waitMs: number;
}

/** CPU time alone, which is quick to read. */
export function cpuTimeOf(pid: number): CpuTime | undefined {
  return added(processTree(pid).map(cpuTimeOfOne));
}

function processTree(root: number): number[] {
  const parents = new Map(list('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), parentOf(Number(name))]));
  const tree = parents.has(root) ? [root] : [];
  // The list grows while it is read: children of children come later.
  for (const pid of tree) tree.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child));
  return tree;
}

/** The name of a program, in brackets before its state and its parent, may hold blanks and brackets. */
function parentOf(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]);
}

function usageOfOne(pid: number): Usage | undefined {
  const { cpuMs } = cpuTimeOfOne(pid) ?? {};
  const [, pssKb] = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '') ?? [];
  if (cpuMs === undefined || pssKb === undefined) return undefined;
  return { cpuMs, memoryMb: Number(pssKb) / 1024, descriptors: list(`/proc/${pid}/fd`).length, processes: 1 };
}

function cpuTimeOfOne(pid: number): CpuTime | undefined {
  return added(list(`/proc/${pid}/task`).map((tid) => {
    const [cpuMs, waitMs] = read(`/proc/${pid}/task/${tid}/schedstat`)?.split(' ').map((ns) => Number(ns) / 1e6) ?? [];
    return cpuMs === undefined ? undefined : { cpuMs, waitMs };
  }));
}

function added(times: readonly (CpuTime | undefined)[]): CpuTime | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, { cpuMs, waitMs }) => ({ cpuMs: sum.cpuMs + cpuMs, waitMs: sum.waitMs + waitMs }));
}

/** Processes end while they are looked at. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf-8');
  } catch {
    return undefined;
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
