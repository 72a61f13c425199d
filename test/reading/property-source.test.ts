import { UNKNOWN } from '../../src/reading/fact';
import { TemplateProperties } from '../../src/reading/templates/template-properties';
import { Text } from '../../src/reading/text';

const REF = { Ref: 'Parameter' };
const ORDERS = {};
const SCOPE = {
  name: 'a.json',
  ref: (name: string) => (name === 'Orders' ? new Text([{ key: ORDERS, attribute: 'Ref', id: 'Orders' }]) : Text.open(name)),
  attribute: (resource: string, attribute: string) => Text.open(`${resource}.${attribute}`),
  condition: () => undefined,
  mapping: () => undefined,
  imported: (name: string) => Text.open(name),
  output: (_stack: string, name: string) => Text.open(name),
};
const of = (value: unknown) => new TemplateProperties({ Value: value }, SCOPE);
const shown = (value: unknown) => (value instanceof Text ? String(value) : value);

test.each<[string, unknown, unknown, unknown]>([
  ['a text', 'a', 'a', 'a'],
  ['an empty text', '', '', ''],
  ['a number', 5, UNKNOWN, '5'],
  ['a boolean', false, UNKNOWN, 'false'],
  ['a reference', REF, UNKNOWN, '${Parameter}'],
  ['a list', ['a'], UNKNOWN, UNKNOWN],
  ['nothing', undefined, undefined, undefined],
])('reads %s as a string and as a text', (_what, value, string, text) => {
  expect(of(value).string('value')).toBe(string);
  expect(of(value).text('value')).toBe(text);
});

test.each<[string, unknown, unknown]>([
  ['a list', ['a', 'b'], ['a', 'b']],
  ['a single value', 'a', ['a']],
  ['an empty list', [], []],
  ['a reference', REF, UNKNOWN],
  ['nothing', undefined, undefined],
])('reads the entries of %s', (_what, value, expected) => {
  const entries = of(value).entries('value');

  expect(Array.isArray(entries) ? entries.map((entry) => entry.string()) : entries).toEqual(expected);
});

test.each<[string, unknown, unknown]>([
  ['a text', 'orders', 'orders'],
  ['a number', 5, '5'],
  ['a block', { a: 1 }, UNKNOWN],
  ['a reference', REF, 'a name that is known only at deployment'],
  ['a condition that may leave it out', { 'Fn::If': ['Named', 'orders', { Ref: 'AWS::NoValue' }] }, UNKNOWN],
  ['nothing', undefined, undefined],
])('the fixed name in %s', (_what, value, expected) => {
  expect(of(value).fixedName('value')).toBe(expected);
});

test.each<[string, unknown, object]>([
  ['a block', { a: 'x', b: 5, c: REF, d: ['y'], e: null }, { a: 'x', b: '5', c: '${Parameter}' }],
  ['an empty block', {}, {}],
  ['a text', 'x', {}],
  ['a reference', REF, {}],
  ['null', null, {}],
  ['nothing', undefined, {}],
])('reads the texts in %s', (_what, value, expected) => {
  expect(of(value).texts('value')).toEqual(expected);
});

test('gives equal values the same identity', () => {
  const identity = (value: unknown) => new TemplateProperties(value, SCOPE).identity();

  expect(identity({ a: [1, { Ref: 'b' }] })).toBe(identity({ a: [1, { Ref: 'b' }] }));
  expect(identity({ a: 1 })).not.toBe(identity({ a: 2 }));
  expect(identity({ 'Fn::Sub': 'x-${Parameter}' })).toBe('x-${Parameter}');
  expect(identity(undefined)).toBe('');
  const large = Array.from({ length: 5000 }, () => ({}));
  expect(identity(large)).toBe(identity(large));
});

test.each<[string, unknown, unknown]>([
  ['a document', '{"a":"x","b":[1]}', '{"a":"x","b":[1]}'],
  ['a document with references', { 'Fn::Sub': '{"a":"${Orders}:live","b":1}' }, '{"a":"${Orders#Ref}:live","b":1}'],
  ['a document with a reference for a value', { 'Fn::Sub': '{"a":${Orders},"b":1}' }, '{"a":"${Orders#Ref}","b":1}'],
  ['a document with quotes in its texts', { 'Fn::Sub': '{"a":"\\"${Orders}","b":1}' }, '{"a":"\\"${Orders#Ref}","b":1}'],
  ['a text that isn\'t JSON', '{a}', UNKNOWN],
  ['an unknown text', REF, '"${Parameter}"'],
  ['nothing', undefined, undefined],
])('reads %s as JSON', (_what, value, expected) => {
  const document = of(value).json('value');

  // The entries of the document, with what is known of their texts.
  const plain = (source: typeof document): unknown => {
    if (typeof source !== 'object') return source;
    const read = (source as unknown as { value(path: string[]): unknown }).value([]);
    return JSON.stringify(read, (_key, entry) => (entry && typeof entry === 'object' && 'parts' in entry ? shown(new Text(entry.parts)) : entry));
  };
  expect(plain(document)).toEqual(expected);
});

describe('what is inside', () => {
  const VALUE = { a: 'x', list: ['y', { b: { Ref: 'Orders' }, n: 5, none: null }], join: { 'Fn::Sub': '${Orders}:live' } };
  const nested = (levels: number): unknown => Array.from({ length: levels }).reduce((inner: unknown) => [inner], 'x');
  const nestedBlocks = (levels: number): unknown => Array.from({ length: levels }).reduce((inner: unknown) => ({ a: inner }), 'x');

  test('are texts, also in lists and blocks', () => {
    expect(of(VALUE).leaves('value').map(shown)).toEqual(['x', 'y', '${Orders#Ref}', '${Orders#Ref}:live']);
    expect(of('x').leaves('value')).toEqual(['x']);
    expect(of(REF).leaves('value').map(shown)).toEqual(['${Parameter}']);
    expect([of(5), of(null), of(undefined), of([null, 5])].map((source) => source.leaves('value'))).toEqual([[], [], [], []]);
  });

  test('are references, with what follows them', () => {
    expect(of(VALUE).references('value')).toEqual([{ key: ORDERS, text: '' }, { key: ORDERS, text: ':live' }]);
    expect(of('x').references('value')).toEqual([]);
  });

  test('are blocks, also in lists and blocks', () => {
    const source = of({ id: 'a', list: [{ id: 'b', inner: { id: 'c' } }, 'x', [{ id: 'd' }]], text: REF });

    expect(source.blocks('value').map((block) => new Map(Object.entries(block.texts())).get('id'))).toEqual(['a', 'b', 'c', 'd']);
    expect([of('x'), of(null), of(REF), of([])].map((other) => other.blocks('value'))).toEqual([[], [], [], []]);
  });

  test('is read to a depth of fifty', () => {
    expect([of(nested(50)), of(nested(51))].map((source) => source.leaves('value').length)).toEqual([1, 0]);
    expect([of(nestedBlocks(50)), of(nestedBlocks(51)), of(nestedBlocks(60))].map((source) => source.blocks('value').length)).toEqual([50, 50, 50]);
  });
});
