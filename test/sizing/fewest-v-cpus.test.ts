import * as fc from 'fast-check';
import { InstanceCatalog } from '../../src';
import { LARGEST_SHAPES } from '../../src/service/general-purpose-sizes';
import { fewestVCpus } from '../../src/sizing/fewest-v-cpus';
import { HostType, spaceOn } from '../../src/sizing/fleet-need';
import { Batch, fitting, Space } from '../../src/sizing/packing';

const types = (...names: string[]): HostType[] => names.map((name) => InstanceCatalog.V2026_08._find(name)!);

const batch = (count: number, vCpus: number, gib: number, gpus = 0): Batch => ({ count, vCpus, memoryMiB: gib * 1024, gpus });

describe('the fewest vCPUs', () => {
  test.each<[string, Batch[], HostType[], number]>([
    // Of 8 vCPUs one is Lambda's: one environment of 4 on each.
    ['three of 4 vCPUs on 2xlarge', [batch(3, 4, 8)], types('c6g.2xlarge', 'c7g.2xlarge', 'c8g.2xlarge'), 24],
    ['three of 2 vCPUs on 2xlarge: all on one', [batch(3, 2, 4)], types('c7g.2xlarge'), 8],
    ['three of 2 vCPUs on xlarge', [batch(3, 2, 4)], types('c7g.xlarge'), 12],
    ['the mix of sizes that suits best', [batch(4, 2, 4)], types('c7g.xlarge', 'c7g.2xlarge'), 12],
    ['small ones in what large ones leave', [batch(3, 4, 8), batch(9, 1, 2)], types('c7g.2xlarge'), 24],
    ['large ones of several sizes', [batch(2, 4, 8), batch(2, 5, 10)], types('c7g.2xlarge'), 32],
    ['thirty of 1 vCPU wherever Lambda likes', [batch(30, 1, 2)], LARGEST_SHAPES, 32],
    ['much memory', [batch(3, 1, 8)], types('m7g.xlarge'), 12],
    ['devices', [batch(3, 1, 2, 1)], types('g6.xlarge'), 12],
    ['nothing', [], types('c7g.xlarge'), 0],
  ])('for %s: %#', (_, batches, hosts, vCpus) => {
    const fewest = fewestVCpus(batches, hosts, batches.some(({ gpus }) => gpus) ? 24 : undefined)!;

    expect(fewest.vCpus).toBe(vCpus);
    expect(fewest.hosts.reduce((sum, { type, count }) => sum + type.vCpus * count, 0)).toBe(vCpus);
  });

  test('aren\'t known where an environment fits on no type', () => {
    expect(fewestVCpus([batch(1, 4, 8)], types('c7g.xlarge'))).toBeUndefined();
    expect(fewestVCpus([batch(1, 1, 2)], [])).toBeUndefined();
  });

  test('of very many environments follow from the best rate', () => {
    const { vCpus, hosts } = fewestVCpus([batch(3000, 2, 4)], types('c7g.2xlarge', 'c7g.xlarge'))!;

    expect(vCpus).toBe(1000 * 8);
    expect(hosts).toEqual([]);
  });

  test('are never more than what the best of all placements takes', () => {
    let exact = 0;
    let runs = 0;
    fc.assert(fc.property(smallFleet(), ({ hosts, environments }) => {
      const batches = environments.map((size) => ({ ...size, count: 1 }));
      const fewest = fewestVCpus(batches, hosts)!.vCpus;
      const optimum = exhaustive(environments, hosts);
      runs++;
      if (fewest === optimum) exact++;

      return fewest <= optimum;
    }), { numRuns: 600 });
    // A bound that says little would be worth little.
    expect(exact / runs).toBeGreaterThan(0.75);
  });

  test('take all memory together, where neither counts nor vCPUs show that it is scarce', () => {
    // Six environments, two on each instance by their number; but 94 GiB, of which each instance has 31.
    const sizes = (last: number) => [batch(3, 1, 20), batch(2, 1, 11), batch(1, 1, last)];

    expect(fewestVCpus(sizes(12), types('m7g.2xlarge'))!.vCpus).toBe(4 * 8);
    expect(fewestVCpus(sizes(11), types('m7g.2xlarge'))!.vCpus).toBe(3 * 8);
  });

  test('are exact for up to 2,000 environments', () => {
    const hostsFor = (count: number) => fewestVCpus([batch(count, 1, 2)], types('c7g.2xlarge'))!.hosts;

    expect(hostsFor(2000)).toEqual([{ type: types('c7g.2xlarge')[0], count: Math.ceil(2000 / 7) }]);
    expect(hostsFor(2001)).toEqual([]);
  });

  test('are those of the smaller type among equals', () => {
    expect(fewestVCpus([batch(6, 1, 2)], types('c7g.2xlarge', 'c7g.xlarge'))!.hosts).toEqual([{ type: types('c7g.xlarge')[0], count: 2 }]);
  });

  test('for nothing are none, even without types', () => {
    expect(fewestVCpus([], [])).toEqual({ vCpus: 0, hosts: [] });
    expect(fewestVCpus([batch(0, 1, 2)], [])).toEqual({ vCpus: 0, hosts: [] });
  });
});

/** Of all ways to divide environments among instances of all types, the one with the fewest vCPUs. */
function exhaustive(environments: Space[], hosts: HostType[]): number {
  let best = Infinity;
  const place = (index: number, used: Space[], vCpus: number): void => {
    if (vCpus >= best) return;
    if (index === environments.length) {
      best = vCpus;
      return;
    }
    const size = environments[index];
    used.forEach((left, at) => {
      if (fitting(left, size) > 0) place(index + 1, used.map((other, i) => (i === at ? minus(other, size) : other)), vCpus);
    });
    hosts.forEach((host) => {
      if (fitting(spaceOn(host), size) > 0) place(index + 1, [...used, minus(spaceOn(host), size)], vCpus + host.vCpus);
    });
  };
  place(0, [], 0);
  return best;
}

function minus(space: Space, size: Space): Space {
  return { vCpus: space.vCpus - size.vCpus, memoryMiB: space.memoryMiB - size.memoryMiB, gpus: 0 };
}

/** Up to six environments, and types each of which holds each of them. */
function smallFleet(): fc.Arbitrary<{ readonly hosts: HostType[]; readonly environments: Space[] }> {
  const environment = fc.record({ vCpus: fc.constantFrom(1, 1.5, 2, 3, 4, 7), ratio: fc.constantFrom(2, 4, 8) })
    .map(({ vCpus, ratio }) => ({ vCpus, memoryMiB: vCpus * ratio * 1024 }))
    .filter(({ memoryMiB }) => memoryMiB <= 32768);
  const hosts = fc.uniqueArray(fc.constantFrom('c7g.xlarge', 'm7g.xlarge', 'r7g.xlarge', 'c7g.2xlarge', 'm7g.2xlarge', 'c7g.4xlarge'), { minLength: 1, maxLength: 3 });
  return fc.record({ names: hosts, environments: fc.array(environment, { minLength: 1, maxLength: 6 }) })
    .map(({ names, environments }) => ({ hosts: types(...names), environments }))
    .filter((fleet) => fleet.environments.every((size) => fleet.hosts.some((host) => fitting(spaceOn(host), size) > 0)));
}
