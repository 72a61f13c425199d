import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { CostLine, monitoringLines, networkLines } from './around-costs';
import { CostEstimate, EstimateOptions } from './cost-estimate';
import { costFacts } from './cost-facts';
import { COST_RULES, estimateFindings } from './cost-rules';
import { FunctionLoad } from './function-load';
import { monthlyRange, MonthlyCostRange } from './monthly-cost';
import { PlanDetails } from './plan-details';
import { planJson } from './plan-json';
import { CapacityPlanOptions, optionProblems, priceTerms } from './plan-options';
import { planText } from './plan-text';
import { PlannedInstances, plannedInstances, PlannedVersion, plannedVersion } from './planned-fleet';
import { findingsOfFunctions, graphAround, readFleet } from '../judging/fleets';
import { networkAround, providerFindings } from '../judging/judge-provider';
import { throwErrors } from '../judging/report';
import { cfnCapacityProviderOf } from '../reading/constructs/resource-behind';
import { attachmentsOf } from '../registry/attachments';
import { limitsOf } from '../registry/provider-record';
import { ALL_LEVELS, Finding, findingsOf } from '../rules/findings';
import { FLEET_RULES } from '../rules/fleet/fleet-rules';
import { codeContext, RuleContext } from '../rules/rule';
import { isKnownAtRest, LiveVersion } from '../sizing/fleet-demand';

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
    options ??= {};
    const context = codeContext(limitsOf(provider));
    throwErrors(fleet, estimateFindings(optionProblems(options)));
    return new CapacityPlan(fleet, provider, context, options);
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

  private constructor(fleet: IConstruct, provider: lambda.ICapacityProviderRef, context: RuleContext, options: CapacityPlanOptions) {
    const graph = graphAround(provider);
    const facts = readFleet(provider, graph);
    const capacity = facts.capacity(context.limits);
    const terms = priceTerms(options, provider);
    const costs = costFacts(facts, capacity, terms);
    const resource = cfnCapacityProviderOf(provider);

    this.versions = facts.versions.map(plannedVersion);
    this.complete = facts.versions.every(isWhole);
    this.vCpusAtRest = capacity.need.atRest.vCpus;
    this.vCpusDuringDeployment = capacity.need.toDeployOne.total;
    this.vCpusDuringDeploymentOfAll = capacity.need.toDeployAll.total;
    this.vCpusAtMaximum = capacity.need.maximum?.vCpus;
    this.maxVCpuCount = capacity.ceiling;
    this.sufficientVCpuCount = knowsNothingOf(facts.versions) ? undefined : capacity.sufficientVCpuCount;
    this.instances = capacity.best && !knowsNothingOf(facts.versions) ? plannedInstances(capacity.best, facts.versions) : undefined;
    this.idleFloor = costs.floor && monthlyRange(costs.floor);
    this.ceiling = costs.ceiling && monthlyRange(costs.ceiling);
    this.region = terms.region;
    const functions = new Set(this.versions.map(({ functionName }) => functionName)).size;
    this.around = [
      ...networkLines(resource && networkAround(resource)?.vpc, terms.prices, terms.region),
      ...monitoringLines(
        [fleet, ...attachmentsOf(provider).map((attachment) => attachment.function)],
        { functions, versions: this.versions.length },
        terms.prices,
        terms.region,
      ),
    ];
    const findings = [
      ...resource ? providerFindings(resource, context) : [],
      ...findingsOf(FLEET_RULES, facts, context),
      ...findingsOf(COST_RULES, costs, context),
      ...findingsOfFunctions(provider, graph),
    ];
    this.findings = [...new Set(findings.sort((a, b) => ALL_LEVELS.indexOf(a.level) - ALL_LEVELS.indexOf(b.level)).map(sentenceOf))];
    this._details = { fleet, context, facts, capacity, costs, terms, stack: Stack.of(provider).node.path };
  }

  /**
   * What a load costs on this fleet, and on standard Lambda.
   *
   * Functions of the fleet that have no load are counted at rest.
   *
   * @throws one error that lists each load which is not possible, or is of a function that isn't on this fleet
   */
  public estimate(load: FunctionLoad[], options: EstimateOptions = {}): CostEstimate {
    return CostEstimate._of(this, load, options);
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

function isWhole(version: LiveVersion): boolean {
  return isKnownAtRest(version) && version.maxEnvironments !== undefined;
}

/** Whether no version is known well enough to say how much it keeps. */
function knowsNothingOf(versions: LiveVersion[]): boolean {
  return !versions.some(isKnownAtRest);
}

function sentenceOf({ level, code, property, allowed, found, remedy }: Finding): string {
  return `${level} ${code}: ${property} ${allowed}, got ${found}; ${remedy}`;
}
