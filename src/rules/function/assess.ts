import { functionFacts, hasGpu, ManagedFunctionFacts } from './function-facts';
import { FUNCTION_RULES } from './function-rules';
import { gpuFactsIfAny } from './gpu-facts';
import { GPU_RULES } from './gpu-rules';
import { publishedFacts, PUBLISHED_RULES } from './published-for-nobody';
import { STANDARD_FUNCTION_RULES } from './standard-function-rules';
import { aliasFacts, eventInvokeFacts, eventSourceFacts, functionUrlFacts, invokerFacts, versionFacts } from './version-and-trigger-facts';
import { callersIn } from '../../reading/callers';
import { Fact, isKnown, UNKNOWN } from '../../reading/fact';
import { isManaged, LMI, providerArn } from '../../reading/lambda-references';
import { Reference } from '../../reading/property-source';
import { ResourceGraph } from '../../reading/resource-graph';
import {
  ALIAS, CAPACITY_PROVIDER, EVENT_INVOKE_CONFIG, EVENT_SOURCE_MAPPING, FUNCTION, FUNCTION_URL, HTTP_INTEGRATION, PERMISSION, Place, ResourceView,
  REST_METHOD, SCHEDULE, SUBSCRIPTION, VERSION,
} from '../../reading/resource-view';
import { EXECUTION_ENVIRONMENT_DEFAULTS } from '../../service/execution-environments';
import { certainFindings } from '../certain-findings';
import { Finding, findingsOf } from '../findings';
import { ALIAS_RULES, EVENT_INVOKE_RULES, EVENT_SOURCE_RULES, FUNCTION_URL_RULES, INVOCATION_RULES, VERSION_RULES } from './version-and-trigger-rules';
import { Level, RuleContext } from '../rule';

/** What Lambda takes where a function says nothing; AWS's sources don't all agree. */
const SERVICE_MEMORY = 2048;
const SERVICE_RATIO = EXECUTION_ENVIRONMENT_DEFAULTS.memoryGiBPerVCpu;

/** What a resource violates. */
export interface Assessment<View extends ResourceView = ResourceView> {
  readonly resource: View;
  readonly findings: Finding[];
}

/** Which limits and words count for a resource. */
export type ContextOf = (resource: ResourceView) => RuleContext;

/** The same of a function, undefined where it is none of our concern. */
export type ContextOfFunction = (fn: ResourceView) => RuleContext | undefined;

/** What the architecture of a provider is, where it can be told. */
export type ArchitectureOf = (provider: ResourceView) => Fact<string>;

/** Judges the functions on capacity providers, as far as they are of concern, and what belongs to them. */
export function assessManagedFunctions<View extends ResourceView>(
  graph: ResourceGraph<View>, contextOf: ContextOfFunction, architectureOf: ArchitectureOf, wanted?: Level[],
): Assessment<View>[] {
  const functions = graph.ofType(FUNCTION).map((fn) => ({
    resource: fn,
    findings: certainFindings(fn, () => {
      const context = isManaged(fn) ? contextOf(fn) : undefined;
      return context ? findingsAboutFunction(fn, graph, context, architectureOf, wanted) : [];
    }),
  }));
  const relatives = Object.keys(RELATIVES).flatMap((type) => graph.ofType(type)).map((resource) => ({
    resource,
    findings: certainFindings(resource, () => {
      const fn = graph.managedFunctionOf(resource);
      const context = fn && contextOf(fn);
      return context ? RELATIVES[resource.type](resource, fn, context, wanted) : [];
    }),
  }));
  return [...functions, ...relatives];
}

/** Judges what a finished template alone can tell: nothing will be attached any more, and references are as they will be. */
export function assessTemplateOnly<View extends ResourceView>(graph: ResourceGraph<View>, contextOf: ContextOf): Assessment<View>[] {
  const forgotten = graph.ofType(FUNCTION).map((resource) => ({
    resource,
    findings: certainFindings(resource, () => (isManaged(resource) ? [] : [
      ...findingsOf(STANDARD_FUNCTION_RULES, functionFacts(resource.properties), contextOf(resource)),
      ...gpuFindings(resource, contextOf(resource)),
    ])),
  }));
  return [...forgotten, ...assessPublished(graph, contextOf)];
}

/** Whether `$LATEST.PUBLISHED` keeps environments for somebody. */
function assessPublished<View extends ResourceView>(graph: ResourceGraph<View>, contextOf: ContextOf): Assessment<View>[] {
  const callers = callersIn(graph);
  return graph.ofType(FUNCTION).filter((fn) => isManaged(fn) && callers.has(fn.key)).map((fn) => ({
    resource: fn,
    findings: findingsOf(PUBLISHED_RULES, publishedFacts(fn.properties, callers.get(fn.key)!, graph.numberedVersionsOf(fn)), contextOf(fn)),
  }));
}

type FindingsAboutRelative = (resource: ResourceView, fn: ResourceView, context: RuleContext, wanted?: Level[]) => Finding[];

const RELATIVES: Record<string, FindingsAboutRelative> = {
  [VERSION]: (resource, fn, context, wanted) => findingsOf(VERSION_RULES, versionFacts(resource, hasGpu(fn.properties)), context, wanted),
  [ALIAS]: (resource, _, context, wanted) => findingsOf(ALIAS_RULES, aliasFacts(resource), context, wanted),
  [EVENT_SOURCE_MAPPING]: (resource, _, context, wanted) => findingsOf(EVENT_SOURCE_RULES, eventSourceFacts(resource), context, wanted),
  [FUNCTION_URL]: (resource, _, context, wanted) => findingsOf(FUNCTION_URL_RULES, functionUrlFacts(resource), context, wanted),
  [EVENT_INVOKE_CONFIG]: (resource, _, context, wanted) => findingsOf(EVENT_INVOKE_RULES, eventInvokeFacts(resource), context, wanted),
  [PERMISSION]: findingsAboutInvoker,
  [HTTP_INTEGRATION]: findingsAboutInvoker,
  [REST_METHOD]: findingsAboutInvoker,
  [SCHEDULE]: findingsAboutInvoker,
  [SUBSCRIPTION]: findingsAboutInvoker,
};

function findingsAboutInvoker(resource: ResourceView, _: ResourceView, context: RuleContext, wanted?: Level[]): Finding[] {
  return findingsOf(INVOCATION_RULES, invokerFacts(resource), context, wanted);
}

function findingsAboutFunction(
  fn: ResourceView, graph: ResourceGraph<ResourceView>, context: RuleContext, architectureOf: ArchitectureOf, wanted?: Level[],
): Finding[] {
  // Read once: to follow a reference costs more than all other properties together.
  const arn = fn.properties.reference(...LMI, 'capacityProviderArn');
  const target = isKnown(arn) ? graph.resource(arn.key) : undefined;
  const provider = target?.type === CAPACITY_PROVIDER ? target : graph.providerOf(fn);
  return [
    ...findingsOf(FUNCTION_RULES, managedFunctionFacts(fn, graph, arn, provider, architectureOf), context, wanted),
    ...gpuFindings(fn, context, provider, wanted),
  ];
}

function gpuFindings(fn: ResourceView, context: RuleContext, provider?: ResourceView, wanted?: Level[]): Finding[] {
  const facts = gpuFactsIfAny(fn.properties, provider?.properties);
  return facts ? findingsOf(GPU_RULES, facts, context, wanted) : [];
}

function managedFunctionFacts(
  fn: ResourceView, graph: ResourceGraph<ResourceView>, arn: Fact<Reference>, provider: ResourceView | undefined, architectureOf: ArchitectureOf,
): ManagedFunctionFacts {
  const facts = functionFacts(fn.properties);
  return {
    ...facts,
    memorySize: facts.memorySize === undefined ? fn.properties.assumed(SERVICE_MEMORY, `${SERVICE_MEMORY} MB, since none is given`) : facts.memorySize,
    executionEnvironmentMemoryGiBPerVCpu: facts.executionEnvironmentMemoryGiBPerVCpu === undefined
      ? fn.properties.assumed(SERVICE_RATIO, `${SERVICE_RATIO} GiB per vCPU, since no ratio is given`)
      : facts.executionEnvironmentMemoryGiBPerVCpu,
    providerNotByArn: notAnArn(arn, provider),
    place: fn.place,
    providerPlace: provider?.place ?? placeInArn(providerArn(fn)),
    providerArchitecture: provider ? architectureOf(provider) : UNKNOWN,
    numberedVersions: graph.numberedVersionsOf(fn).length,
    runsAtEdge: graph.runsAtEdge(fn),
    language: fn.language ?? UNKNOWN,
  };
}

/** `Ref` of a capacity provider gives its name. */
function notAnArn(reference: Fact<Reference>, provider?: ResourceView): Fact<string> {
  if (!isKnown(reference)) return UNKNOWN;
  if (reference.key) return provider && reference.attribute === 'Ref' ? `the name of ${provider.name}` : UNKNOWN;
  return reference.text.startsWith('arn:') ? undefined : JSON.stringify(reference.text);
}

/** `arn:aws:lambda:eu-west-1:123456789012:capacity-provider:orders` says where it is. */
export function placeInArn(arn: Fact<string>): Place {
  const [, , , region, account] = isKnown(arn) ? arn.split(':') : [];
  return { region: region || UNKNOWN, account: account || UNKNOWN };
}
