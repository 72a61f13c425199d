import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InstanceCatalog } from '../catalog/instance-catalog';
import { GpuMemory } from '../service/gpu-memory';

/**
 * What instance types must have, whatever they are for. Names and meaning are those of EC2's own requirements
 * (`ec2.InstanceRequirementsConfig`).
 */
export interface InstanceTypeRequirements {
  /**
   * The fewest vCPUs. Lambda keeps one of each instance for itself.
   *
   * @default - no minimum
   */
  readonly vCpuCountMin?: number;

  /**
   * The most vCPUs.
   *
   * @default - no maximum
   */
  readonly vCpuCountMax?: number;

  /**
   * The least memory. Lambda keeps 1 GB of each instance for itself.
   *
   * @default - no minimum
   */
  readonly memoryMin?: Size;

  /**
   * The most memory.
   *
   * @default - no maximum
   */
  readonly memoryMax?: Size;

  /**
   * The least memory for each vCPU: 2 GiB in category C, 4 in M, 8 in R, for most.
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
   * Names and patterns with `*` of which a type must match one: `c*`, `m8g.*`, `*.4xlarge`.
   *
   * @default - all types
   */
  readonly allowedInstanceTypes?: string[];

  /**
   * Names and patterns with `*` of which a type must match none. May be given with `allowedInstanceTypes`.
   *
   * @default - none
   */
  readonly excludedInstanceTypes?: string[];

  /**
   * What is known of EC2's types. Pinned, so that an upgrade of this library selects the same types: another selection
   * replaces the capacity provider.
   *
   * @default InstanceCatalog.V2026_08
   */
  readonly catalog?: InstanceCatalog;
}

/**
 * What the instances of a fleet must have. Burstable, flex and bare metal types, and those of which it is doubtful whether Lambda takes
 * them (C below `xlarge`, M and R below `large`, generations before 5), are never among them.
 */
export interface InstanceRequirements extends InstanceTypeRequirements {
  /**
   * The processor architecture, of which a fleet has exactly one.
   *
   * @default - that of the fleet, else the one that is left by the other requirements, else AWS's: x86_64
   */
  readonly architecture?: lambda.Architecture;

  /**
   * Who makes the processors. AWS makes those with arm64.
   *
   * @default - anybody
   */
  readonly cpuManufacturers?: ec2.CpuManufacturer[];

  /**
   * The oldest generation: 8 for `c8g` and `m8i`. A number, where EC2's own requirements know current and previous
   * generations only.
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
   * The least GB on all local disks together.
   *
   * @default - no minimum
   */
  readonly totalLocalStorageGBMin?: number;

  /**
   * The most GB on all local disks together.
   *
   * @default - no maximum
   */
  readonly totalLocalStorageGBMax?: number;

  /**
   * Whether types that EC2 gets later may join. The selection is then rendered as a list of the types that are
   * excluded: of all that the catalogue knows of, it leaves the same as the list of allowed types. What comes later
   * joins even if it misses a requirement, unless its size or family is excluded as a whole.
   *
   * @default false
   */
  readonly allowNewerTypes?: boolean;
}

/**
 * What the instances of a fleet with GPUs must have.
 */
export interface GpuRequirements extends InstanceTypeRequirements {
  /**
   * The memory of each GPU, exactly.
   */
  readonly memory: GpuMemory;

  /**
   * The fewest GPUs on an instance. A fraction of one counts as one.
   *
   * @default 1
   */
  readonly acceleratorCountMin?: number;

  /**
   * The most GPUs on an instance.
   *
   * @default - one, or no maximum where `acceleratorCountMin` is given
   */
  readonly acceleratorCountMax?: number;
}
