import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outcomes } from '../../../tools/mutation/outcomes';

const SOURCE = 'src/a.ts';
const [TEST, OTHER] = ['test/a.test.ts', 'test/b.test.ts'];
const store = join(mkdtempSync(join(tmpdir(), 'outcomes-')), 'outcomes.jsonl');

/** What another run reads, when files have these hashes. */
const read = (hashes: Record<string, string>) => new Outcomes(store, (file) => hashes[file]);
const before = { [SOURCE]: 's', [TEST]: 't', [OTHER]: 'o' };

beforeAll(() => {
  const outcomes = read(before);
  outcomes.keep(SOURCE, 0, [TEST], TEST);
  outcomes.keep(SOURCE, 1, [TEST]);
});

test('a kill holds while its source and the test that noticed stay', () => {
  expect(read({ ...before, [OTHER]: 'changed' }).noticedBy(SOURCE, 0)).toBe(TEST);
  expect(read({ ...before, [TEST]: 'changed' }).noticedBy(SOURCE, 0)).toBeUndefined();
  expect(read({ ...before, [SOURCE]: 'changed' }).noticedBy(SOURCE, 0)).toBeUndefined();
});

test('a survivor meets tests that are new or changed', () => {
  expect(read(before).passed(SOURCE, 1, TEST)).toBe(true);
  expect(read(before).passed(SOURCE, 1, OTHER)).toBe(false);
  expect(read({ ...before, [TEST]: 'changed' }).passed(SOURCE, 1, TEST)).toBe(false);
  expect(read({ ...before, [SOURCE]: 'changed' }).passed(SOURCE, 1, TEST)).toBe(false);
});

test('what is unknown has met nothing', () => {
  expect(read(before).noticedBy(SOURCE, 2)).toBeUndefined();
  expect(read(before).passed(SOURCE, 2, TEST)).toBe(false);
  expect(read(before).noticedBy(SOURCE, 1)).toBeUndefined();
});
