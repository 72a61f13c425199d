/** The whole text of plans: what a reader would miss in a line that one expectation picks. */
import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PARAMETER, PlannedFleet, PlannedFunction, planOfTemplate, withDefaults } from './plan-of-template';
import { ManagedInstances, PriceBook } from '../../src';
import { planText } from '../../src/planning/plan-text';
import { testFunction, testStack } from '../util';

/** The text of the plan of a fleet in a template. */
function textOf({ functions, ...fleet }: PlannedFleet): string {
  return planText(planOfTemplate({ ...fleet, functions: withDefaults(functions, { max: 12 }) }));
}

const SMALL = { types: ['c7g.2xlarge', 'm7g.2xlarge'], functions: { Orders: { ratio: 2 } } };
const inWords = (text: string) => text.replace(/\s+/g, ' ');

test('states all of a fleet: versions, instances, costs and findings', () => {
  expect(textOf({
    types: ['c7g.2xlarge', 'm7g.4xlarge', 'r7g.2xlarge'],
    functions: { Orders: { ratio: 2, isNumbered: true }, Payments: { memory: 8192, min: 1, max: 4 } },
    options: { computeDiscount: 0.5 },
  })).toMatchSnapshot();
});

test('marks what is unknown, and calls the rest at least or at most', () => {
  expect(textOf({
    types: ['c7g.2xlarge', 'm7g.2xlarge'], functions: { Orders: { ratio: 2 }, Unknown: { memory: PARAMETER }, Growing: { ratio: 4, max: PARAMETER } },
  })).toMatchSnapshot();
});

test('states the range over general purpose types if Lambda chooses, and AWS\'s own account of single environments', () => {
  expect(textOf({ functions: { Orders: { min: 1, max: 5 }, Payments: { min: 3, max: 3 } } })).toMatchSnapshot();
});

describe('the table of versions', () => {
  const notes = (fn: PlannedFunction) => textOf({ ...SMALL, functions: { Orders: fn } }).split('\n').filter((line) => /^[*?]/.test(line));

  test.each<[string, PlannedFunction, string[]]>([
    ['nothing', { ratio: 2 }, []],
    ['a ratio that isn\'t set', {}, ['* No ratio is set, so AWS\'s default is assumed: 2 GiB per vCPU.']],
    ['a memory that isn\'t known', { ratio: 2, memory: PARAMETER }, ['? is unknown before deployment, so the figures below are minimums.']],
    ['a maximum that isn\'t known', { ratio: 2, max: PARAMETER }, ['? is unknown before deployment.']],
  ])('explains %s', (_what, fn, expected) => {
    expect(notes(fn)).toEqual(expected);
  });
});

describe('the table of instances', () => {
  const rowsOf = (functions: Record<string, PlannedFunction>) => textOf({ ...SMALL, ceiling: 400, functions }).split('the whole fleet')[1].split('\n\n')[0]
    .split('\n').slice(2).map((line) => line.trim().replace(/ {2,}/g, ' | '));

  test('has the deployment of all functions only if that needs more than the deployment of one', () => {
    expect(rowsOf({ Orders: { ratio: 2 } })).toEqual([
      'at rest | 3 × c7g.2xlarge | 24',
      '+ while Orders is deployed | none | 0',
      '+ for a replacement | 1 × c7g.2xlarge | 8',
      '= to deploy one function | 4 × c7g.2xlarge | 32',
      'at maximum | 4 × c7g.2xlarge | 32',
    ]);
    expect(rowsOf({ Orders: { ratio: 2, min: 6 }, Payments: { ratio: 2, min: 6 } })).toEqual([
      'at rest | 4 × c7g.2xlarge | 32',
      '+ while Orders is deployed | 2 × c7g.2xlarge | 16',
      '+ for a replacement | 1 × c7g.2xlarge | 8',
      '= to deploy one function | 7 × c7g.2xlarge | 56',
      '+ while 2 functions are deployed at once | 4 × c7g.2xlarge | 32',
      '= to deploy 2 functions at once | 9 × c7g.2xlarge | 72',
      'at maximum | 8 × c7g.2xlarge | 64',
    ]);
  });
});

describe('the verdict', () => {
  const verdict = (ceiling: unknown) => /MaxVCpuCount is .*? at a time\./.exec(inWords(textOf({ ...SMALL, ceiling })))?.[0];

  test.each<[unknown, string]>([
    [32, 'MaxVCpuCount is 32; on c7g.2xlarge, 32 suffices to deploy one function at a time.'],
    [31, 'MaxVCpuCount is 31, which is tight; on c7g.2xlarge, 32 suffices to deploy one function at a time.'],
    [24, 'MaxVCpuCount is 24, which is tight; on c7g.2xlarge, 32 suffices to deploy one function at a time.'],
    [23, 'MaxVCpuCount is 23, which is likely too low; on c7g.2xlarge, 32 suffices to deploy one function at a time.'],
    [8, 'MaxVCpuCount is 8, which is likely too low; on c7g.2xlarge, 32 suffices to deploy one function at a time.'],
    [7, 'MaxVCpuCount is 7, which is too low; on c7g.2xlarge, 32 suffices to deploy one function at a time.'],
    [PARAMETER, 'MaxVCpuCount is not known here; on c7g.2xlarge, 32 suffices to deploy one function at a time.'],
  ])('with a ceiling of %p', (ceiling, expected) => {
    expect(verdict(ceiling)).toBe(expected);
  });

  test('also says what all functions of a stack take at once, if that is more', () => {
    const functions = { Orders: { ratio: 2, min: 6 }, Payments: { ratio: 2, min: 6 } };

    expect(inWords(textOf({ ...SMALL, ceiling: 400, functions }))).toContain('56 suffices to deploy one function at a time, 72 to deploy all functions of a stack at once.');
    expect(inWords(textOf({ ...SMALL, ceiling: 400 }))).not.toContain('to deploy all functions');
  });

  test('says why nothing is known to suffice', () => {
    expect(inWords(textOf({ ...SMALL, functions: { Orders: { memory: PARAMETER } } }))).toContain('since it isn\'t known how many environments any version keeps.');
    expect(inWords(textOf({ ...SMALL, types: ['c7g.large'] }))).toContain('since no instance type is known to hold each environment.');
  });
});

describe('money', () => {
  test('without a discount isn\'t said to have one', () => {
    expect(inWords(textOf(SMALL))).toContain('Estimates in $ a month, of EC2 on demand with the fee of 15 %, without requests, traffic, alarms and dashboards.');
  });

  test.each<[number, string]>([
    [0.15, '0 % off EC2\'s price'],
    [0.14, '1 % above EC2\'s price'],
    [0.5, '35 % off EC2\'s price'],
  ])('with a discount of %d is %s', (computeDiscount, expected) => {
    expect(inWords(textOf({ ...SMALL, options: { computeDiscount } }))).toContain(expected);
  });

  test('of your own prices names no date', () => {
    expect(inWords(textOf({ ...SMALL, options: { prices: PriceBook.perVCpuHour(0.05) } }))).toContain('Prices are your own, us-east-1.');
  });

  test.each<[number, string]>([
    [5, 'No price is known for c90g.xlarge, c91g.xlarge, c92g.xlarge, c93g.xlarge, c94g.xlarge.'],
    [6, 'No price is known for c90g.xlarge, c91g.xlarge, c92g.xlarge, c93g.xlarge, c94g.xlarge and 1 more.'],
    [8, 'No price is known for c90g.xlarge, c91g.xlarge, c92g.xlarge, c93g.xlarge, c94g.xlarge and 3 more.'],
  ])('lists at most five of %d types without a price', (count, expected) => {
    const types = Array.from({ length: count }, (_, i) => `c9${i}g.xlarge`);

    expect(inWords(textOf({ ...SMALL, types: ['c7g.2xlarge', ...types] }))).toContain(expected);
  });

  test('of a network in a template is in the table, with a word on what the library has no price for', () => {
    const more = {
      Vpc: { Type: 'AWS::EC2::VPC' },
      ...Object.fromEntries(['subnet-1', 'Subnet'].map((id) => [id.replace('-', ''), { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } }])),
      Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'Subnet' } } },
      Fleet: {
        Type: 'AWS::Lambda::CapacityProvider',
        Properties: { VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: ['sg-1'] }, InstanceRequirements: { AllowedInstanceTypes: ['c7g.2xlarge'] } },
      },
    };
    const [here, elsewhere] = ['us-east-1', 'eu-central-1'].map((region) => textOf({ ...SMALL, more, options: { region } }));

    expect(here).toMatch(/NAT gateways and addresses +\$36\.50 +1\n/);
    expect(here).not.toContain('The library has no price');
    expect(elsewhere).toMatch(/NAT gateways and addresses +unknown +1\n/);
    expect(inWords(elsewhere)).toMatch(/The library has no price for NAT gateways and addresses in eu-central-1\.(?! Pass one)/);
  });

  test('of composite alarms can\'t be set, so nobody is asked for it', () => {
    const stack = new Stack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    fleet.addFunction(testFunction(stack));
    fleet.addAlarms('Alarms');

    const text = fleet.plan().toString();
    expect(text).toMatch(/composite alarms +unknown +\d/);
    expect(text).not.toContain('The library has no price');
  });
});

test('lists findings by how grave they are, each sentence once', () => {
  const single = { ratio: 2, min: 1 };
  const findings = textOf({ ...SMALL, functions: { Orders: single, Payments: single, Invoices: { ratio: 2, memory: 2048, concurrency: 90 } } }).split('Good to know')[1];

  expect([...findings.matchAll(/^- (\w+) (\w+):/gm)].map(([, level, code]) => `${level} ${code}`)).toEqual([
    'error ConcurrencyPerVCpu', 'warning LogGroupMissing', 'warning AllowListNarrow', 'info IdleFloor', 'info FewerThanThreeEnvironments',
  ]);
});

test('shortens the name of a version at its beginning', () => {
  const stack = testStack({ env: { region: 'us-east-1' } });
  const fleet = new ManagedInstances(stack, 'Fleet');
  const fn = testFunction(stack);
  fleet.addFunction(fn, { publishToLatestPublished: false });
  new lambda.Version(stack, 'TwentyLettersLongIdX', { lambda: fn });
  new lambda.Version(stack, 'TwentyOneLettersIdABC', { lambda: fn });

  const text = fleet.plan().toString();
  expect(text).toContain('  TwentyLettersLongIdX ');
  expect(text).toContain('  …entyOneLettersIdABC ');
});
