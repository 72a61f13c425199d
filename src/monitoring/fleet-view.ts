/** The facts about a fleet that dashboards and alarms need. */
import { ResourceEnvironment } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { readSettledFleet } from '../judging/fleets';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { cfnCapacityProviderOf } from '../reading/constructs/resource-behind';
import { isToken } from '../reading/constructs/token';
import { Fact, isKnown } from '../reading/fact';
import { settledAttachmentsOf } from '../registry/attachments';
import { Attachment, limitsOf } from '../registry/provider-record';
import { Capacity } from '../rules/fleet/capacity';
import { functionFacts } from '../rules/function/function-facts';
import { knownEntries, ProviderFacts, providerFacts } from '../rules/provider/provider-facts';
import { codeContext, RuleContext } from '../rules/rule';
import { vCpusOf } from '../sizing/environment';

/** The known properties of a function. */
export interface FunctionView {
  readonly memorySize?: number;
  readonly vCpus?: number;
  readonly maxConcurrency?: number;
  /** The timeout in seconds. */
  readonly timeout?: number;
  readonly minExecutionEnvironments?: number;
  readonly maxExecutionEnvironments?: number;
  /** The log group, if it isn't the default one. */
  readonly logGroupName?: Fact<string>;
}

/** Lambda's default timeout in seconds. Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (read 2026-11-20) */
const DEFAULT_TIMEOUT = 3;

/** Reads the properties of a function at this moment. */
export function viewOf(resource: lambda.CfnFunction): FunctionView {
  const properties = new ConstructProperties(resource);
  const facts = functionFacts(properties);
  const known = (fact: unknown) => (typeof fact === 'number' ? fact : undefined);
  const [memorySize, ratio] = [known(facts.memorySize), known(facts.executionEnvironmentMemoryGiBPerVCpu)];
  return {
    memorySize,
    vCpus: memorySize !== undefined && ratio !== undefined ? vCpusOf(memorySize, ratio) : undefined,
    maxConcurrency: known(facts.perExecutionEnvironmentMaxConcurrency),
    timeout: properties.has('timeout') ? known(properties.number('timeout')) : DEFAULT_TIMEOUT,
    minExecutionEnvironments: known(properties.number('functionScalingConfig', 'minExecutionEnvironments')),
    maxExecutionEnvironments: known(properties.number('functionScalingConfig', 'maxExecutionEnvironments')),
    logGroupName: properties.string('loggingConfig', 'logGroup'),
  };
}

/** The facts about a provider and its functions. They are read on demand, because both may change until synthesis. */
export class FleetView {
  constructor(public readonly capacityProvider: lambda.ICapacityProviderRef) {}

  public get attachments(): readonly Attachment[] {
    return settledAttachmentsOf(this.capacityProvider);
  }

  public get name(): string {
    return this.capacityProvider.capacityProviderRef.capacityProviderName;
  }

  /** The Region and account of its metrics, logs and alarms; for an import, those in its ARN. Tokens if they aren't known. */
  public get place(): ResourceEnvironment {
    const { env, capacityProviderRef: { capacityProviderArn } } = this.capacityProvider;
    const [, , , region, account] = isToken(capacityProviderArn) ? [] : capacityProviderArn.split(':');
    return { region: region || env.region, account: account || env.account };
  }

  /** The context of rules, with the limits that the fleet was given. */
  public get context(): RuleContext {
    return codeContext(limitsOf(this.capacityProvider));
  }

  /** The facts from the provider's resource. Undefined if this app doesn't create the provider. */
  public get facts(): ProviderFacts | undefined {
    const resource = cfnCapacityProviderOf(this.capacityProvider);
    return resource && providerFacts(new ConstructProperties(resource));
  }

  /** The architecture of the provider, or else the one that its functions share. */
  public get architecture(): string | undefined {
    const own = knownEntries(this.facts?.architectures)[0];
    if (own !== undefined || this.attachments.length === 0) return own;
    const { architecture } = functionFacts(new ConstructProperties(this.attachments[0].resource));
    return isKnown(architecture) ? architecture : undefined;
  }

  /** The most vCPUs of all instances together. Undefined if unknown. */
  public get ceiling(): number | undefined {
    const facts = this.facts;
    if (!facts) return undefined;
    const { maxVCpuCount } = facts;
    return isKnown(maxVCpuCount) ? maxVCpuCount : (maxVCpuCount === undefined ? this.context.limits.vCpuCountDefault : undefined);
  }

  /** The vCPUs that environments can hold below the ceiling. Undefined if unknown. */
  public get reachableVCpus(): number | undefined {
    return this.ceiling === undefined ? undefined : this.capacity.reachableVCpus;
  }

  /** The CPU utilisation that scaling aims for, in percent. Undefined if Lambda decides. */
  public get cpuTarget(): number | undefined {
    return this.target('LambdaCapacityProviderAverageCPUUtilization');
  }

  /** The GPU utilisation that scaling aims for, in percent. */
  public get gpuTarget(): number | undefined {
    return this.target('LambdaCapacityProviderAverageGPUUtilization');
  }

  /** The vCPUs of the largest environment that is known. */
  public get largestEnvironment(): number | undefined {
    return this.capacity.largestEnvironment;
  }

  /** The types that Lambda may choose from, if all are known by their exact names. */
  public get instanceTypes(): string[] {
    const types = knownEntries(this.facts?.allowedInstanceTypes);
    return types.some((type) => type.includes('*')) ? [] : types;
  }

  private get capacity(): Capacity {
    return readSettledFleet(this.capacityProvider).capacity(this.context.limits);
  }

  private target(metric: string): number | undefined {
    const policies = this.facts?.scalingPolicies;
    const target = isKnown(policies) ? policies.find((policy) => policy.metric === metric)?.target : undefined;
    return isKnown(target) ? target : undefined;
  }
}
