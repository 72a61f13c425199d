import { resolve } from 'node:path';
import { Target } from './snippets';
import { run } from '../as-a-user/shell';

const REPOSITORY = resolve(__dirname, '../..');
const SOURCES_ONLY = ['--code-only', '--force-target'];
/** As the tasks `package:*` have it. What `rosetta:check` translated, is taken from there. */
const WITH_EXAMPLES = '--rosetta-unknown-snippets=translate';

/** Generates the sources of this package in a language; returns the folder that they are in. */
export function generate(target: Target, outdir: string): string {
  return pacmak(target, outdir, [...SOURCES_ONLY, WITH_EXAMPLES, REPOSITORY]);
}

/** The same of another package, in a folder. Its examples stay as they are: nobody reads them here. */
export function generateOther(target: Target, outdir: string, folder: string): string {
  return pacmak(target, outdir, [...SOURCES_ONLY, folder]);
}

/** Generates this package in a language and builds what its users install; returns the folder that it is in. */
export function build(target: Target, outdir: string): string {
  return pacmak(target, outdir, [WITH_EXAMPLES, REPOSITORY]);
}

function pacmak(target: Target, outdir: string, args: readonly string[]): string {
  // --no-npmignore: otherwise .npmignore is rewritten.
  run('jsii-pacmak', ['--target', target, '--outdir', outdir, '--no-npmignore', ...args], { cwd: REPOSITORY });
  return resolve(outdir, target);
}
