/** Runs tests in processes that work on copies of the project. */
import { ChildProcess, execFileSync, fork } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Answer, Request } from './worker';

/** The paths that tests need but git ignores. */
const NEEDED = ['node_modules', '.cache/runtime-clients', 'lib'];

/** A process with its own copy of the project, because tests write files. */
export class Worker {
  private readonly folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  private child?: ChildProcess;

  public constructor(private readonly root: string, tracked: readonly string[], private readonly compiled: string) {
    tracked.forEach((file) => cpSync(file, join(this.folder, file)));
    for (const needed of NEEDED) {
      mkdirSync(dirname(join(this.folder, needed)), { recursive: true });
      symlinkSync(join(this.root, needed), join(this.folder, needed));
    }
    execFileSync('git', ['init', '--quiet'], { cwd: this.folder }); // tests call git to list files
  }

  /** Returns the answer. It is undefined if the time is up or the process ends. */
  public async ask<T extends Answer>(request: Request, seconds: number): Promise<T | undefined> {
    const child = this.child ??= fork(join(this.folder, 'tools/mutation/worker.ts'), {
      cwd: this.folder,
      env: { ...process.env, NODE_ENV: 'test', COMPILED_CACHE: this.compiled }, // as jest sets it; CDK looks at it
      execArgv: ['--require', 'ts-node/register/transpile-only'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return new Promise((answer) => {
      const settle = (value?: T) => {
        clearTimeout(timer);
        child.removeAllListeners();
        if (!value || value.isFull) this.restart();
        answer(value);
      };
      const timer = setTimeout(() => settle(), seconds * 1000);
      child.once('message', (value) => settle(value as T));
      child.once('exit', () => settle());
      child.send(request);
    });
  }

  public restart(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  public end(): void {
    this.restart();
    rmSync(this.folder, { recursive: true });
  }
}

/** Gives each worker the next element as soon as the worker is free. */
export async function inParallel<T>(workers: readonly Worker[], all: readonly T[], run: (one: T, worker: Worker) => Promise<void>): Promise<void> {
  const queue = [...all];
  await Promise.all(workers.map(async (worker) => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await run(one, worker);
  }));
}
