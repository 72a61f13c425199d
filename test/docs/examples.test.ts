import { readdirSync, readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch_actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ts from 'typescript';
import { ManagedInstances, ManagedInstancesNetwork } from '../../src';
import { NAMESPACE } from '../../src/rules/findings';
import { Example, examplesOf } from '../../tools/doc-examples';
import { openToWorld } from '../network/open-to-world';
import { TemplateJson } from '../network/template-walker';
import { synthErrorOf, testFunction, warningsOf } from '../util';

/** Those of the pages, and of what shows ways out to choose from. */
const EXAMPLES = [
  ...readdirSync('docs').filter((file) => file.endsWith('.md')).flatMap((file) => examplesOf(`docs/${file}`, readFileSync(`docs/${file}`, 'utf-8'))),
  ...examplesOf('README.md', readFileSync('README.md', 'utf-8')).filter(({ module }) => module.includes('Egress.')),
];

/** What stands for a declared constant of that type. */
const GIVEN: Record<string, (stack: Stack, name: string) => unknown> = {
  'ManagedInstances': (stack, name) => new ManagedInstances(stack, name, { maxVCpuCount: 256 }),
  'ManagedInstancesNetwork': (stack, name) => new ManagedInstancesNetwork(stack, name),
  'lambda.Function': (stack, name) => testFunction(stack, name, { memorySize: 4096 }),
  'lambda.DockerImageFunction': (stack, name) => new lambda.DockerImageFunction(stack, name, {
    code: lambda.DockerImageCode.fromEcr(new ecr.Repository(stack, 'Repository'), { tagOrDigest: 'v1' }),
  }),
  'lambda.CapacityProvider': (stack, name) => {
    const vpc = new ec2.Vpc(stack, 'Vpc');
    return new lambda.CapacityProvider(stack, name, { subnets: vpc.privateSubnets, securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })] });
  },
  'lambda.ICapacityProviderRef': (stack, name) => lambda.CapacityProvider.fromCapacityProviderName(stack, name, 'shared'),
  'iam.Role': (stack, name) => new iam.Role(stack, name, { assumedBy: new iam.AccountRootPrincipal() }),
  'cloudwatch.IAlarmAction': (stack, name) => new cloudwatch_actions.SnsAction(new sns.Topic(stack, name)),
  'ec2.InterfaceVpcEndpoint': (stack, name) => (
    new ec2.Vpc(stack, 'EndpointVpc').addInterfaceEndpoint(name, { service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS })
  ),
  'sqs.Queue': (stack, name) => new sqs.Queue(stack, name),
};

/** Runs an example in a stack next to what it declares, and returns both stacks. */
function run({ module }: Example): Stack[] {
  const app = new App();
  const stack = new Stack(app, 'Given');
  const declared = [...module.matchAll(/^declare const (\w+): ([\w.]+);/gm)].map(([, name, type]) => {
    if (!GIVEN[type]) throw new Error(`Say in this test what stands for a ${type}`);
    return { name, value: GIVEN[type](stack, name) };
  });
  const { outputText } = ts.transpileModule(`${module}\nexport { Fixture };`, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported: { Fixture?: new (scope: App, id: string) => Stack } = {};
  new Function('require', 'exports', ...declared.map(({ name }) => name), outputText)(require, exported, ...declared.map(({ value }) => value));
  return [stack, new exported.Fixture!(app, 'Example')];
}

beforeEach(() => {
  // Some print a plan.
  jest.spyOn(console, 'log').mockImplementation();
  // The folders of examples aren't there.
  jest.spyOn(lambda.Code, 'fromAsset').mockImplementation(() => lambda.Code.fromInline('exports.handler = async () => {};') as any);
});

test.each(EXAMPLES.map((example) => [`${example.page}:${example.line}`, example] as const))('%s synthesises, and the library warns of nothing', (_, example) => {
  const stacks = run(example);

  expect(stacks.map(synthErrorOf)).toEqual(['', '']);
  expect(stacks.flatMap(warningsOf).filter((warning) => warning.includes(NAMESPACE))).toEqual([]);
  expect(stacks.flatMap((stack) => openToWorld(Template.fromStack(stack).toJSON() as TemplateJson))).toEqual([]);
});

test.each([
  ["new ManagedInstances(this, 'Fleet', { maxVCpuCount: 1 });", 'maxVCpuCount must be'],
  ["declare const fn: lambda.Function;\nnew ManagedInstances(this, 'Fleet').addFunction(fn, { executionEnvironmentMemoryGiBPerVCpu: 3 });", 'must be 2, 4 or 8'],
])('an example that the library refuses fails', (code, message) => {
  const [example] = examplesOf('page.md', `\`\`\`ts\n${code}\n\`\`\`\n`);

  expect(() => run(example)).toThrow(message);
});
