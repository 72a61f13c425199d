/** What a template shows of a security group: read from plain resources, without constructs. */
import { Fact, UNKNOWN } from '../../../src/reading/fact';
import { ResourceGraph } from '../../../src/reading/resource-graph';
import { SECURITY_GROUP } from '../../../src/reading/resource-view';
import { resourcesOf } from '../../../src/reading/templates/templates';
import { securityGroupFacts } from '../../../src/rules/provider/security-group-facts';

const PARAMETER = { Ref: 'Parameter' };
const NOTHING = { Ref: 'AWS::NoValue' };
const HTTPS = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const HTTP = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 };
const OWN = { 'Fn::GetAtt': ['Group', 'GroupId'] };

/** The facts about a group with these properties, beside rules that are resources of their own. */
function group(properties: object, egress: object[] = [], ingress: object[] = []) {
  const rules = [...egress.map((rule) => ['Egress', rule] as const), ...ingress.map((rule) => ['Ingress', rule] as const)];
  const resources = Object.fromEntries(rules.map(([kind, rule], index) => [`Rule${index}`, { Type: `AWS::EC2::SecurityGroup${kind}`, Properties: rule }]));
  const body = { Parameters: { Parameter: { Type: 'String' } }, Resources: { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: properties }, ...resources } };
  const graph = new ResourceGraph(resourcesOf([{ file: 'template.json', body }]));
  return securityGroupFacts(graph.ofType(SECURITY_GROUP)[0], graph);
}

test.each<[string, object, Fact<boolean>]>([
  ['HTTPS', HTTPS, true],
  ['everything', { IpProtocol: '-1' }, true],
  ['TCP in capitals', { ...HTTPS, IpProtocol: 'TCP' }, true],
  ['TCP by its number', { ...HTTPS, IpProtocol: '6' }, true],
  ['ports up to HTTPS', { ...HTTPS, FromPort: 1 }, true],
  ['ports from HTTPS on', { ...HTTPS, ToPort: 8080 }, true],
  ['the port below HTTPS', { ...HTTPS, FromPort: 442, ToPort: 442 }, false],
  ['the port above HTTPS', { ...HTTPS, FromPort: 444, ToPort: 444 }, false],
  ['UDP', { ...HTTPS, IpProtocol: 'udp' }, false],
  ['TCP without ports', { IpProtocol: 'tcp' }, false],
  ['TCP without a last port', { IpProtocol: 'tcp', FromPort: 443 }, false],
  ['TCP without a first port', { IpProtocol: 'tcp', ToPort: 443 }, false],
  ['a protocol that is a parameter', { ...HTTPS, IpProtocol: PARAMETER }, UNKNOWN],
  ['no protocol', { FromPort: 443, ToPort: 443 }, UNKNOWN],
  ['a first port that is a parameter', { ...HTTPS, FromPort: PARAMETER }, UNKNOWN],
  ['a last port that is a parameter', { ...HTTPS, ToPort: PARAMETER }, UNKNOWN],
])('outbound HTTPS with a rule for %s', (_what, rule, expected) => {
  expect(group({ SecurityGroupEgress: [rule] }).outboundHttps).toBe(expected);
  expect(group({}, [{ GroupId: OWN, ...rule }]).outboundHttps).toBe(expected);
});

test.each<[string, object, object[], Fact<boolean>]>([
  ['no rule, so that EC2 adds one for everything', {}, [], true],
  ['an empty list', { SecurityGroupEgress: [] }, [], true],
  ['a rule that is left out', { SecurityGroupEgress: [NOTHING] }, [], true],
  ['rules that are a parameter', { SecurityGroupEgress: PARAMETER }, [{ GroupId: OWN, ...HTTP }], UNKNOWN],
  ['a rule of another group', { SecurityGroupEgress: [HTTP] }, [{ GroupId: 'sg-1', ...HTTPS }], false],
  ['only a rule that may be of the group', {}, [{ GroupId: PARAMETER, ...HTTP }], UNKNOWN],
  ['another port, and a rule that may be of the group', { SecurityGroupEgress: [HTTP] }, [{ GroupId: PARAMETER, ...HTTP }], UNKNOWN],
  ['HTTPS, and a rule that may be of the group', { SecurityGroupEgress: [HTTPS] }, [{ GroupId: PARAMETER, ...HTTP }], true],
  ['another port, and HTTPS beside it', { SecurityGroupEgress: [HTTP] }, [{ GroupId: OWN, ...HTTPS }], true],
])('outbound HTTPS with %s', (_what, properties, egress, expected) => {
  expect(group(properties, egress).outboundHttps).toBe(expected);
});

test.each<[string, object, object[], Fact<number>]>([
  ['none', {}, [], 0],
  ['two inside, of which one is left out, and one beside', { SecurityGroupIngress: [HTTP, NOTHING] }, [{ GroupId: OWN, ...HTTP }], 2],
  ['one of another group', {}, [{ GroupId: 'sg-1', ...HTTP }], 0],
  ['one that may be of the group', {}, [{ GroupId: PARAMETER, ...HTTP }], 0],
  ['a parameter, and one beside', { SecurityGroupIngress: PARAMETER }, [{ GroupId: OWN, ...HTTP }], UNKNOWN],
])('inbound rules: %s', (_what, properties, ingress, expected) => {
  expect(group(properties, [], ingress).inboundRules).toBe(expected);
});
