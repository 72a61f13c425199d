import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEvents } from '../../src/cli/events';

const folder = mkdtempSync(join(tmpdir(), 'events-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder with these files. */
function folderOf(name: string, files: Record<string, string>): string {
  mkdirSync(join(folder, name));
  Object.entries(files).forEach(([file, text]) => writeFileSync(join(folder, name, file), text));
  return join(folder, name);
}

test('come from a file, alone or in an array', () => {
  const path = folderOf('files', { 'one.json': '{"id": 1}', 'two.json': '[{"id": 1}, {"id": 2}]' });

  expect(readEvents(join(path, 'one.json'))).toMatchObject([{ label: 'one.json' }]);
  expect(readEvents(join(path, 'two.json'))).toMatchObject([{ label: 'two.json[0]' }, { label: 'two.json[1]' }]);
});

test('come from all JSON files of a folder, by name', () => {
  const path = folderOf('several', { 'b.json': '{}', 'a.json': '[{}, {}]', 'notes.txt': 'no event' });

  expect(readEvents(path)).toMatchObject([{ label: 'a.json[0]' }, { label: 'a.json[1]' }, { label: 'b.json' }]);
});

test.each<[string, () => string, RegExp]>([
  ['nothing there', () => join(folder, 'no/such.json'), /^There is no file or folder .*no\/such\.json to read events from\.$/],
  ['a folder without events', () => folderOf('empty', { 'notes.txt': '' }), /^There are no events in .*empty: put one in each \.json file, or an array of them in one\.$/],
  ['an empty array', () => join(folderOf('array', { 'none.json': '[]' }), 'none.json'), /^There are no events in .*none\.json/],
  ['a file that is no JSON', () => folderOf('broken', { 'broken.json': '{\n' }), /^The events in .*broken\.json are not JSON: [^\n]*\.$/],
])('are an error in one sentence with %s', (_, path, message) => {
  expect(() => readEvents(path())).toThrow(message);
});
