import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { InstanceCatalog } from '../../src';
import { chooseTypes } from '../../src/instances/choose';

const catalog = InstanceCatalog.V2026_08;

test.each<[number, string]>([
  [100, 'generationMin: 9 (leaves 34) or vCpuCountMax: 8 (leaves 78)'],
  [78, 'generationMin: 9 (leaves 34) or vCpuCountMax: 8 (leaves 78)'],
  [20, 'vCpuCountMax: 2 (leaves 18)'],
  [0, 'allowedInstanceTypes'],
])('suggests what brings a long list to %d types at most: %s', (most, suggestion) => {
  const { facts } = chooseTypes({ architecture: Architecture.ARM_64, catalog });

  expect(facts!.remedyIfLonger(most)).toBe(`require more, such as ${suggestion}, or set allowNewerTypes, which renders an exclude list`);
});

test('is of x86_64, AWS\'s default, where the other requirements leave no type', () => {
  expect(chooseTypes({ generationMin: 99, catalog }).architecture).toBe(Architecture.X86_64);
  expect(chooseTypes({ generationMin: 9, catalog }).architecture).toBe(Architecture.ARM_64);
});
