import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { configureAsyncInvoke, ConfigureAsyncInvokeOptions } from './configure-async-invoke';
import { ExecutionEnvironmentMetrics } from '../monitoring/metrics/execution-environment-metrics';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { isKnown } from '../reading/fact';
import { attachmentsOf } from '../registry/attachments';
import { Attachment } from '../registry/provider-record';
import { FunctionFacts, functionFacts } from '../rules/function/function-facts';
import { scaleOnSchedule } from '../scheduling/scale-on-schedule';
import { ScaleOnScheduleOptions } from '../scheduling/schedule-options';
import { vCpusOf } from '../sizing/environment';

/** The managed function of each resource, so that every caller gets the same object. */
const MANAGED = new WeakMap<lambda.CfnFunction, ManagedFunction>();

/**
 * A function that runs on managed instances, with the size and the metrics of its execution environments.
 *
 * The numbers are read when you ask for them, so they follow later changes of the function. A number that isn't known at
 * synthesis (a token, a CloudFormation parameter) is undefined.
 */
export class ManagedFunction {
  /**
   * Returns the managed function of an attached function.
   *
   * @internal
   */
  public static _of(attachment: Attachment): ManagedFunction {
    const managed = MANAGED.get(attachment.resource) ?? new ManagedFunction(attachment);
    MANAGED.set(attachment.resource, managed);
    return managed;
  }

  /**
   * The function that was attached.
   */
  public readonly function: lambda.IFunctionRef;

  private readonly attachment: Attachment;
  private madeMetrics?: ExecutionEnvironmentMetrics;

  private constructor(attachment: Attachment) {
    this.function = attachment.function;
    this.attachment = attachment;
  }

  /**
   * Changes the number of execution environments on a schedule, for instance to have more before work begins and none at night.
   *
   * Creates an EventBridge Scheduler schedule in the function's stack. All schedules of a stack share a group and a role, which may set the numbers
   * of these functions and nothing else. Publishing the function again doesn't change the numbers of `$LATEST.PUBLISHED`, and CloudFormation sets the
   * function's own numbers again only when they change. A change that fails is retried until the next one is due.
   *
   * ```ts
   * declare const orders: ManagedFunction;
   *
   * orders.scaleOnSchedule('Morning', {
   *   schedule: scheduler.ScheduleExpression.cron({ hour: '7', minute: '40', weekDay: 'MON-FRI', timeZone: cdk.TimeZone.EUROPE_BERLIN }),
   *   minExecutionEnvironments: 6,
   *   maxExecutionEnvironments: 24,
   * });
   * ```
   *
   * @throws one error that lists everything that Lambda would refuse
   */
  public scaleOnSchedule(id: string, options: ScaleOnScheduleOptions): scheduler.Schedule {
    return scaleOnSchedule(this.attachment, id, options);
  }

  /**
   * Configures asynchronous calls: how often and for how long Lambda tries, and where results go.
   *
   * The configuration applies to the version that runs, `$LATEST.PUBLISHED`, or to an alias. The corresponding props of `lambda.Function`
   * (`retryAttempts`, `onFailure`, …) configure `$LATEST`, which can't be invoked on managed instances. If the function is an L1, grant its role the
   * use of the destinations yourself.
   *
   * @throws one error that lists everything that Lambda would refuse
   */
  public configureAsyncInvoke(options: ConfigureAsyncInvokeOptions): lambda.EventInvokeConfig {
    return configureAsyncInvoke(this.function, options);
  }

  /**
   * The metrics of the execution environments of `$LATEST.PUBLISHED`, the version that an unqualified ARN means.
   */
  public get metrics(): ExecutionEnvironmentMetrics {
    this.madeMetrics ??= ExecutionEnvironmentMetrics.fromFunction(this.function, this.attachment.provider);
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
   * The vCPUs of each execution environment: its memory divided by the GiB per vCPU.
   */
  public get vCpus(): number | undefined {
    const { memorySize, executionEnvironmentMemoryGiBPerVCpu: ratio } = this.facts;
    return isKnown(memorySize) && isKnown(ratio) ? vCpusOf(memorySize, ratio) : undefined;
  }

  /**
   * The most requests that run in one execution environment at once. Undefined if the function doesn't set a maximum: Lambda then uses the runtime's
   * default for each vCPU.
   */
  public get maxConcurrency(): number | undefined {
    const { perExecutionEnvironmentMaxConcurrency: concurrency } = this.facts;
    return isKnown(concurrency) ? concurrency : undefined;
  }

  private get facts(): FunctionFacts {
    return functionFacts(new ConstructProperties(this.attachment.resource));
  }
}

/** Returns the functions that are attached to a provider at this moment, whichever way they were attached. */
export function managedFunctionsOf(provider: lambda.ICapacityProviderRef): ManagedFunction[] {
  return attachmentsOf(provider).map((attachment) => ManagedFunction._of(attachment));
}
