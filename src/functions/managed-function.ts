import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ExecutionEnvironmentMetrics } from '../monitoring/metrics/execution-environment-metrics';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { isKnown } from '../reading/fact';
import { attachmentsOf } from '../registry/attachments';
import { Attachment } from '../registry/provider-record';
import { FunctionFacts, functionFacts } from '../rules/function/function-facts';
import { vCpusOf } from '../sizing/environment';

/** One for each function, so that it is the same object whoever asks. */
const MANAGED = new WeakMap<lambda.CfnFunction, ManagedFunction>();

/**
 * A function that runs on managed instances: what its execution environments have, and their metrics.
 *
 * The numbers are read when asked for, so they follow later changes of the function. One that synthesis
 * can't know (a token, a CloudFormation parameter) is absent.
 */
export class ManagedFunction {
  /**
   * The managed function of an attached function.
   *
   * @internal
   */
  public static _of({ function: fn, resource, provider }: Attachment): ManagedFunction {
    const managed = MANAGED.get(resource) ?? new ManagedFunction(fn, resource, provider);
    MANAGED.set(resource, managed);
    return managed;
  }

  /**
   * The function.
   */
  public readonly function: lambda.IFunctionRef;

  private readonly resource: lambda.CfnFunction;
  private readonly capacityProvider: lambda.ICapacityProviderRef;
  private madeMetrics?: ExecutionEnvironmentMetrics;

  private constructor(fn: lambda.IFunctionRef, resource: lambda.CfnFunction, capacityProvider: lambda.ICapacityProviderRef) {
    this.function = fn;
    this.resource = resource;
    this.capacityProvider = capacityProvider;
  }

  /**
   * The metrics of the execution environments of `$LATEST.PUBLISHED`, the version that an unqualified ARN means.
   */
  public get metrics(): ExecutionEnvironmentMetrics {
    this.madeMetrics ??= ExecutionEnvironmentMetrics.fromFunction(this.function, this.capacityProvider);
    return this.madeMetrics;
  }

  /**
   * The memory of each execution environment in MB, shared by all its concurrent requests.
   */
  public get memorySize(): number | undefined {
    const { memorySize } = this.facts;
    return isKnown(memorySize) ? memorySize : undefined;
  }

  /**
   * The vCPUs of each execution environment: its memory over the GiB per vCPU.
   */
  public get vCpus(): number | undefined {
    const { memorySize, executionEnvironmentMemoryGiBPerVCpu: ratio } = this.facts;
    return isKnown(memorySize) && isKnown(ratio) ? vCpusOf(memorySize, ratio) : undefined;
  }

  /**
   * The most requests that run in one execution environment at once. Absent where it was not given: Lambda
   * then takes the default of the runtime, per vCPU.
   */
  public get maxConcurrency(): number | undefined {
    const { perExecutionEnvironmentMaxConcurrency: concurrency } = this.facts;
    return isKnown(concurrency) ? concurrency : undefined;
  }

  private get facts(): FunctionFacts {
    return functionFacts(new ConstructProperties(this.resource));
  }
}

/** The functions that are on a provider at this moment, by whatever route. */
export function managedFunctionsOf(provider: lambda.ICapacityProviderRef): ManagedFunction[] {
  return attachmentsOf(provider).map((attachment) => ManagedFunction._of(attachment));
}
