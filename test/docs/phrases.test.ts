import { readdirSync, readFileSync } from 'node:fs';

/** What nobody says: each reads like a translation. */
const PHRASES = [
  /of which nothing would come/i, /takes all away/i, /\bends? in (the|a) template/i, /\bthe way out\b/i, /what of that it needs/i, /far to seek/i, /what can't be meant/i,
];

/** Whatever people read, but API.md, which is made from the docstrings. */
const FILES = [
  'AGENTS.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'README.md', 'RULES.md', 'SECURITY.md', 'TESTING.md', '.projenrc.ts',
  ...['docs', 'src', 'tools', 'examples'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf-8' }).map((file) => `${folder}/${file}`)),
].filter((file) => /\.(md|ts)$/.test(file) && !/node_modules|cdk\.out|\.d\.ts$/.test(file));

/** The phrases in a text, wherever lines break, and whatever marks a comment or a continued string. */
function phrasesIn(text: string): string[] {
  const oneLine = text.replace(/\s*\n\s*(\*|\/\/|#|>|\+ ['`])?\s*/g, ' ').replace(/\\'/g, '\'').replace(/\s+/g, ' ');
  return PHRASES.flatMap((phrase) => oneLine.match(phrase)?.[0] ?? []);
}

test.each(FILES)('%s uses plain English', (file) => {
  expect(phrasesIn(readFileSync(file, 'utf-8'))).toEqual([]);
});

test.each([
  ' * A list of which nothing\n   * would come.', 'Destroying takes\nall away.', '// What can\'t be\n// meant.', 'allowed: \'What can\\\'t be meant\'', '> ends\n> in the template', '# The way out',
])('sees the phrase in %p', (text) => {
  expect(phrasesIn(text)).toHaveLength(1);
});
