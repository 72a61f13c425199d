import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The files and folders that running an example in place leaves behind. */
const LEFTOVERS = ['.venv', '__pycache__', 'cdk.out', 'go.sum', 'node_modules', 'target'];

/** Copies an example as it is in the repository. */
export function copyExample(name: string, folder: string): void {
  cpSync(join('examples', name), folder, { recursive: true, filter: (path) => !LEFTOVERS.includes(basename(path)) });
}
