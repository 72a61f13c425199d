import { Size } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GpuMemory } from '../service/gpu-memory';

/**
 * Options for attaching a function.
 *
 * Two defaults in CDK's reference don't apply. Without `perExecutionEnvironmentMaxConcurrency`, the limit isn't 10 but the runtime's default for each
 * vCPU: 64 requests with Node.js, 32 with Java or .NET, 16 with Python, 8 with a custom runtime. Without `latestPublishedScalingConfig`,
 * `$LATEST.PUBLISHED` isn't unlimited: it keeps at least 3 environments and grows as far as the fleet's `maxVCpuCount` allows
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-runtimes.html and
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html, read 2026-11-20).
 */
export interface AddFunctionOptions extends lambda.CapacityProviderFunctionOptions {
  /**
   * The least GPU memory that each execution environment needs. The function must be a container image for x86_64, and the
   * fleet must have instances with such GPUs: `InstanceSelection.gpu()`. A change creates a new `currentVersion`.
   *
   * Lambda also scales on GPU utilisation. With `minExecutionEnvironments: 0` and a maximum above 0, the function scales
   * to zero: starting an environment takes minutes, and requests fail until an instance with a GPU runs
   * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-gpu-scaling.html, read 2026-11-20).
   *
   * Since aws-cdk-lib 2.278.0, a function has `acceleratorConfig` for this. If you set `acceleratorConfig`, leave `gpuMemory` out.
   *
   * @default - the function's own `acceleratorConfig`, or no GPU
   */
  readonly gpuMemory?: GpuMemory;

  /**
   * The size of `/tmp`, which all requests of an environment share: 512 to 10,240 MB, or up to 32,768 MB with a GPU. CDK's own property accepts no
   * more than 10,240 MB.
   *
   * @default - `ephemeralStorageSize` of the function
   */
  readonly ephemeralStorageSize?: Size;
}
