import { typesNamed } from '../../../src/catalog/types-named';
import { UNKNOWN } from '../../../src/reading/fact';
import { capacityOf, FleetFacts } from '../../../src/rules/fleet/fleet-facts';
import { FLEET_RULES } from '../../../src/rules/fleet/fleet-rules';
import { GENERAL_PURPOSE_SIZES } from '../../../src/service/general-purpose-sizes';
import { LiveVersion } from '../../../src/sizing/fleet-demand';
import { brief, judge, textOf } from '../util';

/** Three environments of 2 vCPUs: 6 vCPUs at rest. */
const ORDERS: LiveVersion = {
  functionName: 'Orders', version: '$LATEST.PUBLISHED', vCpus: 2, memoryMiB: 4096, maxConcurrency: 128, minEnvironments: 3, maxEnvironments: Infinity,
};

function fleet(facts: Partial<FleetFacts>): FleetFacts {
  return {
    versions: [ORDERS],
    maxVCpuCount: 400,
    subnetAddresses: [],
    hasAllowList: false,
    types: UNKNOWN,
    hosts: GENERAL_PURPOSE_SIZES,
    capacity(limits) { return capacityOf(this, limits); },
    ...facts,
  };
}

function allowing(...names: string[]): Partial<FleetFacts> {
  const types = { ...typesNamed(names), restricted: true };
  return { hasAllowList: true, types, hosts: types.types };
}

const copies = (count: number) => Array.from({ length: count }, (_, i) => ({ ...ORDERS, functionName: `F${i}` }));

describe('VCpuCeilingBelowMinimum', () => {
  test.each<[string, FleetFacts['maxVCpuCount'], string[]]>([
    ['just below what the environments need', 5, ['error VCpuCeilingBelowMinimum']],
    ['what they need, without room to deploy', 6, ['warning VCpuCeilingTight']],
    ['a token', UNKNOWN, []],
    ['AWS\'s default', undefined, []],
  ])('a ceiling of %s: %p', (_, maxVCpuCount, expected) => {
    expect(brief(judge(FLEET_RULES, fleet({ maxVCpuCount })))).toEqual(expected);
  });

  test('names what is needed, by whom, and a ceiling that is enough', () => {
    const versions = [ORDERS, ...copies(3), { ...ORDERS, functionName: 'Big', vCpus: 8, memoryMiB: 16384 }];

    const text = textOf(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 40 })), 'VCpuCeilingBelowMinimum');

    expect(text).toBe('maxVCpuCount must be at least 48 vCPUs, which the environments that are kept need: Big $LATEST.PUBLISHED 3 × 8, '
      + 'F0 $LATEST.PUBLISHED 3 × 2, F1 $LATEST.PUBLISHED 3 × 2, 2 more, got 40; raise it to 112, or lower minExecutionEnvironments');
    expect(brief(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 112 })))).toEqual([]);
  });

  test('counts what is known: of the rest, there may be none', () => {
    const sizeless = { ...ORDERS, memoryMiB: undefined, vCpus: undefined };
    const versions = [{ ...ORDERS, minEnvironments: undefined }, { ...ORDERS, vCpus: undefined }, sizeless];

    expect(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 2 }))).toEqual([]);
  });

  test('says which default it is', () => {
    const versions = [{ ...ORDERS, minEnvironments: 250 }];

    expect(textOf(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: undefined })), 'VCpuCeilingBelowMinimum'))
      .toMatch('must be at least 500 vCPUs');
    expect(textOf(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: undefined })), 'VCpuCeilingBelowMinimum'))
      .toMatch('got none, which means AWS\'s 400');
    expect(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: undefined }), { vCpuCountDefault: 4000 })).toEqual([]);
  });
});

describe('VCpuCeilingTight', () => {
  // 6 at rest, 6 more for the deployment, and 4 of an xlarge to spare
  test.each<[number, string[]]>([
    [6, ['warning VCpuCeilingTight']],
    [15, ['warning VCpuCeilingTight']],
    [16, []],
    [17, []],
  ])('a ceiling of %d for one function: %p', (maxVCpuCount, expected) => {
    expect(brief(judge(FLEET_RULES, fleet({ maxVCpuCount })))).toEqual(expected);
  });

  // 12 at rest, 6 more for one of the two, and 8 of a 2xlarge to spare; 12 more for both
  test.each<[number, string[]]>([
    [25, ['warning VCpuCeilingTight']],
    [26, ['info VCpuCeilingTight']],
    [31, ['info VCpuCeilingTight']],
    [32, []],
  ])('a ceiling of %d for two functions: %p', (maxVCpuCount, expected) => {
    expect(brief(judge(FLEET_RULES, fleet({ versions: copies(2), maxVCpuCount })))).toEqual(expected);
  });

  test('says what takes the room, and what is enough', () => {
    expect(textOf(judge(FLEET_RULES, fleet({ maxVCpuCount: 15 })), 'VCpuCeilingTight'))
      .toBe('maxVCpuCount should be at least 16 vCPUs: 6 at rest, 6 while Orders $LATEST.PUBLISHED is deployed and 4 for an instance more, got 15; raise it to 28');
    expect(textOf(judge(FLEET_RULES, fleet({ versions: copies(2), maxVCpuCount: 26 })), 'VCpuCeilingTight'))
      .toBe('maxVCpuCount would have to be 32 vCPUs to deploy all functions at once: twice the 12 at rest and 8 for an instance more, '
        + 'got 26; raise it to 40 if functions are deployed together');
  });

  test('leaves the instance out where nothing is known of the types', () => {
    expect(brief(judge(FLEET_RULES, fleet({ hosts: UNKNOWN, maxVCpuCount: 11 })))).toEqual(['warning VCpuCeilingTight']);
    expect(textOf(judge(FLEET_RULES, fleet({ hosts: UNKNOWN, maxVCpuCount: 11 })), 'VCpuCeilingTight')).toMatch(/is deployed, got 11; raise it to 12$/);
    expect(judge(FLEET_RULES, fleet({ hosts: UNKNOWN, maxVCpuCount: 12 }))).toEqual([]);
  });

  test('says nothing of a fleet that scales to zero', () => {
    expect(judge(FLEET_RULES, fleet({ versions: [{ ...ORDERS, minEnvironments: 0 }], maxVCpuCount: 2 }))).toEqual([]);
  });
});

test('a remedy is a least where the size of another version isn\'t known', () => {
  const versions = [ORDERS, { ...ORDERS, functionName: 'Unknown', vCpus: undefined }];

  expect(textOf(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 5 })), 'VCpuCeilingBelowMinimum')).toMatch('raise it to at least 28');
  expect(textOf(judge(FLEET_RULES, fleet({ versions: [ORDERS], maxVCpuCount: 5 })), 'VCpuCeilingBelowMinimum')).toMatch('raise it to 28');
});

describe('EnvironmentDoesNotFit', () => {
  // A c8g.xlarge has 4 vCPUs and 8 GiB, of which 1 and 1 are Lambda's.
  test.each<[number, number, string[]]>([
    [3, 7168, []],
    [3, 7169, ['warning EnvironmentDoesNotFit']],
    [4, 7168, ['warning EnvironmentDoesNotFit']],
    [4, 8192, ['warning EnvironmentDoesNotFit']],
    [4, 8193, ['error EnvironmentDoesNotFit']],
    [5, 7168, ['error EnvironmentDoesNotFit']],
  ])('%d vCPUs and %d MB on a c8g.xlarge: %p', (vCpus, memoryMiB, expected) => {
    const versions = [{ ...ORDERS, vCpus, memoryMiB }];

    expect(brief(judge(FLEET_RULES, fleet({ versions, ...allowing('c8g.xlarge') })))).toEqual(expected);
  });

  test('is refused whatever was added first, where one environment is merely unlikely to fit and another one can\'t', () => {
    const [unlikely, impossible] = [{ ...ORDERS, vCpus: 4, memoryMiB: 8192 }, { ...ORDERS, functionName: 'Big', vCpus: 8, memoryMiB: 8192 }];
    const judged = [[unlikely, impossible], [impossible, unlikely]].map((versions) => (
      judge(FLEET_RULES, fleet({ versions, ...allowing('c8g.xlarge') }))
    ));

    expect(brief(judged[0])).toEqual(['error EnvironmentDoesNotFit']);
    expect(textOf(judged[0], 'EnvironmentDoesNotFit')).toMatch('of Big $LATEST.PUBLISHED');
    expect(judged[0]).toEqual(judged[1]);
  });

  test('says what the largest type has, and what is asked of it', () => {
    const versions = [ORDERS, { ...ORDERS, functionName: 'Big', vCpus: 8, memoryMiB: 16384 }];

    expect(textOf(judge(FLEET_RULES, fleet({ versions, ...allowing('m8g.large', 'c8g.xlarge') })), 'EnvironmentDoesNotFit'))
      .toBe('allowedInstanceTypes must hold a type for each environment: the largest, c8g.xlarge, has 3 vCPUs and 7168 MB for them, '
        + 'got 8 vCPUs and 16384 MB of Big $LATEST.PUBLISHED; allow a larger type, or lower memorySize of the function');
  });

  test.each<[string, Partial<FleetFacts>]>([
    ['no list', {}],
    ['a list that is a token', { hasAllowList: true, types: UNKNOWN }],
    ['a type that nobody knows', allowing('c8g.xlarge', 'c99z.96xlarge')],
    ['an empty list', allowing()],
  ])('is silent with %s', (_, facts) => {
    expect(judge(FLEET_RULES, fleet({ versions: [{ ...ORDERS, vCpus: 16, memoryMiB: 32768 }], ...facts }))).toEqual([]);
  });

  test('is silent where the size isn\'t known', () => {
    expect(judge(FLEET_RULES, fleet({ versions: [{ ...ORDERS, vCpus: undefined }], ...allowing('m8g.large') }))).toEqual([]);
  });

  test('leaves GPUs to the rule about them', () => {
    expect(judge(FLEET_RULES, fleet({ versions: [{ ...ORDERS, gpuMemory: 24 }], ...allowing('m8g.4xlarge') }))).toEqual([]);
  });
});

describe('VersionsPerProvider', () => {
  const idle = (count: number) => copies(count).map((version) => ({ ...version, minEnvironments: 0 }));

  test.each<[number, string[]]>([
    [80, []],
    [81, ['warning VersionsPerProvider']],
    [100, ['warning VersionsPerProvider']],
    [101, ['error VersionsPerProvider']],
  ])('%d versions: %p', (count, expected) => {
    expect(brief(judge(FLEET_RULES, fleet({ versions: idle(count) })))).toEqual(expected);
  });

  test('follows a limit that AWS has raised', () => {
    expect(judge(FLEET_RULES, fleet({ versions: idle(101) }), { versionsPerProviderMax: 500, versionsPerProviderNear: 400 })).toEqual([]);
    expect(textOf(judge(FLEET_RULES, fleet({ versions: idle(101) })), 'VersionsPerProvider'))
      .toBe('capacityProvider must have at most 100 function versions, got 101, $LATEST.PUBLISHED of each function included; '
        + 'put functions on a second capacity provider, or publish fewer numbered versions');
  });
});

describe('SubnetAddresses', () => {
  // 400 vCPUs are 100 instances of an xlarge: 34 in each of three subnets
  test.each<[string, FleetFacts['subnetAddresses'], string[]]>([
    ['one too few in a subnet', [251, 33, 251], ['warning SubnetAddresses']],
    ['just enough', [34, 34, 34], []],
    ['more', [4091, 4091, 4091], []],
    ['unknown', [11, UNKNOWN, 11], []],
    ['nothing known of the network', [], []],
  ])('addresses: %s', (_, subnetAddresses, expected) => {
    expect(brief(judge(FLEET_RULES, fleet({ subnetAddresses })))).toEqual(expected);
  });

  test('is silent where it isn\'t known how far a version grows', () => {
    const versions = [{ ...ORDERS, maxEnvironments: undefined }];

    expect(judge(FLEET_RULES, fleet({ versions, subnetAddresses: [11, 11] }))).toEqual([]);
  });

  test('counts the instances of the plan, not of the ceiling', () => {
    // Six environments of 2 vCPUs and 4 GB: three on an xlarge each, at most six.
    expect(judge(FLEET_RULES, fleet({ versions: [{ ...ORDERS, maxEnvironments: 6 }], subnetAddresses: [11, 11] }))).toEqual([]);
    expect(textOf(judge(FLEET_RULES, fleet({ subnetAddresses: [11, 11] })), 'SubnetAddresses'))
      .toBe('vpcSubnets should have 50 free addresses each, for 100 instances at most over 2 subnets, got 11 in the smallest; '
        + 'use larger subnets, or lower maxExecutionEnvironments or maxVCpuCount');
  });
});
