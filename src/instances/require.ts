import { Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GpuRequirements, InstanceRequirements, InstanceTypeRequirements } from './instance-requirements';
import * as catalog from '../catalog/requirement';
import { isToken } from '../reading/constructs/token';
import { Problem } from '../service/problem';

/** The catalogue's names of manufacturers by EC2's names, if they differ. */
const MAKERS: Record<string, string> = { [ec2.CpuManufacturer.AWS]: 'aws' };

/** Requirements in the catalogue's form, and those that are invalid. */
export interface ReadRequirements {
  readonly requirements: catalog.Requirement[];
  readonly invalid: Problem[];
}

/** Reads the requirements for instances without a GPU. */
export function readRequirements(asked: InstanceRequirements, architecture?: lambda.Architecture): ReadRequirements {
  const reader = new Reader();
  if (architecture) reader.add(catalog.oneOf('architecture', [architecture.name], (type) => type.architecture));
  readCommon(reader, asked);
  const makers = asked.cpuManufacturers?.map((maker) => MAKERS[maker] ?? maker);
  if (makers) reader.add(catalog.oneOf('cpuManufacturers', makers, (type) => type.maker));
  reader.range('generation', asked.generationMin, asked.generationMax, catalog.GENERATION);
  reader.range('totalLocalStorageGB', asked.totalLocalStorageGBMin, asked.totalLocalStorageGBMax, catalog.LOCAL_STORAGE);
  if (asked.localStorage === ec2.LocalStorage.REQUIRED || asked.localStorage === ec2.LocalStorage.EXCLUDED) {
    reader.add(catalog.oneOf('localStorage', [asked.localStorage], (type) => (type.localStorageGB > 0 ? ec2.LocalStorage.REQUIRED : ec2.LocalStorage.EXCLUDED)));
  }
  return reader;
}

/** Reads the requirements for instances with GPUs. */
export function readGpuRequirements(asked: GpuRequirements): ReadRequirements {
  const reader = new Reader();
  readCommon(reader, asked);
  const { acceleratorCountMin: min, acceleratorCountMax: max } = asked;
  reader.range('acceleratorCount', min ?? 1, max ?? (min === undefined ? 1 : undefined), catalog.GPUS);
  reader.isUsable('memory', asked.memory.gibibytes);
  reader.add(catalog.exactly('memory', asked.memory.gibibytes, catalog.GPU_MEMORY));
  return reader;
}

function readCommon(reader: Reader, asked: InstanceTypeRequirements): void {
  reader.range('vCpuCount', asked.vCpuCountMin, asked.vCpuCountMax, catalog.V_CPUS);
  reader.range('memory', gibibytes(asked.memoryMin), gibibytes(asked.memoryMax), catalog.MEMORY);
  reader.range('memoryPerVCpu', gibibytes(asked.memoryPerVCpuMin), gibibytes(asked.memoryPerVCpuMax), catalog.MEMORY_PER_V_CPU);
  reader.range('networkBandwidthGbps', asked.networkBandwidthGbpsMin, asked.networkBandwidthGbpsMax, catalog.NETWORK);
  if (asked.allowedInstanceTypes) reader.add(catalog.named('allowedInstanceTypes', asked.allowedInstanceTypes, true));
  if (asked.excludedInstanceTypes) reader.add(catalog.named('excludedInstanceTypes', asked.excludedInstanceTypes, false));
}

function gibibytes(size?: Size): number | undefined {
  return size?.isUnresolved() ? NaN : size?.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
}

class Reader implements ReadRequirements {
  public readonly requirements: catalog.Requirement[] = [];
  public readonly invalid: Problem[] = [];

  public add(requirement: catalog.Requirement): void {
    this.requirements.push(requirement);
  }

  public range(name: string, min: number | undefined, max: number | undefined, quantity: catalog.Quantity): void {
    const areUsable = [this.isUsable(`${name}Min`, min), this.isUsable(`${name}Max`, max)].every(Boolean);
    if (areUsable && min !== undefined && max !== undefined && min > max) {
      this.invalid.push({ property: `${name}Min`, allowed: `must not be above ${name}Max, which is ${max}`, found: min, remedy: `lower ${name}Min, or raise ${name}Max` });
    }
    if (min !== undefined) this.add(catalog.atLeast(`${name}Min`, min, quantity));
    if (max !== undefined) this.add(catalog.atMost(`${name}Max`, max, quantity));
  }

  /** Returns whether a value can be compared with, and records an invalid one. */
  public isUsable(property: string, value?: number): boolean {
    if (value === undefined || (!Number.isNaN(value) && !isToken(value) && value >= 0)) return true;
    const isNegative = value < 0 && !isToken(value);
    this.invalid.push({
      property,
      allowed: isNegative ? 'must be a number of at least 0' : 'instance types are selected when the app is synthesised',
      found: isNegative ? value : 'known at deployment only',
      remedy: isNegative ? `raise ${property}` : `write ${property} as a number, or take it from the context`,
    });
    return false;
  }
}
