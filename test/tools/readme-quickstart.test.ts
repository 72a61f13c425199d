import { readFileSync } from 'node:fs';
import { pinned, quickstartSteps } from '../../tools/as-a-user/readme-quickstart';

const README = readFileSync('README.md', 'utf-8');

test.each(['ts', 'python'] as const)('finds what to install, to write and to run in %s', (language) => {
  const [install, code, synthesise] = quickstartSteps(README, language);

  expect(install).toEqual({ commands: expect.stringContaining('install aws-cdk-lib constructs cdk-lambda-managed-instances\n') });
  expect(code).toEqual({ file: expect.stringMatching(/^app\./), code: expect.stringContaining('ManagedInstances(stack') });
  expect(synthesise).toEqual({ commands: expect.stringMatching(/ synth --app /) });
});

test.each([
  ['the code is gone', README.replace('```python', '```py')],
  ['the last commands are gone', README.replace(/```sh\n.*app\.py'\n```/, '')],
  ['the file has another name', README.replace('`app.py`', '`main.py`')],
])('says that it can not follow a README where %s', (_case, readme) => {
  expect(() => quickstartSteps(readme, 'python')).toThrow('The README\'s quickstart in python is no longer commands, the code of `app.py`, commands');
});

describe('pins', () => {
  test('replace whole words, also in quotes', () => {
    expect(pinned('npm install lib lib-other\nrun \'lib x\'', { lib: '/tmp/lib.tgz' })).toBe('npm install /tmp/lib.tgz lib-other\nrun \'/tmp/lib.tgz x\'');
  });

  test('must all be there: a package of that name could be somebody else\'s', () => {
    expect(() => pinned('npm install lib', { lib: 'a', other: 'b' })).toThrow('The README\'s commands don\'t name other');
  });
});
