import { readdirSync, readFileSync } from 'node:fs';
import { exampleErrors } from '../../tools/doc-examples';

const PAGES = readdirSync('docs', { recursive: true }).map((file) => `docs/${file}`).filter((file) => file.endsWith('.md'));

// The compiler reads the whole library.
jest.setTimeout(300_000);

test('each example in docs compiles', () => {
  expect(PAGES).toContain('docs/concepts.md');
  expect(exampleErrors(Object.fromEntries(PAGES.map((file) => [file, readFileSync(file, 'utf-8')])))).toEqual([]);
});

test('compiles blocks of TypeScript by whatever name, with attributes or without', () => {
  const fences = ['ts', 'typescript', 'TypeScript', 'ts title="app.ts"', 'ts nofixture', 'tsx'];
  const text = fences.map((fence) => ['# Page', `\`\`\`${fence}`, 'const a: string = 1;', '```', ''].join('\n')).join('');

  expect(exampleErrors({ 'page.md': text })).toEqual(fences.map((_, index) => `page.md:${4 * index + 3}: Type 'number' is not assignable to type 'string'.`));
});

test.each(['  ```ts', '> ```typescript', '````ts', '~~~ts'])('refuses blocks that it would not find: %s', (fence) => {
  expect(() => exampleErrors({ 'page.md': `# Page\n${fence}\nconst a: string = 1;\n` })).toThrow('page.md: a block of TypeScript begins with three backticks');
});

/** A page with one block of code, which begins in line 3. */
function page(...code: string[]): string {
  return ['# Page', '```ts', ...code, '```', ''].join('\n');
}

test('reports what does not compile, with the line in the page, and nothing else', () => {
  const errors = exampleErrors({
    'method.md': page('declare const fleet: ManagedInstances;', '', "fleet.addDashbord('Dashboard');"),
    'second-block.md': `${page('const a = 1;')}\n${page("new ManagedInstances(this, 'Fleet', {", "  maxVCpuCount: '64',", '});')}`,
    'declaration.md': page('const a = 1;', 'declare const fleet: Fleet;'),
    'syntax.md': page('const fleet = ;'),
    'good.md': page(
      "import * as kinesis from 'aws-cdk-lib/aws-kinesis';", 'declare const fleet: ManagedInstances;', "const stream = new kinesis.Stream(this, 'Stream');",
    ),
    'other-language.md': '```sh\nnpm ci\n```\n',
  });

  expect(errors).toEqual([
    expect.stringMatching(/^method\.md:5: Property 'addDashbord' does not exist on type 'ManagedInstances'/),
    "second-block.md:9: Type 'string' is not assignable to type 'number'.",
    "declaration.md:4: Cannot find name 'Fleet'.",
    'syntax.md:3: Expression expected.',
  ]);
});
