/** Findings that depend on conditions, parameters and defaults. */
import { resourcesOf } from '../../src/reading/templates/templates';
import { certainFindings } from '../../src/rules/certain-findings';
import { Finding, messageOf } from '../../src/rules/findings';
import { Level } from '../../src/rules/rule';
import { judgeTemplates } from '../judge-templates';

const PROVIDER = 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:orders';

interface Written {
  readonly properties?: object;
  readonly ratio?: unknown;
  readonly parameters?: object;
  readonly conditions?: object;
  readonly condition?: string;
}

/** What is said of the size of a function in a template. */
function findings({ properties = {}, ratio = 2, parameters = {}, conditions = {}, condition }: Written): string[] {
  const body = {
    Parameters: { Size: { Type: 'Number' }, Stage: { Type: 'String' }, ...parameters },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] }, ...conditions },
    Resources: {
      Orders: {
        Type: 'AWS::Lambda::Function',
        Condition: condition,
        Properties: {
          MemorySize: 2048,
          Runtime: 'nodejs24.x',
          CapacityProviderConfig: {
            LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: PROVIDER, ExecutionEnvironmentMemoryGiBPerVCpu: ratio ?? undefined },
          },
          ...properties,
        },
      },
    },
  };
  return judgeTemplates([{ file: 'template.json', stackName: 'orders', body }]).flatMap((judgement) => judgement.findings)
    .map((finding) => `${finding.level} ${finding.code}: ${messageOf(finding).split('. ')[0]}`);
}

const either = (one: unknown, other: unknown) => ({ 'Fn::If': ['IsProd', one, other] });

test.each<[string, Written, string[]]>([
  ['in every world', { properties: { MemorySize: either(512, 1024) } }, ['error FunctionMemoryRange: MemorySize is 512 MB or 1024 MB, but managed instances need 2048 to 32768 MB']],
  ['with one value in every world', { properties: { MemorySize: either(512, 512) } }, ['error FunctionMemoryRange: MemorySize is 512 MB, but managed instances need 2048 to 32768 MB']],
  ['in one world only', { properties: { MemorySize: either(512, 2048) } }, []],
  ['in every world that has the function', { properties: { MemorySize: either(512, 2048) }, condition: 'IsProd' }, ['error FunctionMemoryRange: MemorySize is 512 MB, but managed instances need 2048 to 32768 MB']],
  ['in no world that has the function', { properties: { MemorySize: either(512, 2048) }, condition: 'IsTest' }, []],
  ['of a function that is never there', { properties: { MemorySize: 512 }, conditions: { Never: { 'Fn::Equals': ['a', 'b'] } }, condition: 'Never' }, []],
  ['about two properties in two worlds', { properties: { FunctionScalingConfig: either({ MinExecutionEnvironments: -1 }, { MaxExecutionEnvironments: -1 }) } }, []],
  ['at two levels, of which the milder counts', { properties: { FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 9 }, AcceleratorConfig: either({ AcceleratorMemorySize: 24 }, { Ref: 'AWS::NoValue' }) } },
    ['info ScaleToZero: FunctionScalingConfig.MinExecutionEnvironments is 0, but starting an environment takes minutes, and requests may fail meanwhile']],
  ['at two levels, the other way round', { properties: { FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 9 }, AcceleratorConfig: either({ Ref: 'AWS::NoValue' }, { AcceleratorMemorySize: 24 }) } },
    ['info ScaleToZero: FunctionScalingConfig.MinExecutionEnvironments is 0, but starting an environment takes minutes, and requests may fail meanwhile']],
])('hold %s', (_what, written, expected) => {
  expect(findings(written).filter((text) => !/Gpu/.test(text))).toEqual(expected);
});

test.each<[string, Written, string[]]>([
  ['of a parameter', { properties: { MemorySize: { Ref: 'Size' } }, parameters: { Size: { Type: 'Number', Default: 512 } } },
    ['warning FunctionMemoryRange: MemorySize is 512 MB (assuming the default of the parameter Size), but managed instances need 2048 to 32768 MB']],
  ['of a parameter, where another value is certain to be wrong', { properties: { MemorySize: 512, FunctionScalingConfig: { MinExecutionEnvironments: { Ref: 'Size' } } }, parameters: { Size: { Type: 'Number', Default: -1 } } },
    ['error FunctionMemoryRange: MemorySize is 512 MB, but managed instances need 2048 to 32768 MB', 'warning EnvironmentRange: FunctionScalingConfig.MinExecutionEnvironments is -1 (assuming the default of the parameter Size), but should be a whole number from 0 to 15000']],
  ['of one of two parameters', { properties: { MemorySize: { Ref: 'Size' }, Timeout: { Ref: 'Time' } }, parameters: { Size: { Type: 'Number', Default: 512 }, Time: { Type: 'Number', Default: 30 } } },
    ['warning FunctionMemoryRange: MemorySize is 512 MB (assuming the default of the parameter Size), but managed instances need 2048 to 32768 MB']],
  ['of a parameter that is right', { properties: { MemorySize: { Ref: 'Size' } }, parameters: { Size: { Type: 'Number', Default: 2048 } } }, []],
  ['of either of two parameters, of which the first is named', {
    properties: { MemorySize: { 'Fn::If': ['Either', 512, 2048] } },
    parameters: { P: { Type: 'String', Default: 'small' }, Q: { Type: 'String', Default: 'small' } },
    conditions: { Either: { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'P' }, 'small'] }, { 'Fn::Equals': [{ Ref: 'Q' }, 'small'] }] } },
  }, ['warning FunctionMemoryRange: MemorySize is 512 MB (assuming the default of the parameter P), but managed instances need 2048 to 32768 MB']],
  ['of AWS', { ratio: null, properties: { MemorySize: 3072 } },
    ['warning FunctionMemoryMultiple: MemorySize is 3072 MB (assuming 2 GiB per vCPU, since no ratio is given), but should be a multiple of 2048 MB, so that it makes whole vCPUs at 2 GiB per vCPU']],
])('hold with the default %s', (_what, written, expected) => {
  expect(findings(written)).toEqual(expected);
});

test('a judge that asks no question is called once, and of a resource that is left out, not at all', () => {
  const judge = jest.fn(() => []);

  certainFindings({}, judge);
  certainFindings({ isLeftOut: true }, judge);

  expect(judge).toHaveBeenCalledTimes(1);
});

test('a sentence of one world doesn\'t describe others', () => {
  // GIVEN
  const finding = (found: string): Finding => ({ code: 'Some', level: Level.ERROR, source: '', property: 'a', allowed: 'must be 1', found, remedy: `replace ${found}`, statement: `It is ${found}` });
  const [{ properties: source }] = resourcesOf([{
    file: 'template.json',
    body: {
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
      Resources: { Some: { Type: 'Some::Type', Properties: { A: either('one', 'two'), B: either('one', 'one') } } },
    },
  }]);
  const judge = (property: string) => certainFindings({}, () => {
    const found = source.string(property);
    return typeof found === 'string' ? [finding(found)] : [];
  });

  // THEN: of equally severe ones, the first world's advice counts.
  expect(judge('a')).toEqual([{ ...finding('one'), found: 'one or two', statement: undefined }]);
  expect(judge('b')).toEqual([finding('one')]);
});
