import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ManagedInstances } from '../../../src';
import { providerFindings } from '../../../src/rules/provider/judge-provider';
import { codeContext } from '../../../src/rules/rule';
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
  ['a policy of somebody\'s own, which isn\'t seen', (stack) => roleWith(stack, { managedPolicies: [iam.ManagedPolicy.fromManagedPolicyName(stack, 'P', 'ours')] })],
  ['NotAction, which says anything', (stack) => roleWith(stack, {}, new iam.PolicyStatement({ notActions: ['s3:*'], resources: ['*'] }))],
  ['nothing that is known: it is imported', (stack) => iam.Role.fromRoleName(stack, 'Role', 'operator')],
])('says nothing of a role with %s', (_what, role) => {
  const { stack } = stackWith(role);

  expect(warningsOf(stack)).toEqual([]);
  expect(synthErrorOf(stack)).toBe('');
});

test.each<[string, (stack: Stack) => iam.IRole, string]>([
  ['nothing', (stack) => roleWith(stack, {}), [...LAUNCH.slice(0, 4), 'ec2:DescribeSubnets', ...LOGS].join(', ')],
  ['no logs, as of before June 2026', (stack) => roleWith(stack, {}, allow(...LAUNCH)), LOGS.join(', ')],
  ['the policy of something else', (stack) => roleWith(stack, {
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')],
  }, allow(...LAUNCH, ...LOGS.slice(0, 2))), 'logs:PutLogEvents'],
  ['a denial, which allows nothing', (stack) => roleWith(stack, {}, allow(...LAUNCH), new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['logs:*'], resources: ['*'] })), LOGS.join(', ')],
])('warns of a role with %s', (_what, role, missing) => {
  const { stack } = stackWith(role);

  expect(warningsOf(stack)).toEqual([
    `operatorRole should have the managed policy AWSLambdaManagedEC2ResourceOperator, or the same statements, got a role without ${missing}; add iam.ManagedPolicy.fromAwsManagedPolicyName('AWSLambdaManagedEC2ResourceOperator') [ack: cdk-lambda-managed-instances::OperatorRolePolicy]`,
  ]);
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
      'operatorRole must trust lambda.amazonaws.com, got a role that trusts others only; make it with assumedBy: new iam.ServicePrincipal(\'lambda.amazonaws.com\') [cdk-lambda-managed-instances::OperatorRoleTrust]',
    );
  }
});

test.each<[string, iam.IPrincipal, boolean]>([
  ['without a condition', LAMBDA, true],
  ['for one account', new iam.ServicePrincipal('lambda.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': '123456789012' } } }), false],
])('remarks on a trust %s', (_what, assumedBy, remarked) => {
  const { fleet } = stackWith((scope) => roleWith(scope, { assumedBy, managedPolicies: [MANAGED] }));

  const codes = providerFindings(fleet.node.defaultChild as lambda.CfnCapacityProvider, codeContext()).map(({ code }) => code);

  expect(codes.includes('OperatorRoleSourceAccount')).toBe(remarked);
});

test.each<[string, (stack: Stack) => kms.IKey, boolean]>([
  ['an imported key', (stack) => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1-2'), true],
  ['a key of this app', (stack) => new kms.Key(stack, 'Key'), false],
])('remarks on the policy of %s', (_what, key, remarked) => {
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet', { kmsKey: key(stack) });

  const codes = providerFindings(fleet.node.defaultChild as lambda.CfnCapacityProvider, codeContext()).map(({ code }) => code);

  expect(codes.includes('KmsKeyGrant')).toBe(remarked);
});
