import { readdirSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { judgeTemplates } from '../judge-templates';

const provider = { Type: 'AWS::Lambda::CapacityProvider', Properties: { VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } } };
const fn = (id: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { MemorySize: 512, CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: { 'Fn::GetAtt': [id, 'Arn'] } } } },
});

test.each([
  ['judges templates', ['src/checks/judge-app.ts']],
  ['plans', readdirSync('src/planning').filter((file) => file.endsWith('.ts')).map((file) => `src/planning/${file}`)],
  ['plans from templates', ['src/planning/templates/plan-providers.ts']],
  ['knows prices', ['src/prices/price-book.ts']],
])('%s without aws-cdk-lib: the command runs where that isn\'t installed', (_, entryPoints) => {
  const { metafile } = buildSync({ entryPoints, bundle: true, platform: 'node', packages: 'external', write: false, metafile: true, outdir: 'out' });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));

  expect(imported.filter((path) => /^(aws-cdk-lib|constructs)/.test(path))).toEqual([]);
});

const managed = (properties: object) => ({ ...fn('P'), Properties: { ...fn('P').Properties, ...properties } });

function nested(levels: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

test.each<[string, unknown]>([
  ['no template', null],
  ['no resources', { Resources: null, Outputs: null }],
  ['null resources and outputs', { Resources: { A: null }, Outputs: { A: null } }],
  ['properties that are none', { Resources: { F: { Type: 'AWS::Lambda::Function', Properties: null }, P: { Type: 'AWS::Lambda::CapacityProvider', Properties: 5 } } }],
  ['a name that is a block', { Resources: { F: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: {}, CapacityProviderConfig: {} } } } }],
  ['a reference that is a block', { Resources: { F: managed({ FunctionName: { 'Fn::GetAtt': { toString: null } }, MemorySize: { Ref: 'Odd' } }) }, Parameters: { Odd: { Type: {}, Default: { toString: null }, AllowedValues: [{ toString: null }] } } }],
  ['blocks that are compared', { Conditions: { C: { 'Fn::Equals': [{ toString: null }, { Ref: 'X' }] } }, Resources: { F: { ...managed({}), Condition: 'C' } } }],
  ['an export whose name is a block', { Outputs: { O: { Value: 1, Export: { Name: { toString: null } } } }, Resources: { F: managed({ FunctionName: { 'Fn::ImportValue': 'x' } }) } }],
  ['subnets in a list without end', { Resources: { P: { ...provider, Properties: { VpcConfig: { SubnetIds: nested(20_000, (inner) => [inner]) } } } } }],
  ['a definition without end', { Resources: { M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { Definition: nested(20_000, (inner) => ({ inner })) } } } }],
  ['JSON without end', { Resources: { F: managed({ FunctionName: { 'Fn::ToJsonString': nested(20_000, (inner) => [inner]) } }) } }],
  ['types that all objects have', { Resources: { constructor: { Type: 'constructor' }, F: { Type: 'toString' } } }],
])('survives %s', (_what, body) => {
  expect(() => judgeTemplates([{ file: 'a.json', body }])).not.toThrow();
});

test.each<[string, object]>([
  ['conditions in conditions', { Conditions: { C: { 'Fn::Equals': [{ Ref: 'X' }, 'a'] } }, Resources: { F: managed({ MemorySize: nested(60, (inner) => ({ 'Fn::If': ['C', inner, inner] })) }) } }],
  ['stars beside stars', { Resources: { P: { ...provider, Properties: { InstanceRequirements: { AllowedInstanceTypes: [`${'*'.repeat(29)}x`] } } }, F: fn('P') } }],
])('isn\'t kept busy by %s', (_what, body) => {
  const start = process.cpuUsage().user;
  judgeTemplates([{ file: 'a.json', body }]);

  expect(process.cpuUsage().user - start).toBeLessThan(20e6);
});

const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }] } } };
const policy = (id: string) => ({ Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: id }], PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }] } } });
const launching = (id: string) => ({ ...provider, Properties: { ...provider.Properties, PermissionsConfig: { CapacityProviderOperatorRoleArn: { 'Fn::GetAtt': [id, 'Arn'] } } } });
const at = (index: number, hour = 1) => ({ ScheduleExpression: `cron(${index % 60} ${Math.floor(index / 60) + hour} * * ? *)` });
const scaling = (index: number, max = 5) => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ...at(index),
    Target: {
      Arn: 'arn:aws:scheduler:::aws-sdk:lambda:putFunctionScalingConfig',
      Input: { 'Fn::Sub': JSON.stringify({ FunctionName: '${F}', Qualifier: '$LATEST.PUBLISHED', FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: max } }) },
    },
  },
});
const calling = (index: number) => ({ Type: 'AWS::Scheduler::Schedule', Properties: { ...at(index, 2), Target: { Arn: { 'Fn::GetAtt': ['F', 'Arn'] } } } });
const keepsNothing = (id: string) => ({ ...managed({ FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 } }), id });

/** What is in an app as often as it has anything, what all share, and a finding that each of them has, or none. */
test.each<[string, (index: number) => Record<string, object>, object, string | undefined]>([
  ['providers and functions', (index) => ({ [`P${index}`]: { ...provider }, [`F${index}`]: fn(`P${index}`) }), {}, 'FunctionMemoryRange'],
  ['providers with a role and a policy', (index) => ({ [`P${index}`]: launching(`R${index}`), [`R${index}`]: { ...role }, [`Q${index}`]: policy(`R${index}`) }), {}, 'OperatorRolePolicy'],
  ['schedules of one function', (index) => ({ [`S${index}`]: scaling(index) }), { P: provider, F: fn('P') }, undefined],
  ['schedules and calls of one function', (index) => ({ [`S${index}`]: scaling(index, 0), [`C${index}`]: calling(index) }), { P: provider, F: fn('P') }, undefined],
  ['functions that keep nothing, and policies', (index) => ({
    [`F${index}`]: keepsNothing(`F${index}`),
    [`Q${index}`]: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: [{ Action: 'lambda:PutFunctionScalingConfig', Resource: { 'Fn::GetAtt': [`F${index}`, 'Arn'] } }] } } },
  }), { P: provider }, 'FunctionMemoryRange'],
])('reads each about as often in an app of many as in one of few: %s', (_what, make, shared, code) => {
  const readsFor = (count: number) => {
    let reads = 0;
    const counted = (target: any): any => (typeof target !== 'object' || target === null ? target : new Proxy(
      Array.isArray(target) ? target.map(counted) : Object.fromEntries(Object.entries(target).map(([name, value]) => [name, counted(value)])),
      {
        get: (object, name) => { reads += 1; return Reflect.get(object, name); },
        getOwnPropertyDescriptor: (object, name) => { reads += 1; return Reflect.getOwnPropertyDescriptor(object, name); },
      },
    ));
    const Resources = Object.assign({}, shared, ...Array.from({ length: count }, (_, index) => make(index)).map((resources) => (
      Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, counted(resource)]))
    )));
    const findings = judgeTemplates([{ file: 'a.json', body: { Resources } }]).flatMap(({ findings: found }) => found);
    if (code) expect(findings.filter((finding) => finding.code === code)).toHaveLength(count);
    return reads / count;
  };

  expect(readsFor(200)).toBeLessThan(readsFor(20) * 1.1);
});
