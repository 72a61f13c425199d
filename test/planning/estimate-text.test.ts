/** The whole text of estimates: what a reader would miss in a line that one expectation picks. */
import { CostEstimate } from '../../src/planning/cost-estimate';
import { LoadFacts } from '../../src/planning/function-estimate';
import { CapacityPlanOptions } from '../../src/planning/plan-options';
import { planProviders } from '../../src/planning/templates/plan-providers';
import { ResourceGraph } from '../../src/reading/resource-graph';
import { resourcesOf } from '../../src/reading/templates/templates';
import { templateContext } from '../../src/rules/rule';

interface FunctionGiven {
  readonly memory?: unknown;
  readonly min?: unknown;
  readonly max?: unknown;
  readonly concurrency?: number;
  readonly load?: Partial<LoadFacts> & { readonly atOnce?: number };
}

interface Given {
  readonly types?: string[];
  readonly ceiling?: number;
  readonly functions: Record<string, FunctionGiven>;
  readonly options?: CapacityPlanOptions;
}

const MONTH = 730 * 3600;

/** The estimate of a fleet in a template, for the loads of its functions: so many requests at once, of a second each. */
function estimateOf({ types = ['c7g.2xlarge', 'm7g.2xlarge'], ceiling = 64, functions, options = {} }: Given): CostEstimate {
  const ofFunction = ({ memory = 4096, min = 3, max, concurrency }: FunctionGiven) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: memory,
      FunctionScalingConfig: { MinExecutionEnvironments: min, MaxExecutionEnvironments: max },
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: {
          CapacityProviderArn: { 'Fn::GetAtt': ['Fleet', 'Arn'] }, ExecutionEnvironmentMemoryGiBPerVCpu: 2, PerExecutionEnvironmentMaxConcurrency: concurrency,
        },
      },
    },
  });
  const Fleet = {
    Type: 'AWS::Lambda::CapacityProvider',
    Properties: {
      VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'], SecurityGroupIds: ['sg-1'] },
      InstanceRequirements: { Architectures: ['arm64'], AllowedInstanceTypes: types },
      CapacityProviderScalingConfig: { MaxVCpuCount: ceiling },
    },
  };
  const Resources = { Fleet, ...Object.fromEntries(Object.entries(functions).map(([name, fn]) => [name, ofFunction(fn)])) };
  const body = JSON.parse(JSON.stringify({ Parameters: { Unknown: { Type: 'Number' } }, Resources }));
  const [{ plan }] = planProviders(new ResourceGraph(resourcesOf([{ file: 'a.json', body, region: 'us-east-1' }])), options, templateContext());
  const loads = Object.entries(functions).flatMap(([functionName, { load }]): LoadFacts[] => (load ? [{
    functionName, architecture: 'arm64', requestsPerMonth: (load.atOnce ?? 1) * MONTH, meanSeconds: 1, standardMemorySize: 1024, ...load,
  }] : []));
  return CostEstimate._of(plan, loads, {});
}

const UNKNOWN = { Ref: 'Unknown' };
const inWords = (estimate: CostEstimate) => estimate.toString().replace(/\s+/g, ' ');

test('states needs, settings and costs of all loads', () => {
  expect(estimateOf({
    functions: {
      Orders: { max: 12, load: { atOnce: 40, meanCpuSeconds: 0.25, peakToMean: 3 } },
      Payments: { memory: 8192, max: 3, load: { atOnce: 2000, meanCpuSeconds: 0.01 } },
      Reports: { load: { atOnce: 0.5 } },
      Idle: {},
    },
    options: { computeDiscount: 0.3 },
  }).toString()).toMatchSnapshot();
});

test('states what is unknown', () => {
  const functions = { Orders: { load: { atOnce: 40 } }, Unknown: { memory: UNKNOWN, load: { requestsPerMonth: undefined } } };

  expect(estimateOf({ functions }).toString()).toMatchSnapshot();
});

test.each<[number, string]>([
  [0, '0 0 3'],
  [0.049, '< 0.1 < 0.1 3'],
  [0.051, '0.1 0.1 3'],
  [1.26, '1.3 1.3 3'],
  [1234.56, '1,234.6 1,234.6 10'],
])('rounds %d requests at once', (atOnce, expected) => {
  expect(inWords(estimateOf({ functions: { Orders: { load: { atOnce } } } }))).toContain(`Orders ${expected}`);
});

test.each<[number, string]>([
  [1.6, '1.6 a second × 1000 ms of CPU are 1.6 busy vCPUs, which need 1 environment if at most 80 % of the vCPUs may be busy.'],
  [1.61, '1.6 a second × 1000 ms of CPU are 1.6 busy vCPUs, which need 2 environments if at most 80 % of the vCPUs may be busy.'],
])('counts the environments for %d requests at once that compute', (atOnce, expected) => {
  expect(inWords(estimateOf({ functions: { Orders: { load: { atOnce, meanCpuSeconds: 1 } } } }))).toContain(expected);
});

test.each<[string, FunctionGiven, string]>([
  ['concurrency', { concurrency: 10, load: { atOnce: 40, meanCpuSeconds: 0.001 } }, 'Concurrency decides.'],
  ['CPU', { load: { atOnce: 40, meanCpuSeconds: 0.5 } }, 'CPU decides.'],
  ['the minimum', { load: { atOnce: 1, meanCpuSeconds: 0.5 } }, 'The minimum is higher than both.'],
  ['the maximum', { max: 5, load: { atOnce: 40, meanCpuSeconds: 0.5 } }, 'The maximum is lower.'],
])('says that %s decides', (_, fn, expected) => {
  expect(inWords(estimateOf({ functions: { Orders: fn } }))).toContain(`may be busy. ${expected}`);
});

describe('what to set', () => {
  test('is left out without CPU time', () => {
    expect(inWords(estimateOf({ functions: { Orders: { load: { atOnce: 40 } } } }))).not.toMatch(/What to set|fleet:/);
  });

  test('has no ceiling if a part of the fleet is unknown', () => {
    const text = inWords(estimateOf({ functions: { Orders: { load: { atOnce: 40, meanCpuSeconds: 0.25 } }, Unknown: { memory: UNKNOWN } } }));

    expect(text).toContain('What to set - Orders: ');
    expect(text).not.toContain('fleet:');
  });

  test('is only for functions whose CPU time is given', () => {
    const text = inWords(estimateOf({ functions: { Orders: { load: { atOnce: 40 } }, Payments: { load: { atOnce: 40, meanCpuSeconds: 0.25 } } } }));

    expect(text).toContain('What to set - Payments: ');
    expect(text).not.toContain('- Orders: CapacityProviderConfig');
  });

  test('names the least ceiling that is known to work', () => {
    const text = inWords(estimateOf({ types: ['c7g.large'], functions: { Orders: { memory: 2048, load: { atOnce: 1, meanCpuSeconds: 0.001 } } } }));

    // Three instances of 2 vCPUs, the same for the new version, and one more, are 14.
    expect(text).toContain('MaxVCpuCount 14 = 6 at the peak (3 × c7g.large) + 6 for a deployment + 2 for a replacement');
  });
});

test('compares with standard Lambda only where the price is known', () => {
  const text = inWords(estimateOf({ functions: { Orders: { load: { meanSeconds: 3600, atOnce: 0.001 } } } }));

  expect(text).toMatch(/standard Lambda, x86_64 unknown standard Lambda, arm64 unknown/);
  expect(text).not.toContain('requests at once on average, the idle floor');
});
