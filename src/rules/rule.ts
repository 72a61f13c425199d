import { Limits, ManagedInstancesLimits } from '../service/managed-instances-limits';
import { Problem } from '../service/problem';

/** The level of a finding. */
export enum Level {
  /** AWS refuses the value, or it makes no sense. */
  ERROR = 'error',
  /** Silent misbehaviour, cost or risk, or weak evidence. Can be acknowledged. */
  WARNING = 'warning',
  /** Worth knowing; never printed at synthesis. */
  INFO = 'info',
}

/** The input of a rule besides the facts. */
export interface RuleContext {
  readonly limits: Limits;
  /** Returns a property's name as the user writes it: `memorySize` in code, `MemorySize` in a template. */
  readonly term: (property: string) => string;
  /** Returns the words for authors of code, of CloudFormation templates, or of SAM templates if those differ. */
  readonly words: (inCode: string, inTemplate: string, inSam?: string) => string;
}

/** CDK's words, if they differ from the properties of the resource. */
const WORDS_OF_CODE: Record<string, string> = {
  kmsKeyArn: 'kmsKey',
  securityGroupIds: 'securityGroups',
  subnetIds: 'vpcSubnets',
  vpcConfig: 'vpc',
};

/** Returns the context for findings about code, in CDK's words. */
export function codeContext(limits: Limits = ManagedInstancesLimits.CURRENT._values): RuleContext {
  return { limits, term: wordOfCode, words: (inCode) => inCode };
}

function wordOfCode(property: string): string {
  return WORDS_OF_CODE[property] ?? property;
}

/** Returns the context for findings about a template, in CloudFormation's words. */
export function templateContext(limits: Limits = ManagedInstancesLimits.CURRENT._values): RuleContext {
  return {
    limits,
    term: (property) => TEMPLATE_TERMS[property] ?? property.split('.').map((name) => name[0].toUpperCase() + name.slice(1)).join('.'),
    words: (_inCode, inTemplate) => inTemplate,
  };
}

/** Returns the context for findings about a SAM resource, or about a resource that SAM creates from it. */
export function samContext(limits?: Limits): RuleContext {
  const template = templateContext(limits);
  const term = (property: string) => SAM_TERMS[property] ?? template.term(property);
  return { ...template, term, words: (_inCode, inTemplate, inSam = inTemplate) => inSam };
}

/** The block with a function's settings for managed instances. */
const LMI_BLOCK = 'CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig';

/** CloudFormation's words as whole paths, if they differ from CDK's or aren't top-level properties. */
const TEMPLATE_TERMS: Record<string, string> = {
  acceleratorMemorySize: 'AcceleratorConfig.AcceleratorMemorySize',
  allowedInstanceTypes: 'InstanceRequirements.AllowedInstanceTypes',
  architecture: 'Architectures',
  architectures: 'InstanceRequirements.Architectures',
  capacityProvider: `${LMI_BLOCK}.CapacityProviderArn`,
  ephemeralStorageSize: 'EphemeralStorage.Size',
  excludedInstanceTypes: 'InstanceRequirements.ExcludedInstanceTypes',
  executionEnvironmentMemoryGiBPerVCpu: `${LMI_BLOCK}.ExecutionEnvironmentMemoryGiBPerVCpu`,
  filesystem: 'FileSystemConfigs',
  logGroup: 'TelemetryConfig.LoggingConfig.LogGroup',
  loggingFormat: 'LoggingConfig.LogFormat',
  maxExecutionEnvironments: 'FunctionScalingConfig.MaxExecutionEnvironments',
  maxVCpuCount: 'CapacityProviderScalingConfig.MaxVCpuCount',
  minExecutionEnvironments: 'FunctionScalingConfig.MinExecutionEnvironments',
  operatorRole: 'PermissionsConfig.CapacityProviderOperatorRoleArn',
  perExecutionEnvironmentMaxConcurrency: `${LMI_BLOCK}.PerExecutionEnvironmentMaxConcurrency`,
  predefinedMetricType: 'CapacityProviderScalingConfig.ScalingPolicies.PredefinedMetricType',
  provisionedConcurrentExecutions: 'ProvisionedConcurrencyConfig',
  removalPolicy: 'DeletionPolicy',
  scalingMode: 'CapacityProviderScalingConfig.ScalingMode',
  scalingPolicies: 'CapacityProviderScalingConfig.ScalingPolicies',
  schedule: 'ScheduleExpression',
  securityGroupIds: 'VpcConfig.SecurityGroupIds',
  snapStart: 'SnapStart.ApplyOn',
  subnetIds: 'VpcConfig.SubnetIds',
  targetValue: 'CapacityProviderScalingConfig.ScalingPolicies.TargetValue',
  tenancyConfig: 'TenancyConfig.TenantIsolationMode',
  vpc: 'VpcConfig',
  vpcSubnets: 'VpcConfig.SubnetIds',
};

/** SAM's words, if they differ from CloudFormation's. Source: aws-sam-translator 1.115.0 (read 2026-11-27). */
const SAM_TERMS: Record<string, string> = {
  allowedInstanceTypes: 'InstanceRequirements.AllowedTypes',
  capacityProvider: 'CapacityProviderConfig.Arn',
  eventSourceArn: 'Events',
  excludedInstanceTypes: 'InstanceRequirements.ExcludedTypes',
  executionEnvironmentMemoryGiBPerVCpu: 'CapacityProviderConfig.ExecutionEnvironmentMemoryGiBPerVCpu',
  invokeMode: 'FunctionUrlConfig.InvokeMode',
  logGroup: 'LoggingConfig.LogGroup',
  maxVCpuCount: 'ScalingConfig.MaxVCpuCount',
  operatorRole: 'OperatorRole',
  perExecutionEnvironmentMaxConcurrency: 'CapacityProviderConfig.PerExecutionEnvironmentMaxConcurrency',
  propagateTags: 'ManagedResourceTags',
  qualifier: 'EventInvokeConfig',
  removalPolicy: 'VersionDeletionPolicy',
  scalingPolicies: 'ScalingConfig.AverageCPUUtilization',
  targetValue: 'ScalingConfig.AverageCPUUtilization',
};

/** The moments at which a finding can be reported. Each moment sees facts that the others can't. */
export enum Moment {
  /** The call of a constructor or a method, which throws. */
  CALL = 'call',
  /** Validation of constructs. */
  SYNTHESIS = 'synthesis',
  /** The plugin, which reads templates. */
  TEMPLATE = 'template',
}

/** A problem that a rule or a construct found. */
export interface Violation extends Problem {
  /** The level of this case, if the description has several. */
  readonly level?: Level;
}

/** The description of a rule, for RULES.md and for its findings. */
export interface RuleDescription {
  /** A PascalCase noun. The code is part of the API and is never renamed, because users acknowledge findings by it. */
  readonly code: string;
  readonly level: Level;
  /** The level of some cases, if it differs. */
  readonly alsoLevel?: Level;
  /** The condition that must hold, in one sentence. The compiled package has neither this nor `why`: only RULES.md shows them. */
  readonly what: string;
  /** The consequence if it doesn't hold, in one or two sentences. */
  readonly why: string;
  /** The source of the rule. */
  readonly source: string;
}

/**
 * A rule is data that the three reporters, RULES.md and the tests read. Its check is a pure function of facts. A construct that checks
 * its own props has rules without a context (`OwnRule`), or only a function and a description (`findingOf`).
 */
export interface Rule<Facts> extends RuleDescription {
  check(facts: Facts, context: RuleContext): Violation | undefined;
}

/** Returns descriptions by their codes. */
export function descriptions<Code extends string>(table: Record<Code, Omit<RuleDescription, 'code'>>): Record<Code, RuleDescription> {
  const entries = Object.entries<Omit<RuleDescription, 'code'>>(table);
  return Object.fromEntries(entries.map(([code, rest]) => [code, { code, ...rest }])) as Record<Code, RuleDescription>;
}

/** Returns the description of a rule, for another check under the same code. */
export function descriptionOf<Facts>(code: string, rules: Rule<Facts>[]): RuleDescription {
  const { check, ...description } = rules.find((rule) => rule.code === code)!;
  return description;
}
