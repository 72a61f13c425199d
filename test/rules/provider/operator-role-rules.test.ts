import { CfnParameter, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ManagedInstances } from '../../../src';
import { judgeProvider } from '../../../src/judging/judge-provider';
import { codeContext, Moment } from '../../../src/rules/rule';
import { LAUNCH_ACTIONS } from '../../../src/service/operator-role';
import { synthErrorOf, testStack, warningsOf } from '../../util';

const MANAGED = iam.ManagedPolicy.fromAwsManagedPolicyName('AWSLambdaManagedEC2ResourceOperator');
const LAMBDA = new iam.ServicePrincipal('lambda.amazonaws.com');
const LAUNCH = ['ec2:RunInstances', 'ec2:CreateTags', 'ec2:CreateNetworkInterface', 'ec2:AttachNetworkInterface', 'ec2:Describe*'];
const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const allow = (...actions: string[]) => new iam.PolicyStatement({ actions, resources: ['*'] });

/** A fleet with a role of the test's. */
function stackWith(role: (stack: Stack) => iam.IRole): { stack: Stack; fleet: ManagedInstances } {
  const stack = testStack();
  return { stack, fleet: new ManagedInstances(stack, 'Fleet', { operatorRole: role(stack) }) };
}

function roleWith(stack: Stack, props: Partial<iam.RoleProps>, ...statements: iam.PolicyStatement[]): iam.Role {
  const role = new iam.Role(stack, 'Role', { assumedBy: LAMBDA, ...props });
  statements.forEach((statement) => role.addToPolicy(statement));
  return role;
}

test.each<[string, (stack: Stack) => iam.IRole]>([
  ['the managed policy', (stack) => roleWith(stack, { managedPolicies: [MANAGED] })],
  ['the managed policy by a literal ARN', (stack) => roleWith(stack, {
    managedPolicies: [iam.ManagedPolicy.fromManagedPolicyArn(stack, 'P', 'arn:aws:iam::aws:policy/AWSLambdaManagedEC2ResourceOperator')],
  })],
  ['the same statements', (stack) => roleWith(stack, {}, allow(...LAUNCH, ...LOGS))],
  ['the same statements inline', (stack) => roleWith(stack, { inlinePolicies: { P: new iam.PolicyDocument({ statements: [allow('ec2:*', 'logs:*')] }) } })],
  ['everything', (stack) => roleWith(stack, {}, allow('*'))],
  ['a policy of AWS that allows more', (stack) => roleWith(stack, { managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')] })],
  ['a managed policy of this app', (stack) => roleWith(stack, { managedPolicies: [new iam.ManagedPolicy(stack, 'P', { statements: [allow(...LAUNCH, ...LOGS)] })] })],
  ['a policy that is attached by the role\'s name', (stack) => {
    const role = roleWith(stack, { roleName: 'operator' });
    new iam.CfnRolePolicy(stack, 'P', { policyName: 'P', roleName: 'operator', policyDocument: { Statement: { Effect: 'Allow', Action: [...LAUNCH, ...LOGS], Resource: '*' } } });
    return role;
  }],
  ['a policy of somebody\'s own, which isn\'t seen', (stack) => roleWith(stack, { managedPolicies: [iam.ManagedPolicy.fromManagedPolicyName(stack, 'P', 'ours')] })],
  ['NotAction, which says anything', (stack) => roleWith(stack, {}, new iam.PolicyStatement({ notActions: ['s3:*'], resources: ['*'] }))],
  ['nothing that is known: it is imported', (stack) => iam.Role.fromRoleName(stack, 'Role', 'operator')],
])('says nothing of a role with %s', (_what, role) => {
  const { stack } = stackWith(role);

  expect(warningsOf(stack)).toEqual([]);
  expect(synthErrorOf(stack)).toBe('');
});

test.each<[string, (stack: Stack) => iam.IRole, string]>([
  ['nothing', (stack) => roleWith(stack, {}), [...LAUNCH_ACTIONS, ...LOGS].join(', ')],
  ['no logs, as of before June 2026', (stack) => roleWith(stack, {}, allow(...LAUNCH)), LOGS.join(', ')],
  ['the policy of something else', (stack) => roleWith(stack, {
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')],
  }, allow(...LAUNCH.slice(1))), 'ec2:RunInstances'],
  ['the policy of functions in a VPC', (stack) => roleWith(stack, {
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole')],
  }, allow(...LAUNCH.slice(0, 1), ...LAUNCH.slice(3))), 'ec2:CreateTags'],
  ['a wildcard that isn\'t wide enough', (stack) => roleWith(stack, {}, allow('ec2:*s', 'EC2:CREATE*Inter*ce', ...LOGS)), 'ec2:AttachNetworkInterface'],
  ['a denial, which allows nothing', (stack) => roleWith(stack, {}, allow(...LAUNCH), new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['logs:*'], resources: ['*'] })), LOGS.join(', ')],
])('warns of a role with %s', (_what, role, missing) => {
  const { stack } = stackWith(role);

  expect(warningsOf(stack)).toEqual([
    `operatorRole lacks ${missing}, but should have the managed policy AWSLambdaManagedEC2ResourceOperator, or the same statements. Add `
      + 'iam.ManagedPolicy.fromAwsManagedPolicyName(\'AWSLambdaManagedEC2ResourceOperator\'). [ack: '
      + 'cdk-lambda-managed-instances::OperatorRolePolicy]',
  ]);
});

test('knows that the managed policy has no path', () => {
  const { stack } = stackWith((scope) => roleWith(scope, { managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaManagedEC2ResourceOperator')] }));

  expect(warningsOf(stack)).toEqual([expect.stringContaining(
    '. Add iam.ManagedPolicy.fromAwsManagedPolicyName(\'AWSLambdaManagedEC2ResourceOperator\'). [ack: cdk-lambda-managed-instances::OperatorRolePolicy]',
  )]);
});

test.each<[string, (role: iam.CfnRole) => void, string[]]>([
  ['nothing', () => {}, []],
  ['tags, which say nothing', (role) => Tags.of(role).add('a', 'b'), []],
  ['an override of its trust', (role) => role.addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Principal.Service', 'ec2.amazonaws.com'), ['OperatorRoleTrust']],
  ['other policies', (role) => { role.managedPolicyArns = []; }, ['OperatorRolePolicy']],
])('reads our own role again after %s', (_what, change, expected) => {
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet');

  change(fleet.operatorRole.node.defaultChild as iam.CfnRole);

  const error = synthErrorOf(stack);
  const found = (error ? [error] : warningsOf(stack)).map((text) => /cdk-lambda-managed-instances::(\w+)/.exec(text)?.[1]);
  expect(found).toEqual(expected);
});

test('takes statements that come later into account', () => {
  const { stack, fleet } = stackWith((scope) => roleWith(scope, {}));

  (fleet.operatorRole as iam.Role).addManagedPolicy(MANAGED);

  expect(warningsOf(stack)).toEqual([]);
});

test.each<[string, (stack: Stack) => iam.IPrincipal, boolean]>([
  ['Lambda', () => LAMBDA, true],
  ['Lambda among others', () => new iam.CompositePrincipal(new iam.ServicePrincipal('ec2.amazonaws.com'), LAMBDA), true],
  ['anybody', () => new iam.StarPrincipal(), true],
  ['a parameter', (stack) => new iam.ServicePrincipal(new CfnParameter(stack, 'Service').valueAsString), true],
  ['EC2', () => new iam.ServicePrincipal('ec2.amazonaws.com'), false],
  ['an account', () => new iam.AccountPrincipal('123456789012'), false],
])('a role that trusts %s', (_what, assumedBy, accepted) => {
  const { stack } = stackWith((scope) => roleWith(scope, { assumedBy: assumedBy(scope), managedPolicies: [MANAGED] }));

  if (accepted) {expect(synthErrorOf(stack)).toBe('');} else {
    expect(synthErrorOf(stack)).toContain(
      'operatorRole trusts only others, but must trust lambda.amazonaws.com. Create it with assumedBy: new iam.ServicePrincipal(\'lambda.amazonaws.com\'). [cdk-lambda-managed-instances::OperatorRoleTrust]',
    );
  }
});

test.each<[string, iam.IPrincipal, boolean]>([
  ['without a condition', LAMBDA, true],
  ['for one account', new iam.ServicePrincipal('lambda.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': '123456789012' } } }), false],
])('remarks on a trust %s', (_what, assumedBy, remarked) => {
  const { fleet } = stackWith((scope) => roleWith(scope, { assumedBy, managedPolicies: [MANAGED] }));

  const codes = judgeProvider(fleet.node.defaultChild as lambda.CfnCapacityProvider, Moment.TEMPLATE, codeContext()).map(({ code }) => code);

  expect(codes.includes('OperatorRoleSourceAccount')).toBe(remarked);
});

test.each<[string, (stack: Stack) => kms.IKey, boolean]>([
  ['an imported key', (stack) => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1-2'), true],
  ['a key of this app', (stack) => new kms.Key(stack, 'Key'), false],
])('remarks on the policy of %s', (_what, key, remarked) => {
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet', { kmsKey: key(stack) });

  const codes = judgeProvider(fleet.node.defaultChild as lambda.CfnCapacityProvider, Moment.TEMPLATE, codeContext()).map(({ code }) => code);

  expect(codes.includes('KmsKeyGrant')).toBe(remarked);
});

test.each<[string, (stack: Stack) => iam.IRole, (stack: Stack) => kms.IKey, boolean]>([
  ['a role that mustn\'t be changed and an imported key', (stack) => roleWith(stack, { managedPolicies: [MANAGED] }).withoutPolicyUpdates(), imported, true],
  ['an immutable import and an imported key', (stack) => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/r', { mutable: false }), imported, true],
  ['an import that takes policies and an imported key', (stack) => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/r'), imported, false],
  ['a role that mustn\'t be changed and a key of this app', (stack) => roleWith(stack, { managedPolicies: [MANAGED] }).withoutPolicyUpdates(), (stack) => new kms.Key(stack, 'Key'), false],
])('warns of %s, where nothing lets the one use the other', (_what, role, key, warned) => {
  const stack = testStack();
  new ManagedInstances(stack, 'Fleet', { operatorRole: role(stack), kmsKey: key(stack) });

  expect(warningsOf(stack).filter((text) => text.includes('KmsKeyGrant'))).toEqual(warned ? [
    'kmsKey is an imported key, and the policies of the role can\'t be changed here, but no instance is launched unless the operator role may use the key. Allow the role kms:Encrypt, kms:Decrypt, kms:GenerateDataKey*, kms:DescribeKey, kms:CreateGrant on the key, in the policy of the role or of the key. [ack: cdk-lambda-managed-instances::KmsKeyGrant]',
  ] : []);
});

test('a key of this app lets a role use it that mustn\'t be changed', () => {
  const stack = testStack();
  const role = roleWith(stack, { managedPolicies: [MANAGED] });

  new ManagedInstances(stack, 'Fleet', { operatorRole: role.withoutPolicyUpdates(), kmsKey: new kms.Key(stack, 'Key') });

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Policy', 0);
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
          Principal: { AWS: stack.resolve(role.roleArn) },
        }),
        Match.objectLike({
          Action: 'kms:CreateGrant',
          Principal: { AWS: stack.resolve(role.roleArn) },
          Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        }),
      ]),
    },
  });
});

function imported(stack: Stack): kms.IKey {
  return kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1-2');
}
