import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GPU_UTILIZATION_METRIC } from '../service/gpu';

type ScalingConfig = lambda.CfnCapacityProvider.CapacityProviderScalingConfigProperty;

/** Makes a provider scale to a GPU utilisation in percent. CDK's `ScalingOptions` can express this only since 2.278.0. */
export function addGpuTarget(resource: lambda.CfnCapacityProvider, gpuTarget: number, options?: lambda.ScalingOptions): void {
  resource.capacityProviderScalingConfig = { ...(resource.capacityProviderScalingConfig as ScalingConfig), ...scalingOf(options, gpuTarget) };
}

/** Returns the scaling in the shape of the resource. A GPU target makes it manual, because Lambda refuses policies in mode `Auto`. */
export function scalingOf(options?: lambda.ScalingOptions, gpuTarget?: number): ScalingConfig {
  const policies = options?.scalingPolicies?.map(({ predefinedMetricType, targetValue }) => ({ predefinedMetricType, targetValue }));
  if (gpuTarget === undefined) return { scalingMode: options?.scalingMode, scalingPolicies: policies };
  return {
    scalingMode: 'Manual',
    scalingPolicies: [...policies ?? [], { predefinedMetricType: GPU_UTILIZATION_METRIC, targetValue: gpuTarget }],
  };
}
