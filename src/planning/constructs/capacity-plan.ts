import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { monitoringAroundFleet, networkAroundFleet } from './around-costs';
import { FunctionLoad, loadFacts } from './function-load';
import { adviceAbout } from '../../judging/advice';
import { judgeFunctionsOn, graphAround, readFleet } from '../../judging/fleets';
import { judgeProvider, networkAround } from '../../judging/judge-provider';
import { throwErrors } from '../../judging/report';
import { cfnCapacityProviderOf } from '../../reading/constructs/resource-behind';
import { attachmentsOf } from '../../registry/attachments';
import { limitsOf } from '../../registry/provider-record';
import { codeContext, Moment } from '../../rules/rule';
import { CostEstimate, EstimateOptions } from '../cost-estimate';
import { CostLine, costLines } from '../cost-lines';
import { estimateFindings } from '../cost-rules';
import { loadProblems } from '../function-estimate';
import { MonthlyCostRange } from '../monthly-cost';
import { PlanDetails, PlanFigures, planFigures, PlannedFleet } from '../plan-figures';
import { planJson } from '../plan-json';
import { CapacityPlanOptions, optionProblems, priceTerms } from '../plan-options';
import { planText } from '../plan-text';
import { PlanFinding, PlannedInstances, PlannedTime, PlannedVersion } from '../planned-fleet';

/**
 * What a fleet needs, whether it fits, and what it costs, computed from all live versions of all its functions before
 * anything is deployed. A plan shows the fleet at the moment of the call.
 *
 * It is an estimate. How Lambda places environments and which types it chooses isn't documented: environments are
 * packed by size onto the allowed types, after subtracting the vCPU and the GB of memory that Lambda reserves on each instance.
 *
 * ```ts
 * declare const fleet: ManagedInstances;
 *
 * console.log(fleet.plan().toString());
 * ```
 */
export class CapacityPlan {
  /**
   * The plan of a fleet at this moment.
   *
   * @internal
   */
  public static _of(fleet: IConstruct, provider: lambda.ICapacityProviderRef, options: CapacityPlanOptions | null): CapacityPlan {
    throwErrors(fleet, estimateFindings(optionProblems(options ?? {})));
    return new CapacityPlan(planFigures(fleetAt(fleet, provider, options ?? {})), fleet);
  }

  /**
   * All versions that keep execution environments.
   */
  public readonly versions: PlannedVersion[];

  /**
   * Whether all numbers that the plan needs are known. If not, the figures are minimums: the fleet may need more.
   */
  public readonly complete: boolean;

  /**
   * The vCPUs of the whole instances that run at rest. If no type is known to hold the fleet, the vCPUs of the execution environments
   * that are always kept.
   */
  public readonly vCpusAtRest: number;

  /**
   * The vCPUs of the whole instances that run while the largest function is deployed, with its old and new version together, and one more instance
   * for a replacement.
   */
  public readonly vCpusDuringDeployment: number;

  /**
   * The vCPUs of the whole instances that run while all functions of a stack are deployed at once, as CloudFormation does, and one
   * more instance for a replacement.
   */
  public readonly vCpusDuringDeploymentOfAll: number;

  /**
   * The vCPUs of the whole instances for all execution environments that the versions can have and `maxVCpuCount` allows, but never less
   * than at rest. Undefined if neither is known, or if no type is known to hold the fleet.
   */
  public readonly vCpusAtMaximum?: number;

  /**
   * The vCPU ceiling of the capacity provider. Undefined if it isn't known.
   */
  public readonly maxVCpuCount?: number;

  /**
   * The `maxVCpuCount` that holds the fleet at rest and during the deployment of a function, on the type of `instances`. Lambda may
   * choose a type that needs more, and if the plan isn't complete, the fleet may need more, too. Undefined if no type is known to hold
   * the fleet, or if no function is attached.
   */
  public readonly sufficientVCpuCount?: number;

  /**
   * The instances of the type that suits the fleet best. Undefined if no type is known to hold it, or if no function is attached.
   */
  public readonly instances?: PlannedInstances;

  /**
   * The environments and instances that are kept at each time of an average week, if schedules change them; otherwise empty. `idleFloor` is averaged
   * over the whole week. All other figures are those of the time when the fleet keeps most.
   *
   * Schedules that don't repeat weekly are left out: `rate()`, `at()` and days of a month. Schedules whose numbers are known only at deployment are
   * left out, too.
   */
  public readonly week: PlannedTime[];

  /**
   * The cost of the fleet while it is idle: EC2 and the fee. Undefined if no price is known.
   */
  public readonly idleFloor?: MonthlyCostRange;

  /**
   * The cost of the fleet at its largest: EC2 and the fee, without requests.
   */
  public readonly ceiling?: MonthlyCostRange;

  /**
   * The costs besides the instances: the egress of a network that this app creates, and the alarms and dashboards that are created below the fleet or
   * its functions.
   */
  public readonly around: CostLine[];

  /**
   * The findings about the fleet, errors first. They include infos, which are never printed at synthesis.
   */
  public readonly findings: PlanFinding[];

  /**
   * The Region whose prices are used.
   */
  public readonly region: string;

  /**
   * @internal
   */
  public readonly _details: PlanDetails;

  private readonly fleet: IConstruct;

  private constructor(figures: PlanFigures, fleet: IConstruct) {
    this.fleet = fleet;
    this.versions = figures.versions;
    this.complete = figures.complete;
    this.vCpusAtRest = figures.vCpusAtRest;
    this.vCpusDuringDeployment = figures.vCpusDuringDeployment;
    this.vCpusDuringDeploymentOfAll = figures.vCpusDuringDeploymentOfAll;
    this.vCpusAtMaximum = figures.vCpusAtMaximum;
    this.maxVCpuCount = figures.maxVCpuCount;
    this.sufficientVCpuCount = figures.sufficientVCpuCount;
    this.instances = figures.instances;
    this.week = figures.week;
    this.idleFloor = figures.idleFloor;
    this.ceiling = figures.ceiling;
    this.around = figures.around;
    this.findings = figures.findings;
    this.region = figures.region;
    this._details = figures._details;
  }

  /**
   * Estimates the cost of a load on this fleet and on standard Lambda.
   *
   * Functions of the fleet without a load count as idle.
   *
   * @throws one error that lists each impossible load, and each load whose function isn't on this fleet
   */
  public estimate(load: FunctionLoad[], options: EstimateOptions = {}): CostEstimate {
    const loads = load.map(loadFacts);
    throwErrors(this.fleet, estimateFindings(loadProblems(loads, this)));
    return CostEstimate._of(this, loads, options);
  }

  /**
   * Returns the plan as text with tables, at most 80 characters wide.
   */
  public toString(): string {
    return planText(this);
  }

  /**
   * Returns the plan as an object for programs. Its shape is versioned and described by `schema/capacity-plan-1.json` in the repository of this library.
   */
  public toJson(): any {
    return planJson(this);
  }
}

/** Reads a fleet at this moment, with the resources around it. */
function fleetAt(fleet: IConstruct, provider: lambda.ICapacityProviderRef, options: CapacityPlanOptions): PlannedFleet {
  const graph = graphAround(provider);
  const facts = readFleet(provider, graph);
  const context = codeContext(limitsOf(provider));
  const terms = priceTerms(options, provider.env.region);
  const resource = cfnCapacityProviderOf(provider);
  const functions = new Set(facts.versions.map(({ functionName }) => functionName)).size;
  const watchers = [fleet, ...attachmentsOf(provider).map((attachment) => attachment.function)];
  const around = {
    ...networkAroundFleet(resource && networkAround(resource)?.vpc),
    ...monitoringAroundFleet(watchers, { functions, versions: facts.versions.length }),
  };
  return {
    name: fleet.node.path,
    stack: Stack.of(provider).node.path,
    facts,
    context,
    terms,
    around: costLines(around, terms.prices, terms.region),
    ofProvider: [...resource ? judgeProvider(resource, Moment.TEMPLATE, context) : [], ...adviceAbout(provider)],
    ofFunctions: judgeFunctionsOn(provider, graph),
  };
}
