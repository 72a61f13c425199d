import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { FckNatInstanceProvider } from 'cdk-fck-nat';
import { TemplateJson, Verdict, walkToIpv6Internet, walkToLogs } from './template-walker';
import { Egress, ManagedInstances, ManagedInstancesNetwork } from '../../src';
import { testFunction, testStack, warningsOf } from '../util';

const NANO = new ec2.InstanceType('t4g.nano');
const WAYS: Record<string, () => Egress> = {
  natGateways: () => Egress.natGateways(),
  natInstances: () => Egress.natProvider(ec2.NatProvider.instanceV2({
    instanceType: NANO,
    defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY,
  })),
  fckNat: () => Egress.natProvider(new FckNatInstanceProvider({
    instanceType: NANO,
    machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' }),
  })),
  privateEndpoints: () => Egress.privateEndpoints(),
  ipv6: () => Egress.ipv6(),
};
const NAMES = Object.keys(WAYS);
const IN_IRELAND = { env: { account: '123456789012', region: 'eu-west-1' } };

/** A fleet whose group is as narrow as can be: each rule counts. */
function stackWith(way: string, context: Record<string, unknown> = {}): Stack {
  const stack = testStack(IN_IRELAND, { context });
  new ManagedInstances(stack, 'Fleet', { egress: WAYS[way](), allowAllOutbound: false });
  return stack;
}

function templateOf(way: string): TemplateJson {
  return Template.fromStack(stackWith(way)).toJSON() as TemplateJson;
}

/** The template without what `spoil` takes from a copy of it. */
function spoilt(template: TemplateJson, spoil: (copy: any) => void): TemplateJson {
  const copy = JSON.parse(JSON.stringify(template));
  spoil(copy);
  return copy;
}

const reached = (verdicts: Verdict[]) => verdicts.length > 0 && verdicts.every((verdict) => verdict.reached);

describe('a path to CloudWatch Logs', () => {
  test.each([
    ['natGateways', 'NAT gateway'],
    ['natInstances', 'NAT instance'],
    ['fckNat', 'NAT instance'],
    ['privateEndpoints', 'endpoint'],
    ['ipv6', 'endpoint'],
  ])('leads from each subnet with %s', (way, path) => {
    expect(walkToLogs(templateOf(way))).toEqual(new Array(3).fill({ subnet: expect.any(String), path, reached: true }));
  });

  test('leads to the rest of the internet over IPv6', () => {
    expect(walkToIpv6Internet(templateOf('ipv6'))).toEqual(new Array(3).fill({ subnet: expect.any(String), path: 'egress-only gateway', reached: true }));
  });
});

/** What a path consists of. Without any one of these resources, it is none. */
const LOAD_BEARING: Record<string, (id: string, resource: any) => boolean> = {
  natGateways: (_id, { Type }) => [
    'AWS::EC2::Route', 'AWS::EC2::RouteTable', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::NatGateway', 'AWS::EC2::EIP',
    'AWS::EC2::InternetGateway', 'AWS::EC2::VPCGatewayAttachment', 'AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet',
  ].includes(Type),
  natInstances: (_id, { Type }) => [
    'AWS::EC2::Route', 'AWS::EC2::RouteTable', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::Instance',
    'AWS::EC2::InternetGateway', 'AWS::EC2::VPCGatewayAttachment', 'AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet',
  ].includes(Type),
  fckNat: (_id, { Type }) => [
    'AWS::EC2::Route', 'AWS::EC2::RouteTable', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::NetworkInterface',
    'AWS::EC2::InternetGateway', 'AWS::EC2::VPCGatewayAttachment', 'AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet',
  ].includes(Type),
  privateEndpoints: (id, { Type }) => ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroup'].includes(Type) || /EndpointsLogs/.test(id),
  ipv6: (id, { Type }) => ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroup'].includes(Type) || /EndpointsLogs/.test(id),
};

describe('the walker notices', () => {
  test.each(Object.keys(LOAD_BEARING))('when any one part of the path is taken away, with %s', (way) => {
    // GIVEN
    const template = templateOf(way);
    const parts = Object.entries(template.Resources).filter(([id, resource]) => LOAD_BEARING[way](id, resource)).map(([id]) => id);

    // THEN
    expect(parts.length).toBeGreaterThan(2);
    const unnoticed = parts.filter((part) => reached(walkToLogs(spoilt(template, ({ Resources }) => delete Resources[part]))));
    expect(unnoticed).toEqual([]);
  });

  test.each<[string, string, string, (properties: any) => void]>([
    ['natGateways', 'AWS::EC2::SecurityGroup', 'the rule for HTTPS', (group) => { group.SecurityGroupEgress = []; }],
    ['natGateways', 'AWS::EC2::SecurityGroup', 'the port', (group) => { group.SecurityGroupEgress[0].ToPort = 442; }],
    ['natInstances', 'AWS::EC2::Instance', 'the check of source and destination', (instance) => { delete instance.SourceDestCheck; }],
    ['fckNat', 'AWS::EC2::NetworkInterface', 'the check of source and destination', (card) => { delete card.SourceDestCheck; }],
    ['fckNat', 'AWS::EC2::SecurityGroup', 'the rule for what comes in', (group) => { delete group.SecurityGroupIngress; }],
    ['natInstances', 'AWS::EC2::SecurityGroup', 'the rule for what comes in', (group) => { delete group.SecurityGroupIngress; }],
    ['privateEndpoints', 'AWS::EC2::VPCEndpoint', 'private DNS', (endpoint) => { endpoint.PrivateDnsEnabled = false; }],
    ['privateEndpoints', 'AWS::EC2::VPCEndpoint', 'the service', (endpoint) => { delete endpoint.ServiceName; }],
    ['privateEndpoints', 'AWS::EC2::VPCEndpoint', 'the subnets of the endpoint', (endpoint) => { delete endpoint.SubnetIds; }],
    ['privateEndpoints', 'AWS::EC2::VPCEndpoint', 'the group of the endpoint', (endpoint) => { delete endpoint.SecurityGroupIds; }],
    ['privateEndpoints', 'AWS::EC2::VPC', 'DNS', (vpc) => { vpc.EnableDnsSupport = false; }],
    ['privateEndpoints', 'AWS::EC2::VPC', 'DNS names', (vpc) => { vpc.EnableDnsHostnames = false; }],
    ['privateEndpoints', 'AWS::EC2::SecurityGroupIngress', 'the port', (rule) => { rule.FromPort = 444; }],
    ['privateEndpoints', 'AWS::EC2::SecurityGroup', 'the rule for HTTPS', (group) => { group.SecurityGroupEgress = []; }],
    ['ipv6', 'AWS::EC2::VPCEndpoint', 'private DNS', (endpoint) => { endpoint.PrivateDnsEnabled = false; }],
  ])('with %s, on %s, without %s', (way, type, _what, spoil) => {
    const template = spoilt(templateOf(way), ({ Resources }) => change(Resources, type, spoil));

    expect(reached(walkToLogs(template))).toBe(false);
  });

  test.each<[string, (resources: any) => void]>([
    ['the gateway', (resources) => remove(resources, 'AWS::EC2::EgressOnlyInternetGateway')],
    ['a route', (resources) => remove(resources, 'AWS::EC2::Route')],
    ['the addresses of the VPC', (resources) => remove(resources, 'AWS::EC2::VPCCidrBlock')],
    ['the association of a route table', (resources) => remove(resources, 'AWS::EC2::SubnetRouteTableAssociation')],
    ['the address of an instance', (resources) => change(resources, 'AWS::EC2::Subnet', (subnet) => { subnet.AssignIpv6AddressOnCreation = false; })],
    ['the rule for IPv6', (resources) => change(resources, 'AWS::EC2::SecurityGroup', (group) => {
      group.SecurityGroupEgress = group.SecurityGroupEgress.filter(({ CidrIpv6 }: any) => !CidrIpv6);
    })],
  ])('over IPv6, without %s', (_what, spoil) => {
    expect(reached(walkToIpv6Internet(spoilt(templateOf('ipv6'), ({ Resources }) => spoil(Resources))))).toBe(false);
  });
});

function remove(resources: any, type: string): void {
  delete resources[Object.keys(resources).find((id) => resources[id].Type === type)!];
}

function change(resources: any, type: string, spoil: (properties: any) => void): void {
  Object.values<any>(resources).filter(({ Type }) => Type === type).forEach(({ Properties }) => spoil(Properties));
}

test.each(NAMES)('adds the free gateway endpoints, and no warning, with %s', (way) => {
  // WHEN
  const stack = stackWith(way);

  // THEN
  const gateways = Object.values(Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Gateway' } }));
  expect(gateways.map(({ Properties }) => Properties.ServiceName['Fn::Join'][1].at(-1))).toEqual(['.s3', '.dynamodb']);
  expect(warningsOf(stack)).toEqual([]);
});

describe('NAT', () => {
  test.each([[Egress.natGateways({ count: 1 }), 'AWS::EC2::NatGateway'], [Egress.natProvider(ec2.NatProvider.instanceV2({ instanceType: NANO }), { count: 1 }), 'AWS::EC2::Instance']])('is as many as asked for', (egress, type) => {
    const stack = testStack();

    new ManagedInstances(stack, 'Fleet', { egress });

    Template.fromStack(stack).resourceCountIs(type, 1);
  });

  test.each([0, -1, 1.5])('is refused %d times', (count) => {
    const message = `count is ${count}, but must be a whole number, at least 1. Create at least 1, or choose egress without NAT: `
      + 'Egress.privateEndpoints(). [cdk-lambda-managed-instances::EgressMissing]';

    expect(() => new ManagedInstances(testStack(), 'Fleet', { egress: Egress.natGateways({ count }) })).toThrow(message);
    expect(() => new ManagedInstancesNetwork(testStack(), 'Network', { egress: Egress.natGateways({ count }) })).toThrow(message);
  });
});

describe('a NAT provider', () => {
  const PROVIDERS: [string, () => ec2.NatProvider][] = [
    ['of gateways', () => ec2.NatProvider.gateway()],
    ['of instances', () => ec2.NatProvider.instanceV2({ instanceType: NANO })],
    ['of fck-nat', () => new FckNatInstanceProvider({ instanceType: NANO })],
  ];
  const message = 'egress has a NAT provider that already serves another network, but each network needs one of its own. Create a new Egress.natProvider(…), with a new NAT provider in it, for each network, or give the fleets one ManagedInstancesNetwork. [cdk-lambda-managed-instances::NatProviderReused]';

  test.each(PROVIDERS)('%s serves one network', (_what, provider) => {
    const stack = testStack(IN_IRELAND);
    const egress = Egress.natProvider(provider());
    const other = Egress.natProvider(provider());
    new ManagedInstances(stack, 'Fleet', { egress });

    expect(() => new ManagedInstances(stack, 'Other', { egress })).toThrow(message);
    expect(() => new ManagedInstancesNetwork(stack, 'Network', { egress })).toThrow(message);
    expect(() => new ManagedInstancesNetwork(stack, 'Good', { egress: other })).not.toThrow();
  });

  test('isn\'t taken from a VPC of CDK', () => {
    const stack = testStack();
    const natGatewayProvider = ec2.NatProvider.instanceV2({ instanceType: NANO });
    new ec2.Vpc(stack, 'Vpc', { natGatewayProvider });

    expect(() => new ManagedInstances(stack, 'Fleet', { egress: Egress.natProvider(natGatewayProvider) })).toThrow(message);
  });

  test('isn\'t needed for Egress.natGateways(), which serves any number of networks', () => {
    const stack = testStack();
    const egress = Egress.natGateways();
    new ManagedInstances(stack, 'Fleet', { egress });

    expect(() => new ManagedInstances(stack, 'Other', { egress })).not.toThrow();
  });
});

describe('private endpoints', () => {
  const shortNames = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Interface' } }))
    .map(({ Properties }) => Properties.ServiceName.split('.').slice(3).join('.'));

  test('are those for logs, metrics and traces', () => {
    expect(shortNames(stackWith('privateEndpoints'))).toEqual(['logs', 'monitoring', 'xray']);
  });

  test('are those of other services that are asked for, once each', () => {
    // GIVEN
    const stack = testStack(IN_IRELAND);
    const { SECRETS_MANAGER, SQS, CLOUDWATCH_LOGS } = ec2.InterfaceVpcEndpointAwsService;

    // WHEN
    new ManagedInstances(stack, 'Fleet', { egress: Egress.privateEndpoints({ services: [SECRETS_MANAGER, SQS, CLOUDWATCH_LOGS] }) });

    // THEN
    expect(shortNames(stack)).toEqual(['logs', 'monitoring', 'xray', 'secretsmanager', 'sqs']);
  });

  test('let exactly the fleet in, on 443', () => {
    // WHEN
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { egress: Egress.privateEndpoints() });

    // THEN
    const template = Template.fromStack(stack);
    expect(Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties)).toEqual([expect.objectContaining({
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      SourceSecurityGroupId: stack.resolve(fleet.connections.securityGroups[0].securityGroupId),
    })]);
    Object.values(template.findResources('AWS::EC2::SecurityGroup')).forEach(({ Properties }) => expect(Properties).not.toHaveProperty('SecurityGroupIngress'));
    template.resourceCountIs('AWS::EC2::InternetGateway', 0);
  });

  test('let the fleet in on other ports, where services of somebody else listen there', () => {
    // GIVEN
    const stack = testStack();
    const services = Object.entries({ a: 8443, b: 8443, c: 9443 }).map(([id, port]) => (
      new ec2.InterfaceVpcEndpointService(`com.amazonaws.vpce.${stack.region}.vpce-svc-${id}`, port)
    ));

    // WHEN
    new ManagedInstances(stack, 'Fleet', { egress: Egress.privateEndpoints({ services }) });

    // THEN
    const template = Template.fromStack(stack);
    expect(Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => [Properties.FromPort, Properties.ToPort])).toEqual([[443, 443], [8443, 8443], [9443, 9443]]);
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', PrivateDnsEnabled: false }, 3);
  });

  test('have private DNS names where a service doesn\'t say', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new ManagedInstances(stack, 'Fleet', { egress: Egress.privateEndpoints({ services: [{ name: 'com.example.orders', port: 443 }] }) });

    // THEN
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: 'com.example.orders', PrivateDnsEnabled: true });
  });

  test.each(['privateEndpoints', 'ipv6'])('get those of ECR with the first container image, however late, with %s', (way) => {
    // GIVEN
    const stack = testStack(IN_IRELAND);
    const fleet = new ManagedInstances(stack, 'Fleet', { egress: WAYS[way]() });
    const image = (id: string) => new lambda.DockerImageFunction(stack, id, { code: lambda.DockerImageCode.fromEcr(repository(stack, `${id}Images`)) });
    fleet.addFunction(testFunction(stack));

    // WHEN
    fleet.addFunction(image('A'));
    fleet.addFunction(image('B'));

    // THEN
    expect(shortNames(stack).slice(-2)).toEqual(['ecr.api', 'ecr.dkr']);
    const [provider] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::CapacityProvider'));
    expect(provider.DependsOn.filter((id: string) => /Ecr/.test(id))).toHaveLength(2);
  });

  test('leave ECR out for functions without an image', () => {
    // GIVEN
    const stack = testStack(IN_IRELAND);

    // WHEN
    new ManagedInstances(stack, 'Fleet', { egress: Egress.privateEndpoints() }).addFunction(testFunction(stack));

    // THEN
    expect(shortNames(stack)).toEqual(['logs', 'monitoring', 'xray']);
  });
});

describe('under CDK\'s own template validator', () => {
  beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
  afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

  const strict = { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:strictCfnValidateErrors': true };
  const flags = jest.requireActual('aws-cdk-lib/recommended-feature-flags.json');

  test.each(NAMES)('is clean, with and without all recommended feature flags, with %s', (way) => {
    expect(() => Template.fromStack(stackWith(way, strict))).not.toThrow();
    expect(() => Template.fromStack(stackWith(way, { ...flags, ...strict }))).not.toThrow();
    expect(walkToLogs(Template.fromStack(stackWith(way, flags)).toJSON() as TemplateJson).every((verdict) => verdict.reached)).toBe(true);
  });
});

test.each(NAMES.filter((way) => way !== 'fckNat'))('leads out without env as well, where CDK knows of two zones, with %s', (way) => {
  // WHEN
  const stack = testStack();
  new ManagedInstances(stack, 'Fleet', { egress: WAYS[way](), allowAllOutbound: false });

  // THEN
  expect(walkToLogs(Template.fromStack(stack).toJSON() as TemplateJson)).toEqual(new Array(2).fill(expect.objectContaining({ reached: true })));
  expect(warningsOf(stack)).toEqual([]);
});

function repository(stack: Stack, id: string) {
  return Repository.fromRepositoryName(stack, id, 'images');
}
