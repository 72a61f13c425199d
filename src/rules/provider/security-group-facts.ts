/** Reads the facts about a security group from the resources of an app: whether it allows outbound HTTPS, and its number of inbound rules. */
import { NetworkIndex } from './network-index';
import { anyOf, Fact, isKnown, UNKNOWN } from '../../reading/fact';
import { PropertySource } from '../../reading/property-source';
import { ResourceGraph } from '../../reading/resource-graph';
import { ResourceView } from '../../reading/resource-view';
import { SecurityGroupFacts } from '../../reading/stated-network';

const HTTPS = 443;

/** Reads a security group of an app. */
export function securityGroupFacts(group: ResourceView, graph: ResourceGraph<ResourceView>): SecurityGroupFacts {
  const index = NetworkIndex.of(graph);
  return { outboundHttps: letsHttpsOut(group, index), inboundRules: countInboundRules(group, index) };
}

function letsHttpsOut(group: ResourceView, index: NetworkIndex): Fact<boolean> {
  const inline = group.properties.items('securityGroupEgress');
  if (inline === UNKNOWN) return UNKNOWN;
  const { own, loose } = index.egressRulesOf(group);
  const rules = [...inline ?? [], ...own.map(({ properties }) => properties)].filter((rule) => rule.has());
  // EC2 adds a rule that allows all outbound traffic to a group without outbound rules.
  if (rules.length === 0) return loose.length > 0 ? UNKNOWN : true;
  return anyOf([...rules.map(coversHttps), ...loose.length > 0 ? [UNKNOWN as typeof UNKNOWN] : []]);
}

function countInboundRules(group: ResourceView, index: NetworkIndex): Fact<number> {
  const inline = group.properties.items('securityGroupIngress');
  if (inline === UNKNOWN) return UNKNOWN;
  return (inline ?? []).filter((rule) => rule.has()).length + index.ingressRulesOf(group).own.length;
}

function coversHttps(rule: PropertySource): Fact<boolean> {
  const protocol = rule.text('ipProtocol');
  const from = rule.number('fromPort');
  const to = rule.number('toPort');
  if (!isKnown(protocol) || protocol.includes('${') || from === UNKNOWN || to === UNKNOWN) return UNKNOWN;
  if (protocol === '-1') return true;
  return ['tcp', '6'].includes(protocol.toLowerCase()) && isKnown(from) && isKnown(to) && from <= HTTPS && HTTPS <= to;
}
