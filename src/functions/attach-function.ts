import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AddFunctionOptions } from './add-function-options';
import { gpuChange, gpuFindings, requestGpu } from './gpu';
import { ManagedFunction } from './managed-function';
import { ATTACH_RULES } from '../rules/attach-rules';
import { attachFacts } from '../rules/facts/attach-facts';
import { cfnFunctionOf, recordAttachment } from '../rules/facts/attachments';
import { functionFacts } from '../rules/facts/function-facts';
import { ConstructProperties } from '../rules/facts/property-source';
import { findingsOf } from '../rules/findings';
import { FUNCTION_RULES } from '../rules/function-rules';
import { reportAtSynth, throwErrors } from '../rules/report';
import { RuleContext } from '../rules/rule';
import { EXECUTION_ENVIRONMENT_DEFAULTS } from '../service/execution-environments';
import { completeCounts, defaultMemorySize } from '../sizing/environment';

/**
 * Puts a function on a capacity provider, or throws and leaves it as it was.
 */
export function attachFunction(
  fn: lambda.IFunctionRef, provider: lambda.ICapacityProviderRef, options: AddFunctionOptions, context: RuleContext,
): ManagedFunction {
  throwErrors(fn, findingsOf(ATTACH_RULES, attachFacts(fn), context));
  const resource = cfnFunctionOf(fn)!;
  const changes = attachedProperties(resource, provider, options, context);
  const judge = (...layers: object[]) => findingsOf(FUNCTION_RULES, functionFacts(new ConstructProperties(...layers)), context);
  throwErrors(fn, [...judge(changes, resource), ...gpuFindings(provider, context, resource, { ...changes, ...gpuChange(options.gpuMemory) })]);

  Object.assign(resource, changes);
  if (options.gpuMemory) requestGpu(resource, options.gpuMemory);
  recordAttachment({ provider, function: fn, resource });
  // Once more at synthesis, when later changes are in.
  resource.node.addValidation({ validate: () => reportAtSynth(resource, [...judge(resource), ...gpuFindings(provider, context, resource)]) });
  return ManagedFunction._of(fn, resource, provider);
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
    memorySize: resource.memorySize ?? defaultMemorySize(Token.isUnresolved(ratio) ? undefined : ratio, limits.functionMemoryMin),
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
      functionScalingConfig: completeCounts(options.latestPublishedScalingConfig, (count) => !Token.isUnresolved(count)),
    }),
  };
}

/** Functions on managed instances log JSON only. The rest of the function's own logging stays. */
function jsonLogging(config: lambda.CfnFunction['loggingConfig']): lambda.CfnFunction['loggingConfig'] {
  return Token.isUnresolved(config) ? config : { logFormat: 'JSON', ...(config as lambda.CfnFunction.LoggingConfigProperty | undefined) };
}
