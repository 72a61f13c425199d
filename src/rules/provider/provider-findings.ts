/** The one place that knows which rules apply to a capacity provider and what is around it. Knows no CDK. */
import { ELSEWHERE_RULES, elsewhereFacts } from './elsewhere-rules';
import { countZones, networkFacts } from './network-facts';
import { NETWORK_RULES } from './network-rules';
import { OperatorRoleFacts, operatorRoleFacts } from './operator-role-facts';
import { OPERATOR_ROLE_RULES } from './operator-role-rules';
import { PLACE_RULES } from './place-rules';
import { providerFacts, ProviderSurroundings } from './provider-facts';
import { PROVIDER_RULES } from './provider-rules';
import { Fact, isKnown, UNKNOWN } from '../../reading/fact';
import { PropertySource } from '../../reading/property-source';
import { ResourceGraph } from '../../reading/resource-graph';
import { CAPACITY_PROVIDER, Place, ResourceView } from '../../reading/resource-view';
import { StatedNetwork, SubnetFacts } from '../../reading/stated-network';
import { Finding, findingsOf } from '../findings';
import { FleetSurroundings } from '../fleet/fleet-facts';
import { Level, RuleContext } from '../rule';

/** A capacity provider as it stands among the resources of its app. */
export interface ProviderInApp {
  readonly provider: ResourceView;
  readonly graph: ResourceGraph<ResourceView>;
}

/** How to read what is around a provider. */
export interface AppAround {
  readonly network: () => ProviderInApp;
  readonly operatorRole: () => OperatorRoleFacts | undefined;
  readonly placeOf: (key: object) => Place | undefined;
  /** The policy of a key as a text. */
  readonly policyOf: (key: object) => Fact<string>;
}

/** What only constructs know. */
export interface Stated extends Pick<ProviderSurroundings, 'vpcRegion' | 'ownKey' | 'keyGranted'> {
  readonly network?: StatedNetwork;
  readonly logGroup?: Place;
}

/** What there is to say about a provider. */
export function findingsOfProvider(
  { properties, place }: Pick<ResourceView, 'properties' | 'place'>, app: AppAround, stated: Stated, providersInStack: () => Fact<number>,
  context: RuleContext, wanted?: Level[],
): Finding[] {
  const network = networkFacts(app.network, stated.network);
  const facts = providerFacts(properties, {
    ...stated,
    region: place.region,
    get foreign() { return network.foreign; },
    get providersInStack() { return providersInStack(); },
  });
  const role = app.operatorRole();
  return [
    ...findingsOf(PROVIDER_RULES, facts, context, wanted),
    ...findingsOf(PLACE_RULES, place, context, wanted),
    ...findingsOf(ELSEWHERE_RULES, elsewhereFacts(properties, place, { ...app, logGroup: stated.logGroup }), context, wanted),
    ...findingsOf(NETWORK_RULES, network, context, wanted),
    ...role ? findingsOf(OPERATOR_ROLE_RULES, role, context, wanted) : [],
  ];
}

/** What there is to say about a provider in a template, which shows overrides, too. */
export function findingsInTemplate(provider: ResourceView, graph: ResourceGraph<ResourceView>, context: RuleContext, stated: Stated = {}): Finding[] {
  const app: AppAround = {
    network: () => ({ provider, graph }),
    operatorRole: () => operatorRoleFacts(provider, graph),
    placeOf: (key) => graph.resource(key)?.place,
    policyOf: (key) => textOf(graph.resource(key)?.properties, 'keyPolicy'),
  };
  const providersInStack = () => graph.ofType(CAPACITY_PROVIDER).filter(({ place }) => place === provider.place).length;
  return findingsOfProvider(provider, app, stated, providersInStack, context);
}

/** What the resources around a provider say about its subnets, for what all its functions need. */
export function surroundingsInTemplate(provider: ResourceView, graph: ResourceGraph<ResourceView>, { network: stated }: Stated): FleetSurroundings {
  let subnets: readonly SubnetFacts[] | undefined;
  const read = () => (subnets ??= networkFacts(() => ({ provider, graph }), stated).subnets);
  return {
    get zones() {
      const zones = stated?.hasUnknownZones ? UNKNOWN : countZones(read().map(({ zone }) => zone));
      return isKnown(zones) && zones > 0 ? zones : undefined;
    },
    get subnetAddresses() { return read().map(({ addresses }) => addresses); },
  };
}

/** A block as a text. */
function textOf(properties: PropertySource | undefined, ...path: string[]): Fact<string> {
  const entries = properties?.entries(...path);
  return isKnown(entries) ? entries.map((entry) => entry.identity()).join() : UNKNOWN;
}
