import { resolve } from 'node:path';
import { run } from '../as-a-user/shell';

const REPOSITORY = resolve(__dirname, '../..');

/** Generates the sources of this package in a language, or of what the arguments name; returns the folder that they are in. */
export function generate(target: string, outdir: string, args: readonly string[] = [REPOSITORY]): string {
  return pacmak(target, outdir, ['--code-only', '--force-target', ...args]);
}

/** Generates a package in a language and builds what its users install; returns the folder that it is in. */
export function build(target: string, outdir: string): string {
  return pacmak(target, outdir, [REPOSITORY]);
}

function pacmak(target: string, outdir: string, args: readonly string[]): string {
  // --no-npmignore: otherwise .npmignore is rewritten.
  run('jsii-pacmak', ['--target', target, '--outdir', outdir, '--no-npmignore', ...args], { cwd: REPOSITORY });
  return resolve(outdir, target);
}
