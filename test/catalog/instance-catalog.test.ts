import { createHash } from 'node:crypto';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ROWS, runsFunctions } from './data';
import { InstanceCatalog, InstanceSelection } from '../../src';
import { parseInstanceType } from '../../src/service/instance-families';

const CATALOG = InstanceCatalog.V2026_08;
/** How many types it selects from, without and with GPUs, and what is known of them. Where this has to change, a new version is due. */
const PINNED = [776, '92cfd46935c024ba', 49, 'fbc9ef40af3481f2'];

test('holds what the data holds', () => {
  expect(CATALOG.version).toBe('2026-08');
  expect(CATALOG._all()).toHaveLength(ROWS.length);
  ROWS.forEach((row) => {
    const { type: name, localGB: localStorageGB, gpuMaker, gpuCount, gpuMemory, ...same } = row;
    expect(CATALOG._find(name)).toMatchObject({ name, localStorageGB, ...same });
    expect(CATALOG._find(name)?.gpu).toEqual(gpuMaker === '' ? undefined : expect.objectContaining({ maker: gpuMaker, count: Math.max(gpuCount, 1) }));
    // Binary or decimal GB.
    expect(CATALOG._find(name)?.gpu?.memory ?? 0).toBeGreaterThanOrEqual(Math.floor(gpuMemory / 1024));
    expect(CATALOG._find(name)?.gpu?.memory ?? 0).toBeLessThanOrEqual(Math.round(gpuMemory * 1024 * 1024 / 1e9));
  });
});

test('knows nothing of other types', () => {
  expect(CATALOG._find('c99g.xlarge')).toBeUndefined();
  expect(CATALOG._find('')).toBeUndefined();
});

test.each([
  ['c7g.xlarge', 'arm64'],
  ['r8g.*', 'arm64'],
  ['m6gd.99xlarge', 'arm64'],
  ['c7i-flex.large', 'x86_64'],
  ['g5.xlarge', 'x86_64'],
  ['gr6.4xlarge', 'x86_64'],
  ['c99g.xlarge', undefined],
  ['z9.xlarge', undefined],
  ['*.large', undefined],
  ['c7*', undefined],
  ['c7g', undefined],
  ['', undefined],
])('knows the architecture of %p from its family, and guesses none: %p', (entry, architecture) => {
  expect(CATALOG._architectureOf(entry)).toBe(architecture);
});

test('every type is arm64 or x86_64', () => {
  CATALOG._all().forEach((type) => {
    expect(['arm64', 'x86_64']).toContain(type.architecture);
    expect(CATALOG._architectureOf(type.name)).toBe(type.architecture);
    expect(parseInstanceType(type.name)).toEqual({ category: type.category, generation: type.generation, size: type.size });
  });
});

test.each([
  [2861, 3], [5722, 6], [11444, 12], [16384, 16], [22888, 24], [32768, 32], [45776, 48], [98304, 96],
])('%d MiB of GPU memory in the data are %d GB', (mib, gigabytes) => {
  const rows = ROWS.filter((row) => row.gpuMemory === mib);

  expect(rows.length).toBeGreaterThan(0);
  rows.forEach((row) => expect(CATALOG._find(row.type)?.gpu?.memory).toBe(gigabytes));
});

test('counts the devices, a fraction of one as one', () => {
  expect(CATALOG._find('g6f.large')?.gpu).toEqual({ maker: 'nvidia', name: 'l4', count: 1, memory: 3 });
  expect(CATALOG._find('g6.48xlarge')?.gpu).toEqual({ maker: 'nvidia', name: 'l4', count: 8, memory: 24 });
  expect(CATALOG._find('m8g.large')?.gpu).toBeUndefined();
});

test('takes for functions what is documented: no burstable, flex, bare metal, small or old type', () => {
  const names = CATALOG._forFunctions().map((type) => type.name);

  expect(names.sort()).toEqual(ROWS.filter(runsFunctions).map((row) => row.type).sort());
  expect(names).toEqual(expect.arrayContaining(['c5.xlarge', 'm5.large', 'r8g.large', 'c9g.8xlarge']));
  ['c5.large', 'c7i-flex.xlarge', 'm6g.metal', 'm8g.medium', 't4g.large', 'c4.xlarge', 'g6.xlarge'].forEach((name) => {
    expect(CATALOG._find(name)).toBeDefined();
    expect(names).not.toContain(name);
  });
});

test('never changes what it selects: another selection would replace live capacity providers', () => {
  const hash = (names: string[]) => createHash('sha256').update(names.sort().join('\n')).digest('hex').slice(0, 16);

  expect([
    CATALOG._forFunctions().length, hash(CATALOG._forFunctions().map((type) => JSON.stringify(type))),
    CATALOG._forGpuFunctions().length, hash(CATALOG._forGpuFunctions().map((type) => JSON.stringify(type))),
  ]).toEqual(PINNED);
});

test('is read only when something is selected from it', () => {
  // GIVEN
  const load = jest.fn(() => jest.requireActual('../../src/catalog/instance-types-2026-08'));
  jest.doMock('../../src/catalog/instance-types-2026-08', load);

  jest.isolateModules(() => {
    // WHEN
    const { App, Stack } = jest.requireActual('aws-cdk-lib');
    const { ManagedInstances, InstanceSelection: Selection } = jest.requireActual('../../src');
    const stack = new Stack(new App(), 'Stack');
    [Selection.automatic(), Selection.graviton(), Selection.exclude('m5.*')].forEach((instances, i) => {
      new ManagedInstances(stack, `Fleet${i}`, { instances })
        .addFunction(jest.requireActual('../util').testFunction(stack, `Function${i}`, { architecture: instances.architecture }));
    });
    const selection = Selection.where({ vCpuCountMin: 4 });
    App.of(stack).synth();

    // THEN
    expect(load).not.toHaveBeenCalled();
    expect(selection.filter).toBeDefined();
    expect(load).toHaveBeenCalledTimes(1);
  });
});

describe('November 2026', () => {
  test('has the types of August as they were, and those that came since', () => {
    const added = InstanceCatalog.V2026_11._all().filter(({ name }) => CATALOG._find(name) === undefined);

    expect(InstanceCatalog.V2026_11.version).toBe('2026-11');
    CATALOG._all().forEach((type) => expect(InstanceCatalog.V2026_11._find(type.name)).toEqual(type));
    expect([...new Set(added.map(({ family }) => family))].sort()).toEqual(['m9g', 'm9gd', 'r9g', 'r9gd']);
    expect(added).toHaveLength(24);
    expect(InstanceCatalog.V2026_11._find('r9gd.2xlarge')).toMatchObject({ vCpus: 8, memoryMiB: 65536, architecture: 'arm64', localStorageGB: 474 });
    expect(InstanceCatalog.V2026_11._find('m9g.metal-24xl')).toMatchObject({ vCpus: 96, memoryMiB: 393216, isMetal: true });
  });

  test('is selected from only where somebody asks for it', () => {
    const chosen = (catalog?: InstanceCatalog) => (
      InstanceSelection.where({ architecture: lambda.Architecture.ARM_64, generationMin: 9, catalog }).describe()
    );

    expect(chosen()).not.toMatch('r9g');
    expect(chosen(InstanceCatalog.V2026_11)).toMatch('r9g');
  });
});
