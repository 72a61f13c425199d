/** What all rules share: levels and moments, words, and the sentences that are made of findings. */
import { Fact, UNKNOWN } from '../../src/reading/fact';
import { wrongArchitecture } from '../../src/rules/architecture-name';
import { ALL_LEVELS, findingOf, idOf, messageOf, problemOf } from '../../src/rules/findings';
import { isReported, Judge } from '../../src/rules/judge';
import { findingsOf, ownRule } from '../../src/rules/own-rule';
import { codeContext, Level, Moment, Rule, samContext, templateContext, Violation } from '../../src/rules/rule';
import { isWithin, outOfRange } from '../../src/rules/whole-number';

const VIOLATION: Violation = { property: 'size', allowed: 'must be 1', found: 2, remedy: 'set it to 1' };

function rule(code: string, level: Level, more: Partial<Rule<string>> = {}): Rule<string> {
  return { code, level, what: '', why: '', source: 'page', check: () => VIOLATION, ...more };
}

const RULES = [
  rule('Error', Level.ERROR),
  rule('Warning', Level.WARNING),
  rule('Info', Level.INFO),
  rule('Either', Level.INFO, { alsoLevel: Level.ERROR, check: () => ({ ...VIOLATION, level: Level.ERROR }) }),
  rule('Never', Level.ERROR, { check: () => undefined }),
];

test.each<[Moment, string[]]>([
  [Moment.CALL, ['error Error', 'error Either']],
  [Moment.SYNTHESIS, ['error Error', 'warning Warning', 'error Either']],
  [Moment.TEMPLATE, ['error Error', 'warning Warning', 'info Info', 'error Either']],
])('at %s, the levels that are reported then are checked', (moment, expected) => {
  const judge = new Judge<{ readonly one: string }>({ one: { moments: Object.values(Moment), rules: RULES } });

  expect(judge.judge({ one: '' }, moment, codeContext()).map(({ level, code }) => `${level} ${code}`)).toEqual(expected);
});

test('parts are judged at their moments, if there are facts about them', () => {
  const judge = new Judge<{ readonly one?: string; readonly other?: string }>({
    one: { moments: [Moment.TEMPLATE], rules: [rule('One', Level.ERROR)] },
    other: { moments: [Moment.CALL], rules: [rule('Other', Level.ERROR)] },
  });
  const codes = (moment: Moment, judged: object) => judge.judge(judged, moment, codeContext()).map(({ code }) => code);

  expect(codes(Moment.TEMPLATE, { one: '', other: '' })).toEqual(['One']);
  expect(codes(Moment.CALL, { one: '', other: '' })).toEqual(['Other']);
  expect(codes(Moment.SYNTHESIS, { one: '', other: '' })).toEqual([]);
  expect(codes(Moment.TEMPLATE, { other: '' })).toEqual([]);
  expect(judge.lookouts.map(({ rules }) => rules.map(({ code }) => code))).toEqual([['One'], ['Other']]);
});

test('a moment reports a rule for either of its levels', () => {
  const description = { code: 'X', what: '', why: '', source: '' };

  expect([Moment.CALL, Moment.SYNTHESIS, Moment.TEMPLATE].map((moment) => isReported({ ...description, level: Level.WARNING }, moment)))
    .toEqual([false, true, true]);
  expect(isReported({ ...description, level: Level.WARNING, alsoLevel: Level.ERROR }, Moment.CALL)).toBe(true);
  expect(ALL_LEVELS).toEqual(['error', 'warning', 'info']);
});

test('rules of a construct need no context', () => {
  const own = ownRule<number>('Own', Level.ERROR, 'page', { what: '', why: '', check: (found) => (found > 1 ? { ...VIOLATION, found } : undefined) });

  expect(findingsOf(own, 1)).toEqual([]);
  expect(findingsOf([own, own], 2)).toEqual([2, 2].map((found) => ({ code: 'Own', level: Level.ERROR, source: 'page', ...VIOLATION, found })));
});

describe('a sentence', () => {
  test.each<[Partial<Violation>, string]>([
    [{}, 'size is 2, but must be 1'],
    [{ found: 'none' }, 'size isn\'t set, but must be 1'],
    [{ found: 'none, which means 5' }, 'size isn\'t set, which means 5, but must be 1'],
    [{ found: 'something' }, 'size is something, but must be 1'],
    [{ verb: 'has', found: 'none' }, 'size has none, but must be 1'],
    [{ statement: 'This is wrong' }, 'This is wrong'],
  ])('of %p', (changes, text) => {
    const finding = findingOf(RULES[1], { ...VIOLATION, ...changes });

    expect(problemOf(finding)).toBe(text);
    expect(messageOf(finding)).toBe(`${text}. Set it to 1.`);
    expect(idOf(finding)).toBe('cdk-lambda-managed-instances::Warning');
  });
});

test.each([
  ['memorySize', 'memorySize', 'MemorySize', 'MemorySize'],
  ['kmsKeyArn', 'kmsKey', 'KmsKeyArn', undefined],
  ['vpcConfig', 'vpc', 'VpcConfig', undefined],
  ['subnetIds', 'vpcSubnets', 'VpcConfig.SubnetIds', undefined],
  ['maxVCpuCount', 'maxVCpuCount', 'CapacityProviderScalingConfig.MaxVCpuCount', 'ScalingConfig.MaxVCpuCount'],
  ['capacityProvider', 'capacityProvider', 'CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn', 'CapacityProviderConfig.Arn'],
  ['target.arn', 'target.arn', 'Target.Arn', 'Target.Arn'],
])('%s is called %s, %s or %s', (property, inCode, inTemplate, inSam) => {
  expect([codeContext().term(property), templateContext().term(property)]).toEqual([inCode, inTemplate]);
  if (inSam) expect(samContext().term(property)).toBe(inSam);
});

test('words depend on what somebody writes', () => {
  expect([codeContext(), templateContext(), samContext()].map(({ words }) => words('code', 'template', 'sam'))).toEqual(['code', 'template', 'sam']);
  expect([codeContext(), templateContext(), samContext()].map(({ words }) => words('code', 'template'))).toEqual(['code', 'template', 'template']);
});

test.each([[1, false], [2, true], [5, true], [6, false], [2.5, false], [NaN, false]])('%d is a whole number from 2 to 5: %p', (value, expected) => {
  expect(isWithin(value, [2, 5])).toBe(expected);
  expect(outOfRange(codeContext(), 'memorySize', value, [2, 5], 'help', ' MB')).toEqual(expected ? undefined : {
    property: 'memorySize', allowed: 'must be a whole number from 2 to 5 MB', found: value, remedy: 'help',
  });
});

test.each<[Fact<number>]>([[UNKNOWN], [undefined]])('%p is in every range', (value) => {
  expect(outOfRange(codeContext(), 'memorySize', value, [2, 5])).toBeUndefined();
});

test.each([
  ['arm64', undefined], ['x86_64', undefined], [UNKNOWN, undefined], [undefined, undefined],
  ['ARM64', 'use arm64'], ['aarch64', 'use arm64'], ['graviton', 'use arm64'], ['amd64', 'use x86_64'],
] as const)('the architecture %p: %p', (name, remedy) => {
  expect(wrongArchitecture('architecture', name)?.remedy).toBe(remedy);
});
