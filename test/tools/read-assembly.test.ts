import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readAssembly } from '../../tools/read-assembly';

let folder: string;

beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'assembly-')); });
afterEach(() => rmSync(folder, { recursive: true }));

test('reads an assembly as it stands', () => {
  writeFileSync(join(folder, '.jsii'), JSON.stringify({ schema: 'jsii/0.10.0', name: 'orders' }));

  expect(readAssembly(join(folder, '.jsii')).name).toBe('orders');
});

test('reads a compressed one from beside its reference', () => {
  writeFileSync(join(folder, '.jsii'), JSON.stringify({ schema: 'jsii/file-redirect', compression: 'gzip', filename: '.jsii.gz' }));
  writeFileSync(join(folder, '.jsii.gz'), gzipSync(JSON.stringify({ schema: 'jsii/0.10.0', name: 'orders' })));

  expect(readAssembly(join(folder, '.jsii')).name).toBe('orders');
});
