/** Computes a capacity plan from the facts about a fleet, which come from constructs or from templates. */
import { costFacts, CostFacts, PriceTerms } from './cost-facts';
import { CostLine } from './cost-lines';
import { COST_JUDGE } from './cost-rules';
import { monthlyRange, MonthlyCostRange } from './monthly-cost';
import { plannedInstances, PlannedInstances, plannedTimes, PlannedTime, PlanFinding, plannedVersion, PlannedVersion } from './planned-fleet';
import { ALL_LEVELS, Finding, messageOf } from '../rules/findings';
import { Capacity } from '../rules/fleet/capacity';
import { FleetFacts } from '../rules/fleet/fleet-facts';
import { FLEET_JUDGE } from '../rules/fleet/fleet-judge';
import { Moment, RuleContext } from '../rules/rule';
import { isKnownAtRest, LiveVersion } from '../sizing/fleet-demand';

/** The input of a plan. */
export interface PlannedFleet {
  /** The name of the fleet, for people. */
  readonly name: string;
  /** The name of the provider's stack, which may be the beginning of its functions' names. */
  readonly stack: string;
  readonly facts: FleetFacts;
  /** The assumptions that the template doesn't state, in words. */
  readonly assumed?: readonly string[];
  readonly context: RuleContext;
  readonly terms: PriceTerms;
  readonly around: CostLine[];
  /** The findings about the provider itself. */
  readonly ofProvider: Finding[];
  /** The findings about each function. */
  readonly ofFunctions: Finding[];
  /** Whether `around` contains no alarms and dashboards, because a template doesn't show which fleet they belong to. */
  readonly withoutMonitoring?: boolean;
}

/** The input and the intermediate results of a plan. */
export interface PlanDetails extends PlannedFleet {
  readonly capacity: Capacity;
  readonly costs: CostFacts;
}

/** The figures of a `CapacityPlan`, for printing it and for estimates. */
export interface PlanFigures {
  readonly versions: PlannedVersion[];
  readonly complete: boolean;
  readonly vCpusAtRest: number;
  readonly vCpusDuringDeployment: number;
  readonly vCpusDuringDeploymentOfAll: number;
  readonly vCpusAtMaximum?: number;
  readonly maxVCpuCount?: number;
  readonly sufficientVCpuCount?: number;
  readonly instances?: PlannedInstances;
  readonly week: PlannedTime[];
  readonly idleFloor?: MonthlyCostRange;
  readonly ceiling?: MonthlyCostRange;
  readonly around: CostLine[];
  readonly findings: PlanFinding[];
  readonly region: string;
  readonly _details: PlanDetails;
}

/** Computes the figures of a plan: what a fleet needs and costs. */
export function planFigures(fleet: PlannedFleet): PlanFigures {
  const { facts, context, terms, around, ofProvider, ofFunctions } = fleet;
  const { versions } = facts;
  const capacity = facts.capacity(context.limits);
  const costs = costFacts(facts, capacity, terms);
  const knowsNothing = !versions.some(isKnownAtRest);
  return {
    versions: versions.map(plannedVersion),
    complete: versions.every(isWhole),
    vCpusAtRest: capacity.need.atRest.vCpus,
    vCpusDuringDeployment: capacity.need.toDeployOne.total,
    vCpusDuringDeploymentOfAll: capacity.need.toDeployAll.total,
    vCpusAtMaximum: capacity.need.maximum?.vCpus,
    maxVCpuCount: capacity.ceiling,
    sufficientVCpuCount: knowsNothing ? undefined : capacity.sufficientVCpuCount,
    instances: capacity.best && !knowsNothing ? plannedInstances(capacity.best, versions) : undefined,
    week: plannedTimes(capacity, facts.week),
    idleFloor: costs.floor && monthlyRange(costs.floor),
    ceiling: costs.ceiling && monthlyRange(costs.ceiling),
    around,
    findings: sentencesOf([
      ...ofProvider,
      ...FLEET_JUDGE.judge({ fleet: facts }, Moment.TEMPLATE, context),
      ...COST_JUDGE.judge({ cost: costs }, Moment.TEMPLATE, context),
      ...ofFunctions,
    ]),
    region: terms.region,
    _details: { ...fleet, capacity, costs },
  };
}

function isWhole(version: LiveVersion): boolean {
  return isKnownAtRest(version) && version.maxEnvironments !== undefined;
}

/** Sorts findings: errors first, each sentence once. */
function sentencesOf(findings: Finding[]): PlanFinding[] {
  const sorted = [...findings].sort((a, b) => ALL_LEVELS.indexOf(a.level) - ALL_LEVELS.indexOf(b.level));
  const bySentence = new Map(sorted.map((finding): [string, PlanFinding] => {
    const text = messageOf(finding);
    return [`${finding.code} ${text}`, { level: finding.level, code: finding.code, text }];
  }));
  return [...bySentence.values()];
}
