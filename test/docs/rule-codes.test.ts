import { readdirSync, readFileSync } from 'node:fs';
import { ALL_RULES } from '../../src/checks/all-rules';

const PAGES = ['README.md', ...readdirSync('docs', { recursive: true }).map((file) => `docs/${file}`).filter((file) => file.endsWith('.md'))];
const CODES = ALL_RULES.map(({ code }) => code);

/** The codes that a page names: in full, and in columns that are for them. */
function codesIn(page: string): string[] {
  const full = [...page.matchAll(/cdk-lambda-managed-instances::([A-Z]\w+)/g)].map(([, code]) => code);
  const tables = page.match(/^\|.*\| rule \|\n(\|.*\n)+/gm) ?? [];
  const columns = tables.flatMap((table) => table.trim().split('\n').slice(2).flatMap((row) => [...row.split('|').at(-2)!.matchAll(/`(\w+)`/g)]));
  return [...full, ...columns.map(([, code]) => code)];
}

test.each(PAGES)('%s names no rule that is gone', (file) => {
  expect(codesIn(readFileSync(file, 'utf-8')).filter((code) => !CODES.includes(code))).toEqual([]);
});

test('reads the last column of tables about rules, and ids', () => {
  expect(codesIn('| a | rule |\n| --- | --- |\n| `No` | `Yes`, `Also` |\n\n`cdk-lambda-managed-instances::Id`, `Other`')).toEqual(['Id', 'Yes', 'Also']);
});
