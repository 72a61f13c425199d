/** What a template shows of a subnet: read from plain resources, without constructs. */
import { Fact, UNKNOWN } from '../../../src/reading/fact';
import { ResourceGraph } from '../../../src/reading/resource-graph';
import { SubnetFacts } from '../../../src/reading/stated-network';
import { resourcesOf, TemplateResource } from '../../../src/reading/templates/templates';
import { addressesOf, isSame, subnetFacts, vpcOf } from '../../../src/rules/provider/subnet-facts';

type Resources = Record<string, object>;

const ref = (id: string) => ({ Ref: id });
const resource = (type: string, properties: object = {}, more: object = {}) => ({ Type: `AWS::EC2::${type}`, Properties: properties, ...more });
const PARAMETER = ref('Parameter');

const VPC: Resources = {
  Vpc: resource('VPC'),
  Subnet: resource('Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24', AvailabilityZone: 'eu-west-1a' }),
  Table: resource('RouteTable', { VpcId: ref('Vpc') }),
};
const ASSOCIATION: Resources = { Association: resource('SubnetRouteTableAssociation', { SubnetId: ref('Subnet'), RouteTableId: ref('Table') }) };
const NEVER = { Condition: 'Never' };

function graphOf(resources: Resources): ResourceGraph<TemplateResource> {
  const body = { Parameters: { Parameter: { Type: 'String' } }, Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } }, Resources: resources };
  return new ResourceGraph(resourcesOf([{ file: 'template.json', body }]));
}

function find(graph: ResourceGraph<TemplateResource>, logicalId: string): TemplateResource {
  return graph.resources.find((one) => one.logicalId === logicalId)!;
}

/** The subnet with these resources besides the VPC, the table and their association. */
function subnet(resources: Resources): SubnetFacts {
  const graph = graphOf({ ...VPC, ...ASSOCIATION, ...resources });
  return subnetFacts(find(graph, 'Subnet'), graph);
}

const route = (properties: object) => resource('Route', { RouteTableId: ref('Table'), ...properties });
const toNat = { NatGatewayId: 'nat-1' };
const ipv4 = (block: unknown, to: object = toNat) => route({ DestinationCidrBlock: block, ...to });
const ipv6 = (block: unknown) => route({ DestinationIpv6CidrBlock: block, EgressOnlyInternetGatewayId: 'eigw-1' });

/** `isPublic`, `ipv4` and `ipv6`. */
type Ways = [Fact<boolean>, Fact<boolean>, Fact<boolean>];
const NONE: Ways = [false, false, false];
const ANY: Ways = [UNKNOWN, UNKNOWN, UNKNOWN];

test.each<[string, Resources, Ways]>([
  ['no route', {}, NONE],
  ['a route to everywhere', { A: ipv4('0.0.0.0/0') }, [false, true, false]],
  ['two halves of everywhere', { A: ipv4('0.0.0.0/1'), B: ipv4('128.0.0.0/1') }, [false, true, false]],
  ['one half of everywhere', { A: ipv4('128.0.0.0/1') }, NONE],
  ['a route to another network', { A: ipv4('10.1.0.0/16') }, NONE],
  ['a route over IPv6', { A: ipv6('::/0') }, [false, false, true]],
  ['a route to all addresses of AWS over IPv6', { A: ipv6('2000::/3') }, [false, false, true]],
  ['two halves over IPv6', { A: ipv6('::/1'), B: ipv6('8000::/1') }, [false, false, true]],
  ['one half over IPv6', { A: ipv6('::/1') }, NONE],
  ['a route to a parameter', { A: ipv4(PARAMETER) }, [false, UNKNOWN, false]],
  ['a route to a parameter over IPv6', { A: ipv6(PARAMETER) }, [false, false, UNKNOWN]],
  ['a route to a prefix list', { A: route({ DestinationPrefixListId: 'pl-1', ...toNat }) }, [false, UNKNOWN, UNKNOWN]],
  ['a route of another table', { Other: resource('RouteTable'), A: resource('Route', { RouteTableId: ref('Other'), DestinationCidrBlock: '0.0.0.0/0' }) }, NONE],
  ['a route that is left out', { A: { ...ipv4('0.0.0.0/0'), ...NEVER } }, NONE],

  ['an internet gateway', { Gateway: resource('InternetGateway'), A: ipv4('0.0.0.0/0', { GatewayId: ref('Gateway') }) }, [true, true, false]],
  ['an internet gateway for one half', { A: ipv4('0.0.0.0/1', { GatewayId: 'igw-1' }) }, [true, false, false]],
  ['an internet gateway for another network', { A: ipv4('10.1.0.0/16', { GatewayId: 'igw-1' }) }, NONE],
  ['another gateway of the app', { Gateway: resource('VPNGateway'), A: ipv4('0.0.0.0/0', { GatewayId: ref('Gateway') }) }, [false, true, false]],
  ['another gateway by its id', { A: ipv4('0.0.0.0/0', { GatewayId: 'vgw-1' }) }, [false, true, false]],
  ['a gateway that is a parameter', { A: ipv4('0.0.0.0/0', { GatewayId: PARAMETER }) }, [UNKNOWN, true, false]],
  ['an internet gateway for a parameter', { A: ipv4(PARAMETER, { GatewayId: 'igw-1' }) }, [UNKNOWN, UNKNOWN, false]],

  ['a route that may be of the table', { A: resource('Route', { RouteTableId: PARAMETER, DestinationCidrBlock: '0.0.0.0/0' }) }, ANY],
  ['a route, and one that may be of the table', { A: ipv4('0.0.0.0/0'), B: resource('Route', { RouteTableId: PARAMETER }) }, [UNKNOWN, true, UNKNOWN]],
  ['a left out route that may be of the table', { A: { ...resource('Route', { RouteTableId: PARAMETER }), ...NEVER } }, NONE],
  ['a VPN of the table', { A: resource('VPNGatewayRoutePropagation', { RouteTableIds: [ref('Table')] }) }, ANY],
  ['a VPN of the table and of others', { A: resource('VPNGatewayRoutePropagation', { RouteTableIds: ['rtb-1', ref('Table')] }) }, ANY],
  ['a VPN of a table that is a parameter', { A: resource('VPNGatewayRoutePropagation', { RouteTableIds: [PARAMETER] }) }, ANY],
  ['a VPN of tables that are a parameter', { A: resource('VPNGatewayRoutePropagation', { RouteTableIds: PARAMETER }) }, ANY],
  ['a VPN of another table', { A: resource('VPNGatewayRoutePropagation', { RouteTableIds: ['rtb-1'] }) }, NONE],
  ['a VPN that is left out', { A: { ...resource('VPNGatewayRoutePropagation', { RouteTableIds: [ref('Table')] }), ...NEVER } }, NONE],

  ['a second association', { A: ipv4('0.0.0.0/0'), Again: resource('SubnetRouteTableAssociation', { SubnetId: ref('Subnet'), RouteTableId: 'rtb-1' }) }, ANY],
  ['an association of another subnet', { Other: resource('SubnetRouteTableAssociation', { SubnetId: 'subnet-1', RouteTableId: 'rtb-1' }) }, NONE],
  ['an association that may be the subnet\'s', { A: ipv4('0.0.0.0/0'), Maybe: resource('SubnetRouteTableAssociation', { SubnetId: PARAMETER, RouteTableId: 'rtb-1' }) }, ANY],
  ['a table from elsewhere', { Association: resource('SubnetRouteTableAssociation', { SubnetId: ref('Subnet'), RouteTableId: 'rtb-1' }) }, ANY],
  ['a table that is none', { Association: resource('SubnetRouteTableAssociation', { SubnetId: ref('Subnet'), RouteTableId: ref('Vpc') }) }, ANY],
  ['an association that is left out', { A: ipv4('0.0.0.0/0'), Association: { ...ASSOCIATION.Association, ...NEVER } }, NONE],
])('the ways out of a subnet with %s', (_what, resources, expected) => {
  const { isPublic, ipv4: overIpv4, ipv6: overIpv6 } = subnet(resources);

  expect([isPublic, overIpv4, overIpv6]).toEqual(expected);
});

test.each<[string, unknown, Ways]>([
  ['of the app has no way out', ref('Vpc'), NONE],
  ['from elsewhere may have any', 'vpc-1', ANY],
])('the main table of a VPC %s', (_what, vpcId, expected) => {
  const graph = graphOf({ Vpc: VPC.Vpc, Subnet: resource('Subnet', { VpcId: vpcId }) });
  const { isPublic, ipv4: overIpv4, ipv6: overIpv6 } = subnetFacts(find(graph, 'Subnet'), graph);

  expect([isPublic, overIpv4, overIpv6]).toEqual(expected);
});

test.each<[string, object, Fact<string>]>([
  ['a name', { AvailabilityZone: 'eu-west-1b', AvailabilityZoneId: 'euw1-az1' }, 'eu-west-1b'],
  ['an id', { AvailabilityZoneId: 'euw1-az1' }, 'euw1-az1'],
  ['nothing', {}, UNKNOWN],
])('the zone is known by %s', (_what, properties, expected) => {
  expect(subnet({ Subnet: resource('Subnet', { VpcId: ref('Vpc'), ...properties }) }).zone).toBe(expected);
});

test.each<[Fact<string>, Fact<number>]>([
  ['10.0.0.0/24', 251],
  ['10.0.0.0/28', 11],
  ['10.0.0.0', UNKNOWN],
  [undefined, UNKNOWN],
  [UNKNOWN, UNKNOWN],
])('the addresses of %p', (block, expected) => {
  expect(addressesOf(block)).toBe(expected);
});

const nat = (allocationId?: unknown, more: object = {}) => resource('NatGateway', { AllocationId: allocationId }, more);

test.each<[string, Resources, string | undefined]>([
  ['two gateways', { Nat: nat('eipalloc-1'), Other: nat('eipalloc-1') }, 'Nat and Other'],
  ['an address of the app, twice', { Ip: resource('EIP'), Nat: nat({ 'Fn::GetAtt': ['Ip', 'AllocationId'] }), Other: nat({ 'Fn::GetAtt': ['Ip', 'AllocationId'] }) }, 'Nat and Other'],
  ['one gateway', { Nat: nat('eipalloc-1') }, undefined],
  ['two gateways with addresses of their own', { Nat: nat('eipalloc-1'), Other: nat('eipalloc-2') }, undefined],
  ['two private gateways', { Nat: nat(), Other: nat() }, undefined],
  ['a gateway that is left out', { Nat: nat('eipalloc-1'), Other: nat('eipalloc-1', NEVER) }, undefined],
])('an Elastic IP of %s', (_what, resources, expected) => {
  // The first route has no gateway, so the search goes on.
  expect(subnet({ Nowhere: ipv4('10.1.0.0/16', {}), A: ipv4('0.0.0.0/0', { NatGatewayId: ref('Nat') }), ...resources }).sharedAddress).toBe(expected);
});

const ENDPOINT = { VpcId: ref('Vpc'), VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.logs', PrivateDnsEnabled: true };

test.each<[string, object, Fact<boolean>]>([
  ['as it should be', {}, true],
  ['for a Region that is known at deployment', { ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.logs' } }, true],
  ['as a gateway', { VpcEndpointType: 'Gateway' }, false],
  ['without a type, which means a gateway', { VpcEndpointType: undefined }, false],
  ['of a type that is a parameter', { VpcEndpointType: PARAMETER }, UNKNOWN],
  ['for another service', { ServiceName: 'com.amazonaws.eu-west-1.sqs' }, false],
  ['for a service that is a parameter', { ServiceName: PARAMETER }, UNKNOWN],
  ['for another service and without a private name that is known', { ServiceName: 'com.amazonaws.eu-west-1.sqs', PrivateDnsEnabled: undefined }, false],
  ['without a service', { ServiceName: undefined }, UNKNOWN],
  ['without a private name', { PrivateDnsEnabled: false }, false],
  ['with AWS\'s default for the private name', { PrivateDnsEnabled: undefined }, UNKNOWN],
  ['in the VPC of the subnet, by its attribute', { VpcId: { 'Fn::GetAtt': ['Subnet', 'VpcId'] } }, true],
  ['in another VPC of the app', { VpcId: ref('Other') }, false],
  ['in a VPC that may be the same', { VpcId: 'vpc-1' }, UNKNOWN],
])('an endpoint for logs %s', (_what, properties, expected) => {
  expect(subnet({ Other: resource('VPC'), Endpoint: resource('VPCEndpoint', { ...ENDPOINT, ...properties }) }).logsEndpoint).toBe(expected);
});

test.each<[string, object, Fact<boolean>]>([
  ['a VPC of the app', { VpcId: ref('Vpc') }, false],
  ['a VPC from elsewhere', { VpcId: 'vpc-1' }, UNKNOWN],
])('without an endpoint in the app, %s has none that is known', (_what, properties, expected) => {
  expect(subnet({ Subnet: resource('Subnet', properties), Endpoint: { ...resource('VPCEndpoint', ENDPOINT), ...NEVER } }).logsEndpoint).toBe(expected);
});

describe('the VPC of a resource', () => {
  const through = (id: string) => ({ 'Fn::GetAtt': [id, 'VpcId'] });
  const CHAIN: Resources = {
    Vpc: VPC.Vpc,
    First: resource('Subnet', { VpcId: ref('Vpc') }),
    Second: resource('SecurityGroup', { VpcId: through('First') }),
    Third: resource('Subnet', { VpcId: through('Second') }),
    Fourth: resource('Subnet', { VpcId: through('Third') }),
    Round: resource('Subnet', { VpcId: through('Round') }),
    Elsewhere: resource('Subnet', { VpcId: 'vpc-1' }),
    ElsewhereToo: resource('Subnet', { VpcId: 'vpc-1' }),
    Far: resource('Subnet', { VpcId: 'vpc-2' }),
    Unclear: resource('Subnet', { VpcId: PARAMETER }),
    Nowhere: resource('Subnet'),
  };
  const graph = graphOf(CHAIN);
  const vpc = (id: string) => vpcOf(find(graph, id), graph);

  test.each(['First', 'Second', 'Third', 'Fourth'])('%s is found through others', (id) => {
    expect(vpc(id)).toMatchObject({ key: CHAIN.Vpc });
  });

  test('that names itself ends the search', () => {
    expect(vpc('Round')).toMatchObject({ key: CHAIN.Round });
  });

  test.each<[string, string, Fact<boolean>]>([
    ['First', 'Fourth', true],
    ['First', 'Round', false],
    ['First', 'Elsewhere', UNKNOWN],
    ['Elsewhere', 'First', UNKNOWN],
    ['Elsewhere', 'ElsewhereToo', true],
    ['Elsewhere', 'Far', false],
    ['Elsewhere', 'Unclear', UNKNOWN],
    ['Nowhere', 'Elsewhere', UNKNOWN],
  ])('%s and %s', (one, other, expected) => {
    expect(isSame(vpc(one), vpc(other))).toBe(expected);
  });
});
