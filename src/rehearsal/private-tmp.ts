/**
 * A `/tmp` for one execution environment. Two rehearsals at once must not overwrite each other's files, and all files in it must come from the
 * handler. On Linux, each environment has its own mount; elsewhere, rehearsals wait for each other.
 */
import { spawnSync } from 'node:child_process';
import { FSWatcher, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const TMP = '/tmp';
/** The beginning of the names of rehearsals' folders. */
const FOLDER = 'rehearsal-';
/** A script that mounts the folders that must stay visible below the new `/tmp`, mounts `/tmp` itself, and then becomes the client. */
const MOUNT = [
  'private=$1; cd_to=$2; shift 2',
  'while [ "$1" != -- ]; do mount --rbind "$1" "$private/${1#/tmp/}" || exit 97; shift; done; shift',
  'mount --rbind "$private" /tmp && cd "$cd_to" || exit 97',
  'exec "$@"',
].join('\n');

/** The size up to which files are compared. It is enough to distinguish two requests. */
const COMPARED_BYTES = 1024 * 1024;

/** A file that a request wrote, created or removed. */
export interface TouchedFile {
  readonly name: string;
  /** The content after the request had ended; undefined if the file is gone, or is a folder. */
  readonly content?: string;
  /** Whether other programs of this machine may have written it, too. */
  readonly isOfMachine: boolean;
}

export class PrivateTmp {
  /**
   * Creates the folder, and finds a way to mount it.
   *
   * @param visible folders that the environment needs: code, client, interpreter
   * @param mounts whether to try a mount
   */
  public static async create(visible: readonly string[], mounts = true): Promise<PrivateTmp> {
    const root = mkdtempSync(join(realpathSync(tmpdir()), FOLDER));
    const unshare = mounts ? (known ??= { arguments: unshareArguments() }).arguments : undefined;
    return new PrivateTmp(root, visible, unshare, unshare === undefined ? await waitForLock() : undefined);
  }

  /** The folder for files that the environment needs but the handler shouldn't find: logs and reports. */
  public readonly workDirectory: string;
  private readonly directory: string;
  private readonly watchers = new Map<string, FSWatcher>();
  /**
   * The files that were touched, with their content at that moment. The content is read only if other programs also write there, to find out whose
   * file it is.
   */
  private readonly touched = new Map<string, string | undefined>();

  /** @param folder the folder for all files of this object */
  private constructor(
    public readonly folder: string,
    private readonly visible: readonly string[],
    private readonly unshare: readonly string[] | undefined,
    private readonly lock: string | undefined,
  ) {
    this.workDirectory = join(folder, 'work');
    mkdirSync(this.workDirectory);
    mkdirSync(join(folder, 'tmp'));
    mkdirSync(join(folder, 'home'));
    this.directory = unshare === undefined ? TMP : join(folder, 'tmp');
    this.watch(this.directory);
  }

  /** Whether `/tmp` is this environment's own. */
  public get isOwn(): boolean {
    return this.unshare !== undefined;
  }

  /** The home directory, which has no credentials in it. */
  public get home(): string {
    return join(this.folder, 'home');
  }

  /** Returns the command that runs another command in a folder, with this `/tmp`. */
  public wrap(command: readonly string[], directory: string): string[] {
    if (this.unshare === undefined) return [...command];
    // Both the path of a link and its target are kept, because either may be below /tmp.
    const needed = new Set([...this.visible, this.folder].flatMap((path) => [resolve(path), realpathSync(path)]));
    const below = [...needed].filter((path) => path.startsWith(TMP + sep));
    below.forEach((path) => mkdirSync(join(this.directory, relative(TMP, path)), { recursive: true }));
    return ['unshare', ...this.unshare, '--mount', 'sh', '-c', MOUNT, 'sh', this.directory, directory, ...below, '--', ...command];
  }

  /** Returns the files that were touched since the last call. */
  public takeTouched(): TouchedFile[] {
    const files = [...this.touched].filter(([name]) => !this.isOurs(name)).map(([name, noticed]) => ({
      name: join(TMP, name), content: this.contentOf(name) ?? noticed, isOfMachine: !this.isOwn,
    }));
    this.touched.clear();
    return files;
  }

  public close(): void {
    this.watchers.forEach((watcher) => watcher.close());
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
    if (this.lock !== undefined) rmSync(this.lock, { force: true });
  }

  /** Watches a folder, and folders that appear in it. */
  private watch(directory: string): void {
    if (this.watchers.has(directory)) return;
    try {
      const watcher = watch(directory, (_, file) => {
        if (file === null) return;
        const path = join(directory, file);
        const name = relative(this.directory, path);
        this.touched.set(name, (this.isOwn ? undefined : this.contentOf(name)) ?? this.touched.get(name));
        if (!this.isOurs(name) && this.isOwn && isDirectory(path)) this.watch(path);
      });
      watcher.on('error', () => this.watchers.delete(directory));
      this.watchers.set(directory, watcher);
      if (this.isOwn && directory !== this.directory) foldersIn(directory).forEach((path) => this.watch(path));
    } catch {
      // The file is already gone.
    }
  }

  /** Whether this rehearsal, or another one, keeps or mounts the path in `/tmp`. */
  private isOurs(name: string): boolean {
    if (!this.isOwn && name.startsWith(FOLDER)) return true;
    const path = join(TMP, name);
    return [...this.visible, this.folder, ...this.lock === undefined ? [] : [this.lock]]
      .map((one) => resolve(one))
      .some((one) => one === path || one.startsWith(path + sep) || path.startsWith(one + sep));
  }

  private contentOf(name: string): string | undefined {
    try {
      const path = join(this.directory, name);
      return statSync(path).size > COMPARED_BYTES ? undefined : readFileSync(path, 'latin1');
    } catch {
      return undefined;
    }
  }
}

function foldersIn(directory: string): string[] {
  return readdirSync(directory).map((file) => join(directory, file)).filter(isDirectory);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The arguments for `unshare`, once they are known. */
let known: { readonly arguments: readonly string[] | undefined } | undefined;

/** Returns the arguments with which `unshare` may mount, as root or in a user namespace; undefined if it may not. */
function unshareArguments(): readonly string[] | undefined {
  return [[], ['--user', '--map-root-user']].find((options) => (
    spawnSync('unshare', [...options, '--mount', 'sh', '-c', 'mount --bind /tmp /tmp'], { stdio: 'ignore' }).status === 0
  ));
}

/** Waits until no other rehearsal on this machine uses `/tmp`. A rehearsal that was killed leaves its lock, but no process. */
async function waitForLock(): Promise<string> {
  const lock = join(tmpdir(), 'cdk-lambda-managed-instances-rehearsal.lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      process.once('exit', () => rmSync(lock, { force: true }));
      return lock;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (!isAlive(ownerOf(lock))) rmSync(lock, { force: true });
    else await delay(100);
  }
}

function ownerOf(lock: string): number {
  try {
    return Number(readFileSync(lock, 'utf-8'));
  } catch {
    return NaN;
  }
}

function isAlive(pid: number): boolean {
  try {
    return Number.isInteger(pid) && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
