import { InstanceCatalog } from '../src/catalog/instance-catalog';
import { LiveVersion } from '../src/sizing/fleet-demand';
import { plansOn } from '../src/sizing/fleet-need';

/**
 * Says how long the pure planner takes for a fleet of many functions on each type of the catalogue: `npx projen bench:planner`.
 * Times differ from machine to machine, so nothing is judged by them; the goal is below 100 ms.
 */
const FUNCTIONS = 1000;
const ROUNDS = 9;

/** Each size that an environment can have, in turn. */
const SIZES = [2, 4, 8].flatMap((ratio) => (
  Array.from({ length: 32 / ratio }, (_, i) => ({ vCpus: i + 1, memoryMiB: (i + 1) * ratio * 1024 }))
));

const versions: LiveVersion[] = Array.from({ length: FUNCTIONS }, (_, i) => ({
  functionName: `Function${i}`,
  version: '$LATEST.PUBLISHED',
  ...SIZES[i % SIZES.length],
  maxConcurrency: 64,
  minEnvironments: 3 + i % 4,
  maxEnvironments: 3 + i % 50,
}));

const types = InstanceCatalog.V2026_11._all();

const times = Array.from({ length: ROUNDS }, () => {
  const start = performance.now();
  plansOn(types, versions, { ceiling: 15000, zones: 3 });
  return performance.now() - start;
}).sort((a, b) => a - b);

const plans = plansOn(types, versions, { ceiling: 15000, zones: 3 });
console.log(`${FUNCTIONS} functions of ${SIZES.length} sizes on ${types.length} types, of which ${plans.length} hold each`);
console.log(`median ${times[Math.floor(ROUNDS / 2)].toFixed(1)} ms, fastest ${times[0].toFixed(1)} ms, slowest (the first, cold) ${times[ROUNDS - 1].toFixed(1)} ms`);
