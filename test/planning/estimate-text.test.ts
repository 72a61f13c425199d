/** The whole text of estimates: what a reader would miss in a line that one expectation picks. */
import { PARAMETER, PlannedFleet, PlannedFunction, planOfTemplate, withDefaults } from './plan-of-template';
import { CostEstimate } from '../../src/planning/cost-estimate';
import { LoadFacts } from '../../src/planning/function-estimate';

interface FunctionWithLoad extends PlannedFunction {
  readonly load?: Partial<LoadFacts> & { readonly atOnce?: number };
}

interface FleetWithLoads extends PlannedFleet {
  readonly functions: Record<string, FunctionWithLoad>;
}

const MONTH = 730 * 3600;

/** The estimate of a fleet in a template, for the loads of its functions: so many requests at once, of a second each. */
function estimateOf({ functions, ...fleet }: FleetWithLoads): CostEstimate {
  const plan = planOfTemplate({ types: ['c7g.2xlarge', 'm7g.2xlarge'], ...fleet, functions: withDefaults(functions, { ratio: 2 }) });
  const loads = Object.entries(functions).flatMap(([functionName, { load }]): LoadFacts[] => (load ? [{
    functionName, architecture: 'arm64', requestsPerMonth: (load.atOnce ?? 1) * MONTH, meanSeconds: 1, standardMemorySize: 1024, ...load,
  }] : []));
  return CostEstimate._of(plan, loads, {});
}

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
  const functions = { Orders: { load: { atOnce: 40 } }, Unknown: { memory: PARAMETER, load: { requestsPerMonth: undefined } } };

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

test.each<[string, FunctionWithLoad, string]>([
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
    const text = inWords(estimateOf({ functions: { Orders: { load: { atOnce: 40, meanCpuSeconds: 0.25 } }, Unknown: { memory: PARAMETER } } }));

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
