import { reachableAllocation } from '../../src/sizing/reachable-allocation';

const large = { name: 'large', vCpus: 2, memoryMiB: 4096 };
const xlarge = { name: 'xlarge', vCpus: 4, memoryMiB: 8192 };
const small = { name: 'small', vCpus: 1, memoryMiB: 2048 };
const double = { name: 'double', vCpus: 2, memoryMiB: 4096 };

test.each([
  ['unknown types', [], [small], 50],
  ['unknown environments', [xlarge], [], 50],
  ['one of four vCPUs kept', [xlarge], [small], 75],
  ['one environment of two vCPUs on four', [xlarge], [double], 50],
  ['the worse of two types', [xlarge, large], [small], 50],
  ['the worse of two environments', [xlarge], [small, double], 50],
  // 32 GiB of which 31 can be used: three of 8 GiB, with a vCPU each.
  ['environments bound by memory', [{ name: 'other', vCpus: 16, memoryMiB: 32768 }], [{ name: 'other', vCpus: 1, memoryMiB: 8192 }], 18.75],
  ['types on which nothing fits', [large], [double], 50],
  ['types on which nothing fits beside others', [large, { name: 'other', vCpus: 8, memoryMiB: 16384 }], [double], 75],
])('%s', (_what, instances, environments, expected) => {
  expect(reachableAllocation(100, instances, environments)).toBe(expected);
});

describe('environments with a GPU', () => {
  const gpu = (count: number, memory: number) => ({ name: 'gpu', vCpus: 16, memoryMiB: 65536, gpu: { count, memory } });

  test.each([
    // Three would fit by vCPUs and memory, were there GPUs for them.
    ['one on an instance with one GPU', [gpu(1, 24)], 25],
    ['two on an instance with two', [gpu(2, 24)], 50],
    ['none where the GPUs are too small, so that only the other type counts', [gpu(4, 16), gpu(2, 24)], 50],
    ['unknown where no type has such a GPU', [gpu(4, 16)], 50],
  ])('%s', (_what, instances, expected) => {
    expect(reachableAllocation(100, instances, [{ vCpus: 4, memoryMiB: 16384, gpus: 1 }], 24)).toBe(expected);
  });

  test('don\'t take the GPUs of those that ask for none', () => {
    expect(reachableAllocation(100, [gpu(1, 24)], [{ vCpus: 4, memoryMiB: 8192, gpus: 0 }], 24)).toBe(75);
  });
});
