import { jsonOf } from '../../src/reading/json-text';
import { Text } from '../../src/reading/text';

const X = Text.open('x');
const Y = Text.open('y');

test.each<[string, unknown, unknown]>([
  ['plain JSON', '{"a":[1,"b"]}', { a: [1, 'b'] }],
  ['a part for a value', Text.of(['{"a":', X, ',"b":2}']), { a: X, b: 2 }],
  ['a part inside of a text', Text.of(['{"a":"b-', X, '-c"}']), { a: Text.of(['b-', X, '-c']) }],
  ['two parts beside each other', Text.of(['{"a":"', X, Y, '"}']), { a: Text.of([X, Y]) }],
  ['a part after a text that ends', Text.of(['{"a":"b","c":', X, '}']), { a: 'b', c: X }],
  ['a part after an escaped quote', Text.of(['{"a":"\\"', X, '"}']), { a: Text.of(['"', X]) }],
  ['nothing but a part', X, X],
  ['a text that isn\'t JSON', 'x', undefined],
  ['an open text', Text.of(['{"a":"', X]), undefined],
])('reads %s', (_what, text, expected) => {
  expect(jsonOf(text)).toEqual(expected);
});
