import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A jsii assembly: `.jsii` itself, or what it refers to where it is compressed. */
export function readAssembly(path: string): any {
  const assembly = JSON.parse(readFileSync(path, 'utf-8'));
  if (assembly.schema !== 'jsii/file-redirect') return assembly;
  return JSON.parse(gunzipSync(readFileSync(join(dirname(path), assembly.filename))).toString());
}
