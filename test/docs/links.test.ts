import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

jest.setTimeout(120_000);

const OURS = 'cdk-lambda-managed-instances/cdk-lambda-managed-instances';

/** What remark says of the links of the pages in a folder. API.md is generated, with anchors of its own kind. */
function brokenLinks(folder: string): string {
  const plugin = resolve('node_modules/remark-validate-links/index.js');
  const args = ['.', '--frail', '--quiet', '--no-stdout', '--no-color', '--ignore-path', resolve('.gitignore'), '--ignore-pattern', 'API.md',
    '--use', resolve('node_modules/remark-gfm/index.js'), '--use', `${plugin}=repository:"${OURS}"`];
  const { stderr, status } = spawnSync(process.execPath, [resolve('node_modules/remark-cli/cli.js'), ...args], { cwd: folder, encoding: 'utf-8' });
  expect(status).toBe(stderr === '' ? 0 : 1);
  return stderr;
}

test('each link of each page leads somewhere', () => {
  expect(brokenLinks('.')).toBe('');
});

describe('a broken link is found', () => {
  const links = [
    '[a file](missing.md)',
    '[a file of another case](../readme.md)',
    '[a heading](../README.md#gone)',
    '[a heading of the page](#gone)',
    '![a picture](missing.png)',
    '[a reference][1]\n\n[1]: missing-too.md',
    `[a file of the repository](https://github.com/${OURS}/blob/main/missing.md)`,
    `[a heading of the repository](https://github.com/${OURS}/blob/main/README.md#gone)`,
  ];
  let folder: string;
  let found: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'links-'));
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    mkdirSync(join(folder, 'docs'));
    writeFileSync(join(folder, 'README.md'), '# Title\n\n## What it is\n');
    writeFileSync(join(folder, 'docs/fine.md'), '[a file](../README.md), [a folder](../docs/), [a heading](../README.md#what-it-is), `[code](missing.md)`\n');
    links.forEach((link, index) => writeFileSync(join(folder, `docs/page${index}.md`), `${link}\n`));
    found = brokenLinks(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(links)('%s', (link) => {
    expect(found).toContain(`docs/page${links.indexOf(link)}.md`);
  });

  test('and nothing else', () => {
    expect(found).not.toContain('fine.md');
  });
});

describe('the README, which registries show without the repository', () => {
  const readme = readFileSync('README.md', 'utf-8').replace(/```[\s\S]*?```/g, '');

  test('has no relative link', () => {
    const links = [...readme.matchAll(/\]\(([^)\s]+)|^\[[^\]]+\]: (\S+)/gm)].map(([, inline, reference]) => inline ?? reference);

    expect(links.length).toBeGreaterThan(30);
    expect(links.filter((link) => !/^(https:\/\/|#)/.test(link))).toEqual([]);
  });

  test('has pictures that exist', () => {
    const pictures = [...readme.matchAll(new RegExp(`raw\\.githubusercontent\\.com/${OURS}/main/([^)\\s]+)`, 'g'))].map(([, path]) => path);

    expect(pictures).not.toHaveLength(0);
    expect(pictures.filter((path) => !existsSync(path))).toEqual([]);
  });
});
