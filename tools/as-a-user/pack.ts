import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './shell';

/** Packs the package for npm into a folder, and returns the tarball. */
export function packTarball(folder: string): string {
  run('npm', ['pack', '--pack-destination', folder], { cwd: process.cwd() });
  return join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz'))!);
}
