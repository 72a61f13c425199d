import { Fact, isKnown, UNKNOWN } from './facts/fact';
import { functionFacts, isManaged, ManagedFunctionFacts } from './facts/function-facts';
import { aliasFacts, eventSourceFacts, functionUrlFacts, permissionFacts, RelativeFacts, versionFacts } from './facts/relative-facts';
import { ResourceGraph } from './facts/resource-graph';
import { ALIAS, EVENT_SOURCE_MAPPING, FUNCTION, FUNCTION_URL, PERMISSION, Place, ResourceView, VERSION } from './facts/resource-view';
import { Finding, findingsOf } from './findings';
import { FUNCTION_RULES } from './function-rules';
import { ALIAS_RULES, EVENT_SOURCE_RULES, FUNCTION_URL_RULES, INVOCATION_RULES, VERSION_RULES } from './relative-rules';
import { RuleContext } from './rule';
import { STANDARD_FUNCTION_RULES } from './standard-function-rules';

/** What a resource violates. */
export interface Assessment<View extends ResourceView = ResourceView> {
  readonly resource: View;
  readonly findings: Finding[];
}

/** Which limits and words count for a resource. */
export type ContextOf = (resource: ResourceView) => RuleContext;

/** What the architecture of a provider is, where it can be told. */
export type ArchitectureOf = (provider: ResourceView) => Fact<string>;

/** Judges the functions on capacity providers, as far as they are of concern, and what belongs to them. */
export function assessManagedFunctions<View extends ResourceView>(
  graph: ResourceGraph<View>, contextOf: ContextOf, architectureOf: ArchitectureOf, isOfConcern: (fn: ResourceView) => boolean = () => true,
): Assessment<View>[] {
  return graph.resources.flatMap((resource) => {
    const fn = resource.type === FUNCTION ? resource : graph.managedFunctionOf(resource);
    if (!fn || !isManaged(fn) || !isOfConcern(fn)) return [];
    return [{ resource, findings: findingsAbout(resource, fn, graph, contextOf(fn), architectureOf) }];
  });
}

/** Judges what a finished template alone can tell: nothing will be attached any more, and references are as they will be. */
export function assessTemplateOnly<View extends ResourceView>(graph: ResourceGraph<View>, contextOf: ContextOf): Assessment<View>[] {
  const forgotten = graph.ofType(FUNCTION).filter((fn) => !isManaged(fn)).map((resource) => ({
    resource,
    findings: findingsOf(STANDARD_FUNCTION_RULES, functionFacts(resource.properties), contextOf(resource)),
  }));
  const invocations = graph.resources.filter((resource) => resource.type in INVOKER_FACTS && graph.managedFunctionOf(resource)).map((resource) => ({
    resource,
    findings: findingsOf(INVOCATION_RULES, INVOKER_FACTS[resource.type](resource), contextOf(resource)),
  }));
  return [...forgotten, ...invocations];
}

const INVOKER_FACTS: Record<string, (resource: ResourceView) => RelativeFacts> = {
  [ALIAS]: aliasFacts,
  [EVENT_SOURCE_MAPPING]: eventSourceFacts,
  [FUNCTION_URL]: functionUrlFacts,
  [PERMISSION]: permissionFacts,
};

function findingsAbout(
  resource: ResourceView, fn: ResourceView, graph: ResourceGraph<ResourceView>, context: RuleContext, architectureOf: ArchitectureOf,
): Finding[] {
  switch (resource.type) {
    case FUNCTION: return findingsOf(FUNCTION_RULES, managedFunctionFacts(fn, graph, architectureOf), context);
    case VERSION: return findingsOf(VERSION_RULES, versionFacts(resource, functionFacts(fn.properties).hasGpu), context);
    case ALIAS: return findingsOf(ALIAS_RULES, aliasFacts(resource), context);
    case EVENT_SOURCE_MAPPING: return findingsOf(EVENT_SOURCE_RULES, eventSourceFacts(resource), context);
    case FUNCTION_URL: return findingsOf(FUNCTION_URL_RULES, functionUrlFacts(resource), context);
    default: return [];
  }
}

function managedFunctionFacts(fn: ResourceView, graph: ResourceGraph<ResourceView>, architectureOf: ArchitectureOf): ManagedFunctionFacts {
  const own = functionFacts(fn.properties);
  const provider = graph.providerOf(fn);
  return {
    ...own,
    place: fn.place,
    providerPlace: provider?.place ?? placeInArn(own.capacityProviderArn),
    providerArchitecture: provider ? architectureOf(provider) : UNKNOWN,
    numberedVersions: graph.numberedVersionsOf(fn),
    runsAtEdge: graph.runsAtEdge(fn),
  };
}

/** `arn:aws:lambda:eu-west-1:123456789012:capacity-provider:orders` says where it is. */
export function placeInArn(arn: Fact<string>): Place {
  const [, , , region, account] = isKnown(arn) ? arn.split(':') : [];
  return { region: region || UNKNOWN, account: account || UNKNOWN };
}
