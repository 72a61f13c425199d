import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Egress, ManagedInstances, ManagedInstancesNetwork, ManagedInstancesProps } from '../src';
import { findCycle, graphOf, waitsFor } from './template-graph';
import { testFunction, testStack, warningsOf } from './util';

const OPERATOR_POLICY = iam.ManagedPolicy.fromAwsManagedPolicyName('AWSLambdaManagedEC2ResourceOperator');

function idsOf(template: Template, type: string, props?: any): string[] {
  return Object.keys(template.findResources(type, props));
}

/** The one capacity provider, and all that it waits for. */
function waited(stack: Stack): Set<string> {
  const template = Template.fromStack(stack);
  const [provider] = idsOf(template, 'AWS::Lambda::CapacityProvider');
  return waitsFor(graphOf(template.toJSON()), provider);
}

function cycleIn(stack: Stack): string[] | undefined {
  return findCycle(graphOf(Template.fromStack(stack).toJSON()));
}

function operatorRole(scope: Stack, id: string = 'Role'): iam.Role {
  return new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [OPERATOR_POLICY] });
}

test('the search for cycles finds one', () => {
  expect(findCycle(graphOf({ Resources: { A: { DependsOn: 'B' }, B: { Properties: { X: { 'Fn::GetAtt': ['C', 'Arn'] } } }, C: { Properties: { Y: { 'Fn::Sub': '${A}-x' } } } } }))).toEqual(['A', 'B', 'C', 'A']);
});

describe('a provider waits', () => {
  test.each<[string, () => Egress, string[]]>([
    ['routes and gateways', () => Egress.natGateways(), ['AWS::EC2::NatGateway', 'AWS::EC2::EIP', 'AWS::EC2::Route', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::VPCGatewayAttachment']],
    ['routes and the egress-only gateway', () => Egress.ipv6(), ['AWS::EC2::EgressOnlyInternetGateway', 'AWS::EC2::Route', 'AWS::EC2::SecurityGroupIngress']],
    ['rules to the endpoints', () => Egress.privateEndpoints(), ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SubnetRouteTableAssociation']],
  ])('for %s', (_what, egress, types) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new ManagedInstances(stack, 'Fleet', { egress: egress() });

    // THEN
    const found = waited(stack);
    types.forEach((type) => {
      const ids = idsOf(Template.fromStack(stack), type);
      expect(ids.length).toBeGreaterThan(0);
      expect([...found]).toEqual(expect.arrayContaining(ids));
    });
  });

  test('for the interface endpoints', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new ManagedInstances(stack, 'Fleet', { egress: Egress.privateEndpoints() });

    // THEN
    const endpoints = idsOf(Template.fromStack(stack), 'AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Interface' } });
    expect(endpoints).toHaveLength(3);
    expect([...waited(stack)]).toEqual(expect.arrayContaining(endpoints));
  });

  test('for its role and group', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new ManagedInstances(stack, 'Fleet');

    // THEN
    expect([...waited(stack)]).toEqual(expect.arrayContaining(['AWS::IAM::Role', 'AWS::EC2::SecurityGroup'].flatMap((type) => idsOf(Template.fromStack(stack), type))));
  });

  test.each([true, false])('for outbound rules that are resources of their own (all outbound: %p)', (allowAllOutbound) => {
    // GIVEN
    const stack = testStack({}, { context: { '@aws-cdk/aws-ec2.securityGroupDisableInlineRules': true } });

    // WHEN
    new ManagedInstances(stack, 'Fleet', { allowAllOutbound });

    // THEN
    const rules = idsOf(Template.fromStack(stack), 'AWS::EC2::SecurityGroupEgress');
    expect(rules).toHaveLength(1);
    expect([...waited(stack)]).toEqual(expect.arrayContaining(rules));
  });

  test('for the policy of a role of your own, wherever it stands', () => {
    // GIVEN
    const stack = testStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const statement = () => new iam.PolicyStatement({ actions: ['ec2:*', 'logs:*'], resources: ['*'] });
    role.addToPolicy(statement());
    new iam.Policy(stack, 'Policy', { roles: [role], statements: [statement()] });

    // WHEN
    new ManagedInstances(stack, 'Fleet', { operatorRole: role });

    // THEN
    const policies = idsOf(Template.fromStack(stack), 'AWS::IAM::Policy');
    expect(policies).toHaveLength(2);
    expect([...waited(stack)]).toEqual(expect.arrayContaining(policies));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('for the permission to use its key', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new ManagedInstances(stack, 'Fleet', { kmsKey: new kms.Key(stack, 'Key') });

    // THEN
    const policies = idsOf(Template.fromStack(stack), 'AWS::IAM::Policy');
    expect(policies).toHaveLength(1);
    expect([...waited(stack)]).toEqual(expect.arrayContaining(policies));
  });
});

describe('CloudFormation finds no cycle', () => {
  test.each<[string, (stack: Stack) => ManagedInstancesProps]>([
    ['a default fleet', () => ({})],
    ['a narrow group', () => ({ allowAllOutbound: false })],
    ['private endpoints', () => ({ egress: Egress.privateEndpoints(), allowAllOutbound: false })],
    ['a key', (stack) => ({ kmsKey: new kms.Key(stack, 'Key') })],
    ['a key whose policy names the role', (stack) => ({ kmsKey: new kms.Key(stack, 'Key', { policy: new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['kms:*'], principals: [new iam.AccountRootPrincipal()], resources: ['*'] })] }) }) })],
    ['a role of your own', (stack) => ({ operatorRole: operatorRole(stack) })],
  ])('in %s whose functions talk to a peer group, and whose role names a function', (_what, props) => {
    // GIVEN
    const stack = testStack({}, { context: { '@aws-cdk/aws-ec2.securityGroupDisableInlineRules': true } });
    const fleet = new ManagedInstances(stack, 'Fleet', props(stack));
    const fn = testFunction(stack);
    fleet.addFunction(fn);

    // WHEN
    const peer = new ec2.SecurityGroup(stack, 'Peer', { vpc: fleet.vpc });
    peer.connections.allowFrom(fleet, ec2.Port.tcp(5432));
    fleet.connections.allowTo(peer, ec2.Port.tcp(6379));
    // A peer that waits for a function of the fleet.
    peer.node.addDependency(fn);
    fn.grantInvoke(fleet.operatorRole);
    fleet.operatorRole.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['lambda:GetFunction'], resources: [fn.functionArn] }));
    fleet.addDashboard('Dashboard');

    // THEN
    expect(cycleIn(stack)).toBeUndefined();
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'lambda:GetFunction' })]) } });
  });

  test('in a policy for the role that stands in the stack of the functions', () => {
    // GIVEN
    const app = new App();
    const fleetStack = new Stack(app, 'FleetStack');
    const role = operatorRole(fleetStack);
    const fleet = new ManagedInstances(fleetStack, 'Fleet', { operatorRole: role });
    const functions = new Stack(app, 'Functions');
    fleet.addFunction(testFunction(functions));

    // WHEN
    new iam.Policy(functions, 'Policy', { roles: [role], statements: [new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })] });

    // THEN
    expect(() => app.synth()).not.toThrow();
    expect(fleetStack.dependencies).toEqual([]);
  });

  test('in a fleet that is connected in both directions', () => {
    // GIVEN
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet', { allowAllOutbound: false });
    const database = new ec2.SecurityGroup(stack, 'Database', { vpc: fleet.vpc, allowAllOutbound: false });

    // WHEN
    fleet.connections.allowTo(database, ec2.Port.tcp(5432));
    fleet.addFunction(testFunction(stack));

    // THEN
    expect(cycleIn(stack)).toBeUndefined();
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 5432, DestinationSecurityGroupId: stack.resolve(database.securityGroupId) });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 5432, GroupId: stack.resolve(database.securityGroupId) });
  });
});

describe('sharing', () => {
  function assertNoCycles(app: App): void {
    const { stacks } = app.synth({ force: true });
    expect(stacks.length).toBeGreaterThan(0);
    stacks.forEach(({ template }) => expect(findCycle(graphOf(template))).toBeUndefined());
  }

  test.each<[Egress, number]>([[Egress.natGateways(), 0], [Egress.privateEndpoints(), 1]])('two fleets share one stack, role and group', (egress, endpointRules) => {
    // GIVEN
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const network = new ManagedInstancesNetwork(stack, 'Network', { egress });
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc: network.vpc });
    const role = operatorRole(stack);

    // WHEN
    ['A', 'B'].forEach((id) => new ManagedInstances(stack, id, { network, operatorRole: role, securityGroups: [group], kmsKey: kms.Key.fromKeyArn(stack, `Key${id}`, 'arn:aws:kms:eu-west-1:123456789012:key/1') }));

    // THEN
    expect(warningsOf(stack)).toEqual([]);
    assertNoCycles(app);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', endpointRules);
  });

  test.each([Egress.natGateways(), Egress.privateEndpoints(), Egress.ipv6()])('two stacks share one network', (egress) => {
    // GIVEN
    const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
    const network = new ManagedInstancesNetwork(new Stack(app, 'NetworkStack'), 'Network', { egress });

    // WHEN
    const stacks = ['A', 'B'].map((id) => {
      const stack = new Stack(app, id);
      new ManagedInstances(stack, 'Fleet', { network }).addFunction(testFunction(stack));
      return stack;
    });

    // THEN
    assertNoCycles(app);
    expect(stacks.map((stack) => stack.dependencies.map(({ stackName }) => stackName))).toEqual([['NetworkStack'], ['NetworkStack']]);
    stacks.forEach((stack) => expect(warningsOf(stack)).toEqual([]));
  });

  test('an image function in a fleet\'s stack adds ECR\'s endpoints to the stack of the network', () => {
    // GIVEN
    const app = new App();
    const networkStack = new Stack(app, 'NetworkStack');
    const network = new ManagedInstancesNetwork(networkStack, 'Network', { egress: Egress.privateEndpoints() });
    const stack = new Stack(app, 'FleetStack');

    // WHEN
    new ManagedInstances(stack, 'Fleet', { network }).addFunction(new lambda.CfnFunction(stack, 'Function', { code: { imageUri: 'x' }, role: 'arn', packageType: 'Image' }));

    // THEN
    assertNoCycles(app);
    Template.fromStack(networkStack).resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, 5);
  });

  test('a fleet stands in a nested stack, its functions in the parent and in the nested one', () => {
    // GIVEN
    const app = new App();
    const parent = new Stack(app, 'Parent');
    const nested = new NestedStack(parent, 'Nested');

    // WHEN
    const fleet = new ManagedInstances(nested, 'Fleet', { egress: Egress.privateEndpoints() });
    fleet.addFunction(testFunction(parent, 'Above', { architecture: lambda.Architecture.ARM_64 }));
    fleet.addFunction(testFunction(nested, 'Beside', { architecture: lambda.Architecture.ARM_64 }));
    fleet.addDashboard('Dashboard');

    // THEN
    assertNoCycles(app);
    expect(cycleIn(nested)).toBeUndefined();
    Template.fromStack(nested).hasResourceProperties('AWS::Lambda::CapacityProvider', { InstanceRequirements: { Architectures: ['arm64'] } });
  });

  test('a network in the parent serves fleets in two nested stacks', () => {
    // GIVEN
    const app = new App();
    const parent = new Stack(app, 'Parent');
    const network = new ManagedInstancesNetwork(parent, 'Network', { egress: Egress.privateEndpoints() });

    // WHEN
    const nested = ['A', 'B'].map((id) => {
      const stack = new NestedStack(parent, id);
      new ManagedInstances(stack, 'Fleet', { network });
      return stack;
    });

    // THEN
    assertNoCycles(app);
    nested.forEach((stack) => {
      expect(cycleIn(stack)).toBeUndefined();
      Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    });
  });

  test('functions of two other stacks run on a fleet', () => {
    // GIVEN
    const app = new App();
    const fleetStack = new Stack(app, 'FleetStack');
    const fleet = new ManagedInstances(fleetStack, 'Fleet', { egress: Egress.privateEndpoints() });
    fleet.addDashboard('Dashboard');

    // WHEN
    const stacks = ['A', 'B'].map((id) => {
      const stack = new Stack(app, id);
      fleet.addFunction(testFunction(stack));
      return stack;
    });

    // THEN
    assertNoCycles(app);
    expect(fleetStack.dependencies).toEqual([]);
    expect(stacks.map((stack) => stack.dependencies)).toEqual([[fleetStack], [fleetStack]]);
  });

  test('a database of a base stack lets a fleet of a dependent stack in, when the call is made on the fleet', () => {
    // GIVEN
    const app = new App();
    const base = new Stack(app, 'Base');
    const network = new ManagedInstancesNetwork(base, 'Network');
    const database = new ec2.SecurityGroup(base, 'Database', { vpc: network.vpc });
    const stack = new Stack(app, 'FleetStack');
    const fleet = new ManagedInstances(stack, 'Fleet', { network, allowAllOutbound: false });

    // WHEN
    fleet.connections.allowTo(database, ec2.Port.tcp(5432));

    // THEN
    assertNoCycles(app);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 5432 });
    expect(base.dependencies).toEqual([]);
  });
});

describe('under CDK\'s own template validator', () => {
  beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
  afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

  const strict = { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:strictCfnValidateErrors': true };
  const flags = jest.requireActual('aws-cdk-lib/recommended-feature-flags.json');

  test.each([['without feature flags', {}], ['with all recommended feature flags', flags]])('a shared network, a nested fleet and functions elsewhere are clean, %s', (_what, context) => {
    // GIVEN
    const app = new App({ context: { ...context, ...strict } });
    const base = new Stack(app, 'Base', { tags: { team: 'orders' } });
    const network = new ManagedInstancesNetwork(base, 'Network', { egress: Egress.privateEndpoints() });
    const kmsKey = new kms.Key(base, 'Key');

    // WHEN
    const nested = new ManagedInstances(new NestedStack(base, 'Nested'), 'Fleet', { network, kmsKey, allowAllOutbound: false });
    nested.addFunction(testFunction(base));
    const other = new Stack(app, 'Other');
    const fleet = new ManagedInstances(other, 'Fleet', { network, maxVCpuCount: 32, operatorRole: operatorRole(other) });
    fleet.addFunction(testFunction(new Stack(app, 'Functions')));
    fleet.addDashboard('Dashboard');

    // THEN
    expect(() => Template.fromStack(other)).not.toThrow();
  });
});
