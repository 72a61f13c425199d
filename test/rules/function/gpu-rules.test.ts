import { CfnParameter, Stack } from 'aws-cdk-lib';
import { ConstructProperties } from '../../../src/reading/constructs/construct-properties';
import { TemplateProperties } from '../../../src/reading/templates/template-properties';
import { messageOf } from '../../../src/rules/findings';
import { gpuFacts } from '../../../src/rules/function/gpu-facts';
import { GPU_RULES } from '../../../src/rules/function/gpu-rules';
import { codeContext, templateContext } from '../../../src/rules/rule';
import { findingsOf } from '../util';

const parameters = new Stack();
const STRING = new CfnParameter(parameters, 'String').valueAsString;
const NUMBER = new CfnParameter(parameters, 'Number', { type: 'Number' }).valueAsNumber;

const GOOD = { acceleratorConfig: { acceleratorMemorySize: 24 }, capacityProviderConfig: {}, packageType: 'Image' };

function codes(properties: object, allowedInstanceTypes?: unknown): string[] {
  const facts = gpuFacts(new ConstructProperties(properties), new ConstructProperties({ instanceRequirements: { allowedInstanceTypes } }));
  return findingsOf(GPU_RULES, facts, codeContext()).map(({ code }) => code);
}

test.each<[unknown, string[]]>([
  [['m8g.large'], []],
  [undefined, []],
  [['g6.xlarge'], ['GpuNotRequested']],
  [['g6.xlarge', 'g5.xlarge'], ['GpuNotRequested']],
  [['g6.xlarge', 'm8i.large'], []],
  [['g6.xlarge', 'g9.xlarge'], []],
  [['g6.xlarge', STRING], []],
])('of a function without a GPU on a provider that allows %p', (types, expected) => {
  expect(codes({ packageType: 'Zip', architectures: ['arm64'] }, types)).toEqual(expected);
});

test.each<[string, object, string[]]>([
  ['all that it needs', {}, []],
  ['a package type that is unknown', { packageType: STRING }, []],
  ['an architecture that is unknown', { architectures: [STRING] }, []],
  ['no provider', { capacityProviderConfig: undefined }, ['GpuRequirements']],
  ['no image', { packageType: undefined }, ['GpuRequirements']],
  ['arm64', { architectures: ['arm64'] }, ['GpuRequirements']],
  ['3 GB', { acceleratorConfig: { acceleratorMemorySize: 3 } }, []],
  ['2 GB', { acceleratorConfig: { acceleratorMemorySize: 2 } }, ['GpuMemorySize']],
  ['0 GB', { acceleratorConfig: { acceleratorMemorySize: 0 } }, ['GpuMemorySize']],
  ['48 GB', { acceleratorConfig: { acceleratorMemorySize: 48 } }, []],
  ['49 GB', { acceleratorConfig: { acceleratorMemorySize: 49 } }, ['GpuMemorySize']],
  ['a size that is unknown', { acceleratorConfig: { acceleratorMemorySize: NUMBER } }, []],
])('of a function with a GPU and %s', (_what, changes, expected) => {
  expect(codes({ ...GOOD, ...changes })).toEqual([...expected, 'GpuUnproven']);
});

test.each<[string, unknown, string[]]>([
  ['types with 24 GB', ['g6.xlarge', 'g5.xlarge'], []],
  ['types with 48 GB', ['g6e.xlarge'], []],
  ['a type with 24 GB among others', ['m7i.xlarge', 'g6.xlarge'], []],
  ['types with 16 GB', ['g4dn.xlarge'], ['GpuTypesTooSmall']],
  ['types without', ['m7i.xlarge'], ['GpuTypesTooSmall']],
  ['a pattern of types with 24 GB', ['g6.*'], []],
  ['a pattern of types with 16 GB', ['g4dn.*'], ['GpuTypesTooSmall']],
  ['types of which one is unknown', ['g4dn.xlarge', 'g9.xlarge'], []],
  ['types of which one is a token', ['g4dn.xlarge', STRING], []],
  ['no types', undefined, []],
  ['an empty list', [], []],
])('of a function with 24 GB on a provider that allows %s', (_what, types, expected) => {
  expect(codes(GOOD, types)).toEqual([...expected, 'GpuUnproven']);
});

test('reads a template in its own words', () => {
  const facts = gpuFacts(new TemplateProperties({ AcceleratorConfig: { AcceleratorMemorySize: 5 }, Architectures: ['arm64'] }));

  expect(findingsOf(GPU_RULES, facts, templateContext()).map(messageOf)).toEqual([
    'AcceleratorConfig.AcceleratorMemorySize needs a capacity provider, a container image and architecture x86_64, but the function has no capacity '
      + 'provider, package type Zip and architecture arm64. Attach the function to one, set PackageType to Image and build it for x86_64, or '
      + 'leave AcceleratorConfig.AcceleratorMemorySize out.',
    'AcceleratorConfig.AcceleratorMemorySize is 5 GB, but Lambda offers GPUs of 3, 6, 12, 16, 24, 48 GB. Ask for 6.',
    expect.stringMatching(/^AcceleratorConfig\.AcceleratorMemorySize is 5 GB, but AWS hasn't published/),
  ]);
});
