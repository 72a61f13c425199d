import { Finding, messageOf } from '../../src/rules/findings';
import { ManagedFunctionFacts, UNKNOWN_SURROUNDINGS } from '../../src/rules/function/function-facts';
import { ALWAYS, Judge } from '../../src/rules/judge';
import { codeContext, Level, Moment, Rule, RuleContext } from '../../src/rules/rule';
import { ManagedInstancesLimits, ManagedInstancesLimitsOverrides } from '../../src/service/managed-instances-limits';

/** The facts about a function without mistakes. Each test changes the ones that it is about. */
export const GOOD_FUNCTION: ManagedFunctionFacts = {
  ...UNKNOWN_SURROUNDINGS,
  memorySize: 2048,
  executionEnvironmentMemoryGiBPerVCpu: 2,
  perExecutionEnvironmentMaxConcurrency: undefined,
  minExecutionEnvironments: undefined,
  maxExecutionEnvironments: undefined,
  runtime: 'nodejs24.x',
  architecture: 'x86_64',
  timeout: undefined,
  inVpc: undefined,
  mountsFileSystem: undefined,
  snapStart: undefined,
  logFormat: 'JSON',
  ephemeralStorage: undefined,
  tenantIsolation: undefined,
  reservedConcurrency: undefined,
  functionName: undefined,
  hasGpu: false,
  publishToLatestPublished: undefined,
};

/** Returns the findings of rules, of all levels. */
export function findingsOf<Facts extends object>(rules: Rule<Facts>[], facts: Facts, context: RuleContext): Finding[] {
  return new Judge<{ facts: Facts }>({ facts: { moments: ALWAYS, rules } }).judge({ facts }, Moment.TEMPLATE, context);
}

/** Returns the findings of rules in CDK's words. */
export function judge<Facts extends object>(rules: Rule<Facts>[], facts: Facts, overrides: ManagedInstancesLimitsOverrides = {}): Finding[] {
  const findings = findingsOf(rules, facts, codeContext(ManagedInstancesLimits.CURRENT.withOverrides(overrides)._values));
  // Rules are skipped according to the levels that they declare.
  findings.forEach(({ code, level, allowed }) => {
    if (level !== Level.ERROR && /^must\b/.test(allowed)) throw new Error(`${code} says "must" for ${level}`);
    if (!rules.some((rule) => rule.code === code && [rule.level, rule.alsoLevel].includes(level))) throw new Error(`${code} doesn't declare ${level}`);
  });
  return findings;
}

/** Returns findings in short, for comparisons: `error FunctionMemoryRange`. */
export function brief(findings: Finding[]): string[] {
  return findings.map(({ level, code }) => `${level} ${code}`);
}

/** Returns the message of the finding of one rule. */
export function textOf(findings: Finding[], code: string): string | undefined {
  const finding = findings.find((candidate) => candidate.code === code);
  return finding && messageOf(finding);
}
