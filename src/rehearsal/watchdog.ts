/**
 * Removes an execution environment if this process ends without doing so, for instance by SIGKILL, which can't be caught.
 */
import { ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** A script that waits for the end of a pipe whose other end only this process holds. */
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
   * @param home the home directory of the processes, including those that have left the group
   */
  constructor(group: number, folder: string, home: string) {
    // The watchdog is in its own group, so that Ctrl-C doesn't end it too early.
    this.process = spawn('sh', ['-c', WATCH, 'sh', String(group), folder, home], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.process.on('error', () => undefined);
    this.process.unref();
    (this.process.stdin as Socket | null)?.unref();
  }

  /** Ends the watchdog after the environment was removed. */
  public dismiss(): void {
    this.process.kill('SIGKILL');
  }
}
