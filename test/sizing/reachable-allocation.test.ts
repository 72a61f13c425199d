import { reachableAllocation, sizeOfInstanceType } from '../../src/sizing/reachable-allocation';

const large = { vCpus: 2, memoryGiB: 4 };
const xlarge = { vCpus: 4, memoryGiB: 8 };
const small = { vCpus: 1, memoryGiB: 2 };
const double = { vCpus: 2, memoryGiB: 4 };

test.each([
  ['unknown types', [], [small], 50],
  ['unknown environments', [xlarge], [], 50],
  ['one of four vCPUs kept', [xlarge], [small], 75],
  ['one environment of two vCPUs on four', [xlarge], [double], 50],
  ['the worse of two types', [xlarge, large], [small], 50],
  ['the worse of two environments', [xlarge], [small, double], 50],
  // 32 GiB of which 31 can be used: three of 8 GiB, with a vCPU each.
  ['environments bound by memory', [{ vCpus: 16, memoryGiB: 32 }], [{ vCpus: 1, memoryGiB: 8 }], 18.75],
  ['types on which nothing fits', [large], [double], 50],
  ['types on which nothing fits beside others', [large, { vCpus: 8, memoryGiB: 16 }], [double], 75],
])('%s', (_what, instances, environments, expected) => {
  expect(reachableAllocation(100, instances, environments)).toBe(expected);
});

test.each([
  ['c7g.large', { vCpus: 2, memoryGiB: 4 }],
  ['m8g.xlarge', { vCpus: 4, memoryGiB: 16 }],
  ['r7i.8xlarge', { vCpus: 32, memoryGiB: 256 }],
  ['m7i-flex.large', undefined],
  ['c7gd.2xlarge', { vCpus: 8, memoryGiB: 16 }],
  ['c7g.metal', undefined],
  ['c7g.medium', undefined],
  ['c7*.xlarge', undefined],
  ['g6.xlarge', undefined],
])('%s has what its name says', (type, size) => {
  expect(sizeOfInstanceType(type)).toEqual(size);
});
