import { CfnResource, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { FleetFacts, fleetFacts, FunctionOfFleet } from './fleet-facts';
import { FLEET_RULES } from './fleet-rules';
import { lambdaViewsBelow, viewOf } from '../../reading/constructs/construct-views';
import { isManaged, providerKey } from '../../reading/lambda-references';
import { ResourceGraph } from '../../reading/resource-graph';
import { FUNCTION, ResourceView } from '../../reading/resource-view';
import { architectureOfProvider } from '../../registry/provider-architecture';
import { attachmentOf, attachmentsOf, cfnCapacityProviderOf, keyOf, limitsOf } from '../../registry/provider-record';
import { providerProperties } from '../../registry/stated-provider';
import { Finding, findingsOf, PRINTED_LEVELS } from '../findings';
import { assessManagedFunctions } from '../function/assess';
import { surroundingsOf } from '../provider/judge-provider';
import { codeContext } from '../rule';

/** A capacity provider that the library knows, and what there is to say about all that runs on it. */
export interface JudgedFleet {
  readonly provider: IConstruct;
  readonly findings: Finding[];
}

/** Judges each fleet of a stage by what all its functions need together. */
export function judgeFleets(graph: ResourceGraph<ResourceView>): JudgedFleet[] {
  return [...functionsByProvider(graph)].flatMap(([provider, functions]) => {
    const limits = limitsOf(provider);
    return limits ? [{ provider, findings: findingsOf(FLEET_RULES, factsOf(provider, functions, graph), codeContext(limits), PRINTED_LEVELS) }] : [];
  });
}

/** Reads one fleet as it stands at this moment. */
export function readFleet(provider: IConstruct, graph: ResourceGraph<ResourceView> = graphAround(provider)): FleetFacts {
  const key = keyOf(provider);
  const elsewhere = attachmentsOf(key).map(({ resource }) => resource).filter((resource) => !graph.has(resource));
  // Its versions are synthesised together with a function, in another stage than the provider.
  const withVersions = elsewhere.map((resource) => {
    const fn = viewOf(resource);
    return { function: fn, numberedVersions: graphAround(resource).numberedVersionsOf(fn), stack: resource.stack };
  });
  return factsOf(key, functionsByProvider(graph).get(key) ?? [], graph, withVersions);
}

/** What there is to say about the functions of one fleet, each by itself. */
export function findingsOfFunctions(provider: IConstruct, graph: ResourceGraph<ResourceView>): Finding[] {
  const context = codeContext(limitsOf(provider));
  const own = new Set((functionsByProvider(graph).get(keyOf(provider)) ?? []).map(({ key }) => key));
  const architectureOf = ({ key }: ResourceView) => architectureOfProvider(key as lambda.CfnCapacityProvider);
  return assessManagedFunctions(graph, ({ key }) => (own.has(key) ? context : undefined), architectureOf).flatMap(({ findings }) => findings);
}

/** The Lambda resources that are synthesised together with a construct. */
export function graphAround(construct: IConstruct): ResourceGraph<ResourceView> {
  return new ResourceGraph(lambdaViewsBelow(Stage.of(construct) ?? construct.node.root));
}

function factsOf(
  provider: IConstruct, functions: ResourceView[], graph: ResourceGraph<ResourceView>, elsewhere: FunctionOfFleet[] = [],
): FleetFacts {
  const resource = cfnCapacityProviderOf(provider);
  return fleetFacts(
    providerProperties(provider),
    architectureOfProvider(provider),
    [
      ...functions.map((fn) => ({ function: fn, numberedVersions: graph.numberedVersionsOf(fn), stack: (fn.key as CfnResource).stack })),
      ...elsewhere,
    ],
    resource ? surroundingsOf(resource) : { elsewhere: true },
  );
}

/** By whatever route they were attached. */
function functionsByProvider(graph: ResourceGraph<ResourceView>): Map<IConstruct, ResourceView[]> {
  const fleets = new Map<IConstruct, ResourceView[]>();
  for (const fn of graph.resources) {
    if (fn.type !== FUNCTION || !isManaged(fn)) continue;
    const attachment = attachmentOf(fn.key as lambda.CfnFunction);
    const provider = attachment ? keyOf(attachment.provider) : providerKey(fn) as IConstruct | undefined;
    if (!provider) continue;
    const functions = fleets.get(provider);
    if (functions) functions.push(fn);
    else fleets.set(provider, [fn]);
  }
  return fleets;
}
