/** Plans as the command reports them, in each of its formats. */
import { ComparedFigures, DollarRange, PlanDifference } from './plan-difference';
import { CostEstimate } from '../planning/cost-estimate';
import { wholeDollars } from '../planning/cost-rules';
import { LoadFacts } from '../planning/function-estimate';
import { span } from '../planning/money-text';
import { PlanFigures } from '../planning/plan-figures';
import { planJson } from '../planning/plan-json';
import { heading, planText, WIDTH } from '../planning/plan-text';
import { textTable, wrap } from '../planning/text-table';
import { TemplateResource } from '../reading/templates/templates';
import { Finding, messageOf } from '../rules/findings';

/** The plan of one capacity provider, with its place. */
export interface ReportedPlan {
  /** The construct path in a CDK app; otherwise the logical id in the file. */
  readonly provider: string;
  readonly file: string;
  readonly line?: number;
  readonly plan: PlanFigures;
  readonly functions: readonly TemplateResource[];
  /** The loads that the caller gave. */
  readonly loads: readonly LoadFacts[];
  /** The estimate, if a load was given. */
  readonly estimate?: CostEstimate;
  /** The finding that the fleet exceeds its budget, or may exceed it. */
  readonly overBudget?: Finding;
}

/** The complete result of the command. */
export interface PlanReport {
  readonly plans: ReportedPlan[];
  readonly files: number;
  /** The paths to which the plans are compared. */
  readonly against?: string[];
  readonly differences?: PlanDifference[];
}

/** Writes plans as text. */
export function planReportText({ plans, files, differences, against = [] }: PlanReport): string {
  const nothing = `nothing to plan: no capacity provider in ${files} template${files === 1 ? '' : 's'}`;
  const blocks = plans.flatMap(({ plan, estimate, overBudget }) => [
    planText(plan),
    ...estimate ? [estimate.toString()] : [],
    ...overBudget ? [wrap(`${overBudget.level}: ${messageOf(overBudget)}`, WIDTH).join('\n')] : [],
  ]);
  return [
    ...blocks.length > 0 ? blocks : [nothing],
    ...differences ? [differencesText(differences, against)] : [],
  ].join('\n\n\n');
}

/** Writes plans as JSON, in the shape of schema/plan-1.json. */
export function planReportJson({ plans, differences }: PlanReport): string {
  return JSON.stringify({
    schemaVersion: 1,
    plans: plans.map(({ provider, file, line, plan, estimate, overBudget }) => ({
      provider,
      file,
      line,
      plan: planJson(plan),
      estimate: estimate?.toJson(),
      overBudget: overBudget && { level: overBudget.level, message: messageOf(overBudget) },
    })),
    differences,
  }, undefined, 2);
}

function differencesText(differences: PlanDifference[], against: string[]): string {
  const tables = differences.map(({ provider, before, after, change }) => {
    const counts = (what: string, of: (figures: ComparedFigures) => number | undefined) => {
      const text = (figures?: ComparedFigures) => (figures ? String(of(figures) ?? UNKNOWN) : NONE);
      return [what, text(before), text(after), signed(of(change), String)];
    };
    const dollars = (what: string, of: (figures: ComparedFigures) => DollarRange | undefined) => {
      const text = (figures?: ComparedFigures) => (figures ? rangeText(of(figures), wholeDollars) : NONE);
      return [what, text(before), text(after), rangeText(of(change), (value) => signed(value, wholeDollars))];
    };
    return textTable([provider, 'before', 'now', 'change'], [
      counts('instances at rest', ({ instancesAtRest }) => instancesAtRest),
      counts('instances while deployed', ({ instancesDuringDeployment }) => instancesDuringDeployment),
      counts('instances at maximum', ({ instancesAtMaximum }) => instancesAtMaximum),
      dollars('$ a month at rest', ({ idleFloor }) => idleFloor),
      dollars('$ a month at maximum', ({ ceiling }) => ceiling),
    ], WIDTH).join('\n');
  });
  const title = heading(`Against ${against.join(', ')}`).join('\n');
  return [title, ...tables.length > 0 ? tables : ['Neither has a capacity provider.']].join('\n\n');
}

const UNKNOWN = 'unknown';
const NONE = '-';

function rangeText(range: DollarRange | undefined, text: (value: number) => string): string {
  return range ? span(text(range.lowest), text(range.highest)) : UNKNOWN;
}

/** Writes a difference with `+` or `−`, or `0` if nothing changes. */
function signed(value: number | undefined, text: (value: number) => string): string {
  if (value === undefined) return UNKNOWN;
  // Amounts that differ by less than a cent are equal.
  return Math.abs(value) < 0.005 ? '0' : `${value > 0 ? '+' : '-'}${text(Math.abs(value))}`;
}
