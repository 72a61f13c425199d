import { readdirSync, readFileSync } from 'node:fs';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as cloudwatch_actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
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
  'cdk.Stack': (stack, name) => new Stack(stack, name),
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
  'lambda.ICapacityProvider': (stack, name) => lambda.CapacityProvider.fromCapacityProviderName(stack, name, 'shared'),
  'lambda.ICapacityProviderRef': (stack, name) => lambda.CapacityProvider.fromCapacityProviderName(stack, name, 'shared'),
  'iam.Role': (stack, name) => new iam.Role(stack, name, { assumedBy: new iam.AccountRootPrincipal() }),
  'cloudwatch.Alarm': (stack, name) => (
    new cloudwatch.Metric({ namespace: 'Pipeline', metricName: 'Deploying' }).createAlarm(stack, name, { threshold: 1, evaluationPeriods: 1 })
  ),
  'cloudwatch.IAlarmAction': (stack, name) => new cloudwatch_actions.SnsAction(new sns.Topic(stack, name)),
  'ec2.InterfaceVpcEndpoint': (stack, name) => (
    new ec2.Vpc(stack, 'EndpointVpc').addInterfaceEndpoint(name, { service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS })
  ),
  'rds.DatabaseCluster': (stack, name) => new rds.DatabaseCluster(stack, name, {
    engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_9 }),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
    vpc: new ec2.Vpc(stack, 'DatabaseVpc'),
  }),
  'sns.Topic': (stack, name) => new sns.Topic(stack, name),
  'sqs.Queue': (stack, name) => new sqs.Queue(stack, name),
};

/** What stands for a template that a page names. */
const TEMPLATE = 'test/fixtures/plain-template.json';
/** AWS hasn't published what it would take: the page on instances says so. */
const STAYS = 'GpuUnproven';

/** Runs an example in a stack next to what it declares, and returns both stacks. */
function run({ module }: Example): Stack[] {
  // Only a stack with an environment can look something up.
  const app = /\.fromLookup\(/.test(module) ? new Stage(new App(), 'Stage', { env: { account: '111122223333', region: 'us-east-1' } }) : new App();
  const stack = new Stack(app, 'Given');
  const declared = [...module.matchAll(/^declare const (\w+): ([\w.]+);/gm)].map(([, name, type]) => {
    if (!GIVEN[type]) throw new Error(`Say in this test what stands for a ${type}`);
    return { name, value: GIVEN[type](stack, name) };
  });
  const { outputText } = ts.transpileModule(`${module.replace('orders.template.json', TEMPLATE)}\nexport { Fixture };`, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported: { Fixture?: new (scope: Construct, id: string) => Stack } = {};
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
  expect(stacks.flatMap(warningsOf).filter((warning) => warning.includes(NAMESPACE) && !warning.includes(STAYS))).toEqual([]);
  expect(stacks.flatMap((stack) => openToWorld(Template.fromStack(stack).toJSON() as TemplateJson))).toEqual([]);
});

test.each([
  ["new ManagedInstances(this, 'Fleet', { maxVCpuCount: 1 });", 'maxVCpuCount is 1, but must be'],
  ["declare const fn: lambda.Function;\nnew ManagedInstances(this, 'Fleet').addFunction(fn, { executionEnvironmentMemoryGiBPerVCpu: 3 });", 'but Lambda offers 2, 4 and 8 GiB per vCPU'],
])('an example that the library refuses fails', (code, message) => {
  const [example] = examplesOf('page.md', `\`\`\`ts\n${code}\n\`\`\`\n`);

  expect(() => run(example)).toThrow(message);
});
