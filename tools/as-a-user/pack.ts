import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './shell';

/** Packs the package into a folder, as it goes to npm; returns the tarball. */
export function packTarball(folder: string): string {
  run('npm', ['pack', '--pack-destination', folder], { cwd: process.cwd() });
  return join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz'))!);
}
