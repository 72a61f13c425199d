import { differences, withoutMetadata } from '../../tools/as-a-user/templates';

const template = (value: object) => JSON.stringify(value, undefined, 1);

describe('differences', () => {
  test('finds none in equal bytes', () => {
    expect(differences({ 'A.template.json': '{}' }, { 'A.template.json': '{}' })).toEqual([]);
  });

  test('names each value that differs, by its path', () => {
    const expected = { 'A.template.json': template({ Resources: { Fleet: { Max: 64, Types: ['a', 'b'] } } }) };
    const found = { 'A.template.json': template({ Resources: { Fleet: { Max: '64', Types: ['a'] }, Other: {} } }) };

    expect(differences(expected, found)).toEqual([
      'A.template.json: Resources.Fleet.Max is "64" instead of 64',
      'A.template.json: Resources.Fleet.Types.1 is nothing instead of "b"',
      'A.template.json: Resources.Other is {} instead of nothing',
    ]);
  });

  test('tells a list from an object', () => {
    expect(differences({ a: '{"x":["b"]}' }, { a: '{"x":{"0":"b"}}' })).toEqual(['a: x is {"0":"b"} instead of ["b"]']);
  });

  test('takes another order for a difference', () => {
    expect(differences({ a: template({ b: 1, c: 2 }) }, { a: template({ c: 2, b: 1 }) }))
      .toEqual(['a: same values, other bytes from line 2: the order or the white space differs']);
  });

  test('names files that only one has', () => {
    expect(differences({ a: '{}' }, { b: '{}' })).toEqual(['a: missing', 'b: not expected']);
  });

  test('says the first twenty only, and how many more', () => {
    const many = (value: number) => ({ a: template(Object.fromEntries(Array.from({ length: 22 }, (_, index) => [`k${index}`, value]))) });

    expect(differences(many(1), many(2))).toHaveLength(21);
    expect(differences(many(1), many(2)).at(-1)).toBe('a: and 2 more');
  });
});

test('takes the usage report out, and nothing else', () => {
  const report = { Resources: { CDKMetadata: {}, Topic: {} }, Conditions: { CDKMetadataAvailable: {}, Mine: {} } };

  expect(JSON.parse(withoutMetadata(template(report)))).toEqual({ Resources: { Topic: {} }, Conditions: { Mine: {} } });
  expect(JSON.parse(withoutMetadata(template({ Resources: { CDKMetadata: {}, Topic: {} }, Conditions: { CDKMetadataAvailable: {} } }))))
    .toEqual({ Resources: { Topic: {} } });
});
