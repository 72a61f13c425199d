/**
 * Reads what a process and its children use from Linux's `/proc`: CPU time, memory and file descriptors.
 */
import { list, processTree, read } from './process-tree';

export interface Usage {
  /** The CPU time of all threads that still run, in milliseconds. */
  readonly cpuMs: number;
  /** The memory in MB. Memory that processes share is counted once. */
  readonly memoryMb: number;
  readonly descriptors: number;
  readonly processes: number;
}

/** Returns what a process and its children use; undefined if there is no `/proc`, or the process has ended. */
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

/** Returns only the CPU time, which is quick to read. */
export function cpuTimeOf(pid: number): CpuTime | undefined {
  return added(processTree(pid).map(cpuTimeOfOne));
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
