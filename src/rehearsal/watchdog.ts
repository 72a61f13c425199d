/**
 * Removes an execution environment when this process ends without doing so, as by SIGKILL, which nobody can catch.
 */
import { ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** Waits for the end of a pipe whose other end only this process holds. */
const WATCH = [
  'read _; kill -9 -"$1"',
  'for process in /proc/[0-9]*; do grep -qsF "HOME=$3" "$process/environ" && kill -9 "${process#/proc/}"; done',
  'rm -rf -- "$2"',
].join('\n');

export class Watchdog {
  private readonly process: ChildProcess;

  /**
   * @param group the process group to end
   * @param folder the folder to remove
   * @param home the home directory of the processes, also of those that have left the group
   */
  constructor(group: number, folder: string, home: string) {
    // In a group of its own, so that Ctrl-C doesn't end it before its time.
    this.process = spawn('sh', ['-c', WATCH, 'sh', String(group), folder, home], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.process.on('error', () => undefined);
    this.process.unref();
    (this.process.stdin as Socket | null)?.unref();
  }

  /** Ends the watchdog, because the environment was removed in order. */
  public dismiss(): void {
    this.process.kill('SIGKILL');
  }
}
