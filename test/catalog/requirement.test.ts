import { exclusionsFor } from '../../src/catalog/exclusions';
import { InstanceCatalog } from '../../src/catalog/instance-catalog';
import { InstanceType, parseTable, vCpusOfSize } from '../../src/catalog/instance-type';
import {
  atLeast, atMost, exactly, GENERATION, GPU_MEMORY, GPUS, LOCAL_STORAGE, MEMORY, MEMORY_PER_V_CPU, named, nearestMisses, NETWORK, oneOf, Quantity,
  typesThatMeet, V_CPUS,
} from '../../src/catalog/requirement';
import { isPattern, typeMatcher } from '../../src/catalog/type-pattern';

const CATALOG = InstanceCatalog.V2026_11;
const type = (name: string) => CATALOG._find(name)!;
const namesOf = (types: readonly InstanceType[]) => types.map(({ name }) => name);

describe('a pattern', () => {
  test.each<[string, string[], string[]]>([
    ['m8g.large', ['m8g.large'], ['m8g.xlarge', 'xm8g.large', 'm8gxlarge', 'm8g.large2']],
    ['c8g.*', ['c8g.xlarge'], ['c8gd.xlarge', 'xc8g.xlarge', 'c8g']],
    ['*.metal', ['m8g.metal'], ['m8g.metal-24xl']],
    ['m*.2x*', ['m8g.2xlarge'], ['c8g.2xlarge', 'm8g.12xlarge']],
    ['***', ['m8g.large'], []],
  ])('%s matches %p, and not %p', (pattern, right, wrong) => {
    const matches = typeMatcher(pattern);

    expect([right.filter(matches), wrong.filter(matches)]).toEqual([right, []]);
    expect(isPattern(pattern)).toBe(pattern.includes('*'));
  });
});

describe('a requirement', () => {
  test.each<[string, Quantity, string, number | undefined, string]>([
    ['vCPUs', V_CPUS, 'm8g.xlarge', 4, '4 vCPUs'],
    ['memory', MEMORY, 'm8g.xlarge', 16, '16 GiB'],
    ['memory for each vCPU', MEMORY_PER_V_CPU, 'm8g.xlarge', 4, '4 GiB per vCPU'],
    ['network', NETWORK, 'm8g.xlarge', 1.875, '1.88 Gbit/s'],
    ['disks', LOCAL_STORAGE, 'm8gd.xlarge', 237, '237 GB of local disks'],
    ['no disks', LOCAL_STORAGE, 'm8g.xlarge', 0, '0 GB of local disks'],
    ['generation', GENERATION, 'm8g.xlarge', 8, '8'],
    ['GPUs', GPUS, 'g6.12xlarge', 4, '4 GPUs'],
    ['no GPUs', GPUS, 'm8g.xlarge', undefined, 'unknown'],
    ['GPU memory', GPU_MEMORY, 'g6.xlarge', 24, '24 GB'],
  ])('reads the %s', (_what, quantity, name, amount, text) => {
    expect(quantity.of(type(name))).toBe(amount);
    expect(atLeast('p', 1, quantity).found(type(name))).toBe(text);
  });

  test.each([
    ['at least, just met', atLeast('p', 4, V_CPUS), 0],
    ['at least, more than met', atLeast('p', 2, V_CPUS), 0],
    ['at least, half', atLeast('p', 8, V_CPUS), Math.log(2)],
    ['at most, just met', atMost('p', 4, V_CPUS), 0],
    ['at most, more than met', atMost('p', 8, V_CPUS), 0],
    ['at most, twice', atMost('p', 2, V_CPUS), Math.log(2)],
    ['at most, four times one', atMost('p', 1, V_CPUS), Math.log(4)],
    ['exactly', exactly('p', 4, V_CPUS), 0],
    ['exactly, missed', exactly('p', 8, V_CPUS), Math.log(2)],
    ['of nothing', atMost('p', 0, V_CPUS), 10],
    ['of what it lacks', atLeast('p', 1, GPUS), 10],
    ['of disks that it lacks', atLeast('p', 100, LOCAL_STORAGE), 10],
    ['one of several', oneOf('p', ['a', 'm'], ({ category }) => category), 0],
    ['one of others', oneOf('p', ['a', 'b'], ({ category }) => category), 1],
    ['named', named('p', ['c*', 'm8g.*'], true), 0],
    ['not named', named('p', ['c*'], true), 1],
    ['excluded', named('p', ['c*', 'm8g.*'], false), 1],
    ['not excluded', named('p', ['c*'], false), 0],
  ])('%s has a distance', (_what, requirement, distance) => {
    expect(requirement.distance(type('m8g.xlarge'))).toBeCloseTo(distance, 10);
    expect(typesThatMeet([requirement], [type('m8g.xlarge')])).toHaveLength(distance === 0 ? 1 : 0);
  });

  test('says what it asks', () => {
    expect([atLeast('p', 8.125, MEMORY), atMost('p', 7, GENERATION), oneOf('p', ['a', 'b'], ({ name }) => name), named('p', ['c*', 'm*'], true)].map(({ asked }) => asked))
      .toEqual(['8.13 GiB', '7', 'a or b', 'c*, m*']);
  });
});

describe('the nearest types', () => {
  const some = ['m8g.large', 'm8g.xlarge', 'm8g.2xlarge', 'm7g.2xlarge', 'c8g.2xlarge'].map(type);

  test.each([
    ['miss the least', [atLeast('p', 16, V_CPUS)], 3, ['c8g.2xlarge', 'm8g.2xlarge', 'm7g.2xlarge']],
    ['miss the fewest', [atLeast('p', 4, V_CPUS), atMost('q', 4, MEMORY), atMost('r', 16, V_CPUS)], 2, ['c8g.2xlarge', 'm8g.xlarge']],
    ['miss as little, one by one, by generation and name', [atLeast('p', 4, V_CPUS), atMost('q', 8, MEMORY)], 3, ['c8g.2xlarge', 'm8g.large', 'm8g.xlarge']],
    ['miss little by both', [atLeast('p', 16, V_CPUS), atLeast('q', 64, MEMORY)], 2, ['m8g.2xlarge', 'm7g.2xlarge']],
    ['are as small as one vCPU', [atMost('p', 1, V_CPUS)], 2, ['m8g.large', 'm8g.xlarge']],
    ['are ordered by name', [atLeast('p', 8, V_CPUS)], 2, ['c8g.2xlarge', 'm8g.2xlarge']],
  ])('%s', (_what, requirements, count, expected) => {
    expect(nearestMisses(requirements, some, count).map((miss) => miss.type.name)).toEqual(expected);
    expect(nearestMisses(requirements, [...some].reverse(), count).map((miss) => miss.type.name)).toEqual(expected);
  });

  test('know what they miss', () => {
    const requirements = [atLeast('p', 4, V_CPUS), atMost('q', 8, MEMORY)];

    expect(nearestMisses(requirements, some, 9).map((miss) => [miss.type.name, miss.missed.map(({ property }) => property)])).toEqual([
      ['c8g.2xlarge', ['q']], ['m8g.large', ['p']], ['m8g.xlarge', ['q']], ['m8g.2xlarge', ['q']], ['m7g.2xlarge', ['q']],
    ]);
  });
});

test('what is excluded is named by size, then by family, then alone', () => {
  const all = ['m8g.large', 'm8g.xlarge', 'm8g.metal-24xl', 'c8g.large', 'c8g.xlarge', 'r8g.xlarge'].map(type);
  const picked = (...names: string[]) => exclusionsFor(names.map(type), all);

  expect(picked('m8g.large', 'm8g.xlarge')).toEqual(['*.metal-24xl', 'c8g.*', 'r8g.*']);
  expect(picked('m8g.large', 'c8g.xlarge')).toEqual(['*.metal-24xl', 'c8g.large', 'm8g.xlarge', 'r8g.*']);
  expect(picked(...namesOf(all))).toEqual([]);
});

describe('a table of types', () => {
  const read = (line: string) => parseTable(`${line}\n`);

  test('is read with what its sizes usually have', () => {
    expect(read('m8gd aws 4 l:100:50 xl:200:100')).toEqual(['large', 'xlarge'].map((size, index) => ({
      name: `m8gd.${size}`,
      family: 'm8gd',
      size,
      category: 'm',
      generation: 8,
      architecture: 'arm64',
      maker: 'aws',
      vCpus: 2 + 2 * index,
      memoryMiB: 8192 + 8192 * index,
      networkMbps: 100 + 100 * index,
      localStorageGB: 50 + 50 * index,
      isFlex: false,
      isMetal: false,
      gpu: undefined,
    })));
  });

  test('may say more of a size', () => {
    expect(read('g6 amd 4 nvidia/l4/24 48xl:100:0:8:192:786432')[0]).toMatchObject({
      name: 'g6.48xlarge', architecture: 'x86_64', vCpus: 192, memoryMiB: 786432, localStorageGB: 0, gpu: { maker: 'nvidia', name: 'l4', count: 8, memory: 24 },
    });
    expect(read('m7i-flex intel 4 l')[0]).toMatchObject({ isFlex: true, networkMbps: undefined, localStorageGB: 0 });
    expect(read('m8g aws 4 metal-24xl')[0]).toMatchObject({ isMetal: true, vCpus: 96, memoryMiB: 96 * 4096 });
  });

  test.each([
    ['medium', 1], ['large', 2], ['xlarge', 4], ['2xlarge', 8], ['24xlarge', 96], ['metal-24xl', 96], ['metal-xl', 4], ['metal', undefined], ['nano', undefined],
  ])('a %s has %p vCPUs', (size, vCpus) => {
    expect(vCpusOfSize(size)).toBe(vCpus);
  });
});
