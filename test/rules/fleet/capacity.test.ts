import { typesNamed } from '../../../src/catalog/types-named';
import { UNKNOWN } from '../../../src/reading/fact';
import { capacityOf, CapacityFacts } from '../../../src/rules/fleet/capacity';
import { GENERAL_PURPOSE_SIZES, LARGEST_SHAPES } from '../../../src/service/general-purpose-sizes';
import { ManagedInstancesLimits } from '../../../src/service/managed-instances-limits';
import { LiveVersion } from '../../../src/sizing/fleet-demand';

const ORDERS: LiveVersion = {
  functionName: 'Orders', version: '$LATEST.PUBLISHED', vCpus: 2, memoryMiB: 4096, minEnvironments: 3, maxEnvironments: Infinity,
};
const BIG: LiveVersion = { ...ORDERS, functionName: 'Big', vCpus: 8, memoryMiB: 16384 };
const XLARGE = { name: 'c8g.xlarge', vCpus: 4, memoryMiB: 8192 };

function capacity(facts: Partial<CapacityFacts>) {
  return capacityOf({
    versions: [ORDERS], maxVCpuCount: 64, hasAllowList: false, hosts: GENERAL_PURPOSE_SIZES, possibleHosts: LARGEST_SHAPES, ...facts,
  }, ManagedInstancesLimits.CURRENT._values);
}

test.each<[string, CapacityFacts['maxVCpuCount'], number | undefined]>([
  ['what is set', 12, 12],
  ['AWS\'s default', undefined, 400],
  ['not known', UNKNOWN, undefined],
])('the ceiling is %s', (_what, maxVCpuCount, expected) => {
  expect(capacity({ maxVCpuCount }).ceiling).toBe(expected);
});

// Three times as many instances of 4 vCPUs as there are environments are enough, however they are spread.
test.each<[string, Partial<CapacityFacts>, boolean]>([
  ['that holds all thrice', { maxVCpuCount: 36 }, true],
  ['just below', { maxVCpuCount: 35 }, false],
  ['that isn\'t known', { maxVCpuCount: UNKNOWN }, false],
  ['of types that aren\'t known', { maxVCpuCount: 400, hosts: UNKNOWN }, false],
  ['for one instance, where a version keeps none', { maxVCpuCount: 12, versions: [{ ...ORDERS, minEnvironments: 0 }] }, true],
  ['for less than one, where a version keeps none', { maxVCpuCount: 11, versions: [{ ...ORDERS, minEnvironments: 0 }] }, false],
  ['for one instance, where it isn\'t known how many a version keeps', { maxVCpuCount: 12, versions: [{ ...ORDERS, minEnvironments: undefined }] }, true],
])('there is room below a ceiling %s', (_what, facts, expected) => {
  expect(capacity(facts).isRoomy).toBe(expected);
});

test.each<[string, Partial<CapacityFacts>, number | undefined]>([
  ['half of the ceiling, if Lambda chooses the types', {}, 32],
  ['what one environment takes of each instance', { hasAllowList: true, hosts: [XLARGE], possibleHosts: [XLARGE] }, 32],
  ['three of four vCPUs', { hasAllowList: true, possibleHosts: [XLARGE], versions: [{ ...ORDERS, vCpus: 1, memoryMiB: 2048 }] }, 48],
  ['half of the ceiling, if a type isn\'t known', { hasAllowList: true, possibleHosts: UNKNOWN, versions: [{ ...ORDERS, vCpus: 1, memoryMiB: 2048 }] }, 32],
  ['what fits, whatever is paused', { hasAllowList: true, possibleHosts: [XLARGE], versions: [{ ...ORDERS, vCpus: 1, memoryMiB: 2048 }, { ...ORDERS, maxEnvironments: 0 }] }, 48],
  ['what fits of what is paused, if all is', { hasAllowList: true, possibleHosts: [XLARGE], versions: [{ ...ORDERS, vCpus: 1, memoryMiB: 2048, maxEnvironments: 0 }] }, 48],
  ['unknown, as the ceiling is', { maxVCpuCount: UNKNOWN }, undefined],
])('environments can use %s', (_what, facts, expected) => {
  expect(capacity(facts).reachableVCpus).toBe(expected);
});

test.each<[string, LiveVersion[], number | undefined]>([
  ['of two', [ORDERS, BIG], 8],
  ['of those that are awake', [ORDERS, { ...BIG, maxEnvironments: 0 }], 2],
  ['of those that sleep, if all do', [{ ...BIG, maxEnvironments: 0 }], 8],
  ['of those that are known', [ORDERS, { ...BIG, memoryMiB: undefined }, { ...BIG, hasUnknownGpu: true }], 2],
  ['of those that sleep, if nothing is known of the others', [{ ...ORDERS, vCpus: undefined }, { ...BIG, maxEnvironments: 0 }], 8],
  ['of none that is known', [{ ...ORDERS, vCpus: undefined }], undefined],
])('the largest environment %s', (_what, versions, expected) => {
  expect(capacity({ versions }).largestEnvironment).toBe(expected);
});

describe('the need', () => {
  test('is that of the best plan', () => {
    const { best, need, plans, sufficientVCpuCount } = capacity({});

    expect(best?.type.name).toBe('m*.xlarge');
    expect(plans).toContain(best);
    expect([need.atRest.vCpus, need.toDeployOne.total, sufficientVCpuCount]).toEqual([12, 28, 28]);
  });

  test('is that of the environments if no type is known', () => {
    const { best, need, plans, fewest, sufficientVCpuCount } = capacity({ hosts: UNKNOWN, possibleHosts: UNKNOWN });

    expect([best, plans, sufficientVCpuCount]).toEqual([undefined, [], undefined]);
    expect([need.atRest.vCpus, need.toDeployOne.total]).toEqual([6, 12]);
    expect(fewest).toEqual({ vCpus: 6, hosts: [] });
  });

  test('never asks for less than what is known to work', () => {
    const versions = [{ ...ORDERS, minEnvironments: 1, maxEnvironments: 1 }];
    const { need, sufficientVCpuCount } = capacity({ versions });

    expect([need.toDeployOne.total, sufficientVCpuCount]).toEqual([12, 12]);
    expect(capacity({ versions: [{ ...ORDERS, minEnvironments: 0 }] }).sufficientVCpuCount).toBe(12);
  });

  test('is certain only as far as the largest shapes show', () => {
    expect(capacity({}).fewest).toEqual({ vCpus: 8, hosts: [{ type: LARGEST_SHAPES.find(({ name }) => name === '*.2xlarge'), count: 1 }] });
    // Nothing can hold that environment, so its vCPUs count.
    expect(capacity({ possibleHosts: [XLARGE], versions: [BIG] }).fewest).toEqual({ vCpus: 24, hosts: [] });
  });
});

test('the certain need of a function with a GPU is that of instances with such a device', () => {
  const { types } = typesNamed(['g4dn.xlarge', 'g6.xlarge', 'm7i.xlarge']);
  const { vCpus, hosts } = capacity({ hasAllowList: true, possibleHosts: types, versions: [{ ...ORDERS, gpuMemory: 24 }] }).fewest;

  expect([vCpus, hosts.map(({ type, count }) => `${count} × ${type.name}`)]).toEqual([12, ['3 × g6.xlarge']]);
});

test('the need at each time of the week is on the type of the whole fleet', () => {
  // GIVEN
  const asleep = { ...ORDERS, minEnvironments: 0, maxEnvironments: 0 };
  const week = { timeZone: 'Etc/UTC', times: [{ stretches: [], share: 0.5, versions: [ORDERS] }, { stretches: [], share: 0.5, versions: [asleep] }] };

  // THEN
  expect(capacity({ week }).times.map(({ share, atRest }) => [share, atRest.vCpus, atRest.hosts.map(({ type }) => type.name)]))
    .toEqual([[0.5, 12, ['m*.xlarge']], [0.5, 0, []]]);
  expect(capacity({ week, hosts: UNKNOWN }).times.map(({ atRest }) => atRest)).toEqual([{ vCpus: 6, hosts: [] }, { vCpus: 0, hosts: [] }]);
  expect(capacity({}).times).toEqual([]);
});

test('each value is computed once', () => {
  const some = capacity({});

  expect(some.plans).toBe(some.plans);
  expect(some.need).toBe(some.need);
  expect(some.fewest).toBe(some.fewest);
  expect(some.times).toBe(some.times);
});
