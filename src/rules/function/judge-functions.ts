/** Judges the functions among the resources of an app, and the resources that belong to them. */
import { functionFacts, ManagedFunctionFacts, standardFunctionFacts } from './function-facts';
import { FunctionCase, FUNCTION_JUDGE } from './function-judge';
import { gpuFactsIfAny, mayHaveGpus } from './gpu-facts';
import { publishedFacts } from './published-for-nobody';
import { RELATIVE_JUDGE, RELATIVES } from './relative-judge';
import { invocationFacts } from './version-and-trigger-facts';
import { Caller, callersIn, CALLING_TYPES, callsOf } from '../../reading/callers';
import { Fact, isKnown, UNKNOWN } from '../../reading/fact';
import { isManaged, LMI, providerArn, scalingInput } from '../../reading/lambda-references';
import { Reference } from '../../reading/property-source';
import { ResourceGraph } from '../../reading/resource-graph';
import { CAPACITY_PROVIDER, FUNCTION, Place, ResourceView, SCHEDULE } from '../../reading/resource-view';
import { isRaised } from '../../reading/scaling-schedules';
import { inAnyWorld } from '../../reading/worlds';
import { EXECUTION_ENVIRONMENT_DEFAULTS, LATEST_PUBLISHED } from '../../service/execution-environments';
import { certainFindings } from '../certain-findings';
import { Finding } from '../findings';
import { Judgement } from '../judge';
import { Moment, RuleContext } from '../rule';

/** The defaults of Lambda for a function that sets none. AWS's sources don't all agree on them. */
const SERVICE_MEMORY = EXECUTION_ENVIRONMENT_DEFAULTS.memorySize;
const SERVICE_RATIO = EXECUTION_ENVIRONMENT_DEFAULTS.memoryGiBPerVCpu;

/** The facts about functions that their resources don't show. */
export interface AroundFunctions {
  /** The callers of each function, if all callers are known. */
  readonly callers?: ReadonlyMap<object, Caller[]>;
  /**
   * Returns the limits for a function, and the words for findings about it or about a resource that belongs to it. Undefined if the function isn't
   * judged.
   */
  contextOf(fn: ResourceView, about: ResourceView): RuleContext | undefined;
  /** Returns the architecture of a provider, if it is known. */
  architectureOf(provider: ResourceView): Fact<string>;
}

/** Judges functions, and the resources that belong to those on capacity providers. */
export function judgeFunctions<View extends ResourceView>(graph: ResourceGraph<View>, around: AroundFunctions, moment: Moment): Judgement<View>[] {
  // This covers all worlds and is computed once for all functions of a provider.
  const withGpus = new Set<ResourceView>(graph.ofType(CAPACITY_PROVIDER).filter(({ properties }) => (
    inAnyWorld(() => mayHaveGpus(properties)).includes(true)
  )));
  const functions = graph.ofType(FUNCTION).map((resource) => ({
    resource,
    findings: certainFindings(resource, () => {
      const context = around.contextOf(resource, resource);
      return context ? FUNCTION_JUDGE.judge(functionCase(resource, graph, around, withGpus), moment, context) : [];
    }),
  }));
  // Rules about schedules need to know when the work of a function begins.
  const callers = around.callers ?? (graph.ofType(SCHEDULE).some(scalingInput) ? callersIn(graph) : undefined);
  const relatives = RELATED_TYPES.flatMap((type) => graph.ofType(type)).map((resource) => ({
    resource,
    findings: certainFindings(resource, () => [
      ...findingsAboutRelative(resource, graph, { ...around, callers }, moment),
      ...findingsAboutCalls(resource, graph, around, moment),
    ]),
  }));
  return [...functions, ...relatives];
}

/** The types of resources that belong to a function, or call one. */
const RELATED_TYPES = [...new Set([...Object.keys(RELATIVES), ...CALLING_TYPES])];

function findingsAboutRelative(
  resource: ResourceView, graph: ResourceGraph<ResourceView>, { callers, contextOf }: AroundFunctions, moment: Moment,
): Finding[] {
  const read = Object.hasOwn(RELATIVES, resource.type) ? RELATIVES[resource.type] : undefined;
  const fn = read && graph.managedFunctionOf(resource);
  const context = fn && contextOf(fn, resource);
  return context ? RELATIVE_JUDGE.judge(read!(resource, { function: fn, graph, callers: callers?.get(fn.key) ?? [] }), moment, context) : [];
}

/** Returns the findings about calls. A resource may call several functions, but one finding is enough. */
function findingsAboutCalls(resource: ResourceView, graph: ResourceGraph<ResourceView>, { contextOf }: AroundFunctions, moment: Moment): Finding[] {
  return callsOf(resource, graph).flatMap((call) => {
    const context = isManaged(call.fn) ? contextOf(call.fn, resource) : undefined;
    return context ? RELATIVE_JUDGE.judge({ call: invocationFacts(call) }, moment, context) : [];
  }).slice(0, 1);
}

function functionCase(
  fn: ResourceView, graph: ResourceGraph<ResourceView>, { architectureOf, callers }: AroundFunctions, withGpus: Set<ResourceView>,
): FunctionCase {
  const { properties } = fn;
  if (!isManaged(fn)) return { standard: standardFunctionFacts(properties), gpu: gpuFactsIfAny(properties, undefined, false) };
  // The ARN is read once, because following a reference costs more than reading all other properties.
  const arn = properties.reference(...LMI, 'capacityProviderArn');
  const target = isKnown(arn) ? graph.resource(arn.key) : undefined;
  const provider = target?.type === CAPACITY_PROVIDER ? target : graph.providerOf(fn);
  const called = callers?.get(fn.key);
  return {
    managed: managedFunctionFacts(fn, graph, arn, provider, architectureOf),
    gpu: gpuFactsIfAny(properties, provider?.properties, provider !== undefined && withGpus.has(provider)),
    published: called && publishedFacts(properties, called, graph.numberedVersionsOf(fn)),
  };
}

function managedFunctionFacts(
  fn: ResourceView, graph: ResourceGraph<ResourceView>, arn: Fact<Reference>, provider: ResourceView | undefined,
  architectureOf: AroundFunctions['architectureOf'],
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
    isRaised: () => isRaised(LATEST_PUBLISHED, fn, graph),
    language: fn.language ?? UNKNOWN,
  };
}

/** Returns what a function names instead of an ARN. For example, `Ref` of a capacity provider is its name. */
function notAnArn(reference: Fact<Reference>, provider?: ResourceView): Fact<string> {
  if (!isKnown(reference)) return reference === undefined ? 'none' : UNKNOWN;
  // The name as a part of an assembled ARN is right.
  if (reference.key) return provider && reference.attribute === 'Ref' && reference.text === '' ? `the name of ${provider.name}` : UNKNOWN;
  return reference.text.startsWith('arn:') ? undefined : JSON.stringify(reference.text);
}

/** Returns the Region and account in an ARN such as `arn:aws:lambda:eu-west-1:123456789012:capacity-provider:orders`. */
export function placeInArn(arn: Fact<string>): Place {
  const [, , , region, account] = isKnown(arn) ? arn.split(':') : [];
  return { region: region || UNKNOWN, account: account || UNKNOWN };
}
