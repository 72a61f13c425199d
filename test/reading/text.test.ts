import { Text } from '../../src/reading/text';

const ORDERS = {};
const PAYMENTS = {};
const arn = (key: object, id: string) => new Text([{ key, attribute: 'Arn', id }]);

test.each<[string, unknown[], string]>([
  ['nothing', [], ''],
  ['plain pieces', ['a', 'b', 5, true], 'ab5true'],
  ['empty pieces', ['', 'a', ''], 'a'],
])('joins %s to a plain string', (_what, pieces, text) => {
  expect(Text.of(pieces)).toBe(text);
});

test('joins partly known pieces, and merges what is known beside each other', () => {
  const text = Text.of(['a', 'b', Text.of(['c', Text.open('x'), 'd']), '', 'e']) as Text;

  expect(text.parts).toEqual(['abc', { open: 'x' }, 'de']);
  expect(String(text)).toBe('abc${x}de');
  expect((Text.of(['', Text.open('x'), '']) as Text).parts).toEqual([{ open: 'x' }]);
});

test('writes unknown parts without what separates the parts of ARNs', () => {
  expect(String(Text.open('a:b/c${d}'))).toBe('${a.b.c..d.}');
  expect(String(Text.of(['x:', arn(ORDERS, 'a.json/Orders')]))).toBe('x:${a.json.Orders#Arn}');
});

test('may turn out to be nothing only if that is said', () => {
  expect([Text.open('x').mayBeNothing, Text.open('x', true).mayBeNothing, new Text(['x']).mayBeNothing]).toEqual([false, true, false]);
});

test('tells which resources it refers to, and what follows them', () => {
  const text = Text.of(['x ', arn(ORDERS, 'Orders'), ':live ', Text.open('y'), arn(PAYMENTS, 'Payments'), arn(ORDERS, 'Orders')]) as Text;

  expect(text.references()).toEqual([{ key: ORDERS, text: ':live ' }, { key: PAYMENTS, text: '' }, { key: ORDERS, text: '' }]);
  expect(text.references().map(({ key }) => key === ORDERS)).toEqual([true, false, true]);
  expect(text.around()).toBe('x :live ');
});

test('knows the only resource that it refers to', () => {
  expect((Text.of(['x', arn(ORDERS, 'Orders'), Text.open('y')]) as Text).resource()).toEqual({ key: ORDERS, attribute: 'Arn', id: 'Orders' });
  expect((Text.of([arn(ORDERS, 'Orders'), arn(PAYMENTS, 'Payments')]) as Text).resource()).toBeUndefined();
  expect(Text.open('y').resource()).toBeUndefined();
});
