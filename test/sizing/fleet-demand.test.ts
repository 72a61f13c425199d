import { batchesOf, demandOf, deployedTogether, environmentsOf, isKnownAtMaximum, isKnownAtRest, LiveVersion, nameOf, vCpusKept } from '../../src/sizing/fleet-demand';

const VERSION: LiveVersion = {
  functionName: 'Orders', version: '$LATEST.PUBLISHED', vCpus: 2, memoryMiB: 4096, minEnvironments: 3, maxEnvironments: 12,
};
const of = (rest: Partial<LiveVersion>): LiveVersion => ({ ...VERSION, ...rest });
const size = (count: number, vCpus = 2, gpus = 0, memoryMiB = 4096) => ({ vCpus, memoryMiB, gpus, count });

test.each<[string, Partial<LiveVersion>, boolean, boolean]>([
  ['everything', {}, true, true],
  ['no memory', { memoryMiB: undefined }, false, false],
  ['no vCPUs', { vCpus: undefined }, false, false],
  ['no minimum', { minEnvironments: undefined }, false, false],
  ['no maximum', { maxEnvironments: undefined }, true, false],
  ['no memory, and no bound but the ceiling', { memoryMiB: undefined, maxEnvironments: Infinity }, false, true],
  ['a GPU of unknown size', { hasUnknownGpu: true }, false, false],
])('with %s known, the need at rest and at the maximum: %#', (_what, rest, atRest, atMaximum) => {
  expect(isKnownAtRest(of(rest))).toBe(atRest);
  expect(isKnownAtMaximum([of(rest)])).toBe(atMaximum);
  expect(isKnownAtMaximum([VERSION, of(rest)])).toBe(atMaximum);
});

test('names a version, and counts the vCPUs that it keeps', () => {
  expect(nameOf(VERSION)).toBe('Orders $LATEST.PUBLISHED');
  expect([VERSION, of({ vCpus: undefined }), of({ minEnvironments: undefined })].map(vCpusKept)).toEqual([6, 0, 0]);
});

test('groups environments by size, and leaves out what isn\'t known or isn\'t kept', () => {
  const versions = [
    ...[VERSION, of({ minEnvironments: 2 }), of({ vCpus: 1 }), of({ gpuMemory: 24 })],
    ...[of({ memoryMiB: undefined }), of({ vCpus: undefined }), of({ minEnvironments: 0 }), of({ minEnvironments: undefined })],
  ];

  expect(batchesOf(versions, ({ minEnvironments }) => minEnvironments)).toEqual([size(5), size(3, 1), size(3, 2, 1)]);
});

test('knows which versions have a single environment', () => {
  const versions = [
    ...[of({ minEnvironments: 1 }), of({ minEnvironments: 1, maxEnvironments: 1 })],
    ...[of({ minEnvironments: 2 }), of({ minEnvironments: 0, maxEnvironments: 1 })],
  ];

  expect(environmentsOf(versions, ({ minEnvironments }) => minEnvironments).singles).toEqual([size(2)]);
  expect(environmentsOf(versions, ({ maxEnvironments }) => maxEnvironments).singles).toEqual([size(1)]);
});

test('deploys the published version and the numbered one that keeps most', () => {
  const [published, none, few, many] = [VERSION, of({ version: '1', minEnvironments: undefined }), of({ version: '2', minEnvironments: 1 }), of({ version: '3', minEnvironments: 5 })];

  expect(deployedTogether([none, few, many, published])).toEqual([published, many]);
  expect(deployedTogether([many, few, none])).toEqual([many]);
  expect(deployedTogether([none])).toEqual([none]);
  expect(deployedTogether([of({ version: '0', minEnvironments: 0 }), none])).toEqual([of({ version: '0', minEnvironments: 0 })]);
  expect(deployedTogether([few, { ...few, version: '4' }])).toEqual([few]);
  expect(deployedTogether([few, of({ functionName: 'Payments', version: '1' })])).toHaveLength(2);
});

describe('the demand of a fleet', () => {
  test('has what is kept, what deployments add, and the maximum', () => {
    const [shop, office] = [{}, {}];
    const demand = demandOf([of({ stack: shop }), of({ functionName: 'Payments', stack: shop, minEnvironments: 1, maxEnvironments: 1 }), of({ functionName: 'Reports', stack: office, vCpus: 4, memoryMiB: 8192 })]);

    expect(demand).toEqual({
      kept: { batches: [size(4), size(3, 4, 0, 8192)], singles: [size(1)] },
      functions: [
        { functionName: 'Orders', functions: 1, batches: [size(3)], singles: [] },
        { functionName: 'Payments', functions: 1, batches: [size(1)], singles: [size(1)] },
        { functionName: 'Reports', functions: 1, batches: [size(3, 4, 0, 8192)], singles: [] },
      ],
      stacks: [
        { functionName: 'Orders', functions: 2, batches: [size(4)], singles: [size(1)] },
        { functionName: 'Reports', functions: 1, batches: [size(3, 4, 0, 8192)], singles: [] },
      ],
      maximum: { batches: [size(13), size(12, 4, 0, 8192)], singles: [size(1)] },
      sizes: [size(1), size(1, 4, 0, 8192)],
      gpuMemory: undefined,
    });
  });

  test('shows functions with equal needs once, under the first name', () => {
    const names = (...functionNames: string[]) => (
      demandOf(functionNames.map((functionName) => of({ functionName }))).functions.map(({ functionName }) => functionName)
    );

    expect(names('B', 'A', 'C')).toEqual(['A']);
    expect(names('A', 'B')).toEqual(['A']);
    expect(demandOf([of({ functionName: 'B', minEnvironments: 2 }), of({ functionName: 'A' })]).functions.map(({ functionName }) => functionName)).toEqual(['A', 'B']);
    expect(demandOf([of({ functionName: 'A', minEnvironments: 0 })]).functions).toEqual([]);
  });

  test('names a stack after the first of its functions', () => {
    const stack = {};

    expect(demandOf(['Payments', 'Orders', 'Reports'].map((functionName) => of({ functionName, stack }))).stacks).toMatchObject([{ functionName: 'Orders', functions: 3 }]);
  });

  test('is no less at the maximum than at rest', () => {
    expect(demandOf([of({ minEnvironments: 5, maxEnvironments: 2 })]).maximum!.batches).toEqual([size(5)]);
    expect(demandOf([of({ minEnvironments: undefined, maxEnvironments: 0 })]).maximum!.batches).toEqual([]);
  });

  test.each<[string, Partial<LiveVersion>]>([
    ['a version is bounded by the ceiling alone', { maxEnvironments: Infinity }],
    ['a maximum isn\'t known', { maxEnvironments: undefined }],
    ['vCPUs aren\'t known', { vCpus: undefined }],
    ['memory isn\'t known', { memoryMiB: undefined }],
  ])('has no maximum where %s', (_what, rest) => {
    expect(demandOf([VERSION, of(rest)]).maximum).toBeUndefined();
  });

  test('asks for the largest GPU', () => {
    expect(demandOf([of({ gpuMemory: 24 }), of({ gpuMemory: 48 }), VERSION]).gpuMemory).toBe(48);
    expect(demandOf([of({ gpuMemory: 24 })]).gpuMemory).toBe(24);
  });
});
