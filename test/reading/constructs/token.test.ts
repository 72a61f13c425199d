import { Aws, Fn, Lazy, Token } from 'aws-cdk-lib';
import { isToken } from '../../../src/reading/constructs/token';

test.each<[string, unknown]>([
  ['a string', Aws.REGION],
  ['a string around a token', `nodejs${Lazy.string({ produce: () => '24' })}.x`],
  ['a number', Lazy.number({ produce: () => 2048 })],
  ['a list', Lazy.list({ produce: () => ['arm64'] })],
  ['a list of CloudFormation', Fn.split(',', Aws.REGION)],
  ['an object', Token.asAny({ Ref: 'Parameter' })],
  ['an object made late', Lazy.any({ produce: () => ({}) })],
])('%s can be a token', (_, value) => {
  expect([isToken(value), Token.isUnresolved(value)]).toEqual([true, true]);
});

test.each<[unknown]>([
  [undefined], [null], [true], ['arm64'], [''], ['#{'], ['${AWS::Region}'], ['${'], [0], [-1], [2048], [0.5], [NaN], [Infinity], [-Infinity], [-Number.MAX_VALUE],
  [Number.MIN_SAFE_INTEGER], [[]], [['arm64']], [['a', 'b']], [{}], [{ resolve: 'a field' }], [{ size: 512 }], [() => undefined],
])('%p is none, and CDK says the same', (value) => {
  expect([isToken(value), Token.isUnresolved(value)]).toEqual([false, false]);
});

test('the entry that stands for a list is a token, though CDK doesn\'t know it without its list', () => {
  const [entry] = Fn.split(',', Aws.REGION);

  expect([isToken(entry), Token.isUnresolved(entry)]).toEqual([true, false]);
});
