import { InstanceCatalog } from '../../src';
import { EnvironmentSize, environmentsOn, typesNamed, typesThatHold } from '../../src/catalog/fit';

const type = (name: string) => InstanceCatalog.V2026_08._find(name)!;

test.each<[string, EnvironmentSize, number]>([
  // 2 vCPUs, 8 GiB
  ['m8g.large', { vCpus: 1, memoryMiB: 2048 }, 1],
  ['m8g.large', { vCpus: 1, memoryMiB: 7168 }, 1],
  ['m8g.large', { vCpus: 1, memoryMiB: 7169 }, 0],
  ['m8g.large', { vCpus: 2, memoryMiB: 2048 }, 0],
  ['m8g.large', { vCpus: 0.5, memoryMiB: 2048 }, 2],
  // 4 vCPUs, 8 GiB
  ['c8g.xlarge', { vCpus: 1, memoryMiB: 2048 }, 3],
  ['c8g.xlarge', { vCpus: 1, memoryMiB: 3584 }, 2],
  ['c8g.xlarge', { vCpus: 3, memoryMiB: 4096 }, 1],
  ['c8g.xlarge', { vCpus: 4, memoryMiB: 4096 }, 0],
  // One L4 with 24 GB, 4 vCPUs, 16 GiB
  ['g6.xlarge', { vCpus: 2, memoryMiB: 8192, gpuMemory: 24 }, 1],
  ['g6.xlarge', { vCpus: 2, memoryMiB: 8192, gpuMemory: 3 }, 1],
  ['g6.xlarge', { vCpus: 2, memoryMiB: 8192, gpuMemory: 48 }, 0],
  ['g6.xlarge', { vCpus: 2, memoryMiB: 15361 }, 0],
  ['m8g.xlarge', { vCpus: 1, memoryMiB: 2048, gpuMemory: 3 }, 0],
])('%s holds of %p: %d', (name, environment, count) => {
  expect(environmentsOn(type(name), environment)).toBe(count);
});

test('an instance of which Lambda keeps nothing holds more', () => {
  const reserved = { vCpus: 0, memoryMiB: 0 };

  expect(environmentsOn(type('c8g.xlarge'), { vCpus: 4, memoryMiB: 8192 }, reserved)).toBe(1);
  expect(typesThatHold({ vCpus: 4, memoryMiB: 8192 }, [type('c8g.xlarge')], reserved)).toEqual([type('c8g.xlarge')]);
});

test('finds the types that hold an environment', () => {
  const types = ['m8g.large', 'm8g.xlarge', 'm8g.2xlarge', 'c8g.2xlarge'].map(type);

  expect(typesThatHold({ vCpus: 4, memoryMiB: 16384 }, types).map(({ name }) => name)).toEqual(['m8g.2xlarge']);
  expect(typesThatHold({ vCpus: 64, memoryMiB: 2048 }, types)).toEqual([]);
});

test.each<[string[], string[], string[]]>([
  [['m8g.large', 'c8g.xlarge'], ['m8g.large', 'c8g.xlarge'], []],
  [['m8g.large', 'm8g.large'], ['m8g.large'], []],
  [['m99g.large', 'm8g.large', 'x99.*'], ['m8g.large'], ['m99g.large', 'x99.*']],
  [['gr6*'], ['gr6.4xlarge', 'gr6.8xlarge', 'gr6f.4xlarge'], []],
  [['g?6.4xlarge', 'gr6(.4xlarge', 'gr6.4xl+arge'], [], ['g?6.4xlarge', 'gr6(.4xlarge', 'gr6.4xl+arge']],
  [[], [], []],
])('%p means %p, and knows nothing of %p', (entries, types, unknown) => {
  expect(typesNamed(entries)).toEqual({ types: types.map(type), unknown });
});
