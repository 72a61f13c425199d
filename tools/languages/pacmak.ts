import { resolve } from 'node:path';
import { Target } from './snippets';
import { run } from '../as-a-user/shell';

const REPOSITORY = resolve(__dirname, '../..');
const SOURCES_ONLY = ['--code-only', '--force-target'];
/** The option of the tasks `package:*`. Examples that `rosetta:check` has translated are taken from there. */
const WITH_EXAMPLES = '--rosetta-unknown-snippets=translate';

/** Generates the sources of this package in a language, and returns their folder. */
export function generate(target: Target, outdir: string): string {
  return pacmak(target, outdir, [...SOURCES_ONLY, WITH_EXAMPLES, REPOSITORY]);
}

/** Generates the sources of another package in a folder. Its examples aren't translated, because they aren't read here. */
export function generateOther(target: Target, outdir: string, folder: string): string {
  return pacmak(target, outdir, [...SOURCES_ONLY, folder]);
}

/** Generates this package in a language, builds the artifact that users install, and returns its folder. */
export function build(target: Target, outdir: string): string {
  return pacmak(target, outdir, [WITH_EXAMPLES, REPOSITORY]);
}

function pacmak(target: Target, outdir: string, args: readonly string[]): string {
  // Without --no-npmignore, .npmignore is rewritten.
  run('jsii-pacmak', ['--target', target, '--outdir', outdir, '--no-npmignore', ...args], { cwd: REPOSITORY });
  return resolve(outdir, target);
}
