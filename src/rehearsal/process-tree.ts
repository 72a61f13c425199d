/**
 * Reads the processes of this machine in Linux's `/proc`: which process started which. Ends them together.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** Returns a process and all that it and its children have started, as far as their parents still run. */
export function processTree(root: number): number[] {
  const parents = new Map(processes().map((pid) => [pid, parentOf(pid)]));
  const tree = parents.has(root) ? [root] : [];
  // The list grows while it is read, because children of children are added.
  for (const pid of tree) tree.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child));
  return tree;
}

/**
 * Returns the parent of a process. In `/proc` it follows the name of the program, which is in brackets and may itself contain blanks and brackets.
 */
function parentOf(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]);
}

/**
 * Ends a process group, and the processes that it started in groups of their own: children whose parent still runs, and all processes that inherited
 * an environment variable.
 */
export function endProcesses(group: number, variable: string): void {
  const started = processTree(group);
  kill(-group);
  started.forEach(kill);
  processes().filter((pid) => read(`/proc/${pid}/environ`)?.split('\0').includes(variable)).forEach(kill);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The process has already ended.
  }
}

function processes(): number[] {
  return list('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
}

/** Reads a file of `/proc`. Undefined if its process has ended meanwhile. */
export function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf-8');
  } catch {
    return undefined;
  }
}

/** Lists a folder of `/proc`. */
export function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
