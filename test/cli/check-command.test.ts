import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { checkCommand } from '../../src/cli/check-command';
import { readTemplate } from '../../src/cli/read-file';

const SAM = 'test/fixtures/sam-with-mistakes.yaml';
const folder = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content, undefined, 2));
  return path;
}

function assembly(name: string, manifest: object): string {
  mkdirSync(join(folder, name));
  file(join(name, 'manifest.json'), manifest);
  return join(folder, name);
}

const codesOf = async (...args: string[]) => JSON.parse((await checkCommand([...args, '--format', 'json'])).text).findings
  .map(({ rule, level, resource, line }: any) => `${level} ${rule.split('::')[1]} ${resource}:${line}`);

const errors = (codes: string[]) => codes.filter((code) => code.startsWith('error'));

test('finds each mistake in a SAM template, with its line', async () => {
  const codes = errors(await codesOf(SAM));

  expect(codes).toEqual([
    'error VCpuCeilingRange Fleet:14',
    'error FunctionMemoryRange Orders:22',
    'error ConcurrencyPerVCpu Payments:27',
    'error LogFormatText Reports:34',
    'error RuntimeUnsupported Reports:34',
  ]);
});

test('says what is wrong and what to change in the words of a template, and ends with counts', async () => {
  const { text, exitCode } = await checkCommand([SAM]);

  expect(exitCode).toBe(1);
  expect(text).toMatch(/sam-with-mistakes\.yaml:22 {2}error {2}Orders {2}FunctionMemoryRange\n {2}MemorySize is 512.*2048/);
  expect(text).toMatch(/5 errors, \d+ warnings?; checked 3 functions and 1 capacity provider in 1 template/);
});

test('lists what it can\'t read', async () => {
  const { text } = await checkCommand([SAM]);
  const { notChecked } = JSON.parse((await checkCommand([SAM, '--format', 'json'])).text);

  expect(notChecked).toEqual([{ resource: 'Elsewhere', type: 'AWS::Serverless::Application', reason: expect.any(String), file: SAM, line: 41 }]);
  expect(text).toContain('sam-with-mistakes.yaml:41  not checked  Elsewhere  AWS::Serverless::Application');
});

test('follows nested templates in files, also where they name each other', async () => {
  const nests = (url: string) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } });
  const outer = file('outer.json', { Resources: { Inner: nests('./inner.json'), Self: nests('./outer.json') } });
  file('inner.json', { Resources: { Outer: nests('./outer.json'), Fleet: { Type: 'AWS::Lambda::CapacityProvider', Properties: { CapacityProviderScalingConfig: { MaxVCpuCount: 1 } } } } });

  expect(errors(await codesOf(outer))).toEqual([expect.stringMatching(/^error VCpuCeilingRange Fleet/)]);
});

test('follows SAM\'s applications in files, with the parameters that they are given', async () => {
  const outer = file('app.json', { Resources: { App: { Type: 'AWS::Serverless::Application', Properties: { Location: 'of-app.json', Parameters: { Ceiling: 1 } } } } });
  file('of-app.json', {
    Parameters: { Ceiling: { Type: 'Number', Default: 64 } },
    Resources: { Fleet: { Type: 'AWS::Lambda::CapacityProvider', Properties: { CapacityProviderScalingConfig: { MaxVCpuCount: { Ref: 'Ceiling' } } } } },
  });

  expect(errors(await codesOf(outer))).toEqual([expect.stringMatching(/^error VCpuCeilingRange Fleet/)]);
});

test.each([
  ['AWS::CloudFormation::Stack', { TemplateURL: 'https://bucket.s3.amazonaws.com/inner.yaml' }],
  ['AWS::CloudFormation::Stack', { TemplateURL: { Ref: 'Url' } }],
  ['AWS::Serverless::Application', { Location: { ApplicationId: 'arn:aws:serverlessrepo:us-east-1:111111111111:applications/x', SemanticVersion: '1.0.0' } }],
])('says that an %s isn\'t checked whose template is elsewhere: %j', async (Type, Properties) => {
  const { notChecked } = JSON.parse((await checkCommand([file('elsewhere.json', { Resources: { Inner: { Type, Properties } } }), '--format', 'json'])).text);

  expect(notChecked).toEqual([expect.objectContaining({ resource: 'Inner', type: Type, reason: 'its template isn\'t here' })]);
});
test('prints JSON in the shape of its schema', async () => {
  const validate = new Ajv().compile(JSON.parse(readFileSync('schema/check-1.json', 'utf-8')));

  expect([validate(JSON.parse((await checkCommand([SAM, '--format', 'json'])).text)), validate.errors]).toEqual([true, null]);
});

test('prints SARIF that its published schema takes', async () => {
  const validate = new Ajv({ schemaId: 'id', meta: false, logger: false })
    .addMetaSchema(jest.requireActual('ajv/lib/refs/json-schema-draft-04.json'))
    .compile(JSON.parse(readFileSync('test/fixtures/sarif-2.1.0-rtm.5.json', 'utf-8')));
  const sarif = JSON.parse((await checkCommand([SAM, '--format', 'sarif'])).text);

  expect([validate(sarif), validate.errors]).toEqual([true, null]);
  expect(validate({ ...sarif, runs: [{ tool: {} }] })).toBe(false);
});

test('prints SARIF with a line for each finding', async () => {
  const { runs: [{ tool, results }] } = JSON.parse((await checkCommand([SAM, '--format', 'sarif'])).text);

  const memory = results.find(({ ruleId }: any) => ruleId === 'FunctionMemoryRange');
  expect(memory).toMatchObject({
    level: 'error', locations: [{ physicalLocation: { artifactLocation: { uri: SAM }, region: { startLine: 22 } }, logicalLocations: [{ name: 'Orders' }] }],
  });
  expect(tool.driver.rules.map(({ id }: any) => id)).toContain('FunctionMemoryRange');
});

test('leaves out rules, what a template exempts, and what was there before', async () => {
  const exempt = file('exempt.json', {
    Resources: {
      Orders: {
        Type: 'AWS::Lambda::Function',
        Metadata: { 'cdk-lambda-managed-instances': { ignore: [{ rule: 'FunctionMemoryRange', reason: 'of last year' }] } },
        Properties: { MemorySize: 512, CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn:aws:lambda:eu-west-1:111111111111:capacity-provider:shared' } } },
      },
    },
  });
  const baseline = file('baseline.json', (await checkCommand([SAM, '--format', 'json'])).text);

  expect(errors(await codesOf(SAM, '--ignore', 'FunctionMemoryRange', '--ignore', 'cdk-lambda-managed-instances::VCpuCeilingRange'))).toHaveLength(3);
  expect(errors(await codesOf(exempt))).toEqual([]);
  expect(await checkCommand([SAM, '--baseline', baseline])).toMatchObject({ exitCode: 0 });
});

test('ends with 0 and a line where there is nothing to check', async () => {
  const nothing = file('nothing.yaml', 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n');

  expect(await checkCommand([nothing])).toEqual({ text: 'nothing to check: no capacity provider, and no function on one, in 1 template', exitCode: 0 });
});

test('takes values of parameters and other limits', async () => {
  const template = file('parameter.yaml', `
Parameters:
  Memory: { Type: Number }
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      MemorySize: !Ref Memory
      CapacityProviderConfig:
        LambdaManagedInstancesCapacityProviderConfig:
          CapacityProviderArn: arn:aws:lambda:eu-west-1:111111111111:capacity-provider:shared
          ExecutionEnvironmentMemoryGiBPerVCpu: 2
`);

  expect(errors(await codesOf(template))).toEqual([]);
  expect(errors(await codesOf(template, '--parameter', 'Memory=512'))).toEqual(['error FunctionMemoryRange Orders:5']);
  expect(errors(await codesOf(template, '--parameter', 'Memory=512', '--limit', 'functionMemoryMin=512'))).not.toContain('error FunctionMemoryRange Orders:5');
  expect(errors(await codesOf(template, '--parameters', file('cfn.json', [{ ParameterKey: 'Memory', ParameterValue: '512' }])))).toHaveLength(1);
  expect(errors(await codesOf(template, '--parameters', file('cdk.json', { Parameters: { Memory: 512 } })))).toHaveLength(1);
});

test.each<[string, (text: string) => string]>([
  ['carriage returns', (text) => text.replace(/\n/g, '\r\n')],
  ['a byte order mark', (text) => `\uFEFF${text}`],
  ['marks of a document', (text) => `---\n${text}...\n`],
  ['anchors and merged maps', (text) => text.replace('Properties:', 'Properties: &same').replace('{ Same: 1 }', '\n      <<: *same\n')],
  ['a function that nobody knows', (text) => text.replace('Ignored', '!NewFunction [Ignored]')],
])('reads a template with %s', async (_, change) => {
  const template = file('shape.yaml', change(`Other: Ignored
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      MemorySize: 512
      CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: arn:aws:lambda:eu-west-1:111111111111:capacity-provider:shared } }
  Payments:
    Type: AWS::Lambda::Function
    Properties: { Same: 1 }
`));

  expect(errors(await codesOf(template))).toContainEqual(expect.stringContaining('error FunctionMemoryRange Orders'));
});

test('reads YAML as CloudFormation does: its functions with lists and maps, unknown ones as unknown, and words for truth', () => {
  const read = (text: string) => readTemplate('t.yaml', `Resources:\n  A: ${text}\n`).body.Resources.A;

  expect(read("!Sub ['${A}', { A: !GetAtt [B, Arn] }]")).toEqual({ 'Fn::Sub': ['${A}', { A: { 'Fn::GetAtt': ['B', 'Arn'] } }] });
  expect(read('{ B: !If [C, yes, no], D: !New x, E: !Other { f: on } }')).toEqual({
    B: { 'Fn::If': ['C', true, false] }, D: { 'Fn::New': 'x' }, E: { 'Fn::Other': { f: true } },
  });
  expect(read("['yes', y, 'off']")).toEqual(['yes', 'y', 'off']);
});

test('takes a path once, and parameters as `aws cloudformation deploy` does', async () => {
  const template = file('memory.yaml', `
Parameters: { Memory: { Type: Number } }
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      MemorySize: !Ref Memory
      CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: arn:aws:lambda:eu-west-1:111111111111:capacity-provider:shared } }
`);

  expect(errors(await codesOf(template, template, '--parameters', file('pairs.json', ['Memory=512'])))).toEqual([expect.stringContaining('FunctionMemoryRange')]);
});

test.each([['500 resources', 0], ['5 MB', 25_000]])('judges a template of %s', async (_, others) => {
  const capacityProvider = { Type: 'AWS::Lambda::CapacityProvider', Properties: { VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } } };
  const fn = {
    Type: 'AWS::Lambda::Function',
    Properties: { MemorySize: 512, CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: { 'Fn::GetAtt': ['Fleet', 'Arn'] } } } },
  };
  const parameter = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x'.repeat(100) } };
  const template = file('large.json', {
    Resources: {
      Fleet: capacityProvider,
      ...Object.fromEntries(Array.from({ length: 499 }, (_value, i) => [`F${i}`, fn])),
      ...Object.fromEntries(Array.from({ length: others }, (_value, i) => [`P${i}`, parameter])),
    },
  });

  const codes = errors(await codesOf(template)).filter((code) => code.includes('FunctionMemoryRange'));

  expect(codes).toHaveLength(499);
});

test('fails on warnings where it is told to', async () => {
  const warned = file('warned.yaml', `
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      MemorySize: 2048
      Runtime: nodejs18.x
      CapacityProviderConfig:
        LambdaManagedInstancesCapacityProviderConfig:
          CapacityProviderArn: arn:aws:lambda:eu-west-1:111111111111:capacity-provider:shared
          ExecutionEnvironmentMemoryGiBPerVCpu: 2
`);

  expect((await checkCommand([warned])).exitCode).toBe(0);
  expect((await checkCommand([warned, '--fail-on', 'warning'])).exitCode).toBe(1);
});

test.each<[string, () => string[], string]>([
  ['no path', () => [], 'A path is missing'],
  ['a file that isn\'t there', () => ['no/such.yaml'], 'no/such.yaml can\'t be read: there is no such file.'],
  ['broken YAML', () => [file('broken.yaml', 'Resources:\n  A: [1,\n')], 'is not valid YAML'],
  ['broken JSON', () => [file('broken.json', '{ "Resources": ')], 'is not valid JSON'],
  ['something else', () => [file('other.yaml', 'name: x\n')], 'is not a CloudFormation or SAM template: it has no map of Resources.'],
  ['a list of resources', () => [file('list.yaml', 'Resources: []\n')], 'it has no map of Resources.'],
  ['a list', () => [file('list.json', [1])], 'it has no map of Resources.'],
  ['nothing in a file', () => [file('empty.yaml', '')], 'it has no map of Resources.'],
  ['no text', () => [file('binary.yaml', Buffer.from([0xff, 0xfe, 0x52, 0x00]))], 'binary.yaml can\'t be read: it isn\'t text in UTF-8.'],
  ['several documents', () => [file('documents.yaml', 'Resources: {}\n---\nResources: {}\n')], 'it has several documents, but a template is one.'],
  ['a key twice', () => [file('twice.yaml', 'Resources:\n  A: {}\n  A: {}\n')], 'the key A appears twice in a map, at line 3, column 3.'],
  ['tabs', () => [file('tabs.yaml', 'Resources:\n\tA: {}\n')], 'Tabs are not allowed as indentation at line 2, column 1.'],
  ['an empty path', () => [''], 'A path is missing'],
  ['an assembly without artifacts', () => [assembly('plain', { version: '1' })], 'its manifest.json has no artifacts.'],
  ['an assembly without its template', () => [assembly('gone', { artifacts: { Nothing: null, Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'no.json' } } } })], 'no.json can\'t be read: there is no such file.'],
  ['an unknown code', () => [SAM, '--ignore', 'functionmemoryrange'], '--ignore functionmemoryrange: check has no rule with this code.'],
  ['a baseline that isn\'t there', () => [SAM, '--baseline', 'no.json'], '--baseline no.json can\'t be read: there is no such file.'],
  ['a baseline that is something else', () => [SAM, '--baseline', file('other.json', [1])], 'it has no findings.'],
  ['parameters in no known form', () => [SAM, '--parameters', file('forms.json', [1, null])], 'write { "Key": "Value" }'],
  ['parameters by stack', () => [SAM, '--parameters', file('stacks.json', { Shop: { Memory: 1 } })], 'write { "Key": "Value" }'],
  ['a parameter that no template has', () => [SAM, '--parameter', 'Memory=1'], '--parameter Memory: no template has this parameter; there is Subnets.'],
  ['no Region', () => [SAM, '--region', 'Ireland'], '--region Ireland: write it as in eu-west-1.'],
  ['no account', () => [SAM, '--account', 'shop'], '--account shop: an account has 12 digits.'],
  ['an option without its value', () => [SAM, '--format', '--help'], 'Option \'--format\' argument is ambiguous. See --help.'],
  ['a folder that is no assembly', () => [folder], 'is not a cloud assembly: it has no manifest.json'],
  ['an unknown option', () => [SAM, '--colour'], 'Unknown option \'--colour\''],
  ['an unknown format', () => [SAM, '--format', 'xml'], '--format xml: choose text, json or sarif.'],
  ['an unknown limit', () => [SAM, '--limit', 'memory=1'], 'there is no limit "memory"'],
  ['a limit that is no number', () => [SAM, '--limit', 'functionMemoryMin=big'], 'the value must be a number'],
  ['a parameter without a value', () => [SAM, '--parameter', 'Memory'], 'write it as name=value'],
])('says in one sentence that it was given %s', async (_, args, message) => {
  const error: Error = await checkCommand(args()).then(() => { throw new Error('nothing was thrown'); }, (thrown) => thrown);

  expect(error.name).toBe('UsageError');
  expect(error.message).toContain(message);
  expect(error.message).not.toContain('\n');
});

test('needs nothing of CDK, so that it runs where there is none', () => {
  const { metafile } = buildSync({
    entryPoints: ['src/cli/check-command.ts'], bundle: true, platform: 'node', external: ['aws-cdk-lib', 'constructs'], metafile: true, write: false, logLevel: 'silent',
  });

  const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(imported.filter((path) => /^(aws-cdk-lib|constructs)/.test(path))).toEqual([]);
});

test('reads the assembly of an app: stages, nested stacks and what was acknowledged', async () => {
  const outdir = join(folder, 'cdk.out');
  const app = new App({ outdir });
  const stack = new Stack(new Stage(app, 'Prod'), 'Shop');
  const nested = new NestedStack(stack, 'Nested');
  const managed = (scope: Stack, id: string) => new lambda.CfnFunction(scope, id, {
    code: { zipFile: '' },
    role: 'arn:aws:iam::111111111111:role/x',
    memorySize: 512,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    capacityProviderConfig: {
      lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: 'arn:aws:lambda:eu-west-1:111111111111:capacity-provider:shared' },
    },
  });
  managed(stack, 'Orders');
  managed(nested, 'Payments');
  Validations.of(managed(stack, 'Known')).acknowledge({ id: 'cdk-lambda-managed-instances::FunctionMemoryRange', reason: 'known' });
  app.synth();

  const found = (await codesOf(outdir)).filter((code: string) => code.includes('FunctionMemoryRange'));
  expect(found).toEqual([expect.stringMatching(/FunctionMemoryRange Orders:\d+$/), expect.stringMatching(/FunctionMemoryRange Payments:\d+$/)]);
});

test('names a resource of an app by its construct, as synthesis does, and by its logical id for programs', async () => {
  const outdir = join(folder, 'named.out');
  const stack = new Stack(new App({ outdir, context: { 'aws:cdk:enable-path-metadata': true } }), 'Shop');
  const fn = new lambda.Function(stack, 'Orders', {
    runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('x'), memorySize: 1024,
  });
  (fn.node.defaultChild as lambda.CfnFunction).capacityProviderConfig = {
    lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: 'arn:aws:lambda:eu-west-1:111111111111:capacity-provider:shared' },
  };
  (stack.node.root as App).synth();
  const [text, json, sarif] = await Promise.all(['text', 'json', 'sarif'].map(async (format) => (await checkCommand([outdir, '--format', format])).text));

  expect(text).toMatch(/  error  Shop\/Orders  FunctionMemoryRange$/m);
  expect(JSON.parse(json).findings).toContainEqual(expect.objectContaining({
    rule: 'cdk-lambda-managed-instances::FunctionMemoryRange', resource: stack.getLogicalId(fn.node.defaultChild as lambda.CfnFunction), construct: 'Shop/Orders',
  }));
  expect(JSON.parse(sarif).runs[0].results[0].message.text).toMatch(/^Shop\/Orders: MemorySize is 1024 MB/);
});
