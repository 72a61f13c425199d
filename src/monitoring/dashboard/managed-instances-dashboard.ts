import { Lazy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { dashboardRows, EnvironmentNames, Shown, ShownFunction } from './dashboard-rows';
import { EventSources, eventSourcesAmong } from '../event-sources';
import { FleetView, viewOf } from '../fleet-view';
import { fleetsOn, sizeFindings, sparesReferences } from './dashboard-size';
import { LazyWidget } from './lazy-widget';
import { planLine, scheduleOf } from './plan-line';
import { shownCost } from './shown-cost';
import { MetricPlace, metricPlace, WrittenColumn } from './written-column';
import { readSettledFleet } from '../../judging/fleets';
import { propsFindings, providerTargetFindings } from '../../judging/props-findings';
import { reportAtSynth, throwErrors } from '../../judging/report';
import { PriceTerms } from '../../planning/cost-facts';
import { estimateFindings } from '../../planning/cost-rules';
import { optionProblems, priceTerms } from '../../planning/plan-options';
import { PriceBook } from '../../prices/price-book';
import { propertyInjectable } from '../../reading/constructs/cdk-internals';
import { nameOf } from '../../reading/constructs/construct-views';
import { cfnFunctionOf } from '../../reading/constructs/resource-behind';
import { isToken } from '../../reading/constructs/token';
import { watchSynthesis } from '../../registry/attachments';
import { settledResourcesOf, stageAround } from '../../registry/lambda-resources';
import { Finding } from '../../rules/findings';
import { findingsOf } from '../../rules/own-rule';
import { alarmSetsOf } from '../alarms/alarm-registry';
import { gravestFirst } from '../alarms/create-alarms';
import { EnvironmentMetricOptions } from '../metrics/environment-metric-options';
import { ExecutionEnvironmentMetrics } from '../metrics/execution-environment-metrics';
import { METRIC_RULES, WATCHED_VERSIONS } from '../metrics/metric-findings';
import { ENVIRONMENT_CPU, environmentDimensions } from '../metrics/metric-names';
import { searchTerm } from '../metrics/queries';

/**
 * Options of a fleet's dashboard.
 */
export interface AddDashboardOptions extends EnvironmentMetricOptions {
  /**
   * The name of the dashboard: letters, digits, `-` and `_`. Changing it replaces the dashboard.
   *
   * @default - CloudFormation generates one
   */
  readonly dashboardName?: string;

  /**
   * Your own dashboard to show the fleet on, below its other widgets. Several fleets fit on one dashboard. The rows are created when it
   * is rendered, so they also show what you attach later. A variable to choose a function is added. Functions that its stack can name are
   * listed by name. Set `periodOverride: PeriodOverride.INHERIT` on the dashboard: with other periods, sums of vCPUs and memory count
   * instances several times.
   *
   * @default - a dashboard is created
   */
  readonly dashboard?: cloudwatch.Dashboard;

  /**
   * The metrics about GPUs that your functions publish themselves, because CloudWatch has none.
   *
   * @default - no graph about GPUs
   */
  readonly gpuMetrics?: cloudwatch.IMetric[];

  /**
   * The prices for a row that shows the cost of the fleet at the moment, between floor and ceiling. The template contains them, and changes
   * when they do.
   *
   * @default - no row about cost, and no price in the template
   */
  readonly prices?: PriceBook;

  /**
   * The discount on EC2, from 0 to 1: 0.66 for a Savings Plan or Reserved Instances of 66 %. The fee isn't reduced.
   *
   * @default 0
   */
  readonly computeDiscount?: number;

  /**
   * Numbered versions whose environments are shown instead of those of `$LATEST.PUBLISHED`, for functions that are invoked by an
   * alias: at most one for each function that is shown. With more than 12 functions, or a version that the dashboard's stack can't name,
   * all versions are shown, and this has no effect.
   *
   * @default - `$LATEST.PUBLISHED` of each function
   */
  readonly versions?: lambda.IVersion[];
}

/**
 * Properties of `ManagedInstancesDashboard`.
 */
export interface ManagedInstancesDashboardProps extends AddDashboardOptions {
  /**
   * The capacity provider whose fleet is shown.
   */
  readonly capacityProvider: lambda.ICapacityProviderRef;

  /**
   * Functions on the capacity provider that this app doesn't attach, such as imported ones. Functions that the app attaches in any way are
   * shown anyway.
   *
   * @default - no further functions
   */
  readonly functions?: lambda.IFunctionRef[];

  /**
   * The log group with the provider's system logs, which report launches and failures.
   *
   * @default - no log group, and therefore nothing about the lifecycle of instances
   */
  readonly logGroup?: logs.ILogGroupRef;
}

/** The number of functions up to which each function has widgets of its own. */
const FUNCTIONS_WITH_WIDGETS = 12;

/** The variable with which a viewer chooses a function. */
interface Choice {
  /** The id of the variable. */
  readonly id: string;
  readonly label: string;
  /** The placeholder for the name of the function in the dashboard's body, until the viewer chooses one. */
  readonly functionName: string;
}

/** The variable of a dashboard with one fleet. */
const ONE_CHOICE: Choice = { id: 'function', label: 'Function', functionName: 'FunctionChosenAbove' };

/**
 * A CloudWatch dashboard of a capacity provider, which shows whether something is wrong, and why.
 *
 * From top to bottom, it shows limits and links, alarms, key figures, each function's traffic with the reasons for throttles and its
 * execution environments, the instances by type, and what happened to them. Thresholds of alarms and limits are lines in
 * the graphs.
 *
 * It also shows functions that are attached later. Up to 12 functions have widgets of their own. With more functions, or with one in
 * a stack that the dashboard's stack can't refer to without a cycle, all are found by search, and a variable chooses the one to show. The
 * dashboard then doesn't grow with the number of functions. Of the alarms of single functions, it shows only composite ones, which
 * level `MINIMAL` doesn't have. A dashboard in a stack of its own can name all functions. In a nested stack, each alarm of another stack becomes a
 * parameter. If there are more than CloudFormation allows, only composite alarms are shown there, too.
 *
 * The dashboard names no instance type and no number of a version, so deployments don't make it stale.
 */
@propertyInjectable
export class ManagedInstancesDashboard extends Construct {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-lambda-managed-instances.ManagedInstancesDashboard';

  /**
   * The dashboard, whether passed or created. You can add your own widgets to it.
   */
  public readonly dashboard: cloudwatch.Dashboard;

  private readonly fleet: FleetView;
  private readonly otherFunctions: lambda.IFunctionRef[] = [];
  private readonly logGroup?: logs.ILogGroupRef;
  private readonly gpuMetrics: cloudwatch.IMetric[];
  private readonly versions: lambda.IVersion[];
  private readonly names: EnvironmentMetricOptions;
  private readonly terms?: PriceTerms;

  constructor(scope: Construct, id: string, props: ManagedInstancesDashboardProps) {
    super(scope, id);
    throwErrors(this, providerTargetFindings(props?.capacityProvider));
    this.fleet = new FleetView(props.capacityProvider);
    watchSynthesis(props.capacityProvider);
    this.logGroup = props.logGroup;
    this.gpuMetrics = props.gpuMetrics ?? [];
    this.versions = props.versions ?? [];
    this.terms = props.prices && priceTerms(props, props.capacityProvider.env.region);
    this.names = { resourceDimension: props.resourceDimension, cpuMetricName: props.cpuMetricName };
    throwErrors(this, this.problemsOf(props));
    props.functions?.forEach((fn) => this.addFunction(fn));
    this.dashboard = props.dashboard ?? new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: props.dashboardName,
      start: '-PT3H',
      periodOverride: cloudwatch.PeriodOverride.INHERIT,
    });
    const choice = props.dashboard ? this.oneOfSeveral : ONE_CHOICE;
    this.dashboard.addVariable(this.variableFor(choice));
    const rows = new LazyWidget(() => dashboardRows(this.shownWith(choice)), () => this.place, () => this.state);
    this.dashboard.addWidgets(rows);
    const fleets = fleetsOn(this.dashboard);
    fleets.push({ rows, named: (sparingly) => this.named(sparingly) });
    if (!props.dashboard) this.node.defaultChild = this.dashboard.node.defaultChild;
    // One construct reports for all fleets on a dashboard.
    const speaks = () => fleets[0].rows === rows;
    this.node.addValidation({ validate: () => [...this.judge(), ...speaks() ? reportAtSynth(this, sizeFindings(this.dashboard)) : []] });
  }

  /**
   * Shows a function on the capacity provider that this app doesn't attach, such as an imported one. Functions that the app attaches in any
   * way are shown anyway.
   *
   * @throws an error if you pass an alias or a version, because execution environments are measured for the function
   */
  public addFunction(fn: lambda.IFunctionRef): void {
    ExecutionEnvironmentMetrics.fromFunction(fn, this.fleet.capacityProvider);
    this.otherFunctions.push(fn);
  }

  /**
   * The widgets of the fleet as they are at this moment, in one block of 24 columns. They need `variable()` on the same dashboard.
   *
   * @deprecated Pass the other dashboard as `dashboard` to `addDashboard`: it then also shows what you attach later.
   */
  public widgets(): cloudwatch.IWidget[] {
    return [new WrittenColumn(this.place, ...dashboardRows(this.shownWith(this.oneOfSeveral)))];
  }

  /**
   * The variable that chooses the function in `widgets()`, as it is at this moment. It is hidden while each function has widgets of its own.
   *
   * @deprecated Pass the other dashboard as `dashboard` to `addDashboard`: it gets the variable as well.
   */
  public variable(): cloudwatch.IVariable {
    const asOfNow = this.variableFor(this.oneOfSeveral).toJson();
    return { toJson: () => asOfNow };
  }

  private problemsOf(props: ManagedInstancesDashboardProps): Finding[] {
    return [
      ...propsFindings(props as object),
      ...estimateFindings(optionProblems(props)),
      ...this.versions.flatMap(({ version }) => findingsOf(METRIC_RULES, {
        version, versionProperty: 'versions', resourceDimension: props.resourceDimension,
      })),
    ];
  }

  /** The variable of a fleet that shares a dashboard. Ids and patterns must be unique there, and no pattern may contain another. */
  private get oneOfSeveral(): Choice {
    const which = this.node.addr.slice(-8);
    return { id: `function${which}`, label: `Function on ${this.fleet.name}`, functionName: `Function${which}ChosenAbove` };
  }

  private variableFor({ id, label, functionName }: Choice): cloudwatch.IVariable {
    // CloudWatch searches for values only in the dashboard's own Region and account. For others, viewers type them.
    const isElsewhere = () => Object.values(this.place).some((part) => part !== undefined);
    const found = () => ({
      inputType: cloudwatch.VariableInputType.SELECT,
      values: cloudwatch.Values.fromSearch(
        searchTerm(this.environments.dimensions, 'ExecutionEnvironmentConcurrency', { CapacityProviderName: this.fleet.name }), 'FunctionName',
      ),
      defaultValue: cloudwatch.DefaultValue.FIRST,
    });
    const typed = () => {
      const [first] = this.functions.flatMap((fn) => fixedName(fn) ?? []);
      return { inputType: cloudwatch.VariableInputType.INPUT, defaultValue: first === undefined ? undefined : cloudwatch.DefaultValue.value(first) };
    };
    return {
      // Only a pattern also replaces the name inside the dimension `Resource`.
      toJson: () => new cloudwatch.DashboardVariable({
        id,
        label,
        type: cloudwatch.VariableType.PATTERN,
        value: functionName,
        ...isElsewhere() ? typed() : found(),
        visible: this.isChosenByVariable(this.functions),
      }).toJson(),
    };
  }

  private shownWith(choice: Choice): Shown {
    const sets = alarmSetsOf(this.fleet.capacityProvider);
    const functions = this.functions;
    const canName = this.naming(functions);
    const chosenByVariable = this.isChosenByVariable(functions);
    const { eventSources } = this;
    const wanted = [
      ...gravestFirst(sets.flatMap(({ providerAlarms }) => providerAlarms)),
      ...gravestFirst(sets.flatMap(({ functionAlarms }) => functionAlarms))
        .filter((alarm) => !(chosenByVariable || sparesReferences(this.dashboard)) || isComposite(alarm)),
    ];
    const alarms = wanted.filter(canName);
    return {
      fleet: this.fleet,
      chosenByVariable,
      functions: chosenByVariable
        ? [this.chosenFunction(choice, functions, eventSources)]
        : functions.map((fn) => this.showFunction(fn, canName, eventSources)),
      thresholds: sets.map(({ thresholds }) => thresholds),
      alarms,
      alarmsElsewhere: wanted.length - alarms.length,
      environments: this.environments,
      logGroup: this.logGroup,
      gpuMetrics: this.gpuMetrics,
      plan: this.fleet.attachments.length > 0 ? [this.plan] : [],
      cost: this.terms && shownCost(readSettledFleet(this.fleet.capacityProvider), this.fleet.context.limits, this.terms),
      // The variable may choose another function.
      canNameSource: ({ mapping, queue }) => !chosenByVariable && canName(mapping) && (queue === undefined || canName(queue)),
    };
  }

  private get eventSources(): EventSources {
    return eventSourcesAmong(settledResourcesOf(stageAround(this)));
  }

  /** The Region and account of the fleet's metrics, if they differ from the dashboard's. */
  private get place(): MetricPlace {
    return metricPlace(this.fleet.place, Stack.of(this.dashboard));
  }

  /** The resources that the rows refer to. If references are spared, composite alarms stand for a function's other alarms. */
  private named(sparingly: boolean): IConstruct[] {
    const { functions } = this;
    const chosenByVariable = this.isChosenByVariable(functions);
    const alarms = alarmSetsOf(this.fleet.capacityProvider).flatMap(({ providerAlarms, functionAlarms }) => [
      ...providerAlarms, ...functionAlarms.filter((alarm) => !(chosenByVariable || sparingly) || isComposite(alarm)),
    ]);
    return [...chosenByVariable ? [] : functions, ...alarms].filter(this.naming(functions));
  }

  /** The things on which the rows depend and that may change. They only grow. */
  private get state(): string {
    const sets = alarmSetsOf(this.fleet.capacityProvider);
    return [this.fleet.attachments, this.otherFunctions, sets, ...sets.map(({ functionAlarms }) => functionAlarms)]
      .map(({ length }) => length).concat([...this.eventSources.values()].flat().length).join() + sparesReferences(this.dashboard);
  }

  /** The plan, read when the template is rendered, because sizes and counts may change until then. */
  private get plan(): string {
    return Lazy.uncachedString({ produce: () => planLine(readSettledFleet(this.fleet.capacityProvider), this.fleet.context.limits) });
  }

  private get environments(): EnvironmentNames {
    const { resourceDimension, cpuMetricName = ENVIRONMENT_CPU } = this.names;
    return { dimensions: environmentDimensions(resourceDimension), cpu: cpuMetricName };
  }

  private isChosenByVariable(functions: lambda.IFunctionRef[]): boolean {
    const canName = this.naming(functions);
    return functions.length === 0 || functions.length > FUNCTIONS_WITH_WIDGETS
      || !functions.every((fn) => canName(fn) || fixedName(fn) !== undefined)
      || !this.versions.every((version) => canName(version) || !isToken(version.version));
  }

  private chosenFunction({ functionName }: Choice, functions: lambda.IFunctionRef[], sources: EventSources): ShownFunction {
    return {
      functionName,
      metrics: ExecutionEnvironmentMetrics._named(functionName, this.fleet.capacityProvider, this.names),
      eventSources: functions.flatMap((fn) => sources.get(cfnFunctionOf(fn)!) ?? []),
    };
  }

  /** The attached functions, then the others, without duplicates. */
  private get functions(): lambda.IFunctionRef[] {
    const all = [...this.fleet.attachments.map((attachment) => attachment.function), ...this.otherFunctions];
    const seen = new Set<unknown>();
    return all.filter((fn) => seen.size < seen.add(idOf(fn)).size);
  }

  private showFunction(fn: lambda.IFunctionRef, canName: (construct: IConstruct) => boolean, sources: EventSources): ShownFunction {
    const { capacityProvider } = this.fleet;
    const resource = cfnFunctionOf(fn);
    const functionName = canName(fn) ? fn.functionRef.functionName : fixedName(fn)!;
    const options = { ...this.names, version: this.versionOf(fn) };
    return {
      functionName,
      metrics: canName(fn)
        ? ExecutionEnvironmentMetrics.fromFunction(fn, capacityProvider, options)
        : ExecutionEnvironmentMetrics._named(functionName, capacityProvider, options),
      view: resource && (() => viewOf(resource)),
      schedule: resource && Lazy.uncachedString({ produce: () => scheduleOf(nameOf(resource), readSettledFleet(capacityProvider)) }),
      eventSources: (resource && sources.get(resource)) ?? [],
    };
  }

  private versionOf(fn: lambda.IFunctionRef): string | undefined {
    return this.versions.find((version) => idOf(version.lambda) === idOf(fn))?.version;
  }

  private judge(): string[] {
    if (this.versions.length === 0) return [];
    return reportAtSynth(this, findingsOf(WATCHED_VERSIONS, { versions: this.versions, functions: this.functions, idOf }));
  }

  /** Returns a test for whether a reference makes no cycle, because stacks of functions depend on the provider's stack. */
  private naming(functions: lambda.IFunctionRef[]): (construct: IConstruct) => boolean {
    const [own, provider] = [this.dashboard, this.fleet.capacityProvider].map((x) => Stack.of(x));
    const isApart = own !== provider && !functions.some((fn) => Stack.of(fn) === own);
    return (construct) => isApart || [own, provider].includes(Stack.of(construct));
  }
}

function isComposite(alarm: IConstruct): boolean {
  return cloudwatch.CfnCompositeAlarm.isCfnCompositeAlarm(alarm.node.defaultChild);
}

/** Returns the fixed name of a function. */
function fixedName(fn: lambda.IFunctionRef): string | undefined {
  const resource = cfnFunctionOf(fn);
  const name = resource ? resource.functionName : fn.functionRef.functionName;
  return isToken(name) ? undefined : name;
}

/** Returns a key for a function, however it is given. The functions of one provider share account and Region. */
function idOf(fn: lambda.IFunctionRef): unknown {
  return fixedName(fn) ?? cfnFunctionOf(fn) ?? fn.functionRef.functionName;
}
