import { GO, JAVA, MAVEN, missingTools, Probe, PYTHON } from '../../tools/languages/toolchains';

const printing = (text: string | undefined): Probe => () => text;

test('says nothing of tools that are there, and asks each by its own command', () => {
  const asked: string[] = [];
  const probe: Probe = (command) => {
    asked.push(command);
    return { python3: '3.11.7 (main, Feb  6 2024)', javac: 'javac 17.0.15', mvn: '\x1b[1mApache Maven 3.8.7\x1b[m', go: 'go version go1.26.8 linux/amd64' }[command];
  };

  expect(missingTools([PYTHON, JAVA, MAVEN, GO], probe)).toEqual([]);
  expect(asked).toEqual(['python3', 'javac', 'mvn', 'go']);
});

test('names each tool that does not run', () => {
  expect(missingTools([JAVA, MAVEN], printing(undefined))).toEqual([
    'javac 17 or later: `javac -version` doesn\'t run',
    'mvn 3.6 or later: `mvn --version` doesn\'t run',
  ]);
});

test.each([
  ['go version go1.24.9 linux/amd64', ['go 1.25 or later: found 1.24']],
  ['go version go1.25.0 linux/amd64', []],
  ['go version go1.26.1 linux/amd64', []],
  ['go version go2.0 linux/amd64', []],
  ['go version devel', ['go 1.25 or later: can\'t read a version in "go version devel"']],
])('compares versions by their parts: %s', (printed, expected) => {
  expect(missingTools([GO], printing(printed))).toEqual(expected);
});
