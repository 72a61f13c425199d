import { CfnParameter, Fn, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { idOfConstruct, idPart } from '../../../src/monitoring/metrics/math-ids';
import { testFunction, testStack } from '../../util';

const WORD = 'x'.repeat(40);

test.each([
  ['pay_orders_7', 'pay_orders_7'],
  [WORD, WORD],
  [`${WORD}y`, `${WORD}_${'8 digits'}`],
  ['pay-orders.7', 'pay_orders_7_8 digits'],
  ['', '_8 digits'],
])('%s is part of an id as %s', (value, expected) => {
  expect(idPart(testStack(), value)).toMatch(new RegExp(`^${expected.replace('8 digits', '[0-9a-f]{8}')}$`));
});

test('values that look alike have different ids', () => {
  expect(idPart(testStack(), 'a-b')).not.toBe(idPart(testStack(), 'a.b'));
  expect(idPart(testStack(), `${WORD}y`)).not.toBe(idPart(testStack(), `${WORD}z`));
});

test('references have ids of their own, the same in each synthesis', () => {
  const idsIn = () => {
    const stack = testStack();
    const { functionName, functionArn } = testFunction(stack);
    const name = new CfnParameter(stack, 'Name').valueAsString;
    return [functionName, functionArn, name, `${name}-a`, `${name}-b`, Fn.importValue('X'), Token.asString({ Ref: 'Y' })].map((value) => idPart(stack, value));
  };
  const ids = idsIn();

  expect(new Set(ids).size).toBe(ids.length);
  ids.forEach((id) => expect(id).toMatch(/^[0-9a-f]{8}$/));
  expect(idsIn()).toEqual(ids);
});

test('a construct\'s part is the end of its address', () => {
  const construct = new Construct(testStack(), 'Any');

  expect(idOfConstruct(construct)).toBe(construct.node.addr.slice(-6));
  expect(idOfConstruct(construct)).toHaveLength(6);
});
