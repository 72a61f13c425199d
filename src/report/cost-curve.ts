/** Computes the points of the cost curve: a fleet's cost over its load, next to standard Lambda. */
import { CostEstimate } from '../planning/cost-estimate';
import { LoadFacts } from '../planning/function-estimate';
import { PlanFigures } from '../planning/plan-figures';
import { isKnown } from '../reading/fact';

/** The costs at one load, in dollars a month. Unknown costs are absent. */
export interface CostPoint {
  /** The average number of requests at once. */
  readonly concurrency: number;
  /** The cost on the cheapest and on the most expensive type. Undefined if the load exceeds the ceiling. */
  readonly lowest?: number;
  readonly highest?: number;
  readonly standard?: number;
}

/** The costs over the load. */
export interface CostCurve {
  readonly points: readonly CostPoint[];
  /** The given load, in requests at once. */
  readonly load?: number;
  /**
   * The requests at once above which the fleet is cheaper, on its cheapest and on its most expensive type. Absent if the fleet isn't cheaper within
   * the curve.
   */
  readonly breakEven: { readonly lowest?: number; readonly highest?: number };
  /** The cost on standard Lambda. */
  readonly architecture: string;
}

const POINTS = 48;
/** The factor by which the curve extends beyond the given load and the break-even. */
const BEYOND = 1.6;

/** Computes the curve. Undefined if a size or a price isn't known. */
export function costCurve(plan: PlanFigures, loads: readonly LoadFacts[], isAssumed: boolean): CostCurve | undefined {
  const estimate = estimateAt(plan, loads, 1);
  const given = estimate?.functions.reduce((sum, { averageConcurrency = 0 }) => sum + averageConcurrency, 0);
  if (!estimate?.expected || !given) return undefined;
  const most = BEYOND * Math.max(isAssumed ? 0 : given, estimate.breakEvenConcurrency?.highest ?? 0, 1);
  const architecture = loads.some((load) => load.architecture === 'arm64') ? 'arm64' : 'x86_64';
  const points = Array.from({ length: POINTS + 1 }, (_, i) => pointAt(plan, loads, most * i / POINTS, given, architecture));
  return {
    points,
    load: isAssumed ? undefined : given,
    breakEven: { lowest: crossing(points, ({ lowest }) => lowest), highest: crossing(points, ({ highest }) => highest) },
    architecture,
  };
}

function pointAt(plan: PlanFigures, loads: readonly LoadFacts[], concurrency: number, given: number, architecture: string): CostPoint {
  const { expected, exceedsCeiling, requests, standardLambda } = estimateAt(plan, loads, concurrency / given)!;
  const isHeld = expected !== undefined && requests !== undefined && !exceedsCeiling;
  return {
    concurrency,
    lowest: isHeld ? expected.lowest.total + requests : undefined,
    highest: isHeld ? expected.highest.total + requests : undefined,
    standard: architecture === 'arm64' ? standardLambda?.arm64 : standardLambda?.x86,
  };
}

/** Estimates the cost of a multiple of the loads. */
function estimateAt(plan: PlanFigures, loads: readonly LoadFacts[], times: number): CostEstimate | undefined {
  if (loads.length === 0 || !loads.every(({ requestsPerMonth }) => isKnown(requestsPerMonth))) return undefined;
  return CostEstimate._of(plan, loads.map((load) => ({ ...load, requestsPerMonth: load.requestsPerMonth as number * times })), {});
}

/** Returns the load above which standard Lambda always costs more. */
function crossing(points: readonly CostPoint[], costOf: (point: CostPoint) => number | undefined): number | undefined {
  const dearer = points.map((point) => {
    const [cost, { standard }] = [costOf(point), point];
    return cost === undefined || standard === undefined ? undefined : standard - cost;
  });
  let last = -1;
  dearer.forEach((by, i) => { if (by !== undefined && by <= 0) last = i; });
  const [before, after] = [dearer[last], dearer[last + 1]];
  if (before === undefined || after === undefined) return undefined;
  const [from, to] = [points[last].concurrency, points[last + 1].concurrency];
  return from + (to - from) * -before / (after - before);
}
