/** Finds the NAT instances of capacity providers in finished templates, and checks them. */
import { inboundRule } from './nat-instance-rules';
import { PROVIDER_JUDGE } from './provider-judge';
import { isKnown } from '../../reading/fact';
import { PropertySource } from '../../reading/property-source';
import { ResourceGraph } from '../../reading/resource-graph';
import { CAPACITY_PROVIDER, ResourceView } from '../../reading/resource-view';
import { certainFindings } from '../certain-findings';
import { Judgement } from '../judge';
import { Moment, RuleContext } from '../rule';

/** Judges the security group of each NAT instance that is the default route of a capacity provider's subnet. */
export function judgeNatInstances<View extends ResourceView>(
  graph: ResourceGraph<View>, contextOf: (resource: View) => RuleContext,
): Judgement<View>[] {
  const subnets = named(graph.ofType(CAPACITY_PROVIDER), 'vpcConfig', 'subnetIds');
  const associations = graph.ofType('AWS::EC2::SubnetRouteTableAssociation').filter((association) => names(association, subnets, 'subnetId'));
  const tables = named(associations, 'routeTableId');
  const routes = graph.ofType('AWS::EC2::Route').filter((route) => isDefault(route) && names(route, tables, 'routeTableId'));
  const targets = new Set([...named(routes, 'instanceId'), ...named(routes, 'networkInterfaceId')]);
  const machines = [...targets].flatMap((key) => graph.resource(key) ?? []);
  const groups = new Set(['securityGroupIds', 'networkInterfaces', 'groupSet'].flatMap((property) => [...named(machines, property)]));
  return graph.ofType('AWS::EC2::SecurityGroup').filter(({ key }) => groups.has(key)).map((resource) => ({
    resource,
    findings: certainFindings(resource, () => (
      PROVIDER_JUDGE.judge({ natInstance: { inboundRules: rulesOf(resource, graph).map(inboundRule) } }, Moment.TEMPLATE, contextOf(resource))
    )),
  }));
}

function isDefault({ properties }: ResourceView): boolean {
  return properties.string('destinationCidrBlock') === '0.0.0.0/0' || properties.string('destinationIpv6CidrBlock') === '::/0';
}

function rulesOf(group: ResourceView, graph: ResourceGraph<ResourceView>): PropertySource[] {
  const inline = group.properties.items('securityGroupIngress');
  const standalone = graph.ofType('AWS::EC2::SecurityGroupIngress').filter((rule) => names(rule, new Set([group.key]), 'groupId'));
  return [...isKnown(inline) ? inline : [], ...standalone.map(({ properties }) => properties)];
}

/** Returns the resources that other resources refer to in a property. */
function named(resources: readonly ResourceView[], ...path: string[]): Set<object> {
  return new Set(resources.flatMap(({ properties }) => properties.references(...path)).flatMap(({ key }) => key ?? []));
}

function names(resource: ResourceView, keys: Set<object>, ...path: string[]): boolean {
  return [...named([resource], ...path)].some((key) => keys.has(key));
}
