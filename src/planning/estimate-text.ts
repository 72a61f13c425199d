import { InstanceCostRange } from './cost-facts';
import { dollars } from './cost-rules';
import { FunctionEstimate } from './function-estimate';
import { busyShare, LoadRate } from './load-sizing';
import { rangeText, span } from './money-text';
import { PlanFigures } from './plan-figures';
import { basisNotes, discountText, heading, shortNameOf, shortTerm, WIDTH } from './plan-text';
import { BreakEvenConcurrency, StandardLambdaCost } from './standard-lambda';
import { SuggestedNeed } from './suggested-need';
import { textTable, wrap } from './text-table';
import { figure } from '../rules/fleet/need-text';

const UNKNOWN = 'unknown';

/** The figures of a `CostEstimate`. */
export interface EstimateFigures {
  readonly functions: FunctionEstimate[];
  readonly requests?: number;
  readonly exceedsCeiling?: boolean;
  readonly _rates: (LoadRate | undefined)[];
  readonly _suggestedNeed?: SuggestedNeed;
  readonly standardLambda?: StandardLambdaCost;
  readonly breakEvenConcurrency?: BreakEvenConcurrency;
  readonly _plan: PlanFigures;
  readonly _expected?: InstanceCostRange;
}

/** Returns the estimate as text: what the load needs, and what it costs on this fleet and on standard Lambda. */
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
  const reasons = [...functions.flatMap((fn, i) => explained(estimate, fn, estimate._rates[i])), ...whatToSet(estimate)];
  const notes = [
    ...estimate.exceedsCeiling ? [`${plan._details.context.term('maxVCpuCount')} is ${plan.maxVCpuCount}. On some allowed types that is too low for the load, and requests are throttled.`] : [],
    `Estimates in $ a month of EC2${discountText(plan)}, the fee and requests. Network, alarms and traffic aren't included: see the plan.`,
    ...basisNotes(plan),
    ...breakEvenConcurrency ? [`Above ${span(rounded(breakEvenConcurrency.lowest), rounded(breakEvenConcurrency.highest))} requests at once on average, the idle floor is cheaper than standard Lambda, as long as it has room for them.`] : [],
  ];
  return [
    ...heading(`Estimated cost of ${plan._details.name}`),
    '',
    ...textTable(['function', 'requests a second', 'at once', 'environments'], loads, WIDTH),
    '',
    ...reasons.length > 0 ? [...reasons.flatMap((line) => wrap(line, WIDTH, '  ')), ''] : [],
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

/** Explains the number of environments. */
function explained({ _plan: plan }: EstimateFigures, fn: FunctionEstimate, rate: LoadRate | undefined): string[] {
  const { environmentsByConcurrency: byConcurrency, environmentsByCpu: byCpu } = fn;
  if (!rate || byConcurrency === undefined || byCpu === undefined) return [];
  const { stack, context: { limits } } = plan._details;
  const name = shortNameOf(fn.functionName, stack);
  const { requestsPerSecond, cpuSeconds = rate.seconds } = rate;
  const busy = `${rounded(requestsPerSecond)} a second × ${milliseconds(cpuSeconds)} of CPU are ${rounded(requestsPerSecond * cpuSeconds)} busy vCPUs, which need ${byCpu} environment${byCpu === 1 ? '' : 's'} if at most ${Math.round(busyShare(limits) * 100)} % of the vCPUs may be busy`;
  if (rate.cpuSeconds === undefined) {
    return [`- ${name}: requests are assumed to wait most of the time (no CPU time is given). If they computed all the time: ${busy}.`];
  }
  return [`- ${name}: ${byConcurrency} by concurrency; ${busy}.${fn.boundBy ? ` ${BOUNDS[fn.boundBy]}` : ''}`];
}

const BOUNDS: Record<string, string> = {
  Concurrency: 'Concurrency decides.',
  Cpu: 'CPU decides.',
  Minimum: 'The minimum is higher than both.',
  Maximum: 'The maximum is lower.',
};

/** Lists the settings for the load, each with its reason. */
function whatToSet({ functions, _plan: plan, _suggestedNeed: need, _rates: rates }: EstimateFigures): string[] {
  // A name with its path would be longer than a line.
  const term = (property: string) => shortTerm(plan._details.context, property);
  const lines = functions.flatMap(({ functionName, suggested }, i) => {
    const rate = rates[i];
    if (!suggested || rate?.cpuSeconds === undefined) return [];
    const { maxConcurrency, minExecutionEnvironments: min, maxExecutionEnvironments: max, memoryGiBPerVCpu } = suggested;
    return [
      `- ${shortNameOf(functionName, plan._details.stack)}: ${term('perExecutionEnvironmentMaxConcurrency')} ${maxConcurrency} (vCPUs × ${milliseconds(rate.seconds)} ÷ ${milliseconds(rate.cpuSeconds)}), `
      + `${term('minExecutionEnvironments')} ${min} (on average), ${term('maxExecutionEnvironments')} ${max} (${figure(rate.peakToMean)} times as many requests), `
      + `${term('executionEnvironmentMemoryGiBPerVCpu')} ${memoryGiBPerVCpu}`,
    ];
  });
  return [...lines.length > 0 ? ['', 'What to set', ...lines] : [], ...lines.length > 0 && need ? [`- fleet: ${term('maxVCpuCount')} ${figure(need.total)} = ${need.text}`] : []];
}

function milliseconds(seconds: number): string {
  return `${figure(seconds * 1000)} ms`;
}
