import Ajv from 'ajv';
import { CfnParameter, Duration, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import * as schema from '../../schema/cost-estimate-1.json';
import {
  CapacityPlan, CostEstimate, FunctionLoad, GpuMemory, InstanceSelection, ManagedInstances, ManagedInstancesLimits, PriceBook,
} from '../../src';
import { instanceCost, totalOf } from '../../src/planning/cost-facts';
import { testFunction, testStack } from '../util';

const MONTH_HOURS = 730;

interface Case {
  readonly fleet: ManagedInstances;
  readonly plan: CapacityPlan;
  readonly fn: lambda.Function;
}

interface CaseOptions {
  readonly min?: number;
  readonly max?: number;
  readonly discount?: number;
  readonly memorySize?: number;
  readonly arm?: boolean;
  readonly maxVCpuCount?: number;
}

/** A fleet on these types, with a function of 2048 MB and 1 vCPU. */
function fleetOn(types: string[], { min = 3, max = 12, discount, memorySize = 2048, arm = true, maxVCpuCount }: CaseOptions = {}): Case {
  const stack = testStack({ env: { region: 'us-east-1' } });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b', 'c'], privateSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'],
  });
  const instances = InstanceSelection.allow(...types.map((type) => new ec2.InstanceType(type)));
  const fleet = new ManagedInstances(stack, 'Fleet', { vpc, instances, maxVCpuCount });
  const fn = testFunction(stack, 'Orders', { memorySize, architecture: arm ? lambda.Architecture.ARM_64 : lambda.Architecture.X86_64 });
  fleet.addFunction(fn, { latestPublishedScalingConfig: { minExecutionEnvironments: min, maxExecutionEnvironments: max } });
  return { fleet, plan: fleet.plan({ computeDiscount: discount }), fn };
}

function load(fn: lambda.Function, requestsPerMonth: number, ms: number, more: Partial<FunctionLoad> = {}): FunctionLoad[] {
  return [{ function: fn, requestsPerMonth, meanDuration: Duration.millis(ms), ...more }];
}

/** Requests, EC2 and fee. */
const total = ({ requests, expected }: CostEstimate) => requests! + expected!.lowest.total;

describe('AWS\'s worked example: 100 million requests of 200 ms on m7g.xlarge', () => {
  const REQUESTS = 20;
  const hours = (count: number, computeDiscount: number) => {
    const hosts = [{ type: { name: 'm7g.xlarge', vCpus: 4, memoryMiB: 16384 }, count: count / MONTH_HOURS }];
    const cost = instanceCost('m7g.xlarge', hosts, { prices: PriceBook.builtin(), region: 'us-east-1', computeDiscount });
    return Number((totalOf(cost!) + REQUESTS).toFixed(2));
  };

  test('is $160.36 with AWS\'s own rounded price of $0.0457 an hour', () => {
    expect(hours(2000, 1 - 0.0457 / 0.1632)).toBe(160.36);
  });

  test('is $160.35 with a discount of 72 %', () => {
    expect(hours(2000, 0.72)).toBe(160.35);
  });

  test('is $173.69 with the three instances that Lambda keeps, $431.02 on demand', () => {
    const discounted = fleetOn(['m7g.xlarge'], { discount: 0.72 });
    const onDemand = fleetOn(['m7g.xlarge']);

    expect(total(discounted.plan.estimate(load(discounted.fn, 100e6, 200)))).toBeCloseTo(173.69, 2);
    expect(total(onDemand.plan.estimate(load(onDemand.fn, 100e6, 200)))).toBeCloseTo(431.02, 2);
  });

  test.each([
    [512, 153.33],
    [1024, 286.67],
    [2048, 553.34],
  ])('costs on standard Lambda on arm64 with %d MB $%d', (standardMemorySize, expected) => {
    const { plan, fn } = fleetOn(['m7g.xlarge']);

    expect(plan.estimate(load(fn, 100e6, 200, { standardMemorySize })).standardLambda!.arm64).toBeCloseTo(expected, 2);
  });
});

describe('figures that were published wrongly', () => {
  test('three m7i.large for 100 requests a second over 30 days are $305.70, not $288', () => {
    const { plan, fn } = fleetOn(['m7i.large'], { arm: false });

    expect(total(plan.estimate(load(fn, 100 * 86400 * 30, 10)))).toBeCloseTo(305.70, 1);
  });

  test('three c7a.2xlarge are $29.6 a day and $34.0 with the fee, not $2 to $3', () => {
    const { lowest } = fleetOn(['c7a.2xlarge'], { arm: false }).plan.idleFloor!;

    expect(lowest.compute / MONTH_HOURS * 24).toBeCloseTo(29.56, 2);
    expect(lowest.total / MONTH_HOURS * 24).toBeCloseTo(33.99, 2);
  });

  test('idle c6i.2xlarge are three and have a fee, not two without', () => {
    const { lowest } = fleetOn(['c6i.2xlarge'], { arm: false, memorySize: 4096 }).plan.idleFloor!;

    expect(lowest.instances).toBe(3);
    expect(lowest.total).toBeCloseTo(3 * 0.34 * 1.15 * MONTH_HOURS, 5);
  });

  test('what costs several times as much here is never cheaper here', () => {
    const { plan, fn } = fleetOn(['m7g.xlarge']);
    const estimate = plan.estimate(load(fn, 10e6, 200, { standardMemorySize: 512 }));

    expect(total(estimate) / estimate.standardLambda!.arm64!).toBeGreaterThan(4.2);
    expect(estimate.functions[0].averageConcurrency!).toBeLessThan(estimate.breakEvenConcurrency!.lowest);
  });
});

test.each<[string, number, number]>([
  ['c7g.xlarge', 365.18, 155.60],
  ['m7g.xlarge', 411.02, 175.13],
  ['m8g.xlarge', 452.12, 192.64],
  ['r7g.xlarge', 539.46, 229.86],
  ['c7g.2xlarge', 730.36, 311.20],
])('three %s cost $%d a month, and $%d with 66 %% off EC2', (type, onDemand, discounted) => {
  expect(fleetOn([type]).plan.idleFloor!.lowest.total).toBeCloseTo(onDemand, 1);
  expect(fleetOn([type], { discount: 0.66 }).plan.idleFloor!.lowest.total).toBeCloseTo(discounted, 1);
});

describe('standard Lambda', () => {
  test('with 1,024 MB, 2 s, a million requests and the free tier is $26.67 on x86_64', () => {
    const { plan, fn } = fleetOn(['m7g.xlarge']);

    expect(plan.estimate(load(fn, 1e6, 2000, { standardMemorySize: 1024 }), { freeTier: true }).standardLambda!.x86).toBeCloseTo(26.67, 2);
    expect(plan.estimate(load(fn, 1e6, 2000, { standardMemorySize: 1024 })).standardLambda!.x86).toBeCloseTo(26.67 + 0.2 + 400_000 * 0.0000166667, 2);
  });

  test('is nothing where it is all free', () => {
    const { plan, fn } = fleetOn(['m7g.xlarge']);

    expect(plan.estimate(load(fn, 1000, 100), { freeTier: true }).standardLambda).toEqual({ x86: 0, arm64: 0 });
  });

  test('is unknown of a function with a GPU, which there is none of there', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet', { instances: InstanceSelection.gpu({ memory: GpuMemory.GIB_24 }) });
    const fn = new lambda.DockerImageFunction(stack, 'Function', {
      code: lambda.DockerImageCode.fromEcr(new ecr.Repository(stack, 'Repository')), memorySize: 4096,
    });
    fleet.addFunction(fn, { gpuMemory: GpuMemory.GIB_24 });

    const estimate = fleet.plan().estimate(load(fn, 1e6, 100, { standardMemorySize: 1024 }));

    expect(estimate).toMatchObject({ standardLambda: undefined, breakEvenConcurrency: undefined });
    expect(estimate.floor).toBeDefined();
  });

  test('is unknown of a function with a GPU of unknown size', () => {
    const { fleet, fn } = fleetOn(['m7g.xlarge']);
    const memory = new CfnParameter(fn.stack, 'GpuMemory', { type: 'Number' }).valueAsNumber;
    (fn.node.defaultChild as lambda.CfnFunction).addPropertyOverride('AcceleratorConfig', { AcceleratorMemorySize: memory });

    expect(fleet.plan().estimate(load(fn, 1e6, 100)).standardLambda).toBeUndefined();
  });

  test('is unknown of a function that runs longer than any there', () => {
    const { plan, fn } = fleetOn(['m7g.xlarge']);

    expect(plan.estimate(load(fn, 1000, 1_800_000)).standardLambda).toBeDefined();
    expect(plan.estimate(load(fn, 1000, 1_800_001)).standardLambda).toBeUndefined();
  });

  test('has the limits of the fleet', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const limits = ManagedInstancesLimits.CURRENT.withOverrides({ standardMemoryMax: 20480, synchronousTimeoutMax: 3600 });
    const fleet = new ManagedInstances(stack, 'Fleet', { limits });
    const fn = testFunction(stack, 'Function', { memorySize: 16384 });
    fleet.addFunction(fn);

    expect(fleet.plan().estimate(load(fn, 1000, 1_800_000)).standardLambda).toBeDefined();
    expect(fleet.plan().estimate(load(fn, 1000, 100, { standardMemorySize: 20480 })).standardLambda).toBeDefined();
    expect(() => fleet.plan().estimate(load(fn, 1000, 100, { standardMemorySize: 20481 }))).toThrow('standardMemorySize is 20481, but functions on standard Lambda have 128 to 20480 MB');
  });

  test('is unknown of a function that is larger than any there', () => {
    const { plan, fn } = fleetOn(['m7g.4xlarge'], { memorySize: 16384 });

    expect(plan.estimate(load(fn, 1e6, 100)).standardLambda).toBeUndefined();
    expect(plan.estimate(load(fn, 1e6, 100)).breakEvenConcurrency).toBeUndefined();
    expect(plan.estimate(load(fn, 1e6, 100, { standardMemorySize: 10240 })).standardLambda).toBeDefined();
  });
});

test.each<[string, number, number, number | undefined]>([
  ['c7g.xlarge', 512, 20.8, 8.9],
  ['c7g.xlarge', 2048, 5.2, 2.2],
  ['m7g.xlarge', 1024, 11.7, 5.0],
  ['r7g.xlarge', 512, 30.8, 13.1],
  ['c7g.2xlarge', 1024, 20.8, 8.9],
])('%s breaks even with %d MB at %d requests at once, with 66 %% off at %d', (type, standardMemorySize, onDemand, discounted) => {
  const concurrency = (discount: number) => {
    const { plan, fn } = fleetOn([type], { discount });
    return Number(plan.estimate(load(fn, 1e6, 100, { standardMemorySize })).breakEvenConcurrency!.lowest.toFixed(1));
  };

  expect(concurrency(0)).toBe(onDemand);
  expect(concurrency(0.66)).toBe(discounted);
});

test('adds up the loads of several functions; the more requests of one run at once, the more its memory counts', () => {
  // GIVEN three requests at once with 1 GB, and one with 2 GB
  const { fleet, fn } = fleetOn(['m7g.xlarge']);
  const other = testFunction(fn.stack, 'Other', { architecture: lambda.Architecture.ARM_64 });
  fleet.addFunction(other);
  const second = MONTH_HOURS * 3600;

  // WHEN
  const { requests, standardLambda, breakEvenConcurrency, floor } = fleet.plan().estimate([
    ...load(fn, 3 * second, 1000, { standardMemorySize: 1024 }),
    ...load(other, second, 1000, { standardMemorySize: 2048 }),
  ]);

  // THEN
  expect(requests).toBeCloseTo(4 * second * 0.2e-6, 9);
  expect(standardLambda!.arm64).toBeCloseTo(4 * second * 0.2e-6 + (3 * 1 + 1 * 2) * second * 0.0000133334, 6);
  expect(breakEvenConcurrency!.lowest).toBeCloseTo(floor!.lowest.total / (second * 5 / 4 * 0.0000133334), 6);
});

test('breaks even nowhere where some functions are on arm64 and others on x86_64', () => {
  const { fleet, fn } = fleetOn(['m7g.xlarge']);
  (fn.node.defaultChild as lambda.CfnFunction).architectures = ['x86_64'];
  const other = testFunction(fn.stack, 'Other', { architecture: lambda.Architecture.ARM_64 });
  fleet.addFunction(other);
  const plan = fleet.plan();

  expect(plan.estimate([...load(fn, 1e6, 100), ...load(other, 1e6, 100)]).breakEvenConcurrency).toBeUndefined();
  expect(plan.estimate(load(other, 1e6, 100)).breakEvenConcurrency).toBeDefined();
  // x86_64 costs a quarter more there, so that less load pays off.
  expect(plan.estimate(load(fn, 1e6, 100)).breakEvenConcurrency!.lowest / plan.estimate(load(other, 1e6, 100)).breakEvenConcurrency!.lowest)
    .toBeCloseTo(0.0000133334 / 0.0000166667, 6);
});

describe('what a load needs', () => {
  // 64 requests at once in each environment
  test.each<[string, number, number, boolean]>([
    ['fewer than the minimum', 60, 3, false],
    ['just what the minimum holds', 192, 3, false],
    ['one more', 192.5, 4, false],
    ['just what the maximum holds', 768, 12, false],
    ['more than that', 769, 12, true],
  ])('is, for %s: %d requests at once, %d environments', (_, concurrency, executionEnvironments, throttled) => {
    const { plan, fn } = fleetOn(['m7g.xlarge']);

    const [estimate] = plan.estimate(load(fn, concurrency * MONTH_HOURS * 3600, 1000)).functions;

    expect(estimate).toMatchObject({ functionName: 'Stack/Orders', executionEnvironments, throttled });
    expect(estimate.averageConcurrency).toBeCloseTo(concurrency, 6);
  });

  test('is at rest for functions without a load', () => {
    const { plan } = fleetOn(['m7g.xlarge']);

    expect(plan.estimate([])).toMatchObject({ functions: [], requests: 0, expected: plan.idleFloor, standardLambda: { x86: 0, arm64: 0 } });
  });
});

describe('a load of a function whose $LATEST.PUBLISHED isn\'t published', () => {
  const numbered = (versions: number) => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet');
    const fn = testFunction(stack, 'Function');
    fleet.addFunction(fn, { publishToLatestPublished: false });
    for (let i = 1; i <= versions; i++) new lambda.Version(stack, `Version${i}`, { lambda: fn, minExecutionEnvironments: 1 });
    return fleet.plan().estimate(load(fn, 64 * 5 * MONTH_HOURS * 3600, 1000));
  };

  test('goes to the only numbered version', () => {
    expect(numbered(1).functions[0].executionEnvironments).toBe(5);
    // Three fit on one, and they are spread over the zones.
    expect(numbered(1).expected!.lowest).toMatchObject({ instanceType: 'm5a.xlarge', instances: 3 });
  });

  test('goes nobody knows where with two of them', () => {
    expect(numbered(2).functions[0].executionEnvironments).toBeUndefined();
    expect(numbered(2).functions[0].throttled).toBe(false);
    expect(numbered(2)).toMatchObject({ expected: undefined, exceedsCeiling: undefined });
    expect(numbered(2).standardLambda).toBeDefined();
  });
});

describe('what isn\'t known', () => {
  test.each<[string, (token: number) => Partial<FunctionLoad>]>([
    ['the requests', (token) => ({ requestsPerMonth: token })],
    ['the duration', (token) => ({ meanDuration: Duration.seconds(token) })],
  ])('is all that depends on %s', (_, change) => {
    const { plan, fn } = fleetOn(['m7g.xlarge']);
    const token = new CfnParameter(fn.stack, 'Parameter', { type: 'Number' }).valueAsNumber;

    const estimate = plan.estimate(load(fn, 1e6, 100, change(token)));

    expect(estimate).toMatchObject({ expected: undefined, standardLambda: undefined, floor: plan.idleFloor });
    expect(estimate.functions[0].averageConcurrency).toBeUndefined();
    expect(estimate.toString()).toMatch(/with this load +unknown/);
  });

  test('is what a load costs where another function keeps nobody knows how much', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet');
    const known = testFunction(stack, 'Known');
    fleet.addFunction(known);
    fleet.addFunction(testFunction(stack, 'Unknown', { memorySize: new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber }));

    const estimate = fleet.plan().estimate(load(known, 1e6, 100));

    expect(estimate).toMatchObject({ expected: undefined, breakEvenConcurrency: undefined });
    expect(estimate.toString()).toMatch(/idle, at least +\$/);
  });

  test('is whether a load fits where the maximum of its function is a token', () => {
    const { plan, fn } = fleetOn(['m7g.xlarge'], { max: Token.asNumber({ Ref: 'Max' }) });

    expect(plan.estimate(load(fn, 1e6, 100)).functions[0].executionEnvironments).toBe(3);
    const large = plan.estimate(load(fn, 1e9, 5000));
    expect(large.functions[0].executionEnvironments).toBeUndefined();
    expect(large).toMatchObject({ functions: [{ throttled: false }], expected: undefined });
  });

  test('is when a fleet pays off that costs nothing at rest', () => {
    const { plan, fn } = fleetOn(['m7g.xlarge'], { min: 0 });

    expect(plan.estimate(load(fn, 1e6, 100)).breakEvenConcurrency).toBeUndefined();
  });

  test('is when a fleet pays off where standard Lambda costs nothing', () => {
    const stack = testStack({ env: { region: 'us-east-1' } });
    const fleet = new ManagedInstances(stack, 'Fleet');
    const fn = testFunction(stack, 'Function');
    fleet.addFunction(fn);
    const prices = PriceBook.builtin().withServicePrices({ standardGbSecondX86: 0 });

    expect(fleet.plan({ prices }).estimate(load(fn, 1e6, 100)).breakEvenConcurrency).toBeUndefined();
  });

  test('is what a function of unknown memory needs', () => {
    const { plan, fn } = fleetOn(['m7g.xlarge'], { memorySize: Token.asNumber({ Ref: 'Memory' }) });

    expect(plan.estimate(load(fn, 1e6, 100))).toMatchObject({ expected: undefined, standardLambda: undefined });
  });

  test('is standard Lambda where its price isn\'t known', () => {
    const { fn } = fleetOn(['m7g.xlarge']);
    const stack = testStack({ env: { region: 'eu-central-1' } });
    const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'shared'));
    const other = testFunction(stack, 'Other');
    fleet.addFunction(other);

    expect(fn).not.toBe(other);
    expect(fleet.plan().estimate(load(other, 1e6, 100)).standardLambda).toEqual({ x86: undefined, arm64: undefined });
    expect(fleet.plan().estimate(load(other, 1e6, 100)).toString()).toMatch(/standard Lambda, arm64 +unknown/);
  });
});

describe('cost', () => {
  const types = ['c7g.xlarge', 'm7g.2xlarge', 'r7g.4xlarge'];
  const concurrency = fc.integer({ min: 0, max: 3000 });
  const requests = (atOnce: number) => atOnce * MONTH_HOURS * 3600;

  test.each([400, 48])('is between floor and ceiling, with %d vCPUs at most', (maxVCpuCount) => {
    const { plan, fn } = fleetOn(types, { max: 40, maxVCpuCount });

    fc.assert(fc.property(concurrency, (atOnce) => {
      const { floor, expected, ceiling } = plan.estimate(load(fn, requests(atOnce), 1000));
      return (['lowest', 'highest'] as const).every((end) => floor![end].total <= expected![end].total && expected![end].total <= ceiling![end].total);
    }));
  });

  test('grows with the load', () => {
    const { plan, fn } = fleetOn(types, { max: 40 });
    const cost = (atOnce: number) => total(plan.estimate(load(fn, requests(atOnce), 1000)));

    fc.assert(fc.property(concurrency, concurrency, (one, other) => cost(Math.min(one, other)) <= cost(Math.max(one, other))));
  });

  test('grows with the environments', () => {
    const costs = [0, 1, 2, 3, 5, 8, 13, 21].map((min) => fleetOn(types, { min, max: 40 }).plan.idleFloor!);

    (['lowest', 'highest'] as const).forEach((end) => {
      const totals = costs.map((range) => range[end].total);
      expect(totals).toEqual([...totals].sort((a, b) => a - b));
      expect(totals[0]).toBe(0);
    });
  });
});

test('is text for people, in 80 columns', () => {
  const { plan, fn } = fleetOn(['c7g.xlarge', 'm7g.2xlarge']);

  const text = plan.estimate(load(fn, 100e6, 200)).toString();

  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).toMatch(/Orders +38.1 +7.6 +3/);
  expect(text).toMatch(/with this load +\$385.18 to \$842.04 +3 × c7g.xlarge to m7g.2xlarge/);
  expect(text).toMatch(/standard Lambda, arm64 +\$553.34/);
  expect(text).toMatch('Above 5.2 to 11.7 requests at once on average, the idle floor is cheaper than');
});

test('is text whose lines don\'t break where the types are Lambda\'s choice and the ceiling is AWS\'s', () => {
  const stack = testStack({ env: { region: 'us-east-1' } });
  const fleet = new ManagedInstances(stack, 'Fleet');
  const fn = testFunction(stack, 'Function');
  fleet.addFunction(fn);

  const text = fleet.plan().estimate(load(fn, 1e6, 1000)).toString();

  expect(text).toMatch(/^at maximum +\$14,440 to \$35,066 +200 × m5a.large to m8ine.large$/m);
  expect(text).toMatch(/^standard Lambda, x86_64 +\$33.53$/m);
});

test('says on what it rests: the discount, the Region, and the types that stand for Lambda\'s choice', () => {
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet');
  const fn = testFunction(stack, 'Function');
  fleet.addFunction(fn);

  const text = fleet.plan({ computeDiscount: 0.66 }).estimate(load(fn, 1000, 100)).toString().replace(/\s+/g, ' ');

  expect(text).toMatch('less 66 % (EC2 and fee together: 51 % off EC2\'s price)');
  expect(text).toMatch('us-east-1, because the Region of the stack isn\'t known');
  expect(text).toMatch('the range is over general purpose families (M)');
  expect(text).toMatch('Function < 0.1 < 0.1 3');
});

test('says where the ceiling of the fleet holds less than the load needs', () => {
  const stack = testStack({ env: { region: 'us-east-1' } });
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 12 });
  const fn = testFunction(stack, 'Function');
  fleet.addFunction(fn);
  const estimate = (atOnce: number) => fleet.plan().estimate(load(fn, atOnce * MONTH_HOURS * 3600, 1000));
  const text = (atOnce: number) => estimate(atOnce).toString().replace(/\s+/g, ' ');

  expect(text(64 * 7)).toMatch('maxVCpuCount is 12. On some allowed types that is too low for the load, and requests are throttled.');
  expect(text(64 * 6)).not.toMatch('throttled');
  expect(estimate(64 * 7).toJson().exceedsCeiling).toBe(true);
  expect(estimate(64 * 6).toJson().exceedsCeiling).toBe(false);
});

test('is JSON in the published shape', () => {
  const validate = new Ajv().compile(schema);
  const { plan, fn } = fleetOn(['c7g.xlarge', 'm7g.2xlarge']);
  const json = plan.estimate(load(fn, 100e6, 200)).toJson();

  expect(validate(json)).toBe(true);
  expect(validate({ ...json, functions: [{}] })).toBe(false);
});

test('refuses what isn\'t possible, all of it at once', () => {
  const { plan, fn } = fleetOn(['c7g.xlarge']);
  const elsewhere = testFunction(fn.stack, 'Elsewhere');

  expect(() => plan.estimate([
    { function: elsewhere, requestsPerMonth: 1, meanDuration: Duration.seconds(1) },
    ...load(fn, -1, 0, { standardMemorySize: 64 }),
    ...load(fn, 1, 100),
  ])).toThrow(new RegExp([
    '5 problems:',
    'function is Stack/Elsewhere, but must be attached to this fleet and publish a version. Estimate the load of attached functions only. .*',
    'requestsPerMonth is -1, but must be a number of at least 0. Use the number of requests of one month. .*',
    'meanDuration is 0 ms, but must be longer than 0. Use the mean duration of a request. .*',
    'standardMemorySize is 64, but functions on standard Lambda have 128 to 10240 MB. Choose the memory to compare with, or leave it out. .*',
    'function names Stack/Orders twice, but each function can have only one load. Add up the requests, and use the mean duration of all. .*',
  ].join('\n  - ')));
});
