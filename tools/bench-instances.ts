import { readdirSync, statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Size } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { GpuMemory, InstanceRequirements, InstanceSelection } from 'cdk-lambda-managed-instances';

/**
 * Measures the cost of selecting instances. Run `npx projen compile` first: it measures the compiled package, in a process of its own, because the
 * first selection reads the catalogue. The goals are below 20 ms for the first selection, below 5 ms for others, and below 100 kB for the catalogue.
 */
const REQUIREMENTS: InstanceRequirements = {
  vCpuCountMin: 4,
  vCpuCountMax: 32,
  memoryMin: Size.gibibytes(16),
  networkBandwidthGbpsMin: 5,
  generationMin: 7,
  excludedInstanceTypes: ['*zn.*', 'm8idb.*'],
};
const CASES: [string, () => InstanceSelection][] = [
  ['all of an architecture', () => InstanceSelection.where({ architecture: Architecture.ARM_64 })],
  ['six requirements', () => InstanceSelection.where({ architecture: Architecture.ARM_64, ...REQUIREMENTS })],
  ['six requirements, architecture left open', () => InstanceSelection.where(REQUIREMENTS)],
  ['as an exclude list', () => InstanceSelection.where({ ...REQUIREMENTS, allowNewerTypes: true })],
  ['nothing is left', () => InstanceSelection.where({ ...REQUIREMENTS, memoryMin: Size.tebibytes(1) })],
  ['GPUs', () => InstanceSelection.gpu({ memory: GpuMemory.GIB_24 })],
];
const RUNS = 21;

// This loads the modules that CDK itself needs for any selection.
InstanceSelection.exclude('m5.*').filter;
console.log(`first selection, the catalogue read: ${milliseconds(() => InstanceSelection.where({ architecture: Architecture.ARM_64 }).filter).toFixed(2)} ms`);
CASES.forEach(([name, select]) => {
  const times = Array.from({ length: RUNS }, () => milliseconds(() => select().filter)).sort((a, b) => a - b);
  console.log(`${name}: median ${times[(RUNS - 1) / 2].toFixed(2)} ms, slowest ${times[RUNS - 1].toFixed(2)} ms`);
});

const bytes = readdirSync('lib/catalog').reduce((sum, file) => sum + statSync(`lib/catalog/${file}`).size, 0);
console.log(`the catalogue in the package: ${(bytes / 1000).toFixed(1)} kB`);

function milliseconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
