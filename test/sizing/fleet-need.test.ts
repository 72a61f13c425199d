import * as fc from 'fast-check';
import { InstanceCatalog } from '../../src';
import { batchesOf, demandOf, LiveVersion } from '../../src/sizing/fleet-demand';
import { bestPlan, byFit, certainlyFits, countOfHosts, familyOf, FleetBounds, HostPlan, Hosts, hostsOn, hostsToDeploy, HostType, planOn, plansOn, spaceOn } from '../../src/sizing/fleet-need';
import { needOf, needOfEnvironments } from '../../src/sizing/need-sum';
import { fitting, Space } from '../../src/sizing/packing';

const type = (name: string): HostType => InstanceCatalog.V2026_08._find(name)!;

const VERSION: LiveVersion = {
  functionName: 'Orders', version: '$LATEST.PUBLISHED', vCpus: 2, memoryMiB: 4096, maxConcurrency: 128, minEnvironments: 3, maxEnvironments: 12,
};

/** The numbers of instances of a plan on one type. */
const plan = (name: string, versions: LiveVersion[], bounds: FleetBounds = {}) => counts(planOn(type(name), demandOf(versions), bounds));

function counts(planned: HostPlan | undefined) {
  return planned && {
    atRest: countOfHosts(planned.atRest),
    deployment: countOfHosts(hostsToDeploy(planned, planned.deployment)),
    deploymentOfAll: countOfHosts(hostsToDeploy(planned, planned.deploymentOfAll)),
    maximum: planned.maximum && countOfHosts(planned.maximum),
  };
}

describe('an instance', () => {
  test.each([
    // Of 2 vCPUs, one is Lambda's.
    ['m7g.large', { vCpus: 1, memoryMiB: 7 * 1024, gpus: 0 }],
    ['c6i.2xlarge', { vCpus: 7, memoryMiB: 15 * 1024, gpus: 0 }],
    ['g6.xlarge', { vCpus: 3, memoryMiB: 15 * 1024, gpus: 1 }],
  ])('%s has %p for environments', (name, space) => {
    expect(spaceOn(type(name), name.startsWith('g') ? 24 : undefined)).toEqual(space);
  });

  test.each<[string, Space, number]>([
    // 8 vCPUs, 16 GiB
    ['c6i.2xlarge', { vCpus: 2, memoryMiB: 4096 }, 3],
    // 2 vCPUs, 8 GiB
    ['m8g.large', { vCpus: 1, memoryMiB: 7168 }, 1],
    ['m8g.large', { vCpus: 1, memoryMiB: 7169 }, 0],
    ['m8g.large', { vCpus: 2, memoryMiB: 2048 }, 0],
    // 4 vCPUs, 8 GiB
    ['c8g.xlarge', { vCpus: 1, memoryMiB: 2048 }, 3],
    ['c8g.xlarge', { vCpus: 1, memoryMiB: 3584 }, 2],
    ['c8g.xlarge', { vCpus: 4, memoryMiB: 4096 }, 0],
    // One L4 with 24 GB, 4 vCPUs, 16 GiB
    ['g6.xlarge', { vCpus: 2, memoryMiB: 8192, gpus: 1 }, 1],
    ['g6.xlarge', { vCpus: 2, memoryMiB: 15361, gpus: 1 }, 0],
    ['m8g.xlarge', { vCpus: 1, memoryMiB: 2048, gpus: 1 }, 0],
  ])('%s takes of %p: %d', (name, environment, count) => {
    expect(fitting(spaceOn(type(name), 24), environment)).toBe(count);
  });

  test('takes more where Lambda keeps nothing', () => {
    expect(fitting(spaceOn(type('c8g.xlarge'), 0, { vCpus: 0, memoryMiB: 0 }), { vCpus: 4, memoryMiB: 8192 })).toBe(1);
  });

  test('has no use of a GPU that is too small', () => {
    expect(spaceOn(type('g6.xlarge'), 48).gpus).toBe(0);
  });
});

describe('a fleet on instances of one type', () => {
  test('is three instances at rest, one per zone, also where one would hold all', () => {
    expect(plan('c6i.2xlarge', [VERSION])).toMatchObject({ atRest: 3, deployment: 4, deploymentOfAll: 4, maximum: 4 });
  });

  test.each<[string, number, number | undefined, number]>([
    ['environments are fewer', 2, undefined, 2],
    ['there is none', 0, undefined, 0],
    ['there are two zones', 3, 2, 2],
    ['there are four zones', 4, 4, 3],
    ['there are four zones and three environments', 3, 4, 3],
  ])('spreads as far as it can where %s', (_, minEnvironments, zones, atRest) => {
    expect(plan('c6i.8xlarge', [{ ...VERSION, minEnvironments }], { zones })?.atRest).toBe(atRest);
  });

  test('grows to the ceiling, and never below what is kept', () => {
    const unbounded = { ...VERSION, maxEnvironments: Infinity };

    expect(plan('c6i.2xlarge', [unbounded], { ceiling: 64 })?.maximum).toBe(8);
    expect(plan('c6i.2xlarge', [unbounded], { ceiling: 63 })?.maximum).toBe(7);
    expect(plan('c6i.2xlarge', [unbounded])?.maximum).toBeUndefined();
    expect(plan('c6i.2xlarge', [unbounded], { ceiling: 8 })?.maximum).toBe(3);
    expect(plan('c6i.2xlarge', [{ ...VERSION, maxEnvironments: undefined }], { ceiling: 64 })?.maximum).toBe(8);
  });

  test('counts what is known, and packs nothing of the rest', () => {
    expect(needOfEnvironments([VERSION, { ...VERSION, vCpus: undefined }, { ...VERSION, minEnvironments: undefined }]).atRest.vCpus).toBe(6);
    expect(plan('c6i.2xlarge', [{ ...VERSION, memoryMiB: undefined }])?.atRest).toBe(0);
  });

  test('has no maximum of its own where the size of a version isn\'t known', () => {
    expect(plan('c6i.2xlarge', [VERSION, { ...VERSION, vCpus: undefined }], { ceiling: 64 })?.maximum).toBe(8);
    expect(plan('c6i.2xlarge', [VERSION, { ...VERSION, memoryMiB: undefined }])?.maximum).toBeUndefined();
  });

  test('has room to deploy each function, also the one of which memory is scarce', () => {
    const manyVCpus = { ...VERSION, functionName: 'A', vCpus: 2, memoryMiB: 4096, minEnvironments: 6 };
    const muchMemory = { ...VERSION, functionName: 'B', vCpus: 1, memoryMiB: 8192, minEnvironments: 6 };

    // Of 16 GiB one is Lambda's: one environment of 8 GiB for each instance, next to one of 4 GiB.
    expect(plan('c6i.2xlarge', [manyVCpus, muchMemory])).toMatchObject({ atRest: 6, deployment: 13 });
  });

  test('has room to deploy each function with a GPU', () => {
    const gpus = { ...VERSION, functionName: 'Gpu', vCpus: 1, memoryMiB: 2048, gpuMemory: 24 };

    expect(plan('g6.4xlarge', [{ ...VERSION, minEnvironments: 6 }, gpus])).toMatchObject({ atRest: 3, deployment: 7 });
  });

  test('publishes with a function its numbered version, too, but none that stays as it is', () => {
    const old = { ...VERSION, version: 'Old', minEnvironments: 1 };
    const current = { ...VERSION, version: 'CurrentVersion', minEnvironments: 4 };

    // 3 + 4 + 1 environments, and 3 + 4 again
    expect(plan('c7g.xlarge', [VERSION, old, current])).toMatchObject({ atRest: 8, deployment: 16 });
  });

  test('deploys the functions of a stack at once, and of several stacks those of the one that needs most', () => {
    const [one, other] = [{}, {}];
    const versions = [
      { ...VERSION, functionName: 'A', stack: one }, { ...VERSION, functionName: 'B', stack: one }, { ...VERSION, functionName: 'C', stack: other },
    ];

    expect(plan('c7g.xlarge', versions)).toMatchObject({ atRest: 9, deployment: 9 + 3 + 1, deploymentOfAll: 9 + 6 + 1 });
  });

  test('is nothing where an environment fits on no instance', () => {
    expect(plan('m7g.large', [VERSION])).toBeUndefined();
    expect(plan('c6i.2xlarge', [{ ...VERSION, gpuMemory: 24 }])).toBeUndefined();
  });

  test('deploys what needs most, and says of equals always the same', () => {
    const [a, b, big] = [{ ...VERSION, functionName: 'A' }, { ...VERSION, functionName: 'B' }, { ...VERSION, functionName: 'Z', minEnvironments: 9 }];
    const deployed = (...versions: LiveVersion[]) => planOn(type('c6i.2xlarge'), demandOf(versions), {})?.deployment?.functionName;

    expect([deployed(a, b), deployed(b, a)]).toEqual(['A', 'A']);
    expect(deployed(a, big, b)).toBe('Z');
    expect(deployed({ ...VERSION, vCpus: undefined })).toBeUndefined();
  });

  test('deploys the function that fills most instances, not the one with most vCPUs', () => {
    const many = { ...VERSION, functionName: 'Many', vCpus: 1, memoryMiB: 2048, minEnvironments: 13 };
    const large = { ...VERSION, functionName: 'Large', vCpus: 4, memoryMiB: 8192, minEnvironments: 3 };

    expect(planOn(type('c6i.2xlarge'), demandOf([many, large]), {})?.deployment?.functionName).toBe('Large');
  });
});

describe('a version that keeps one environment', () => {
  const single = (functionName: string, size: Partial<LiveVersion> = {}): LiveVersion => (
    { ...VERSION, functionName, vCpus: 1, memoryMiB: 2048, minEnvironments: 1, maxEnvironments: 1, ...size }
  );
  const types = ['m7g.large', 'm7g.xlarge', 'm7g.2xlarge'].map(type);
  const need = (versions: LiveVersion[], bounds: FleetBounds) => needOf(bestPlan(plansOn(types, versions, bounds))!);
  const free: FleetBounds = { freeChoice: true };

  test('has an instance of 4 vCPUs to itself where Lambda chooses the type', () => {
    const versions = ['A', 'B', 'C', 'D'].map((name) => single(name));

    expect(need(versions, free)).toMatchObject({ atRest: { vCpus: 16 }, toDeployOne: { total: 16 + 4 + 4 }, toDeployAll: { total: 16 + 16 + 4 } });
    expect(need(versions, {})).toMatchObject({ atRest: { vCpus: 8 } });
  });

  test('stands next to the instances of the other versions', () => {
    const versions = [single('A'), single('B'), { ...VERSION, functionName: 'C', vCpus: 4, memoryMiB: 8192 }];
    const { atRest, toDeployOne } = need(versions, free);

    expect(atRest.hosts.map(({ type: { name }, count }) => `${count} ${name}`)).toEqual(['3 m7g.2xlarge', '2 m7g.xlarge']);
    expect(toDeployOne).toMatchObject({ deployment: { functionName: 'C', vCpus: 24 }, replacement: { vCpus: 8 }, total: 32 + 24 + 8 });
  });

  test('is packed like the others where it doesn\'t fit on 4 vCPUs, or no type has them', () => {
    expect(need([single('A', { vCpus: 4, memoryMiB: 8192 }), single('B', { vCpus: 3, memoryMiB: 6144 })], free).atRest.vCpus).toBe(12);
    expect(bestPlan(plansOn([type('m7g.2xlarge')], [single('A'), single('B')], free))?.atRest).toEqual([{ type: type('m7g.2xlarge'), count: 2 }]);
  });
});

describe('the plan on one type', () => {
  const [xlarge, twoXlarge] = ['m7g.xlarge', 'm7g.2xlarge'].map(type);
  const of = (functionName: string, minEnvironments: number, vCpus = 1, rest: Partial<LiveVersion> = {}): LiveVersion => (
    { ...VERSION, functionName, vCpus, memoryMiB: 2048 * Math.max(1, vCpus), minEnvironments, maxEnvironments: minEnvironments, ...rest }
  );
  const planned = (versions: LiveVersion[], bounds: FleetBounds = {}, single: HostType | undefined = xlarge, host = twoXlarge) => (
    planOn(host, demandOf(versions), bounds, single)!
  );
  const names = (hosts: Hosts | undefined) => hosts?.map(({ type: { name }, count }) => `${count} ${name}`);

  test('is on the type for single environments if all are single', () => {
    const { type: { name }, singles, atRest, replacement, maximum } = planned([of('A', 1), of('B', 1, 1, { maxEnvironments: Infinity })], { ceiling: 30 });

    expect([name, singles?.name]).toEqual(['m7g.xlarge', 'm7g.xlarge']);
    expect([atRest, replacement, maximum].map(names)).toEqual([['2 m7g.xlarge'], ['1 m7g.xlarge'], ['7 m7g.xlarge']]);
  });

  test('has instances for single environments beside the others', () => {
    const { type: { name }, singles, atRest, deployment, replacement } = planned([of('A', 1, 3), of('B', 3)]);

    expect([name, singles?.name, deployment?.functionName]).toEqual(['m7g.2xlarge', 'm7g.xlarge', 'A']);
    expect([atRest, deployment?.added, replacement].map(names)).toEqual([['3 m7g.2xlarge', '1 m7g.xlarge'], ['1 m7g.xlarge'], ['1 m7g.2xlarge']]);
  });

  test('has no type for single environments if there are none', () => {
    expect(planned([of('A', 0)])).toMatchObject({ type: twoXlarge, singles: undefined, atRest: [] });
    expect(planned([of('A', 3)]).singles).toBeUndefined();
    expect(planned([of('A', 1)], {}, type('m7g.large')).singles?.name).toBe('m7g.large');
    expect(planned([of('A', 1, 2)], {}, type('m7g.large')).singles).toBeUndefined();
  });

  test('needs nothing for nothing', () => {
    expect(planned([])).toMatchObject({ atRest: [], deployment: undefined, deploymentOfAll: undefined, replacement: [] });
  });

  test('names the stack, although one of its functions needs as much', () => {
    const stack = {};

    expect(planned([of('A', 3, 1, { stack }), of('B', 0, 1, { stack })])).toMatchObject({ deployment: { functions: 1 }, deploymentOfAll: { functions: 2 } });
  });

  test('deploys the first of functions that need as much', () => {
    // Three environments of 1 vCPU fill an instance, and so does one of 3.
    expect(planned([of('B', 3), of('A', 2, 3), of('C', 6)], {}, undefined, xlarge).deployment?.functionName).toBe('A');
    expect(planned([of('A', 6), of('B', 2, 3)], {}, undefined, xlarge).deployment?.functionName).toBe('A');
  });

  test('deploys environments of a fraction of a vCPU', () => {
    expect(planned([of('A', 1, 0.25)], {}, undefined, type('r7g.2xlarge')).deployment?.functionName).toBe('A');
  });

  test.each<[string, LiveVersion[], string]>([
    ['a single environment takes 4 vCPUs', [of('A', 1), of('B', 2)], 'A'],
    ['and no more', [of('A', 1), of('B', 5)], 'B'],
    ['also where it fills half of a larger instance', [of('A', 1, 3), of('B', 4)], 'B'],
  ])('knows which function needs most: %s', (_what, versions, expected) => {
    expect(planned(versions).deployment?.functionName).toBe(expected);
  });

  test('knows which stack needs most, by all of its single environments', () => {
    const [one, other] = [{}, {}];

    expect(planned([of('A', 1, 1, { stack: one }), of('B', 1, 1, { stack: one }), of('C', 5, 1, { stack: other })]).deploymentOfAll?.functionName).toBe('A');
  });

  test('counts a single environment with the others if it doesn\'t fit on the instance for one', () => {
    const [host, small] = [{ name: 'x.2xlarge', vCpus: 8, memoryMiB: 256 * 1024 }, { name: 'x.xlarge', vCpus: 4, memoryMiB: 8 * 1024 }];

    expect(planned([of('A', 1, 1, { memoryMiB: 16 * 1024 }), of('B', 2)], {}, small, host).deployment?.functionName).toBe('B');
  });

  test('grows to the ceiling itself', () => {
    // 3 instances of 8 vCPUs and 2 of 4
    const fleet = [of('A', 1), of('B', 1), of('C', 3, 4)];
    const unbounded = [...fleet.slice(0, 2), { ...fleet[2], maxEnvironments: Infinity }];

    expect(names(planned(fleet, { ceiling: 32 }).maximum)).toEqual(['3 m7g.2xlarge', '2 m7g.xlarge']);
    expect(names(planned(unbounded, { ceiling: 32 }).maximum)).toEqual(['4 m7g.2xlarge']);
    expect(names(planned(unbounded, { ceiling: 31 }).maximum)).toEqual(['3 m7g.2xlarge', '2 m7g.xlarge']);
  });

  test('has only types of one family, for each type of the same shape', () => {
    const types = ['m7g.xlarge', 'm7g.2xlarge', 'm8g.xlarge', 'm8g.2xlarge'].map(type);
    const plans = plansOn(types, [of('A', 1), of('B', 3, 2), of('C', 1, 1, { maxEnvironments: 9 })], { freeChoice: true, ceiling: 64 });
    const familiesOf = ({ atRest, deployment, deploymentOfAll, replacement, maximum }: HostPlan) => (
      [...new Set([atRest, deployment!.added, deploymentOfAll!.added, replacement, maximum!].flat().map((hosts) => familyOf(hosts.type)))]
    );

    expect(plans.map((each) => [each.type.name, each.singles?.name, familiesOf(each).join()])).toEqual([
      ['m7g.xlarge', 'm7g.xlarge', 'm7g'], ['m7g.2xlarge', 'm7g.xlarge', 'm7g'], ['m8g.xlarge', 'm8g.xlarge', 'm8g'], ['m8g.2xlarge', 'm8g.xlarge', 'm8g'],
    ]);
    expect(names(plans[3].atRest)).toEqual(names(plans[1].atRest)!.map((name) => name.replace('m7g', 'm8g')));
    expect(plansOn(types, [of('A', 3)], {})[3]).toMatchObject({ singles: undefined, maximum: [{ type: types[3], count: 3 }] });
    expect(plansOn(types, [of('A', 0, 1, { maxEnvironments: undefined })], {})[2]).toMatchObject({ type: types[2], deployment: undefined, maximum: undefined });
  });
});

describe('instances of one type', () => {
  const on = (batches: Space[], gpuMemory?: number) => hostsOn(type('g6.xlarge'), { batches: batches.map((size) => ({ ...size, count: 4 })), singles: [] }, { zones: 2 }, gpuMemory);

  test('hold environments that fit', () => {
    expect(on([{ vCpus: 3, memoryMiB: 4096 }])).toEqual([{ type: type('g6.xlarge'), count: 4 }]);
    expect(on([{ vCpus: 0.5, memoryMiB: 2048 }])).toEqual([{ type: type('g6.xlarge'), count: 2 }]);
    expect(on([{ vCpus: 1, memoryMiB: 2048, gpus: 1 }], 24)).toEqual([{ type: type('g6.xlarge'), count: 4 }]);
  });

  test('don\'t hold others', () => {
    expect(on([{ vCpus: 1, memoryMiB: 2048 }, { vCpus: 4, memoryMiB: 4096 }])).toBeUndefined();
    expect(on([{ vCpus: 1, memoryMiB: 2048, gpus: 1 }], 48)).toBeUndefined();
  });
});

test('orders plans by vCPUs at rest, then during a deployment, by memory, and by name', () => {
  const host = (name: string, memoryMiB = 1024): HostType => ({ name, vCpus: 1, memoryMiB });
  const made = (name: string, atRest: number, added = 1, memoryMiB?: number): HostPlan => {
    const hosts = (count: number) => [{ type: host(name, memoryMiB), count }];
    return { type: host(name, memoryMiB), atRest: hosts(atRest), deployment: { functionName: 'A', functions: 1, added: hosts(added) }, replacement: [] };
  };
  const plans = [made('c10g', 2, 1), made('c9g', 2, 1), made('a', 2, 1, 2048), made('b', 2, 2, 512), made('d', 3, 0, 512), made('c2g', 2, 1)];

  expect(plans.sort(byFit).map(({ type: { name } }) => name)).toEqual(['c2g', 'c9g', 'c10g', 'a', 'b', 'd']);
});

test('suits best where the fewest vCPUs are needed, then the least memory, then by name', () => {
  const best = (...names: string[]) => bestPlan(plansOn(names.map(type), [VERSION], { ceiling: 400 }))?.type.name;

  expect(best('m8g.2xlarge', 'm8g.xlarge', 'm8g.4xlarge')).toBe('m8g.xlarge');
  expect(best('r8g.xlarge', 'm8g.xlarge', 'c8g.xlarge')).toBe('c8g.xlarge');
  expect(best('c8g.xlarge', 'c7g.xlarge')).toBe('c7g.xlarge');
  expect(best('m7g.large')).toBeUndefined();
});

test('doesn\'t depend on the order of functions', () => {
  const types = ['m8g.xlarge', 'm8g.4xlarge', 'c8g.8xlarge', 'r8g.2xlarge'].map(type);
  const size = fc.record({ vCpus: fc.constantFrom(1, 2, 4, 8, undefined), memoryMiB: fc.constantFrom(2048, 4096, 8192, 16384) });
  const bounds = fc.record({
    minEnvironments: fc.constantFrom(0, 1, 3, 6, 7, undefined),
    maxEnvironments: fc.constantFrom(7, 20, Infinity, undefined),
  });
  // All versions of a function have its size.
  const versions = fc.array(fc.tuple(size, fc.array(bounds, { minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 4 }).map((functions) => (
    functions.flatMap(([ofFunction, some], i) => some.map((ofVersion, j): LiveVersion => (
      { functionName: `F${i}`, version: j === 0 ? '$LATEST.PUBLISHED' : `${j}`, ...ofFunction, ...ofVersion }
    )))
  ));

  fc.assert(fc.property(versions, fc.infiniteStream(fc.nat()), (given, random) => {
    const drawn = given.map((version) => ({ version, at: random.next().value as number }));
    const shuffled = drawn.sort((a, b) => a.at - b.at).map(({ version }) => version);
    const best = (some: LiveVersion[]) => bestPlan(plansOn(types, some, { ceiling: 400, freeChoice: true }));
    const verdict = (some: LiveVersion[]) => JSON.stringify([needOfEnvironments(some), best(some)]);

    return verdict(given) === verdict(shuffled);
  }));
});

describe('a ceiling that certainly holds a fleet', () => {
  const types = ['m8g.large', 'm8g.xlarge', 'm8g.4xlarge', 'c8g.8xlarge', 'm8g.24xlarge'].map(type);
  const needed = (versions: LiveVersion[], freeChoice: boolean) => (
    needOf(bestPlan(plansOn(types, versions, { ceiling: 400, freeChoice }))!).toDeployAll.total
  );
  const kept = (versions: LiveVersion[]) => batchesOf(versions, ({ minEnvironments }) => minEnvironments);

  test('holds it however it is packed', () => {
    const versions = fc.record({
      vCpus: fc.constantFrom(1, 2, 3, 4, 8, 16),
      memoryMiB: fc.constantFrom(2048, 4096, 8192, 32768),
      counts: fc.array(fc.nat(12), { minLength: 1, maxLength: 6 }),
    }).map(({ counts: minima, ...size }) => minima.map((minEnvironments, i): LiveVersion => (
      { functionName: `F${i % 4}`, version: i < 4 ? '$LATEST.PUBLISHED' : `${i}`, ...size, minEnvironments, maxEnvironments: Infinity, stack: types }
    )));

    fc.assert(fc.property(versions, fc.boolean(), fc.integer({ min: 1, max: 2000 }), (given, freeChoice, ceiling) => (
      !certainlyFits(kept(given), types, ceiling) || needed(given, freeChoice) <= ceiling
    )), { numRuns: 2000 });
  });

  test.each<[string, Partial<LiveVersion>[], number, boolean]>([
    // Three environments on instances of their own: 12 vCPUs, and as many for a deployment and a replacement
    ['thrice what it needs with an instance for each', [{}], 36, true],
    ['less than that', [{}], 35, false],
    ['environments of two sizes', [{}, { memoryMiB: 8192 }], 4000, false],
    ['environments that no type holds', [{ vCpus: 200 }], 4000, false],
    ['environments with a GPU', [{ gpuMemory: 24 }], 4000, false],
  ])('is told by a size alone: %s', (_what, versions, ceiling, fits) => {
    expect(certainlyFits(kept(versions.map((version) => ({ ...VERSION, ...version }))), types, ceiling)).toBe(fits);
  });
});
