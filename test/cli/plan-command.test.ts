import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InstanceSelection, ManagedInstances } from '../../src';
import { planCommand } from '../../src/cli/plan-command';

const folder = mkdtempSync(join(tmpdir(), 'plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  return path;
}

const template = (name: string, memory = 2048, more = '') => file(name, `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Memory: { Type: Number, Default: ${memory} }
Resources:
  Fleet:
    Type: AWS::Serverless::CapacityProvider
    Properties:
      VpcConfig: { SubnetIds: [subnet-1, subnet-2, subnet-3], SecurityGroupIds: [sg-0123456789abcdef0] }
      InstanceRequirements: { Architectures: [arm64], AllowedTypes: [m7g.xlarge, m7g.2xlarge] }
      ScalingConfig: { MaxVCpuCount: 64 }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: shop-orders
      Runtime: nodejs24.x
      Architectures: [arm64]
      MemorySize: !Ref Memory
      CapacityProviderConfig: { Arn: !GetAtt Fleet.Arn, ExecutionEnvironmentMemoryGiBPerVCpu: 2 }
${more}`);
const SMALL = template('small.yaml');
const LARGE = template('large.yaml', 8192);
const LOAD = { requestsPerMonth: 1e8, meanDurationMs: 120, meanCpuTimeMs: 12 };

const jsonOf = async (...args: string[]) => JSON.parse((await planCommand([...args, '--region', 'us-east-1', '--format', 'json'])).text);

test('plans what an app plans, from its assembly', async () => {
  const outdir = join(folder, 'cdk.out');
  const stack = new Stack(new App({ outdir, context: { 'aws:cdk:enable-path-metadata': true } }), 'Shop', { env: { region: 'us-east-1', account: '111111111111' } });
  const instances = InstanceSelection.allow(...['m7g.xlarge', 'c7g.2xlarge'].map((type) => new ec2.InstanceType(type)));
  const fleet = new ManagedInstances(stack, 'Fleet', { instances, maxVCpuCount: 64 });
  const fn = new lambda.Function(stack, 'Orders', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('x'),
    architecture: lambda.Architecture.ARM_64,
    memorySize: 4096,
  });
  fleet.addFunction(fn, {
    executionEnvironmentMemoryGiBPerVCpu: 2, latestPublishedScalingConfig: { minExecutionEnvironments: 4, maxExecutionEnvironments: 9 },
  });
  fn.currentVersion;
  const plan = fleet.plan();
  const [meanDuration, meanCpuTime] = [120, 12].map((ms) => Duration.millis(ms));
  const estimate = plan.estimate([{ function: fn, requestsPerMonth: 1e8, meanDuration, meanCpuTime }]).toJson();
  (stack.node.root as App).synth();

  const load = file('app-load.json', { functions: { 'Shop/Orders': LOAD } });
  const { plans: [found] } = JSON.parse((await planCommand([outdir, '--load', load, '--format', 'json'])).text);

  const { findings: _, ...figures } = plan.toJson();
  expect(found.plan).toMatchObject(figures);
  expect(found.estimate).toEqual(estimate);
});

test('prints the plan in the words of a template, with what it assumes', async () => {
  const { text, exitCode } = await planCommand([SMALL, '--region', 'us-east-1']);

  expect(exitCode).toBe(0);
  expect(text).toMatch(/^Capacity plan of Fleet\n=+\n/);
  expect(text).toMatch(/at rest +3 × m7g\.xlarge +12\n/);
  expect(text).toContain('MaxVCpuCount is 64');
  expect(text).toMatch(/Assumed\n- the default of the parameter Memory\n/);
  expect(text).toContain('Prices of 2026-02-07 to 2026-07-20, us-east-1.');
});

test('prints JSON in the shape of its schema', async () => {
  const schemas = ['plan-1', 'capacity-plan-1', 'cost-estimate-1'].map((name) => JSON.parse(readFileSync(`schema/${name}.json`, 'utf-8')));
  const validate = new Ajv({ schemas }).getSchema(schemas[0].$id)!;
  const load = file('load.json', { functions: { Orders: LOAD } });

  const output = await jsonOf(SMALL, '--load', load, '--budget', '1', '--against', LARGE);

  expect([validate(output), validate.errors]).toEqual([true, null]);
  expect(output.plans).toEqual([expect.objectContaining({ provider: 'Fleet', file: SMALL, line: 6 })]);
});

test.each(['Orders', 'shop-orders'])('takes the load of %s, by logical id or name', async (name) => {
  const load = file('named.json', { functions: { [name]: LOAD } });

  const { plans: [{ estimate }] } = await jsonOf(SMALL, '--load', load);

  expect(estimate.functions).toEqual([expect.objectContaining({ functionName: 'Orders', averageConcurrency: expect.closeTo(4.57, 1) })]);
  expect((await planCommand([SMALL, '--load', load])).text).toContain('Estimated cost of Fleet');
});

test('takes a load that validates against its schema', () => {
  const validate = new Ajv().compile(JSON.parse(readFileSync('schema/load-1.json', 'utf-8')));

  expect(validate({ functions: { Orders: { ...LOAD, peakToMean: 3, standardMemorySize: 512 } } })).toBe(true);
  expect(validate({ functions: { Orders: { meanDuration: 1 } } })).toBe(false);
});

test('discounts EC2, not the fee', async () => {
  const floor = async (...args: string[]) => (await jsonOf(SMALL, ...args)).plans[0].plan.monthly.idleFloor.lowest;

  const [whole, half] = [await floor(), await floor('--discount', '0.5')];
  expect(half.compute).toBeCloseTo(whole.compute / 2, 6);
  expect(half.fee).toBeCloseTo(whole.fee, 6);
});

test.each([[1000, 0, undefined], [500, 0, 'warning'], [1, 1, 'error']])('compares the fleet with a budget of $%d', async (budget, exitCode, level) => {
  const result = await planCommand([SMALL, '--region', 'us-east-1', '--budget', String(budget)]);
  const { plans: [{ overBudget }] } = await jsonOf(SMALL, '--budget', String(budget));

  expect(result.exitCode).toBe(exitCode);
  expect(overBudget?.level).toBe(level);
  if (level) expect(result.text.replace(/\s+/g, ' ')).toContain(`${level}: The fleet costs about $411 to $822 a month at rest, more than the budget of $${budget === 1 ? '1.00' : budget} (--budget): 3 ×`);
});

test('prints the difference to another state in instances and dollars', async () => {
  const { differences: [{ before, after, change }] } = await jsonOf(LARGE, '--against', SMALL);

  expect(after.idleFloor.lowest - before.idleFloor.lowest).toBeGreaterThan(0);
  expect(change.idleFloor.lowest).toBeCloseTo(after.idleFloor.lowest - before.idleFloor.lowest, 6);
  expect(change.instancesAtRest).toBe(after.instancesAtRest - before.instancesAtRest);
  const { text } = await planCommand([LARGE, '--against', SMALL]);
  expect(text).toMatch(/Against .*small\.yaml\n=+\n\nFleet +before +now +change\n/);
  expect(text).toMatch(/\$ a month at rest +\$\S+ to \$\S+ +\$\S+( to \$\S+)? +\+\$/);
});

test('counts a new fleet from nothing, and one that is gone to nothing', async () => {
  const none = file('none.yaml', 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n');

  const [added] = (await jsonOf(SMALL, '--against', none)).differences;
  const [removed] = (await jsonOf(none, '--against', SMALL)).differences;

  expect(added).toMatchObject({ provider: 'Fleet', change: { instancesAtRest: 3 } });
  expect(added.before).toBeUndefined();
  expect(removed.change.idleFloor.lowest).toBeCloseTo(-added.change.idleFloor.lowest, 6);
  expect(await planCommand([none])).toEqual({ text: 'nothing to plan: no capacity provider in 1 template', exitCode: 0 });
});

test('counts NAT gateways and interface endpoints of a network in the template', async () => {
  const network = file('network.json', {
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC' },
      Other: { Type: 'AWS::EC2::VPC' },
      A: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, AvailabilityZone: 'us-east-1a' } },
      B: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Other' }, AvailabilityZone: 'us-east-1b' } },
      Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'A' } } },
      Elsewhere: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'B' } } },
      Logs: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: { Ref: 'Vpc' }, VpcEndpointType: 'Interface', SubnetIds: [{ Ref: 'A' }], ServiceName: 'logs' } },
      S3: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: { Ref: 'Vpc' }, VpcEndpointType: 'Gateway', ServiceName: 's3' } },
      Fleet: { Type: 'AWS::Lambda::CapacityProvider', Properties: { VpcConfig: { SubnetIds: [{ Ref: 'A' }], SecurityGroupIds: ['sg-1'] } } },
    },
  });

  expect((await jsonOf(network)).plans[0].plan.monthly.around).toEqual([
    expect.objectContaining({ what: 'NatGateways', count: 1 }), expect.objectContaining({ what: 'InterfaceEndpoints', count: 1 }),
  ]);
});

test.each<[string, () => string[], string]>([
  ['a load of a function that isn\'t here', () => [SMALL, '--load', file('l1.json', { functions: { Payments: LOAD } })], 'names Payments, but no such function is here: there is Orders.'],
  ['a load without requests, as rehearse writes it', () => [SMALL, '--load', file('l2.json', { functions: { Orders: { meanDurationMs: 1 } } })], 'requestsPerMonth of Orders is missing; add it.'],
  ['a load with a field that isn\'t known', () => [SMALL, '--load', file('l3.json', { functions: { Orders: { ...LOAD, duration: 1 } } })], 'duration of Orders isn\'t known'],
  ['a load that is a text', () => [SMALL, '--load', file('l4.json', { functions: { Orders: { ...LOAD, meanDurationMs: '1' } } })], 'meanDurationMs of Orders must be a number.'],
  ['a load that can\'t be', () => [SMALL, '--load', file('l5.json', { functions: { Orders: { ...LOAD, requestsPerMonth: -1 } } })], '--load: requestsPerMonth is -1, but must be a number of at least 0'],
  ['two loads of one function', () => [SMALL, '--load', file('l6.json', { functions: { 'Orders': LOAD, 'shop-orders': LOAD } })], 'has two loads of Orders'],
  ['a load without functions', () => [SMALL, '--load', file('l7.json', {})], 'has no functions'],
  ['no load', () => [SMALL, '--load', 'no/such.json'], '--load no/such.json can\'t be read'],
  ['a discount in percent', () => [SMALL, '--discount', '66'], '--discount: computeDiscount is 66, but must be a share from 0 to 1. Write 66 % as 0.66.'],
  ['a budget that is no number', () => [SMALL, '--budget', 'much'], '--budget much: give a number of at least 0.'],
  ['an unknown format', () => [SMALL, '--format', 'sarif'], '--format sarif: choose text or json.'],
  ['no path', () => [], 'A path is missing'],
])('says in one sentence that it was given %s', async (_, args, message) => {
  const error: Error = await planCommand(args()).then(() => { throw new Error('nothing was thrown'); }, (thrown) => thrown);

  expect(error.name).toBe('UsageError');
  expect(error.message).toContain(message);
  expect(error.message).not.toContain('\n');
});
