import { spawnSync } from 'node:child_process';

export interface RunOptions {
  readonly cwd: string;
  /** Variables to add to those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Returns the output of a command. Throws an error with all of it if the command fails. */
export function run(command: string, args: readonly string[], { cwd, env }: RunOptions): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf-8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`\`${[command, ...args].join(' ')}\` in ${cwd} ended with ${status}\n${stdout}${stderr}`);
  return stdout + stderr;
}

/** Returns the output of a command, or undefined if it doesn't exist or fails. */
export function tryRun(command: string, args: readonly string[]): string | undefined {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf-8', stdio: ['ignore', 'pipe', 'pipe'] });
  return error || status !== 0 ? undefined : stdout + stderr;
}

export function check(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}
