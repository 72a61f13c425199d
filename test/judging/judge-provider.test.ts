import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ManagedInstances } from '../../src';
import { adviceAbout, advise } from '../../src/judging/advice';
import { AttachTarget, attachTargetOf } from '../../src/judging/attach-target';
import { judgeNatInstancesAtSynth } from '../../src/judging/judge-nat-instances';
import { judgeProvider, judgeProviderAtSynth, networkAround } from '../../src/judging/judge-provider';
import { reportAtSynth } from '../../src/judging/report';
import { Finding } from '../../src/rules/findings';
import { codeContext, Level, Moment } from '../../src/rules/rule';
import { synthErrorOf, testFunction, testStack, warningsOf } from '../util';

const resourceOf = (fleet: ManagedInstances) => fleet.node.defaultChild as lambda.CfnCapacityProvider;
const codesOf = (resource: lambda.CfnCapacityProvider, moment: Moment) => judgeProvider(resource, moment, codeContext()).map(({ code }) => code);

describe('a provider', () => {
  test('is judged once, however often that is asked for', () => {
    // GIVEN
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    const resource = resourceOf(fleet);
    resource.kmsKeyArn = 'alias/x';

    // WHEN
    judgeProviderAtSynth(resource, codeContext());

    // THEN
    expect(synthErrorOf(stack).match(/KmsKeyArn\]/g)).toHaveLength(1);
    expect(networkAround(resource)?.vpc).toBe(fleet.vpc);
  });

  test('has remarks on rules that others added to its group, and synthesis prints none', () => {
    // GIVEN
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    const [group] = fleet.connections.securityGroups;

    // WHEN
    new ec2.CfnSecurityGroupIngress(stack, 'Rule', { groupId: group.securityGroupId, ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp: '10.0.0.0/8' });

    // THEN
    expect(codesOf(resourceOf(fleet), Moment.TEMPLATE)).toContain('InboundRules');
    expect(codesOf(resourceOf(fleet), Moment.SYNTHESIS)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('counts the providers of its own stack', () => {
    // GIVEN
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const fleet = new ManagedInstances(stack, 'Fleet');
    const nested = new Stack(stack, 'Nested');

    // WHEN
    for (let i = 0; i < 10; i++) new lambda.CfnCapacityProvider(nested, `P${i}`, { vpcConfig: { subnetIds: ['subnet-1'], securityGroupIds: [] }, permissionsConfig: { capacityProviderOperatorRoleArn: 'arn' } });

    // THEN
    expect(codesOf(resourceOf(fleet), Moment.TEMPLATE)).not.toContain('ProviderWriteRate');
  });

  test('keeps the infos that others give, and asks for them when they are read', () => {
    // GIVEN
    const fleet = new ManagedInstances(testStack(), 'Fleet');
    const finding: Finding = { code: 'Some', level: Level.INFO, source: '', property: 'a', allowed: 'b', found: 'c', remedy: 'd' };
    let now: Finding[] = [];

    // WHEN
    advise(fleet, () => now);
    advise(fleet, () => [finding]);
    now = [finding, finding];

    // THEN
    expect(adviceAbout(fleet)).toHaveLength(3);
    expect(adviceAbout(new ManagedInstances(testStack(), 'Other'))).toEqual([]);
  });
});

test('findings are reported by level: errors as texts, warnings on the construct, infos not at all', () => {
  const stack = testStack();
  const finding = (code: string, level: Level): Finding => ({ code, level, source: '', property: 'a', allowed: 'b', found: 'c', remedy: 'd' });

  expect(reportAtSynth(stack, [finding('One', Level.ERROR), finding('Two', Level.WARNING), finding('Three', Level.INFO)])).toEqual(['a is c, but b. D. [cdk-lambda-managed-instances::One]']);
  expect(warningsOf(stack)).toEqual(['a is c, but b. D. [ack: cdk-lambda-managed-instances::Two]']);
});

describe('the machines behind the routes of subnets', () => {
  const OPEN = { ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp: '0.0.0.0/0' };

  /** A subnet with a route below it, as CDK makes them. */
  function subnetWith(
    stack: Stack, route: (group: ec2.CfnSecurityGroup) => Partial<ec2.CfnRouteProps>, ingress: ec2.CfnSecurityGroup.IngressProperty[] = [OPEN],
  ): ec2.ISubnet {
    const subnet = new ec2.Subnet(stack, 'Subnet', { vpcId: 'vpc-1', cidrBlock: '10.0.0.0/24', availabilityZone: 'eu-west-1a' });
    const group = new ec2.CfnSecurityGroup(stack, 'Group', { groupDescription: 'x', securityGroupIngress: ingress });
    new ec2.CfnRoute(subnet, 'Way', { routeTableId: 'rtb-1', destinationCidrBlock: '0.0.0.0/0', ...route(group) });
    return subnet;
  }
  const machine = (group: ec2.CfnSecurityGroup) => new ec2.CfnInstance(group.stack, 'Machine', { securityGroupIds: [group.attrGroupId] });
  const device = (group: ec2.CfnSecurityGroup) => new ec2.CfnNetworkInterface(group.stack, 'Device', { subnetId: 'subnet-1', groupSet: [group.attrGroupId] });

  test.each<[string, (group: ec2.CfnSecurityGroup) => Partial<ec2.CfnRouteProps>, boolean]>([
    ['an instance', (group) => ({ instanceId: machine(group).ref }), true],
    ['a network interface', (group) => ({ networkInterfaceId: device(group).ref }), true],
    ['an instance with a network interface', (group) => ({
      instanceId: new ec2.CfnInstance(group.stack, 'Machine', { networkInterfaces: [{ deviceIndex: '0', networkInterfaceId: device(group).ref }] }).ref,
    }), true],
    ['an instance over IPv6', (group) => ({ instanceId: machine(group).ref, destinationCidrBlock: undefined, destinationIpv6CidrBlock: '::/0' }), true],
    ['an instance for another network', (group) => ({ instanceId: machine(group).ref, destinationCidrBlock: '10.1.0.0/16' }), false],
    ['an instance for another network over IPv6', (group) => ({ instanceId: machine(group).ref, destinationCidrBlock: undefined, destinationIpv6CidrBlock: 'fd00::/8' }), false],
    ['a gateway', () => ({ natGatewayId: 'nat-1' }), false],
    ['another resource', (group) => ({ instanceId: new CfnResource(group.stack, 'Machine', { type: 'Some::Type', properties: { groupSet: [group.attrGroupId] } }).ref }), false],
  ])('%s', (_what, route, isOpen) => {
    const stack = testStack();

    judgeNatInstancesAtSynth([subnetWith(stack, route)], codeContext());

    expect(warningsOf(stack)).toEqual(isOpen ? [expect.stringContaining('accepts traffic from 0.0.0.0/0 on port 22')] : []);
  });

  test('may have rules beside their group, of which those of other groups don\'t count', () => {
    const stack = testStack();
    const subnet = subnetWith(stack, (group) => ({ instanceId: machine(group).ref }), []);
    const group = stack.node.findChild('Group') as ec2.CfnSecurityGroup;
    new ec2.CfnSecurityGroupIngress(stack, 'Own', { groupId: group.attrGroupId, ...OPEN, fromPort: 80, toPort: 81 });
    new ec2.CfnSecurityGroupIngress(stack, 'Other', { groupId: 'sg-1', ...OPEN });

    judgeNatInstancesAtSynth([subnet], codeContext());

    expect(warningsOf(stack)).toEqual([expect.stringContaining('accepts traffic from 0.0.0.0/0 on ports 80 to 81, but')]);
  });
});

describe('what is attached', () => {
  const stack = testStack();
  const fn = testFunction(stack);
  const version = fn.currentVersion;

  test.each<[string, unknown, AttachTarget]>([
    ['a function', fn, AttachTarget.FUNCTION],
    ['an L1', fn.node.defaultChild, AttachTarget.FUNCTION],
    ['a version', version, AttachTarget.VERSION],
    ['an imported version', lambda.Version.fromVersionArn(stack, 'V', 'arn:aws:lambda:eu-west-1:123456789012:function:orders:1'), AttachTarget.VERSION],
    ['an alias', new lambda.Alias(stack, 'Live', { aliasName: 'live', version }), AttachTarget.ALIAS],
    ['an import', lambda.Function.fromFunctionName(stack, 'Import', 'orders'), AttachTarget.IMPORT],
    ['a singleton', new lambda.SingletonFunction(stack, 'Singleton', { uuid: 'a', runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('x') }), AttachTarget.SINGLETON],
    ['another resource', new CfnResource(stack, 'Raw', { type: 'Some::Type' }), AttachTarget.RAW],
    ['another construct', new iam.Role(stack, 'Role', { assumedBy: new iam.AnyPrincipal() }), AttachTarget.IMPORT],
    ['no construct', {}, AttachTarget.OTHER],
  ])('is known for what it is: %s', (_what, value, expected) => {
    expect(attachTargetOf(value as lambda.IFunctionRef)).toBe(expected);
  });
});

test('a stage that is synthesised again is judged again', () => {
  // GIVEN
  const stage = new Stage(new App(), 'Stage');
  const stack = new Stack(stage, 'Stack');
  const fn = testFunction(stack, 'Function', { memorySize: 4096 });
  new ManagedInstances(stack, 'Fleet').addFunction(fn);
  const resource = fn.node.defaultChild as lambda.CfnFunction;

  // WHEN
  resource.memorySize = 512;

  // THEN
  expect(() => stage.synth({ force: true })).toThrow('memorySize is 512 MB');
  resource.memorySize = 2048;
  expect(() => stage.synth({ force: true })).not.toThrow();
  resource.memorySize = 1024;
  expect(() => stage.synth({ force: true })).toThrow('memorySize is 1024 MB');
});
