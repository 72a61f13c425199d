/** Assesses what it takes to run standard functions on managed instances, and how much load makes it pay. Doesn't import CDK. */
import { PaysFrom, PaysFromEstimates } from './pays-from';
import { proposedEnvironment, ProposedEnvironment } from './proposed-environment';
import { Trigger, triggersOf } from './triggers';
import { LoadFacts } from '../planning/function-estimate';
import { CapacityPlanOptions } from '../planning/plan-options';
import { Caller, callersIn } from '../reading/callers';
import { isKnown, UNKNOWN } from '../reading/fact';
import { isManaged } from '../reading/lambda-references';
import { ResourceGraph } from '../reading/resource-graph';
import { FUNCTION, ResourceView } from '../reading/resource-view';
import { certainFindings } from '../rules/certain-findings';
import { ALL_LEVELS, Finding } from '../rules/findings';
import { FunctionFacts, functionFacts, UNKNOWN_SURROUNDINGS } from '../rules/function/function-facts';
import { FUNCTION_JUDGE } from '../rules/function/function-judge';
import { gpuFactsIfAny } from '../rules/function/gpu-facts';
import { RELATIVE_JUDGE, RELATIVES } from '../rules/function/relative-judge';
import { Level, Moment, RuleContext } from '../rules/rule';

/** The assessment of one function on standard Lambda. */
export interface AssessedFunction<View extends ResourceView = ResourceView> {
  readonly resource: View;
  /** The findings that Lambda would refuse on managed instances. */
  readonly mustChange: Finding[];
  /** The findings that Lambda would accept, but that may surprise. */
  readonly lookAt: Finding[];
  /** The facts that the app doesn't show, in words. */
  readonly unknown: string[];
  /** The resources that call the function and must call its successor instead. */
  readonly triggers: Trigger[];
  readonly environment: ProposedEnvironment;
  /** The load from which managed instances cost less. Absent if a size or a price isn't known. */
  readonly paysFrom?: PaysFrom;
}

/** The options of an assessment. */
export interface MigrationOptions<View extends ResourceView> {
  readonly context: RuleContext;
  readonly prices: CapacityPlanOptions;
  /** Returns the load of a function, if it was given. */
  loadOf(fn: View): LoadFacts | undefined;
  /** Whether a function is to be assessed. */
  isWanted?(fn: View): boolean;
}

/** Assesses all functions that are on no capacity provider. */
export function assessMigration<View extends ResourceView>(graph: ResourceGraph<View>, options: MigrationOptions<View>): AssessedFunction<View>[] {
  const callers = callersIn(graph);
  const relatives = relativesIn(graph);
  const estimates = new PaysFromEstimates(options.prices, options.context);
  return graph.ofType(FUNCTION)
    .filter((fn) => fn.isLeftOut !== true && !isManaged(fn) && (options.isWanted?.(fn) ?? true))
    .map((fn) => assessFunction(fn, { graph, callers: callers.get(fn.key) ?? [], relatives: relatives.get(fn.key) ?? [], estimates }, options));
}

/** The resources and facts around one function of an app. */
interface Surroundings<View extends ResourceView> {
  readonly graph: ResourceGraph<View>;
  readonly callers: readonly Caller[];
  readonly relatives: readonly View[];
  readonly estimates: PaysFromEstimates;
}

function assessFunction<View extends ResourceView>(
  resource: View, { graph, callers, relatives, estimates }: Surroundings<View>, { context, loadOf }: MigrationOptions<View>,
): AssessedFunction<View> {
  const facts = functionFacts(resource.properties);
  const load = loadOf(resource);
  const environment = proposedEnvironment(facts, load, context.limits);
  const findings = [
    ...certainFindings(resource, () => FUNCTION_JUDGE.judge({
      managed: {
        ...facts, ...UNKNOWN_SURROUNDINGS, place: resource.place, runsAtEdge: graph.runsAtEdge(resource), language: resource.language ?? UNKNOWN,
      },
      gpu: gpuFactsIfAny(resource.properties, undefined, false),
    }, Moment.TEMPLATE, context)),
    ...relatives.flatMap((relative) => certainFindings(relative, () => (
      RELATIVE_JUDGE.judge(RELATIVES[relative.type](relative, { function: resource, graph, callers: [] }), Moment.TEMPLATE, context)
    ))),
  ].sort((a, b) => ALL_LEVELS.indexOf(a.level) - ALL_LEVELS.indexOf(b.level));
  return {
    resource,
    mustChange: findings.filter(({ level }) => level === Level.ERROR),
    lookAt: findings.filter(({ level }) => level !== Level.ERROR),
    unknown: unknownOf(facts, resource),
    triggers: triggersOf(new Set([...relatives, ...callers.map((caller) => caller.resource)])),
    environment,
    paysFrom: estimates.of(resource, environment, load),
  };
}

/** Returns the versions, aliases and other resources that belong to a function, by the key of the function. */
function relativesIn<View extends ResourceView>(graph: ResourceGraph<View>): Map<unknown, View[]> {
  const relatives = new Map<unknown, View[]>();
  for (const relative of Object.keys(RELATIVES).flatMap((type) => graph.ofType(type))) {
    const key = graph.functionOf(relative)?.key;
    if (relatives.get(key)?.push(relative) === undefined) relatives.set(key, [relative]);
  }
  return relatives;
}

/** Returns the facts that decide whether a function can move but aren't known before deployment. */
function unknownOf(facts: FunctionFacts, { properties }: ResourceView): string[] {
  const { runtime, memorySize, timeout, inVpc, mountsFileSystem, snapStart, logFormat } = facts;
  const isImage = properties.string('packageType') === 'Image';
  const values = { memorySize, timeout, vpcConfig: inVpc, fileSystemConfigs: mountsFileSystem, snapStart, logFormat };
  return [
    ...isKnown(runtime) ? [] : [isImage ? 'the runtime inside the container image' : 'the runtime'],
    ...Object.entries(values).filter(([, fact]) => fact === UNKNOWN).map(([name]) => name),
    'whether the code serves several requests at once: rehearse it',
  ];
}
