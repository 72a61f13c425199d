/** Network, groups and roles give the same answer, whoever wrote them: this library's construct, CDK's own, a plain template. */
import { App, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ManagedInstances, ManagedInstancesChecks } from '../../../src';
import { ResourceGraph } from '../../../src/reading/resource-graph';
import { CAPACITY_PROVIDER } from '../../../src/reading/resource-view';
import { resourcesOf } from '../../../src/reading/templates/templates';
import { Finding } from '../../../src/rules/findings';
import { providerCaseInTemplate } from '../../../src/rules/provider/provider-case';
import { PROVIDER_JUDGE } from '../../../src/rules/provider/provider-judge';
import { Level, Moment, templateContext } from '../../../src/rules/rule';
import { synthErrorOf } from '../../util';

const ENV = { account: '123456789012', region: 'eu-west-1' };
const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const LAMBDA = new iam.ServicePrincipal('lambda.amazonaws.com');
const MANAGED = iam.ManagedPolicy.fromAwsManagedPolicyName('AWSLambdaManagedEC2ResourceOperator');

/** What a provider is given: what is left out is as it should be. */
interface Around {
  readonly vpc?: ec2.IVpc;
  readonly subnets?: ec2.ISubnet[];
  readonly group?: ec2.ISecurityGroup;
  readonly role?: iam.IRole;
  readonly key?: kms.IKey;
  readonly logGroup?: logs.ILogGroup;
}

type Write = (stack: Stack) => Around;

function knownStack(): Stack {
  const app = new App({ context: { [`availability-zones:account=${ENV.account}:region=${ENV.region}`]: ZONES } });
  return new Stack(app, 'Stack', { env: ENV });
}

function complete(stack: Stack, around: Around) {
  const vpc = around.vpc ?? new ec2.Vpc(stack, 'GoodVpc');
  return {
    vpc,
    subnets: around.subnets ?? vpc.privateSubnets,
    securityGroups: [around.group ?? new ec2.SecurityGroup(stack, 'GoodGroup', { vpc })],
    operatorRole: around.role ?? new iam.Role(stack, 'GoodRole', { assumedBy: LAMBDA, managedPolicies: [MANAGED] }),
    kmsKey: around.key,
    logGroup: around.logGroup ?? new logs.LogGroup(stack, 'GoodLogs'),
    maxVCpuCount: 64,
  };
}

function ourFleet(stack: Stack, write: Write): ManagedInstances {
  const { subnets, ...props } = complete(stack, write(stack));
  return new ManagedInstances(stack, 'Fleet', { ...props, vpcSubnets: { subnets } });
}

/** Of our own construct, at the call or at synthesis. */
function ours(write: Write): string[] {
  const stack = knownStack();
  try {
    ourFleet(stack, write);
  } catch (error) {
    return codesIn((error as Error).message);
  }
  const error = synthErrorOf(stack);
  return codesIn(error || Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data)).join());
}

function cdkStack(write: Write): Stack {
  const stack = knownStack();
  new lambda.CapacityProvider(stack, 'Provider', complete(stack, write(stack)));
  return stack;
}

/** Of CDK's own construct, by the checks. */
function cdk(write: Write): string[] {
  return checked(cdkStack(write), [Level.ERROR, Level.WARNING]);
}

function checked(stack: Stack, levels: string[] = Object.values(Level)): string[] {
  const { violations } = new ManagedInstancesChecks().validateScope(stack);
  return violations.filter(({ severity }) => levels.includes(severity!)).map(({ ruleName }) => ruleName).sort();
}

/** Of the template that comes of it, as if somebody had written it. */
function template(write: Write): string[] {
  return inTemplate(write).filter(({ level }) => level !== Level.INFO).map(({ code }) => code).sort();
}

function inTemplate(write: Write): Finding[] {
  const body = Template.fromStack(cdkStack(write)).toJSON();
  const graph = new ResourceGraph(resourcesOf([{ file: 'template.json', body, ...ENV }]));
  const [provider] = graph.ofType(CAPACITY_PROVIDER);
  return PROVIDER_JUDGE.judge(providerCaseInTemplate(provider, graph), Moment.TEMPLATE, templateContext());
}

function codesIn(text: string): string[] {
  return [...text.matchAll(/cdk-lambda-managed-instances::(\w+)/g)].map(([, code]) => code).sort();
}

/** A VPC of L1s with a subnet in each zone, and what a route table of theirs gets. */
function plain(stack: Stack, route?: (vpc: ec2.CfnVPC) => Partial<ec2.CfnRouteProps>, zones: (string | undefined)[] = ZONES): Around {
  const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
  const table = new ec2.CfnRouteTable(stack, 'Table', { vpcId: vpc.ref });
  if (route) new ec2.CfnRoute(stack, 'Route', { routeTableId: table.ref, destinationCidrBlock: '0.0.0.0/0', ...route(vpc) });
  const subnets = zones.map((availabilityZone, index) => {
    const subnet = new ec2.CfnSubnet(stack, `Subnet${index}`, { vpcId: vpc.ref, cidrBlock: `10.0.${index}.0/24`, availabilityZone });
    new ec2.CfnSubnetRouteTableAssociation(stack, `Association${index}`, { subnetId: subnet.ref, routeTableId: table.ref });
    return ec2.Subnet.fromSubnetId(stack, `Import${index}`, subnet.ref);
  });
  return { vpc: ec2.Vpc.fromVpcAttributes(stack, 'ImportedVpc', { vpcId: vpc.ref, availabilityZones: ZONES }), subnets };
}

const nat = (stack: Stack) => () => ({ natGatewayId: new ec2.CfnNatGateway(stack, 'Nat', { subnetId: 'subnet-1', allocationId: 'eipalloc-1' }).ref });
const endpoint = (stack: Stack, props: Partial<ec2.CfnVPCEndpointProps> = {}) => new ec2.CfnVPCEndpoint(stack, 'Endpoint', {
  vpcId: Fn.ref('Vpc'), vpcEndpointType: 'Interface', serviceName: Fn.sub('com.amazonaws.${AWS::Region}.logs'), privateDnsEnabled: true, ...props,
});
const group = (stack: Stack, vpc: ec2.IVpc, egress: Partial<ec2.CfnSecurityGroup.EgressProperty> = {}) => {
  const { attrGroupId } = new ec2.CfnSecurityGroup(stack, 'Group', { groupDescription: 'x', vpcId: vpc.vpcId, securityGroupEgress: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '0.0.0.0/0', ...egress }] });
  return ec2.SecurityGroup.fromSecurityGroupId(stack, 'ImportedGroup', attrGroupId);
};
const role = (stack: Stack, props: Partial<iam.CfnRoleProps>) => {
  const { attrArn } = new iam.CfnRole(stack, 'Role', {
    assumeRolePolicyDocument: { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } } },
    managedPolicyArns: [Fn.sub('arn:${AWS::Partition}:iam::aws:policy/AWSLambdaManagedEC2ResourceOperator')],
    ...props,
  });
  return { role: iam.Role.fromRoleArn(stack, 'ImportedRole', attrArn, { mutable: false }) };
};
const withGroup = (egress: Partial<ec2.CfnSecurityGroup.EgressProperty>): Write => (stack) => {
  const vpc = new ec2.Vpc(stack, 'V');
  return { vpc, group: group(stack, vpc, egress) };
};

test.each<[string, Write, string[]]>([
  ['nothing to say', () => ({}), []],
  ['a plain network with NAT', (stack) => plain(stack, nat(stack)), []],
  ['a table without routes', (stack) => plain(stack), ['EgressMissing']],
  ['a table without routes, and an endpoint for logs', (stack) => { endpoint(stack); return plain(stack); }, []],
  ['an endpoint without private DNS', (stack) => { endpoint(stack, { privateDnsEnabled: false }); return plain(stack); }, ['EgressMissing']],
  ['an endpoint for something else', (stack) => { endpoint(stack, { serviceName: 'com.amazonaws.eu-west-1.sqs' }); return plain(stack); }, ['EgressMissing']],
  ['an endpoint for a service that is a parameter', (stack) => {
    endpoint(stack, { serviceName: new CfnParameter(stack, 'Service').valueAsString });
    return plain(stack);
  }, []],
  ['a route that is a parameter', (stack) => plain(stack, () => ({ destinationCidrBlock: new CfnParameter(stack, 'Block').valueAsString, transitGatewayId: 'tgw-1' })), []],
  ['a route of a list of prefixes', (stack) => plain(stack, () => ({ destinationCidrBlock: undefined, destinationPrefixListId: 'pl-1', transitGatewayId: 'tgw-1' })), []],
  ['a route to another network only', (stack) => plain(stack, () => ({ destinationCidrBlock: '10.1.0.0/16', transitGatewayId: 'tgw-1' })), ['EgressMissing']],
  ['routes that a VPN may bring', (stack) => {
    new ec2.CfnVPNGatewayRoutePropagation(stack, 'Vpn', { vpnGatewayId: 'vgw-1', routeTableIds: [Fn.ref('Table')] });
    return plain(stack);
  }, []],
  ['a route to an internet gateway', (stack) => plain(stack, () => ({ gatewayId: new ec2.CfnInternetGateway(stack, 'Gateway').ref })), ['PublicSubnets']],
  ['a route to an internet gateway by its id', (stack) => plain(stack, () => ({ gatewayId: 'igw-1' })), ['PublicSubnets']],
  ['a route to a gateway that is a parameter', (stack) => plain(stack, () => ({ gatewayId: new CfnParameter(stack, 'Gateway').valueAsString })), []],
  ['two named zones', (stack) => plain(stack, nat(stack), [ZONES[0], ZONES[0], ZONES[1]]), ['ZoneCount']],
  ['two zones of those that there are', (stack) => plain(stack, nat(stack), [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs()), Fn.select(0, Fn.getAzs())]), ['ZoneCount']],
  ['three zones of those that there are', (stack) => plain(stack, nat(stack), [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs()))), []],
  ['two subnets anywhere', (stack) => plain(stack, nat(stack), [undefined, undefined]), ['ZoneCount']],
  ['three subnets anywhere', (stack) => plain(stack, nat(stack), [undefined, undefined, undefined]), []],
  ['a local zone', (stack) => plain(stack, nat(stack), ['us-west-2a', 'us-west-2b', 'us-west-2-lax-1a']), ['ZoneCount']],
  ['an Elastic IP for two gateways', (stack) => {
    new ec2.CfnNatGateway(stack, 'OtherNat', { subnetId: 'subnet-2', allocationId: 'eipalloc-1' });
    return plain(stack, nat(stack));
  }, ['ElasticIpReused']],
  ['a group with HTTPS', withGroup({}), []],
  ['a group with another port', withGroup({ fromPort: 80, toPort: 80 }), ['HttpsBlocked']],
  ['a group with a port that is a parameter', (stack) => withGroup({ toPort: new CfnParameter(stack, 'Port', { type: 'Number' }).valueAsNumber })(stack), []],
  ['a group with a rule of its own for HTTPS', (stack) => {
    new ec2.CfnSecurityGroupEgress(stack, 'Rule', { groupId: Fn.getAtt('Group', 'GroupId').toString(), ipProtocol: '-1', cidrIp: '0.0.0.0/0' });
    return withGroup({ fromPort: 80, toPort: 80 })(stack);
  }, []],
  ['subnets of two networks', (stack) => {
    const [one, other] = [new ec2.Vpc(stack, 'One'), new ec2.Vpc(stack, 'Other')];
    return { vpc: one, subnets: [...one.privateSubnets, ...other.privateSubnets.slice(2)] };
  }, ['SubnetsDistinct']],
  ['a group of another network', (stack) => ({ group: new ec2.SecurityGroup(stack, 'Group', { vpc: new ec2.Vpc(stack, 'Other') }) }), ['SubnetsDistinct']],
  ['a plain role', (stack) => role(stack, {}), []],
  ['a role that trusts another service', (stack) => role(stack, { assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ec2.amazonaws.com'] } }] } }), ['OperatorRoleTrust']],
  ['a role that trusts a parameter', (stack) => role(stack, { assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: new CfnParameter(stack, 'Service').valueAsString } }] } }), []],
  ['a role without policies', (stack) => role(stack, { managedPolicyArns: undefined }), ['OperatorRolePolicy']],
  ['a role with a policy that is a parameter', (stack) => role(stack, { managedPolicyArns: [new CfnParameter(stack, 'Policy').valueAsString] }), []],
  ['a role with too little', (stack) => role(stack, { managedPolicyArns: [], policies: [{ policyName: 'x', policyDocument: { Statement: { Effect: 'Allow', Action: 'ec2:*', Resource: '*' } } }] }), ['OperatorRolePolicy']],
  ['a role with a policy of its own beside it', (stack) => {
    new iam.CfnPolicy(stack, 'Policy', { policyName: 'x', roles: [Fn.ref('Role')], policyDocument: { Statement: [{ Effect: 'Allow', Action: ['ec2:*', 'logs:*'], Resource: '*' }] } });
    return role(stack, { managedPolicyArns: [] });
  }, []],
  ['the managed policy under a path', (stack) => role(stack, { managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaManagedEC2ResourceOperator'] }), ['OperatorRolePolicy']],
  ['a role of another account', (stack) => ({ role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::210987654321:role/operator') }), ['OperatorRoleElsewhere']],
  ['a role of the account', (stack) => ({ role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/operator') }), []],
  ['a role of an account that is a parameter', (stack) => ({ role: iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${new CfnParameter(stack, 'Account').valueAsString}:role/operator`) }), []],
  ['a key of another Region', (stack) => ({ key: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-2:123456789012:key/1-2') }), ['KmsKeyElsewhere']],
  ['a key of another account', (stack) => ({ key: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:210987654321:key/1-2') }), ['KmsKeyElsewhere']],
  ['a key of the account', (stack) => ({ key: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1-2') }), []],
  ['a key of this app', (stack) => ({ key: new kms.Key(stack, 'Key') }), []],
])('%s', (_what, write, expected) => {
  expect({ ours: ours(write), cdk: cdk(write), template: template(write) }).toEqual({ ours: expected, cdk: expected, template: expected });
});

/** What each source says of one code, infos included: by the checks, by the plan of our own fleet, and of the template. */
function saying(code: string, write: Write) {
  const own = knownStack();
  const fleet = ourFleet(own, write);
  const isSaid = (codes: string[]) => codes.includes(code);
  return {
    plan: isSaid(fleet.plan().findings.map((finding) => finding.code)),
    ours: isSaid(checked(own)),
    cdk: isSaid(checked(cdkStack(write))),
    template: isSaid(inTemplate(write).map((finding) => finding.code)),
  };
}

const everywhere = (isSaid: boolean) => ({ plan: isSaid, ours: isSaid, cdk: isSaid, template: isSaid });
const inboundRule = { ipProtocol: 'tcp', fromPort: 80, toPort: 80, cidrIp: '10.0.0.0/8' };
const ingress = (stack: Stack, props: Partial<ec2.CfnSecurityGroupIngressProps> = {}) => new ec2.CfnSecurityGroupIngress(stack, 'Inbound', { groupId: Fn.getAtt('Group', 'GroupId').toString(), ...inboundRule, ...props });
const trust = (condition?: object) => ({ assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' }, Condition: condition }] } });

test.each<[string, string, Write, boolean]>([
  ['InboundRules', 'no rule', (stack) => withGroup({})(stack), false],
  ['InboundRules', 'a rule of an L2', (stack) => {
    const vpc = new ec2.Vpc(stack, 'V');
    const open = new ec2.SecurityGroup(stack, 'Group', { vpc });
    open.addIngressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.HTTP);
    return { vpc, group: open };
  }, true],
  ['InboundRules', 'a rule for another group', (stack) => {
    const vpc = new ec2.Vpc(stack, 'V');
    const open = new ec2.SecurityGroup(stack, 'Group', { vpc });
    open.connections.allowFrom(new ec2.SecurityGroup(stack, 'Other', { vpc }), ec2.Port.HTTP);
    return { vpc, group: open };
  }, true],
  ['InboundRules', 'a rule inside of the group', (stack) => {
    const vpc = new ec2.Vpc(stack, 'V');
    const { attrGroupId } = new ec2.CfnSecurityGroup(stack, 'Group', { groupDescription: 'x', vpcId: vpc.vpcId, securityGroupIngress: [inboundRule] });
    return { vpc, group: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Import', attrGroupId) };
  }, true],
  ['InboundRules', 'a rule of its own', (stack) => { ingress(stack); return withGroup({})(stack); }, true],
  ['InboundRules', 'a rule of another group', (stack) => { ingress(stack, { groupId: 'sg-1' }); return withGroup({})(stack); }, false],
  ['InboundRules', 'a rule of a group that is a parameter', (stack) => {
    ingress(stack, { groupId: new CfnParameter(stack, 'Other').valueAsString });
    return withGroup({})(stack);
  }, false],
  ['OperatorRoleSourceAccount', 'no condition', (stack) => role(stack, trust()), true],
  ['OperatorRoleSourceAccount', 'the account', (stack) => role(stack, trust({ StringEquals: { 'aws:SourceAccount': ENV.account } })), false],
  ['OperatorRoleSourceAccount', 'the ARN of what it acts for', (stack) => role(stack, trust({ ArnLike: { 'AWS:SourceArn': 'arn:aws:lambda:*' } })), false],
  ['OperatorRoleSourceAccount', 'another condition', (stack) => role(stack, trust({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })), true],
  ['OperatorRoleSourceAccount', 'an L2', (stack) => ({ role: new iam.Role(stack, 'Role', { assumedBy: LAMBDA, managedPolicies: [MANAGED] }) }), true],
  ['OperatorRoleSourceAccount', 'an L2 with the account', (stack) => ({
    role: new iam.Role(stack, 'Role', { assumedBy: LAMBDA.withConditions({ StringEquals: { 'aws:SourceAccount': ENV.account } }), managedPolicies: [MANAGED] }),
  }), false],
  ['OperatorRoleSourceAccount', 'a role from elsewhere', (stack) => ({ role: iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ENV.account}:role/operator`) }), false],
  ['Ipv6LogsEndpoint', 'a way out over IPv6', (stack) => plain(stack, () => ({ destinationCidrBlock: undefined, destinationIpv6CidrBlock: '::/0', egressOnlyInternetGatewayId: 'eigw-1' })), true],
  ['Ipv6LogsEndpoint', 'two halves of it', (stack) => {
    new ec2.CfnRoute(stack, 'Half', { routeTableId: Fn.ref('Table'), destinationIpv6CidrBlock: '8000::/1', egressOnlyInternetGatewayId: 'eigw-1' });
    return plain(stack, () => ({ destinationCidrBlock: undefined, destinationIpv6CidrBlock: '::/1', egressOnlyInternetGatewayId: 'eigw-1' }));
  }, true],
  ['Ipv6LogsEndpoint', 'IPv6 and an endpoint for logs', (stack) => {
    endpoint(stack);
    return plain(stack, () => ({ destinationCidrBlock: undefined, destinationIpv6CidrBlock: '::/0', egressOnlyInternetGatewayId: 'eigw-1' }));
  }, false],
  ['Ipv6LogsEndpoint', 'IPv6 and IPv4', (stack) => {
    new ec2.CfnRoute(stack, 'V6', { routeTableId: Fn.ref('Table'), destinationIpv6CidrBlock: '::/0', egressOnlyInternetGatewayId: 'eigw-1' });
    return plain(stack, nat(stack));
  }, false],
  ['Ipv6LogsEndpoint', 'an L2 with IPv6 alone', (stack) => ({
    vpc: new ec2.Vpc(stack, 'V', { natGateways: 0, ipProtocol: ec2.IpProtocol.DUAL_STACK, subnetConfiguration: [{ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }] }),
  }), true],
])('%s where there is %s', (code, _what, write, isSaid) => {
  expect(saying(code, write)).toEqual(everywhere(isSaid));
});

test.each<[string, (stack: Stack) => logs.ILogGroup, string[]]>([
  ['of another Region', (stack) => logs.LogGroup.fromLogGroupArn(stack, 'Logs', 'arn:aws:logs:eu-west-2:123456789012:log-group:orders'), ['LogGroupElsewhere']],
  ['of another account', (stack) => logs.LogGroup.fromLogGroupArn(stack, 'Logs', 'arn:aws:logs:eu-west-1:210987654321:log-group:orders'), ['LogGroupElsewhere']],
  ['of the same place', (stack) => logs.LogGroup.fromLogGroupArn(stack, 'Logs', 'arn:aws:logs:eu-west-1:123456789012:log-group:orders'), []],
  ['by its name', (stack) => logs.LogGroup.fromLogGroupName(stack, 'Logs', 'orders'), []],
])('a log group %s', (_what, logGroup, expected) => {
  expect(ours((stack) => ({ logGroup: logGroup(stack) }))).toEqual(expected);
});

test.each([
  ['of another account', '210987654321', ['GrantElsewhere']],
  ['of the same account', ENV.account, []],
])('a grant to a role %s', (_what, account, expected) => {
  const stack = knownStack();
  const fleet = new ManagedInstances(stack, 'Fleet');

  fleet.grants.passCapacityProvider(iam.Role.fromRoleArn(stack, 'Deployer', `arn:aws:iam::${account}:role/deployer`));

  expect(codesIn(Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data)).join())).toEqual(expected);
});
