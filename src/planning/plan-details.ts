import { IConstruct } from 'constructs';
import { CostLine } from './around-costs';
import { CostFacts, PriceTerms } from './cost-facts';
import { MonthlyCostRange } from './monthly-cost';
import { PlannedInstances, PlannedVersion } from './planned-fleet';
import { Capacity } from '../rules/fleet/capacity';
import { FleetFacts } from '../rules/fleet/fleet-facts';
import { RuleContext } from '../rules/rule';

/** What a plan was computed from. */
export interface PlanDetails {
  readonly fleet: IConstruct;
  readonly context: RuleContext;
  readonly facts: FleetFacts;
  readonly capacity: Capacity;
  readonly costs: CostFacts;
  readonly terms: PriceTerms;
  /** The path of the stack of the provider. */
  readonly stack: string;
}

/** The figures of a `CapacityPlan`, for those that print it or estimate with it. */
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
  readonly idleFloor?: MonthlyCostRange;
  readonly ceiling?: MonthlyCostRange;
  readonly around: CostLine[];
  readonly findings: string[];
  readonly region: string;
  readonly _details: PlanDetails;
}
