import { typesNamed } from '../../../src/catalog/types-named';
import { UNKNOWN } from '../../../src/reading/fact';
import { capacityOf } from '../../../src/rules/fleet/capacity';
import { FleetFacts } from '../../../src/rules/fleet/fleet-facts';
import { FLEET_RULES } from '../../../src/rules/fleet/fleet-rules';
import { GENERAL_PURPOSE_SIZES, LARGEST_SHAPES } from '../../../src/service/general-purpose-sizes';
import { ManagedInstancesLimits } from '../../../src/service/managed-instances-limits';
import { LiveVersion } from '../../../src/sizing/fleet-demand';
import { brief, judge, textOf } from '../util';

/** Three environments of 2 vCPUs: an instance of 4 vCPUs for each. */
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
    possibleHosts: LARGEST_SHAPES,
    capacity(limits) { return capacityOf(this, limits); },
    ...facts,
  };
}

function allowing(...names: string[]): Partial<FleetFacts> {
  const types = { ...typesNamed(names), restricted: true };
  return { hasAllowList: true, types, hosts: types.types, possibleHosts: types.types };
}

const judgeLimits = ManagedInstancesLimits.CURRENT._values;

const copies = (count: number) => Array.from({ length: count }, (_, i) => ({ ...ORDERS, functionName: `F${i}` }));

const UNKNOWN_TYPES: Partial<FleetFacts> = { hosts: UNKNOWN, possibleHosts: UNKNOWN };

describe('VCpuCeilingBelowMinimum', () => {
  // Three environments of 2 vCPUs need 8: all on one instance, of which one vCPU is Lambda's.
  test.each<[string, FleetFacts['maxVCpuCount'], string[]]>([
    ['just below what any placement needs', 7, ['error VCpuCeilingBelowMinimum']],
    ['what one instance has, without any spreading', 8, ['warning VCpuCeilingTight']],
    ['a token', UNKNOWN, []],
    ['AWS\'s default', undefined, []],
  ])('a ceiling of %s: %p', (_, maxVCpuCount, expected) => {
    expect(brief(judge(FLEET_RULES, fleet({ maxVCpuCount })))).toEqual(expected);
  });

  test('says how the number comes about, who needs it, and a ceiling that is enough', () => {
    const versions = [ORDERS, ...copies(3), { ...ORDERS, functionName: 'Big', vCpus: 8, memoryMiB: 16384 }];
    const text = textOf(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 40 })), 'VCpuCeilingBelowMinimum');

    expect(text).toBe('maxVCpuCount is 40, but the environments that are always kept (Big $LATEST.PUBLISHED 3 × 8, F0 $LATEST.PUBLISHED 3 × 2, F1 '
      + '$LATEST.PUBLISHED 3 × 2, 2 more vCPUs) need 50: 1 × *.large + 1 × *.12xlarge at the very least. Raise it to 112: 64 at rest (4 × '
      + 'm*.4xlarge) + 32 while Big is deployed + 16 for a replacement = 112, or lower minExecutionEnvironments.');
    expect(brief(judge(FLEET_RULES, fleet({ versions: [versions[4]], maxVCpuCount: 112 })))).toEqual([]);
  });

  test('counts whole instances of the allowed types', () => {
    const versions = [{ ...ORDERS, vCpus: 4, memoryMiB: 8192 }];
    const text = (maxVCpuCount: number) => textOf(
      judge(FLEET_RULES, fleet({ versions, maxVCpuCount, ...allowing('c6g.2xlarge', 'c7g.2xlarge', 'c8g.2xlarge') })), 'VCpuCeilingBelowMinimum',
    );

    expect(text(16)).toMatch('is 16, but the environments that are always kept (Orders $LATEST.PUBLISHED 3 × 4 vCPUs) need 24: 3 × c6g.2xlarge at the very least. Raise it to 56: 24 at rest');
    expect(text(23)).toMatch('is 23');
    expect(text(24)).toBeUndefined();
  });

  test('is a warning where no ratio is written, and says which one it takes', () => {
    const findings = judge(FLEET_RULES, fleet({ versions: [{ ...ORDERS, assumesRatio: true }], maxVCpuCount: 7 }));

    expect(brief(findings)).toEqual(['warning VCpuCeilingBelowMinimum']);
    expect(textOf(findings, 'VCpuCeilingBelowMinimum')).toMatch('maxVCpuCount is 7, but the environments that are always kept (Orders $LATEST.PUBLISHED 3 × 2 vCPUs) need 8: 1 × *.2xlarge at the very least, if functions without a ratio get AWS\'s 2 GiB per vCPU');
    expect(textOf(findings, 'VCpuCeilingBelowMinimum')).toMatch(', if functions without a ratio get AWS\'s 2 GiB per vCPU.');
  });

  test('counts what is known: of the rest, there may be none', () => {
    const sizeless = { ...ORDERS, memoryMiB: undefined, vCpus: undefined };
    const versions = [{ ...ORDERS, minEnvironments: undefined }, { ...ORDERS, vCpus: undefined }, sizeless];

    expect(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 2 }))).toEqual([]);
  });

  test('counts the vCPUs of environments where nothing is known of the types', () => {
    expect(textOf(judge(FLEET_RULES, fleet({ ...UNKNOWN_TYPES, maxVCpuCount: 5 })), 'VCpuCeilingBelowMinimum'))
      .toMatch('is 5, but the environments that are always kept (Orders $LATEST.PUBLISHED 3 × 2 vCPUs) need 6. Raise it to 12: 6 at rest + 6 while Orders is deployed = 12');
    expect(brief(judge(FLEET_RULES, fleet({ ...UNKNOWN_TYPES, maxVCpuCount: 6 })))).toEqual(['warning VCpuCeilingTight']);
  });

  test('says which default it is', () => {
    const versions = [{ ...ORDERS, minEnvironments: 250 }];
    const text = textOf(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: undefined })), 'VCpuCeilingBelowMinimum');

    expect(text).toMatch('maxVCpuCount isn\'t set, which means AWS\'s 400, but the environments that are always kept (Orders $LATEST.PUBLISHED 250 × 2 vCPUs) need 508: 1 × *.xlarge + 1 × *.6xlarge + 1 × *.24xlarge + 1 × *.96xlarge at the very least');
    expect(text).toMatch('isn\'t set, which means AWS\'s 400');
    expect(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: undefined }), { vCpuCountDefault: 4000 })).toEqual([]);
  });
});

describe('VCpuCeilingTight', () => {
  // 3 × m*.xlarge at rest, as many for the deployment, and one more
  test.each<[number, string[]]>([
    [8, ['warning VCpuCeilingTight']],
    [27, ['warning VCpuCeilingTight']],
    [28, []],
    [29, []],
  ])('a ceiling of %d for one function: %p', (maxVCpuCount, expected) => {
    expect(brief(judge(FLEET_RULES, fleet({ maxVCpuCount })))).toEqual(expected);
  });

  // Three of 2 vCPUs on each m*.2xlarge: 24 at rest, 8 more for one of the two, or 16 for both, and 8 for an instance more.
  test.each<[number, string | undefined]>([
    [31, 'maxVCpuCount is 31, but even one function needs 32 to be deployed'],
    [32, 'maxVCpuCount is 32, but CloudFormation deploys 2 functions of a stack at once, which needs 40'],
    [39, 'maxVCpuCount is 39, but CloudFormation deploys 2 functions of a stack at once, which needs 40'],
    [40, undefined],
  ])('a ceiling of %d for two functions: %p', (maxVCpuCount, expected) => {
    const text = textOf(judge(FLEET_RULES, fleet({ versions: copies(2), maxVCpuCount })), 'VCpuCeilingTight');

    if (expected) expect(text).toMatch(expected);
    else expect(text).toBeUndefined();
  });

  test('says what takes the room, and what is enough', () => {
    expect(textOf(judge(FLEET_RULES, fleet({ maxVCpuCount: 16 })), 'VCpuCeilingTight')).toBe(
      'maxVCpuCount is 16, but even one function needs 28 to be deployed. Raise it to 28: 12 at rest (3 × m*.xlarge) + 12 while Orders is '
        + 'deployed + 4 for a replacement = 28.',
    );
  });

  test('is silent about functions of several stacks, which are deployed one after the other', () => {
    const versions = copies(4).map((version) => ({ ...version, stack: {} }));
    const most = fleet({ versions }).capacity(judgeLimits).need.toDeployOne.total;

    expect(brief(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: most })))).toEqual([]);
    expect(brief(judge(FLEET_RULES, fleet({ versions: copies(4), maxVCpuCount: most })))).toEqual(['warning VCpuCeilingTight']);
  });

  test('leaves the instance out where nothing is known of the types', () => {
    expect(textOf(judge(FLEET_RULES, fleet({ ...UNKNOWN_TYPES, maxVCpuCount: 11 })), 'VCpuCeilingTight')).toMatch(/Raise it to 12: 6 at rest \+ 6 while Orders is deployed = 12\.$/);
    expect(judge(FLEET_RULES, fleet({ ...UNKNOWN_TYPES, maxVCpuCount: 12 }))).toEqual([]);
  });

  test('says nothing of a fleet that scales to zero', () => {
    expect(judge(FLEET_RULES, fleet({ versions: [{ ...ORDERS, minEnvironments: 0 }], maxVCpuCount: 2 }))).toEqual([]);
  });

  test('is silent about ten functions of 2048 MB with three environments each and a ceiling of 128', () => {
    const versions = copies(10).map((version) => ({ ...version, vCpus: 1, memoryMiB: 2048 }));

    expect(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 128 }))).toEqual([]);
  });
});

/** What was reported by those who use managed instances: with this ceiling, the finding would have helped. */
describe('in the field', () => {
  const sized = (functionName: string, memoryMiB: number, environments: number): LiveVersion => (
    { ...ORDERS, functionName, memoryMiB, vCpus: memoryMiB / 2048, minEnvironments: environments, maxEnvironments: environments }
  );

  // https://github.com/aws-powertools/powertools-lambda-typescript/issues/5735: four functions, each on an instance of 4 vCPUs
  test('four functions with one environment each deploy below 24 vCPUs, not below 12', () => {
    const versions = ['A', 'B', 'C', 'D'].map((name) => ({ ...sized(name, 2048, 1), stack: {} }));

    expect(textOf(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 12 })), 'VCpuCeilingTight'))
      .toBe('maxVCpuCount is 12, but the fleet and a deployment need 24. Raise it to 24: 16 at rest (4 × m*.xlarge) + 4 while A is deployed + 4 for a replacement = 24.');
    expect(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 24 }))).toEqual([]);
  });

  // A public spike, September 2026: a function of 16 GB and 8 vCPUs got three c9g.8xlarge; a ceiling of 64 failed.
  test('a function of 8 vCPUs is too large for a ceiling of 64', () => {
    expect(brief(judge(FLEET_RULES, fleet({ versions: [sized('Big', 16384, 3)], maxVCpuCount: 64 })))).toEqual(['warning VCpuCeilingTight']);
    expect(brief(judge(FLEET_RULES, fleet({ versions: [sized('Big', 16384, 3)], maxVCpuCount: 31 })))).toEqual(['error VCpuCeilingBelowMinimum']);
  });

  // https://github.com/aws/aws-durable-execution-sdk-js/issues/495: "MinimumExecutionEnvironments can't be provisioned"
  test('many small functions on one provider exceed a ceiling that holds the first of them', () => {
    const versions = Array.from({ length: 14 }, (_, i) => sized(`F${i}`, 2048, 3));

    expect(brief(judge(FLEET_RULES, fleet({ versions: versions.slice(0, 1), maxVCpuCount: 40 })))).toEqual([]);
    expect(brief(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 40 })))).toEqual(['error VCpuCeilingBelowMinimum']);
  });

  // The sizes of https://github.com/aws-samples/sample-aws-lambda-managed-instances: each instance holds one environment.
  test('c6g, c7g and c8g.xlarge with 4096 MB need 28 vCPUs to deploy, not 16', () => {
    const allowed = allowing('c6g.xlarge', 'c7g.xlarge', 'c8g.xlarge');

    expect(textOf(judge(FLEET_RULES, fleet({ versions: [sized('Orders', 4096, 3)], maxVCpuCount: 16, ...allowed })), 'VCpuCeilingTight')).toMatch(
      '. Raise it to 28: 12 at rest (3 × c6g.xlarge) + 12 while Orders is deployed + 4 for a replacement = 28.',
    );
  });
});

test('a remedy is a least where the size of another version isn\'t known', () => {
  const versions = [ORDERS, { ...ORDERS, functionName: 'Unknown', vCpus: undefined }];

  expect(textOf(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 5 })), 'VCpuCeilingBelowMinimum')).toMatch('Raise it to at least 28:');
  expect(textOf(judge(FLEET_RULES, fleet({ versions: [ORDERS], maxVCpuCount: 5 })), 'VCpuCeilingBelowMinimum')).toMatch('Raise it to 28:');
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
      .toBe('allowedInstanceTypes has no type for the 8 vCPUs and 16384 MB of Big $LATEST.PUBLISHED, but the largest, c8g.xlarge, leaves 3 '
        + 'vCPUs and 7168 MB for environments. Allow a larger type, or lower memorySize of the function.');
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
      .toBe('capacityProvider has 101 function versions ($LATEST.PUBLISHED of each function included), but Lambda allows 100. Put functions on '
        + 'a second capacity provider, or publish fewer numbered versions.');
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
      .toBe('vpcSubnets has a subnet with only 11 free addresses, but 100 instances over 2 subnets need 50 in each. Use larger subnets, or '
        + 'lower maxExecutionEnvironments or maxVCpuCount.');
  });
});

describe('the version that is named as too large', () => {
  const sized = (functionName: string, vCpus: number, memoryMiB: number) => ({ ...ORDERS, functionName, vCpus, memoryMiB });
  const named = (...versions: LiveVersion[]) => textOf(judge(FLEET_RULES, fleet({ versions, ...allowing('c8g.xlarge') })), 'EnvironmentDoesNotFit');

  test.each<[string, string, LiveVersion[]]>([
    ['has the most vCPUs', 'Big', [sized('Small', 5, 16384), sized('Big', 6, 12288)]],
    ['has the most vCPUs, wherever it stands', 'Big', [sized('Big', 6, 12288), sized('Small', 5, 16384)]],
    ['has the most memory of those', 'Big', [sized('Small', 5, 12288), sized('Big', 5, 16384)]],
    ['comes first of equal ones', 'Alpha', [sized('Beta', 5, 12288), sized('Alpha', 5, 12288)]],
    ['comes first of equal ones, wherever it stands', 'Alpha', [sized('Alpha', 5, 12288), sized('Beta', 5, 12288)]],
  ])('%s', (_what, name, versions) => {
    expect(named(...versions)).toContain(` MB of ${name} $LATEST.PUBLISHED, but`);
  });

  test.each<[string, string[], string]>([
    ['most vCPUs', ['r8g.large', 'c8g.xlarge'], 'c8g.xlarge'],
    ['most memory of those', ['c8g.xlarge', 'm8g.xlarge'], 'm8g.xlarge'],
    ['first name of equal ones', ['c8g.xlarge', 'c7g.xlarge'], 'c7g.xlarge'],
  ])('is compared with the type of the %s', (_what, types, name) => {
    expect(textOf(judge(FLEET_RULES, fleet({ versions: [sized('Big', 16, 32768)], ...allowing(...types) })), 'EnvironmentDoesNotFit')).toContain(`but the largest, ${name}, leaves`);
  });
});

describe('remedies of a tight ceiling', () => {
  test('name what one function needs, and what all need at once', () => {
    expect(textOf(judge(FLEET_RULES, fleet({ versions: copies(2), maxVCpuCount: 31 })), 'VCpuCeilingTight')).toBe(
      'maxVCpuCount is 31, but even one function needs 32 to be deployed. Raise it to 32: 24 at rest (3 × m*.2xlarge) + 0 while F0 is deployed '
        + '+ 8 for a replacement = 32, or to 40 to deploy 2 functions at once.',
    );
    expect(textOf(judge(FLEET_RULES, fleet({ versions: copies(2), maxVCpuCount: 32 })), 'VCpuCeilingTight'))
      .toMatch(/^maxVCpuCount is 32, but CloudFormation deploys 2 functions of a stack at once, which needs 40\. Raise it to 40: .* = 40, or deploy them one after the other\.$/);
  });

  test('never name less than what is known to work', () => {
    const versions = [{ ...ORDERS, minEnvironments: 1 }];

    expect(textOf(judge(FLEET_RULES, fleet({ ...UNKNOWN_TYPES, versions, maxVCpuCount: 3 })), 'VCpuCeilingTight'))
      .toBe('maxVCpuCount is 3, but even one function needs 4 to be deployed. Raise it to 12: 2 at rest + 2 while Orders is deployed = 4; less than 12 isn\'t known to work.');
  });

  test('name the shares of three versions, the largest first', () => {
    const versions = [...copies(2), { ...ORDERS, functionName: 'Big', vCpus: 8, memoryMiB: 16384 }, { ...ORDERS, functionName: 'Idle', minEnvironments: 0 }];

    expect(textOf(judge(FLEET_RULES, fleet({ versions, maxVCpuCount: 16 })), 'VCpuCeilingBelowMinimum'))
      .toContain('always kept (Big $LATEST.PUBLISHED 3 × 8, F0 $LATEST.PUBLISHED 3 × 2, F1 $LATEST.PUBLISHED 3 × 2 vCPUs) need');
  });
});

describe('addresses for instances of two vCPUs', () => {
  const small = { versions: [{ ...ORDERS, vCpus: 1, memoryMiB: 2048 }], ...allowing('m7i.large') };

  test.each<[number, number[], string[]]>([
    [24, [11], ['warning SubnetAddresses']],
    [24, [12], []],
    [26, [6, 6], ['warning SubnetAddresses']],
    [26, [7, 7], []],
  ])('a ceiling of %d in subnets of %p', (maxVCpuCount, subnetAddresses, expected) => {
    expect(brief(judge(FLEET_RULES, fleet({ ...small, maxVCpuCount, subnetAddresses }))).filter((text) => text.endsWith('SubnetAddresses'))).toEqual(expected);
  });

  test.each<[string, Partial<FleetFacts>]>([
    ['of types', UNKNOWN_TYPES],
    ['of sizes', { versions: [{ ...ORDERS, vCpus: undefined }] }],
    ['of the ceiling', { maxVCpuCount: UNKNOWN, versions: [{ ...ORDERS, minEnvironments: 3, maxEnvironments: 3 }], subnetAddresses: [3] }],
  ])('nothing is said where nothing is known %s', (_what, facts) => {
    expect(brief(judge(FLEET_RULES, fleet({ maxVCpuCount: 400, subnetAddresses: [1], ...facts }))).filter((text) => text.endsWith('SubnetAddresses'))).toEqual([]);
  });
});

test('nothing is computed where there is certainly room', () => {
  const room = { ceiling: 400, isRoomy: true, get need(): never { throw new Error('nothing needs to be computed'); } };

  expect(judge(FLEET_RULES, { ...fleet({}), capacity: () => room as unknown as ReturnType<FleetFacts['capacity']> })).toEqual([]);
});

test('types that only stand for those that Lambda may choose are never too small', () => {
  const { types } = allowing('m8g.large');

  expect(judge(FLEET_RULES, fleet({ versions: [{ ...ORDERS, vCpus: 16, memoryMiB: 32768 }], types }))).toEqual([]);
});

test('few versions more are allowed, and that is said', () => {
  const versions = copies(81).map((version) => ({ ...version, minEnvironments: 0 }));

  expect(textOf(judge(FLEET_RULES, fleet({ versions })), 'VersionsPerProvider')).toContain('but Lambda allows 100, and a deployment adds to them. Put');
});
