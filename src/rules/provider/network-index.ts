/** Finds the resources that belong to a subnet, a route table or a security group, if they are resources of their own. */
import { isKnown } from '../../reading/fact';
import { ResourceGraph } from '../../reading/resource-graph';
import {
  NAT_GATEWAY, ResourceView, ROUTE, ROUTE_TABLE_ASSOCIATION, SECURITY_GROUP_EGRESS, SECURITY_GROUP_INGRESS, VPC_ENDPOINT, VPN_PROPAGATION,
} from '../../reading/resource-view';
import { inEachWorld } from '../../reading/worlds';

/** The resources that refer to another resource, and those that may. */
export interface Belongings {
  readonly own: readonly ResourceView[];
  /** The resources whose references can't be read. */
  readonly loose: readonly ResourceView[];
}

interface Index {
  readonly byKey: Map<object, ResourceView[]>;
  readonly loose: ResourceView[];
}

const NAME_OF_THE_OWNER: Readonly<Record<string, string>> = {
  [ROUTE_TABLE_ASSOCIATION]: 'subnetId',
  [ROUTE]: 'routeTableId',
  [SECURITY_GROUP_EGRESS]: 'groupId',
  [SECURITY_GROUP_INGRESS]: 'groupId',
};

const INDICES = new WeakMap<ResourceGraph<ResourceView>, NetworkIndex>();

/** An index of the network resources of an app by the resource that they belong to. Created once for each graph. */
export class NetworkIndex {
  public static of(graph: ResourceGraph<ResourceView>): NetworkIndex {
    const index = INDICES.get(graph) ?? new NetworkIndex(graph);
    INDICES.set(graph, index);
    return index;
  }

  private readonly indices = new Map<string, Index>();

  private constructor(private readonly graph: ResourceGraph<ResourceView>) {}

  public associationsOf(subnet: ResourceView): Belongings {
    return this.belongings(ROUTE_TABLE_ASSOCIATION, subnet);
  }

  public routesOf(table: ResourceView): Belongings {
    return this.belongings(ROUTE, table);
  }

  public egressRulesOf(group: ResourceView): Belongings {
    return this.belongings(SECURITY_GROUP_EGRESS, group);
  }

  public ingressRulesOf(group: ResourceView): Belongings {
    return this.belongings(SECURITY_GROUP_INGRESS, group);
  }

  public get endpoints(): readonly ResourceView[] {
    return this.present(VPC_ENDPOINT);
  }

  public get natGateways(): readonly ResourceView[] {
    return this.present(NAT_GATEWAY);
  }

  /** Whether a VPN gateway may put routes into a table. */
  public mayHavePropagatedRoutes(table: ResourceView): boolean {
    return this.present(VPN_PROPAGATION).some(({ properties }) => {
      const tables = properties.items('routeTableIds');
      return !isKnown(tables) || tables.some((entry) => {
        const reference = entry.reference();
        return !isKnown(reference) || reference.key === table.key;
      });
    });
  }

  private present(type: string): readonly ResourceView[] {
    return this.graph.ofType(type).filter(({ isLeftOut }) => isLeftOut !== true);
  }

  /** Returns the resources that refer to another one in the current world. The index has the references of all worlds. */
  private belongings(type: string, owner: ResourceView): Belongings {
    const { byKey, loose } = this.indexOf(type);
    const isOwn = (candidate: ResourceView) => keyOfOwner(candidate) === owner.key;
    const isLoose = (candidate: ResourceView) => keyOfOwner(candidate) === 'unknown';
    const own = (byKey.get(owner.key) ?? []).filter(({ isLeftOut }) => isLeftOut !== true);
    return { own: own.filter(isOwn), loose: [...own, ...loose.filter(({ isLeftOut }) => isLeftOut !== true)].filter(isLoose) };
  }

  private indexOf(type: string): Index {
    const made = this.indices.get(type);
    if (made) return made;
    const index: Index = { byKey: new Map(), loose: [] };
    for (const candidate of this.graph.ofType(type)) {
      for (const key of new Set(inEachWorld(() => keyOfOwner(candidate)))) {
        if (key === undefined) continue;
        if (key === 'unknown') {
          index.loose.push(candidate);
          continue;
        }
        const others = index.byKey.get(key);
        if (others) others.push(candidate);
        else index.byKey.set(key, [candidate]);
      }
    }
    this.indices.set(type, index);
    return index;
  }
}

/** Returns the key of the resource that another one belongs to. Undefined if that isn't in the app. */
function keyOfOwner({ type, properties }: ResourceView): object | 'unknown' | undefined {
  const reference = properties.reference(NAME_OF_THE_OWNER[type]);
  return isKnown(reference) ? reference.key : 'unknown';
}
