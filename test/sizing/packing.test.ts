import * as fc from 'fast-check';
import { Batch, fitting, instancesFor, mergeSizes, Space } from '../../src/sizing/packing';

/** What Lambda leaves of a c6i.2xlarge. */
const TWO_XLARGE = { vCpus: 7, memoryMiB: 15 * 1024 };

describe('instancesFor', () => {
  test('puts three environments of 2 vCPUs and 4 GB on a c6i.2xlarge', () => {
    expect(fitting(TWO_XLARGE, { vCpus: 2, memoryMiB: 4096 })).toBe(3);
    expect(instancesFor([{ vCpus: 2, memoryMiB: 4096, count: 3 }], TWO_XLARGE)).toBe(1);
    expect(instancesFor([{ vCpus: 2, memoryMiB: 4096, count: 4 }], TWO_XLARGE)).toBe(2);
  });

  test('fills what large environments leave with small ones', () => {
    expect(instancesFor([
      { vCpus: 1, memoryMiB: 2048, count: 3 },
      { vCpus: 4, memoryMiB: 8192, count: 1 },
    ], TWO_XLARGE)).toBe(1);
  });

  // Each of these needs three instances in any other order of sizes.
  test.each<[string, Space, [number, number, number][]]>([
    ['the larger share first', { vCpus: 31, memoryMiB: 127 * 1024 }, [[2, 6, 24], [4, 4, 32], [2, 11, 22]]],
    ['the larger sum of shares first', { vCpus: 31, memoryMiB: 63 * 1024 }, [[2, 3, 24], [1, 11, 22], [3, 4, 16]]],
    ['more vCPUs first', { vCpus: 15, memoryMiB: 63 * 1024 }, [[2, 3, 24], [6, 4, 8]]],
    ['more memory first', { vCpus: 15, memoryMiB: 63 * 1024 }, [[3, 3, 24], [2, 7, 14]]],
  ])('finds the fewest instances also where they take %s', (_, space, sizes) => {
    const batches = sizes.map(([count, vCpus, gib]) => ({ count, vCpus, memoryMiB: gib * 1024 }));

    expect(instancesFor(batches, space)).toBe(2);
  });

  test('leaves the room next to a GPU to environments that ask for one', () => {
    const without = { vCpus: 7, memoryMiB: 28 * 1024, count: 2 };
    const withGpu = { vCpus: 5, memoryMiB: 10 * 1024, gpus: 1, count: 2 };

    expect(instancesFor([without, withGpu], { vCpus: 15, memoryMiB: 63 * 1024, gpus: 1 })).toBe(2);
  });

  test('gives each environment with a GPU a device of its own', () => {
    const space = { vCpus: 15, memoryMiB: 63 * 1024, gpus: 1 };

    expect(instancesFor([{ vCpus: 2, memoryMiB: 4096, gpus: 1, count: 3 }], space)).toBe(3);
    expect(instancesFor([{ vCpus: 2, memoryMiB: 4096, gpus: 1, count: 1 }, { vCpus: 2, memoryMiB: 4096, count: 3 }], space)).toBe(1);
  });

  test.each([
    ['vCPUs', { vCpus: 8, memoryMiB: 2048 }],
    ['memory', { vCpus: 1, memoryMiB: 16 * 1024 }],
    ['a GPU', { vCpus: 1, memoryMiB: 2048, gpus: 1 }],
  ])('says nothing of environments with more %s than an instance has', (_, size) => {
    expect(instancesFor([{ ...size, count: 1 }, { vCpus: 1, memoryMiB: 2048, count: 1 }], TWO_XLARGE)).toBeUndefined();
  });

  test('finds the fewest instances also where all environments have a GPU', () => {
    const batches = [{ count: 3, vCpus: 3, memoryMiB: 24 * 1024, gpus: 1 }, { count: 2, vCpus: 2, memoryMiB: 7 * 1024, gpus: 1 }];

    expect(instancesFor(batches, { vCpus: 15, memoryMiB: 63 * 1024, gpus: 5 })).toBe(2);
  });

  test('leaves out sizes without environments', () => {
    const [small, huge] = [{ vCpus: 1, memoryMiB: 2048 }, { vCpus: 99, memoryMiB: 2048 }];

    expect(instancesFor([{ ...huge, count: 0 }, { ...small, count: 1 }], TWO_XLARGE)).toBe(1);
    expect(instancesFor([{ ...huge, count: 1 }], TWO_XLARGE)).toBeUndefined();
  });

  test('needs no instance for no environment', () => {
    expect(instancesFor([], TWO_XLARGE)).toBe(0);
    expect(instancesFor([{ vCpus: 99, memoryMiB: 1, count: 0 }], TWO_XLARGE)).toBe(0);
  });

  test('never overfills an instance, and is at most one above the optimum', () => {
    fc.assert(fc.property(spaceWithBatches(8), ({ space, batches }) => {
      const found = instancesFor(batches, space)!;
      const optimum = exhaustive(batches.flatMap(({ count, ...size }) => Array.from({ length: count }, () => size)), space);

      return found >= optimum && found <= optimum + 1;
    }), { numRuns: 1000 });
  });

  test('doesn\'t depend on the order', () => {
    fc.assert(fc.property(spaceWithBatches(40), fc.infiniteStream(fc.nat()), ({ space, batches }, random) => {
      const shuffled = batches.map((batch) => ({ batch, at: random.next().value as number })).sort((one, other) => one.at - other.at);

      return instancesFor(batches, space) === instancesFor(shuffled.map(({ batch }) => batch), space);
    }), { numRuns: 500 });
  });

  test('needs no fewer instances for more environments', () => {
    const count = fc.integer({ min: 1, max: 40 });
    fc.assert(fc.property(environments(6), fc.constantFrom(...SPACES), count, count, (sizes, space, n, more) => {
      fc.pre(sizes.every((size) => fitting(space, size) > 0));
      const of = (times: number) => instancesFor(sizes.map((size) => ({ ...size, count: times })), space)!;

      return of(n) <= of(n + more);
    }));
  });

  test('needs no fewer instances for more environments of one of two sizes', () => {
    const count = fc.integer({ min: 0, max: 40 });
    fc.assert(fc.property(spaceWithBatches(2), count, count, count, ({ space, batches }, n, other, more) => {
      const of = (ofFirst: number) => instancesFor(batches.map((size, i) => ({ ...size, count: i === 0 ? ofFirst : other })), space)!;

      return of(n) <= of(n + more);
    }), { numRuns: 1000 });
  });
});

test('adds up environments of equal sizes', () => {
  const [size, withGpu, large] = [{ vCpus: 1, memoryMiB: 2048 }, { vCpus: 1, memoryMiB: 2048, gpus: 1 }, { vCpus: 2, memoryMiB: 2048 }];

  const batches = [{ ...size, count: 2 }, { ...withGpu, count: 1 }, { ...size, gpus: 0, count: 3 }, { ...large, count: 4 }, { ...withGpu, count: 5 }];

  expect(mergeSizes(batches)).toEqual([{ ...size, count: 5 }, { ...withGpu, count: 6 }, { ...large, count: 4 }]);
});

/** Of all ways to divide environments among instances, the one with the fewest. */
function exhaustive(sizes: Space[], space: Space): number {
  let best = sizes.length;
  const place = (index: number, instances: Space[]): void => {
    if (instances.length >= best) return;
    if (index === sizes.length) {
      best = instances.length;
      return;
    }
    const size = sizes[index];
    instances.forEach((left, at) => {
      if (fitting(left, size) > 0) place(index + 1, instances.map((other, i) => (i === at ? minus(other, size) : other)));
    });
    place(index + 1, [...instances, minus(space, size)]);
  };
  place(0, []);
  return best;
}

function minus(space: Space, size: Space): Space {
  const { gpus = 0 } = space;
  return { vCpus: space.vCpus - size.vCpus, memoryMiB: space.memoryMiB - size.memoryMiB, gpus: gpus - (size.gpus ?? 0) };
}

/** What is left of instances with 2, 4 and 8 GiB per vCPU. */
const SPACES: Space[] = [2, 4, 8].flatMap((ratio) => [2, 4, 8, 16, 32].map((vCpus) => ({ vCpus: vCpus - 1, memoryMiB: (vCpus * ratio - 1) * 1024 })));

/** Of instances with GPUs: some environments ask for one. */
const GPU_SPACES: Space[] = [1, 4].map((gpus) => ({ vCpus: 47, memoryMiB: 191 * 1024, gpus }));

/** What an instance has, and environments that fit on it, of several sizes and so many in all at most. */
function spaceWithBatches(most: number): fc.Arbitrary<{ readonly space: Space; readonly batches: Batch[] }> {
  const batch = fc.record({
    vCpus: fc.integer({ min: 1, max: 16 }),
    gibPerVCpu: fc.constantFrom(2, 4, 8),
    asksForGpu: fc.boolean(),
    count: fc.integer({ min: 1, max: Math.ceil(most / 2) }),
  });
  return fc.record({ space: fc.constantFrom(...SPACES, ...GPU_SPACES), drawn: fc.array(batch, { minLength: 1, maxLength: 2 * most }) })
    .map(({ space, drawn }) => {
      const fits = drawn
        .map(({ vCpus, gibPerVCpu, asksForGpu, count }) => (
          { vCpus, memoryMiB: vCpus * gibPerVCpu * 1024, gpus: space.gpus !== undefined && asksForGpu ? 1 : 0, count }
        ))
        .filter((size) => size.memoryMiB <= 32768 && fitting(space, size) > 0);
      return { space, batches: fits.filter((_, i) => fits.slice(0, i + 1).reduce((sum, { count }) => sum + count, 0) <= most) };
    })
    .filter(({ batches }) => batches.length > 0);
}

function environments(most: number): fc.Arbitrary<Space[]> {
  const size = fc.record({ vCpus: fc.integer({ min: 1, max: 16 }), ratio: fc.constantFrom(2, 4, 8) })
    .map(({ vCpus, ratio }) => ({ vCpus, memoryMiB: vCpus * ratio * 1024 }))
    .filter(({ memoryMiB }) => memoryMiB <= 32768);
  return fc.array(size, { minLength: 1, maxLength: most });
}
