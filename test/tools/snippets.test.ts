import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSnippets, typescriptIn } from '../../tools/languages/snippets';

const folder = mkdtempSync(join(tmpdir(), 'snippets-'));
const TASKS = JSON.parse(readFileSync('.projen/tasks.json', 'utf-8')).tasks;

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['a docstring of Python', '    declare const fleet: ManagedInstances;'],
  ['a comment of Java', " * const fleet = new ManagedInstances(this, 'Fleet');"],
  ['a page', "const stack = new cdk.Stack(app, 'Shop');"],
])('finds TypeScript in %s', (_where, line) => {
  expect(typescriptIn([`before\n${line}\nafter`])).toEqual([line.trim()]);
});

test.each([
  ['Python', '# fleet: ManagedInstances\n\nManagedInstances(self, "Fleet")'],
  ['C#', '/// ManagedInstances fleet;\nconst string Name = "a";'],
  ['words', "`new ManagedInstances(this, 'Fleet')` makes a constant network"],
])('takes nothing else for TypeScript: %s', (_what, text) => {
  expect(typescriptIn([text])).toEqual([]);
});

test('refuses a package whose examples are TypeScript, and one without examples', () => {
  const file = join(folder, 'package/__init__.py');
  mkdirSync(join(folder, 'package'));

  writeFileSync(file, 'ManagedInstances(self, "Fleet")');
  expect(() => checkSnippets('python', folder)).not.toThrow();

  writeFileSync(file, 'ManagedInstances(self, "Fleet")\ndeclare const fleet: ManagedInstances;');
  expect(() => checkSnippets('python', folder)).toThrow('TypeScript in the documentation for python:\ndeclare const fleet: ManagedInstances;');

  writeFileSync(file, '"""Words."""');
  expect(() => checkSnippets('python', folder)).toThrow('no example in the documentation for python says ManagedInstances(self, "');
});

test.each(['python', 'java', 'dotnet', 'go'])('what is released for %s is translated', (language) => {
  expect(JSON.stringify(TASKS[`package:${language}`].steps)).toContain(`--target ${language} --rosetta-unknown-snippets=translate`);
});
