/**
 * Which EC2 types Lambda Managed Instances take, as far as AWS has said it.
 *
 * The whole list stands on the pricing page and in the AWS Price List (attribute `lambdaManagedInstanceType`), for
 * each Region; neither could be read. So this is a table of what is documented or was seen, and what is doubtful stays
 * out of it.
 */
export interface AcceptedInstances {
  /** Categories that run functions. */
  readonly categories: string[];
  /** The oldest generation that anybody has named. */
  readonly oldestGeneration: number;
  /** Below the smallest size that AWS names, for all categories and for some. */
  readonly smallSizes: { readonly all: string[]; readonly [category: string]: string[] };
  /** Categories that Lambda refuses. */
  readonly refusedCategories: string[];
  /** Categories that run functions with a GPU. */
  readonly gpuCategories: string[];
  /** Whose GPUs. AWS's base images for GPU functions have CUDA and nothing else. */
  readonly gpuMaker: string;
}

/**
 * Never changed once released: `InstanceCatalog.V2026_08` selects by it, and another selection replaces a live
 * capacity provider. What AWS says later goes into a table of its own.
 *
 * Sources:
 * - categories C, M and R, sizes from `large`:
 *   https://aws.amazon.com/blogs/compute/build-high-performance-apps-with-aws-lambda-managed-instances/ (2026-03-30)
 * - C from `xlarge`, in guidance that AWS ships for coding agents (2026-06-19). The two disagree; the narrower counts.
 * - generations 5 to 9 seen, flex and metal never:
 *   https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html (read 2026-11-20)
 * - T refused: https://github.com/aws/aws-cdk/pull/36938
 * - GPU: no list of types is published. The memory sizes that a function can ask for are those of NVIDIA devices in
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
