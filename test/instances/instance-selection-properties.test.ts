import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as fc from 'fast-check';
import { GpuMemory, InstanceRequirements, InstanceSelection } from '../../src';
import { Row, ROWS, runsFunctions } from '../catalog/data';

const CANDIDATES = ROWS.filter(runsFunctions);
const MAKERS: Record<string, string> = { 'intel': 'intel', 'amd': 'amd', 'amazon-web-services': 'aws' };
const PATTERNS = ['c*', 'm8*', 'r*.large', '*.4xlarge', '*g.*', 'c8g.xlarge', 'm7i.*', '*n.*', 'nothing'];

/** What a pattern means, said once more. */
const patternExpression = (pattern: string) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
const EXPRESSIONS = Object.fromEntries(PATTERNS.map((pattern) => [pattern, patternExpression(pattern)]));

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const gibibytes = (max: number) => fc.integer({ min: 0, max }).map((n) => Size.gibibytes(n));

/** Mostly such that something is left, sometimes not. */
const requirements: fc.Arbitrary<InstanceRequirements> = fc.record({
  architecture: maybe(fc.constantFrom(lambda.Architecture.ARM_64, lambda.Architecture.X86_64)),
  vCpuCountMin: maybe(fc.integer({ min: 0, max: 64 })),
  vCpuCountMax: maybe(fc.integer({ min: 1, max: 400 })),
  memoryMin: maybe(gibibytes(256)),
  memoryMax: maybe(gibibytes(3000)),
  memoryPerVCpuMin: maybe(gibibytes(8)),
  memoryPerVCpuMax: maybe(gibibytes(16)),
  networkBandwidthGbpsMin: maybe(fc.double({ min: 0, max: 100, noNaN: true })),
  networkBandwidthGbpsMax: maybe(fc.double({ min: 0, max: 700, noNaN: true })),
  cpuManufacturers: maybe(fc.subarray([ec2.CpuManufacturer.AWS, ec2.CpuManufacturer.AMD, ec2.CpuManufacturer.INTEL], { minLength: 1 })),
  generationMin: maybe(fc.integer({ min: 1, max: 9 })),
  generationMax: maybe(fc.integer({ min: 5, max: 10 })),
  localStorage: maybe(fc.constantFrom(ec2.LocalStorage.REQUIRED, ec2.LocalStorage.INCLUDED, ec2.LocalStorage.EXCLUDED)),
  totalLocalStorageGBMin: maybe(fc.integer({ min: 0, max: 4000 })),
  totalLocalStorageGBMax: maybe(fc.integer({ min: 0, max: 30000 })),
  allowedInstanceTypes: maybe(fc.subarray(PATTERNS, { minLength: 1 })),
  excludedInstanceTypes: maybe(fc.subarray(PATTERNS)),
});

/** Says it once more, the slow and obvious way. */
function meets(row: Row, asked: InstanceRequirements): boolean {
  const within = (value: number | undefined, min?: number, max?: number) => (
    (min === undefined || (value !== undefined && value >= min)) && (max === undefined || (value !== undefined && value <= max))
  );
  const matches = (pattern: string) => EXPRESSIONS[pattern].test(row.type);
  const mebibytes = (size?: Size) => size?.toMebibytes();
  return within(row.vCpus, asked.vCpuCountMin, asked.vCpuCountMax)
    && within(row.memoryMiB, mebibytes(asked.memoryMin), mebibytes(asked.memoryMax))
    && within(row.memoryMiB / row.vCpus, mebibytes(asked.memoryPerVCpuMin), mebibytes(asked.memoryPerVCpuMax))
    && within(row.networkMbps === undefined ? undefined : row.networkMbps / 1000, asked.networkBandwidthGbpsMin, asked.networkBandwidthGbpsMax)
    && within(row.generation, asked.generationMin, asked.generationMax)
    && within(row.localGB, asked.totalLocalStorageGBMin, asked.totalLocalStorageGBMax)
    && (asked.cpuManufacturers?.some((maker) => MAKERS[maker] === row.maker) ?? true)
    && (asked.localStorage !== ec2.LocalStorage.REQUIRED || row.localGB > 0)
    && (asked.localStorage !== ec2.LocalStorage.EXCLUDED || row.localGB === 0)
    && (asked.allowedInstanceTypes?.some(matches) ?? true)
    && !(asked.excludedInstanceTypes?.some(matches) ?? false);
}

const names = (types?: ec2.InstanceType[]) => (types ?? []).map(String);

test('selects each type that meets every requirement and no other', () => {
  fc.assert(fc.property(requirements, (asked) => {
    const selection = InstanceSelection.where(asked);
    const architecture = selection.architecture!;

    expect(names(selection.filter?.allowedInstanceTypes)).toEqual(
      CANDIDATES.filter((row) => row.architecture === architecture.name && meets(row, asked)).map((row) => row.type).sort(),
    );
    if (asked.architecture) expect(architecture).toBe(asked.architecture);
  }), { numRuns: 200 });
});

test('takes the one architecture that the requirements leave, x86_64 where they leave both', () => {
  fc.assert(fc.property(requirements, (asked) => {
    const left = new Set(CANDIDATES.filter((row) => meets(row, asked)).map((row) => row.architecture));
    const expected = asked.architecture?.name ?? (left.size === 1 ? [...left][0] : 'x86_64');

    expect(InstanceSelection.where(asked).architecture?.name).toBe(expected);
  }), { numRuns: 100 });
});

test('selects the same in the same order each time', () => {
  fc.assert(fc.property(requirements, (asked) => {
    const [one, other] = [InstanceSelection.where(asked), InstanceSelection.where({ ...asked })];

    expect(names(one.filter?.allowedInstanceTypes)).toEqual(names(other.filter?.allowedInstanceTypes));
    expect(names(one.filter?.allowedInstanceTypes)).toEqual([...new Set(names(one.filter?.allowedInstanceTypes))].sort());
    expect(one.describe()).toBe(other.describe());
  }), { numRuns: 50 });
});

test('excludes, where newer types may join, what leaves the same types', () => {
  fc.assert(fc.property(requirements, (asked) => {
    const allowed = InstanceSelection.where(asked);
    const selection = InstanceSelection.where({ ...asked, allowNewerTypes: true });
    const excluded = names(selection.filter?.excludedInstanceTypes);
    const expressions = excluded.map(patternExpression);
    const isExcluded = (type: string) => expressions.some((expression) => expression.test(type));

    // Where nothing is left, there is nothing to render.
    fc.pre(names(allowed.filter?.allowedInstanceTypes).length > 0);
    expect(selection.filter?.allowedInstanceTypes).toBeUndefined();
    expect(selection.architecture).toBe(allowed.architecture);
    expect(excluded).toEqual([...new Set(excluded)].sort());
    // Of everything that Lambda might choose, what is doubtful included.
    const choices = ROWS.filter((row) => ['c', 'm', 'r'].includes(row.category) && row.architecture === selection.architecture?.name);
    expect(choices.filter((row) => !isExcluded(row.type)).map((row) => row.type).sort()).toEqual(names(allowed.filter?.allowedInstanceTypes));
  }), { numRuns: 100 });
});

test('names near misses that each miss something, where nothing is left', () => {
  fc.assert(fc.property(requirements, (asked) => {
    const selection = InstanceSelection.where(asked);
    const left = names(selection.filter?.allowedInstanceTypes);
    const nearly = [...selection.describe().matchAll(/^nearly: (\S+) \((\w+) /gm)];

    expect(nearly).toHaveLength(left.length === 0 ? 3 : 0);
    nearly.forEach(([, type, property]) => {
      const row = CANDIDATES.find((candidate) => candidate.type === type)!;
      expect(row.architecture === selection.architecture?.name && meets(row, asked)).toBe(false);
      expect([...Object.keys(asked), 'architecture']).toContain(property);
    });
  }), { numRuns: 100 });
});

describe('types with GPUs', () => {
  const MIB: [GpuMemory, number][] = [
    [GpuMemory.GIB_3, 2861], [GpuMemory.GIB_6, 5722], [GpuMemory.GIB_12, 11444],
    [GpuMemory.GIB_16, 16384], [GpuMemory.GIB_24, 22888], [GpuMemory.GIB_48, 45776],
  ];
  const CASES = MIB.map(([memory, mib]) => [memory.gibibytes, memory, mib] as const);
  const gpus = (row: Row) => Math.max(row.gpuCount, 1);
  const fitting = (mib: number) => ROWS.filter((row) => (
    row.gpuMaker === 'nvidia' && row.architecture === 'x86_64' && !row.size.startsWith('metal') && row.gpuMemory === mib
  ));

  test.each(CASES)('are those of the data with one device of %d GB', (_size, memory, mib) => {
    const selection = InstanceSelection.gpu({ memory });
    const expected = fitting(mib).filter((row) => gpus(row) === 1).map((row) => row.type).sort();

    expect(expected.length).toBeGreaterThan(0);
    expect(names(selection.filter?.allowedInstanceTypes)).toEqual(expected);
    expect(selection.architecture).toBe(lambda.Architecture.X86_64);
  });

  test.each(CASES)('are those of the data with as many devices of %d GB as asked for', (_size, memory, mib) => {
    const counts = fc.integer({ min: 0, max: 8 });
    fc.assert(fc.property(counts, maybe(counts), maybe(fc.integer({ min: 4, max: 64 })), (min, max, vCpuCountMax) => {
      const selection = InstanceSelection.gpu({ memory, acceleratorCountMin: min, acceleratorCountMax: max, vCpuCountMax });

      const expected = fitting(mib).filter((row) => gpus(row) >= min && gpus(row) <= (max ?? 8) && row.vCpus <= (vCpuCountMax ?? Infinity));
      expect(names(selection.filter?.allowedInstanceTypes)).toEqual(expected.map((row) => row.type).sort());
    }), { numRuns: 50 });
  });

  test('are several where only the most devices are given', () => {
    const selection = InstanceSelection.gpu({ memory: GpuMemory.GIB_16, acceleratorCountMax: 4 });

    const sizes = ['12xlarge', '16xlarge', '2xlarge', '4xlarge', '8xlarge', 'xlarge'];
    expect(names(selection.filter?.allowedInstanceTypes)).toEqual(sizes.map((size) => `g4dn.${size}`));
  });
});
