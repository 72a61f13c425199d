import { InstanceCatalog } from '../src/catalog/instance-catalog';
import { LiveVersion } from '../src/sizing/fleet-demand';
import { plansOn } from '../src/sizing/fleet-need';

/**
 * Measures how long the pure planner takes for a fleet of many functions on each type of the catalogue: `npx projen bench:planner`. Times differ
 * between machines, so nothing depends on them. The goal is below 100 ms for 1,000 functions and below 1 s for 10,000.
 */
const ROUNDS = 9;

/** All sizes that an environment can have. */
const SIZES = [2, 4, 8].flatMap((ratio) => (
  Array.from({ length: 32 / ratio }, (_, i) => ({ vCpus: i + 1, memoryMiB: (i + 1) * ratio * 1024 }))
));

const versionsOf = (functions: number): LiveVersion[] => Array.from({ length: functions }, (_, i) => ({
  functionName: `Function${i}`,
  version: '$LATEST.PUBLISHED',
  ...SIZES[i % SIZES.length],
  maxConcurrency: 64,
  // One in five functions keeps a single environment.
  minEnvironments: 1 + i % 5,
  maxEnvironments: 3 + i % 50,
}));

const types = InstanceCatalog.V2026_11._all();

[1000, 10_000].forEach((functions) => {
  const versions = versionsOf(functions);
  const plan = () => plansOn(types, versions, { ceiling: 15000, zones: 3, freeChoice: true });
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    plan();
    return performance.now() - start;
  }).sort((one, other) => one - other);
  console.log(`${functions} functions of ${SIZES.length} sizes on ${types.length} types, of which ${plan().length} hold each`);
  console.log(`median ${times[Math.floor(ROUNDS / 2)].toFixed(1)} ms, fastest ${times[0].toFixed(1)} ms, slowest (the first, cold) ${times[ROUNDS - 1].toFixed(1)} ms`);
});
