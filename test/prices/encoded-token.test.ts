import { Lazy, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { isEncodedToken } from '../../src/prices/encoded-token';

test('knows what CDK writes in place of numbers and texts', () => {
  for (let i = 0; i < 100; i++) {
    expect(isEncodedToken(Token.asNumber({ Ref: `A${i}` }))).toBe(true);
    expect(isEncodedToken(Lazy.number({ produce: () => i }))).toBe(true);
    expect(isEncodedToken(`in ${Token.asString({ Ref: `A${i}` })}`)).toBe(true);
  }
});

test('agrees with CDK on any number and text', () => {
  fc.assert(fc.property(fc.oneof(fc.double(), fc.integer(), fc.string(), fc.constantFrom('${Token', '${Tokens[1]}', '')), (value) => {
    expect(isEncodedToken(value)).toBe(Token.isUnresolved(value));
  }));
});

test.each([undefined, 0, -1, 1, 0.5, NaN, Infinity, -Infinity, -Number.MAX_VALUE, -(2 ** 961), -(2 ** 960)])('takes %p for what it is', (value) => {
  expect(isEncodedToken(value)).toBe(false);
  expect(Token.isUnresolved(value)).toBe(false);
});
