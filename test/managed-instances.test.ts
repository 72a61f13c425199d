import { App, CfnParameter, PropertyInjectors, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Egress, InstanceSelection, ManagedInstances, ManagedInstancesNetwork, ManagedInstancesProps } from '../src';
import { onlyResource, testFunction, testStack, warningsOf } from './util';

const CAPACITY_PROVIDER = 'AWS::Lambda::CapacityProvider';

let stack: Stack;

beforeEach(() => {
  stack = testStack();
});

function provider(): any {
  return onlyResource(stack, CAPACITY_PROVIDER).Properties;
}

describe('network', () => {
  test('makes private subnets with a NAT gateway in each of two zones, all that CDK gives without env', () => {
    // WHEN
    const fleet = new ManagedInstances(stack, 'Fleet');

    // THEN
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::NatGateway', 2);
    expect(provider().VpcConfig.SubnetIds).toEqual(fleet.vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId)));
    expect(fleet.vpc.privateSubnets).toHaveLength(2);
  });

  test('spreads over three zones where the environment is known', () => {
    // WHEN
    const known = testStack({ env: { account: '123456789012', region: 'eu-west-1' } });
    new ManagedInstances(known, 'Fleet');

    // THEN
    expect(onlyResource(known, CAPACITY_PROVIDER).Properties.VpcConfig.SubnetIds).toHaveLength(3);
    Template.fromStack(known).resourceCountIs('AWS::EC2::NatGateway', 3);
  });

  test('adds the free gateway endpoints', () => {
    // WHEN
    new ManagedInstances(stack, 'Fleet');

    // THEN
    const endpoints = Object.values(Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint'));
    expect(endpoints.map(({ Properties }) => [Properties.VpcEndpointType, Properties.ServiceName['Fn::Join'][1].at(-1)]))
      .toEqual([['Gateway', '.s3'], ['Gateway', '.dynamodb']]);
  });

  test('takes the way out that is asked for', () => {
    // WHEN
    new ManagedInstances(stack, 'Fleet', { egress: Egress.natGateways({ count: 1 }) });

    // THEN
    Template.fromStack(stack).resourceCountIs('AWS::EC2::NatGateway', 1);
  });

  test('launches only after the routes of its subnets', () => {
    // WHEN
    new ManagedInstances(stack, 'Fleet');

    // THEN
    const { DependsOn } = onlyResource(stack, CAPACITY_PROVIDER);
    const routes = Object.entries(Template.fromStack(stack).findResources('AWS::EC2::Route', { Properties: { NatGatewayId: Match.anyValue() } }));
    expect(routes).toHaveLength(2);
    expect(DependsOn).toEqual(expect.arrayContaining(routes.map(([id]) => id)));
  });

  test('uses a VPC that exists, and adds nothing to it', () => {
    // GIVEN
    const vpc = new ec2.Vpc(stack, 'Vpc');

    // WHEN
    const fleet = new ManagedInstances(stack, 'Fleet', { vpc });

    // THEN
    expect(fleet.vpc).toBe(vpc);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::VPC', 1);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::VPCEndpoint', 0);
    expect(provider().VpcConfig.SubnetIds).toEqual(vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId)));
  });

  test('uses the subnets that are selected', () => {
    // GIVEN
    const vpc = new ec2.Vpc(stack, 'Vpc');

    // WHEN
    new ManagedInstances(stack, 'Fleet', { vpc, vpcSubnets: { subnets: [vpc.privateSubnets[1]] } });

    // THEN
    expect(provider().VpcConfig.SubnetIds).toEqual([stack.resolve(vpc.privateSubnets[1].subnetId)]);
  });

  test('shares a network with other fleets', () => {
    // GIVEN
    const network = new ManagedInstancesNetwork(stack, 'Network');

    // WHEN
    const fleets = ['A', 'B'].map((id) => new ManagedInstances(stack, id, { network }));

    // THEN
    Template.fromStack(stack).resourceCountIs('AWS::EC2::VPC', 1);
    fleets.forEach((fleet) => expect(fleet.vpc).toBe(network.vpc));
  });
});

describe('security group', () => {
  test('has one of its own that opens any connection and takes none', () => {
    // WHEN
    new ManagedInstances(stack, 'Fleet');

    // THEN
    const group = onlyResource(stack, 'AWS::EC2::SecurityGroup');
    expect(group.Properties).not.toHaveProperty('SecurityGroupIngress');
    expect(group.Properties.SecurityGroupEgress).toEqual([expect.objectContaining({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' })]);
  });

  test('opens HTTPS only when asked to', () => {
    // WHEN
    new ManagedInstances(stack, 'Fleet', { allowAllOutbound: false });

    // THEN
    expect(onlyResource(stack, 'AWS::EC2::SecurityGroup').Properties.SecurityGroupEgress)
      .toEqual([{ CidrIp: '0.0.0.0/0', Description: 'HTTPS to AWS', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }]);
  });

  test('uses the groups that are given', () => {
    // GIVEN
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc });

    // WHEN
    const fleet = new ManagedInstances(stack, 'Fleet', { vpc, securityGroups: [group] });

    // THEN
    expect(fleet.connections.securityGroups).toEqual([group]);
    expect(provider().VpcConfig.SecurityGroupIds).toEqual([stack.resolve(group.securityGroupId)]);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroup', 1);
  });

  test('is connectable', () => {
    // GIVEN
    const fleet = new ManagedInstances(stack, 'Fleet');
    const database = new ec2.SecurityGroup(stack, 'Database', { vpc: fleet.vpc });

    // WHEN
    database.connections.allowFrom(fleet, ec2.Port.tcp(5432));

    // THEN
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 5432,
      SourceSecurityGroupId: stack.resolve(fleet.connections.securityGroups[0].securityGroupId),
    });
  });
});

describe('operator role', () => {
  test('can be assumed by Lambda for this account, with AWS\'s policy', () => {
    // WHEN
    const fleet = new ManagedInstances(stack, 'Fleet');

    // THEN
    const { Properties } = onlyResource(stack, 'AWS::IAM::Role');
    expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([{
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'lambda.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }]);
    expect(Properties.ManagedPolicyArns)
      .toEqual([{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSLambdaManagedEC2ResourceOperator']] }]);
    expect(provider().PermissionsConfig).toEqual({ CapacityProviderOperatorRoleArn: stack.resolve(fleet.operatorRole.roleArn) });
  });

  test('can be one that exists', () => {
    // GIVEN
    const operatorRole = iam.Role.fromRoleName(stack, 'Role', 'operator');

    // WHEN
    const fleet = new ManagedInstances(stack, 'Fleet', { operatorRole });

    // THEN
    expect(fleet.operatorRole).toBe(operatorRole);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 0);
  });
});

describe('system logs', () => {
  test('go to a log group of the stack that keeps them for three months and outlives it', () => {
    // WHEN
    const fleet = new ManagedInstances(stack, 'Fleet');

    // THEN
    const group = onlyResource(stack, 'AWS::Logs::LogGroup');
    expect(group).toMatchObject({ DeletionPolicy: 'Retain', Properties: { RetentionInDays: 90 } });
    expect(provider().TelemetryConfig.LoggingConfig).toEqual({ LogGroup: stack.resolve(fleet.logGroup.logGroupRef.logGroupName) });
  });

  test('go where they are told', () => {
    // GIVEN
    const logGroup = new logs.LogGroup(stack, 'Logs', { removalPolicy: RemovalPolicy.DESTROY });

    // WHEN
    new ManagedInstances(stack, 'Fleet', { logGroup, systemLogLevel: lambda.SystemLogLevel.WARN });

    // THEN
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
    expect(provider().TelemetryConfig.LoggingConfig).toEqual({ LogGroup: stack.resolve(logGroup.logGroupName), SystemLogLevel: 'WARN' });
  });
});

describe('architecture', () => {
  const arm = { architecture: lambda.Architecture.ARM_64 };
  const intel = { architecture: lambda.Architecture.X86_64 };
  const architectures = () => provider().InstanceRequirements?.Architectures;

  test('is not rendered for a fleet without functions', () => {
    new ManagedInstances(stack, 'Fleet');

    expect(provider()).not.toHaveProperty('InstanceRequirements');
  });

  test('follows the functions, also when somebody looked before they came', () => {
    // GIVEN
    const fleet = new ManagedInstances(stack, 'Fleet');
    stack.resolve((fleet.node.defaultChild as lambda.CfnCapacityProvider).instanceRequirements);

    // WHEN
    fleet.addFunction(testFunction(stack, 'A', arm));
    fleet.addFunction(testFunction(stack, 'B', arm));

    // THEN
    expect(architectures()).toEqual(['arm64']);
  });

  test('is x86_64 for functions that name none', () => {
    new ManagedInstances(stack, 'Fleet').addFunction(testFunction(stack));

    expect(architectures()).toEqual(['x86_64']);
  });

  test('is left to the service while it is unknown', () => {
    // GIVEN
    const architecture = lambda.Architecture.custom(new CfnParameter(stack, 'Architecture').valueAsString);

    // WHEN
    new ManagedInstances(stack, 'Fleet').addFunction(testFunction(stack, 'Function', { architecture }));

    // THEN
    expect(provider()).not.toHaveProperty('InstanceRequirements');
  });

  test.each([
    ['the prop', arm, ['arm64']],
    ['the prop', intel, ['x86_64']],
    ['the selection', { instances: InstanceSelection.graviton() }, ['arm64']],
    ['the selection', { instances: InstanceSelection.x86() }, ['x86_64']],
    ['the allowed types', { instances: InstanceSelection.allow(new ec2.InstanceType('c7g.xlarge')) }, ['arm64']],
  ])('is what %s says: %p', (_what, props: ManagedInstancesProps, expected) => {
    new ManagedInstances(stack, 'Fleet', props);

    expect(architectures()).toEqual(expected);
  });

  test('stays with the types that are excluded', () => {
    // GIVEN
    const fleet = new ManagedInstances(stack, 'Fleet', { instances: InstanceSelection.exclude('c8g.*') });

    // WHEN
    fleet.addFunction(testFunction(stack, 'Function', arm));

    // THEN
    expect(provider().InstanceRequirements).toEqual({ ExcludedInstanceTypes: ['c8g.*'], Architectures: ['arm64'] });
  });
});

describe('capacity provider', () => {
  test('has the properties that are given', () => {
    // GIVEN
    const kmsKey = new kms.Key(stack, 'Key');

    // WHEN
    new ManagedInstances(stack, 'Fleet', {
      capacityProviderName: 'orders',
      maxVCpuCount: 64,
      scalingOptions: lambda.ScalingOptions.manual([lambda.TargetTrackingScalingPolicy.cpuUtilization(30)]),
      propagateTags: lambda.PropagateTags.explicit({ team: 'orders' }),
      kmsKey,
    });

    // THEN
    expect(provider()).toMatchObject({
      CapacityProviderName: 'orders',
      CapacityProviderScalingConfig: {
        MaxVCpuCount: 64,
        ScalingMode: 'Manual',
        ScalingPolicies: [{ PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', TargetValue: 30 }],
      },
      PropagateTags: { Mode: 'Explicit', ExplicitTags: [{ Key: 'team', Value: 'orders' }] },
      KmsKeyArn: stack.resolve(kmsKey.keyArn),
    });
  });

  test('leaves the rest to the service', () => {
    new ManagedInstances(stack, 'Fleet');

    expect(Object.keys(provider()).sort()).toEqual(['PermissionsConfig', 'TelemetryConfig', 'VpcConfig']);
  });

  test('is the default child, and stands for the fleet wherever a capacity provider is asked for', () => {
    // WHEN
    const fleet = new ManagedInstances(stack, 'Fleet');

    // THEN
    expect(lambda.CfnCapacityProvider.isCfnCapacityProvider(fleet.node.defaultChild)).toBe(true);
    expect(fleet.capacityProviderRef).toEqual(fleet.capacityProvider.capacityProviderRef);
    expect(fleet.env).toEqual(fleet.capacityProvider.env);
  });

  test('takes tokens without a word', () => {
    // GIVEN
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const text = new CfnParameter(stack, 'Text').valueAsString;

    // WHEN
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: number, capacityProviderName: text });
    fleet.addFunction(testFunction(stack, 'Function', { memorySize: number }), {
      perExecutionEnvironmentMaxConcurrency: number,
      executionEnvironmentMemoryGiBPerVCpu: number,
      latestPublishedScalingConfig: { minExecutionEnvironments: number, maxExecutionEnvironments: number },
    });

    // THEN
    expect(warningsOf(stack)).toEqual([]);
    expect(provider()).toMatchObject({ CapacityProviderName: { Ref: 'Text' }, CapacityProviderScalingConfig: { MaxVCpuCount: { Ref: 'Number' } } });
  });

  test('takes defaults from a property injector', () => {
    // GIVEN
    const app = new App();
    PropertyInjectors.of(app).add({
      constructUniqueId: ManagedInstances.PROPERTY_INJECTION_ID,
      inject: (props) => ({ maxVCpuCount: 96, ...props }),
    });
    const injected = new Stack(app, 'Stack');

    // WHEN
    new ManagedInstances(injected, 'Fleet');

    // THEN
    expect(onlyResource(injected, CAPACITY_PROVIDER).Properties.CapacityProviderScalingConfig).toEqual({ MaxVCpuCount: 96 });
  });
});

test('takes functions of another stack', () => {
  // GIVEN
  const app = new App();
  const fleetStack = new Stack(app, 'FleetStack');
  const functionStack = new Stack(app, 'FunctionStack');
  const fleet = new ManagedInstances(fleetStack, 'Fleet');
  fleet.addDashboard('Dashboard');

  // WHEN
  fleet.addFunction(testFunction(functionStack, 'Function', { architecture: lambda.Architecture.ARM_64 }));

  // THEN
  const { Properties } = onlyResource(functionStack, 'AWS::Lambda::Function');
  expect(Properties.CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn)
    .toEqual({ 'Fn::ImportValue': expect.stringContaining('FleetCapacityProvider') });
  expect(onlyResource(fleetStack, CAPACITY_PROVIDER).Properties.InstanceRequirements).toEqual({ Architectures: ['arm64'] });
});
