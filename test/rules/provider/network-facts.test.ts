/** What a template shows of a provider's network as a whole, and how it is completed with what constructs state. */
import { Fact, UNKNOWN } from '../../../src/reading/fact';
import { ResourceGraph } from '../../../src/reading/resource-graph';
import { CAPACITY_PROVIDER } from '../../../src/reading/resource-view';
import { SecurityGroupFacts, StatedNetwork, SubnetFacts, UNKNOWN_GROUP, UNKNOWN_SUBNET } from '../../../src/reading/stated-network';
import { resourcesOf } from '../../../src/reading/templates/templates';
import { messageOf } from '../../../src/rules/findings';
import { countZones, mostZones, namedZones, NetworkFacts, networkFacts } from '../../../src/rules/provider/network-facts';
import { DEFAULT_SUBNETS_RULES, NETWORK_RULES } from '../../../src/rules/provider/network-rules';
import { fleetSurroundings } from '../../../src/rules/provider/provider-case';
import { codeContext, Level } from '../../../src/rules/rule';
import { findingsOf } from '../util';

type Resources = Record<string, object>;

const ref = (id: string) => ({ Ref: id });
const subnet = (vpc: unknown = ref('Vpc'), more: object = {}) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: vpc, CidrBlock: '10.0.0.0/24', AvailabilityZone: 'eu-west-1a' }, ...more });
const group = (vpc: unknown = ref('Vpc'), more: object = {}) => ({ Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: vpc }, ...more });
const NEVER = { Condition: 'Never' };
const NOTHING = { Ref: 'AWS::NoValue' };

function appOf(vpcConfig: object, resources: Resources = {}) {
  const body = {
    Parameters: { Parameter: { Type: 'String' } },
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC' },
      OtherVpc: { Type: 'AWS::EC2::VPC' },
      Subnet: subnet(),
      Group: group(),
      ...resources,
      Provider: { Type: CAPACITY_PROVIDER, Properties: { VpcConfig: vpcConfig } },
    },
  };
  const graph = new ResourceGraph(resourcesOf([{ file: 'template.json', body }]));
  return { graph, provider: graph.ofType(CAPACITY_PROVIDER)[0] };
}

const STATED: SubnetFacts = { zone: 'eu-west-1b', addresses: 11, isPublic: true, ipv4: true, ipv6: true, logsEndpoint: true };

function stated(changes: Partial<StatedNetwork> = {}): StatedNetwork {
  return { subnets: [STATED], hasUnknownZones: false, subnetsAsMade: false, groupsAsMade: false, ...changes };
}

const never = () => { throw new Error('nothing needs to be read'); };

describe('zones', () => {
  test.each<[Fact<string>[], string[], number, Fact<number>]>([
    [[], [], 0, 0],
    [['eu-west-1a', 'eu-west-1b', 'eu-west-1a'], ['eu-west-1a', 'eu-west-1b'], 2, 2],
    [['eu-west-1a', UNKNOWN], ['eu-west-1a'], 2, UNKNOWN],
    [[UNKNOWN, UNKNOWN, UNKNOWN], [], 3, UNKNOWN],
    [['us-west-2a', 'us-west-2-lax-1a'], ['us-west-2a'], 1, 1],
    [['us-east-1-wl1-bos-wlz-1', 'use1-az1', 'usw2-lax1-az1'], ['use1-az1'], 1, 1],
    [['us-gov-west-1a', 'ap-southeast-2b'], ['us-gov-west-1a', 'ap-southeast-2b'], 2, 2],
  ])('%p', (zones, named, most, count) => {
    expect(namedZones(zones)).toEqual(named);
    expect(mostZones(zones)).toBe(most);
    expect(countZones(zones)).toBe(count);
  });

  test('of subnets are read, unless nobody chose them', () => {
    const app = appOf({ SubnetIds: [ref('Subnet'), 'subnet-1'] });

    expect(networkFacts(() => app).zones).toEqual(['eu-west-1a', UNKNOWN]);
    expect(networkFacts(never, stated({ hasUnknownZones: true })).zones).toBe(UNKNOWN);
  });
});

describe('subnets', () => {
  const zonesOf = (SubnetIds: unknown, resources: Resources) => networkFacts(() => appOf({ SubnetIds }, resources)).subnets.map(({ zone }) => zone);

  test.each<[string, unknown, Resources, Fact<string>[]]>([
    ['of the app are read', [ref('Subnet')], {}, ['eu-west-1a']],
    ['from elsewhere are unknown', ['subnet-1'], {}, [UNKNOWN]],
    ['that are left out are unknown', [ref('Subnet')], { Subnet: subnet(ref('Vpc'), NEVER) }, [UNKNOWN]],
    ['that are no subnets are unknown', [ref('Vpc')], {}, [UNKNOWN]],
    ['that stand for nothing don\'t count', [NOTHING, ref('Subnet')], {}, ['eu-west-1a']],
    ['in a list that is a parameter aren\'t counted', ref('Parameter'), {}, []],
  ])('%s', (_what, subnetIds, resources, expected) => {
    expect(zonesOf(subnetIds, resources)).toEqual(expected);
  });

  test('that this library made aren\'t read', () => {
    expect(networkFacts(never, stated({ subnetsAsMade: true })).subnets).toEqual([STATED]);
  });

  test('are completed with what is stated about them', () => {
    const app = appOf({ SubnetIds: ['subnet-1', ref('Subnet'), 'subnet-2'] });

    const { subnets } = networkFacts(() => app, stated({ subnets: [STATED, STATED] }));

    expect(subnets[0]).toEqual({ ...STATED, sharedAddress: undefined });
    // What the template shows counts more.
    expect(subnets[1]).toMatchObject({ zone: 'eu-west-1a', addresses: 251, isPublic: false, ipv4: false, ipv6: false, logsEndpoint: false });
    expect(subnets[2]).toEqual({ ...UNKNOWN_SUBNET, sharedAddress: undefined });
  });

  test('are read once', () => {
    const find = jest.fn(() => appOf({ SubnetIds: [ref('Subnet')], SecurityGroupIds: [ref('Group')] }));
    const facts = networkFacts(find);

    expect(facts.subnets).toBe(facts.subnets);
    expect(facts.groups).toBe(facts.groups);
    expect(find).toHaveBeenCalledTimes(2);
  });
});

describe('groups', () => {
  test.each<[string, unknown, Resources, object[]]>([
    ['of the app are read', [{ 'Fn::GetAtt': ['Group', 'GroupId'] }], {}, [{ outboundHttps: true, inboundRules: 0 }]],
    ['from elsewhere are unknown', ['sg-1'], {}, [UNKNOWN_GROUP]],
    ['that are left out are unknown', [ref('Group')], { Group: group(ref('Vpc'), NEVER) }, [UNKNOWN_GROUP]],
    ['that are no groups are unknown', [ref('Subnet')], {}, [UNKNOWN_GROUP]],
  ])('%s', (_what, SecurityGroupIds, resources, expected) => {
    expect(networkFacts(() => appOf({ SecurityGroupIds }, resources)).groups).toEqual(expected);
  });

  test('that this library made need no judgement', () => {
    expect(networkFacts(never, stated({ groupsAsMade: true })).groups).toEqual([]);
  });
});

describe('another VPC', () => {
  const foreign = (vpcConfig: object, resources: Resources, network?: StatedNetwork) => (
    networkFacts(() => appOf(vpcConfig, resources), network).foreign
  );

  test.each<[string, object, Resources, Fact<string>]>([
    ['one VPC', { SubnetIds: [ref('Subnet')], SecurityGroupIds: [ref('Group')] }, {}, UNKNOWN],
    ['a subnet in another', { SubnetIds: [ref('Subnet'), ref('Other')] }, { Other: subnet(ref('OtherVpc')) }, 'subnet Other, which is in another VPC'],
    ['a group in another', { SubnetIds: [ref('Subnet')], SecurityGroupIds: [ref('Other')] }, { Other: group(ref('OtherVpc')) }, 'security group Other, which is in another VPC'],
    ['a subnet in another that is left out', { SubnetIds: [ref('Subnet'), ref('Other')] }, { Other: subnet(ref('OtherVpc'), NEVER) }, UNKNOWN],
    ['a subnet that isn\'t in the app', { SubnetIds: ['subnet-1', ref('Subnet')] }, {}, UNKNOWN],
    ['a VPC that is a parameter, before two others', { SubnetIds: [ref('Unclear'), ref('Subnet'), ref('Other')] }, { Unclear: subnet(ref('Parameter')), Other: subnet(ref('OtherVpc')) }, 'subnet Other, which is in another VPC'],
    ['two groups in two VPCs', { SecurityGroupIds: [ref('Group'), ref('Other')] }, { Other: group(ref('OtherVpc')) }, 'security group Other, which is in another VPC'],
    ['the first of three', { SubnetIds: [ref('Subnet'), ref('Other'), ref('Subnet')] }, { Other: subnet(ref('OtherVpc')) }, 'subnet Other, which is in another VPC'],
  ])('%s', (_what, vpcConfig, resources, expected) => {
    expect(foreign(vpcConfig, resources)).toBe(expected);
  });

  test.each<[string, Partial<StatedNetwork>, Fact<string>]>([
    ['subnets and groups', { subnetsAsMade: true, groupsAsMade: true }, UNKNOWN],
    ['subnets only', { subnetsAsMade: true }, 'security group Other, which is in another VPC'],
    ['groups only', { groupsAsMade: true }, 'security group Other, which is in another VPC'],
  ])('isn\'t looked for where this library made %s', (_what, changes, expected) => {
    expect(foreign({ SubnetIds: [ref('Subnet')], SecurityGroupIds: [ref('Other')] }, { Other: group(ref('OtherVpc')) }, stated(changes))).toBe(expected);
  });
});

describe('the surroundings of a fleet', () => {
  const zonesOf = (subnetIds: unknown, resources: Resources = {}) => fleetSurroundings(() => appOf({ SubnetIds: subnetIds }, resources)).zones;

  test.each<[string, unknown, number | undefined]>([
    ['one zone', [ref('Subnet')], 1],
    ['a zone that isn\'t known', [ref('Subnet'), 'subnet-1'], undefined],
    ['no subnet', [], undefined],
  ])('count zones: %s', (_what, subnetIds, expected) => {
    expect(zonesOf(subnetIds)).toBe(expected);
  });

  test('count addresses', () => {
    expect(fleetSurroundings(() => appOf({ SubnetIds: [ref('Subnet'), 'subnet-1'] })).subnetAddresses).toEqual([251, UNKNOWN]);
  });
});

describe('what is said of a network', () => {
  const FINE: SubnetFacts = { zone: 'eu-west-1a', addresses: 251, isPublic: false, ipv4: true, ipv6: false, logsEndpoint: false };
  const facts = (changes: Partial<NetworkFacts>): NetworkFacts => ({ zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], subnets: [FINE], groups: [], foreign: UNKNOWN, ...changes });
  const said = (changes: Partial<NetworkFacts>) => findingsOf(NETWORK_RULES, facts(changes), codeContext()).map((finding) => (
    `${finding.level} ${finding.code}: ${messageOf(finding).split('. ')[0]}`
  ));
  const zones = (...named: Fact<string>[]) => said({ zones: named }).map((text) => /covers (.*), but/.exec(text)?.[1]);
  const waysOf = (changes: Partial<SubnetFacts>, ...others: SubnetFacts[]) => said({ subnets: [{ ...FINE, ...changes }, ...others] });
  const groupOf = (outboundHttps: Fact<boolean>, inboundRules: Fact<number> = 0): SecurityGroupFacts => ({ outboundHttps, inboundRules });
  const CLOSED = 'warning HttpsBlocked: securityGroups has no outbound rule for port 443, but without HTTPS, calls to AWS fail silently, those for logs included';
  const NO_WAY = { ipv4: false, ipv6: false, logsEndpoint: false };

  test('zones are counted and named', () => {
    expect(zones('a', 'b', 'c')).toEqual([]);
    expect(zones('a', 'b')).toEqual(['2 zones (a, b)']);
    expect(zones('a', 'a')).toEqual(['1 zone (a)']);
    expect(zones('a', UNKNOWN)).toEqual(['at most 2 zones']);
    expect(zones(UNKNOWN)).toEqual(['at most 1 zone']);
    expect(zones('${Zone}', 'b')).toEqual(['at most 2 zones']);
    expect(zones('a', UNKNOWN, UNKNOWN)).toEqual([]);
    expect(zones()).toEqual([]);
    expect(said({ zones: UNKNOWN })).toEqual([]);
  });

  test('the remedy for zones that aren\'t named mentions env', () => {
    const remedy = (...named: Fact<string>[]) => findingsOf(NETWORK_RULES, facts({ zones: named }), codeContext())[0].remedy;

    expect(remedy('a', UNKNOWN)).toBe('select a subnet in each of three zones; in a stack without env, CDK knows only two');
    expect(remedy('a', 'b')).toBe('select a subnet in each of three zones');
  });

  test.each<[string, Partial<SubnetFacts>, string[]]>([
    ['a way over IPv4', {}, []],
    ['a way over IPv6', { ...NO_WAY, ipv6: true }, ['warning Ipv6LogsEndpoint: vpcSubnets has egress over IPv6 only, but CloudWatch Logs couldn\'t be reached over IPv6']],
    ['a way over IPv6, and one that isn\'t known', { ...NO_WAY, ipv6: true, ipv4: UNKNOWN }, []],
    ['a way over IPv6 that isn\'t known', { ...NO_WAY, ipv6: UNKNOWN }, []],
    ['an endpoint', { ...NO_WAY, logsEndpoint: true }, []],
    ['an endpoint that isn\'t known', { ...NO_WAY, logsEndpoint: UNKNOWN }, []],
    ['no way', NO_WAY, ['warning EgressMissing: vpcSubnets has 1 of 1 subnets without a default route or an endpoint for CloudWatch Logs, but without a route to AWS, logs, metrics and traces are lost silently']],
    ['a public address', { ...NO_WAY, isPublic: true }, ['warning PublicSubnets: vpcSubnets has 1 public subnet of 1, but instances in a public subnet reach AWS only with a public address']],
    ['a public address that isn\'t known', { ...NO_WAY, isPublic: UNKNOWN }, []],
    ['an address of two gateways', { sharedAddress: 'A and B' }, ['error ElasticIpReused: vpc has one Elastic IP for A and B, but each NAT gateway needs one of its own']],
  ])('a subnet has %s', (_what, changes, expected) => {
    expect(waysOf(changes)).toEqual(expected);
  });

  test('subnets are counted', () => {
    expect(waysOf(NO_WAY, FINE)[0]).toContain('has 1 of 2 subnets without');
    expect(waysOf({ isPublic: true }, { ...FINE, isPublic: true }, FINE)[0]).toContain('has 2 public subnets of 3');
    expect(waysOf({}, { ...FINE, sharedAddress: 'A and B' })).toHaveLength(1);
  });

  test.each<[string, SecurityGroupFacts[], string[]]>([
    ['none', [], []],
    ['one that lets HTTPS out', [groupOf(true)], []],
    ['one that may', [groupOf(UNKNOWN)], []],
    ['one that doesn\'t', [groupOf(false)], [CLOSED]],
    ['one of two that does', [groupOf(false), groupOf(true)], []],
    ['one with inbound rules', [groupOf(true, 1)], ['info InboundRules: securityGroups has 1 inbound rule, but requests don\'t arrive through the VPC, so none is needed']],
    ['two with inbound rules, and one that isn\'t known', [groupOf(true, 1), groupOf(true, 2), groupOf(true, UNKNOWN)], ['info InboundRules: securityGroups has 3 inbound rules, but requests don\'t arrive through the VPC, so none is needed']],
  ])('groups: %s', (_what, groups, expected) => {
    expect(said({ groups })).toEqual(expected);
  });

  test('a VPC without subnets that have egress is an error', () => {
    const [finding] = findingsOf(DEFAULT_SUBNETS_RULES, { publicSubnets: 2, isolatedSubnets: 0 }, codeContext());

    expect([finding.level, finding.code, messageOf(finding).split('. ')[0]]).toEqual([
      Level.ERROR, 'EgressMissing', 'vpc has 2 public and 0 isolated subnets, but the fleet needs private subnets with egress, or isolated ones with an endpoint for CloudWatch Logs',
    ]);
  });
});
