import { readFileSync } from 'node:fs';
import { pinned, quickstartSteps } from '../../tools/as-a-user/quickstart';

const README = readFileSync('README.md', 'utf-8');
const LANGUAGES = readFileSync('docs/languages.md', 'utf-8');

test.each([
  ['ts', README, ['npm install aws-cdk-lib constructs cdk-lambda-managed-instances', 'app.ts', ' synth ']],
  ['python', LANGUAGES, ['pip install aws-cdk-lib constructs cdk-lambda-managed-instances', 'app.py', ' synth ']],
  ['java', LANGUAGES, ['pom.xml', 'src/main/java/com/example/ShopApp.java', ' synth ']],
  ['go', LANGUAGES, ['go.mod', 'main.go', 'go mod tidy\n']],
] as const)('finds what to install, to write and to run in %s', (language, page, expected) => {
  const steps = quickstartSteps(page, language).map((step) => 'file' in step ? step.file : step.commands);

  expect(steps).toEqual(expected.map((text) => expect.stringContaining(text)));
});

test('ends with the synthesis: what comes after needs a clone or an account', () => {
  const commands = quickstartSteps(README, 'ts').flatMap((step) => 'commands' in step ? [step.commands] : []);

  expect(README).toContain('npm run example');
  expect(commands.join('')).not.toContain('npm run example');
});

test.each([
  ['a file has another name', LANGUAGES.replace('`app.py`', '`main.py`'), 'nothing'],
  ['the last commands are gone', LANGUAGES.replace(/```sh\n.*app\.py'\n```/, ''), 'nothing'],
  ['the section is gone', LANGUAGES.replace('## Python', '## Snakes'), 'nothing'],
])('says that it can not follow a page where %s', (_case, page, written) => {
  expect(() => quickstartSteps(page, 'python')).toThrow(
    `The quickstart in python no longer writes app.py and then synthesises, but writes ${written}`,
  );
});

describe('pins', () => {
  test('replace whole words, also in quotes', () => {
    expect(pinned('npm install lib lib-other\nrun \'lib x\'', { lib: '/tmp/lib.tgz' })).toBe('npm install /tmp/lib.tgz lib-other\nrun \'/tmp/lib.tgz x\'');
  });

  test('must all be there: a package of that name could be somebody else\'s', () => {
    expect(() => pinned('npm install lib', { lib: 'a', other: 'b' })).toThrow('The quickstart\'s commands don\'t name other');
  });
});
