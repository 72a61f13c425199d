import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GpuMemory, InstanceSelection } from '../../src';

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

describe('what a selection says of itself', () => {
  test.each([
    [InstanceSelection.automatic(), 'Lambda chooses among all types of the architecture of the attached functions'],
    [InstanceSelection.graviton(), 'Lambda chooses among all types of arm64'],
    [InstanceSelection.allow(C7G, M8G), 'these types: c7g.xlarge, m8g.*'],
    [InstanceSelection.exclude('m5.*', '*.metal'), 'all types but these: m5.*, *.metal'],
    [InstanceSelection.of(lambda.InstanceTypeFilter.allow([C7G])), 'these types: c7g.xlarge'],
  ])('%#', (selection, text) => {
    expect(selection.describe()).toBe(text);
  });

  test('names what is picked, and what kept the others out', () => {
    const memoryPerVCpuMin = Size.gibibytes(8);
    const selection = InstanceSelection.where({ architecture: ARM_64, vCpuCountMin: 8, vCpuCountMax: 16, memoryPerVCpuMin, generationMin: 8 });

    expect(selection.describe().split('\n')).toEqual([
      '8 of the 776 instance types that Lambda is taken to accept (EC2 as of 2026-08)',
      'r8g.{2xlarge,4xlarge} r8gb.{2xlarge,4xlarge} r8gd.{2xlarge,4xlarge} r8gn.{2xlarge,4xlarge}',
      'left out by architecture arm64 (546), vCpuCountMin 8 vCPUs (155), vCpuCountMax 16 vCPUs (438), memoryPerVCpuMin 8 GiB per vCPU (508), generationMin 8 (423)',
    ]);
  });

  test('stays short', () => {
    expect(InstanceSelection.where({ generationMin: 7 }).describe().split('\n')[1]).toMatch(/^c7a\.\{.*\} and 17 more families$/);
  });

  test('names the nearest where nothing is picked', () => {
    expect(InstanceSelection.where({ architecture: ARM_64, generationMin: 10, vCpuCountMin: 8, vCpuCountMax: 8 }).describe().split('\n')).toEqual([
      '0 of the 776 instance types that Lambda is taken to accept (EC2 as of 2026-08)',
      'nearly: c9g.2xlarge (generationMin 10: 9)',
      'nearly: c9gd.2xlarge (generationMin 10: 9)',
      'nearly: m9g.2xlarge (generationMin 10: 9)',
    ]);
    expect(InstanceSelection.gpu({ memory: GpuMemory.of(80) }).describe()).toContain('nearly: g7e.2xlarge (memory 80 GB: 96 GB)');
    expect(InstanceSelection.gpu({ memory: GpuMemory.GIB_48, acceleratorCountMin: 16 }).describe()).toContain('nearly: g6e.48xlarge (acceleratorCountMin 16 GPUs: 8 GPUs)');
  });

  test('says that it is rendered the other way round', () => {
    expect(InstanceSelection.where({ generationMin: 7, allowNewerTypes: true }).describe().split('\n').pop())
      .toBe('rendered as 67 exclusions, so that newer types may join');
  });
});

test('of what is required and what a fleet is, the requirement counts', () => {
  expect(InstanceSelection.where({ architecture: X86_64, generationMin: 8 })._in(ARM_64).architecture).toBe(X86_64);
  expect(InstanceSelection.where({ generationMin: 8 })._in(ARM_64).architecture).toBe(ARM_64);
  expect(InstanceSelection.where({ allowedInstanceTypes: ['m8g.*'] }).architecture).toBe(ARM_64);
  expect(InstanceSelection.where({ cpuManufacturers: [ec2.CpuManufacturer.AWS] }).architecture).toBe(ARM_64);
  expect(InstanceSelection.where({ generationMin: 8 }).architecture).toBe(X86_64);
});
