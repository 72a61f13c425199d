import { CfnParameter, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GpuMemory, InstanceRequirements, InstanceSelection, ManagedInstances, ManagedInstancesLimits } from '../../../src';
import { ConstructProperties } from '../../../src/reading/constructs/construct-properties';
import { TemplateProperties } from '../../../src/reading/templates/template-properties';
import { messageOf } from '../../../src/rules/findings';
import { INSTANCE_RULES } from '../../../src/rules/provider/instance-rules';
import { providerFacts } from '../../../src/rules/provider/provider-facts';
import { codeContext, templateContext } from '../../../src/rules/rule';
import { testStack, warningsOf } from '../../util';
import { findingsOf } from '../util';

const parameters = new Stack();
const STRING = new CfnParameter(parameters, 'Type').valueAsString;
const LIST = new CfnParameter(parameters, 'Types', { type: 'CommaDelimitedList' }).valueAsList;
const MANY = (count: number) => Array.from({ length: count }, (_, i) => `c8g.${i}xlarge`);

/** What the rules say of these properties of a capacity provider, as level, code and text. */
function findings(instanceRequirements: unknown, context = codeContext()): string[] {
  const facts = providerFacts(new ConstructProperties({ instanceRequirements }));
  return findingsOf(INSTANCE_RULES, facts, context).map((finding) => `${finding.level} ${finding.code}: ${messageOf(finding)}`);
}

function codes(instanceRequirements: unknown): string[] {
  return findings(instanceRequirements).map((finding) => finding.split(' ')[1].replace(':', ''));
}

/** With the architecture of the types, unless that is what a test is about. */
const allow = (...allowedInstanceTypes: string[]) => ({
  ...(allowedInstanceTypes.some((type) => /^[a-z]+\d+g/.test(type)) && { architectures: ['arm64'] }), allowedInstanceTypes,
});
const GOOD = ['m8g.large', 'm8g.xlarge', 'r8g.large'];

test.each([
  ['nothing', undefined],
  ['an architecture', { architectures: ['arm64'] }],
  ['a token for the architecture', { architectures: [STRING] }],
  ['three types', allow(...GOOD)],
  ['three sizes of one family, as for Reserved Instances', allow('c8g.xlarge', 'c8g.2xlarge', 'c8g.4xlarge')],
  ['an exclude list', { excludedInstanceTypes: ['m5.*', '*.metal', 't3.*'] }],
  ['an empty exclude list', { excludedInstanceTypes: [] }],
  ['400 types', { excludedInstanceTypes: MANY(400) }],
  ['a token for the list', { allowedInstanceTypes: LIST }],
  ['a token for a type', allow(STRING)],
  ['tokens for both lists', { allowedInstanceTypes: LIST, excludedInstanceTypes: LIST }],
])('says nothing of %s', (_what, requirements) => {
  expect(findings(requirements)).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['ArchitectureCount', { architectures: ['arm64', 'x86_64'] },
    'error ArchitectureCount: architectures has 2 entries, but a capacity provider has exactly 1. Create a capacity provider for each architecture, or leave architectures out for x86_64.'],
  ['ArchitectureCount', { architectures: [] }, 'error ArchitectureCount: architectures has no entry, but a capacity provider has exactly 1. Create a capacity provider for each architecture, or leave architectures out for x86_64.'],
  ['ArchitectureName', { ...allow(...GOOD), architectures: ['ARM64'] }, 'error ArchitectureName: architectures is ARM64, but Lambda knows x86_64 and arm64. Use arm64.'],
  ['InstanceListsExclusive', { ...allow(...GOOD), excludedInstanceTypes: ['m5.*'] },
    'error InstanceListsExclusive: allowedInstanceTypes is set, but so is excludedInstanceTypes, and Lambda accepts only one of them. Leave out allowedInstanceTypes or excludedInstanceTypes.'],
  ['InstancePattern', { excludedInstanceTypes: ['m5 large'] },
    'error InstancePattern: excludedInstanceTypes has "m5 large", but names and patterns have 1 to 30 letters, digits, ".", "-" and "*". Write it like c8g.xlarge, m5.* or *.metal.'],
  ['InstancePattern', { excludedInstanceTypes: [''] }, 'has ""'],
  ['InstancePattern', { excludedInstanceTypes: ['m'.repeat(31)] }, `has "${'m'.repeat(31)}"`],
  ['InstancePattern', { excludedInstanceTypes: MANY(401) },
    'error InstancePattern: excludedInstanceTypes has 401 entries, but Lambda allows 400. Use patterns, such as m5.* or *.metal.'],
  ['InstanceFamilyRefused', allow(...GOOD, 't4g.large', 't4g.medium', 't4g.micro', 't4g.small'),
    'error InstanceFamilyRefused: allowedInstanceTypes has t4g.large, t4g.medium, t4g.micro and 1 more, but Lambda refuses T and takes types of categories C, M and R. Use a small type of another category, such as m7a.large or m8g.large'],
  ['InstanceTypeUnproven', allow(...GOOD, 'x2gd.large', 'c99g.xlarge', 'c6g.metal'),
    'warning InstanceTypeUnproven: allowedInstanceTypes has x2gd.large, c99g.xlarge, c6g.metal, but Lambda is known to accept only types '
      + 'of categories C, M and R from generation 5, neither flex nor bare metal, that EC2 had in 2026-11. Check that Lambda\'s pricing '
      + 'page lists it for your Region, then acknowledge this.'],
  ['InstanceTypeUnproven', allow('m7i.large', 'm7i.xlarge', 'm7i-flex.large'), 'has m7i-flex.large, but'],
  ['InstanceTypeUnproven', allow('m7i.large', 'm7i.xlarge', 'm4.large'), 'has m4.large, but'],
  ['InstanceTypeUnproven', allow('m7i.large', 'm7i.xlarge', 'g6.xlarge'), 'has g6.xlarge, but'],
  ['InstanceTypeUnproven', allow('g6.xlarge', 'g5.xlarge', 'p5.48xlarge'), 'has g6.xlarge, g5.xlarge, p5.48xlarge, but'],
  ['InstanceTypeUnproven', allow('g5g.xlarge', 'g5g.2xlarge', 'g5g.4xlarge'), 'has g5g.xlarge, g5g.2xlarge, g5g.4xlarge, but'],
  ['InstanceSizeSmall', allow(...GOOD, 'm8g.medium', 'c8g.large'),
    'warning InstanceSizeSmall: allowedInstanceTypes has m8g.medium, c8g.large, but the smallest sizes that AWS names are xlarge in '
      + 'category C and large in the others. Use a larger size.'],
  ['InstanceArchitecture', { allowedInstanceTypes: GOOD },
    'error InstanceArchitecture: architectures isn\'t set, which means x86_64, but all allowed types are arm64. Set architectures to arm64.'],
  ['InstanceArchitecture', { ...allow(...GOOD), architectures: ['x86_64'] },
    'error InstanceArchitecture: allowedInstanceTypes has m8g.large, which is arm64, but the capacity provider is x86_64. Leave m8g.large out, or create a second capacity provider.'],
  ['AllowListWildcard', allow(...GOOD, 'm9g.*'),
    'warning AllowListWildcard: allowedInstanceTypes has m9g.*, but AWS documents patterns for excluded types only. Let '
      + 'InstanceSelection.where({ allowedInstanceTypes: [\'m9g.*\'] }) write the names out.'],
  ['AllowListNarrow', allow('m8g.xlarge', 'r8g.xlarge'),
    'warning AllowListNarrow: allowedInstanceTypes has only m8g.xlarge, r8g.xlarge, but with fewer than 3 types, a type that is out of '
      + 'stock can hold up the fleet. Allow more sizes or families, or exclude the types that you don\'t want.'],
  ['AllowListNarrow', allow('g6f.4xlarge'), 'has only g6f.4xlarge, but'],
  ['AllowListEmpty', allow(),
    'warning AllowListEmpty: allowedInstanceTypes is empty, but Lambda treats an empty list as no restriction. Name types, or leave allowedInstanceTypes out.'],
  ['TwoVCpuTypesOnly', allow('m8g.large', 'r8g.large', 'm7g.large'),
    'warning TwoVCpuTypesOnly: allowedInstanceTypes has only m8g.large, r8g.large, m7g.large, but Lambda keeps 1 of their 2 vCPUs for '
      + 'itself. Allow xlarge or larger.'],
])('%s: %#', (code, requirements, text) => {
  expect(codes(requirements)).toEqual([code]);
  expect(findings(requirements)[0]).toContain(text);
});

test('refuses more than 400 allowed types', () => {
  expect(findings(allow(...MANY(401)))[0])
    .toBe('error InstancePattern: allowedInstanceTypes has 401 entries, but Lambda allows 400. Name fewer, or exclude the others by excludedInstanceTypes.');
});

test('refuses a pattern of burstable types', () => {
  expect(codes(allow(...GOOD, 't4g.*'))).toEqual(['InstanceFamilyRefused', 'AllowListWildcard']);
});

test.each([
  ['all types with 3 GB', ['g6f.large', 'g6f.xlarge']],
  ['all types with 6 GB', ['g6f.2xlarge']],
  ['all types with 12 GB', ['g6f.4xlarge', 'gr6f.4xlarge']],
  ['types with several GPUs', ['g6.12xlarge', 'g6.24xlarge', 'g6.48xlarge']],
])('says nothing of %s, since there are no more', (_what, types) => {
  expect(findings(allow(...types))).toEqual([]);
});

test.each([
  ['one type in a pattern of many', allow('m8g.*'), ['AllowListWildcard']],
  ['a pattern that nobody knows', allow('m99g.*'), ['AllowListWildcard']],
  ['two types and a token', { allowedInstanceTypes: ['m8g.large', STRING] }, []],
  ['types with 2 vCPUs, and one that nobody knows', allow('m8g.large', 'r8g.large', 'm99g.large'), ['InstanceTypeUnproven']],
])('counts %s only as far as it is known', (_what, requirements, expected) => {
  expect(codes(requirements)).toEqual(expected);
});

test('counts the entries against a limit of the user\'s', () => {
  const context = (most: number) => codeContext(ManagedInstancesLimits.CURRENT.withOverrides({ instanceTypesMax: most })._values);

  expect(findings({ excludedInstanceTypes: MANY(5) }, context(5))).toEqual([]);
  expect(findings({ excludedInstanceTypes: MANY(6) }, context(5))).toEqual([expect.stringContaining('has 6 entries, but Lambda allows 5')]);
});

test('knows of a GPU target', () => {
  // GIVEN
  const facts = providerFacts(new TemplateProperties({
    CapacityProviderScalingConfig: { ScalingPolicies: [{ PredefinedMetricType: 'LambdaCapacityProviderAverageGPUUtilization', TargetValue: 50 }] },
  }));

  // THEN
  expect(findingsOf(INSTANCE_RULES, facts, templateContext()).map(({ code, level, property }) => [code, level, property])).toEqual([
    ['GpuScalingMetric', 'info', 'CapacityProviderScalingConfig.ScalingPolicies'],
  ]);
});

test('reads a template, too', () => {
  const facts = providerFacts(new TemplateProperties({
    InstanceRequirements: { AllowedInstanceTypes: ['t3.large', { Ref: 'Type' }, 'm7i.large'], Architectures: [{ Ref: 'Architecture' }] },
  }));

  expect(findingsOf(INSTANCE_RULES, facts, templateContext()).map(messageOf)).toEqual([expect.stringMatching('^InstanceRequirements.AllowedInstanceTypes has t3.large, but Lambda refuses T')]);
});

describe('what a fleet says of a selection', () => {
  const fleet = (requirements: InstanceRequirements) => () => (
    new ManagedInstances(testStack(), 'Fleet', { instances: InstanceSelection.where(requirements) })
  );

  test('names the nearest types and what they miss, where none is left', () => {
    expect(fleet({ architecture: lambda.Architecture.ARM_64, memoryMin: Size.tebibytes(1), vCpuCountMax: 96 })).toThrow(
      'instances leaves no instance type, but must leave at least 1, because Lambda treats an empty list as no restriction. Loosen what the nearest '
        + 'types miss: r8g.24xlarge (memoryMin 1024 GiB: 768 GiB), r8gb.24xlarge (memoryMin 1024 GiB: 768 GiB), r8gd.24xlarge (memoryMin 1024 '
        + 'GiB: 768 GiB). [cdk-lambda-managed-instances::AllowListEmpty]',
    );
  });

  test('refuses a list of exclusions that leaves none', () => {
    expect(fleet({ vCpuCountMin: 1000, allowNewerTypes: true }))
      .toThrow(/^instances leaves no instance type, but must leave at least 1, because [^[]*\[cdk-lambda-managed-instances::AllowListEmpty\]$/);
  });

  test('names a tighter requirement and the exclude mode, where more than 400 are left', () => {
    expect(fleet({ architecture: lambda.Architecture.X86_64 })).toThrow(
      'instances takes 546 entries, but Lambda allows 400. Require more, such as generationMin: 7 (leaves 278) or vCpuCountMax: 48 '
        + '(leaves 353), or set allowNewerTypes, which renders an exclude list. [cdk-lambda-managed-instances::InstancePattern]',
    );
    expect(fleet({ architecture: lambda.Architecture.X86_64, generationMin: 7 })).not.toThrow();
    expect(fleet({ architecture: lambda.Architecture.X86_64, vCpuCountMax: 48 })).not.toThrow();
    expect(fleet({ architecture: lambda.Architecture.X86_64, allowNewerTypes: true })).not.toThrow();
  });

  test('refuses a list of no types', () => {
    expect(() => new ManagedInstances(testStack(), 'Fleet', { instances: InstanceSelection.allow() })).toThrow(
      'instances leaves no instance type, but must leave at least 1, because Lambda treats an empty list as no restriction. Name types, or use InstanceSelection.automatic(). [cdk-lambda-managed-instances::AllowListEmpty]',
    );
  });

  test('refuses requirements that are known at deployment only, and all that contradict each other', () => {
    const number = new CfnParameter(parameters, 'Number', { type: 'Number' }).valueAsNumber;

    const late = 'is known at deployment only, but instance types are selected when the app is synthesised';
    const asked = { vCpuCountMin: number, memoryMax: Size.gibibytes(number), generationMin: 8, generationMax: 7, networkBandwidthGbpsMax: -1 };
    expect(fleet(asked)).toThrow([
      '4 problems:',
      `vCpuCountMin ${late}. Write vCpuCountMin as a number, or take it from the context. [cdk-lambda-managed-instances::InstanceRequirement]`,
      `memoryMax ${late}. Write memoryMax as a number, or take it from the context. [cdk-lambda-managed-instances::InstanceRequirement]`,
      'networkBandwidthGbpsMax is -1, but must be a number of at least 0. Raise networkBandwidthGbpsMax. [cdk-lambda-managed-instances::InstanceRequirement]',
      'generationMin is 8, but must not be above generationMax, which is 7. Lower generationMin, or raise generationMax. [cdk-lambda-managed-instances::InstanceRequirement]',
    ].join('\n  - '));
  });

  test('doesn\'t count what is selected by a requirement that can\'t be used', () => {
    expect(fleet({ vCpuCountMin: -1 })).toThrow(/^vCpuCountMin is -1, but must be a number of at least 0[^[]*\[cdk-lambda-managed-instances::InstanceRequirement\]$/);
  });

  test('refuses a GPU memory that is known at deployment only', () => {
    const memory = GpuMemory.of(new CfnParameter(parameters, 'Memory', { type: 'Number' }).valueAsNumber);

    expect(() => new ManagedInstances(testStack(), 'Fleet', { instances: InstanceSelection.gpu({ memory }) }))
      .toThrow(/^memory is known at deployment only, but instance types are selected when the app is synthesised.*InstanceRequirement\]$/);
  });

  test.each<[string, InstanceSelection]>([
    ['all arm64 types', InstanceSelection.where({ architecture: lambda.Architecture.ARM_64 })],
    ['all x86_64 types from generation 7', InstanceSelection.where({ architecture: lambda.Architecture.X86_64, generationMin: 7 })],
    ['an exclude list', InstanceSelection.where({ allowNewerTypes: true })],
    ...[3, 6, 12, 16, 24, 48].map((size): [string, InstanceSelection] => [`GPUs of ${size} GB`, InstanceSelection.gpu({ memory: GpuMemory.of(size) })]),
  ])('warns of nothing that the library selects by itself: %s', (_what, instances) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new ManagedInstances(stack, 'Fleet', { instances });

    // THEN
    expect(warningsOf(stack)).toEqual([]);
  });

  test('takes the architecture of the fleet, where the requirements name none', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new ManagedInstances(stack, 'Fleet', { architecture: lambda.Architecture.ARM_64, instances: InstanceSelection.where({ generationMin: 9 }) });

    // THEN
    expect(warningsOf(stack)).toEqual([]);
  });

  test('refuses an architecture besides that of the requirements', () => {
    expect(() => new ManagedInstances(testStack(), 'Fleet', {
      architecture: lambda.Architecture.X86_64,
      instances: InstanceSelection.where({ architecture: lambda.Architecture.ARM_64, generationMin: 9 }),
    })).toThrow('architecture is x86_64, but the selected instances are arm64. Leave architecture out, or select instances of that architecture.');
  });

  test('warns at synthesis of a selection that is too narrow', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new ManagedInstances(stack, 'Fleet', { instances: InstanceSelection.allow(new ec2.InstanceType('m8g.large')) });

    // THEN
    expect(warningsOf(stack)).toEqual([
      expect.stringContaining('cdk-lambda-managed-instances::AllowListNarrow'),
      expect.stringContaining('cdk-lambda-managed-instances::TwoVCpuTypesOnly'),
    ]);
  });
});

describe('on each side of a boundary', () => {
  test.each<[string, unknown, string[]]>([
    ['one type that is refused is few types, and small, but that is said once', allow('t4g.large'), ['InstanceFamilyRefused']],
    ['a small type that is refused', allow(...GOOD, 't4g.nano'), ['InstanceFamilyRefused']],
    ['an empty list beside exclusions', { allowedInstanceTypes: [], excludedInstanceTypes: ['m5.*'] }, ['AllowListEmpty']],
    ['a list beside empty exclusions', { ...allow(...GOOD), excludedInstanceTypes: [] }, []],
    ['a list beside exclusions that are a token', { ...allow(...GOOD), excludedInstanceTypes: LIST }, []],
    ['two types by a pattern', allow('c9g.1*'), ['AllowListWildcard', 'AllowListNarrow']],
    ['three types by a pattern', allow('*8g.medium'), ['AllowListWildcard', 'TwoVCpuTypesOnly']],
    ['three types by patterns and names', allow('c9g.1*', 'm8g.xlarge'), ['AllowListWildcard']],
    ['a pattern of types with a GPU', allow(...GOOD, 'g6.*'), ['InstanceTypeUnproven', 'InstanceArchitecture', 'AllowListWildcard']],
    ['a pattern of each family', allow(...GOOD, '*.large'), ['AllowListWildcard']],
    ['types with one vCPU', allow('c6gn.medium', 'm8g.medium', 'r8g.medium'), ['InstanceSizeSmall', 'TwoVCpuTypesOnly']],
    ['a type with more than two vCPUs', allow('m8g.large', 'r8g.large', 'm8g.xlarge'), []],
  ])('%s', (_what, requirements, expected) => {
    expect(codes(requirements).sort()).toEqual([...expected].sort());
  });

  const misfit = (type: string, is: string, wanted: string) => `error InstanceArchitecture: allowedInstanceTypes has ${type}, which is ${is}, but the capacity provider is ${wanted}`;

  test.each<[string, unknown, string | undefined]>([
    ['types of both, the first of which counts', { allowedInstanceTypes: ['m8g.large', 'm7i.large', 'c7i.xlarge'] }, misfit('m7i.large', 'x86_64', 'arm64')],
    ['types of both behind one that nobody knows', { allowedInstanceTypes: ['c99g.xlarge', 'm7i.large', 'm8g.large'] }, misfit('m8g.large', 'arm64', 'x86_64')],
    ['types of both on a provider whose architecture is a token', { architectures: [STRING], allowedInstanceTypes: ['m8g.large', 'm7i.large', 'c7i.xlarge'] }, misfit('m7i.large', 'x86_64', 'arm64')],
    ['x86_64 types without an architecture', { allowedInstanceTypes: ['m7i.large', 'm7i.xlarge', 'c7i.xlarge'] }, undefined],
    ['types that nobody knows', { allowedInstanceTypes: ['c99g.xlarge', 'm99g.large', 'r99g.large'] }, undefined],
    ['arm64 types, of which one is a token, without an architecture', { allowedInstanceTypes: ['m8g.large', STRING] }, undefined],
    ['types of an architecture that nobody knows', { architectures: ['risc'], allowedInstanceTypes: GOOD }, undefined],
  ])('the architecture of %s', (_what, requirements, expected) => {
    const found = findings(requirements).filter((text) => text.includes(' InstanceArchitecture'));

    expect(found.map((text) => text.split('. ')[0])).toEqual(expected === undefined ? [] : [expected]);
  });

  const following = (metric: string) => ({ capacityProviderScalingConfig: { scalingPolicies: [{ predefinedMetricType: metric, targetValue: 50 }] } });
  const GPU_METRIC = 'LambdaCapacityProviderAverageGPUUtilization';

  test.each<[string, object, string | undefined]>([
    ['types that are not known', following(GPU_METRIC), 'info'],
    ['types with a GPU', { ...following(GPU_METRIC), instanceRequirements: { allowedInstanceTypes: ['g6.xlarge'] } }, 'info'],
    ['types of which one has a GPU', { ...following(GPU_METRIC), instanceRequirements: { allowedInstanceTypes: ['m7i.large', 'g6.xlarge'] } }, 'info'],
    ['types without', { ...following(GPU_METRIC), instanceRequirements: { allowedInstanceTypes: ['m7i.large', 'c7i.large'] } }, 'warning (m7i.large, c7i.large)'],
    ['types of which one is unknown', { ...following(GPU_METRIC), instanceRequirements: { allowedInstanceTypes: ['m7i.large', 'c99i.large'] } }, 'info'],
    ['types of which one is a token', { ...following(GPU_METRIC), instanceRequirements: { allowedInstanceTypes: ['m7i.large', STRING] } }, 'info'],
    ['arm64', { ...following(GPU_METRIC), instanceRequirements: { architectures: ['arm64'] } }, 'warning (arm64)'],
    ['x86_64', { ...following(GPU_METRIC), instanceRequirements: { architectures: ['x86_64'] } }, 'info'],
    ['another metric', following('LambdaCapacityProviderAverageCPUUtilization'), undefined],
  ])('a GPU target on %s', (_what, properties, expected) => {
    const found = findingsOf(INSTANCE_RULES, providerFacts(new ConstructProperties(properties)), codeContext()).filter(({ code }) => code === 'GpuScalingMetric');

    expect(found.map(({ level, allowed }) => `${level} ${/\(.*\)/.exec(allowed)?.[0] ?? ''}`.trim())).toEqual(expected === undefined ? [] : [expected]);
  });
});
