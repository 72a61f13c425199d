/**
 * The EC2 types that Lambda Managed Instances accept, as far as AWS has stated them.
 *
 * The full list for each Region is on the pricing page and in the AWS Price List (attribute `lambdaManagedInstanceType`), but neither could be read.
 * So this table contains the types that are documented or were observed, and leaves out doubtful ones.
 */
export interface AcceptedInstances {
  /** Categories that run functions. */
  readonly categories: string[];
  /** The oldest generation that any source names. */
  readonly oldestGeneration: number;
  /** The sizes below the smallest one that AWS names, for all categories and for single ones. */
  readonly smallSizes: { readonly all: string[]; readonly [category: string]: string[] };
  /** Categories that Lambda refuses. */
  readonly refusedCategories: string[];
  /** Categories that run functions with a GPU. */
  readonly gpuCategories: string[];
  /** The manufacturer of the GPUs. AWS's base images for GPU functions support only CUDA. */
  readonly gpuMaker: string;
}

/**
 * This table never changes after its release: `InstanceCatalog.V2026_08` selects by it, and another selection would replace a live capacity provider.
 * Later statements of AWS go into a table of their own.
 *
 * Sources:
 * - categories C, M and R, sizes from `large`:
 *   https://aws.amazon.com/blogs/compute/build-high-performance-apps-with-aws-lambda-managed-instances/ (2026-03-30)
 * - C from `xlarge`, in guidance that AWS ships for coding agents (2026-06-19). The two disagree, so the narrower one applies.
 * - generations 5 to 9 were observed, flex and metal never:
 *   https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html (read 2026-11-20)
 * - T refused: https://github.com/aws/aws-cdk/pull/36938
 * - GPU: no list of types is published. The memory sizes that a function can request are those of NVIDIA devices in
 *   category G, and AWS's base images are compiled for them:
 *   https://github.com/aws/deep-learning-containers/blob/main/docker/lambda/Dockerfile (read 2026-11-21)
 */
export const ACCEPTED_INSTANCES_2026_08: AcceptedInstances = {
  categories: ['c', 'm', 'r'],
  oldestGeneration: 5,
  smallSizes: { all: ['nano', 'micro', 'small', 'medium'], c: ['large'] },
  refusedCategories: ['t'],
  gpuCategories: ['g', 'gr'],
  gpuMaker: 'nvidia',
};
