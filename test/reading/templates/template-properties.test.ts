import { WITHOUT_NAMES } from '../../../src/reading/expression';
import { UNKNOWN } from '../../../src/reading/fact';
import { TemplateProperties } from '../../../src/reading/templates/template-properties';
import { Text } from '../../../src/reading/text';

const REF = { Ref: 'Parameter' };

test.each([
  ['a number', 5, 5],
  ['a number in a string', '5', 5],
  ['a reference', REF, UNKNOWN],
  ['a function', { 'Fn::If': ['Large', 4096, 2048] }, UNKNOWN],
  ['nothing', undefined, undefined],
  ['null', null, undefined],
])('reads %s as a number', (_what, value, expected) => {
  expect(new TemplateProperties({ MemorySize: value }).number('memorySize')).toBe(expected);
});

test.each([
  ['an object', { Size: 1 }, 1],
  ['a reference', REF, UNKNOWN],
  ['nothing', undefined, undefined],
])('reads inside %s', (_what, value, expected) => {
  expect(new TemplateProperties({ EphemeralStorage: value }).number('ephemeralStorage', 'size')).toBe(expected);
});

test.each([
  ['true', true],
  ['false', false],
  [true, true],
  [false, false],
  ['maybe', UNKNOWN],
  [1, UNKNOWN],
  [REF, UNKNOWN],
  [undefined, undefined],
])('reads %p as a boolean', (value, expected) => {
  expect(new TemplateProperties({ Publish: value }).boolean('publish')).toBe(expected);
});

test('reads the entries of a list', () => {
  const properties = new TemplateProperties({ Names: ['a', REF], Blocks: [{ Size: 1 }, REF], Other: REF, Text: 'x' });

  expect(properties.strings('names')).toEqual(['a', UNKNOWN]);
  expect((properties.items('blocks') as TemplateProperties[]).map((item) => item.number('size'))).toEqual([1, UNKNOWN]);
  expect(properties.strings('other')).toBe(UNKNOWN);
  expect(properties.strings('text')).toBe(UNKNOWN);
  expect(properties.strings('nothing')).toBeUndefined();
});

test.each([
  [{ SubnetIds: ['a'] }, true],
  [{ SubnetIds: [] }, false],
  [{ SubnetIds: 5 }, true],
  [{ SubnetIds: REF }, true],
  [{ SubnetIds: { 'Fn::If': ['InVpc', ['subnet-1'], { Ref: 'AWS::NoValue' }] } }, UNKNOWN],
  [{}, undefined],
  [REF, true],
  [undefined, undefined],
])('knows whether %p holds subnets', (value, expected) => {
  expect(new TemplateProperties({ VpcConfig: value }).filled('vpcConfig', 'subnetIds')).toBe(expected);
});

test('knows that a property is there when its value is unknown', () => {
  const properties = new TemplateProperties({ Runtime: REF });

  expect(properties.has('runtime')).toBe(true);
  expect(properties.has('handler')).toBe(false);
});

test('finds what a property refers to', () => {
  const target = {};
  const scope = { ...WITHOUT_NAMES, ref: () => new Text([{ key: target, attribute: 'Ref', id: 'Orders' }]) };
  const properties = new TemplateProperties({ FunctionName: REF, Other: { 'Fn::Base64': 'x' }, Text: 'orders:7' }, scope);

  expect(properties.reference('functionName')).toEqual({ key: target, attribute: 'Ref', text: '' });
  expect(properties.reference('other')).toBe(UNKNOWN);
  expect(properties.reference('text')).toEqual({ text: 'orders:7' });
  expect(properties.reference('nothing')).toBeUndefined();
  expect(properties.reference('nothing', 'inside')).toBeUndefined();
  expect(new TemplateProperties({ FunctionName: 5 }).reference('functionName')).toBe(UNKNOWN);
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('reads no %s that all objects have', (name) => {
  expect(new TemplateProperties({}).has(name)).toBe(false);
  expect(new TemplateProperties({ Ref: name }).has('memorySize')).toBe(true);
});
