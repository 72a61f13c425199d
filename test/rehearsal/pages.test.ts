import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inShort, rehearseNode } from './rehearse-fixture';
import { readSection } from '../../tools/generated-section';
import { TRIALS } from '../../tools/libraries/table';

jest.setTimeout(180_000);

const PAGE = readFileSync('docs/is-my-code-ready.md', 'utf-8');
const HANDLERS = [...PAGE.matchAll(/<!-- finds: (.*) -->\n```js\n([\s\S]*?)```/g)].map(([, found, code], index) => ({ index, found, code }));
const code = mkdtempSync(join(tmpdir(), 'pages-'));
afterAll(() => rmSync(code, { recursive: true }));

test('the page has five bugs, each with its mended twin', () => {
  expect(HANDLERS.map(({ found }) => found === 'nothing')).toEqual([false, true, false, true, false, true, false, true, false, true]);
});

test.concurrent.each(HANDLERS)('finds in handler $index of the page: $found', async ({ index, found, code: text }) => {
  writeFileSync(join(code, `page${index}.mjs`), text);
  const report = await rehearseNode(`page${index}.handler`, { code });

  const problems = inShort(report).filter((finding) => !finding.startsWith('hint'));
  expect(problems).toEqual(found === 'nothing' ? [] : expect.arrayContaining(found.split('; ')));
});

test('the table of libraries has each trial, and a date', () => {
  const table = readSection(readFileSync('docs/libraries.md', 'utf-8'), 'libraries');

  expect(table).toMatch(/Tried on \d{4}-\d\d-\d\d/);
  expect(TRIALS.filter(({ use, library }) => !table.includes(`| ${library} |`) || !table.includes(`| ${use} |`))).toEqual([]);
});
