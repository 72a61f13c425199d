import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { AddFunctionOptions } from './add-function-options';
import { attachFindings } from './attach-findings';
import { gpuChange, requestGpu } from './gpu';
import { ManagedFunction } from './managed-function';
import { optionFindings } from './option-findings';
import { judgeStageAtSynth } from '../judging/judge-stage';
import { throwErrors } from '../judging/report';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { placeOf } from '../reading/constructs/construct-views';
import { cfnFunctionOf, keyOf } from '../reading/constructs/resource-behind';
import { isToken } from '../reading/constructs/token';
import { withoutNulls } from '../reading/without-nulls';
import { recordAttachment } from '../registry/attachments';
import { architectureOfProvider } from '../registry/provider-architecture';
import { providerProperties } from '../registry/provider-properties';
import { recordOf } from '../registry/provider-record';
import { functionFacts, SurroundingFacts, UNKNOWN_SURROUNDINGS } from '../rules/function/function-facts';
import { FUNCTION_JUDGE } from '../rules/function/function-judge';
import { gpuFactsIfAny, mayHaveGpus } from '../rules/function/gpu-facts';
import { PROVIDER_JUDGE } from '../rules/provider/provider-judge';
import { codeContext, Moment, RuleContext } from '../rules/rule';
import { EXECUTION_ENVIRONMENT_DEFAULTS } from '../service/execution-environments';
import { FEATURES } from '../service/features';
import { completeCounts, defaultMemorySize } from '../sizing/environment';

/**
 * Attaches a function to a capacity provider, or throws and leaves the function as it was.
 */
export function attachFunction(fn: lambda.IFunctionRef, provider: lambda.ICapacityProviderRef, given: AddFunctionOptions): ManagedFunction {
  const options = withoutNulls(given);
  const key = keyOf(provider);
  const record = recordOf(key);
  const context = codeContext(record.limits);
  throwErrors(Construct.isConstruct(fn) ? fn : provider, attachFindings(fn));
  const resource = cfnFunctionOf(fn)!;
  const changes = attachedProperties(resource, provider, options, context);
  const planned = new ConstructProperties({ ...changes, ...gpuChange(options.gpuMemory) }, resource);
  const properties = providerProperties(key);
  const gpu = gpuFactsIfAny(planned, properties, properties !== undefined && mayHaveGpus(properties));
  const managed = { ...functionFacts(planned), ...surroundings(resource, provider, key) };
  throwErrors(fn, [
    ...optionFindings(new ConstructProperties(resource), planned),
    ...FUNCTION_JUDGE.judge({ managed, gpu }, Moment.CALL, context),
    ...PROVIDER_JUDGE.judge({ place: managed.providerPlace }, Moment.CALL, context),
  ]);

  Object.assign(resource, changes);
  requestGpu(resource, options.gpuMemory);
  // From now on, a provider that is known only through a mixin is also checked against what all its functions need.
  record.limits ??= context.limits;
  const attachment = { provider, function: fn, resource };
  recordAttachment(attachment);
  judgeStageAtSynth(resource);
  return ManagedFunction._of(attachment);
}

/** The facts about the function's surroundings, as far as they are known before synthesis. */
function surroundings(resource: lambda.CfnFunction, provider: lambda.ICapacityProviderRef, key: IConstruct): SurroundingFacts {
  return {
    ...UNKNOWN_SURROUNDINGS,
    place: placeOf(resource.stack),
    providerPlace: placeOf(provider.env),
    providerArchitecture: architectureOfProvider(key),
  };
}

/**
 * Returns the properties that attaching sets on the resource. Memory, ratio and log format are written even if they are the service's defaults, so
 * that the template shows what runs.
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
    ...(options.ephemeralStorageSize && { ephemeralStorage: { size: options.ephemeralStorageSize.toMebibytes() } }),
    ...(options.publishToLatestPublished !== undefined && { publishToLatestPublished: options.publishToLatestPublished }),
    ...(options.latestPublishedScalingConfig && {
      functionScalingConfig: completeCounts(options.latestPublishedScalingConfig, (count) => !isToken(count)),
    }),
  };
}

/** Functions on managed instances log only JSON. The rest of the function's logging configuration stays. */
function jsonLogging(config: lambda.CfnFunction['loggingConfig']): lambda.CfnFunction['loggingConfig'] {
  if (isToken(config)) return config;
  const own = config as lambda.CfnFunction.LoggingConfigProperty | undefined;
  // With a log group, CDK writes `logFormat` even if it is undefined.
  return { ...own, logFormat: own?.logFormat ?? FEATURES.jsonLogs };
}
