import { UNKNOWN } from '../../src/reading/fact';
import { allowingStatements, allowsAction, anyEntry, inlineStatements, matchesPattern } from '../../src/reading/policy-statements';
import { TemplateProperties } from '../../src/reading/templates/template-properties';

const REF = { Ref: 'Parameter' };

test.each<[string, string, boolean]>([
  ['lambda:Invoke', 'lambda:Invoke', true],
  ['lambda:Invoke', 'lambda:InvokeFunction', false],
  ['lambda:InvokeFunction', 'lambda:Invoke', false],
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'abc', true],
  ['a*', 'a', true],
  ['a*', 'ba', false],
  ['*a', 'ba', true],
  ['*a', 'ab', false],
  ['*a', 'aa', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['ab*ba', 'aba', false],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'axxbyyc', true],
  ['a*b*c', 'acb', false],
  ['a*b*c', 'ac', false],
  ['a*b*b', 'ab', false],
  ['a**c', 'ac', true],
  ['a**c', 'abc', true],
  ['*b*', 'abc', true],
  ['*b*', 'ac', false],
  ['*bb*', 'abab', false],
  ['*ab*ab', 'abab', true],
  ['*ab*ab', 'ab', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['?', '', false],
  ['?', 'a', true],
  ['*?', 'a', true],
  ['*?', '', false],
  ['a*?c', 'abc', true],
  ['a*?c', 'ac', false],
  ['ab', 'aB', false],
])('the pattern %p matches %p: %s', (pattern, text, matches) => {
  expect(matchesPattern(pattern, text)).toBe(matches);
});

test.each<[string, unknown, unknown]>([
  ['its name', { Action: 'lambda:InvokeFunction' }, true],
  ['its name in other letters', { Action: 'LAMBDA:invokefunction' }, true],
  ['a pattern', { Action: ['s3:*', 'lambda:Invoke*'] }, true],
  ['another action', { Action: 's3:*' }, false],
  ['no action', {}, false],
  ['an empty list', { Action: [] }, false],
  ['an unknown action', { Action: REF }, UNKNOWN],
  ['an unknown action in a list', { Action: ['s3:*', REF] }, UNKNOWN],
  ['an unknown action beside its name', { Action: [REF, 'lambda:InvokeFunction'] }, true],
  ['all but some actions', { NotAction: 's3:*', Action: 's3:*' }, UNKNOWN],
  ['null in the list', { Action: [null] }, false],
])('a statement with %s', (_what, statement, expected) => {
  expect(allowsAction(new TemplateProperties(statement), 'lambda:InvokeFunction')).toBe(expected);
});

test('a statement that can\'t be read may allow anything', () => {
  expect(allowsAction(UNKNOWN, 'lambda:InvokeFunction')).toBe(UNKNOWN);
});

test('finds a text at a path, which may be a list', () => {
  const holds = (value: unknown) => anyEntry(new TemplateProperties({ Principal: { Service: value } }), ['principal', 'service'], (text) => text === 'a');

  expect([holds('a'), holds(['b', 'a']), holds('b'), holds(undefined), holds(REF), holds([REF, 'b'])]).toEqual([true, true, false, false, UNKNOWN, UNKNOWN]);
});

const effectsOf = (statements: ReturnType<typeof allowingStatements>) => statements.map((statement) => (statement === UNKNOWN ? UNKNOWN : statement.text('sid')));
const statement = (sid: string, effect?: unknown) => ({ Sid: sid, Effect: effect });

test.each<[string, unknown, unknown[]]>([
  ['a list', [statement('a', 'Allow'), statement('b', 'Deny'), statement('c'), statement('d', REF)], ['a', 'c', 'd']],
  ['a single statement', statement('a', 'Allow'), ['a']],
  ['null in the list', [null, statement('a', 'Allow')], ['a']],
  ['an unknown list', REF, [UNKNOWN]],
  ['nothing', undefined, [UNKNOWN]],
])('reads the allowing statements of %s', (_what, statements, expected) => {
  expect(effectsOf(allowingStatements(new TemplateProperties({ PolicyDocument: { Statement: statements } }), 'policyDocument'))).toEqual(expected);
});

test.each<[string, unknown, unknown[]]>([
  ['several policies', [{ PolicyDocument: { Statement: statement('a', 'Allow') } }, { PolicyDocument: { Statement: statement('b', 'Allow') } }], ['a', 'b']],
  ['an unknown list', REF, [UNKNOWN]],
  ['a policy without a document', [{}], [UNKNOWN]],
  ['no policies', undefined, []],
])('reads the allowing statements inside of a role with %s', (_what, policies, expected) => {
  expect(effectsOf(inlineStatements(new TemplateProperties({ Policies: policies })))).toEqual(expected);
});
