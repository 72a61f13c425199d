import Ajv from 'ajv';
import { App, Aws, CfnParameter, Lazy, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import * as schema from '../../schema/capacity-plan-1.json';
import { CapacityPlanOptions, GpuMemory, InstanceSelection, ManagedInstances, PriceBook } from '../../src';
import { synthErrorOf, testFunction, testStack, warningsOf } from '../util';

const allow = (...types: string[]) => InstanceSelection.allow(...types.map((type) => new ec2.InstanceType(type)));

const ARM = { architecture: lambda.Architecture.ARM_64 };

/** One function of 2 vCPUs and 4 GB on types of which three environments fit on one. */
function smallFleet(stack: Stack = testStack({ env: { region: 'us-east-1' } })): ManagedInstances {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b', 'c'], privateSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'],
  });
  const fleet = new ManagedInstances(stack, 'Fleet', { vpc, maxVCpuCount: 64, instances: allow('c7g.2xlarge', 'm7g.2xlarge', 'r7g.2xlarge') });
  fleet.addFunction(testFunction(stack, 'Orders', { memorySize: 4096, ...ARM }), {
    perExecutionEnvironmentMaxConcurrency: 100,
    latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 12 },
  });
  return fleet;
}

describe('a plan', () => {
  test('has each live version with its own environments', () => {
    // GIVEN
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
    const fn = testFunction(stack, 'Orders', { memorySize: 8192, currentVersionOptions: { minExecutionEnvironments: 5, maxExecutionEnvironments: 9 } });
    fleet.addFunction(fn, { executionEnvironmentMemoryGiBPerVCpu: 4 });
    fn.currentVersion;

    // WHEN
    const plan = fleet.plan();

    // THEN
    const size = { memorySize: 8192, vCpus: 2, maxConcurrency: 128 };
    expect(plan.versions).toEqual([
      { functionName: 'Stack/Orders', version: '$LATEST.PUBLISHED', ...size, minExecutionEnvironments: 3, maxExecutionEnvironments: undefined },
      { functionName: 'Stack/Orders', version: 'CurrentVersion', ...size, minExecutionEnvironments: 5, maxExecutionEnvironments: 9 },
    ]);
    // Eight environments of 2 vCPUs, three on each m*.2xlarge
    expect(plan.vCpusAtRest).toBe(3 * 8);
  });

  test('has no version that isn\'t published', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    const fn = testFunction(stack, 'Orders');
    fleet.addFunction(fn, { publishToLatestPublished: false });
    fn.currentVersion;

    expect(fleet.plan().versions.map(({ version }) => version)).toEqual(['CurrentVersion']);
  });

  test.each<[string, number | undefined]>([
    ['nodejs24.x', 64],
    ['python3.14', 16],
    ['java25', 32],
    ['dotnet8', 32],
    ['provided.al2023', 8],
    ['cobol1959', undefined],
  ])('takes the default of %p for the requests at once: %p', (identifier, maxConcurrency) => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    fleet.addFunction(new lambda.Function(stack, 'Function', { runtime: new lambda.Runtime(identifier), handler: 'h', code: lambda.Code.fromAsset(`${__dirname}/../fixtures`) }));

    expect(fleet.plan().versions[0].maxConcurrency).toBe(maxConcurrency);
  });

  test('packs environments onto the allowed types, less what Lambda keeps', () => {
    const plan = smallFleet().plan();

    expect(plan).toMatchObject({ complete: true, maxVCpuCount: 64, sufficientVCpuCount: 32 });
    expect(plan).toMatchObject({ vCpusAtRest: 24, vCpusDuringDeployment: 32, vCpusDuringDeploymentOfAll: 32, vCpusAtMaximum: 32 });
    expect(plan.instances).toEqual({
      instanceType: 'c7g.2xlarge',
      atRest: 3,
      atRestByType: { 'c7g.2xlarge': 3 },
      duringDeployment: 4,
      duringDeploymentOfAll: 4,
      atMaximum: 4,
      strandedVCpus: 1 - 6 / 24,
      strandedMemory: 1 - 12 / 48,
    });
  });

  test('costs between the cheapest and the dearest allowed type', () => {
    const { idleFloor, ceiling } = smallFleet().plan();

    expect(idleFloor!.lowest.instanceType).toBe('c7g.2xlarge');
    expect(idleFloor!.lowest.total).toBeCloseTo(730.36, 1);
    expect(idleFloor!.highest).toMatchObject({ instanceType: 'r7g.2xlarge', instances: 3 });
    expect(ceiling!.lowest.total).toBeCloseTo(730.36 * 4 / 3, 1);
  });

  test('shows the fleet at the moment when it was asked for', () => {
    const stack = testStack();
    const fleet = smallFleet(stack);
    const before = fleet.plan();
    fleet.addFunction(testFunction(stack, 'More', ARM));

    expect(before.versions).toHaveLength(1);
    expect(fleet.plan().versions).toHaveLength(2);
  });

  test('doesn\'t depend on the order in which functions were added', () => {
    const sizes = [2048, 4096, 8192, 16384];
    const verdict = (order: number[]) => {
      const stack = testStack();
      const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 40 });
      order.forEach((memorySize) => fleet.addFunction(testFunction(stack, `Function${memorySize}`, { memorySize })));
      const { sufficientVCpuCount, vCpusAtRest, vCpusDuringDeployment, instances } = fleet.plan();
      return { sufficientVCpuCount, vCpusAtRest, vCpusDuringDeployment, instances, error: synthErrorOf(stack) };
    };
    const expected = verdict(sizes);

    expect(expected.error).toMatch('VCpuCeilingBelowMinimum');
    fc.assert(fc.property(fc.shuffledSubarray(sizes, { minLength: 4 }), (order) => expect(verdict(order)).toEqual(expected)), { numRuns: 4 });
  });

  test('of GPU functions is over the types with such a device, one environment on each', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet', { instances: InstanceSelection.gpu({ memory: GpuMemory.GIB_24 }) });
    fleet.addFunction(new lambda.DockerImageFunction(stack, 'Function', {
      code: lambda.DockerImageCode.fromEcr(new ecr.Repository(stack, 'Repository')), memorySize: 4096,
    }), { gpuMemory: GpuMemory.GIB_24, latestPublishedScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 4 } });

    const plan = fleet.plan();

    expect(plan.instances).toMatchObject({ atRest: 0, atMaximum: 4, strandedVCpus: 0 });
    expect(plan.idleFloor!.highest.total).toBe(0);
    expect(plan.ceiling!.lowest.instanceType).toMatch(/^g/);
  });

  test('of an unrestricted fleet is over general purpose families, and says so', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet');
    fleet.addFunction(testFunction(stack, 'Function', ARM));

    const plan = fleet.plan();

    expect(plan.instances!.instanceType).toBe('m*.large');
    expect(plan.idleFloor!.lowest.instanceType).toMatch(/^m\d+g[a-z]*\.large$/);
    expect(plan.toString()).toMatch('over general purpose families (M)');
  });

  test('is over the sizes that cost least in all, at rest and then during a deployment', () => {
    // GIVEN six environments of 1 vCPU: six instances of a large, or three of an xlarge, for the same price
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
    fleet.addFunction(testFunction(stack, 'Function', ARM), { latestPublishedScalingConfig: { minExecutionEnvironments: 6, maxExecutionEnvironments: 6 } });

    const plan = fleet.plan();

    // THEN the range is over the size that suits the fleet
    expect(plan.instances).toMatchObject({ instanceType: 'm*.xlarge', atRest: 3 });
    expect(plan.idleFloor!.lowest).toMatchObject({ instanceType: 'm6g.xlarge', instances: 3 });
    expect(plan.idleFloor!.highest).toMatchObject({ instanceType: 'm8gn.xlarge', instances: 3 });
  });

  test('is over what is left where each general purpose family is excluded by its name', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet', { instances: InstanceSelection.exclude('m5*', 'm6*', 'm7*', 'm8*', 'm9*') });
    fleet.addFunction(testFunction(stack, 'Function', ARM));

    expect(fleet.plan().instances!.instanceType).toMatch(/^[cr]/);
    expect(fleet.plan().toString().replace(/\s+/g, ' ')).toMatch('over the families that are left');
  });

  test('leaves excluded families out', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet', { instances: InstanceSelection.exclude('*.large', 'm6g.*', 'm6gd.*') });
    fleet.addFunction(testFunction(stack, 'Function', ARM));

    expect(fleet.plan().instances!.instanceType).toBe('m*.xlarge');
    expect(fleet.plan().idleFloor!.lowest.instanceType).toBe('m7g.xlarge');
  });

  test('of an imported provider has what was stated', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const provider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'shared');
    const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', provider, { maxVCpuCount: 12, instances: allow('c7g.xlarge'), ...ARM });
    fleet.addFunction(testFunction(stack, 'Function', { memorySize: 4096, ...ARM }), { latestPublishedScalingConfig: { minExecutionEnvironments: 5, maxExecutionEnvironments: 6 } });

    expect(fleet.plan()).toMatchObject({ maxVCpuCount: 12, sufficientVCpuCount: 44, vCpusAtRest: 20 });
    expect(synthErrorOf(stack)).toMatch('maxVCpuCount is 12, but the environments that are always kept (Stack/Function $LATEST.PUBLISHED 5 × 2 vCPUs) need 20: 5 × c7g.xlarge at the very least. Raise it to 44: 20 at rest (5 × c7g.xlarge) + 20 while Stack/Function is deployed + 4 for a replacement = 44');
  });

  test('of an imported provider of which nothing is known says so', () => {
    const stack = testStack();
    const provider = lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'shared');
    const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', provider);
    fleet.addFunction(testFunction(stack, 'Function'));

    const plan = fleet.plan();

    expect(plan).toMatchObject({ maxVCpuCount: undefined, sufficientVCpuCount: undefined, instances: undefined, idleFloor: undefined });
    expect(plan.toString()).toMatch('maxVCpuCount is not known here; what suffices is unknown');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('has a function of another stack', () => {
    const app = new App();
    const fleet = new ManagedInstances(new Stack(app, 'Shared'), 'Fleet');
    fleet.addFunction(testFunction(new Stack(app, 'Orders'), 'Function'));

    expect(fleet.plan().versions[0].functionName).toBe('Orders/Function');
  });

  test('has the numbered versions of a function of another stage', () => {
    const app = new App();
    const shared = new Stack(app, 'Shared');
    const provider = lambda.CapacityProvider.fromCapacityProviderName(shared, 'Provider', 'shared');
    const fleet = ManagedInstances.fromCapacityProvider(shared, 'Fleet', provider, { maxVCpuCount: 64 });
    const fn = testFunction(new Stack(new Stage(app, 'Stage'), 'Orders'), 'Function');
    fleet.addFunction(fn);
    fn.currentVersion;

    expect(fleet.plan().versions.map(({ version }) => version)).toEqual(['$LATEST.PUBLISHED', 'CurrentVersion']);
  });

  test('suffices with no less than CDK lets through', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { instances: allow('m7g.large') });
    fleet.addFunction(testFunction(stack, 'Function', ARM), { latestPublishedScalingConfig: { minExecutionEnvironments: 1, maxExecutionEnvironments: 1 } });

    // One instance, another one for the new version, and one to spare, of 2 vCPUs each
    expect(fleet.plan()).toMatchObject({ vCpusDuringDeployment: 6, instances: { instanceType: 'm7g.large', atRest: 1, duringDeployment: 3 } });
    expect(fleet.plan().toString().replace(/\s+/g, ' ')).toMatch('12 suffices to deploy one function at a time. Less than 12 isn\'t known to work.');
    expect(fleet.plan().sufficientVCpuCount).toBe(12);
  });

  test('has for a version that names a maximum alone no more than that', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    const fn = testFunction(stack);
    fleet.addFunction(fn);
    (fn.node.defaultChild as lambda.CfnFunction).functionScalingConfig = { maxExecutionEnvironments: 2 };

    expect(fleet.plan().versions).toMatchObject([{ minExecutionEnvironments: 2, maxExecutionEnvironments: 2 }]);
  });

  test('has a function that CDK\'s own construct attached', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    fleet.capacityProvider.addFunction(testFunction(stack, 'Function', { memorySize: 2048 }));

    expect(fleet.plan().versions).toMatchObject([{ functionName: 'Stack/Function', memorySize: 2048, minExecutionEnvironments: 3 }]);
  });
});

describe('what isn\'t known', () => {
  test('is a line that says unknown, and the rest counts as at least', () => {
    // GIVEN
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: new CfnParameter(stack, 'Ceiling', { type: 'Number' }).valueAsNumber });
    const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
    fleet.addFunction(testFunction(stack, 'Known'));
    fleet.addFunction(testFunction(stack, 'SizeUnknown', { memorySize: count }));
    fleet.addFunction(testFunction(stack, 'CountUnknown'), { latestPublishedScalingConfig: { minExecutionEnvironments: count, maxExecutionEnvironments: count } });

    // WHEN
    const plan = fleet.plan();

    // THEN
    expect(plan.complete).toBe(false);
    expect(plan.vCpusAtRest).toBe(6);
    expect(plan.maxVCpuCount).toBeUndefined();
    expect(plan.toString()).toMatch(/SizeUnknown +\$LATEST.PUBLISHED +\? +\? +\? +3 +- +\?/);
    expect(plan.toString()).toMatch('? is unknown before deployment');
    expect(plan.toString()).toMatch(/at rest +at least 3 × m\*.large +at least 6/);
    expect(plan.toJson().versions[2]).not.toHaveProperty('minExecutionEnvironments');
    expect(synthErrorOf(stack)).toBe('');
  });

  test('is on top of all that is counted: nothing of it suffices, and no share is below zero', () => {
    // GIVEN
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = smallFleet(stack);
    const ratio = new CfnParameter(stack, 'Ratio', { type: 'Number' }).valueAsNumber;
    fleet.addFunction(testFunction(stack, 'Unknown', { memorySize: 32768, ...ARM }), {
      executionEnvironmentMemoryGiBPerVCpu: ratio, latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 100 },
    });

    // WHEN
    const plan = fleet.plan();

    // THEN
    const text = plan.toString().replace(/\s+/g, ' ');
    expect(plan.instances!.strandedMemory).toBe(1 - 12 / 48);
    expect(plan.instances!.atMaximum).toBe(8);
    expect(text).toMatch('so the figures below are minimums');
    expect(text).toMatch('at rest at least 3 × c7g.2xlarge at least 24 + while Orders is deployed none 0 + for a replacement at least 1 × c7g.2xlarge at least 8');
    expect(text).toMatch('at least 32 is needed to deploy one function at a time');
    expect(text).toMatch('At rest, the amount is a minimum, because some numbers are unknown.');
    expect(text).toMatch('At rest this fleet costs at least $730 to $1,079 a month');
    expect(new Ajv().validate(schema, plan.toJson())).toBe(true);
  });

  test('is all of a fleet of which no version is known', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet');
    fleet.addFunction(testFunction(stack, 'Function', { memorySize: new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber }));

    const plan = fleet.plan();

    expect(plan).toMatchObject({ instances: undefined, sufficientVCpuCount: undefined, idleFloor: undefined });
    expect(plan.toString()).toMatch(/at rest +unknown +unknown/);
    expect(plan.toString()).toMatch(/= to deploy one function +unknown +unknown/);
    expect(plan.toString()).toMatch(/instances at rest +unknown/);
    expect(plan.toString().replace(/\s+/g, ' ')).toMatch('what suffices is unknown, since it isn\'t known how many environments any version keeps.');
  });

  test('is the number of instances that have a GPU of unknown size', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet');
    const fn = testFunction(stack, 'Function');
    fleet.addFunction(fn);
    const memory = new CfnParameter(stack, 'GpuMemory', { type: 'Number' }).valueAsNumber;
    (fn.node.defaultChild as lambda.CfnFunction).addPropertyOverride('AcceleratorConfig', { AcceleratorMemorySize: memory });

    expect(fleet.plan()).toMatchObject({ complete: false, instances: undefined, idleFloor: undefined, ceiling: undefined });
  });

  test('is only how much a function may grow, where its maximum is a token', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
    const maxExecutionEnvironments = new CfnParameter(stack, 'Max', { type: 'Number' }).valueAsNumber;
    fleet.addFunction(testFunction(stack, 'Function'), { latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments } });

    const text = fleet.plan().toString();
    expect(fleet.plan().complete).toBe(false);
    expect(text).toMatch('? is unknown before deployment.');
    expect(text).not.toMatch('at least');
    expect(text).toMatch(/at maximum +at most 32 × m\*.large +at most 64/);
    expect(text).toMatch('At maximum, the amount is an upper bound, because some maximums are unknown.');
  });

  test('isn\'t how much a fleet may grow that only its ceiling bounds', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
    const maxExecutionEnvironments = new CfnParameter(stack, 'Max', { type: 'Number' }).valueAsNumber;
    fleet.addFunction(testFunction(stack, 'Bounded'), { latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments } });
    fleet.addFunction(testFunction(stack, 'Unbounded'));

    expect(fleet.plan().toString()).not.toMatch('at most');
  });

  test('is what a version keeps of which it isn\'t known whether it is published', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet');
    const fn = testFunction(stack, 'Function');
    fleet.addFunction(fn);
    (fn.node.defaultChild as lambda.CfnFunction).publishToLatestPublished = Lazy.any({ produce: () => true }) as unknown as boolean;

    expect(fleet.plan().versions).toHaveLength(1);
    expect(fleet.plan().versions[0].minExecutionEnvironments).toBeUndefined();
    expect(fleet.plan()).toMatchObject({ complete: false, idleFloor: undefined });
  });

  test('is also what can\'t be meant', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet');
    const fn = testFunction(stack, 'Function');
    fleet.addFunction(fn);
    (fn.node.defaultChild as lambda.CfnFunction).memorySize = -5;

    expect(fleet.plan().versions).toMatchObject([{ memorySize: undefined, vCpus: undefined, maxConcurrency: undefined }]);
    expect(new Ajv().validate(schema, fleet.plan().toJson())).toBe(true);
  });

  test('is the instance more of a provider whose types nobody knows', () => {
    const stack = testStack();
    const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'shared'));
    fleet.addFunction(testFunction(stack, 'Function'));

    expect(fleet.plan().toString()).toMatch(/= to deploy one function +unknown +at least 6/);
  });

  test('is the price of a type that is newer than the prices', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet', { instances: allow('c7g.xlarge', 'c8g.xlarge', 'c99g.xlarge') });
    fleet.addFunction(testFunction(stack, 'Function', ARM));

    expect(fleet.plan().idleFloor!.highest.instanceType).toBe('c8g.xlarge');
    expect(fleet.plan().toString()).toMatch('No price is known for c99g.xlarge.');
  });

  test('is each cost with a discount that is a token', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const plan = smallFleet(stack).plan({ computeDiscount: new CfnParameter(stack, 'Discount', { type: 'Number' }).valueAsNumber });

    expect(plan.idleFloor).toBeUndefined();
    expect(plan.toString().replace(/\s+/g, ' ')).toMatch('less a discount that is known only at deployment');
    expect(plan.toJson().monthly).not.toHaveProperty('computeDiscount');
  });

  test('is each price in a Region that the book doesn\'t have', () => {
    const plan = smallFleet().plan({ region: 'xx-north-9' });

    expect(plan.idleFloor).toBeUndefined();
    expect(plan.toString()).toMatch(/instances at rest +unknown/);
  });

  test('is the Region of a stack without one: us-east-1 is assumed, and said', () => {
    const plan = smallFleet(testStack()).plan();

    expect(plan.region).toBe('us-east-1');
    expect(plan.toString().replace(/\s+/g, ' ')).toMatch('us-east-1, because the Region of the stack isn\'t known');
    expect(smallFleet(testStack()).plan({ region: Aws.REGION }).toString().replace(/\s+/g, ' ')).toMatch('us-east-1, because the Region of the stack');
    expect(smallFleet().plan({ region: Aws.REGION }).toString()).toMatch('us-east-1.');
    expect(smallFleet().plan().toString()).not.toMatch('because the Region of the stack');
  });
});

describe('money around the instances', () => {
  test('is in lines of its own: the way out, alarms and dashboards', () => {
    const stack = testStack({ env: { region: 'us-east-1' } }, { context: { 'availability-zones:account=undefined:region=us-east-1': ['a'] } });
    const fleet = new ManagedInstances(stack, 'Fleet', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 2 }) });
    fleet.addFunction(testFunction(stack, 'Function'));
    fleet.addDashboard('Dashboard');

    expect(fleet.plan().around).toEqual([
      { what: 'NatGateways', text: 'NAT gateways and addresses', count: 2, monthly: 2 * (0.045 + 0.005) * 730 },
      { what: 'Dashboards', text: 'dashboards', count: 1, monthly: 3 },
    ]);
    expect(fleet.plan({ region: 'eu-central-1' }).around).toEqual([
      { what: 'NatGateways', text: 'NAT gateways and addresses', count: 2, monthly: undefined },
      { what: 'Dashboards', text: 'dashboards', count: 1, monthly: undefined },
    ]);
  });

  test('says how to set a price that the library lacks in a Region', () => {
    const fleet = smallFleet();
    fleet.addDashboard('Dashboard');
    const textIn = (region: string, prices?: PriceBook) => fleet.plan({ region, prices }).toString().replace(/\s+/g, ' ');

    expect(textIn('eu-central-1')).toMatch('The library has no price for dashboards in eu-central-1. Pass one with PriceBook\'s withServicePrices.');
    expect(textIn('eu-central-1', PriceBook.builtin().withServicePrices({ dashboardMonth: 3 }))).not.toMatch('The library has no price');
    expect(textIn('us-east-1')).not.toMatch('The library has no price');
  });

  test('counts an interface endpoint in each zone, and only in the network of the fleet', () => {
    // GIVEN an interface and a gateway endpoint here, and an interface endpoint in another VPC
    const stack = testStack({ env: { region: 'us-east-1' } });
    const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'], natGateways: 0 });
    vpc.addInterfaceEndpoint('Logs', { service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS, subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    new ec2.Vpc(stack, 'Other', { natGateways: 1 }).addInterfaceEndpoint('Logs', { service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS });

    const fleet = new ManagedInstances(stack, 'Fleet', { vpc });

    expect(fleet.plan().around).toEqual([{ what: 'InterfaceEndpoints', text: 'interface endpoints × zones', count: 3, monthly: 3 * 0.01 * 730 }]);
  });

  test('counts an alarm on the instances once, one on all functions for each of them, and one on all versions for each of those', () => {
    const metrics = (functions: number) => {
      const stack = testStack({ env: { region: 'us-east-1' } });
      const fleet = smallFleet(stack);
      for (let i = 1; i < functions; i++) fleet.addFunction(testFunction(stack, `More${i}`, ARM));
      (stack.node.findChild('Orders') as lambda.Function).currentVersion;
      [
        'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/Lambda", CapacityProviderName, InstanceType) GROUP BY InstanceType ORDER BY MAX() DESC',
        'SELECT SUM(Throttles) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName ORDER BY SUM() DESC',
        'SELECT MAX(Memory) FROM SCHEMA("AWS/Lambda", CapacityProviderName, FunctionName, Resource) GROUP BY FunctionName, Resource ORDER BY MAX() DESC',
      ].forEach((expression, i) => new cloudwatch.CfnAlarm(fleet, `Alarm${i}`, {
        comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1, threshold: 1, metrics: [{ id: 'q', expression, returnData: true }],
      }));
      return fleet.plan().around;
    };

    expect(metrics(1)).toMatchObject([{ what: 'AlarmMetrics', text: 'metrics of alarms', count: 1 + 1 + 2 }]);
    expect(metrics(5)).toMatchObject([{ what: 'AlarmMetrics', text: 'metrics of alarms', count: 1 + 5 + 6 }]);
  });

  test('counts the alarms of single functions, wherever these stand', () => {
    const app = new App();
    const stack = new Stack(app, 'Fleets', { env: { region: 'us-east-1' } });
    const fleet = smallFleet(stack);
    fleet.addFunction(testFunction(new Stack(app, 'Elsewhere', { env: { region: 'us-east-1' } }), 'Function', ARM));
    fleet.addAlarms('Alarms', { perFunction: true });

    const watched = app.node.findAll();
    const alarms = watched.filter((construct): construct is cloudwatch.CfnAlarm => cloudwatch.CfnAlarm.isCfnAlarm(construct));
    const metrics = alarms.flatMap((alarm) => alarm.metrics as cloudwatch.CfnAlarm.MetricDataQueryProperty[]);
    expect(fleet.plan().around).toEqual([
      // One of all functions together, for each of the four reasons to throttle, for CPU and for memory, reads the metrics of both.
      { what: 'AlarmMetrics', text: 'metrics of alarms', count: metrics.filter(({ metricStat, expression }) => metricStat ?? /^SELECT/.test(expression!)).length + 6, monthly: expect.any(Number) },
      { what: 'CompositeAlarms', text: 'composite alarms', count: watched.filter(cloudwatch.CfnCompositeAlarm.isCfnCompositeAlarm).length, monthly: undefined },
    ]);
  });

  test('counts an alarm on all functions once where there is none yet', () => {
    const fleet = new ManagedInstances(testStack(), 'Fleet');
    new cloudwatch.CfnAlarm(fleet, 'Alarm', {
      comparisonOperator: 'GreaterThanThreshold',
      evaluationPeriods: 1,
      threshold: 1,
      metrics: [{ id: 'q', expression: 'SELECT SUM(Throttles) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName', returnData: true }],
    });

    expect(fleet.plan().around).toContainEqual({ what: 'AlarmMetrics', text: 'metrics of alarms', count: 1, monthly: 0.1 });
  });

  test('is nothing of a VPC that is made elsewhere', () => {
    expect(smallFleet().plan().around).toEqual([]);
  });
});

describe('text', () => {
  test('fits a terminal and lists what is worth knowing', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = smallFleet(stack);
    fleet.addFunction(testFunction(stack, 'AFunctionWithAnExtraordinarilyLongConstructIdThatNobodyWouldWantToReadInATable', ARM), {
      latestPublishedScalingConfig: { minExecutionEnvironments: 1, maxExecutionEnvironments: 15000 },
    });
    fleet.addAlarms('Alarms');

    const text = fleet.plan({ computeDiscount: 0.72 }).toString();

    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).toMatch('info FewerThanThreeEnvironments');
    expect(text).toMatch('info IdleFloor');
    expect(text).toMatch(/AFunctionWithAn\w+InATable\n +\$LATEST.PUBLISHED/);
  });

  test('fits a terminal with long paths and versions that stand elsewhere', () => {
    const stage = new Stage(new App(), 'TheProductionStageOfTheWholeOrganisationInThisPartOfTheWorld');
    const stack = new Stack(stage, 'AStackWithALongNameThatSomebodyOnceThoughtOf', { env: { region: 'us-east-1' } });
    const fleet = smallFleet(stack);
    new lambda.Version(stack, 'AVersionThatStandsNextToItsFunctionAndHasALongNameOfItsOwn', { lambda: stack.node.findChild('Orders') as lambda.Function });
    // Too large for each type, so that findings name its path.
    fleet.addFunction(testFunction(stack, 'Big', { memorySize: 32768, ...ARM }), {
      latestPublishedScalingConfig: { minExecutionEnvironments: 100, maxExecutionEnvironments: 15000 },
    });

    const text = fleet.plan().toString();

    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).toMatch('EnvironmentDoesNotFit');
    expect(text).toMatch('LongNameOfItsOwn ');
  });

  test('shows a discount that is less than the fee as a price above EC2\'s', () => {
    expect(smallFleet().plan({ computeDiscount: 0.1 }).toString().replace(/\s+/g, ' ')).toMatch('less 10 % (EC2 and fee together: 5 % above EC2\'s price)');
  });

  test('shows a discount of 72 % as 57 % off EC2 and fee together', () => {
    expect(smallFleet().plan({ computeDiscount: 0.72 }).toString().replace(/\s+/g, ' ')).toMatch('less 72 % (EC2 and fee together: 57 % off');
  });

  test('says where the ceiling doesn\'t even hold what is kept, errors first', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 16 });
    fleet.addFunction(testFunction(stack, 'Function', { memorySize: 16384 }), {
      latestPublishedScalingConfig: { minExecutionEnvironments: 3, maxExecutionEnvironments: 12 },
    });

    const plan = fleet.plan();

    expect(plan).toMatchObject({ vCpusAtRest: 48, vCpusAtMaximum: 48 });
    expect(plan.findings[0]).toMatchObject({ level: 'error', code: 'VCpuCeilingBelowMinimum' });
    expect(plan.toString()).toMatch('maxVCpuCount is 16, which is too low; on m*.4xlarge, 112 suffices');
  });

  test('has its findings by how grave they are', () => {
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    fleet.addFunction(testFunction(stack), { latestPublishedScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 5 } });

    expect(fleet.plan().findings.map(({ level, code }) => `${level} ${code}`)).toEqual(['warning ScaleToZero', 'info VCpuCeilingUnset']);
  });

  test('of a fleet without functions says no more than that', () => {
    const plan = new ManagedInstances(testStack(), 'Fleet').plan();

    expect(plan).toMatchObject({ complete: true, instances: undefined, sufficientVCpuCount: undefined });
    expect(plan).toMatchObject({ vCpusAtRest: 0, vCpusDuringDeployment: 0, vCpusDuringDeploymentOfAll: 0 });
    expect(plan.toString()).toMatch('No function is attached.');
    expect(plan.toString()).toMatch(/instances at rest +\$0.00 +none/);
    expect(plan.toString()).not.toMatch('suffices');
    expect(plan.toString()).not.toMatch('× m');
  });

  test('names of types that cost the same the one that suits the fleet best', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64, instances: allow('c7g.2xlarge', 'c7g.xlarge', 'c7g.4xlarge') });
    fleet.addFunction(testFunction(stack, 'Function', ARM));

    expect(fleet.plan().instances).toMatchObject({ instanceType: 'c7g.xlarge', atMaximum: 16 });
    expect(fleet.plan().ceiling!.lowest).toMatchObject({ instanceType: 'c7g.xlarge', instances: 16 });
  });

  test('says what the largest of the allowed types takes, since Lambda chooses', () => {
    const sizes = (...types: string[]) => {
      const stack = testStack();
      const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64, instances: allow(...types) });
      fleet.addFunction(testFunction(stack, 'Function', ARM));
      return fleet.plan().toString().replace(/\s+/g, ' ');
    };

    expect(sizes('c7g.xlarge', 'm7g.xlarge', 'c7g.16xlarge')).toMatch(
      'maxVCpuCount is 64; on c7g.xlarge, 16 suffices to deploy one function at a time. On c7g.16xlarge, which is allowed too, it takes 256.',
    );
    expect(sizes('c7g.xlarge', 'm7g.xlarge', 'r7g.xlarge')).not.toMatch('allowed too');
  });

  test('says what to set where the ceiling is tight', () => {
    const verdict = (maxVCpuCount: number) => {
      const stack = testStack();
      const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount });
      fleet.addFunction(testFunction(stack, 'Function', { memorySize: 8192 }));
      return fleet.plan().toString().replace(/\s+/g, ' ');
    };

    expect(verdict(15)).toMatch('maxVCpuCount is 15, which is too low; on');
    expect(verdict(16)).toMatch('maxVCpuCount is 16, which is likely too low; on');
    expect(verdict(24)).toMatch('maxVCpuCount is 24, which is tight; on m*.2xlarge, 56 suffices to deploy one function at a time');
  });
});

describe('JSON', () => {
  const validate = new Ajv().compile(schema);

  test.each<[string, () => ManagedInstances, CapacityPlanOptions]>([
    ['a whole plan', smallFleet, {}],
    ['a plan with a discount and prices of its own', smallFleet, { computeDiscount: 0.3, prices: PriceBook.perVCpuHour(0.05) }],
    ['a plan without prices', smallFleet, { region: 'xx-north-9' }],
    ['a plan of nothing', () => new ManagedInstances(testStack(), 'Fleet'), {}],
  ])('of %s has the published shape', (_, fleet, options) => {
    const json = fleet().plan(options).toJson();

    expect(validate(json)).toBe(true);
    expect(json.schemaVersion).toBe(1);
  });

  test('of another shape is found out', () => {
    const json = smallFleet().plan().toJson();

    expect(validate({ ...json, vCpus: { atRest: -1 } })).toBe(false);
    expect(validate({ ...json, surprise: 1 })).toBe(false);
  });
});

test('what can\'t be computed with is one error that lists all of it', () => {
  const prices = PriceBook.fromTable({ hourly: { 'c7g.2xlarge': -1 }, asOf: '2026-01-01' });

  expect(() => smallFleet().plan({ prices, computeDiscount: 66 })).toThrow(
    /2 problems:\n  - hourly of c7g.2xlarge is -1, but must be a number of at least 0.*EstimateInput\]\n  - computeDiscount is 66, but must be a share from 0 to 1. Write 66 % as 0.66/,
  );
});

test.each([
  [17.5, 'Write 17.5 % as 0.175.'],
  [33.3, 'Write 33.3 % as 0.333.'],
  [-1, 'Write 66 % as 0.66, for example.'],
  [NaN, 'Write 66 % as 0.66, for example.'],
])('a discount of %d gets a remedy that fits it', (computeDiscount, remedy) => {
  expect(() => smallFleet().plan({ computeDiscount })).toThrow(remedy);
});

test('leaves no price and no date in a template', () => {
  const template = (plan: boolean) => {
    const stack = testStack();
    const fleet = smallFleet(stack);
    if (plan) fleet.plan().toString();
    return Template.fromStack(stack).toJSON();
  };

  expect(template(true)).toEqual(template(false));
});
