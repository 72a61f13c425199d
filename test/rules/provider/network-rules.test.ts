import { App, CfnParameter, Fn, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Egress, ManagedInstances, ManagedInstancesNetwork, ManagedInstancesProps } from '../../../src';
import { judgeProvider } from '../../../src/judging/judge-provider';
import { idOf } from '../../../src/rules/findings';
import { codeContext, Level, Moment } from '../../../src/rules/rule';
import { synthErrorOf, testStack, warningsOf } from '../../util';

const IN_IRELAND = { env: { account: '123456789012', region: 'eu-west-1' } };
const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const ISOLATED = [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
const PRIVATE = [{ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }];

/** A stack in which zones are known. */
function knownStack(): Stack {
  const app = new App({ context: { 'availability-zones:account=123456789012:region=eu-west-1': ZONES } });
  return new Stack(app, 'Stack', IN_IRELAND);
}

function codesIn(stack: Stack, props: ManagedInstancesProps): string[] {
  new ManagedInstances(stack, 'Fleet', props);
  return ourWarnings(stack).map((warning) => /::(\w+)\]$/.exec(warning)![1]);
}

/** CDK has warnings of its own about imported subnets. */
function ourWarnings(stack: Stack): string[] {
  return warningsOf(stack).filter((warning) => warning.includes('cdk-lambda-managed-instances::'));
}

describe('zones', () => {
  test.each<[string, ManagedInstancesProps | ((stack: Stack) => ManagedInstancesProps), string[]]>([
    ['three known ones', {}, []],
    ['two known ones', (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }) }), ['ZoneCount']],
    ['two of three', (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc');
      return { vpc, vpcSubnets: { subnets: vpc.privateSubnets.slice(0, 2) } };
    }, ['ZoneCount']],
    ['subnets that don\'t say where they are', (stack) => ({
      vpc: new ec2.Vpc(stack, 'Vpc'),
      vpcSubnets: { subnets: ['1', '2', '3'].map((id) => ec2.Subnet.fromSubnetId(stack, id, `subnet-${id}`)) },
    }), []],
    ['two subnets that don\'t say where they are', (stack) => ({
      vpc: new ec2.Vpc(stack, 'Vpc'),
      vpcSubnets: { subnets: ['1', '2'].map((id) => ec2.Subnet.fromSubnetId(stack, id, `subnet-${id}`)) },
    }), ['ZoneCount']],
    ['lists that are known at deployment only', (stack) => ({
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-1', availabilityZones: Fn.split(',', Fn.importValue('zones')), privateSubnetIds: Fn.split(',', Fn.importValue('subnets')),
      }),
    }), []],
    ['a list of subnets that is known at deployment only', (stack) => ({
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: new CfnParameter(stack, 'Subnets', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList,
      }),
    }), []],
    ['three of which one is a local zone', (stack) => ({
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-west-2a', 'us-west-2b', 'us-west-2-lax-1a'], privateSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'] }),
    }), ['ZoneCount']],
    ['three of which one is a wavelength zone', (stack) => ({
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1-wl1-bos-wlz-1'], privateSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'] }),
    }), ['ZoneCount']],
    ['a network of two given ones', (stack) => ({ network: new ManagedInstancesNetwork(stack, 'Network', { availabilityZones: ZONES.slice(1) }) }), ['ZoneCount']],
  ])('%s', (_what, props, expected) => {
    const stack = knownStack();

    expect(codesIn(stack, typeof props === 'function' ? props(stack) : props)).toEqual(expected);
  });

  test.each<[string, (stack: Stack) => ManagedInstancesProps, string[]]>([
    ['of a VPC of CDK are as many as its subnets', (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc') }), ['ZoneCount']],
    ['of our network are two, since CDK knows no more', () => ({}), []],
    ['of our network are fewer where that was asked for', (stack) => ({ network: new ManagedInstancesNetwork(stack, 'Network', { maxAzs: 2 }) }), ['ZoneCount']],
  ])('in a stack without env %s', (_what, props, expected) => {
    const stack = testStack();

    expect(codesIn(stack, props(stack))).toEqual(expected);
  });

  test('are named in the warning', () => {
    const stack = knownStack();

    new ManagedInstances(stack, 'Fleet', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }) });

    expect(warningsOf(stack)).toEqual([
      'vpcSubnets covers 2 zones (eu-west-1a, eu-west-1b), but Lambda spreads the environments of each function over 3. Select a subnet in each of three zones. [ack: cdk-lambda-managed-instances::ZoneCount]',
    ]);
  });
});

describe('ways out of a VPC of this app', () => {
  const addLogs = (vpc: ec2.Vpc, props: Partial<ec2.InterfaceVpcEndpointOptions> = {}) => vpc.addInterfaceEndpoint('Logs', { service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS, ...props });
  const isolated = (stack: Stack) => new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: ISOLATED });
  const inIsolated = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };

  test.each<[string, (stack: Stack) => ManagedInstancesProps, string[]]>([
    ['isolated subnets', (stack) => ({ vpc: isolated(stack), vpcSubnets: inIsolated }), ['EgressMissing']],
    ['isolated subnets with an endpoint for logs', (stack) => {
      const vpc = isolated(stack);
      addLogs(vpc);
      return { vpc, vpcSubnets: inIsolated };
    }, []],
    ['isolated subnets with an endpoint in another construct', (stack) => {
      const vpc = isolated(stack);
      new ec2.CfnVPCEndpoint(stack, 'Logs', { vpcId: vpc.vpcId, serviceName: Fn.sub('com.amazonaws.${AWS::Region}.logs'), vpcEndpointType: 'Interface', privateDnsEnabled: true });
      new ec2.CfnVPCEndpoint(stack, 'Literal', { vpcId: vpc.vpcId, serviceName: 'com.amazonaws.eu-west-1.logs', vpcEndpointType: 'Interface', privateDnsEnabled: true });
      return { vpc, vpcSubnets: inIsolated };
    }, []],
    ['an endpoint without private DNS', (stack) => {
      const vpc = isolated(stack);
      addLogs(vpc, { privateDnsEnabled: false });
      return { vpc, vpcSubnets: inIsolated };
    }, ['EgressMissing']],
    ['an endpoint for something else', (stack) => {
      const vpc = isolated(stack);
      vpc.addInterfaceEndpoint('Sqs', { service: ec2.InterfaceVpcEndpointAwsService.SQS });
      return { vpc, vpcSubnets: inIsolated };
    }, ['EgressMissing']],
    ['an endpoint in another VPC', (stack) => {
      addLogs(new ec2.Vpc(stack, 'Other'));
      return { vpc: isolated(stack), vpcSubnets: inIsolated };
    }, ['EgressMissing']],
    ['isolated subnets with a route to somewhere', (stack) => {
      const vpc = isolated(stack);
      vpc.isolatedSubnets.forEach((subnet) => (subnet as ec2.Subnet).addRoute('Way', { routerType: ec2.RouterType.TRANSIT_GATEWAY, routerId: 'tgw-1', destinationCidrBlock: '0.0.0.0/0' }));
      return { vpc, vpcSubnets: inIsolated };
    }, []],
    ['private subnets with no gateway at all', (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: PRIVATE }) }), ['EgressMissing']],
    ['private subnets behind a VPN, whose routes aren\'t seen', (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: PRIVATE, vpnGateway: true }) }), []],
    ['IPv6 alone', (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: PRIVATE, ipProtocol: ec2.IpProtocol.DUAL_STACK }) }), ['Ipv6LogsEndpoint']],
    ['IPv6 and an endpoint for logs', (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: PRIVATE, ipProtocol: ec2.IpProtocol.DUAL_STACK });
      addLogs(vpc);
      return { vpc };
    }, []],
    ['isolated subnets with two routes that cover everything', (stack) => {
      const vpc = isolated(stack);
      vpc.isolatedSubnets.forEach((subnet) => ['0.0.0.0/1', '128.0.0.0/1'].forEach((destinationCidrBlock, index) => (
        (subnet as ec2.Subnet).addRoute(`Way${index}`, { routerType: ec2.RouterType.TRANSIT_GATEWAY, routerId: 'tgw-1', destinationCidrBlock })
      )));
      return { vpc, vpcSubnets: inIsolated };
    }, []],
    ['isolated subnets with a route to half of everything', (stack) => {
      const vpc = isolated(stack);
      vpc.isolatedSubnets.forEach((subnet) => (subnet as ec2.Subnet).addRoute('Way', { routerType: ec2.RouterType.TRANSIT_GATEWAY, routerId: 'tgw-1', destinationCidrBlock: '0.0.0.0/1' }));
      return { vpc, vpcSubnets: inIsolated };
    }, ['EgressMissing']],
    ['public subnets', (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc'), vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }), ['PublicSubnets']],
    ['private subnets behind NAT', (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc') }), []],
  ])('%s', (_what, props, expected) => {
    const stack = knownStack();

    expect(codesIn(stack, props(stack))).toEqual(expected);
  });
});

describe('VPCs that exist', () => {
  const ids = (kind: string) => ZONES.map((_, i) => `subnet-${kind}${i}`);
  const attributes = (changes: Partial<ec2.VpcAttributes>): ec2.VpcAttributes => ({ vpcId: 'vpc-1', availabilityZones: ZONES, ...changes });

  test.each<[string, Partial<ec2.VpcAttributes>, ec2.SubnetSelection | undefined, string[]]>([
    ['private subnets', { privateSubnetIds: ids('private') }, undefined, []],
    ['isolated subnets, whose endpoints aren\'t seen', { isolatedSubnetIds: ids('isolated') }, { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, []],
    ['public subnets', { publicSubnetIds: ids('public') }, { subnetType: ec2.SubnetType.PUBLIC }, ['PublicSubnets']],
    ['two zones', { availabilityZones: ZONES.slice(1), privateSubnetIds: ids('private').slice(1) }, undefined, ['ZoneCount']],
  ])('are judged by attributes: %s', (_what, changes, vpcSubnets, expected) => {
    const stack = testStack(IN_IRELAND);

    expect(codesIn(stack, { vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', attributes(changes)), vpcSubnets })).toEqual(expected);
  });

  test('are taken from parameters without a word', () => {
    // GIVEN
    const stack = testStack();
    const list = new CfnParameter(stack, 'Subnets', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList;
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: Fn.importValue('VpcId'), availabilityZones: ZONES, privateSubnetIds: ZONES.map((_, i) => Fn.select(i, list)),
    });

    // WHEN
    new ManagedInstances(stack, 'Fleet', { vpc, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', Fn.importValue('Group'))] });

    // THEN
    expect(ourWarnings(stack)).toEqual([]);
    expect(synthErrorOf(stack)).toBe('');
  });

  test.each<[string, (vpc: ec2.IVpc, stack: Stack) => Partial<ManagedInstancesProps>]>([
    ['no selection', () => ({})],
    ['a name', () => ({ vpcSubnets: { subnetGroupName: 'app' } })],
    ['ids', () => ({ vpcSubnets: { subnetFilters: [ec2.SubnetFilter.byIds(['subnet-1'])] } })],
    ['zones', () => ({ vpcSubnets: { availabilityZones: ZONES } })],
    ['one zone', () => ({ vpcSubnets: { availabilityZones: ZONES.slice(2) } })],
    ['addresses', () => ({ vpcSubnets: { subnetFilters: [ec2.SubnetFilter.byCidrRanges(['10.0.0.0/24'])] } })],
    ['a type', () => ({ vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } })],
    ['subnets that are all the same until then', (vpc) => ({ vpcSubnets: { subnets: [vpc.privateSubnets[0], vpc.isolatedSubnets[0]] } })],
    ['groups that are the same until then', (_vpc, stack) => ({
      securityGroups: ['a', 'b'].map((name) => ec2.SecurityGroup.fromLookupByName(stack, name, name, ec2.Vpc.fromLookup(stack, `Of${name}`, { vpcName: 'main' }))),
    })],
    ['an operator role', (_vpc, stack) => ({ operatorRole: iam.Role.fromLookup(stack, 'Role', { roleName: 'operator' }) })],
    ['a key', (_vpc, stack) => ({ kmsKey: kms.Key.fromLookup(stack, 'Key', { aliasName: 'alias/volumes' }) })],
    ['values of parameters', (_vpc, stack) => {
      const value = (name: string) => ssm.StringParameter.valueFromLookup(stack, name);
      return {
        logGroup: logs.LogGroup.fromLogGroupName(stack, 'Group', value('/orders/log group')),
        capacityProviderName: value('/orders/name'),
        securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'A', value('group')), ec2.SecurityGroup.fromSecurityGroupId(stack, 'B', value('group'))],
      };
    }],
  ])('are not judged while they are yet to be looked up, with %s', (_what, props) => {
    const stack = testStack(IN_IRELAND);
    const vpc = ec2.Vpc.fromLookup(stack, 'Vpc', { vpcName: 'main' });

    new ManagedInstances(stack, 'Fleet', { vpc, ...props(vpc, stack) });

    expect(ourWarnings(stack)).toEqual([]);
    expect(synthErrorOf(stack)).toBe('');
  });

  test('are taken while the zones of the account are yet to be looked up', () => {
    // GIVEN
    const stack = testStack(IN_IRELAND);
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });

    // WHEN
    new ManagedInstances(stack, 'Fleet', { vpc, vpcSubnets: { availabilityZones: ['eu-west-1a', 'eu-west-1b'] } });

    // THEN
    expect(ourWarnings(stack)).toEqual([]);
    expect(synthErrorOf(stack)).toBe('');
  });

  test('have no subnets where none fit when they have been looked up', () => {
    const stack = testStack(IN_IRELAND);
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', attributes({ privateSubnetIds: ids('private') }));

    expect(() => new ManagedInstances(stack, 'Fleet', { vpc, vpcSubnets: { availabilityZones: ['eu-west-1d'] } })).toThrow('vpcSubnets names 0 subnets, but a capacity provider needs 1 to 16. Select one subnet in each of three zones.');
  });
});

describe('the default subnets of a VPC', () => {
  const vpcOf = (stack: Stack, subnetConfiguration: ec2.SubnetConfiguration[]) => new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration });

  test('are the isolated ones, where an endpoint for logs is known', () => {
    // GIVEN
    const stack = knownStack();
    const vpc = vpcOf(stack, ISOLATED);
    vpc.addInterfaceEndpoint('Logs', { service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS });

    // WHEN
    const fleet = new ManagedInstances(stack, 'Fleet', { vpc });

    // THEN
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::CapacityProvider', {
      VpcConfig: { SubnetIds: vpc.isolatedSubnets.map(({ subnetId }) => stack.resolve(subnetId)) },
    });
    expect(fleet.vpc).toBe(vpc);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('may get their endpoint after the fleet', () => {
    // GIVEN
    const stack = knownStack();
    const vpc = vpcOf(stack, ISOLATED);
    new ManagedInstances(stack, 'Fleet', { vpc });
    expect(ourWarnings(stack).map((text) => text.slice(-14))).toEqual(['EgressMissing]']);

    // WHEN
    const other = knownStack();
    const late = vpcOf(other, ISOLATED);
    new ManagedInstances(other, 'Fleet', { vpc: late });
    late.addInterfaceEndpoint('Logs', { service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS });

    // THEN
    expect(ourWarnings(other)).toEqual([]);
  });

  test.each<[string, (stack: Stack) => ec2.IVpc, string]>([
    ['public', (stack) => vpcOf(stack, [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC }]), '3 public and 0 isolated'],
    ['isolated, of which nobody knows the endpoints,', (stack) => ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ZONES, isolatedSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'] }), '0 public and 3 isolated'],
  ])('are nobody\'s to choose where there are %s ones only', (_what, vpc, found) => {
    const stack = knownStack();

    expect(() => new ManagedInstances(stack, 'Fleet', { vpc: vpc(stack) })).toThrow(
      `vpc has ${found} subnets, but the fleet needs private subnets with egress, or isolated ones with an endpoint for CloudWatch Logs. `
        + 'Add a NAT gateway, or interface endpoints for CloudWatch Logs and all other services that the functions call, or select subnets by '
        + 'vpcSubnets. [cdk-lambda-managed-instances::EgressMissing]',
    );
  });
});

describe('security groups', () => {
  const closed = (stack: Stack, id: string, vpc: ec2.IVpc) => new ec2.SecurityGroup(stack, id, { vpc, allowAllOutbound: false });

  test.each<[string, (stack: Stack, vpc: ec2.IVpc) => ec2.ISecurityGroup[], string[]]>([
    ['one that opens nothing', (stack, vpc) => [closed(stack, 'A', vpc)], ['HttpsBlocked']],
    ['one without rules, which EC2 gives one that opens everything', (stack, vpc) => {
      const group = closed(stack, 'A', vpc);
      (group.node.defaultChild as ec2.CfnSecurityGroup).securityGroupEgress = undefined;
      return [group];
    }, []],
    ['one that opens another port', (stack, vpc) => {
      const group = closed(stack, 'A', vpc);
      group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(5432));
      return [group];
    }, ['HttpsBlocked']],
    ['one that opens a range around 443', (stack, vpc) => {
      const group = closed(stack, 'A', vpc);
      group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcpRange(400, 500));
      return [group];
    }, []],
    ['one that opens UDP on 443', (stack, vpc) => {
      const group = closed(stack, 'A', vpc);
      group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.udp(443));
      return [group];
    }, ['HttpsBlocked']],
    ['one that opens it to another group', (stack, vpc) => {
      const group = closed(stack, 'A', vpc);
      group.connections.allowTo(new ec2.SecurityGroup(stack, 'Proxy', { vpc }), ec2.Port.tcp(443));
      return [group];
    }, []],
    ['one that opens all', (stack, vpc) => [new ec2.SecurityGroup(stack, 'A', { vpc })], []],
    ['a closed and an open one', (stack, vpc) => [closed(stack, 'A', vpc), new ec2.SecurityGroup(stack, 'B', { vpc })], []],
    ['a closed and an imported one', (stack, vpc) => [closed(stack, 'A', vpc), ec2.SecurityGroup.fromSecurityGroupId(stack, 'B', 'sg-1')], []],
    ['two closed ones', (stack, vpc) => [closed(stack, 'A', vpc), closed(stack, 'B', vpc)], ['HttpsBlocked']],
  ])('%s', (_what, groups, expected) => {
    const stack = knownStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');

    expect(codesIn(stack, { vpc, securityGroups: groups(stack, vpc) })).toEqual(expected);
  });

  test('are mended in time by a later rule', () => {
    // GIVEN
    const stack = knownStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const group = closed(stack, 'A', vpc);
    new ManagedInstances(stack, 'Fleet', { vpc, securityGroups: [group] });

    // WHEN
    group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS);

    // THEN
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, (stack: Stack) => ManagedInstancesProps, boolean]>([
    ['of another VPC of this app', (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc'), securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc: new ec2.Vpc(stack, 'Other') })] }), true],
    ['of another VPC by id', (stack) => ({
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ZONES, privateSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'] }),
      securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc: ec2.Vpc.fromVpcAttributes(stack, 'Other', { vpcId: 'vpc-2', availabilityZones: ZONES }) })],
    }), true],
    ['of a VPC that may be the same', (stack) => ({
      vpc: new ec2.Vpc(stack, 'Vpc'),
      securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc: ec2.Vpc.fromVpcAttributes(stack, 'Other', { vpcId: 'vpc-2', availabilityZones: ZONES }) })],
    }), false],
    ['of the same VPC', (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc');
      return { vpc, securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })] };
    }, false],
  ])('%s', (_what, props, refused) => {
    const stack = knownStack();
    const create = () => new ManagedInstances(stack, 'Fleet', props(stack));

    if (refused) expect(create).toThrow('vpc names security group Stack/Group, which is in another VPC, but must name subnets and security groups of one VPC. Take subnets and groups of the same VPC.');
    else expect(create).not.toThrow();
  });

  test('subnets of another VPC are refused', () => {
    const stack = knownStack();
    const other = new ec2.Vpc(stack, 'Other');

    expect(() => new ManagedInstances(stack, 'Fleet', { vpc: new ec2.Vpc(stack, 'Vpc'), vpcSubnets: { subnets: other.privateSubnets } }))
      .toThrow('vpc names subnet Stack/Other/PrivateSubnet1, which is in another VPC, but must name subnets and security groups of one VPC. Take subnets and groups of the same VPC. [cdk-lambda-managed-instances::SubnetsDistinct]');
  });
});

describe('a network in another stack', () => {
  const US = { account: '123456789012', region: 'us-east-1' };

  test.each<[string, StackProps, StackProps, boolean]>([
    ['of another Region is refused', { env: US }, { env: { ...US, region: 'eu-west-1' } }, true],
    ['of the same Region is taken', { env: US }, { env: US }, false],
    ['of a Region that is not known is taken', {}, { env: US }, false],
    ['for a fleet whose Region is not known is taken', { env: US }, {}, false],
  ])('%s', (_what, there, here, refused) => {
    // GIVEN
    const app = new App();
    const network = new ManagedInstancesNetwork(new Stack(app, 'There', there), 'Network');

    // WHEN
    const create = () => new ManagedInstances(new Stack(app, 'Here', here), 'Fleet', { network });

    // THEN
    if (refused) expect(create).toThrow('vpc is in us-east-1, but must be in the Region of the capacity provider, eu-west-1. Use a network in eu-west-1. [cdk-lambda-managed-instances::SubnetsDistinct]');
    else expect(create).not.toThrow();
  });
});

test('remarks are there for those who ask, and never printed', () => {
  // GIVEN
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet');
  for (let i = 0; i < 10; i++) new ManagedInstances(stack, `Fleet${i}`, { vpc: fleet.vpc });

  // WHEN
  fleet.connections.allowFromAnyIpv4(ec2.Port.tcp(22));

  // THEN
  const remarks = judgeProvider(fleet.node.defaultChild as lambda.CfnCapacityProvider, Moment.TEMPLATE, codeContext());
  expect(remarks.map((finding) => [finding.level, idOf(finding).split('::')[1], finding.found])).toEqual([
    [Level.INFO, 'VCpuCeilingUnset', 'none, which means 400 vCPUs'],
    [Level.INFO, 'ProviderWriteRate', '11 capacity providers'],
    [Level.INFO, 'InboundRules', '1 inbound rule'],
  ]);
  expect(warningsOf(stack)).toEqual([]);
});

test.each([['ten', 9, false], ['eleven', 10, true]])('%s providers in a stack', (_what, more, remarked) => {
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet', { egress: Egress.privateEndpoints() });
  for (let i = 0; i < more; i++) new ManagedInstances(stack, `Fleet${i}`, { vpc: fleet.vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });

  const codes = judgeProvider(fleet.node.defaultChild as lambda.CfnCapacityProvider, Moment.TEMPLATE, codeContext()).map(({ code }) => code);

  expect(codes.includes('ProviderWriteRate')).toBe(remarked);
});
