import { isOlder, parseRuntime } from '../../src/service/runtimes';

test.each([
  ['nodejs24.x', 'Node.js', '24'],
  ['nodejs8.10', 'Node.js', '8.10'],
  ['nodejs4.3-edge', 'Node.js', '4.3'],
  ['nodejs', 'Node.js', '0'],
  ['python3.13', 'Python', '3.13'],
  ['python2.7', 'Python', '2.7'],
  ['java8.al2', 'Java', '8'],
  ['java17.al2023', 'Java', '17'],
  ['dotnet8', '.NET', '8'],
  ['dotnetcore3.1', '.NET Core', '3.1'],
  ['provided.al2023', 'Amazon Linux', '2023'],
  ['provided.al2', 'Amazon Linux', '2'],
  ['provided', 'The first Amazon Linux', '0'],
  ['ruby3.4', 'Ruby', '3.4'],
  ['go1.x', 'Go', '1'],
])('%p is %s %s', (identifier, name, version) => {
  expect(parseRuntime(identifier)).toMatchObject({ family: { name }, version });
});

test('knows nothing of other families', () => {
  expect(parseRuntime('deno2')).toBeUndefined();
});

test.each([
  ['3.9', '3.13', true],
  ['3.13', '3.13', false],
  ['3.14', '3.13', false],
  ['2.7', '3.13', true],
  ['2', '2023', true],
  ['8.10', '18', true],
  ['20', '18', false],
])('%s before %s: %p', (version, than, expected) => {
  expect(isOlder(version, than)).toBe(expected);
});
