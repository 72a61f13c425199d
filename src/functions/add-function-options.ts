import { Size } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GpuMemory } from '../service/gpu-memory';

/**
 * Options for attaching a function.
 *
 * Some inherited defaults are not what CDK's reference says. Without `perExecutionEnvironmentMaxConcurrency`, an environment takes the
 * runtime's default for each vCPU: 64 requests with Node.js, 32 with Java or .NET, 16 with Python, 8 with a custom runtime (not 10). Without
 * `latestPublishedScalingConfig`, `$LATEST.PUBLISHED` keeps at least 3 environments, and grows as far as the vCPUs of the fleet allow.
 */
export interface AddFunctionOptions extends lambda.CapacityProviderFunctionOptions {
  /**
   * The least GPU memory that each execution environment needs. The function must be a container image for x86_64, and the
   * fleet must have instances with such GPUs: `InstanceSelection.gpu()`. A change makes a new `currentVersion`.
   *
   * Lambda scales on GPU utilisation, too. With `minExecutionEnvironments: 0` and a maximum above it the function scales
   * to zero: waking takes minutes, and requests fail meanwhile if no instance with a GPU is available
   * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-gpu-scaling.html, read 2026-11-20).
   *
   * Since aws-cdk-lib 2.278.0, a function has `acceleratorConfig` for this. If you set that, leave this out.
   *
   * @default - the function's own `acceleratorConfig`, or no GPU
   */
  readonly gpuMemory?: GpuMemory;

  /**
   * The size of `/tmp`, which all requests of an environment share: 512 to 10,240 MB, or up to 32,768 MB with a GPU, which CDK's own
   * property doesn't accept.
   *
   * @default - `ephemeralStorageSize` of the function
   */
  readonly ephemeralStorageSize?: Size;
}
