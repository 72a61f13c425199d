import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { check, run } from '../as-a-user/shell';

/** A virtual environment of Python with the packages of a list. It is kept in `.cache` until the list changes. */
export class PythonEnvironment {
  /** Returns the environment for a list. The list fixes all packages, including dependencies, so pip resolves nothing. */
  public static of(requirements: string): PythonEnvironment {
    const list = readFileSync(requirements, 'utf-8');
    const folder = resolve('.cache/python', createHash('sha256').update(list).digest('hex').slice(0, 16));
    const environment = new PythonEnvironment(folder);
    if (!existsSync(environment.done)) environment.make(requirements);
    return environment;
  }

  private readonly python: string;
  private readonly done: string;

  private constructor(private readonly folder: string) {
    this.python = join(folder, 'bin/python');
    this.done = join(folder, 'installed');
  }

  /** Returns the folder of a package. */
  public packageFolder(name: string): string {
    const lib = join(this.folder, 'lib');
    return join(lib, readdirSync(lib).find((entry) => entry.startsWith('python'))!, 'site-packages', name);
  }

  /** Returns the output of a script that a package contains, whatever its exit status. */
  public printed(script: string, args: readonly string[]): string {
    const { error, stdout } = spawnSync(join(this.folder, 'bin', script), args, { encoding: 'utf-8', maxBuffer: 64 * 1024 * 1024 });
    if (error) throw error;
    return stdout;
  }

  /** Runs Python in this terminal, and returns whether it succeeded. */
  public runs(args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean {
    return spawnSync(this.python, args, { stdio: 'inherit', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env } }).status === 0;
  }

  private make(requirements: string): void {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
    console.log(`Installing ${requirements} into ${this.folder}`);
    run('python3', ['-m', 'venv', this.folder], { cwd: '.' });
    run(this.python, ['-m', 'pip', 'install', '--quiet', '--no-deps', '--disable-pip-version-check', '-r', requirements], { cwd: '.' });
    check(existsSync(this.python), `no Python in ${this.folder}`);
    writeFileSync(this.done, '');
  }
}
