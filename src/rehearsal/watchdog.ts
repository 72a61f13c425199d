/**
 * Takes an execution environment away when this process ends without doing so, as by SIGKILL, which nobody can catch.
 */
import { ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** Waits for the end of a pipe whose other end only this process holds. */
const WATCH = 'read _; kill -9 -"$1"; rm -rf -- "$2"';

export class Watchdog {
  private readonly process: ChildProcess;

  /**
   * @param group the process group to end
   * @param folder the folder to remove
   */
  constructor(group: number, folder: string) {
    // In a group of its own, so that Ctrl-C doesn't end it before its time.
    this.process = spawn('sh', ['-c', WATCH, 'sh', String(group), folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.process.on('error', () => undefined);
    this.process.unref();
    (this.process.stdin as Socket | null)?.unref();
  }

  /** What it watches over has ended in order. */
  public dismiss(): void {
    this.process.kill('SIGKILL');
  }
}
