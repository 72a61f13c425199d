import { Limits, ManagedInstancesLimits } from '../service/managed-instances-limits';

/** How bad it is. */
export enum Level {
  /** AWS refuses it, or it can't mean anything. */
  ERROR = 'error',
  /** Silent misbehaviour, cost or risk, or weak evidence. Can be acknowledged. */
  WARNING = 'warning',
  /** Worth knowing; never printed at synthesis. */
  INFO = 'info',
}

/** What a rule may use besides the facts. */
export interface RuleContext {
  readonly limits: Limits;
  /** A property as the caller wrote it: `memorySize` in code, `MemorySize` in a template. */
  readonly term: (property: string) => string;
}

/** What code calls otherwise than the resource. */
const WORDS_OF_CODE: Record<string, string> = {
  kmsKeyArn: 'kmsKey',
  securityGroupIds: 'securityGroups',
  subnetIds: 'vpcSubnets',
  vpcConfig: 'vpc',
};

/** For findings about code: CDK's words are the caller's. */
export function codeContext(limits: Limits = ManagedInstancesLimits.CURRENT._values): RuleContext {
  return { limits, term: wordOfCode };
}

function wordOfCode(property: string): string {
  return WORDS_OF_CODE[property] ?? property;
}

/** For findings about a template: CloudFormation's words are the caller's. */
export function templateContext(limits: Limits = ManagedInstancesLimits.CURRENT._values): RuleContext {
  return { limits, term: (property) => TEMPLATE_TERMS[property] ?? property[0].toUpperCase() + property.slice(1) };
}

/** Where CloudFormation's word is another than CDK's. */
const TEMPLATE_TERMS: Record<string, string> = {
  architecture: 'Architectures',
  capacityProvider: 'CapacityProviderArn',
  ephemeralStorageSize: 'EphemeralStorage',
  filesystem: 'FileSystemConfigs',
  functionUrl: 'TargetFunctionArn',
  loggingFormat: 'LoggingConfig.LogFormat',
  provisionedConcurrentExecutions: 'ProvisionedConcurrencyConfig',
  removalPolicy: 'DeletionPolicy',
  snapStart: 'SnapStart.ApplyOn',
  vpc: 'VpcConfig',
};

/** What is wrong, in parts; each is a piece of one sentence, without a full stop. */
export interface Violation {
  /** The property, in the words of `RuleContext.term`. */
  readonly property: string;
  /** What is allowed, with numbers: "must be 2048 to 32768 MB". */
  readonly allowed: string;
  /** The value found. */
  readonly found: string | number;
  /** What to change, as an imperative. */
  readonly remedy: string;
  /** Where the rule has several levels: the one of this case. */
  readonly level?: Level;
}

/**
 * A rule is data: the three reporters, RULES.md and the tests all read it. Its check is pure and sees
 * nothing but facts.
 */
export interface Rule<Facts> {
  /** A PascalCase noun. API: users acknowledge it, so it is never renamed. */
  readonly code: string;
  readonly level: Level;
  /** The level of some cases, where it is another. */
  readonly alsoLevel?: Level;
  /** What is checked, one sentence. */
  readonly what: string;
  /** What happens otherwise, one sentence. */
  readonly why: string;
  /** Where it is known from. */
  readonly source: string;
  check(facts: Facts, context: RuleContext): Violation | undefined;
}

/** What a rule says of itself, for another check under the same code, of facts that are known elsewhere. */
export function descriptionOf<Facts>(code: string, rules: Rule<Facts>[]): Omit<Rule<Facts>, 'check'> {
  const { check, ...description } = rules.find((rule) => rule.code === code)!;
  return description;
}
