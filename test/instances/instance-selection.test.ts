import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InstanceSelection } from '../../src';

const { ARM_64, X86_64 } = lambda.Architecture;
const C7G = new ec2.InstanceType('c7g.xlarge');
const M8G = new ec2.InstanceType('m8g.*');
const M7I = new ec2.InstanceType('m7i.xlarge');

test.each([
  ['automatic', InstanceSelection.automatic(), undefined],
  ['automatic with an architecture', InstanceSelection.automatic(ARM_64), ARM_64],
  ['graviton', InstanceSelection.graviton(), ARM_64],
  ['x86', InstanceSelection.x86(), X86_64],
])('%s names no types', (_name, selection, architecture) => {
  expect(selection.filter).toBeUndefined();
  expect(selection.architecture).toBe(architecture);
});

test.each([
  ['Graviton types', [C7G, M8G], ARM_64],
  ['x86 types', [M7I], X86_64],
  ['types of both', [C7G, M7I], undefined],
  ['types that do not tell', [C7G, new ec2.InstanceType('*.large')], undefined],
])('allowing %s implies their architecture', (_name, types, architecture) => {
  const selection = InstanceSelection.allow(...types);

  expect(selection.filter?.allowedInstanceTypes?.map(String)).toEqual(types.map(String));
  expect(selection.filter?.excludedInstanceTypes).toBeUndefined();
  expect(selection.architecture).toBe(architecture);
});

test('excluding types implies nothing', () => {
  const selection = InstanceSelection.exclude('c7g.*', 'm5.large');

  expect(selection.filter?.excludedInstanceTypes?.map(String)).toEqual(['c7g.*', 'm5.large']);
  expect(selection.filter?.allowedInstanceTypes).toBeUndefined();
  expect(selection.architecture).toBeUndefined();
});

test('takes a filter of CDK\'s own', () => {
  const filter = lambda.InstanceTypeFilter.allow([C7G]);

  expect(InstanceSelection.of(filter, ARM_64)).toMatchObject({ filter, architecture: ARM_64 });
});
