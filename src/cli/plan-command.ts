/** `plan`: computes what the fleets in templates and cloud assemblies need and cost, if requested with a load or compared with another state. */
import { parseArgs, ParseArgsConfig } from 'node:util';
import { DEPLOYMENT_HELP, DEPLOYMENT_OPTIONS, deploymentOf, limitsOf } from './deployment-options';
import { Input, readInputs } from './inputs';
import { readLoads } from './load-file';
import { differencesOf } from './plan-difference';
import { planReportJson, planReportText, ReportedPlan } from './reported-plan';
import { CommandResult, helpText, parsed, UsageError } from './usage';
import { CostEstimate } from '../planning/cost-estimate';
import { budgetFindings } from '../planning/cost-rules';
import { loadProblems } from '../planning/function-estimate';
import { CapacityPlanOptions, optionProblems } from '../planning/plan-options';
import { planProviders } from '../planning/templates/plan-providers';
import { isManaged } from '../reading/lambda-references';
import { ResourceGraph } from '../reading/resource-graph';
import { FUNCTION } from '../reading/resource-view';
import { resourcesOf } from '../reading/templates/templates';
import { messageOf } from '../rules/findings';
import { Level, RuleContext, templateContext } from '../rules/rule';
import { Problem } from '../service/problem';

const FORMATS = ['text', 'json'];

/** The options that all planning commands share. */
export const PLAN_OPTIONS = { load: { type: 'string' }, discount: { type: 'string' } } as const satisfies ParseArgsConfig['options'];

/** The description of the options for `--help`. */
export const PLAN_HELP = [
  ['--load FILE', 'requests, duration and CPU time of functions, for an estimate (schema/load-1.json)'],
  ['--discount SHARE', 'the discount on EC2, from 0 to 1: 0.66 with a Savings Plan of 66 %'],
];

const HELP = helpText('plan <path>…', 'Plans the capacity and cost of each capacity provider in CloudFormation and SAM templates and cloud assemblies (cdk.out).', [
  ...PLAN_HELP,
  ['--budget DOLLARS', 'ends with exit code 1 if a fleet costs more than that a month at rest'],
  ['--against PATH', 'prints the difference to another template or assembly; may be repeated'],
  ['--format text|json', 'the output format; text is the default'],
  ...DEPLOYMENT_HELP,
]);

/** Runs `plan` with its arguments. */
export async function planCommand(args: string[]): Promise<CommandResult> {
  const { values, positionals } = parsed(() => parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...DEPLOYMENT_OPTIONS,
      ...PLAN_OPTIONS,
      budget: { type: 'string' },
      against: { type: 'string', multiple: true },
      format: { type: 'string', default: 'text' },
    },
  }));
  if (values.help) return { text: HELP, exitCode: 0 };
  const { format, against, load } = values;
  if (!FORMATS.includes(format)) throw new UsageError(`--format ${format}: choose ${FORMATS.join(' or ')}.`);
  const options = priceOptionsOf(values);
  const budget = numberOf('--budget', values.budget);
  const context = templateContext(limitsOf(values));
  const deployment = deploymentOf(values);
  const inputs = readInputs(positionals, deployment);
  const report = {
    plans: plansOf(inputs, options, context, { load, budget }),
    files: inputs.length,
    differences: against && differencesOf(plansOf(readInputs(against, deployment), options, context), plansOf(inputs, options, context)),
    against,
  };
  return {
    text: format === 'json' ? planReportJson(report) : planReportText(report),
    exitCode: report.plans.some((plan) => plan.overBudget?.level === Level.ERROR) ? 1 : 0,
  };
}

/** Returns the price options of plans. */
export function priceOptionsOf({ discount }: { readonly discount?: string }): CapacityPlanOptions {
  const options: CapacityPlanOptions = { computeDiscount: numberOf('--discount', discount) };
  refuse('--discount', optionProblems(options));
  return options;
}

/** The results to compute besides the plans. */
export interface PlanExtras {
  /** The file of the load. */
  readonly load?: string;
  readonly budget?: number;
}

/** Plans each capacity provider in the templates. */
export function plansOf(inputs: Input[], options: CapacityPlanOptions, context: RuleContext, { load, budget }: PlanExtras = {}): ReportedPlan[] {
  const byTemplate = new Map(inputs.map((input) => [input.template, input]));
  const resources = resourcesOf(inputs.map(({ template }) => template));
  const loads = load === undefined ? new Map() : readLoads(load, resources.filter((resource) => resource.type === FUNCTION && isManaged(resource)));
  return planProviders(new ResourceGraph(resources), options, context).map(({ provider: { template, logicalId }, functions, plan }) => {
    const input = byTemplate.get(template)!;
    const own = functions.flatMap((fn) => loads.get(fn) ?? []);
    refuse('--load', loadProblems(own, plan));
    return {
      provider: input.constructOf(logicalId) ?? input.originOf(logicalId),
      file: input.file,
      line: input.lineOf(logicalId),
      plan,
      functions,
      loads: own,
      estimate: own.length > 0 ? CostEstimate._of(plan, own, {}) : undefined,
      overBudget: budget === undefined ? undefined : budgetFindings(plan._details.costs, { failAbove: budget }, '--budget')[0],
    };
  });
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw new UsageError(`${option} ${text}: give a number of at least 0.`);
  return value;
}

function refuse(option: string, [problem]: Problem[]): void {
  if (problem) throw new UsageError(`${option}: ${messageOf(problem)}`);
}
