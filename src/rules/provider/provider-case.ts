/** Reads a capacity provider and the resources around it. */
import { elsewhereFacts } from './elsewhere-rules';
import { countZones, networkFacts } from './network-facts';
import { OperatorRoleFacts, operatorRoleFacts } from './operator-role-facts';
import { providerFacts, ProviderSurroundings } from './provider-facts';
import { ProviderCase } from './provider-judge';
import { Fact, isKnown, mapFact, UNKNOWN } from '../../reading/fact';
import { PropertySource } from '../../reading/property-source';
import { ResourceGraph } from '../../reading/resource-graph';
import { CAPACITY_PROVIDER, Place, ResourceView } from '../../reading/resource-view';
import { StatedNetwork } from '../../reading/stated-network';
import { FleetSurroundings } from '../fleet/fleet-facts';

/** A capacity provider with the other resources of its app. */
export interface ProviderInApp {
  readonly provider: ResourceView;
  readonly graph: ResourceGraph<ResourceView>;
}

/** The functions that read the resources around a provider. */
export interface AppAround {
  readonly network: () => ProviderInApp;
  readonly operatorRole: () => OperatorRoleFacts | undefined;
  readonly placeOf: (key: object) => Place | undefined;
  /** Returns the policy of a key as text. */
  readonly policyOf: (key: object) => Fact<string>;
}

/** The facts that only constructs know. */
export interface Stated extends Pick<ProviderSurroundings, 'vpcRegion' | 'ownKey' | 'keyGranted'> {
  readonly network?: StatedNetwork;
  readonly logGroup?: Place;
}

/** Reads a provider. Each fact is read on demand. */
export function providerCase(
  { properties, place }: Pick<ResourceView, 'properties' | 'place'>, app: AppAround, stated: Stated, providersInStack: () => Fact<number>,
): ProviderCase {
  const network = networkFacts(app.network, stated.network);
  return {
    provider: providerFacts(properties, {
      ...stated,
      region: place.region,
      get foreign() { return network.foreign; },
      get providersInStack() { return providersInStack(); },
    }),
    place,
    elsewhere: elsewhereFacts(properties, place, { ...app, logGroup: stated.logGroup }),
    network,
    operatorRole: app.operatorRole(),
  };
}

/** Reads a provider in a template, which includes overrides. */
export function providerCaseInTemplate(provider: ResourceView, graph: ResourceGraph<ResourceView>, stated: Stated = {}): ProviderCase {
  const app: AppAround = {
    network: () => ({ provider, graph }),
    operatorRole: () => operatorRoleFacts(provider, graph),
    placeOf: (key) => graph.resource(key)?.place,
    policyOf: (key) => textOf(graph.resource(key)?.properties, 'keyPolicy'),
  };
  const providersInStack = () => graph.ofType(CAPACITY_PROVIDER).filter(({ place }) => place === provider.place).length;
  return providerCase(provider, app, stated, providersInStack);
}

/** Returns the facts about a provider's subnets, to compare them with what all its functions need. Each is read on demand. */
export function fleetSurroundings(find: () => ProviderInApp, stated?: StatedNetwork): FleetSurroundings {
  const network = networkFacts(find, stated);
  return {
    get zones() {
      const zones = mapFact(network.zones, countZones);
      return isKnown(zones) && zones > 0 ? zones : undefined;
    },
    get subnetAddresses() { return network.subnets.map(({ addresses }) => addresses); },
  };
}

/** Returns a block as text. */
function textOf(properties: PropertySource | undefined, ...path: string[]): Fact<string> {
  const entries = properties?.entries(...path);
  return isKnown(entries) ? entries.map((entry) => entry.identity()).join() : UNKNOWN;
}
