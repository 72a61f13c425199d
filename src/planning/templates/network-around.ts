/** Counts the resources of templates around a fleet that cost money. */
import { Fact, isKnown } from '../../reading/fact';
import { Reference } from '../../reading/property-source';
import { ResourceGraph } from '../../reading/resource-graph';
import { NAT_GATEWAY, ResourceView, SUBNET, VPC_ENDPOINT } from '../../reading/resource-view';
import { vpcOf } from '../../rules/provider/subnet-facts';
import { AroundFleet } from '../cost-lines';

/** Counts the egress of a VPC that these templates create. An existing VPC is paid for anyway. */
export function networkAroundProvider(provider: ResourceView, graph: ResourceGraph<ResourceView>): Pick<AroundFleet, 'natGateways' | 'endpointZones'> {
  const subnetIds = provider.properties.items('vpcConfig', 'subnetIds');
  const vpcs = new Set(isKnown(subnetIds) ? subnetIds.map((id) => vpcBehind(graph.target(id.reference()), graph)) : []);
  vpcs.delete(undefined);
  const isHere = (resource: ResourceView | undefined) => vpcs.has(vpcBehind(resource, graph));
  const present = (type: string) => graph.ofType(type).filter(({ isLeftOut }) => isLeftOut !== true);
  const endpoints = present(VPC_ENDPOINT).filter((endpoint) => endpoint.properties.string('vpcEndpointType') === 'Interface' && isHere(endpoint));
  return {
    natGateways: present(NAT_GATEWAY).filter(({ properties }) => isHere(graph.target(properties.reference('subnetId')))).length,
    endpointZones: endpoints.reduce((sum, { properties }) => sum + countOf(properties.items('subnetIds')), 0),
  };
}

/** Returns the VPC of a resource. Undefined if it isn't in the templates. */
function vpcBehind(resource: ResourceView | undefined, graph: ResourceGraph<ResourceView>): object | undefined {
  if (resource?.type !== SUBNET && resource?.type !== VPC_ENDPOINT) return undefined;
  const vpc: Fact<Reference> = vpcOf(resource, graph);
  return isKnown(vpc) ? vpc.key : undefined;
}

function countOf(items: Fact<unknown[]>): number {
  return isKnown(items) ? items.length : 0;
}
