/** The content of the page. */
import { LoadFacts } from '../planning/function-estimate';
import { PlanFigures } from '../planning/plan-figures';
import { Level } from '../rules/rule';

/** A finding with its place. */
export interface PlacedFinding {
  /** The id of the finding: `cdk-lambda-managed-instances::<Code>`. */
  readonly rule: string;
  readonly level: Level;
  /** The logical id in the file. */
  readonly resource: string;
  /** The construct path in a CDK app: `Shop/Orders`. */
  readonly construct?: string;
  readonly file: string;
  /** The line, counted from 1. Absent if the resource isn't in the file. */
  readonly line?: number;
  /** The problem, a sentence without its full stop: property, found value, allowed values. */
  readonly message: string;
  /** The remedy. */
  readonly fix: string;
  /** The source of the rule. */
  readonly source: string;
}

/** A resource that wasn't judged. */
export interface PlacedGap {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
  readonly file: string;
  readonly line?: number;
}

/** A capacity provider with its plan. */
export interface ShownFleet {
  readonly name: string;
  readonly file: string;
  readonly line?: number;
  readonly plan: PlanFigures;
  /** The load of the functions, given or assumed. */
  readonly loads: readonly LoadFacts[];
  /** Whether the load is assumed, because none was given. */
  readonly loadsAssumed: boolean;
}

/** The content of the page. */
export interface PageContent {
  /** The files and folders, as the caller named them. */
  readonly sources: readonly string[];
  readonly version: string;
  readonly findings: readonly PlacedFinding[];
  readonly notChecked: readonly PlacedGap[];
  readonly functions: number;
  readonly fleets: readonly ShownFleet[];
}
