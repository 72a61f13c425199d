import { HourlyCost, perUsableVCpu } from './cost-rate';
import { ShownCost } from './cost-rows';
import { costFacts, instanceHour, PriceTerms, pricedPlans, totalOf } from '../../planning/cost-facts';
import { FleetFacts } from '../../rules/fleet/fleet-facts';
import { Limits } from '../../service/managed-instances-limits';

/** Returns the cost rows of a dashboard, as far as prices are known; nothing if no price is known. */
export function shownCost(fleet: FleetFacts, limits: Limits, terms: PriceTerms): ShownCost | undefined {
  const capacity = fleet.capacity(limits);
  const { plans } = pricedPlans(fleet, capacity, terms);
  const { floor, ceiling, standIns, isAtLeast } = costFacts(fleet, capacity, terms);
  const types = plans.flatMap(({ type, hourly }) => {
    const hour = instanceHour(hourly, terms);
    return hour ? [{ instanceType: type.name, vCpus: type.vCpus, ec2: hour.compute, fee: hour.fee }] : [];
  });
  if (types.length === 0) return undefined;
  return {
    // The types that Lambda may choose can't be listed, so one price stands for all.
    rates: standIns ? { perUsableVCpu: mean(types.map(perUsableVCpu)) } : { types },
    millionRequests: terms.prices._managed().millionRequests,
    floor: floor && !isAtLeast ? totalOf(floor.lowest) : undefined,
    ceiling: ceiling && totalOf(ceiling.highest),
    note: [
      `prices of ${terms.prices.asOf ?? 'your own'} in ${terms.region}`,
      ...terms.computeDiscount ? [`${Math.round(terms.computeDiscount * 100)} % off EC2`] : [],
      ...standIns ? [`the mean of ${standIns.text}, since Lambda chooses`] : [],
    ].join(' · '),
  };
}

function mean(costs: HourlyCost[]): HourlyCost {
  const of = (part: keyof HourlyCost) => costs.reduce((sum, cost) => sum + cost[part], 0) / costs.length;
  return { ec2: of('ec2'), fee: of('fee') };
}
