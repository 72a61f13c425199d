import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { monitoringAroundFleet, networkAroundFleet } from './around-costs';
import { FunctionLoad, loadFacts } from './function-load';
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
import { PlannedInstances, PlannedVersion } from '../planned-fleet';

/**
 * What a fleet needs, whether it fits, and what it costs: computed from all live versions of all its functions, before
 * anything is deployed. A plan shows the fleet at the moment when it was asked for.
 *
 * It is an estimate. How Lambda places environments and which types it chooses isn't documented: environments are
 * packed by size onto the allowed types, less the vCPU and GB of memory that Lambda keeps of each instance.
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
   * Whether everything is known. Otherwise the figures are what is needed at least, and those at maximum what there is at most.
   */
  public readonly complete: boolean;

  /**
   * vCPUs of the whole instances that run at rest. Where no type is known to hold the fleet, those of the execution environments that
   * are kept.
   */
  public readonly vCpusAtRest: number;

  /**
   * vCPUs of the whole instances that run while the function that needs most is deployed, old and new version together, with an instance
   * more for a replacement.
   */
  public readonly vCpusDuringDeployment: number;

  /**
   * The same while all functions of a stack are deployed at once, as CloudFormation does.
   */
  public readonly vCpusDuringDeploymentOfAll: number;

  /**
   * vCPUs of the whole instances for all execution environments that the versions may have and `maxVCpuCount` lets run, but never less
   * than at rest. Undefined where neither is known, or no type is known to hold the fleet.
   */
  public readonly vCpusAtMaximum?: number;

  /**
   * The ceiling of the capacity provider; undefined where it isn't known.
   */
  public readonly maxVCpuCount?: number;

  /**
   * The `maxVCpuCount` that holds the fleet at rest and during the deployment of a function, on the type of `instances`: Lambda may
   * choose one that needs more. What isn't known, where the plan isn't complete, comes on top. Undefined where no type is known to hold
   * the fleet, or no function is attached.
   */
  public readonly sufficientVCpuCount?: number;

  /**
   * The fleet on the type that suits it best. Undefined where none is known to hold it, or no function is attached.
   */
  public readonly instances?: PlannedInstances;

  /**
   * What the fleet costs while it is idle: EC2 and the fee. Undefined where no price is known.
   */
  public readonly idleFloor?: MonthlyCostRange;

  /**
   * What the fleet costs with all that it may grow to: EC2 and the fee, without requests.
   */
  public readonly ceiling?: MonthlyCostRange;

  /**
   * What costs money next to the instances: the way out of the network that this app makes, and alarms and dashboards that stand below the
   * fleet or its functions.
   */
  public readonly around: CostLine[];

  /**
   * What there is to say about the fleet, errors first, also what is merely worth knowing and never printed at synthesis.
   */
  public readonly findings: string[];

  /**
   * The Region whose prices count.
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
    this.idleFloor = figures.idleFloor;
    this.ceiling = figures.ceiling;
    this.around = figures.around;
    this.findings = figures.findings;
    this.region = figures.region;
    this._details = figures._details;
  }

  /**
   * What a load costs on this fleet, and on standard Lambda.
   *
   * Functions of the fleet that have no load are counted at rest.
   *
   * @throws one error that lists each load which is not possible, or is of a function that isn't on this fleet
   */
  public estimate(load: FunctionLoad[], options: EstimateOptions = {}): CostEstimate {
    const loads = load.map(loadFacts);
    throwErrors(this.fleet, estimateFindings(loadProblems(loads, this)));
    return CostEstimate._of(this, loads, options);
  }

  /**
   * The plan as a table for people, at most 80 characters wide.
   */
  public toString(): string {
    return planText(this);
  }

  /**
   * The plan for programs. Its shape is versioned and described by `schema/capacity-plan-1.json` in the repository of this library.
   */
  public toJson(): any {
    return planJson(this);
  }
}

/** Reads a fleet at this moment, with what is around it. */
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
    ofProvider: resource ? judgeProvider(resource, Moment.TEMPLATE, context) : [],
    ofFunctions: judgeFunctionsOn(provider, graph),
  };
}
