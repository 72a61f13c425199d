import { Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { FckNatInstanceProvider } from 'cdk-fck-nat';
import { Egress, ManagedInstances, ManagedInstancesNetwork } from '../../../src';
import { UNKNOWN } from '../../../src/reading/fact';
import { InboundRule, NAT_INSTANCE_RULES } from '../../../src/rules/provider/nat-instance-rules';
import { testStack, warningsOf } from '../../util';
import { brief, judge, textOf } from '../util';

const NANO = new ec2.InstanceType('t4g.nano');
const { OUTBOUND_ONLY, INBOUND_AND_OUTBOUND, NONE } = ec2.NatTrafficDirection;

function rule(source: InboundRule['source'], protocol: InboundRule['protocol'] = '-1', fromPort?: number, toPort = fromPort): InboundRule {
  return { source, protocol, fromPort, toPort };
}

describe('the group of a NAT instance', () => {
  test.each<[string, InboundRule[], string[]]>([
    ['nothing', [], []],
    ['everything', [rule('0.0.0.0/0')], ['warning NatInstanceOpen']],
    ['everything over IPv6', [rule('::/0')], ['warning NatInstanceOpen']],
    ['half of everything', [rule('128.0.0.0/1')], ['warning NatInstanceOpen']],
    ['SSH from everywhere', [rule('0.0.0.0/0', 'tcp', 22)], ['warning NatInstanceOpen']],
    ['a protocol that isn\'t known', [rule('0.0.0.0/0', UNKNOWN)], ['warning NatInstanceOpen']],
    ['echo requests', [rule('0.0.0.0/0', 'icmp', 8, -1), rule('::/0', '58')], []],
    ['the widest private range', [rule('10.0.0.0/8'), rule('fc00::/7')], []],
    ['wider ranges', [rule('10.0.0.0/7'), rule('2000::/3')], ['warning NatInstanceOpen']],
    ['a group', [rule(undefined)], []],
    ['a range that is known at deployment only', [rule(UNKNOWN)], []],
    ['the world among others', [rule('10.0.0.0/16'), rule('0.0.0.0/0')], ['warning NatInstanceOpen']],
  ])('lets in %s', (_what, inboundRules, expected) => {
    expect(brief(judge(NAT_INSTANCE_RULES, { inboundRules }))).toEqual(expected);
  });

  test.each<[InboundRule[], string]>([
    [[rule('0.0.0.0/0'), rule('::/0', 'tcp', 0, 65535)], '0.0.0.0/0 on all ports, ::/0 on all ports'],
    [[rule('0.0.0.0/0', 'tcp', 22), rule('0.0.0.0/0', 'tcp', 8000, 8080)], '0.0.0.0/0 on port 22, 0.0.0.0/0 on ports 8000 to 8080'],
  ])('is described', (inboundRules, found) => {
    expect(textOf(judge(NAT_INSTANCE_RULES, { inboundRules }), 'NatInstanceOpen')).toBe(
      `securityGroupIngress accepts traffic from ${found}, but a NAT instance should accept traffic from its VPC only. Give the NAT provider `
        + 'defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY (Egress.natProvider then adds a rule for the VPC), or remove the rule.',
    );
  });
});

const WARNING = expect.stringMatching(/^securityGroupIngress .*\[ack: cdk-lambda-managed-instances::NatInstanceOpen\]$/);

function provider(defaultAllowedTraffic?: ec2.NatTrafficDirection, props: Partial<ec2.NatInstanceProps> = {}): ec2.NatProvider & ec2.IConnectable {
  return ec2.NatProvider.instanceV2({ instanceType: NANO, defaultAllowedTraffic, ...props });
}

describe('a network with NAT instances', () => {
  test.each<[string, (stack: Stack) => unknown, boolean]>([
    ['as CDK makes them', () => provider(), true],
    ['that are opened', () => provider(INBOUND_AND_OUTBOUND), true],
    ['that let nothing in', () => provider(OUTBOUND_ONLY), false],
    ['that let nothing in or out', () => provider(NONE), false],
    ['with an address of their own', () => provider(undefined, { associatePublicIpAddress: true }), true],
    ['of cdk-fck-nat', () => new FckNatInstanceProvider({ instanceType: NANO, machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-1' }) }), false],
  ])('%s', (_what, make, open) => {
    const stack = testStack({ env: { account: '123456789012', region: 'us-east-1' } });

    new ManagedInstancesNetwork(stack, 'Network', { egress: Egress.natProvider(make(stack) as ec2.NatProvider) });

    expect(warningsOf(stack)).toEqual(open ? [WARNING] : []);
  });

  test('of cdk-fck-nat is open once somebody opens it, by a rule wherever', () => {
    // GIVEN
    const stack = testStack({ env: { account: '123456789012', region: 'us-east-1' } });
    const fckNat = new FckNatInstanceProvider({ instanceType: NANO, machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-1' }) });
    new ManagedInstancesNetwork(stack, 'Network', { egress: Egress.natProvider(fckNat) });

    // WHEN
    new ec2.CfnSecurityGroupIngress(stack, 'Rule', { groupId: fckNat.securityGroup.securityGroupId, ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp: '0.0.0.0/0' });

    // THEN
    expect(warningsOf(stack)).toEqual([expect.stringContaining('accepts traffic from 0.0.0.0/0 on port 22, but')]);
  });

  test('is warned of once, however many fleets there are', () => {
    // GIVEN
    const stack = testStack();
    const network = new ManagedInstancesNetwork(stack, 'Network', { egress: Egress.natProvider(provider()) });

    // WHEN
    new ManagedInstances(stack, 'One', { network });
    new ManagedInstances(stack, 'Other', { network });

    // THEN
    expect(warningsOf(stack)).toEqual([WARNING]);
  });

  test.each([['is warned of by the fleet', [WARNING], () => undefined], ['is not, once it is closed', [], (group: ec2.CfnSecurityGroup) => { group.securityGroupIngress = []; }]])('of somebody else %s', (_what, expected, change) => {
    // GIVEN
    const stack = testStack();
    const natGatewayProvider = provider();
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGatewayProvider, maxAzs: 3 });

    // WHEN
    new ManagedInstances(stack, 'Fleet', { vpc });
    change(natGatewayProvider.connections.securityGroups[0].node.defaultChild as ec2.CfnSecurityGroup);

    // THEN
    expect(warningsOf(stack).filter((text) => !text.includes('ZoneCount'))).toEqual(expected);
  });

  test('is not warned of where that is acknowledged', () => {
    const stack = testStack();
    const network = new ManagedInstancesNetwork(stack, 'Network', { egress: Egress.natProvider(provider()) });

    Validations.of(network).acknowledge({ id: 'cdk-lambda-managed-instances::NatInstanceOpen', reason: 'a test' });

    expect(warningsOf(stack)).toEqual([]);
  });
});
