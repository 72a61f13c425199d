import { readFileSync, readdirSync } from 'node:fs';
import { LegacyESLint } from 'eslint/use-at-your-own-risk';

/** The floors of ARCHITECTURE.md, from the ground up. */
const FLOORS = [
  ['service'],
  ['sizing', 'prices', 'catalog', 'rehearsal'],
  ['reading'],
  ['rules', 'registry'],
  ['judging'],
  ['planning', 'provider', 'network', 'instances'],
  ['monitoring', 'scheduling'],
  ['functions'],
  ['mixins', 'checks'],
  ['migration'],
  ['report'],
  ['cli'],
];
const RULE = 'import/no-restricted-paths';
const { plugins, parser, settings, rules: { [RULE]: setting } } = JSON.parse(readFileSync('.eslintrc.json', 'utf-8').replace(/^\/\/.*\n/, ''));
/** The project's linter with nothing but the rule that keeps the arrows: no need to know types. */
const eslint = new LegacyESLint({
  useEslintrc: false,
  overrideConfig: { plugins, parser, parserOptions: { sourceType: 'module' }, settings, rules: { [RULE]: setting } },
});

/** What the linter says of a file in a room that imports a file of another. */
async function arrowErrors(room: string, imported: string): Promise<string[]> {
  const [file] = readdirSync(`src/${room}`).filter((name) => name.endsWith('.ts'));
  const [{ messages }] = await eslint.lintText(`import '../${imported}';\n`, { filePath: `src/${room}/${file}` });
  return messages.map(({ message }) => message);
}

const built = (room: string) => readdirSync('src').includes(room) && readdirSync(`src/${room}`).length > 0;
const rooms = FLOORS.map((floor) => floor.filter(built));
const upward = rooms.flatMap((floor, level) => floor.flatMap((room) => rooms.slice(level + 1).flat().map((above) => [room, above])));

test.each(upward)('lint keeps %s from knowing %s', async (room, above) => {
  const [file] = readdirSync(`src/${above}`).filter((name) => name.endsWith('.ts'));

  expect(await arrowErrors(room, `${above}/${file.replace('.ts', '')}`)).toEqual([expect.stringContaining('arrows never point upward (ARCHITECTURE.md)')]);
});

test('lint keeps every room from knowing the L3', async () => {
  expect(await arrowErrors('functions', 'managed-instances')).toHaveLength(1);
});

test('lint keeps the L3 from knowing the command', async () => {
  const [{ messages }] = await eslint.lintText('import \'./cli/main\';\n', { filePath: 'src/managed-instances.ts' });

  expect(messages).toHaveLength(1);
});

test.each(['rules/rule', 'reading/worlds', 'reading/sam/sam-template'])('lint keeps %s from knowing constructs', async (file) => {
  const up = file.split('/').slice(1).map(() => '..').join('/');
  const [{ messages }] = await eslint.lintText(`import '${up}/reading/constructs/token';\n`, { filePath: `src/${file}.ts` });

  expect(messages).toHaveLength(1);
});

test('what judges templates names no CDK', () => {
  const withoutCdk = ['service', 'sizing', 'catalog', 'rules', 'reading', 'planning'].map((room) => `src/${room}`);
  const files = withoutCdk.flatMap((room) => readdirSync(room, { recursive: true, encoding: 'utf-8' }).map((name) => `${room}/${name}`))
    .filter((path) => path.endsWith('.ts') && !/^src.(reading|planning).constructs/.test(path));

  expect(files.filter((path) => /from '(aws-cdk-lib|constructs)/.test(readFileSync(path, 'utf-8')))).toEqual([]);
});

test('the addresses of pages stand in one table', () => {
  const elsewhere = readdirSync('src', { recursive: true, encoding: 'utf-8' }).filter((path) => path.endsWith('.ts') && path !== 'service/pages.ts')
    .flatMap((path) => readFileSync(`src/${path}`, 'utf-8').match(/['"`]https:\/\/(docs\.aws|aws|github)\.[^'"`]*/g) ?? []);

  expect(elsewhere).toEqual([]);
});

test('lint lets a room know the rooms below', async () => {
  expect(await arrowErrors('rules', 'service/limits')).toEqual([]);
});
