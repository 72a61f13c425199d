/** Reads the fleets among constructs, and judges each by what all its functions need together. */
import { CfnResource } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { surroundingsOf } from './judge-provider';
import { viewOf } from '../reading/constructs/construct-views';
import { cfnCapacityProviderOf, keyOf } from '../reading/constructs/resource-behind';
import { Fact } from '../reading/fact';
import { isManaged } from '../reading/lambda-references';
import { ResourceGraph } from '../reading/resource-graph';
import { FUNCTION, ResourceView } from '../reading/resource-view';
import { scalingSchedulesOf } from '../reading/scaling-schedules';
import { attachmentsAmong, attachmentsOf, providerOf } from '../registry/attachments';
import { LambdaResources, settledResourcesOf, stageAround } from '../registry/lambda-resources';
import { architectureOfProvider, sharedArchitecture } from '../registry/provider-architecture';
import { providerProperties } from '../registry/provider-properties';
import { Attachment, knownRecordOf, limitsOf } from '../registry/provider-record';
import { Finding } from '../rules/findings';
import { FleetFacts, fleetFacts, FunctionOfFleet } from '../rules/fleet/fleet-facts';
import { FLEET_JUDGE } from '../rules/fleet/fleet-judge';
import { judgeFunctions } from '../rules/function/judge-functions';
import { Judgement } from '../rules/judge';
import { codeContext, Moment, RuleContext } from '../rules/rule';

/** A capacity provider that the library knows, with its functions in one stage. */
export interface Fleet {
  readonly provider: IConstruct;
  readonly functions: ResourceView[];
  /** The architecture that the functions must have. */
  readonly architecture: Fact<string>;
  readonly context: RuleContext;
}

/** Returns the fleets with functions in a stage, by the key of their provider. */
export function fleetsOf(graph: ResourceGraph<ResourceView>, imports: readonly lambda.ICapacityProviderRef[]): Map<IConstruct, Fleet> {
  const functionsOf = new Map<IConstruct, ResourceView[]>();
  for (const fn of graph.resources) {
    if (fn.type !== FUNCTION || !isManaged(fn)) continue;
    const provider = providerOf(fn.key as lambda.CfnFunction, imports);
    if (!provider) continue;
    const functions = functionsOf.get(provider);
    if (functions) functions.push(fn);
    else functionsOf.set(provider, [fn]);
  }
  const fleets = new Map<IConstruct, Fleet>();
  for (const [provider, functions] of functionsOf) {
    const { limits, attachments } = knownRecordOf(provider) ?? {};
    if (!limits || !attachments) continue;
    const present = new Set<unknown>(functions.map(({ key }) => key));
    const first = attachments.find(({ resource }) => present.has(resource))?.resource ?? functions[0].key as lambda.CfnFunction;
    fleets.set(provider, { provider, functions, architecture: architectureOfProvider(provider, first), context: codeContext(limits) });
  }
  return fleets;
}

/** The places where a provider is read next: in our own rules, which resolve a single value, and in CDK's template and `tree.json`. */
const RENDERED_IN = [undefined, 'Resources', 'aws:cdk:cloudformation:props'];

/** Lets each provider of these fleets render the architecture that its functions share, without searching for the functions again. */
export function settleArchitectures(fleets: Map<IConstruct, Fleet>): void {
  for (const [provider, { functions }] of fleets) {
    const record = knownRecordOf(provider);
    if (record?.architectureToCome === undefined) continue;
    const resources = functions.map(({ key }) => key as lambda.CfnFunction);
    const present = new Set(resources);
    // If a function was attached in another stage or removed, the functions are searched again when the provider is rendered.
    const isAll = record.attachments.every(({ resource }) => present.has(resource));
    record.architectureAtRendering = isAll ? { value: sharedArchitecture(resources), takers: new Set(RENDERED_IN) } : undefined;
  }
}

/** Judges each fleet of a stage by what all its functions need together. */
export function judgeFleets(graph: ResourceGraph<ResourceView>, fleets: Map<IConstruct, Fleet>): Judgement<IConstruct>[] {
  return [...fleets.values()].map(({ provider, functions, architecture, context }) => ({
    resource: provider,
    findings: FLEET_JUDGE.judge(
      { fleet: factsOf(provider, architecture, functions.map((fn) => withVersions(fn, graph)), true) }, Moment.SYNTHESIS, context,
    ),
  }));
}

/** Reads one fleet as it is at this moment. */
export function readFleet(provider: lambda.ICapacityProviderRef, graph: ResourceGraph<ResourceView> = graphAround(provider)): FleetFacts {
  return factsOfAttached(provider, attachmentsOf(provider), graph, false);
}

const FLEETS = new WeakMap<LambdaResources, Map<IConstruct, FleetFacts>>();

/** Reads one fleet during validation and rendering, when nothing changes any more. Each fleet is read once. */
export function readSettledFleet(provider: lambda.ICapacityProviderRef): FleetFacts {
  const found = settledResourcesOf(stageAround(provider));
  const fleets = FLEETS.get(found) ?? new Map<IConstruct, FleetFacts>();
  FLEETS.set(found, fleets);
  const fleet = fleets.get(provider) ?? factsOfAttached(provider, attachmentsAmong(provider, found), found.graph, true);
  fleets.set(provider, fleet);
  return fleet;
}

/** Judges each function of one fleet by itself, for a plan or a report. */
export function judgeFunctionsOn(provider: lambda.ICapacityProviderRef, graph: ResourceGraph<ResourceView>): Finding[] {
  const context = codeContext(limitsOf(provider));
  const resources = attachmentsOf(provider).map(({ resource }) => resource);
  const own = new Set<object>(resources);
  const architecture = architectureOfProvider(keyOf(provider), resources[0]);
  const around = { contextOf: ({ key }: ResourceView) => (own.has(key) ? context : undefined), architectureOf: () => architecture };
  return judgeFunctions(graph, around, Moment.TEMPLATE).flatMap(({ findings }) => findings);
}

/** The Lambda resources that are synthesised together with a construct. */
export function graphAround(construct: IConstruct): ResourceGraph<ResourceView> {
  return new LambdaResources(stageAround(construct)).graph;
}

function factsOfAttached(
  provider: lambda.ICapacityProviderRef, attached: readonly Attachment[], graph: ResourceGraph<ResourceView>, isSynthesis: boolean,
): FleetFacts {
  const functions = attached.map(({ resource }) => {
    const fn = viewOf(resource);
    // The versions of a function are in its own stage, which may differ from the provider's.
    return withVersions(fn, graph.has(resource) ? graph : graphAround(resource));
  });
  const key = keyOf(provider);
  return factsOf(key, architectureOfProvider(key, attached[0]?.resource), functions, isSynthesis);
}

function withVersions(fn: ResourceView, graph: ResourceGraph<ResourceView>): FunctionOfFleet {
  return {
    function: fn, numberedVersions: graph.numberedVersionsOf(fn), schedules: scalingSchedulesOf(fn, graph), stack: (fn.key as CfnResource).stack,
  };
}

function factsOf(provider: IConstruct, architecture: Fact<string>, functions: FunctionOfFleet[], isSynthesis: boolean): FleetFacts {
  const resource = cfnCapacityProviderOf(provider);
  return fleetFacts(providerProperties(provider), architecture, functions, resource ? surroundingsOf(resource, isSynthesis) : { elsewhere: true });
}
