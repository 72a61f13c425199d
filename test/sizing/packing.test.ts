import * as fc from 'fast-check';
import { Batch, fitting, instancesFor, Space } from '../../src/sizing/packing';

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

  test('needs no instance for no environment', () => {
    expect(instancesFor([], TWO_XLARGE)).toBe(0);
    expect(instancesFor([{ vCpus: 99, memoryMiB: 1, count: 0 }], TWO_XLARGE)).toBe(0);
  });

  test('never overfills an instance, and is at most one above the optimum', () => {
    fc.assert(fc.property(environments(8), fc.constantFrom(...SPACES), (sizes, space) => {
      const found = instancesFor(sizes.map((size) => ({ ...size, count: 1 })), space);

      if (sizes.some((size) => fitting(space, size) === 0)) return found === undefined;
      const optimum = exhaustive(sizes, space);
      return found! >= optimum && found! <= optimum + 1;
    }), { numRuns: 500 });
  });

  test('doesn\'t depend on the order', () => {
    fc.assert(fc.property(environments(12), fc.constantFrom(...SPACES), fc.infiniteStream(fc.nat()), (sizes, space, random) => {
      const batches: Batch[] = sizes.map((size, index) => ({ ...size, count: index + 1 }));
      const shuffled = batches.map((batch) => ({ batch, at: random.next().value as number })).sort((a, b) => a.at - b.at).map(({ batch }) => batch);

      return instancesFor(batches, space) === instancesFor(shuffled, space);
    }));
  });

  test('needs no fewer instances for more environments', () => {
    const count = fc.integer({ min: 1, max: 40 });
    fc.assert(fc.property(environments(6), fc.constantFrom(...SPACES), count, count, (sizes, space, n, more) => {
      fc.pre(sizes.every((size) => fitting(space, size) > 0));
      const of = (times: number) => instancesFor(sizes.map((size) => ({ ...size, count: times })), space)!;

      return of(n) <= of(n + more);
    }));
  });
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
  return { vCpus: space.vCpus - size.vCpus, memoryMiB: space.memoryMiB - size.memoryMiB };
}

/** What is left of instances with 2, 4 and 8 GiB per vCPU. */
const SPACES: Space[] = [2, 4, 8].flatMap((ratio) => [2, 4, 8, 16, 32].map((vCpus) => ({ vCpus: vCpus - 1, memoryMiB: (vCpus * ratio - 1) * 1024 })));

function environments(most: number): fc.Arbitrary<Space[]> {
  const size = fc.record({ vCpus: fc.integer({ min: 1, max: 16 }), ratio: fc.constantFrom(2, 4, 8) })
    .map(({ vCpus, ratio }) => ({ vCpus, memoryMiB: vCpus * ratio * 1024 }))
    .filter(({ memoryMiB }) => memoryMiB <= 32768);
  return fc.array(size, { minLength: 1, maxLength: most });
}
