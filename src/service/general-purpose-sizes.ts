/** An instance size that EC2's general purpose families share. */
export interface GeneralPurposeSize {
  /** The name for any family: `m*.2xlarge`. */
  readonly name: string;
  readonly vCpus: number;
  readonly memoryMiB: number;
}

/**
 * The sizes that EC2's general purpose families (M) share, with 4 GiB for each vCPU. AWS hasn't published which types Lambda chooses without
 * restrictions, so these sizes stand for them.
 *
 * Source: https://aws.amazon.com/ec2/instance-types/ (read 2026-11-20)
 */
export const GENERAL_PURPOSE_SIZES: GeneralPurposeSize[] = [
  ['large', 2],
  ['xlarge', 4],
  ['2xlarge', 8],
  ['4xlarge', 16],
  ['8xlarge', 32],
  ['12xlarge', 48],
  ['16xlarge', 64],
  ['24xlarge', 96],
].map(([name, vCpus]) => ({ name: `m*.${name}`, vCpus: Number(vCpus), memoryMiB: Number(vCpus) * 4096 }));

/**
 * A shape for each number of vCPUs in categories C, M and R, with the memory of R, which is the largest of the three. No type that Lambda chooses
 * without restrictions holds more environments for each vCPU.
 *
 * Source: https://aws.amazon.com/ec2/instance-types/ (read 2026-11-20)
 */
export const LARGEST_SHAPES: GeneralPurposeSize[] = [
  ...GENERAL_PURPOSE_SIZES.map(({ name, vCpus }) => [name.slice(1), vCpus] as const),
  ['*.3xlarge', 12], ['*.6xlarge', 24], ['*.9xlarge', 36], ['*.18xlarge', 72], ['*.32xlarge', 128], ['*.48xlarge', 192], ['*.96xlarge', 384],
].map(([name, vCpus]) => ({ name: String(name), vCpus: Number(vCpus), memoryMiB: Number(vCpus) * 8192 }));
