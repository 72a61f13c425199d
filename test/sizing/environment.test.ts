import { completeCounts, defaultMemorySize, vCpusOf } from '../../src/sizing/environment';

test.each([
  [2048, 2, 1],
  [4096, 2, 2],
  [4096, 4, 1],
  [32768, 2, 16],
  [32768, 8, 4],
  [3072, 2, 1.5],
])('%d MB at %d GiB per vCPU have %d vCPUs', (memory, ratio, vCpus) => {
  expect(vCpusOf(memory, ratio)).toBe(vCpus);
});

test.each([
  [2, 2048, 2048],
  [4, 2048, 4096],
  [8, 2048, 8192],
  [undefined, 2048, 8192],
  [2, 4096, 4096],
])('at %p GiB per vCPU and at least %d MB, a function gets %d MB', (ratio, smallest, memory) => {
  expect(defaultMemorySize(ratio, smallest)).toBe(memory);
});

const isKnown = (n: number) => n !== 999;

test.each([
  [{}, {}],
  [{ minExecutionEnvironments: 0 }, { minExecutionEnvironments: 0 }],
  [{ minExecutionEnvironments: 1, maxExecutionEnvironments: 2 }, { minExecutionEnvironments: 1, maxExecutionEnvironments: 2 }],
  [{ maxExecutionEnvironments: 0 }, { minExecutionEnvironments: 0, maxExecutionEnvironments: 0 }],
  [{ maxExecutionEnvironments: 3 }, { minExecutionEnvironments: 3, maxExecutionEnvironments: 3 }],
  [{ maxExecutionEnvironments: 4 }, { minExecutionEnvironments: 3, maxExecutionEnvironments: 4 }],
  [{ maxExecutionEnvironments: 999 }, { maxExecutionEnvironments: 999 }],
])('completes %p to %p', (given, complete) => {
  expect(completeCounts(given, isKnown)).toEqual(complete);
});
