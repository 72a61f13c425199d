import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';

const FILES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'examples'], { encoding: 'utf-8' })
  .trim().split('\n').filter((file) => existsSync(file));
/** Those that are an app of their own; `languages` has several, `dashboard` none. */
const RECIPES = FILES.flatMap((file) => /^examples\/([^/]+)\/app\.ts$/.exec(file)?.[1] ?? []);
const SHARED = readFileSync('examples/README.md', 'utf-8');

test.each(RECIPES)('%s has a README of about ten lines, which says where to read how it is run', (recipe) => {
  const text = readFileSync(`examples/${recipe}/README.md`, 'utf-8');

  expect(text.trim().split('\n').length).toBeLessThanOrEqual(15);
  expect(text).toContain('[How to install and run it](../README.md#install-and-run-one)');
});

test.each(RECIPES)('the page of recipes lists %s', (recipe) => {
  expect(SHARED).toContain(`| [${recipe}](${recipe}) |`);
});

/** The packages that a recipe imports, or the types of. */
function packagesOf(recipe: string): string[] {
  const code = FILES.filter((file) => file.startsWith(`examples/${recipe}/`) && file.endsWith('.ts')).map((file) => readFileSync(file, 'utf-8')).join('\n');
  const imports = [...code.matchAll(/^import (type )?.* from '([^.'][^']*)';$/gm)].map(([, type, name]) => ({ type, name: name.replace(/^node:/, '') }));
  return imports
    .filter(({ name }) => !builtinModules.includes(name))
    .map(({ type, name }) => (type ? `@types/${name}` : name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')));
}

test('what recipes import is installed by the commands that all share', () => {
  const installed = [...SHARED.matchAll(/^npm install (.*)$/gm)].flatMap(([, names]) => names.split(' ')).map((name) => name.replace(/(?<=.)@.*$/, ''));
  const imported = new Set(RECIPES.flatMap(packagesOf));

  expect(RECIPES.length).toBeGreaterThan(8);
  expect(imported).toContain('@types/aws-lambda');
  expect([...imported].filter((name) => !installed.includes(name))).toEqual([]);
});

test.each(FILES.filter((file) => file.endsWith('.sh')))('%s is a script that bash reads', (file) => {
  expect(execFileSync('bash', ['-n', file], { encoding: 'utf-8' })).toBe('');
});
