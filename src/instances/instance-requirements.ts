import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InstanceCatalog } from '../catalog/instance-catalog';
import { GpuMemory } from '../service/gpu-memory';

/**
 * Requirements for instance types. Names and meanings are those of EC2's own requirements (`ec2.InstanceRequirementsConfig`).
 */
export interface InstanceTypeRequirements {
  /**
   * The fewest vCPUs that an instance may have. Lambda keeps one vCPU of each instance for itself.
   *
   * @default - no minimum
   */
  readonly vCpuCountMin?: number;

  /**
   * The most vCPUs that an instance may have.
   *
   * @default - no maximum
   */
  readonly vCpuCountMax?: number;

  /**
   * The least memory that an instance may have. Lambda keeps 1 GB of each instance for itself.
   *
   * @default - no minimum
   */
  readonly memoryMin?: Size;

  /**
   * The most memory that an instance may have.
   *
   * @default - no maximum
   */
  readonly memoryMax?: Size;

  /**
   * The least memory for each vCPU. Most types have 2 GiB in category C, 4 in M and 8 in R.
   *
   * @default - no minimum
   */
  readonly memoryPerVCpuMin?: Size;

  /**
   * The most memory for each vCPU.
   *
   * @default - no maximum
   */
  readonly memoryPerVCpuMax?: Size;

  /**
   * The least network bandwidth in Gbit/s, as a baseline; smaller sizes burst above it.
   *
   * @default - no minimum
   */
  readonly networkBandwidthGbpsMin?: number;

  /**
   * The most network bandwidth in Gbit/s, as a baseline.
   *
   * @default - no maximum
   */
  readonly networkBandwidthGbpsMax?: number;

  /**
   * Names and patterns with `*`. A type must match at least one of them: `c*`, `m8g.*`, `*.4xlarge`.
   *
   * @default - all types
   */
  readonly allowedInstanceTypes?: string[];

  /**
   * Names and patterns with `*`. A type must not match any of them. This can be combined with `allowedInstanceTypes`.
   *
   * @default - no types are excluded
   */
  readonly excludedInstanceTypes?: string[];

  /**
   * The catalogue of EC2's types to select from. It is pinned, so that an upgrade of this library selects the same types: another
   * selection would replace the capacity provider.
   *
   * @default InstanceCatalog.V2026_08
   */
  readonly catalog?: InstanceCatalog;
}

/**
 * Requirements for the instances of a fleet. Burstable, flex and bare metal types are never selected, nor are types that Lambda may
 * not accept (C below `xlarge`, M and R below `large`, generations before 5).
 */
export interface InstanceRequirements extends InstanceTypeRequirements {
  /**
   * The processor architecture. A fleet has exactly one.
   *
   * @default - the architecture of the fleet; otherwise the one that the other requirements leave; otherwise AWS's default, x86_64
   */
  readonly architecture?: lambda.Architecture;

  /**
   * The manufacturers of the processors. Processors with arm64 are made by AWS.
   *
   * @default - any manufacturer
   */
  readonly cpuManufacturers?: ec2.CpuManufacturer[];

  /**
   * The oldest generation, as a number: 8 for `c8g` and `m8i`.
   *
   * @default - no minimum
   */
  readonly generationMin?: number;

  /**
   * The newest generation.
   *
   * @default - no maximum
   */
  readonly generationMax?: number;

  /**
   * Whether types with local disks are included, excluded or the only ones.
   *
   * @default ec2.LocalStorage.INCLUDED
   */
  readonly localStorage?: ec2.LocalStorage;

  /**
   * The least storage on all local disks together, in GB.
   *
   * @default - no minimum
   */
  readonly totalLocalStorageGBMin?: number;

  /**
   * The most storage on all local disks together, in GB.
   *
   * @default - no maximum
   */
  readonly totalLocalStorageGBMax?: number;

  /**
   * Whether instance types that EC2 adds later may be used, too. The selection is then written as a list of excluded types, which leaves the same
   * types of the catalogue. A newer type may be used even if it doesn't meet a requirement, unless its size or family is excluded as a whole.
   *
   * @default false
   */
  readonly allowNewerTypes?: boolean;
}

/**
 * Requirements for the instances of a fleet with GPUs.
 */
export interface GpuRequirements extends InstanceTypeRequirements {
  /**
   * The exact memory of each GPU.
   */
  readonly memory: GpuMemory;

  /**
   * The fewest GPUs on an instance. A fraction of a GPU counts as one.
   *
   * @default 1
   */
  readonly acceleratorCountMin?: number;

  /**
   * The most GPUs on an instance.
   *
   * @default - one; no maximum if `acceleratorCountMin` is set
   */
  readonly acceleratorCountMax?: number;
}
