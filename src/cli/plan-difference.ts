/** Compares the plans of fleets before and after a change, in instances and in dollars. */
import { ReportedPlan } from './reported-plan';
import { MonthlyCostRange } from '../planning/monthly-cost';
import { PlanFigures } from '../planning/plan-figures';

/** A range of costs, from the cheapest to the most expensive type that Lambda may choose. */
export interface DollarRange {
  readonly lowest: number;
  readonly highest: number;
}

/** The compared figures of a fleet. Undefined if unknown. */
export interface ComparedFigures {
  readonly instancesAtRest?: number;
  readonly instancesDuringDeployment?: number;
  readonly instancesAtMaximum?: number;
  readonly idleFloor?: DollarRange;
  readonly ceiling?: DollarRange;
}

/** One capacity provider before and after. */
export interface PlanDifference {
  readonly provider: string;
  /** The figures before the change; undefined if the provider is new. */
  readonly before?: ComparedFigures;
  /** The figures after the change; undefined if the provider is gone. */
  readonly after?: ComparedFigures;
  /** The difference; undefined if one of the two is unknown. A missing provider counts as 0. */
  readonly change: ComparedFigures;
}

const NOTHING: ComparedFigures = {
  instancesAtRest: 0, instancesDuringDeployment: 0, instancesAtMaximum: 0, idleFloor: { lowest: 0, highest: 0 }, ceiling: { lowest: 0, highest: 0 },
};

/** Returns the differences by the names of the providers. If several stacks have the same name, the order distinguishes them. */
export function differencesOf(before: ReportedPlan[], after: ReportedPlan[]): PlanDifference[] {
  const [old, now] = [before, after].map(byName);
  return [...new Set([...old.keys(), ...now.keys()])].map((provider) => {
    const [was, is] = [old.get(provider), now.get(provider)];
    return { provider, before: was, after: is, change: changeOf(was ?? NOTHING, is ?? NOTHING) };
  });
}

function byName(plans: ReportedPlan[]): Map<string, ComparedFigures> {
  const figures = new Map<string, ComparedFigures>();
  for (const { provider, plan } of plans) {
    let name = provider;
    for (let count = 2; figures.has(name); count++) name = `${provider} (${count})`;
    figures.set(name, figuresOf(plan));
  }
  return figures;
}

function figuresOf({ instances, idleFloor, ceiling }: PlanFigures): ComparedFigures {
  return {
    instancesAtRest: instances?.atRest,
    instancesDuringDeployment: instances?.duringDeployment,
    instancesAtMaximum: instances?.atMaximum,
    idleFloor: idleFloor && dollarsOf(idleFloor),
    ceiling: ceiling && dollarsOf(ceiling),
  };
}

function dollarsOf({ lowest, highest }: MonthlyCostRange): DollarRange {
  return { lowest: lowest.total, highest: highest.total };
}

function changeOf(was: ComparedFigures, is: ComparedFigures): ComparedFigures {
  const count = (of: (figures: ComparedFigures) => number | undefined) => minus(of(is), of(was));
  const range = (of: (figures: ComparedFigures) => DollarRange | undefined) => {
    const [lowest, highest] = [count((figures) => of(figures)?.lowest), count((figures) => of(figures)?.highest)];
    return lowest === undefined || highest === undefined ? undefined : { lowest, highest };
  };
  return {
    instancesAtRest: count((figures) => figures.instancesAtRest),
    instancesDuringDeployment: count((figures) => figures.instancesDuringDeployment),
    instancesAtMaximum: count((figures) => figures.instancesAtMaximum),
    idleFloor: range((figures) => figures.idleFloor),
    ceiling: range((figures) => figures.ceiling),
  };
}

function minus(is: number | undefined, was: number | undefined): number | undefined {
  return is === undefined || was === undefined ? undefined : is - was;
}
