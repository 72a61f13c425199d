import { NODEJS, versionOf } from '../../src/service/runtimes';

test.each([
  ['nodejs24.x', 24],
  ['nodejs8.10', 8.1],
  ['nodejs4.3', 4.3],
  ['nodejs', 0],
  ['nodejs4.3-edge', undefined],
  ['python3.13', undefined],
])('%p is Node.js %p', (runtime, version) => {
  expect(versionOf(runtime, NODEJS)).toBe(version);
});
