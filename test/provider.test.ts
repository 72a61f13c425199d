import { App, CfnParameter, NestedStack, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CapacityProviderGrants, Egress, InstanceSelection, ManagedInstances, ManagedInstancesLimits, ManagedInstancesProps } from '../src';
import { onlyResource, synthErrorOf, testFunction, testStack, warningsOf } from './util';

const CAPACITY_PROVIDER = 'AWS::Lambda::CapacityProvider';

function provider(stack: Stack): any {
  return onlyResource(stack, CAPACITY_PROVIDER).Properties;
}

describe('the vCPU ceiling', () => {
  test.each([2, 11])('reaches the template below what CDK takes: %d', (maxVCpuCount) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount, scalingOptions: lambda.ScalingOptions.auto() });

    // THEN
    expect(provider(stack).CapacityProviderScalingConfig).toEqual({ MaxVCpuCount: maxVCpuCount, ScalingMode: 'Auto' });
    expect(warningsOf(stack)).toEqual([
      `maxVCpuCount is ${maxVCpuCount}, but fewer than 12 vCPUs are unproven: the API accepts 2 or more, but nobody has reported that it `
        + 'works. Raise it to 12 or more, or try it first and then acknowledge this. [ack: cdk-lambda-managed-instances::VCpuCeilingUnproven]',
    ]);
    expect(fleet.capacityProvider.node.id).toBe('CapacityProvider');
  });

  test.each([12, 15000])('is taken without a word: %d', (maxVCpuCount) => {
    const stack = testStack();

    new ManagedInstances(stack, 'Fleet', { maxVCpuCount });

    expect(provider(stack).CapacityProviderScalingConfig).toEqual({ MaxVCpuCount: maxVCpuCount });
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each([1, 0, 15001, 12.5])('is refused in our words before CDK\'s: %d', (maxVCpuCount) => {
    expect(() => new ManagedInstances(testStack(), 'Fleet', { maxVCpuCount }))
      .toThrow(`maxVCpuCount is ${maxVCpuCount}, but must be a whole number from 2 to 15000 vCPUs.`);
  });

  test('goes as far as the limits that are given', () => {
    const stack = testStack();

    new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 20000, limits: ManagedInstancesLimits.CURRENT.withOverrides({ vCpuCountMax: 30000 }) });

    expect(provider(stack).CapacityProviderScalingConfig).toEqual({ MaxVCpuCount: 20000 });
  });
});

describe('tags', () => {
  const tagged = (stack: Stack) => provider(stack).PropagateTags;

  test('of app, stack, tree and provider reach the instances', () => {
    // GIVEN
    const app = new App();
    const stack = new Stack(app, 'Stack', { tags: { stack: 'props', owner: 'stack' } });
    const fleet = new ManagedInstances(stack, 'Fleet');

    // WHEN
    Tags.of(app).add('app', 'shop');
    Tags.of(stack).add('team', 'orders');
    Tags.of(fleet).add('owner', 'fleet');
    Tags.of(fleet).add('alone', 'yes');

    // THEN
    expect(tagged(stack)).toEqual({
      Mode: 'Explicit',
      ExplicitTags: [
        { Key: 'alone', Value: 'yes' }, { Key: 'app', Value: 'shop' }, { Key: 'owner', Value: 'fleet' }, { Key: 'stack', Value: 'props' }, { Key: 'team', Value: 'orders' },
      ],
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('of a stage and of a parent stack reach them too', () => {
    // GIVEN
    const stage = new Stage(new App(), 'Prod');
    const parent = new Stack(stage, 'Parent', { tags: { parent: 'yes', owner: 'parent' } });
    const nested = new NestedStack(parent, 'Nested');
    nested.tags.setTag('owner', 'nested');
    new ManagedInstances(nested, 'Fleet');

    // WHEN
    Tags.of(stage).add('stage', 'prod');

    // THEN
    expect(tagged(nested).ExplicitTags).toEqual([{ Key: 'owner', Value: 'nested' }, { Key: 'parent', Value: 'yes' }, { Key: 'stage', Value: 'prod' }]);
  });

  test('are not rendered where there are none', () => {
    const stack = testStack();

    new ManagedInstances(stack, 'Fleet');

    expect(provider(stack)).not.toHaveProperty('PropagateTags');
  });

  test.each<[string, lambda.PropagateTags, unknown]>([
    ['none', lambda.PropagateTags.none(), { Mode: 'None' }],
    ['those that are listed', lambda.PropagateTags.explicit({ a: 'b' }), { Mode: 'Explicit', ExplicitTags: [{ Key: 'a', Value: 'b' }] }],
  ])('are %s when asked', (_what, propagateTags, expected) => {
    // GIVEN
    const stack = testStack({ tags: { stack: 'props' } });

    // WHEN
    new ManagedInstances(stack, 'Fleet', { propagateTags });

    // THEN
    expect(tagged(stack)).toEqual(expected);
  });

  test('that are too many together are refused, however late they come', () => {
    // GIVEN
    const stack = testStack();
    new ManagedInstances(stack, 'Fleet');

    // WHEN
    for (let i = 0; i < 41; i++) Tags.of(stack).add(`tag${i}`, 'x');

    // THEN
    expect(synthErrorOf(stack)).toContain('propagateTags has 41 tags, but Lambda takes at most 40, those of stack and app included. Propagate fewer tags with PropagateTags.explicit(…), or none with PropagateTags.none(). [cdk-lambda-managed-instances::PropagatedTags]');
  });

  test('may be forty, and as many as you like where none are propagated', () => {
    const [full, none] = [testStack(), testStack()];
    new ManagedInstances(full, 'Fleet');
    new ManagedInstances(none, 'Fleet', { propagateTags: lambda.PropagateTags.none() });

    for (let i = 0; i < 40; i++) Tags.of(full).add(`tag${i}`, 'x');
    for (let i = 0; i < 45; i++) Tags.of(none).add(`tag${i}`, 'x');

    expect(synthErrorOf(full)).toBe('');
    expect(synthErrorOf(none)).toBe('');
  });

  test('replaced on the resource are judged as they are', () => {
    // GIVEN
    const stack = testStack({ tags: { stack: 'props' } });
    const fleet = new ManagedInstances(stack, 'Fleet');

    // WHEN
    (fleet.node.defaultChild as lambda.CfnCapacityProvider).propagateTags = { mode: 'Explicit' };

    // THEN
    expect(synthErrorOf(stack)).toContain('[cdk-lambda-managed-instances::PropagatedTagMode]');
  });
});

describe('the key for volumes', () => {
  const ACTIONS = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

  test('is granted to the operator role', () => {
    // GIVEN
    const stack = testStack();
    const key = new kms.Key(stack, 'Key');

    // WHEN
    const fleet = new ManagedInstances(stack, 'Fleet', { kmsKey: key });

    // THEN
    expect(onlyResource(stack, 'AWS::IAM::Policy').Properties).toMatchObject({
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: ACTIONS, Resource: stack.resolve(key.keyArn) },
          { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: stack.resolve(key.keyArn), Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
        ],
      },
      Roles: [stack.resolve(fleet.operatorRole.roleName)],
    });
    expect(provider(stack).KmsKeyArn).toEqual(stack.resolve(key.keyArn));
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, (stack: Stack) => kms.IKey]>([
    ['an alias', (stack) => new kms.Alias(stack, 'Alias', { aliasName: 'volumes', targetKey: new kms.Key(stack, 'Key') })],
    ['an imported alias', (stack) => kms.Alias.fromAliasName(stack, 'Alias', 'alias/volumes')],
  ])('must not be %s', (_what, makeKey) => {
    const stack = testStack();
    const kmsKey = makeKey(stack);

    expect(() => new ManagedInstances(stack, 'Fleet', { kmsKey })).toThrow(
      'kmsKey is an alias, whose ARN differs, but must be a KMS key. Pass the key that the alias points to; if this app doesn\'t '
        + 'create it, import it with kms.Key.fromKeyArn or kms.Key.fromLookup. [cdk-lambda-managed-instances::KmsKeyArn]',
    );
  });

  test.each<[string, (stack: Stack) => iam.IRole, number]>([
    ['a role of your own', (stack) => role(stack), 1],
    ['an imported role', (stack) => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/operator'), 1],
    ['a role that must not be changed', (stack) => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/operator', { mutable: false }), 0],
  ])('is granted to %s, if that can be', (_what, makeRole, policies) => {
    // GIVEN
    const stack = testStack({ env: { account: '123456789012', region: 'eu-west-1' } });

    // WHEN
    new ManagedInstances(stack, 'Fleet', { operatorRole: makeRole(stack), kmsKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1-2') });

    // THEN
    expect(synthErrorOf(stack)).toBe('');
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', policies);
  });
});

describe('given in vain', () => {
  test('is all of it one error', () => {
    // GIVEN
    const stack = testStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const other = new ec2.Vpc(stack, 'Other');
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc: other });
    const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Logs', 'aws/x');
    const kmsKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:alias/orders');
    let tries = 0;
    const create = () => new ManagedInstances(stack, `Fleet${tries++}`, {
      vpc,
      vpcSubnets: { subnets: [vpc.privateSubnets[0], vpc.privateSubnets[0]] },
      securityGroups: [group],
      logGroup,
      kmsKey,
      maxVCpuCount: 1,
      capacityProviderName: 'a b',
      scalingOptions: lambda.ScalingOptions.manual([]),
      propagateTags: lambda.PropagateTags.explicit({}),
    });

    // THEN
    expect(create).toThrow('vpcSubnets names the same subnet twice, but must name each subnet once. Leave the second one out.');
    expect(create).toThrow('but must be the ARN of a KMS key');
    expect(create).toThrow(/^7 problems:/);
    ['SubnetsDistinct', 'VCpuCeilingRange', 'ProviderNameCharacters', 'ManualScalingWithoutPolicy', 'PropagatedTagMode', 'LogGroupName', 'KmsKeyArn'].forEach((code) => {
      expect(create).toThrow(`[cdk-lambda-managed-instances::${code}]`);
    });
  });

  test('leaves nothing but the error', () => {
    const stack = testStack();

    expect(() => new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 1 })).toThrow('VCpuCeilingRange');

    expect(Template.fromStack(stack).toJSON().Resources ?? {}).toEqual({});
  });
});

test('no security group means that of the VPC, with a warning', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  new ManagedInstances(stack, 'Fleet', { securityGroups: [] });

  // THEN
  expect(provider(stack).VpcConfig.SecurityGroupIds).toEqual([]);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('[ack: cdk-lambda-managed-instances::SecurityGroupsEmpty]')]);
});

test.each([
  ['the VPC with IPv6', true, [{ CidrIp: '0.0.0.0/0' }, { CidrIpv6: '::/0' }]],
  ['the VPC without IPv6', false, [{ CidrIp: '0.0.0.0/0' }]],
])('the group opens what %s has', (_what, ipv6, expected) => {
  const all = testStack();
  const https = testStack();

  new ManagedInstances(all, 'Fleet', { egress: ipv6 ? Egress.ipv6() : undefined });
  new ManagedInstances(https, 'Fleet', { egress: ipv6 ? Egress.ipv6() : undefined, allowAllOutbound: false });

  const rules = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroup'))
    .map(({ Properties }) => Properties).find(({ GroupDescription }) => GroupDescription.startsWith('Instances')).SecurityGroupEgress;
  expect(rules(all)).toEqual(expected.map((cidr) => expect.objectContaining({ ...cidr, IpProtocol: '-1' })));
  expect(rules(https)).toEqual(expected.map((cidr) => expect.objectContaining({ ...cidr, IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })));
});

describe('a change of what can\'t be changed in place', () => {
  const CREATE_ONLY = ['VpcConfig', 'PermissionsConfig', 'InstanceRequirements', 'KmsKeyArn', 'CapacityProviderName'];
  const templateWith = (props: (stack: Stack) => ManagedInstancesProps) => {
    const stack = testStack();
    new ManagedInstances(stack, 'Fleet', props(stack));
    return onlyResource(stack, CAPACITY_PROVIDER).Properties;
  };

  test.each<[string, (stack: Stack) => ManagedInstancesProps, string[]]>([
    ['instances', () => ({ instances: InstanceSelection.graviton() }), ['InstanceRequirements']],
    ['the network', () => ({ egress: Egress.privateEndpoints() }), ['VpcConfig']],
    ['the role', (stack) => ({ operatorRole: role(stack) }), ['PermissionsConfig']],
    ['the key', (stack) => ({ kmsKey: new kms.Key(stack, 'Key') }), ['KmsKeyArn']],
  ])('of %s replaces the provider, and no physical name is in the way', (_what, props, changed) => {
    // WHEN
    const [before, after] = [templateWith(() => ({})), templateWith(props)];

    // THEN
    const differing = CREATE_ONLY.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    expect(differing).toEqual(changed);
    expect(after).not.toHaveProperty('CapacityProviderName');
  });

  test('is what a fixed name forbids, and a warning says so', () => {
    const stack = testStack();

    new ManagedInstances(stack, 'Fleet', { capacityProviderName: 'orders' });

    expect(warningsOf(stack)).toEqual([
      'capacityProviderName is orders, but with a fixed name, a change of network, instances, role or key fails. Leave capacityProviderName out, so that CloudFormation generates one. [ack: cdk-lambda-managed-instances::ProviderNameFixed]',
    ]);
  });
});

describe('grants', () => {
  test.each<[string, (fleet: ManagedInstances) => CapacityProviderGrants]>([
    ['a fleet', (fleet) => fleet.grants],
    ['any capacity provider', (fleet) => CapacityProviderGrants.fromCapacityProvider(fleet.capacityProvider)],
  ])('of %s let somebody put functions on it', (_what, grantsOf) => {
    // GIVEN
    const stack = testStack();
    const fleet = new ManagedInstances(stack, 'Fleet');
    const deployer = new iam.User(stack, 'Deployer');

    // WHEN
    const grant = grantsOf(fleet).passCapacityProvider(deployer);

    // THEN
    expect(grant.success).toBe(true);
    expect(onlyResource(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'lambda:PassCapacityProvider', Resource: stack.resolve(fleet.capacityProvider.capacityProviderArn) },
    ]);
  });
});

describe('a provider that is made elsewhere', () => {
  const imported = (stack: Stack) => lambda.CapacityProvider.fromCapacityProviderName(stack, 'Provider', 'shared');

  test('takes functions, with the same checks', () => {
    // GIVEN
    const stack = testStack();
    const ref = imported(stack);
    const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', ref);

    // WHEN
    const managed = fleet.addFunction(testFunction(stack));

    // THEN
    expect(fleet.functions).toEqual([managed]);
    expect(onlyResource(stack, 'AWS::Lambda::Function').Properties).toMatchObject({
      MemorySize: 2048,
      CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: stack.resolve(ref.capacityProviderArn) } },
    });
    Template.fromStack(stack).resourceCountIs(CAPACITY_PROVIDER, 0);
    expect(fleet.env).toEqual(ref.env);
    expect(fleet.capacityProviderRef).toEqual(ref.capacityProviderRef);
  });

  test('refuses what Lambda would refuse', () => {
    const stack = testStack();
    const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', imported(stack));

    expect(() => fleet.addFunction(testFunction(stack, 'Small', { memorySize: 128 }))).toThrow('[cdk-lambda-managed-instances::FunctionMemoryRange]');
    expect(fleet.functions).toEqual([]);
  });

  test('has a dashboard and grants', () => {
    // GIVEN
    const stack = testStack();
    const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', imported(stack));

    // WHEN
    fleet.addDashboard('Dashboard');
    fleet.grants.passCapacityProvider(new iam.User(stack, 'Deployer'));

    // THEN
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    expect(JSON.stringify(onlyResource(stack, 'AWS::CloudWatch::Dashboard'))).toContain('shared');
    expect(onlyResource(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement[0].Action).toBe('lambda:PassCapacityProvider');
  });

  test.each([
    [{ architecture: lambda.Architecture.ARM_64 }],
    [{ instances: InstanceSelection.graviton() }],
    [{ instances: InstanceSelection.allow(new ec2.InstanceType('c7g.xlarge')) }],
  ])('refuses functions of another architecture than the stated one: %p', (attributes) => {
    // GIVEN
    const stack = testStack();
    const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', imported(stack), attributes);

    // THEN
    expect(() => fleet.addFunction(testFunction(stack))).toThrow(
      'architecture is x86_64, but the capacity provider is arm64. Build the function for arm64, or attach it to a capacity provider with x86_64. [cdk-lambda-managed-instances::ArchitectureMismatch]',
    );
    expect(() => fleet.addFunction(testFunction(stack, 'Arm', { architecture: lambda.Architecture.ARM_64 }))).not.toThrow();
    expect(() => fleet.addFunction(testFunction(stack, 'Token', { architecture: lambda.Architecture.custom(new CfnParameter(stack, 'P').valueAsString) }))).not.toThrow();
  });

  test('is read where this app makes it', () => {
    // GIVEN
    const app = new App();
    const made = new Stack(app, 'Made');
    const vpc = new ec2.Vpc(made, 'Vpc');
    const l2 = new lambda.CapacityProvider(made, 'Provider', { subnets: vpc.privateSubnets, securityGroups: [new ec2.SecurityGroup(made, 'Group', { vpc })], architectures: [lambda.Architecture.ARM_64] });
    const stack = new Stack(app, 'Stack');

    // WHEN
    const fleet = ManagedInstances.fromCapacityProvider(stack, 'Fleet', l2);

    // THEN
    expect(() => fleet.addFunction(testFunction(stack))).toThrow('[cdk-lambda-managed-instances::ArchitectureMismatch]');
    fleet.addFunction(testFunction(stack, 'Arm', { architecture: lambda.Architecture.ARM_64 }));
    expect(JSON.stringify(Template.fromStack(stack))).toContain('Fn::ImportValue');
  });

  test('refuses statements that contradict each other', () => {
    const stack = testStack();
    const from = (attributes: any) => () => ManagedInstances.fromCapacityProvider(stack, 'Fleet', imported(stack), attributes);

    expect(from({ architecture: lambda.Architecture.X86_64, instances: InstanceSelection.graviton(), maxVCpuCount: 1 })).toThrow(/^2 problems:.*SelectedArchitecture.*VCpuCeilingRange/s);
  });
});

function role(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AWSLambdaManagedEC2ResourceOperator')],
  });
}
