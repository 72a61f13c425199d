import { PlanFigures } from './plan-figures';

/**
 * Returns a plan in the shape of schema/capacity-plan-1.json. Unknown values are left out. If the meaning of a field changes, the schema needs a new
 * version.
 */
export function planJson(plan: PlanFigures): any {
  const { versions, complete, maxVCpuCount, sufficientVCpuCount, instances, week, idleFloor, ceiling, around, findings, region } = plan;
  const { terms, costs, facts, capacity } = plan._details;
  return JSON.parse(JSON.stringify({
    schemaVersion: 1,
    complete,
    versions,
    vCpus: {
      atRest: plan.vCpusAtRest,
      duringDeployment: plan.vCpusDuringDeployment,
      duringDeploymentOfAll: plan.vCpusDuringDeploymentOfAll,
      atMaximum: plan.vCpusAtMaximum,
      fewest: capacity.fewest.vCpus,
    },
    maxVCpuCount,
    sufficientVCpuCount,
    zones: facts.zones,
    instances,
    week: week.length > 0 ? week : undefined,
    schedulesLeftOut: facts.leftOut?.length ? facts.leftOut : undefined,
    monthly: {
      region,
      regionAssumed: terms.regionAssumed,
      pricesAsOf: terms.prices.asOf,
      computeDiscount: terms.computeDiscount,
      over: costs.standIns?.code ?? 'AllowedTypes',
      overText: costs.standIns?.text ?? 'the allowed types',
      unpriced: costs.unpriced,
      idleFloor,
      ceiling,
      around,
    },
    assumed: plan._details.assumed?.length ? plan._details.assumed : undefined,
    findings,
  }));
}
