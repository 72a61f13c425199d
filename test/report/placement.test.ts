import * as fc from 'fast-check';
import { planProviders } from '../../src/planning/templates/plan-providers';
import { ResourceGraph } from '../../src/reading/resource-graph';
import { resourcesOf } from '../../src/reading/templates/templates';
import { FleetPicture, fleetPictures } from '../../src/report/placement';
import { templateContext } from '../../src/rules/rule';

interface Given {
  readonly types: string[];
  readonly ceiling: number;
  readonly functions: {
    readonly ratio: number;
    readonly vCpus: number;
    readonly min: number;
    readonly more?: number;
    readonly numbered: boolean;
    readonly gpuMemory?: number;
  }[];
}

const fleets: fc.Arbitrary<Given> = fc.record({
  types: fc.constantFrom([], ['c7g.xlarge', 'm7g.xlarge', 'r7g.xlarge'], ['m7g.2xlarge', 'm7g.4xlarge', 'c7g.4xlarge']),
  ceiling: fc.constantFrom(12, 24, 64, 128, 400),
  functions: fc.array(fc.record({
    ratio: fc.constantFrom(2, 4, 8),
    vCpus: fc.constantFrom(1, 2, 3),
    min: fc.constantFrom(0, 1, 2, 3, 5),
    more: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
    numbered: fc.boolean(),
  }), { minLength: 1, maxLength: 5 }),
});

function planOf({ types, ceiling, functions }: Given) {
  const Resources: Record<string, object> = {
    Fleet: {
      Type: 'AWS::Lambda::CapacityProvider',
      Properties: {
        VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
        InstanceRequirements: { Architectures: ['arm64'], ...types.length > 0 ? { AllowedInstanceTypes: types } : {} },
        CapacityProviderScalingConfig: { MaxVCpuCount: ceiling },
      },
    },
  };
  functions.forEach(({ ratio, vCpus, min, more, numbered, gpuMemory }, i) => {
    const counts = { MinExecutionEnvironments: min, ...more === undefined ? {} : { MaxExecutionEnvironments: min + more } };
    Resources[`F${i}`] = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        MemorySize: vCpus * ratio * 1024,
        FunctionScalingConfig: counts,
        ...gpuMemory && { AcceleratorConfig: { AcceleratorMemorySize: gpuMemory } },
        CapacityProviderConfig: {
          LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: { 'Fn::GetAtt': ['Fleet', 'Arn'] }, ExecutionEnvironmentMemoryGiBPerVCpu: ratio },
        },
      },
    };
    if (numbered) Resources[`V${i}`] = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: `F${i}` }, FunctionScalingConfig: counts } };
  });
  const [{ plan }] = planProviders(new ResourceGraph(resourcesOf([{ file: 'a.json', body: { Resources }, region: 'us-east-1' }])), {}, templateContext());
  return plan;
}

function expectWhole({ instances, vCpus }: FleetPicture): void {
  expect(instances.reduce((sum, { type }) => sum + type.vCpus, 0)).toBe(vCpus);
  instances.forEach(({ free }) => expect(Math.min(free.vCpus, free.memoryMiB, free.gpus)).toBeGreaterThanOrEqual(0));
}

test('shows the instances of the plan, none fuller than it can be, and each environment that is kept', () => {
  fc.assert(fc.property(fleets, (given) => {
    const plan = planOf(given);
    const pictures = fleetPictures(plan);
    fc.pre(pictures !== undefined && plan.instances !== undefined);
    const { atRest, whileDeploying, atMaximum } = pictures!;
    [atRest, whileDeploying, ...atMaximum ? [atMaximum] : []].forEach(expectWhole);
    expect(atRest.vCpus).toBe(plan.vCpusAtRest);
    expect(whileDeploying.vCpus).toBe(plan.vCpusDuringDeployment);
    expect(atMaximum?.vCpus).toBe(plan.vCpusAtMaximum);
    expect([atRest.withoutRoom, whileDeploying.withoutRoom]).toEqual([0, 0]);
    const kept = plan.versions.reduce((sum, { minExecutionEnvironments = 0 }) => sum + minExecutionEnvironments, 0);
    expect(atRest.instances.flatMap(({ environments }) => environments)).toHaveLength(kept);
  }), { numRuns: 300 });
});

test('fills what is left at maximum with what nothing else bounds', () => {
  const { atMaximum } = fleetPictures(planOf({ types: ['m7g.2xlarge'], ceiling: 64, functions: [{ ratio: 2, vCpus: 1, min: 3, numbered: false }] }))!;

  expect(atMaximum!.instances).toHaveLength(8);
  expect(atMaximum!.instances.map(({ environments }) => environments.length)).toEqual(Array(8).fill(7));
  expect(atMaximum!.withoutRoom).toBe(0);
});

test('says how many environments have no room', () => {
  const { atMaximum } = fleetPictures(planOf({ types: ['m7g.2xlarge'], ceiling: 24, functions: [{ ratio: 2, vCpus: 3, min: 3, more: 9, numbered: false }] }))!;

  expect(atMaximum!.instances).toHaveLength(3);
  expect(atMaximum!.withoutRoom).toBe(6);
});

const inside = ({ instances }: FleetPicture) => instances.map(({ type, environments }) => (
  [type.name, ...environments.map(({ version }) => version.functionName)]
));

test('has the only environment of a version on the instance that Lambda starts for it', () => {
  const [several, single] = [{ ratio: 2, vCpus: 1, min: 4, numbered: false }, { ratio: 2, vCpus: 1, min: 1, numbered: false }];
  const { atRest } = fleetPictures(planOf({ types: [], ceiling: 64, functions: [several, single] }))!;

  expect(atRest.instances.map(({ type }) => type.name)).toContain('m*.xlarge');
  expect(inside(atRest).filter((instance) => instance.includes('F1'))).toEqual([expect.arrayContaining(['m*.xlarge'])]);
});

test('gives what only the ceiling bounds the room that others leave', () => {
  const functions = [{ ratio: 2, vCpus: 2, min: 1, numbered: false }, { ratio: 2, vCpus: 1, min: 1, more: 9, numbered: false }];
  const { atMaximum } = fleetPictures(planOf({ types: ['m7g.2xlarge'], ceiling: 24, functions }))!;

  // Of 21 vCPUs, ten are for F1.
  const placed = inside(atMaximum!).flat();
  expect(placed.filter((name) => name === 'F1')).toHaveLength(10);
  expect(placed.filter((name) => name === 'F0').length).toBeGreaterThanOrEqual(4);
  expect(atMaximum!.withoutRoom).toBe(0);
});

test('fills one instance after the other if the environments don\'t fit otherwise', () => {
  // Each instance has 7 vCPUs: 7, 4 + 3, 3 + 2 + 2.
  const functions = [[7, 1], [4, 1], [3, 2], [2, 2]].map(([vCpus, min]) => ({ ratio: 2, vCpus, min, numbered: false }));
  const { atRest } = fleetPictures(planOf({ types: ['m7g.2xlarge'], ceiling: 64, functions }))!;

  expect(inside(atRest)).toEqual([['m7g.2xlarge', 'F0'], ['m7g.2xlarge', 'F1', 'F2'], ['m7g.2xlarge', 'F2', 'F3', 'F3']]);
  expect(atRest.withoutRoom).toBe(0);
});

test('gives each environment that needs one a GPU of its own', () => {
  const functions = [{ ratio: 4, vCpus: 2, min: 5, numbered: false, gpuMemory: 24 }];
  const { atRest: { instances } } = fleetPictures(planOf({ types: ['g6.12xlarge'], ceiling: 400, functions }))!;

  expect(instances.map(({ environments, free }) => [environments.length, free.gpus])).toEqual([[2, 2], [2, 2], [1, 3]]);
});

test('leaves out environments whose size isn\'t known', () => {
  const plan = planOf({ types: ['m7g.2xlarge'], ceiling: 64, functions: [{ ratio: 2, vCpus: 1, min: 3, numbered: false }] });
  const [known] = plan._details.facts.versions;
  const unknown = [{ vCpus: undefined }, { memoryMiB: undefined }, { minEnvironments: undefined, maxEnvironments: undefined }];
  const versions = [known, ...unknown.map((change) => ({ ...known, ...change }))];
  const { atRest, atMaximum } = fleetPictures({ ...plan, _details: { ...plan._details, facts: { ...plan._details.facts, versions } } })!;

  expect(atRest.instances.flatMap(({ environments }) => environments)).toHaveLength(3);
  expect(atMaximum!.instances.flatMap(({ environments }) => environments)).toHaveLength(7 * 8);
});
