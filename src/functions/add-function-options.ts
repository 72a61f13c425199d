import { Size } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GpuMemory } from '../service/gpu-memory';

/**
 * How a function runs on managed instances.
 */
export interface AddFunctionOptions extends lambda.CapacityProviderFunctionOptions {
  /**
   * The memory of the GPU that each execution environment gets, at least. The function must be a container image for
   * x86_64, and the fleet have instances with such GPUs: `InstanceSelection.gpu()`. Goes into the hash of `currentVersion`.
   *
   * Lambda scales on GPU utilisation, too. With `minExecutionEnvironments: 0` and a maximum above it the function scales
   * to zero: waking takes minutes, and requests fail meanwhile if no instance with a GPU is to be had
   * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-gpu-scaling.html, read 2026-11-20).
   *
   * Since aws-cdk-lib 2.278.0 a function has `acceleratorConfig` for it; who gives that one leaves this out.
   *
   * @default - what the function itself asks for
   */
  readonly gpuMemory?: GpuMemory;

  /**
   * The size of `/tmp`, which all requests of an environment share. With a GPU, Lambda takes up to 32,768 MB, and CDK's own property no
   * more than 10,240.
   *
   * @default - `ephemeralStorageSize` of the function
   */
  readonly ephemeralStorageSize?: Size;
}
