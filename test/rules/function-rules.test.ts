import { UNKNOWN } from '../../src/rules/facts/fact';
import { FunctionFacts } from '../../src/rules/facts/function-facts';
import { findingsOf, idOf, messageOf } from '../../src/rules/findings';
import { FUNCTION_RULES } from '../../src/rules/function-rules';
import { codeContext } from '../../src/rules/rule';
import { ManagedInstancesLimits, ManagedInstancesLimitsOverrides } from '../../src/service/managed-instances-limits';

/** A function with nothing wrong; each test changes what it is about. */
const GOOD: FunctionFacts = {
  memorySize: 2048,
  executionEnvironmentMemoryGiBPerVCpu: 2,
  perExecutionEnvironmentMaxConcurrency: undefined,
  runtime: 'nodejs24.x',
  architecture: 'x86_64',
};

function findings(facts: Partial<FunctionFacts>, overrides: ManagedInstancesLimitsOverrides = {}) {
  return findingsOf(FUNCTION_RULES, { ...GOOD, ...facts }, codeContext(ManagedInstancesLimits.CURRENT.withOverrides(overrides)));
}

function codes(facts: Partial<FunctionFacts>): string[] {
  return findings(facts).map(({ code }) => code);
}

test('finds nothing in a good function', () => {
  expect(codes({})).toEqual([]);
});

test.each([
  [2047, ['FunctionMemoryRange']],
  [2048, []],
  [2049, []],
  [32767, []],
  [32768, []],
  [32769, ['FunctionMemoryRange']],
  [undefined, []],
  [UNKNOWN, []],
] as const)('judges %p MB of memory', (memorySize, expected) => {
  expect(codes({ memorySize })).toEqual(expected);
});

test.each([
  [1024, 'memorySize must be from 2048 to 32768 MB on managed instances, got 1024; give the function at least 2048 MB, or leave memorySize out'],
  [40960, 'memorySize must be from 2048 to 32768 MB on managed instances, got 40960; give the function at most 32768 MB'],
])('says what to do about %d MB', (memorySize, message) => {
  const [finding] = findings({ memorySize });

  expect(messageOf(finding)).toBe(message);
  expect(idOf(finding)).toBe('cdk-lambda-managed-instances::FunctionMemoryRange');
  expect(finding.level).toBe('error');
});

test.each([
  [63, 2048, 2, []],
  [64, 2048, 2, []],
  [65, 2048, 2, ['ConcurrencyPerVCpu']],
  [256, 8192, 2, []],
  [257, 8192, 2, ['ConcurrencyPerVCpu']],
  [128, 8192, 4, []],
  [129, 8192, 4, ['ConcurrencyPerVCpu']],
  [65, UNKNOWN, 2, []],
  [65, 2048, UNKNOWN, []],
  [65, 2048, undefined, []],
  [UNKNOWN, 2048, 2, []],
  [undefined, 2048, 2, []],
] as const)('judges %p requests at once with %p MB at %p GiB per vCPU', (perExecutionEnvironmentMaxConcurrency, memorySize, executionEnvironmentMemoryGiBPerVCpu, expected) => {
  expect(codes({ perExecutionEnvironmentMaxConcurrency, memorySize, executionEnvironmentMemoryGiBPerVCpu })).toEqual(expected);
});

test('says how many requests at once are possible, and why', () => {
  const [finding] = findings({ perExecutionEnvironmentMaxConcurrency: 129, memorySize: 4096 });

  expect(messageOf(finding)).toBe(
    'perExecutionEnvironmentMaxConcurrency must be at most 128: 64 for each vCPU, and 4096 MB at 2 GiB per vCPU make 2, got 129; lower it to 128, or give the function more vCPUs by a larger memorySize',
  );
});

test.each([
  ['nodejs', ['RuntimeUnsupported']],
  ['nodejs4.3', ['RuntimeUnsupported']],
  ['nodejs16.x', ['RuntimeUnsupported']],
  ['nodejs18.x', ['RuntimeUnlisted']],
  ['nodejs20.x', ['RuntimeUnlisted']],
  ['nodejs22.x', []],
  ['nodejs24.x', []],
  ['nodejs26.x', []],
  ['python3.13', []],
  [undefined, []],
  [UNKNOWN, []],
] as const)('judges runtime %p', (runtime, expected) => {
  expect(codes({ runtime })).toEqual(expected);
});

test('says which versions of Node.js there are', () => {
  expect(messageOf(findings({ runtime: 'nodejs16.x' })[0])).toBe(
    'runtime must be Node.js 18 or later on managed instances (AWS\'s own list starts at 22), got nodejs16.x; use nodejs22.x or later',
  );
});

test('takes the limits that it is given', () => {
  expect(findings({ memorySize: 1024 }, { functionMemoryMin: 1024 })).toEqual([]);
  expect(findings({ perExecutionEnvironmentMaxConcurrency: 65 }, { concurrencyPerVCpuMax: 65 })).toEqual([]);
});

test('gives each rule a code of its own, a sentence and a source', () => {
  expect(new Set(FUNCTION_RULES.map(({ code }) => code)).size).toBe(FUNCTION_RULES.length);
  FUNCTION_RULES.forEach(({ code, what, why, source }) => {
    expect(code).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(what).toMatch(/\.$/);
    expect(why).toMatch(/[."]$/);
    expect(source).toMatch(/^https:/);
  });
});
