import { mutantsOf, sample, switched } from '../../../tools/mutation/mutants';

/** What a text becomes, broken in each way. */
function broken(text: string): string[] {
  return mutantsOf('src/file.ts', text).map(({ start, end, text: instead }) => text.slice(0, start) + instead + text.slice(end));
}

test.each([
  ['a number', 'f = 3;', ['f = (3 + 1);']],
  ['a comparison', 'f = a < b;', ['f = ((a) <= (b));']],
  ['an operator', 'f = a && b;', ['f = ((a) || (b));']],
  ['a negation', 'f = !a;', ['f = (a);']],
  ['a truth value', 'f = true;', ['f = false;']],
  ['a condition', 'if (a) b = c;', ['if (true) b = c;', 'if (false) b = c;']],
  ['a choice', 'f = a ? b : c;', ['f = true ? b : c;', 'f = false ? b : c;']],
  ['a level', 'f = Level.ERROR;', ['f = Level.WARNING;']],
  ['a list that is spread', 'f = [...a, b];', ['f = [...[], b];']],
  ['a call', 'a(b);', ['undefined;']],
  ['what can\'t stand beside another without parentheses', 'f = a ?? b ?? c;', ['f = ((a ?? b) && (c));', 'f = ((a) && (b)) ?? c;']],
])('breaks %s', (_what, text, mutants) => {
  expect(broken(text)).toEqual(mutants);
});

test('puts each mutant behind a switch, also inside of others', () => {
  const text = 'if (!a) b(c < 3);';

  expect(switched(text, mutantsOf('src/file.ts', text), 'on')).toBe(
    'if ((on(0) ? true : (on(1) ? false : (on(2) ? (a) : !a)))) (on(3) ? undefined : b((on(4) ? ((c) <= (3)) : c < (on(5) ? (3 + 1) : 3))));',
  );
});

test('leaves types, imports, names of properties and calls of super alone', () => {
  expect(broken('import { a } from \'b\'; interface A { a: 3 } type B = 3; class C extends D { constructor() { super(e); } } f = { 3: g };')).toEqual([]);
});

test('says where a mutant stands, in one line', () => {
  const [{ description }] = mutantsOf('src/file.ts', 'a = b;\nif (c\n  === d) e = f;');

  expect(description).toBe('src/file.ts:2 c === d → true');
});

test('chooses the same ones for the same seed, and others for another', () => {
  const all = Array.from({ length: 100 }, (_, index) => index);

  const chosen = sample(all, 40, 'seed');
  expect(new Set(chosen).size).toBe(40);
  expect(sample(all, 40, 'seed')).toEqual(chosen);
  expect(sample(all, 40, 'other')).not.toEqual(chosen);
  expect(sample(all, 400, 'seed')).toHaveLength(100);
});
