import { InstanceCostRange } from './cost-facts';
import { dollars } from './cost-rules';
import { FunctionEstimate } from './function-load';
import { rangeText, span } from './money-text';
import { PlanFigures } from './plan-details';
import { basisNotes, discountText, heading, shortNameOf, WIDTH } from './plan-text';
import { BreakEvenConcurrency, StandardLambdaCost } from './standard-lambda';
import { textTable, wrap } from './text-table';

const UNKNOWN = 'unknown';

/** The figures of a `CostEstimate`. */
export interface EstimateFigures {
  readonly functions: FunctionEstimate[];
  readonly requests?: number;
  readonly exceedsCeiling?: boolean;
  readonly standardLambda?: StandardLambdaCost;
  readonly breakEvenConcurrency?: BreakEvenConcurrency;
  readonly _plan: PlanFigures;
  readonly _expected?: InstanceCostRange;
}

/** The estimate for people: what the load needs, and what that costs here and on standard Lambda. */
export function estimateText(estimate: EstimateFigures): string {
  const { functions, requests, standardLambda, breakEvenConcurrency, _plan: plan, _expected: expected } = estimate;
  const { costs: { floor, ceiling, isAtLeast }, stack } = plan._details;
  const loads = functions.map(({ functionName, requestsPerSecond, averageConcurrency, executionEnvironments, throttled }) => [
    shortNameOf(functionName, stack),
    rounded(requestsPerSecond),
    rounded(averageConcurrency),
    `${executionEnvironments ?? UNKNOWN}${throttled ? ', throttled' : ''}`,
  ]);
  const costs = [
    row(isAtLeast ? 'idle, at least' : 'idle', floor, 0),
    row('with this load', expected, requests),
    row('at maximum', ceiling, requests),
    ['standard Lambda, x86_64', standardLambda?.x86 === undefined ? UNKNOWN : dollars(standardLambda.x86), ''],
    ['standard Lambda, arm64', standardLambda?.arm64 === undefined ? UNKNOWN : dollars(standardLambda.arm64), ''],
  ];
  const notes = [
    ...estimate.exceedsCeiling ? [`maxVCpuCount is ${plan.maxVCpuCount}, which doesn't hold the load on each type: requests are throttled.`] : [],
    `Estimates in $ a month of EC2${discountText(plan)}, the fee and requests. Network, alarms and traffic come on top: see the plan.`,
    ...basisNotes(plan),
    ...breakEvenConcurrency ? [`Above ${span(rounded(breakEvenConcurrency.lowest), rounded(breakEvenConcurrency.highest))} requests at once on average, the idle floor is cheaper than standard Lambda, as long as it has room for them.`] : [],
  ];
  return [
    ...heading(`Estimated cost of ${plan._details.fleet.node.path}`),
    '',
    ...textTable(['function', 'requests a second', 'at once', 'environments'], loads, WIDTH),
    '',
    ...textTable(['cost', '$ a month', 'instances'], costs, WIDTH),
    '',
    ...notes.flatMap((note) => wrap(note, WIDTH)),
  ].join('\n');
}

function row(what: string, range: InstanceCostRange | undefined, requests: number | undefined): string[] {
  return range && requests !== undefined ? [what, ...rangeText(range, requests)] : [what, UNKNOWN, ''];
}

function rounded(value: number | undefined): string {
  if (value === undefined) return UNKNOWN;
  return value > 0 && value < 0.05 ? '< 0.1' : value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
