import { ResourceEnvironment } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InstanceType } from '../catalog/instance-type';
import { typesNamed } from '../catalog/types-named';
import { settledGraphAround } from '../judging/fleets';
import { ConstructProperties } from '../reading/constructs/construct-properties';
import { viewOf as resourceViewOf } from '../reading/constructs/construct-views';
import { cfnCapacityProviderOf } from '../reading/constructs/resource-behind';
import { isToken } from '../reading/constructs/token';
import { Fact, isKnown } from '../reading/fact';
import { settledAttachmentsOf } from '../registry/attachments';
import { Attachment, limitsOf } from '../registry/provider-record';
import { liveVersionsOf } from '../rules/fleet/fleet-facts';
import { functionFacts } from '../rules/function/function-facts';
import { knownEntries, ProviderFacts, providerFacts } from '../rules/provider/provider-facts';
import { codeContext, RuleContext } from '../rules/rule';
import { vCpusOf } from '../sizing/environment';
import { batchesOf, LiveVersion } from '../sizing/fleet-demand';
import { reachableAllocation } from '../sizing/reachable-allocation';

/** What a function has, as far as it is known. */
export interface FunctionView {
  readonly memorySize?: number;
  readonly vCpus?: number;
  readonly maxConcurrency?: number;
  /** Seconds. */
  readonly timeout?: number;
  readonly minExecutionEnvironments?: number;
  readonly maxExecutionEnvironments?: number;
  /** The log group, where it isn't that of the function's name. */
  readonly logGroupName?: Fact<string>;
}

/** Lambda's timeout where none is given. Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (read 2026-11-20) */
const DEFAULT_TIMEOUT = 3;

/** Reads what a function has at this moment. */
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

/** What is known of a provider and the functions on it, read when it is asked for: both may change until synthesis. */
export class FleetView {
  constructor(public readonly capacityProvider: lambda.ICapacityProviderRef) {}

  public get attachments(): readonly Attachment[] {
    return settledAttachmentsOf(this.capacityProvider);
  }

  public get name(): string {
    return this.capacityProvider.capacityProviderRef.capacityProviderName;
  }

  /** Where its metrics, logs and alarms are: of an import, as its ARN says. Tokens where that isn't known. */
  public get place(): ResourceEnvironment {
    const { env, capacityProviderRef: { capacityProviderArn } } = this.capacityProvider;
    const [, , , region, account] = isToken(capacityProviderArn) ? [] : capacityProviderArn.split(':');
    return { region: region || env.region, account: account || env.account };
  }

  /** With the limits that the fleet was given. */
  public get context(): RuleContext {
    return codeContext(limitsOf(this.capacityProvider));
  }

  /** Nothing for a provider that this app doesn't make. */
  public get facts(): ProviderFacts | undefined {
    const resource = cfnCapacityProviderOf(this.capacityProvider);
    return resource && providerFacts(new ConstructProperties(resource));
  }

  /** The provider's own, else that of the functions, which is one. */
  public get architecture(): string | undefined {
    const own = knownEntries(this.facts?.architectures)[0];
    if (own !== undefined || this.attachments.length === 0) return own;
    const { architecture } = functionFacts(new ConstructProperties(this.attachments[0].resource));
    return isKnown(architecture) ? architecture : undefined;
  }

  /** The most vCPUs of all instances; absent where it is unknown. */
  public get ceiling(): number | undefined {
    const facts = this.facts;
    if (!facts) return undefined;
    const { maxVCpuCount } = facts;
    return isKnown(maxVCpuCount) ? maxVCpuCount : (maxVCpuCount === undefined ? this.context.limits.vCpuCountDefault : undefined);
  }

  /** The vCPUs that environments can hold below the ceiling; absent where that is unknown. */
  public get reachableVCpus(): number | undefined {
    const { ceiling, instances } = this;
    if (ceiling === undefined) return undefined;
    const versions = instances.length > 0 ? this.versions : [];
    return reachableAllocation(ceiling, instances, batchesOf(versions, () => 1), Math.max(0, ...versions.map(({ gpuMemory = 0 }) => gpuMemory)));
  }

  /** Percent: what the scaler holds the CPUs at; absent where Lambda decides. */
  public get cpuTarget(): number | undefined {
    return this.target('LambdaCapacityProviderAverageCPUUtilization');
  }

  /** Percent. */
  public get gpuTarget(): number | undefined {
    return this.target('LambdaCapacityProviderAverageGPUUtilization');
  }

  /** The vCPUs of the largest environment that is known. */
  public get largestEnvironment(): number | undefined {
    const sizes = this.versions.flatMap(({ vCpus }) => vCpus ?? []);
    return sizes.length > 0 ? Math.max(...sizes) : undefined;
  }

  /** The types that Lambda may choose from, where all are known by their exact name. */
  public get instanceTypes(): string[] {
    const types = knownEntries(this.facts?.allowedInstanceTypes);
    return types.some((type) => type.includes('*')) ? [] : types;
  }

  /** The allowed types, if the catalogue knows each of them. */
  private get instances(): InstanceType[] {
    const { types, unknown } = typesNamed(knownEntries(this.facts?.allowedInstanceTypes));
    return unknown.length === 0 ? types : [];
  }

  /** Those whose size is known, and that may have environments; if none may, those that can be woken. */
  private get versions(): LiveVersion[] {
    const versions = this.attachments.flatMap(({ resource }) => versionsOf(resource)).filter(hasKnownSize);
    const awake = versions.filter(isAwake);
    return awake.length > 0 ? awake : versions;
  }

  private target(metric: string): number | undefined {
    const policies = this.facts?.scalingPolicies;
    const target = isKnown(policies) ? policies.find((policy) => policy.metric === metric)?.target : undefined;
    return isKnown(target) ? target : undefined;
  }
}

/** All versions have environments of one size, so numbered versions, which take a walk through the app, are looked for only if no other one has environments. */
function versionsOf(resource: lambda.CfnFunction): LiveVersion[] {
  const fn = resourceViewOf(resource);
  const published = liveVersionsOf({ function: fn, numberedVersions: [] });
  if (published.some(isAwake)) return published;
  return liveVersionsOf({ function: fn, numberedVersions: settledGraphAround(resource).numberedVersionsOf(fn) });
}

function isAwake({ maxEnvironments }: LiveVersion): boolean {
  return maxEnvironments !== 0;
}

/** One with a GPU of which nothing is known fits on no known instance. */
function hasKnownSize({ vCpus = 0, memoryMiB, hasUnknownGpu = false }: LiveVersion): boolean {
  return vCpus > 0 && memoryMiB !== undefined && !hasUnknownGpu;
}
