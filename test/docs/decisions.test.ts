import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = 'docs/adr';
const DECISIONS = readdirSync(FOLDER).filter((file) => file !== 'README.md').sort();

test.each(DECISIONS)('%s has a status, a date and each section', (file) => {
  const text = readFileSync(`${FOLDER}/${file}`, 'utf-8');
  const number = Number(file.slice(0, 4));

  expect(file).toMatch(/^\d{4}-[a-z0-9-]+\.md$/);
  expect(text).toMatch(new RegExp(`^# ${number}\\. \\S.*\n\nStatus: (accepted|replaced by \\[decision \\d+\\]\\(.*\\)) · \\d{4}-\\d{2}-\\d{2}\n`));
  expect(text.match(/^## .*$/gm)).toEqual(['## Decision', '## Reason', '## Refused', '## Consequence']);
});

test('the index has all decisions, with their titles', () => {
  const rows = readFileSync(`${FOLDER}/README.md`, 'utf-8').match(/^\| \d.*$/gm);

  expect(rows).toEqual(DECISIONS.map((file) => {
    const [, number, title] = /^# (\d+)\. (.*)/.exec(readFileSync(`${FOLDER}/${file}`, 'utf-8'))!;
    return expect.stringContaining(`| ${number} | [${title}](${file}) |`);
  }));
});
