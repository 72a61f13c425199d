import { readdirSync, readFileSync } from 'node:fs';
import { generateCatalog } from '../../tools/generate-catalog';

const VERSIONS = readdirSync('tools/data').flatMap((file) => /^instance-types-(.*)\.csv$/.exec(file)?.[1] ?? []);

test('there is data to generate from', () => {
  expect(VERSIONS).toEqual(['2026-08', '2026-11']);
});

test.each(VERSIONS)('generating the catalogue of %s again changes nothing', (version) => {
  const csv = readFileSync(`tools/data/instance-types-${version}.csv`, 'utf-8');

  expect(generateCatalog(csv, version)).toBe(readFileSync(`src/catalog/instance-types-${version}.ts`, 'utf-8'));
});

test('writes once what follows from the family and the size, and makes one device of a fraction', () => {
  const csv = [
    'type,architecture,cpu_manufacturer,vcpus,memory_mib,network_mbps,local_nvme_gb,gpu_manufacturer,gpu_name,gpu_count,gpu_memory_mib',
    'c5.9xlarge,x86_64,intel,36,73728,12000,,,,,',
    'c5.large,x86_64,intel,2,4096,750,,,,,',
    'c5.metal,x86_64,intel,96,196608,,,,,,',
    'c8g.xlarge,arm64,aws,4,8192,1875,,,,,',
    'c8g.large,arm64,aws,2,4096,937,,,,,',
    'g6f.4xlarge,x86_64,amd,16,65536,10000,450,nvidia,l4,0,11444',
    'g4dn.xlarge,x86_64,intel,4,16384,5000,125,nvidia,t4,1,16384',
  ].join('\n');

  expect(generateCatalog(csv, 'test').split('`')[1].trim().split('\n')).toEqual([
    'c5 intel 2 l:750 9xl:12000 metal::::96',
    'c8g aws 2 l:937 xl:1875',
    'g4dn intel 4 nvidia/t4/16 xl:5000:125:1',
    'g6f amd 4 nvidia/l4/12 4xl:10000:450:1',
  ]);
});
