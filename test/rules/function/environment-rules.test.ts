import { UNKNOWN } from '../../../src/reading/fact';
import { ENVIRONMENT_RULES } from '../../../src/rules/function/environment-rules';
import { FunctionFacts } from '../../../src/rules/function/function-facts';
import { brief, GOOD_FUNCTION, judge, textOf } from '../util';

const findings = (facts: Partial<FunctionFacts>, overrides = {}) => judge(ENVIRONMENT_RULES, { ...GOOD_FUNCTION, ...facts }, overrides);

test('finds nothing in a good function', () => {
  expect(findings({})).toEqual([]);
});

test.each([
  [2047, ['error FunctionMemoryRange']],
  [2048, []],
  [4096, []],
  [32768, []],
  [32769, ['error FunctionMemoryRange']],
  [34816, ['error FunctionMemoryRange']],
  [undefined, []],
  [UNKNOWN, []],
] as const)('judges %p MB of memory', (memorySize, expected) => {
  expect(brief(findings({ memorySize }))).toEqual(expected);
});

test.each([
  [1024, 'memorySize is 1024 MB, but managed instances need 2048 to 32768 MB. Set memorySize to 2048 or more, or leave it out.'],
  [40960, 'memorySize is 40960 MB, but managed instances need 2048 to 32768 MB. Set memorySize to 32768 or less.'],
])('says what to do about %d MB', (memorySize, text) => {
  expect(textOf(findings({ memorySize }), 'FunctionMemoryRange')).toBe(text);
});

test.each([
  [1, ['error MemoryPerVCpu']],
  [2, []],
  [3, ['error MemoryPerVCpu']],
  [4, []],
  [6, ['error MemoryPerVCpu']],
  [8, []],
  [9, ['error MemoryPerVCpu']],
  [undefined, []],
  [UNKNOWN, []],
] as const)('judges %p GiB per vCPU', (executionEnvironmentMemoryGiBPerVCpu, expected) => {
  expect(brief(findings({ executionEnvironmentMemoryGiBPerVCpu, memorySize: 8192 }))).toEqual(expected);
});

test.each([
  [3, 'executionEnvironmentMemoryGiBPerVCpu is 3, but Lambda offers 2, 4 and 8 GiB per vCPU. Use 2.'],
  [5, 'executionEnvironmentMemoryGiBPerVCpu is 5, but Lambda offers 2, 4 and 8 GiB per vCPU. Use 4.'],
  [16, 'executionEnvironmentMemoryGiBPerVCpu is 16, but Lambda offers 2, 4 and 8 GiB per vCPU. Use 8.'],
])('names the ratio next to %d', (executionEnvironmentMemoryGiBPerVCpu, text) => {
  expect(textOf(findings({ executionEnvironmentMemoryGiBPerVCpu }), 'MemoryPerVCpu')).toBe(text);
});

test.each([
  [4095, 4, ['error FunctionMemoryBelowRatio']],
  [4096, 4, []],
  [8191, 8, ['error FunctionMemoryBelowRatio']],
  [8192, 8, []],
  [2048, 8, ['error FunctionMemoryBelowRatio']],
  // What is out of range is said once.
  [1024, 8, ['error FunctionMemoryRange']],
  [2048, 3, ['error MemoryPerVCpu']],
  [2048, UNKNOWN, []],
  [UNKNOWN, 8, []],
] as const)('judges %p MB at %p GiB per vCPU', (memorySize, executionEnvironmentMemoryGiBPerVCpu, expected) => {
  expect(brief(findings({ memorySize, executionEnvironmentMemoryGiBPerVCpu }))).toEqual(expected);
});

test('says how much one vCPU takes', () => {
  expect(textOf(findings({ memorySize: 2048, executionEnvironmentMemoryGiBPerVCpu: 4 }), 'FunctionMemoryBelowRatio')).toBe(
    'memorySize is 2048 MB, but one vCPU takes 4096 MB at 4 GiB per vCPU. Raise memorySize to 4096, or lower executionEnvironmentMemoryGiBPerVCpu.',
  );
});

test.each([
  [2049, 2, ['error FunctionMemoryMultiple']],
  [3072, 2, ['error FunctionMemoryMultiple']],
  [4096, 2, []],
  [6144, 4, ['error FunctionMemoryMultiple']],
  [12288, 8, ['error FunctionMemoryMultiple']],
  [16384, 8, []],
  // Without a ratio, the smallest counts.
  [3072, undefined, ['error FunctionMemoryMultiple']],
  [3072, UNKNOWN, []],
] as const)('judges whether %p MB are a multiple at %p GiB per vCPU', (memorySize, executionEnvironmentMemoryGiBPerVCpu, expected) => {
  expect(brief(findings({ memorySize, executionEnvironmentMemoryGiBPerVCpu }))).toEqual(expected);
});

test('names the multiples on both sides', () => {
  expect(textOf(findings({ memorySize: 10000, executionEnvironmentMemoryGiBPerVCpu: 4 }), 'FunctionMemoryMultiple'))
    .toBe('memorySize is 10000 MB, but must be a multiple of 4096 MB, so that it makes whole vCPUs at 4 GiB per vCPU. Use 8192 or 12288.');
});

test.each([
  [0, ['error ConcurrencyRange']],
  [0.5, ['error ConcurrencyRange']],
  [1.5, ['error ConcurrencyRange']],
  [1, ['info ConcurrencyLow']],
  [2, ['info ConcurrencyLow']],
  [3, []],
  [1024, []],
  [1600, ['error ConcurrencyPerVCpu']],
  [1601, ['error ConcurrencyRange']],
  [undefined, []],
  [UNKNOWN, []],
] as const)('judges %p requests at once in the largest environment', (perExecutionEnvironmentMaxConcurrency, expected) => {
  expect(brief(findings({ perExecutionEnvironmentMaxConcurrency, memorySize: 32768 }))).toEqual(expected);
});

test('says which range the API takes', () => {
  expect(textOf(findings({ perExecutionEnvironmentMaxConcurrency: 5000 }), 'ConcurrencyRange')).toBe(
    'perExecutionEnvironmentMaxConcurrency is 5000, but must be a whole number from 1 to 1600. Use a number in that range, or leave it out for the runtime\'s default.',
  );
});

test('says when few requests at once are worth more', () => {
  expect(textOf(findings({ perExecutionEnvironmentMaxConcurrency: 1 }), 'ConcurrencyLow')).toBe(
    'perExecutionEnvironmentMaxConcurrency is 1, but an environment that takes more than 2 requests at once saves instances. Raise it once your code can handle concurrent requests.',
  );
});

test.each([
  [64, 2048, 2, []],
  [65, 2048, 2, ['error ConcurrencyPerVCpu']],
  [256, 8192, 2, []],
  [257, 8192, 2, ['error ConcurrencyPerVCpu']],
  [128, 8192, 4, []],
  [129, 8192, 4, ['error ConcurrencyPerVCpu']],
  // The smallest ratio gives the most vCPUs: what is too much there is too much anywhere.
  [128, 4096, undefined, []],
  [129, 4096, undefined, ['error ConcurrencyPerVCpu']],
  [65, 2048, UNKNOWN, []],
  [65, UNKNOWN, 2, []],
  [65, undefined, 2, []],
] as const)('judges %p requests at once with %p MB at %p GiB per vCPU', (perExecutionEnvironmentMaxConcurrency, memorySize, ratio, expected) => {
  expect(brief(findings({ perExecutionEnvironmentMaxConcurrency, memorySize, executionEnvironmentMemoryGiBPerVCpu: ratio }))).toEqual(expected);
});

test('says how many requests at once are possible, and why', () => {
  expect(textOf(findings({ perExecutionEnvironmentMaxConcurrency: 129, memorySize: 4096 }), 'ConcurrencyPerVCpu')).toBe(
    'perExecutionEnvironmentMaxConcurrency is 129, but 4096 MB at 2 GiB per vCPU make 2 vCPUs, and Lambda allows 64 per vCPU. Lower it to 128, or raise memorySize to 6144.',
  );
});

test.each([
  ['nodejs24.x', 64, []],
  ['python3.13', 16, []],
  ['python3.13', 17, ['warning ConcurrencyAboveRuntimeDefault']],
  ['python3.13', 64, ['warning ConcurrencyAboveRuntimeDefault']],
  ['python3.13', 65, ['error ConcurrencyPerVCpu']],
  ['java21', 32, []],
  ['java21', 33, ['warning ConcurrencyAboveRuntimeDefault']],
  ['dotnet8', 32, []],
  ['dotnet8', 33, ['warning ConcurrencyAboveRuntimeDefault']],
  ['provided.al2023', 8, []],
  ['provided.al2023', 9, ['warning ConcurrencyAboveRuntimeDefault']],
  ['ruby3.4', 64, []],
  ['deno2', 64, []],
  [UNKNOWN, 64, []],
  [undefined, 64, []],
  ['python3.13', UNKNOWN, []],
] as const)('judges %p with %p requests at once on one vCPU', (runtime, perExecutionEnvironmentMaxConcurrency, expected) => {
  expect(brief(findings({ runtime, perExecutionEnvironmentMaxConcurrency }))).toEqual(expected);
});

test('says what the default of the runtime is', () => {
  expect(textOf(findings({ runtime: 'python3.14', perExecutionEnvironmentMaxConcurrency: 40, memorySize: 4096 }), 'ConcurrencyAboveRuntimeDefault')).toBe(
    'perExecutionEnvironmentMaxConcurrency is 40, but python3.14 takes 16 per vCPU by default, 32 on 2 vCPUs, and AWS may mean that as its maximum. Lower it to 32, or acknowledge this once you have tried it.',
  );
});

test.each([
  [511, false, ['error EphemeralStorage']],
  [512, false, []],
  [1000.5, true, ['error EphemeralStorage']],
  [10240, false, []],
  [10241, false, ['error EphemeralStorage']],
  [10241, true, []],
  [32768, true, []],
  [32769, true, ['error EphemeralStorage']],
  [undefined, false, []],
  [UNKNOWN, false, []],
  [UNKNOWN, true, []],
] as const)('judges %p MB of /tmp, with a GPU: %p', (ephemeralStorage, hasGpu, expected) => {
  expect(brief(findings({ ephemeralStorage, hasGpu }))).toEqual(expected);
});

test.each([
  [256, false, 'ephemeralStorageSize is 256, but must be a whole number of MB, at least 512. Use 512 MB, or leave it out for 512 MB.'],
  [1000.5, false, 'ephemeralStorageSize is 1000.5, but must be a whole number of MB, at least 512. Use 1001 MB, or leave it out for 512 MB.'],
  [20480, false, 'ephemeralStorageSize is 20480, but must be at most 10240 MB without a GPU. Lower it to 10240 MB.'],
  [40000, true, 'ephemeralStorageSize is 40000, but must be at most 32768 MB with a GPU. Lower it to 32768 MB.'],
])('says what to do about %d MB of /tmp, with a GPU: %p', (ephemeralStorage, hasGpu, text) => {
  expect(textOf(findings({ ephemeralStorage, hasGpu }), 'EphemeralStorage')).toBe(text);
});

test.each([
  [{ memorySize: 1024, executionEnvironmentMemoryGiBPerVCpu: UNKNOWN }, { functionMemoryMin: 1024 }],
  [{ memorySize: 65536 }, { functionMemoryMax: 65536 }],
  [{ perExecutionEnvironmentMaxConcurrency: 65 }, { concurrencyPerVCpuMax: 65 }],
  [{ perExecutionEnvironmentMaxConcurrency: 2000, memorySize: UNKNOWN }, { concurrencyPerEnvironmentMax: 2000 }],
  [{ perExecutionEnvironmentMaxConcurrency: 0, memorySize: UNKNOWN }, { concurrencyPerEnvironmentMin: 0 }],
  [{ ephemeralStorage: 20480 }, { ephemeralStorageDocumentedMax: 20480 }],
  [{ ephemeralStorage: 40000, hasGpu: true }, { ephemeralStorageMax: 40000 }],
] as const)('takes %p with limits %p', (facts, overrides) => {
  expect(findings(facts)).not.toEqual([]);
  expect(findings({ runtime: UNKNOWN, ...facts }, overrides)).toEqual([]);
});

test('warns above the default of Node.js where the limit is higher', () => {
  const limits = { concurrencyPerVCpuMax: 128 };

  expect(brief(findings({ perExecutionEnvironmentMaxConcurrency: 64 }, limits))).toEqual([]);
  expect(brief(findings({ perExecutionEnvironmentMaxConcurrency: 65 }, limits))).toEqual(['warning ConcurrencyAboveRuntimeDefault']);
});
