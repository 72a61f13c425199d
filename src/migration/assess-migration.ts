/** Assesses what it takes to run standard functions on managed instances, and from which load on it pays. Knows no CDK. */
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

/** What is said of one function on standard Lambda. */
export interface AssessedFunction<View extends ResourceView = ResourceView> {
  readonly resource: View;
  /** What Lambda would refuse on managed instances. */
  readonly mustChange: Finding[];
  /** What would be let through, and may surprise. */
  readonly lookAt: Finding[];
  /** What the app doesn't tell, in words. */
  readonly unknown: string[];
  /** What calls it, and has to call its successor. */
  readonly triggers: Trigger[];
  readonly environment: ProposedEnvironment;
  /** Absent where a size or a price isn't known. */
  readonly paysFrom?: PaysFrom;
}

/** With what functions are assessed. */
export interface MigrationOptions<View extends ResourceView> {
  readonly context: RuleContext;
  readonly prices: CapacityPlanOptions;
  /** How much a function is used, where somebody said it. */
  loadOf(fn: View): LoadFacts | undefined;
  /** Whether a function is of concern. */
  isWanted?(fn: View): boolean;
}

/** All functions that are on no capacity provider. */
export function assessMigration<View extends ResourceView>(graph: ResourceGraph<View>, options: MigrationOptions<View>): AssessedFunction<View>[] {
  const callers = callersIn(graph);
  const relatives = relativesIn(graph);
  const estimates = new PaysFromEstimates(options.prices, options.context);
  return graph.ofType(FUNCTION)
    .filter((fn) => fn.isLeftOut !== true && !isManaged(fn) && (options.isWanted?.(fn) ?? true))
    .map((fn) => assessFunction(fn, { graph, callers: callers.get(fn.key) ?? [], relatives: relatives.get(fn.key) ?? [], estimates }, options));
}

/** What an app says about one of its functions elsewhere. */
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

/** Returns versions, aliases and whatever else belongs to a function, by the key of the function. */
function relativesIn<View extends ResourceView>(graph: ResourceGraph<View>): Map<unknown, View[]> {
  const relatives = new Map<unknown, View[]>();
  for (const relative of Object.keys(RELATIVES).flatMap((type) => graph.ofType(type))) {
    const key = graph.functionOf(relative)?.key;
    if (relatives.get(key)?.push(relative) === undefined) relatives.set(key, [relative]);
  }
  return relatives;
}

/** What decides whether a function can move, and isn't known before deployment. */
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
