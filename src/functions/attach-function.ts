import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AddFunctionOptions } from './add-function-options';
import { gpuChange, requestGpu } from './gpu';
import { ManagedFunction } from './managed-function';
import { ATTACH_RULES } from '../rules/attach-rules';
import { attachFacts } from '../rules/facts/attach-facts';
import { cfnFunctionOf, contextOf, recordAttachment, recordContext } from '../rules/facts/attachments';
import { ConstructProperties } from '../rules/facts/construct-properties';
import { placeOf } from '../rules/facts/construct-views';
import { functionFacts, SurroundingFacts, UNKNOWN_SURROUNDINGS } from '../rules/facts/function-facts';
import { acceleratorOverride, gpuFactsIfAny } from '../rules/facts/gpu-facts';
import { architectureOfProvider } from '../rules/facts/provider-architecture';
import { providerProperties } from '../rules/facts/stated-provider';
import { isToken } from '../rules/facts/token';
import { findingsOf, THROWN_LEVELS } from '../rules/findings';
import { FUNCTION_RULES } from '../rules/function-rules';
import { GPU_RULES } from '../rules/gpu-rules';
import { judgeFunctionsAtSynth } from '../rules/judge-functions';
import { PLACE_RULES } from '../rules/place-rules';
import { throwErrors } from '../rules/report';
import { codeContext, RuleContext } from '../rules/rule';
import { EXECUTION_ENVIRONMENT_DEFAULTS } from '../service/execution-environments';
import { FEATURES } from '../service/features';
import { completeCounts, defaultMemorySize } from '../sizing/environment';

/**
 * Puts a function on a capacity provider, or throws and leaves it as it was.
 */
export function attachFunction(fn: lambda.IFunctionRef, provider: lambda.ICapacityProviderRef, options: AddFunctionOptions): ManagedFunction {
  const known = contextOf(provider);
  const context = known ?? codeContext();
  throwErrors(fn, findingsOf(ATTACH_RULES, attachFacts(fn), context));
  const resource = cfnFunctionOf(fn)!;
  const changes = attachedProperties(resource, provider, options, context);
  const planned = new ConstructProperties({ ...changes, ...gpuChange(options.gpuMemory) }, acceleratorOverride(resource) ?? {}, resource);
  const facts = { ...functionFacts(planned), ...surroundings(resource, provider) };
  const gpu = gpuFactsIfAny(planned, providerProperties(provider));
  throwErrors(fn, [
    ...findingsOf(FUNCTION_RULES, facts, context, THROWN_LEVELS),
    ...findingsOf(PLACE_RULES, facts.providerPlace, context, THROWN_LEVELS),
    ...(gpu ? findingsOf(GPU_RULES, gpu, context, THROWN_LEVELS) : []),
  ]);

  Object.assign(resource, changes);
  if (options.gpuMemory) requestGpu(resource, options.gpuMemory);
  const attachment = { provider, function: fn, resource, context };
  recordAttachment(attachment);
  // A provider that only a mixin has led to here is judged by what all its functions need, as well.
  if (!known) recordContext(provider, context);
  judgeFunctionsAtSynth(resource);
  return ManagedFunction._of(attachment);
}

/** What is around the function, as far as it is known before synthesis. */
function surroundings(resource: lambda.CfnFunction, provider: lambda.ICapacityProviderRef): SurroundingFacts {
  return {
    ...UNKNOWN_SURROUNDINGS,
    place: placeOf(resource.stack),
    providerPlace: placeOf(provider.env),
    providerArchitecture: architectureOfProvider(provider),
  };
}

/**
 * What attaching sets on the resource. Memory, ratio and log format are written out even where they are the
 * service's defaults, so that the template says what runs.
 */
function attachedProperties(
  resource: lambda.CfnFunction, provider: lambda.ICapacityProviderRef, options: AddFunctionOptions, { limits }: RuleContext,
): Partial<lambda.CfnFunctionProps> {
  const ratio = options.executionEnvironmentMemoryGiBPerVCpu ?? EXECUTION_ENVIRONMENT_DEFAULTS.memoryGiBPerVCpu;
  return {
    memorySize: resource.memorySize ?? defaultMemorySize(isToken(ratio) ? undefined : ratio, limits.functionMemoryMin),
    loggingConfig: jsonLogging(resource.loggingConfig),
    capacityProviderConfig: {
      lambdaManagedInstancesCapacityProviderConfig: {
        capacityProviderArn: provider.capacityProviderRef.capacityProviderArn,
        executionEnvironmentMemoryGiBPerVCpu: ratio,
        perExecutionEnvironmentMaxConcurrency: options.perExecutionEnvironmentMaxConcurrency,
      },
    },
    ...(options.publishToLatestPublished !== undefined && { publishToLatestPublished: options.publishToLatestPublished }),
    ...(options.latestPublishedScalingConfig && {
      functionScalingConfig: completeCounts(options.latestPublishedScalingConfig, (count) => !isToken(count)),
    }),
  };
}

/** Functions on managed instances log JSON only. The rest of the function's own logging stays. */
function jsonLogging(config: lambda.CfnFunction['loggingConfig']): lambda.CfnFunction['loggingConfig'] {
  if (isToken(config)) return config;
  const own = config as lambda.CfnFunction.LoggingConfigProperty | undefined;
  // CDK names the format even where there is none, as soon as there is a log group.
  return { ...own, logFormat: own?.logFormat ?? FEATURES.jsonLogs };
}
