import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, newestRelease } from '../../tools/compat';

const folder = mkdtempSync(join(tmpdir(), 'compat-test-'));
const ignored = join(folder, '.compatignore');

afterAll(() => rmSync(folder, { recursive: true }));

interface Api {
  /** Names of the methods of the class `fleet.Fleet`. */
  readonly methods: string[];
  readonly experimentalMethods?: string[];
  /** Whether the property `size` of the struct that its constructor takes may be left out. */
  readonly sizeOptional?: boolean;
}

/** A small package, as the jsii compiler writes it. */
function assembly({ methods, experimentalMethods = [], sizeOptional = true }: Api): string {
  const path = mkdtempSync(join(folder, 'package-'));
  const method = (stability: string) => (name: string) => ({ name, docs: { stability }, locationInModule: { filename: 'fleet.ts', line: 1 } });
  const type = (name: string) => ({ assembly: 'fleet', fqn: `fleet.${name}`, name, symbolId: `index:${name}` });
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name: 'fleet', version: '0.0.0', jsii: {} }));
  writeFileSync(join(path, '.jsii'), JSON.stringify({
    schema: 'jsii/0.10.0',
    name: 'fleet',
    version: '0.0.0',
    jsiiVersion: '6.0.0',
    types: {
      'fleet.Fleet': {
        ...type('Fleet'),
        kind: 'class',
        initializer: { parameters: [{ name: 'props', type: { fqn: 'fleet.FleetProps' } }] },
        methods: [...methods.map(method('stable')), ...experimentalMethods.map(method('experimental'))],
      },
      'fleet.FleetProps': {
        ...type('FleetProps'),
        kind: 'interface',
        datatype: true,
        properties: [{ name: 'size', abstract: true, immutable: true, type: { primitive: 'number' }, optional: sizeOptional || undefined }],
      },
    },
  }));
  return path;
}

test('finds a method that is gone and a property that is required now, each with its key', () => {
  // GIVEN
  const old = assembly({ methods: ['plan', 'addFunction'] });
  const updated = assembly({ methods: ['addFunction'], sizeOptional: false });

  // WHEN
  const { breaking, changes } = compare(old, updated, ignored);

  // THEN
  expect(breaking).toBe(true);
  expect(changes).toContain('[removed:fleet.Fleet.plan]');
  expect(changes).toContain('[strengthened:fleet.FleetProps]');
});

test('finds nothing where something was added', () => {
  const comparison = compare(assembly({ methods: ['plan'] }), assembly({ methods: ['plan', 'addFunction'] }), ignored);

  expect(comparison).toEqual({ breaking: false, changes: '' });
});

test('lets through what is experimental, and what the file of ignored keys names', () => {
  // GIVEN
  const old = assembly({ methods: ['plan'], experimentalMethods: ['ipv6'] });
  writeFileSync(ignored, '# meant: the plan moved\nremoved:fleet.Fleet.plan\n');

  // WHEN
  const { breaking, changes } = compare(old, assembly({ methods: [] }), ignored);

  // THEN
  expect(breaking).toBe(false);
  expect(changes).toContain('[removed:fleet.Fleet.ipv6]'); // said all the same
});

test('throws where there is nothing to compare', () => {
  expect(() => compare(folder, folder)).toThrow('jsii-diff failed');
});

test('knows the newest release, or that there is none, from what npm says', () => {
  expect(newestRelease('"0.3.1"')).toBe('0.3.1');
  expect(newestRelease('"0.0.0-name"')).toBeUndefined();
  expect(newestRelease('{ "error": { "code": "E404", "summary": "Not Found" } }')).toBeUndefined();
});

test('doesn\'t take a registry that can\'t be reached for one without the package', () => {
  expect(() => newestRelease('{ "error": { "code": "ECONNREFUSED", "summary": "connect failed" } }'))
    .toThrow('npm can\'t say what the newest release is: ECONNREFUSED connect failed');
});
