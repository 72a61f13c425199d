/** Finds NAT instances in a plain template: from a provider's subnets through routes to machines and their security groups. */
import { isOpenToWorld, NAT_INSTANCE_RULES } from '../../../src/rules/provider/nat-instance-rules';
import { judgeTemplates } from '../../judge-templates';
import { judge, textOf } from '../util';

type Resources = Record<string, object>;

const ref = (id: string) => ({ Ref: id });
const groupId = (id: string) => ({ 'Fn::GetAtt': [id, 'GroupId'] });
const resource = (type: string, Properties: object) => ({ Type: `AWS::${type}`, Properties });
const OPEN = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };

const FLEET: Resources = {
  Provider: resource('Lambda::CapacityProvider', { VpcConfig: { SubnetIds: [ref('Subnet')], SecurityGroupIds: ['sg-1'] } }),
  Subnet: resource('EC2::Subnet', { VpcId: 'vpc-1' }),
  Association: resource('EC2::SubnetRouteTableAssociation', { SubnetId: ref('Subnet'), RouteTableId: ref('Table') }),
  Table: resource('EC2::RouteTable', { VpcId: 'vpc-1' }),
  Group: resource('EC2::SecurityGroup', { SecurityGroupIngress: [OPEN] }),
};
const route = (properties: object) => resource('EC2::Route', { RouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', ...properties });
const MACHINE: Resources = {
  Route: route({ InstanceId: ref('Machine') }),
  Machine: resource('EC2::Instance', { SecurityGroupIds: [groupId('Group')] }),
};

/** The groups of which is said that they are open. */
function open(resources: Resources): string[] {
  return judgeTemplates([{ file: 'template.json', body: { Parameters: { Parameter: { Type: 'String' } }, Resources: { ...FLEET, ...resources } } }])
    .filter(({ findings }) => findings.some(({ code }) => code === 'NatInstanceOpen')).map((judgement) => judgement.resource.logicalId);
}

test.each<[string, Resources, string[]]>([
  ['an instance', MACHINE, ['Group']],
  ['a network interface', { Route: route({ NetworkInterfaceId: ref('Device') }), Device: resource('EC2::NetworkInterface', { GroupSet: [groupId('Group')] }) }, ['Group']],
  ['an instance with interfaces of its own', { ...MACHINE, Machine: resource('EC2::Instance', { NetworkInterfaces: [{ GroupSet: [groupId('Group')] }] }) }, ['Group']],
  ['an instance over IPv6', { ...MACHINE, Route: route({ DestinationCidrBlock: undefined, DestinationIpv6CidrBlock: '::/0', InstanceId: ref('Machine') }) }, ['Group']],
  ['an instance for another network', { ...MACHINE, Route: route({ DestinationCidrBlock: '10.1.0.0/16', InstanceId: ref('Machine') }) }, []],
  ['an instance for another network over IPv6', { ...MACHINE, Route: route({ DestinationCidrBlock: undefined, DestinationIpv6CidrBlock: 'fd00::/8', InstanceId: ref('Machine') }) }, []],
  ['an instance of another table', { ...MACHINE, Route: route({ RouteTableId: 'rtb-1', InstanceId: ref('Machine') }) }, []],
  ['an instance of other subnets', { ...MACHINE, Association: resource('EC2::SubnetRouteTableAssociation', { SubnetId: 'subnet-2', RouteTableId: ref('Table') }) }, []],
  ['a gateway', { ...MACHINE, Route: route({ NatGatewayId: 'nat-1' }) }, []],
  ['an instance with another group', { ...MACHINE, Machine: resource('EC2::Instance', { SecurityGroupIds: ['sg-1'] }) }, []],
  ['an instance with two groups', { ...MACHINE, Other: FLEET.Group, Machine: resource('EC2::Instance', { SecurityGroupIds: ['sg-1', groupId('Group'), groupId('Other')] }) }, ['Group', 'Other']],
  ['a closed instance', { ...MACHINE, Group: resource('EC2::SecurityGroup', {}) }, []],
  ['an instance whose rules are a parameter', { ...MACHINE, Group: resource('EC2::SecurityGroup', { SecurityGroupIngress: ref('Parameter') }) }, []],
  ['a rule beside the group', { ...MACHINE, Group: resource('EC2::SecurityGroup', {}), Rule: resource('EC2::SecurityGroupIngress', { GroupId: groupId('Group'), ...OPEN }) }, ['Group']],
  ['a rule beside another group', { ...MACHINE, Group: resource('EC2::SecurityGroup', {}), Rule: resource('EC2::SecurityGroupIngress', { GroupId: 'sg-1', ...OPEN }) }, []],
  ['a rule over IPv6', { ...MACHINE, Group: resource('EC2::SecurityGroup', { SecurityGroupIngress: [{ IpProtocol: '-1', CidrIpv6: '::/0' }] }) }, ['Group']],
])('behind the route of a provider is %s', (_what, resources, expected) => {
  expect(open(resources)).toEqual(expected);
});

const rule = (source: string, protocol = 'tcp', fromPort?: number, toPort = fromPort) => ({ source, protocol, fromPort, toPort });

test.each([
  ['0.0.0.0/7', true], ['0.0.0.0/8', false], ['2000::/6', true], ['2000::/7', false], ['0.0.0.0', false], ['sg-1', false],
])('%s is the world: %p', (source, expected) => {
  expect(isOpenToWorld(rule(source))).toBe(expected);
});

test.each(['icmp', 'ICMP', 'icmpv6', '1', '58'])('%s has no ports', (protocol) => {
  expect(isOpenToWorld(rule('0.0.0.0/0', protocol))).toBe(false);
});

test.each([
  ['no ports', rule('0.0.0.0/0'), 'on all ports'],
  ['each protocol', rule('0.0.0.0/0', '-1', 22), 'on all ports'],
  ['each port', rule('0.0.0.0/0', 'tcp', 0, 65535), 'on all ports'],
  ['each port but the last', rule('0.0.0.0/0', 'tcp', 0, 65534), 'on ports 0 to 65534'],
  ['each port but the first', rule('0.0.0.0/0', 'tcp', 1, 65535), 'on ports 1 to 65535'],
  ['one port', rule('0.0.0.0/0', 'tcp', 22), 'on port 22'],
])('a rule with %s', (_what, inbound, text) => {
  expect(textOf(judge(NAT_INSTANCE_RULES, { inboundRules: [inbound] }), 'NatInstanceOpen')).toContain(`accepts traffic from 0.0.0.0/0 ${text}, but`);
});
