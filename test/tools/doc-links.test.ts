import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { brokenLinks, relativeLinks, slugOf } from '../../tools/doc-links';

/** What somebody sees who looks at the repository: nothing that is generated and not committed. */
const FILES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf-8' }).trim().split('\n');

/** The broken links of a page among others. */
function broken(text: string): string[] {
  const files: Record<string, string> = {
    'README.md': '# Title\n\n## What `it` is, and why\n\n## Twice\n\n## Twice\n\n<a id="Here.There"></a>\n',
    'docs/page.md': text,
    'docs/picture.svg': '',
  };
  return brokenLinks(Object.keys(files), (file) => files[file]);
}

test('each link of each page leads somewhere', () => {
  expect(FILES).toEqual(expect.arrayContaining(['README.md', 'docs/concepts.md']));
  expect(brokenLinks(FILES, (file) => readFileSync(file, 'utf-8'))).toEqual([]);
});

test('the README leads somewhere where it is shown without the repository, too', () => {
  expect(relativeLinks(readFileSync('README.md', 'utf-8'))).toEqual([]);
});

test('finds links that need the repository, and no others', () => {
  expect(relativeLinks('[a](docs/page.md), ![b](docs/b.svg), [c](#own), [d](https://example.com), `[e](e.md)`\n\n[1]: ./f.md\n\n```\n[g](g.md)\n```\n'))
    .toEqual(['docs/page.md', 'docs/b.svg', './f.md']);
});

test.each([
  '[file](../README.md)',
  '[folder](../docs/), [root](/docs), [root](..)',
  '[heading](../README.md#what-it-is-and-why)',
  '[second of two](../README.md#twice-1)',
  '[anchor](../README.md#Here.There)',
  '# Own\n\n[own](#own)',
  '![picture](picture.svg "with a title")',
  '[![picture](picture.svg)](../README.md)',
  '[reference][1]\n\n[1]: ../README.md',
  '<img src="picture.svg">',
  '[elsewhere](https://example.com/missing.md#nothing), [mail](mailto:a@example.com)',
  '[ours](https://github.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances/blob/main/docs/page.md)',
  '![our picture](https://raw.githubusercontent.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances/main/docs/picture.svg)',
  '[our heading](https://github.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances/blob/main/README.md#twice-1)',
  '`[code](missing.md)`\n\n```ts\n[code](missing.md)\n```',
])('follows %j', (text) => {
  expect(broken(text)).toEqual([]);
});

test.each([
  ['[file](missing.md)', 'missing.md'],
  ['[from the root](README.md)', 'README.md'],
  ['[case](../readme.md)', '../readme.md'],
  ['[heading](../README.md#what-it-was)', '../README.md#what-it-was'],
  ['[third of two](../README.md#twice-2)', '../README.md#twice-2'],
  ['[own](#nowhere)', '#nowhere'],
  ['![picture](picture.png)', 'picture.png'],
  ['[![picture](picture.svg)](missing.md)', 'missing.md'],
  ['[1]: missing.md', 'missing.md'],
  ['<a href="missing.md">', 'missing.md'],
  ['[ours](https://github.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances/blob/main/missing.md)', '/missing.md'],
  ['[ours](https://github.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances/blob/main/README.md#gone)', '/README.md#gone'],
  ['![ours](https://raw.githubusercontent.com/cdk-lambda-managed-instances/cdk-lambda-managed-instances/main/docs/gone.svg)', '/docs/gone.svg'],
  ['a `b` [after code](missing.md)', 'missing.md'],
  ['```ts\n# No heading\n```\n[code](#no-heading)', '#no-heading'],
])('reports %j', (text, link) => {
  expect(broken(text)).toEqual([expect.stringMatching(new RegExp(`^docs/page\\.md:\\d+: ${link.replace(/[.+]/g, '\\$&')}$`))]);
});

test('says in which line', () => {
  expect(broken('# Page\n\n```ts\ncode\n```\n\n[file](missing.md)')).toEqual(['docs/page.md:7: missing.md']);
});

test('makes anchors as GitHub does', () => {
  expect(slugOf('vCPU, memory & `maxVCpuCount` (2–11)')).toBe('vcpu-memory--maxvcpucount-211');
  expect(slugOf('[A link](b.md) to_it')).toBe('a-link-to_it');
});
