/** Runs the command as it is in the package: compiled, with bundled dependencies, and without other packages beside it. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundleCommand } from '../../tools/bundle-command';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A package in a folder where no other package can be found. */
export class PackedCommand {
  public static async make(): Promise<PackedCommand> {
    const folder = mkdtempSync(join(tmpdir(), 'packed-'));
    const lib = join(folder, 'package/lib');
    const entryPoints = readdirSync('src', { recursive: true, encoding: 'utf-8' }).filter((file) => file.endsWith('.ts')).map((file) => join('src', file));
    buildSync({ entryPoints, outdir: lib, outbase: 'src', format: 'cjs', platform: 'node', target: 'node20', logLevel: 'error' });
    await bundleCommand(lib);
    copyFileSync('package.json', join(folder, 'package/package.json'));
    mkdirSync(join(folder, 'empty'));
    return new PackedCommand(folder);
  }

  private constructor(public readonly folder: string) {}

  public get lib(): string {
    return join(this.folder, 'package/lib');
  }

  /** Runs the command in an empty folder. */
  public run(args: string[], input?: string): Ended {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(this.lib, 'cli/main.js'), ...args], {
      cwd: join(this.folder, 'empty'), encoding: 'utf-8', input, env: { PATH: process.env.PATH },
    });
    return { status, stdout, stderr };
  }
}
