import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, IConstruct } from 'constructs';
import { alarmSetsOf } from './alarm-registry';
import { dashboardRows, Shown, ShownFunction } from './dashboard-rows';
import { countEventSources, EventSource, eventSourcesOf } from './event-sources';
import { ExecutionEnvironmentMetrics } from './execution-environment-metrics';
import { FleetView, viewOf } from './fleet-view';
import { LazyWidget } from './lazy-widget';
import { ENVIRONMENT_DIMENSIONS } from './metric-names';
import { planLine } from './plan-line';
import { searchTerm } from './queries';
import { shownCost } from './shown-cost';
import { optionProblems, priceTerms } from '../planning/plan-options';
import { PriceBook } from '../prices/price-book';
import { ESTIMATE_RULES } from '../rules/cost-rules';
import { cfnFunctionOf } from '../rules/facts/attachments';
import { PriceTerms } from '../rules/facts/cost-facts';
import { findingsOf } from '../rules/findings';
import { readFleet } from '../rules/judge-fleets';
import { throwErrors } from '../rules/report';

/**
 * How a dashboard is called, and what it shows besides the fleet.
 */
export interface AddDashboardOptions {
  /**
   * The name of the dashboard: letters, digits, `-` and `_`. Changing it replaces the dashboard.
   *
   * @default - CloudFormation generates one
   */
  readonly dashboardName?: string;

  /**
   * Metrics about GPUs, which a function on GPU instances sends itself: CloudWatch has none.
   *
   * @default - no graph about GPUs
   */
  readonly gpuMetrics?: cloudwatch.IMetric[];

  /**
   * Prices for a row with what the fleet costs at the moment, against floor and ceiling. They end in the template, so that it changes
   * with them.
   *
   * @default - no row about cost, and no price in the template
   */
  readonly prices?: PriceBook;

  /**
   * The discount on the EC2 part of these prices, from 0 to 1. The fee stays on the on-demand price.
   *
   * @default 0
   */
  readonly computeDiscount?: number;

  /**
   * Numbered versions whose environments are shown in place of those of `$LATEST.PUBLISHED`: for functions that are invoked by an
   * alias. With more than 12 functions those of all versions are shown anyway, and this is of no effect.
   *
   * [disable-awslint:prefer-ref-interface] their number and their function are read.
   *
   * @default - `$LATEST.PUBLISHED` of each function
   */
  readonly versions?: lambda.IVersion[];
}

/**
 * What a dashboard shows.
 */
export interface ManagedInstancesDashboardProps extends AddDashboardOptions {
  /**
   * The capacity provider whose fleet is shown.
   */
  readonly capacityProvider: lambda.ICapacityProviderRef;

  /**
   * Functions on the provider that were attached without this library. Those that were attached with it are shown anyway.
   *
   * @default - none
   */
  readonly functions?: lambda.IFunctionRef[];

  /**
   * The log group with the provider's system logs, which tell of launches and failures.
   *
   * @default - none, and nothing about the lifecycle of instances
   */
  readonly logGroup?: logs.ILogGroupRef;
}

/** Up to here each function has widgets of its own. */
const FUNCTIONS_WITH_WIDGETS = 12;

/** Stands for the name of the function in the body of the dashboard, until the viewer chooses one. */
const CHOSEN_FUNCTION = 'FunctionChosenAbove';

/**
 * A CloudWatch dashboard of a capacity provider: whether something is wrong, and why.
 *
 * From the top: limits and links, alarms, key figures, each function's traffic with the reasons for throttles and its
 * execution environments, the instances by type, what happened to them. Thresholds of alarms and limits are lines in
 * the graphs.
 *
 * Functions that are attached after the dashboard was made are on it. Up to 12 have widgets of their own. With more, or with one in
 * another stack than the dashboard's, which it can't name without making the stacks depend on each other, all are found by search
 * and a variable chooses one to look at: then the dashboard doesn't grow with their number. A dashboard in a stack of its own can
 * name all functions.
 *
 * Nothing in it names an instance type or the number of a version, so it survives each deployment.
 */
@propertyInjectable
export class ManagedInstancesDashboard extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-lambda-managed-instances.ManagedInstancesDashboard';

  /**
   * The dashboard, to add widgets of your own.
   */
  public readonly dashboard: cloudwatch.Dashboard;

  private readonly fleet: FleetView;
  private readonly otherFunctions: lambda.IFunctionRef[] = [];
  private readonly logGroup?: logs.ILogGroupRef;
  private readonly gpuMetrics: cloudwatch.IMetric[];
  private readonly versions: lambda.IVersion[];
  private readonly terms?: PriceTerms;

  constructor(scope: Construct, id: string, props: ManagedInstancesDashboardProps) {
    super(scope, id);
    this.fleet = new FleetView(props.capacityProvider);
    this.logGroup = props.logGroup;
    this.gpuMetrics = props.gpuMetrics ?? [];
    this.versions = props.versions ?? [];
    this.terms = props.prices && priceTerms(props, props.capacityProvider);
    throwErrors(this, optionProblems(props).flatMap((wrong) => findingsOf(ESTIMATE_RULES, wrong, this.fleet.context)));
    props.functions?.forEach((fn) => this.addFunction(fn));
    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: props.dashboardName,
      start: '-PT8H',
      periodOverride: cloudwatch.PeriodOverride.INHERIT,
      variables: [this.variable()],
    });
    this.dashboard.addWidgets(...this.widgets());
    this.node.defaultChild = this.dashboard.node.defaultChild;
  }

  /**
   * Shows a function that was attached to the provider without this library. Those that were attached with it are shown anyway.
   *
   * @throws where an alias or a version is given: execution environments are measured for the function
   */
  public addFunction(fn: lambda.IFunctionRef): void {
    ExecutionEnvironmentMetrics.fromFunction(fn, this.fleet.capacityProvider);
    this.otherFunctions.push(fn);
  }

  /**
   * The widgets, to put them on a dashboard of your own: one block of 24 columns. Add `variable()` as well.
   */
  public widgets(): cloudwatch.IWidget[] {
    return [new LazyWidget(() => dashboardRows(this.shown), () => this.state)];
  }

  /**
   * The variable that chooses a function. It is hidden while each function has widgets of its own.
   */
  public variable(): cloudwatch.IVariable {
    return {
      // Only a pattern reaches the name inside the dimension `Resource`, too.
      toJson: () => new cloudwatch.DashboardVariable({
        id: 'function',
        label: 'Function',
        type: cloudwatch.VariableType.PATTERN,
        value: CHOSEN_FUNCTION,
        inputType: cloudwatch.VariableInputType.SELECT,
        values: cloudwatch.Values.fromSearch(
          searchTerm(ENVIRONMENT_DIMENSIONS, 'ExecutionEnvironmentConcurrency', { CapacityProviderName: this.fleet.name }), 'FunctionName',
        ),
        defaultValue: cloudwatch.DefaultValue.FIRST,
        visible: this.chosenByVariable,
      }).toJson(),
    };
  }

  private get shown(): Shown {
    const sets = alarmSetsOf(this.fleet.capacityProvider);
    const { chosenByVariable } = this;
    const eventSources = eventSourcesOf(this);
    return {
      fleet: this.fleet,
      chosenByVariable,
      functions: chosenByVariable ? [this.chosenFunction(eventSources)] : this.functions.map((fn) => this.showFunction(fn, eventSources)),
      thresholds: sets[0]?.thresholds,
      alarms: [
        ...sets.flatMap(({ providerAlarms }) => providerAlarms),
        ...chosenByVariable ? [] : sets.flatMap(({ functionAlarms }) => functionAlarms),
      ].filter((alarm) => this.canName(alarm)),
      logGroup: this.logGroup,
      gpuMetrics: this.gpuMetrics,
      plan: this.fleet.attachments.length > 0 ? [this.plan] : [],
      cost: this.terms && shownCost(readFleet(this.fleet.capacityProvider), this.fleet.context.limits, this.terms),
      // The variable may choose another function.
      canNameSource: ({ mapping, queue }) => !chosenByVariable && this.canName(mapping) && (queue === undefined || this.canName(queue)),
    };
  }

  /** What the rows depend on, besides what can't change: they only grow. */
  private get state(): string {
    const sets = alarmSetsOf(this.fleet.capacityProvider);
    return [this.fleet.attachments, this.otherFunctions, sets, ...sets.map(({ functionAlarms }) => functionAlarms)]
      .map(({ length }) => length).concat(countEventSources(this)).join();
  }

  /** Read when the template is rendered: sizes and counts may change until then. */
  private get plan(): string {
    return Lazy.uncachedString({ produce: () => planLine(readFleet(this.fleet.capacityProvider), this.fleet.context.limits) });
  }

  private get chosenByVariable(): boolean {
    const { functions } = this;
    return functions.length === 0 || functions.length > FUNCTIONS_WITH_WIDGETS
      || !functions.every((fn) => this.canName(fn) || fixedName(fn) !== undefined);
  }

  private chosenFunction(sources: EventSource[]): ShownFunction {
    const functions = this.functions.map(cfnFunctionOf);
    return {
      title: CHOSEN_FUNCTION,
      functionName: CHOSEN_FUNCTION,
      metrics: ExecutionEnvironmentMetrics._named(CHOSEN_FUNCTION, this.fleet.capacityProvider),
      eventSources: sources.filter((source) => functions.includes(source.function)),
    };
  }

  /** Those that are attached, then the others. */
  private get functions(): lambda.IFunctionRef[] {
    const { attachments } = this.fleet;
    const isAttached = (fn: lambda.IFunctionRef) => attachments.some(({ resource }) => resource === cfnFunctionOf(fn));
    return [...attachments.map((attachment) => attachment.function), ...this.otherFunctions.filter((fn) => !isAttached(fn))];
  }

  private showFunction(fn: lambda.IFunctionRef, sources: EventSource[]): ShownFunction {
    const { capacityProvider } = this.fleet;
    const resource = cfnFunctionOf(fn);
    const functionName = this.canName(fn) ? fn.functionRef.functionName : fixedName(fn)!;
    return {
      title: functionName,
      functionName,
      metrics: this.canName(fn)
        ? ExecutionEnvironmentMetrics.fromFunction(fn, capacityProvider, { version: this.versionOf(resource) })
        : ExecutionEnvironmentMetrics._named(functionName, capacityProvider),
      view: resource && (() => viewOf(resource)),
      eventSources: sources.filter((source) => source.function === resource),
    };
  }

  private versionOf(resource: lambda.CfnFunction | undefined): string | undefined {
    return this.versions.find((version) => resource && cfnFunctionOf(version.lambda) === resource && this.canName(version))?.version;
  }

  /** Whether a reference makes no cycle: stacks of functions depend on that of the provider. */
  private canName(construct: IConstruct): boolean {
    const [own, its, provider] = [this, construct, this.fleet.capacityProvider].map((x) => Stack.of(x));
    return its === own || its === provider || (own !== provider && !this.functions.some((fn) => Stack.of(fn) === own));
  }
}

/** The name that somebody gave to a function. */
function fixedName(fn: lambda.IFunctionRef): string | undefined {
  const resource = cfnFunctionOf(fn);
  const name = resource ? resource.functionName : fn.functionRef.functionName;
  return Token.isUnresolved(name) ? undefined : name;
}
