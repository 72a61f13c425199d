import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Reads a jsii assembly: `.jsii` itself, or the compressed file that it refers to. */
export function readAssembly(path: string): any {
  const assembly = JSON.parse(readFileSync(path, 'utf-8'));
  if (assembly.schema !== 'jsii/file-redirect') return assembly;
  return JSON.parse(gunzipSync(readFileSync(join(dirname(path), assembly.filename))).toString());
}
