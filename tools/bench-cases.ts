import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, IPolicyValidationPlugin, RemovalPolicy, Stack, Tags, Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { Budget, ManagedInstances } from 'cdk-lambda-managed-instances';

/** The size of an app. */
export interface Size {
  readonly fleets: number;
  /** The functions in each fleet. */
  readonly functions: number;
  /** The number of stacks over which the functions of a fleet are spread. If absent, all are in the fleet's stack. */
  readonly stacks?: number;
}

/** Creates one fleet, with or without a dashboard, and returns a function that attaches Lambda functions. */
export type FleetMaker = (stack: Stack, id: string, variant: Omit<Variant, 'make'>) => (fn: lambda.Function) => void;

/** The differences between the measured apps. */
export interface Variant {
  readonly make: FleetMaker;
  readonly dashboard?: boolean;
  /** Whether the fleet has alarms. By hand, there is one for each function. */
  readonly alarms?: boolean;
  /** Whether the fleet has a budget. By hand, there is none. */
  readonly budget?: boolean;
  /** Whether each function is attached with all options. */
  readonly options?: boolean;
  /** Whether the stack has tags, which are propagated to the instances. */
  readonly tags?: boolean;
  readonly plugin?: IPolicyValidationPlugin;
}

const FOLDER = mkdtempSync(join(tmpdir(), 'bench-'));
const HANDLER = join(FOLDER, 'handler');
mkdirSync(HANDLER);
writeFileSync(join(HANDLER, 'index.js'), 'exports.handler = async () => {};\n');
process.on('exit', () => rmSync(FOLDER, { recursive: true }));

/** Builds and synthesises an app with a stack for each fleet, and returns the templates. */
export function synthesise({ fleets, functions, stacks = 0 }: Size, { make, ...variant }: Variant): Template[] {
  const app = new App({ outdir: join(FOLDER, 'cdk.out') });
  if (variant.plugin) Validations.of(app).addPlugins(variant.plugin);
  for (let fleet = 0; fleet < fleets; fleet++) {
    const stack = new Stack(app, `Stack${fleet}`);
    if (variant.tags) Object.entries(TAGS).forEach(([key, value]) => Tags.of(stack).add(key, value));
    const attach = make(stack, 'Fleet', variant);
    const around = stacks === 0 ? [stack] : Array.from({ length: stacks }, (_, index) => new Stack(app, `Functions${fleet}x${index}`));
    for (let index = 0; index < functions; index++) attach(someFunction(around[index % around.length], `Function${index}`));
  }
  return app.synth().stacks.map(({ template }) => template);
}

/** Synthesises an app of unrelated resources without a capacity provider. Each stack has as many resources as CloudFormation allows. */
export function synthesiseForeign(resources: number, plugin: IPolicyValidationPlugin): void {
  const app = new App({ outdir: join(FOLDER, 'cdk.out') });
  Validations.of(app).addPlugins(plugin);
  for (let first = 0; first < resources; first += FOREIGN_IN_STACK) {
    const stack = new Stack(app, `Foreign${first}`);
    for (let index = 0; index < FOREIGN_IN_STACK; index += FOREIGN_IN_SCOPE) someForeign(new Construct(stack, `Service${index}`));
  }
  app.synth();
}

/** The most resources that CloudFormation allows in a stack. */
const FOREIGN_IN_STACK = 500;
const FOREIGN_IN_SCOPE = 5;

/** Creates a queue with a key, a worker with a role that may read from it, and an alarm. */
function someForeign(scope: Construct): void {
  const queue = new sqs.CfnQueue(scope, 'Queue', { visibilityTimeout: 60 });
  const role = new iam.CfnRole(scope, 'Role', {
    assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] },
  });
  new iam.CfnPolicy(scope, 'Policy', {
    policyName: 'Read',
    roles: [role.ref],
    policyDocument: { Statement: [{ Effect: 'Allow', Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], Resource: queue.attrArn }] },
  });
  new lambda.CfnFunction(scope, 'Function', {
    code: { zipFile: 'exports.handler = async () => {};' }, handler: 'index.handler', runtime: 'nodejs24.x', role: role.attrArn, memorySize: 512,
  });
  new cloudwatch.CfnAlarm(scope, 'Alarm', {
    namespace: 'AWS/SQS',
    metricName: 'ApproximateAgeOfOldestMessage',
    dimensions: [{ name: 'QueueName', value: queue.attrQueueName }],
    statistic: 'Maximum',
    period: 60,
    evaluationPeriods: 5,
    threshold: 600,
    comparisonOperator: 'GreaterThanThreshold',
  });
}

const TAGS = { stage: 'production', team: 'orders' };

const OPTIONS: lambda.CapacityProviderFunctionOptions = {
  executionEnvironmentMemoryGiBPerVCpu: 2,
  perExecutionEnvironmentMaxConcurrency: 16,
  latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 10 },
  publishToLatestPublished: true,
};

/** Creates a fleet with the library. */
export const LIBRARY: FleetMaker = (stack, id, { dashboard, alarms, budget, options }) => {
  const fleet = new ManagedInstances(stack, id, { budget: budget ? Budget.monthly({ warnAbove: 1_000_000 }) : undefined });
  if (dashboard) fleet.addDashboard('Dashboard');
  if (alarms) fleet.addAlarms('Alarms');
  return (fn) => fleet.addFunction(fn, options ? OPTIONS : undefined);
};

/**
 * Creates a fleet by hand from CDK's own constructs, with the same resources and the same properties. Its dashboard has two graphs for each function,
 * its requests and its environments, which users would write first.
 */
export const BY_HAND: FleetMaker = (stack, id, { dashboard: hasDashboard, alarms, options, tags }) => {
  const scope = new Construct(stack, id);
  const vpc = new ec2.Vpc(scope, 'Vpc', {
    maxAzs: 3,
    subnetConfiguration: [
      { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
      { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    ],
    gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 }, DynamoDB: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB } },
  });
  const provider = new lambda.CapacityProvider(scope, 'CapacityProvider', {
    subnets: vpc.privateSubnets,
    securityGroups: [new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'Instances of Lambda Managed Instances' })],
    operatorRole: new iam.Role(scope, 'OperatorRole', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AWSLambdaManagedEC2ResourceOperator')],
    }),
    logGroup: new logs.LogGroup(scope, 'LogGroup', { retention: logs.RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.RETAIN }),
    architectures: [lambda.Architecture.X86_64],
    propagateTags: tags ? lambda.PropagateTags.explicit(TAGS) : undefined,
  });
  provider.node.addDependency(vpc.selectSubnets({ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }).internetConnectivityEstablished);
  const dashboard = hasDashboard ? new cloudwatch.Dashboard(scope, 'Dashboard') : undefined;
  return (fn) => {
    provider.addFunction(fn, options ? OPTIONS : { executionEnvironmentMemoryGiBPerVCpu: 2 });
    dashboard?.addWidgets(...graphsOf(fn, provider));
    if (alarms) fn.metricErrors().createAlarm(fn, 'Errors', { threshold: 1, evaluationPeriods: 1 });
  };
};

function graphsOf(fn: lambda.Function, provider: lambda.CapacityProvider): cloudwatch.IWidget[] {
  const environments = (metricName: string) => new cloudwatch.Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: {
      CapacityProviderName: provider.capacityProviderName, FunctionName: fn.functionName, Resource: `${fn.functionName}:$LATEST.PUBLISHED`,
    },
  });
  return [
    new cloudwatch.GraphWidget({ title: fn.functionName, left: [fn.metricInvocations(), fn.metricErrors(), fn.metricThrottles()] }),
    new cloudwatch.GraphWidget({
      title: `${fn.functionName}: environments`,
      left: [
        environments('ExecutionEnvironmentConcurrency'),
        environments('ExecutionEnvironmentCPUUtilization'),
        environments('ExecutionEnvironmentMemoryUtilization'),
      ],
    }),
  ];
}

/** Creates a function as users write it, with a role and a log group of its own and code from a folder. */
function someFunction(stack: Stack, id: string): lambda.Function {
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    memorySize: 2048,
    loggingFormat: lambda.LoggingFormat.JSON,
    logGroup: new logs.LogGroup(stack, `${id}Logs`),
    code: lambda.Code.fromAsset(HANDLER),
  });
}

/** The part of a template that is compared. */
export interface Template {
  readonly Resources: Record<string, { readonly Type: string }>;
}

/**
 * Returns the resources of a template in an order and with names that don't depend on their origin, so that equivalent templates are equal.
 */
export function anonymous({ Resources }: Template): string[] {
  const names = new Map<string, string>();
  for (const [id, { Type }] of Object.entries(Resources)) names.set(id, `${Type}#${[...names.values()].filter((name) => name.startsWith(Type)).length}`);
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value.replace('/Network/', '/');
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'DependsOn' ? [rename(inner)].flat().sort() : rename(inner)]));
  };
  return Object.entries(Resources).map(([id, resource]) => `${names.get(id)} ${JSON.stringify(rename(resource))}`).sort();
}
