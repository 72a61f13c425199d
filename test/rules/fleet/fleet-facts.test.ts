/** What is read of a fleet: its live versions, and the types that it may run on. */
import { UNKNOWN } from '../../../src/reading/fact';
import { ResourceGraph } from '../../../src/reading/resource-graph';
import { FUNCTION, VERSION } from '../../../src/reading/resource-view';
import { ScalingSchedule } from '../../../src/reading/scaling-schedules';
import { TemplateProperties } from '../../../src/reading/templates/template-properties';
import { resourcesOf } from '../../../src/reading/templates/templates';
import { assuming } from '../../../src/reading/worlds';
import { fleetFacts, FleetSurroundings, FunctionOfFleet, liveVersionsOf } from '../../../src/rules/fleet/fleet-facts';
import { GENERAL_PURPOSE_SIZES, LARGEST_SHAPES } from '../../../src/service/general-purpose-sizes';
import { LiveVersion } from '../../../src/sizing/fleet-demand';

const PARAMETER = { Ref: 'Parameter' };
/** A number that no computation can use. */
const BOUNDLESS = '1e999';

function functionOf(properties: object, more: Partial<FunctionOfFleet> = {}, versions: Record<string, object> = {}): FunctionOfFleet {
  const { Ratio = 2, Concurrency, ...own } = properties as Record<string, unknown>;
  const lmi = { ExecutionEnvironmentMemoryGiBPerVCpu: Ratio ?? undefined, PerExecutionEnvironmentMaxConcurrency: Concurrency };
  const body = {
    Parameters: { Parameter: { Type: 'String' } },
    Resources: {
      Orders: {
        Type: FUNCTION,
        Properties: { MemorySize: 4096, Runtime: 'nodejs24.x', CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: lmi }, ...own },
      },
      ...Object.fromEntries(Object.entries(versions).map(([id, version]) => [id, { Type: VERSION, ...version }])),
    },
  };
  const graph = new ResourceGraph(resourcesOf([{ file: 'template.json', body }]));
  return { function: graph.ofType(FUNCTION)[0], numberedVersions: [...graph.ofType(VERSION)], ...more };
}

function published(properties: object): LiveVersion {
  return liveVersionsOf(functionOf(properties))[0];
}

const counts = (min?: unknown, max?: unknown) => ({ FunctionScalingConfig: { MinExecutionEnvironments: min, MaxExecutionEnvironments: max } });

describe('a version', () => {
  test('is read as it is', () => {
    const stack = {};

    expect(liveVersionsOf(functionOf({}, { stack }))).toEqual([{
      functionName: 'Orders',
      version: '$LATEST.PUBLISHED',
      memoryMiB: 4096,
      vCpus: 2,
      assumesRatio: false,
      gpuMemory: undefined,
      hasUnknownGpu: false,
      stack,
      minEnvironments: 3,
      maxEnvironments: Infinity,
      maxConcurrency: 128,
    }]);
  });

  test.each<[string, object, Partial<LiveVersion>]>([
    ['a ratio of 8', { Ratio: 8, MemorySize: 16384 }, { vCpus: 2, assumesRatio: false }],
    ['no ratio', { Ratio: null }, { vCpus: 2, assumesRatio: true }],
    ['a ratio that is a parameter', { Ratio: PARAMETER }, { vCpus: undefined, assumesRatio: false, memoryMiB: 4096 }],
    ['a ratio of 0', { Ratio: 0 }, { vCpus: undefined, assumesRatio: false }],
    ['no memory', { MemorySize: undefined, Ratio: null }, { memoryMiB: undefined, vCpus: undefined, assumesRatio: false }],
    ['memory that is a parameter', { MemorySize: PARAMETER }, { memoryMiB: undefined, vCpus: undefined }],
    ['no memory at all', { MemorySize: 0 }, { memoryMiB: undefined, vCpus: undefined }],
    ['memory without end', { MemorySize: BOUNDLESS }, { memoryMiB: undefined, vCpus: undefined }],
    ['a GPU', { AcceleratorConfig: { AcceleratorMemorySize: 24 } }, { gpuMemory: 24, hasUnknownGpu: false }],
    ['a GPU of a size that is a parameter', { AcceleratorConfig: { AcceleratorMemorySize: PARAMETER } }, { gpuMemory: undefined, hasUnknownGpu: true }],
  ])('with %s', (_what, properties, expected) => {
    expect(published(properties)).toMatchObject(expected);
  });

  test('without memory has AWS\'s default, if defaults are assumed', () => {
    const { result, assumed } = assuming(() => published({ MemorySize: undefined }));

    expect([result.memoryMiB, assumed]).toEqual([2048, ['2048 MB, since none is given']]);
  });

  test.each<[string, object, number | undefined, number | undefined]>([
    ['nothing', {}, 3, Infinity],
    ['a maximum below AWS\'s minimum', counts(undefined, 2), 2, 2],
    ['a maximum above AWS\'s minimum', counts(undefined, 5), 3, 5],
    ['a maximum that is a parameter', counts(undefined, PARAMETER), 3, undefined],
    ['both', counts(4, 9), 4, 9],
    ['no environment', counts(0, 0), 0, 0],
    ['a minimum that is a parameter', counts(PARAMETER, 9), undefined, 9],
    ['numbers that make no sense', counts(-1, -1), undefined, undefined],
    ['numbers without end', counts(BOUNDLESS, BOUNDLESS), undefined, undefined],
  ])('with counts of %s', (_what, properties, minEnvironments, maxEnvironments) => {
    expect(published(properties)).toMatchObject({ minEnvironments, maxEnvironments });
  });

  test.each<[string, object, number | undefined]>([
    ['its own', { Concurrency: 10 }, 10],
    ['its own of 1', { Concurrency: 1 }, 1],
    ['its own of 0', { Concurrency: 0 }, undefined],
    ['its own that is a parameter', { Concurrency: PARAMETER }, undefined],
    ['the default of Python', { Runtime: 'python3.14' }, 32],
    ['that of a runtime that nobody knows', { Runtime: 'cobol1' }, undefined],
    ['that of an image', { Runtime: undefined }, undefined],
    ['the default for vCPUs that aren\'t known', { Ratio: PARAMETER }, undefined],
  ])('has a concurrency: %s', (_what, properties, expected) => {
    expect(published(properties).maxConcurrency).toBe(expected);
  });

  test.each<[string, object, string[]]>([
    ['published', { PublishToLatestPublished: true }, ['$LATEST.PUBLISHED', 'One', 'Version/Two']],
    ['not published', { PublishToLatestPublished: false }, ['One', 'Version/Two']],
  ])('numbered ones are there, and $LATEST.PUBLISHED if it is %s', (_what, properties, expected) => {
    const versions = {
      One: { Properties: counts(1, 2), Metadata: { 'aws:cdk:path': 'Orders/One/Resource' } },
      Two: { Properties: {}, Metadata: { 'aws:cdk:path': 'Version/Two/Resource' } },
    };
    const live = liveVersionsOf(functionOf(properties, {}, versions));

    expect(live.map(({ version }) => version)).toEqual(expected);
    expect(live.slice(-2).map(({ minEnvironments, maxEnvironments }) => [minEnvironments, maxEnvironments])).toEqual([[1, 2], [3, Infinity]]);
  });

  test('keeps an unknown number of environments if it is a parameter whether it is published', () => {
    expect(published({ PublishToLatestPublished: PARAMETER, ...counts(4, 9) })).not.toHaveProperty('minEnvironments');
  });

  test('has the schedules that name it', () => {
    // GIVEN
    const timing = { expression: 'rate(1 day)' } as unknown as ScalingSchedule['timing'];
    const fn = functionOf({}, {}, { One: {}, Two: {} });
    const [{ key }] = fn.numberedVersions;
    const schedule = (version: string | object, min: ScalingSchedule['minExecutionEnvironments'], max: ScalingSchedule['maxExecutionEnvironments']) => (
      { qualifier: UNKNOWN, version, timing, minExecutionEnvironments: min, maxExecutionEnvironments: max } as const
    );

    // WHEN
    const versions = liveVersionsOf({ ...fn, schedules: [schedule('$LATEST.PUBLISHED', 0, 0), schedule(key, UNKNOWN, -1), schedule(key, 2, 4)] });

    // THEN
    expect(versions.map(({ schedules }) => schedules)).toEqual([
      [{ timing, min: 0, max: 0 }],
      [{ timing, min: undefined, max: undefined }, { timing, min: 2, max: 4 }],
      undefined,
    ]);
    expect(liveVersionsOf(fn)[0]).not.toHaveProperty('schedules');
  });
});

describe('the types of a fleet', () => {
  const GPU = { AcceleratorConfig: { AcceleratorMemorySize: 24 } };
  const UNKNOWN_GPU = { AcceleratorConfig: { AcceleratorMemorySize: PARAMETER } };

  const facts = (provider: object | undefined, functions: object[] = [{}], surroundings: FleetSurroundings = {}) => (
    fleetFacts(provider && new TemplateProperties(provider), 'x86_64', functions.map((properties) => functionOf(properties)), surroundings)
  );
  const allowing = (...types: string[]) => ({ InstanceRequirements: { AllowedInstanceTypes: types } });
  const namesOf = (hosts: unknown) => (hosts as { name: string }[]).map(({ name }) => name);

  test('are general sizes, which need no catalogue, if Lambda chooses', () => {
    const { hosts, possibleHosts, hasAllowList, maxVCpuCount } = facts({});

    expect(hosts).toBe(GENERAL_PURPOSE_SIZES);
    expect(possibleHosts).toBe(LARGEST_SHAPES);
    expect([hasAllowList, maxVCpuCount]).toEqual([false, undefined]);
  });

  test('are those of the list', () => {
    const { hosts, possibleHosts, hasAllowList } = facts(allowing('m7i.xlarge', 'c7i.xlarge'));

    expect([namesOf(hosts), namesOf(possibleHosts), hasAllowList]).toEqual([['m7i.xlarge', 'c7i.xlarge'], ['m7i.xlarge', 'c7i.xlarge'], true]);
  });

  test('may be others if one of the list isn\'t known', () => {
    const { hosts, possibleHosts } = facts(allowing('m7i.xlarge', 'z99.xlarge'));

    expect([namesOf(hosts), possibleHosts]).toEqual([['m7i.xlarge'], UNKNOWN]);
  });

  test.each<[string, object, object[], RegExp]>([
    ['if a function needs a GPU', {}, [{}, GPU], /^(g|gr|p)\d/],
    ['of the list, if a function needs a GPU', allowing('g6.xlarge'), [GPU, {}], /^g6\.xlarge$/],
  ])('have GPUs %s', (_what, provider, functions, pattern) => {
    const { hosts, possibleHosts, hasAllowList } = facts(provider, functions);

    expect(namesOf(hosts).filter((name) => !pattern.test(name))).toEqual([]);
    expect(namesOf(hosts).length).toBeGreaterThan(0);
    expect(possibleHosts).toBe(hasAllowList ? hosts : UNKNOWN);
  });

  test.each<[string, object | undefined, object[], FleetSurroundings]>([
    ['of a provider that nothing is known of', undefined, [{}], { elsewhere: true }],
    ['of a provider that nothing is known of, with a GPU', undefined, [GPU], { elsewhere: true }],
    ['for a GPU that isn\'t known', {}, [UNKNOWN_GPU, {}], {}],
    ['of a provider that is created elsewhere', {}, [{}], { elsewhere: true }],
    ['of a list that is a parameter', { InstanceRequirements: { AllowedInstanceTypes: PARAMETER } }, [{}], {}],
  ])('are unknown %s', (_what, provider, functions, surroundings) => {
    const { types, hosts, possibleHosts } = facts(provider, functions, surroundings);

    expect([types, hosts, possibleHosts]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
  });

  test('are those of the list of a provider that is created elsewhere', () => {
    expect(namesOf(facts(allowing('m7i.xlarge'), [{}], { elsewhere: true }).hosts)).toEqual(['m7i.xlarge']);
  });

  test.each<[string, object | undefined, FleetSurroundings, unknown]>([
    ['is AWS\'s default here', {}, {}, undefined],
    ['is unknown elsewhere', {}, { elsewhere: true }, UNKNOWN],
    ['is what is stated elsewhere', { CapacityProviderScalingConfig: { MaxVCpuCount: 24 } }, { elsewhere: true }, 24],
    ['is unknown of a provider that nothing is known of', undefined, { elsewhere: true }, UNKNOWN],
  ])('the ceiling %s', (_what, provider, surroundings, expected) => {
    expect(facts(provider, [{}], surroundings).maxVCpuCount).toBe(expected);
  });

  test('the addresses of subnets are those of the surroundings', () => {
    expect(facts({}).subnetAddresses).toEqual([]);
    expect(facts({}, [{}], { subnetAddresses: [11], zones: 2 })).toMatchObject({ subnetAddresses: [11], zones: 2 });
  });
});
