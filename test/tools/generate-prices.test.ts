import { readdirSync, readFileSync } from 'node:fs';
import { generatePrices } from '../../tools/generate-prices';

const VERSIONS = readdirSync('tools/data').flatMap((file) => /^on-demand-families-(.*)\.csv$/.exec(file)?.[1] ?? []);

test('there is data to generate from', () => {
  expect(VERSIONS).toEqual(['2026-02', '2026-11']);
});

test.each(VERSIONS)('generating the prices of %s again changes nothing', (version) => {
  const read = (what: string) => readFileSync(`tools/data/on-demand-${what}-${version}.csv`, 'utf-8');

  expect(generatePrices(read('families'), read('gpu'), version)).toBe(readFileSync(`src/prices/on-demand-${version}.ts`, 'utf-8'));
});

test('writes Regions by number of prices, the price of the first only once, and nothing for a family that is not linear', () => {
  const families = [
    'family,region,usd_per_vcpu_hour,spread',
    'c7g,eu-west-1,0.03885,0',
    'c7g,us-east-1,0.03625,0.005',
    'c7g,us-west-2,0.03625,0.0013',
    'm5a,ap-south-1,0.0277708,0.0051',
    'm5a,us-west-2,0.043,0',
    'm9g,eu-west-1,0.05,0',
  ].join('\n');
  const gpuTypes = [
    'type,region,usd_per_hour',
    'g5.xlarge,us-west-2,1.006',
    'g5.xlarge,eu-west-1,1.123',
    'g6f.large,us-west-2,2',
    'g6f.large,eu-west-1,.5',
    'g6f.large,us-east-1,0.25',
  ].join('\n');

  expect(generatePrices(families, gpuTypes, 'test').split('`').at(-2)!.trim().split('\n')).toEqual([
    'eu-west-1 us-west-2 us-east-1',
    'c7g .03885.03625.03625',
    'g5.xlarge 1.123 1.006',
    // Not 2.25.
    'g6f.large .5 2 .25',
    'm5a -.043',
    'm9g .05',
  ]);
});

test('a price of the first Region is not repeated in the others', () => {
  const families = 'family,region,usd_per_vcpu_hour,spread\nc5,us-east-1,0.0425,0\nc5,us-west-2,0.0425,0';

  expect(generatePrices(families, 'type,region,usd_per_hour', 'test')).toContain('\nus-east-1 us-west-2\nc5 .0425=\n');
});
