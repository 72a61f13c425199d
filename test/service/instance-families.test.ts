import { architectureOfType } from '../../src/service/instance-families';

test.each([
  ['c7g.xlarge', 'arm64'],
  ['c7gn.xlarge', 'arm64'],
  ['m6gd.large', 'arm64'],
  ['r8g.*', 'arm64'],
  ['x2gd.large', 'arm64'],
  ['g5g.xlarge', 'arm64'],
  ['a1.large', 'arm64'],
  ['c7i.xlarge', 'x86_64'],
  ['c7i-flex.large', 'x86_64'],
  ['g5.xlarge', 'x86_64'],
  ['gr6.4xlarge', 'x86_64'],
  ['m5.large', 'x86_64'],
  ['*.large', undefined],
  ['c7*', undefined],
  ['', undefined],
])('%p is %p', (type, architecture) => {
  expect(architectureOfType(type)).toBe(architecture);
});
