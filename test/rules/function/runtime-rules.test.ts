import { UNKNOWN } from '../../../src/reading/fact';
import { ManagedFunctionFacts } from '../../../src/rules/function/function-facts';
import { RUNTIME_RULES } from '../../../src/rules/function/runtime-rules';
import { brief, GOOD_FUNCTION, judge, textOf } from '../util';

const findings = (facts: Partial<ManagedFunctionFacts>, overrides = {}) => judge(RUNTIME_RULES, { ...GOOD_FUNCTION, ...facts }, overrides);

test.each([
  ['nodejs', ['error RuntimeUnsupported']],
  ['nodejs8.10', ['error RuntimeUnsupported']],
  ['nodejs16.x', ['error RuntimeUnsupported']],
  ['nodejs18.x', ['warning RuntimeUnlisted']],
  ['nodejs20.x', ['warning RuntimeUnlisted']],
  ['nodejs22.x', []],
  ['nodejs24.x', []],
  ['nodejs28.x', []],
  ['python3.9', ['error RuntimeUnsupported']],
  ['python3.12', ['error RuntimeUnsupported']],
  ['python3.13', []],
  ['python3.15', []],
  ['java8.al2', ['error RuntimeUnsupported']],
  ['java17', ['error RuntimeUnsupported']],
  ['java21', []],
  ['java25', []],
  ['dotnetcore3.1', ['error RuntimeUnsupported']],
  ['dotnet6', ['error RuntimeUnsupported']],
  ['dotnet8', []],
  ['dotnet10', []],
  ['provided', ['error RuntimeUnsupported']],
  ['provided.al2', ['error RuntimeUnsupported']],
  ['provided.al2023', ['info CustomRuntime']],
  ['ruby3.4', ['error RuntimeUnsupported']],
  ['go1.x', ['error RuntimeUnsupported']],
  ['deno2', ['warning RuntimeUnknown']],
  [undefined, []],
  [UNKNOWN, []],
] as const)('judges runtime %p', (runtime, expected) => {
  expect(brief(findings({ runtime }))).toEqual(expected);
});

test.each([
  ['nodejs16.x', 'RuntimeUnsupported', 'runtime is nodejs16.x, but managed instances need Node.js 18 or later (AWS\'s own list starts at 22). Use nodejs22.x or later.'],
  ['nodejs20.x', 'RuntimeUnlisted', 'runtime is nodejs20.x, but AWS\'s list for managed instances starts at Node.js 22. Use nodejs22.x or later.'],
  ['python3.9', 'RuntimeUnsupported', 'runtime is python3.9, but managed instances need Python 3.13 or later. Use python3.13 or later.'],
  ['java17', 'RuntimeUnsupported', 'runtime is java17, but managed instances need Java 21 or later. Use java21 or later.'],
  ['dotnet6', 'RuntimeUnsupported', 'runtime is dotnet6, but managed instances need .NET 8 or later. Use dotnet8 or later.'],
  ['dotnetcore3.1', 'RuntimeUnsupported', 'runtime is dotnetcore3.1, but managed instances don\'t offer it. Use dotnet8 or later.'],
  ['provided.al2', 'RuntimeUnsupported', 'runtime is provided.al2, but managed instances need Amazon Linux 2023 or later. Use provided.al2023, with a runtime client that handles concurrent requests (Rust is documented).'],
  ['go1.x', 'RuntimeUnsupported', 'runtime is go1.x, but managed instances don\'t offer it. Use provided.al2023, with a runtime client that handles concurrent requests (Rust is documented).'],
  ['ruby3.4', 'RuntimeUnsupported', 'runtime is ruby3.4, but managed instances don\'t offer it. Use another language, or standard Lambda for this function.'],
  ['deno2', 'RuntimeUnknown', 'runtime is deno2, but this library doesn\'t know whether managed instances offer it. Check whether AWS\'s list has it by now, and add it with ManagedInstancesLimits.CURRENT.withOverrides({ supportedRuntimes }).'],
  ['provided.al2023', 'CustomRuntime', 'runtime is provided.al2023, but AWS documents it on managed instances for Rust only. Make sure that your runtime client handles concurrent requests.'],
])('says what to do about %s', (runtime, code, text) => {
  expect(textOf(findings({ runtime }), code)).toBe(text);
});

test.each([
  ['provided.al2023', 'Go', ['warning RuntimeUnlisted', 'info CustomRuntime']],
  ['provided.al2023', 'Rust', ['info CustomRuntime']],
  ['provided.al2023', UNKNOWN, ['info CustomRuntime']],
  ['provided.al2', 'Go', ['error RuntimeUnsupported']],
  ['nodejs24.x', UNKNOWN, []],
] as const)('judges runtime %p with %p', (runtime, language, expected) => {
  expect(brief(findings({ runtime, language }))).toEqual(expected);
});

test('says that Go is none of them', () => {
  expect(textOf(findings({ runtime: 'provided.al2023', language: 'Go' }), 'RuntimeUnlisted')).toBe(
    'runtime is provided.al2023 with Go, but AWS documents it on managed instances for Rust only. Keep the function on standard Lambda, '
      + 'or acknowledge this once you have seen its runtime client take several requests at once.',
  );
});

test.each(['nodejs16.x', 'nodejs20.x', 'ruby3.4', 'deno2'])('takes %s where the limits say so', (runtime) => {
  expect(findings({ runtime }, { supportedRuntimes: [runtime] })).toEqual([]);
});

test.each([
  ['arm64', 'x86_64', ['error ArchitectureMismatch']],
  ['x86_64', 'arm64', ['error ArchitectureMismatch']],
  ['arm64', 'arm64', []],
  ['arm64', UNKNOWN, []],
  [UNKNOWN, 'arm64', []],
  ['arm64', undefined, []],
  ['ARM64', 'arm64', ['error ArchitectureName']],
  ['aarch64', UNKNOWN, ['error ArchitectureName']],
  ['x86_64', 'amd64', []],
] as const)('judges a function of %p on a provider of %p', (architecture, providerArchitecture, expected) => {
  expect(brief(findings({ architecture, providerArchitecture }))).toEqual(expected);
});

test('says which name of an architecture is meant', () => {
  expect(textOf(findings({ architecture: 'ARM64' }), 'ArchitectureName')).toBe('architecture is ARM64, but Lambda knows x86_64 and arm64. Use arm64.');
  expect(textOf(findings({ architecture: 'amd64' }), 'ArchitectureName')).toBe('architecture is amd64, but Lambda knows x86_64 and arm64. Use x86_64.');
});

test('says which architecture to build for', () => {
  expect(textOf(findings({ architecture: 'arm64', providerArchitecture: 'x86_64' }), 'ArchitectureMismatch')).toBe(
    'architecture is arm64, but the capacity provider is x86_64. Build the function for x86_64, or attach it to a capacity provider with arm64.',
  );
});
