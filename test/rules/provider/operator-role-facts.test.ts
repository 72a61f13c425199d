/** What a template shows of an operator role: read from plain resources, without constructs. */
import { Fact, UNKNOWN } from '../../../src/reading/fact';
import { ResourceGraph } from '../../../src/reading/resource-graph';
import { CAPACITY_PROVIDER } from '../../../src/reading/resource-view';
import { resourcesOf } from '../../../src/reading/templates/templates';
import { OperatorRoleFacts, operatorRoleFacts } from '../../../src/rules/provider/operator-role-facts';
import { OPERATOR_ROLE_RULES } from '../../../src/rules/provider/operator-role-rules';
import { codeContext } from '../../../src/rules/rule';
import { LAUNCH_ACTIONS, SYSTEM_LOG_ACTIONS } from '../../../src/service/operator-role';
import { brief, findingsOf, textOf } from '../util';

type Resources = Record<string, object>;

const ref = (id: string) => ({ Ref: id });
const PARAMETER = ref('Parameter');
const MANAGED = 'arn:aws:iam::aws:policy/AWSLambdaManagedEC2ResourceOperator';
const RUN = 'ec2:RunInstances';
const NEVER = { Condition: 'Never' };
const document = (...actions: unknown[]) => ({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
const trust = (principal: unknown, more: object = {}) => ({ AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, ...more }] } });
const LAMBDA = trust({ Service: 'lambda.amazonaws.com' });

/** The facts about a role with these properties besides its trust, and these resources beside it. */
function read(properties: object, resources: Resources = {}, more: object = {}): OperatorRoleFacts | undefined {
  const body = {
    Parameters: { Parameter: { Type: 'String' } },
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { ...LAMBDA, ...properties }, ...more },
      Other: { Type: 'AWS::IAM::Role', Properties: LAMBDA },
      Provider: { Type: CAPACITY_PROVIDER, Properties: { PermissionsConfig: { CapacityProviderOperatorRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } } } },
      ...resources,
    },
  };
  const graph = new ResourceGraph(resourcesOf([{ file: 'template.json', body }]));
  return operatorRoleFacts(graph.ofType(CAPACITY_PROVIDER)[0], graph);
}

test('of a role that is left out, nothing is said', () => {
  expect(read({})).toBeDefined();
  expect(read({}, {}, NEVER)).toBeUndefined();
});

test.each<[string, object, Fact<boolean>]>([
  ['Lambda', LAMBDA, true],
  ['Lambda among others', trust({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] }), true],
  ['anybody', trust('*'), true],
  ['anybody with an account', trust({ AWS: '*' }), true],
  ['another service', trust({ Service: 'ec2.amazonaws.com' }), false],
  ['an account', trust({ AWS: '123456789012' }), false],
  ['a parameter', trust({ Service: PARAMETER }), UNKNOWN],
  ['a document that is a parameter', { AssumeRolePolicyDocument: PARAMETER }, UNKNOWN],
  ['nobody, since Lambda is denied', trust({ Service: 'lambda.amazonaws.com' }, { Effect: 'Deny' }), false],
])('a role that trusts %s', (_what, properties, expected) => {
  expect(read(properties)!.trustsLambda).toBe(expected);
});

test.each<[string, object, Fact<boolean>]>([
  ['no condition', LAMBDA, false],
  ['the account', trust({ Service: 'lambda.amazonaws.com' }, { Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } }), true],
  ['the ARN', trust({ Service: 'lambda.amazonaws.com' }, { Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:lambda:*' } } }), true],
  ['another condition', trust({ Service: 'lambda.amazonaws.com' }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }), false],
  ['a document that is a parameter', { AssumeRolePolicyDocument: PARAMETER }, UNKNOWN],
])('a trust with %s', (_what, properties, expected) => {
  expect(read(properties)!.asksForSourceAccount).toBe(expected);
});

const policy = (type: string, properties: object, more: object = {}) => ({ Type: `AWS::IAM::${type}`, Properties: { PolicyDocument: document('ec2:*'), ...properties }, ...more });

test.each<[string, object, Resources, Fact<boolean>, string | undefined]>([
  ['AWS\'s policy', { ManagedPolicyArns: [MANAGED] }, {}, true, undefined],
  ['AWS\'s policy in any partition', { ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AWSLambdaManagedEC2ResourceOperator' }] }, {}, true, undefined],
  ['AWS\'s policy under a path', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaManagedEC2ResourceOperator'] }, {}, false, 'service-role/AWSLambdaManagedEC2ResourceOperator'],
  ['a policy of functions', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] }, {}, false, undefined],
  ['a policy of administrators', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, {}, UNKNOWN, undefined],
  ['a policy of a customer', { ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/ours'] }, {}, UNKNOWN, undefined],
  ['a policy that is a parameter', { ManagedPolicyArns: [PARAMETER] }, {}, UNKNOWN, undefined],
  ['policies that are a parameter', { ManagedPolicyArns: PARAMETER }, {}, UNKNOWN, undefined],
  ['a policy that stands for nothing', { ManagedPolicyArns: [ref('AWS::NoValue')] }, {}, false, undefined],
  ['a policy of the app', { ManagedPolicyArns: [ref('Policy')] }, { Policy: policy('ManagedPolicy', {}) }, false, undefined],
  ['no list', {}, {}, false, undefined],
])('a role with %s has AWS\'s policy, or doesn\'t', (_what, properties, resources, expected, wrongPath) => {
  const facts = read(properties, resources)!;

  expect(facts.hasManagedPolicy).toBe(expected);
  expect(facts.wrongPath).toBe(wrongPath);
});

test.each<[string, object, Resources, Fact<boolean>]>([
  ['nothing', {}, {}, false],
  ['a policy inside', { Policies: [{ PolicyName: 'P', PolicyDocument: document('ec2:Run*') }] }, {}, true],
  ['a policy inside for something else', { Policies: [{ PolicyName: 'P', PolicyDocument: document('s3:*') }] }, {}, false],
  ['policies inside that are a parameter', { Policies: PARAMETER }, {}, UNKNOWN],
  ['a policy beside', {}, { Policy: policy('Policy', { Roles: [ref('Role')] }) }, true],
  ['a policy beside for two roles', {}, { Policy: policy('Policy', { Roles: [ref('Other'), ref('Role')] }) }, true],
  ['a policy beside for another role', {}, { Policy: policy('Policy', { Roles: [ref('Other')] }) }, false],
  ['a policy beside for no role', {}, { Policy: policy('Policy', {}) }, false],
  ['a policy beside for roles that are a parameter', {}, { Policy: policy('Policy', { Roles: PARAMETER }) }, UNKNOWN],
  ['a policy beside that is left out', {}, { Policy: policy('Policy', { Roles: [ref('Role')] }, NEVER) }, false],
  ['a policy beside whose document is a parameter', {}, { Policy: policy('Policy', { Roles: [ref('Role')], PolicyDocument: PARAMETER }) }, UNKNOWN],
  ['a policy of the role', {}, { Policy: policy('RolePolicy', { RoleName: ref('Role') }) }, true],
  ['a policy of another role', {}, { Policy: policy('RolePolicy', { RoleName: ref('Other') }) }, false],
  ['a managed policy that names the role', {}, { Policy: policy('ManagedPolicy', { Roles: [ref('Role')] }) }, true],
  ['a managed policy that names another role', {}, { Policy: policy('ManagedPolicy', { Roles: [ref('Other')] }) }, false],
  ['a managed policy that the role names', { ManagedPolicyArns: [ref('Policy')] }, { Policy: policy('ManagedPolicy', {}) }, true],
  ['a policy of the app that AWS\'s policy stands beside', { ManagedPolicyArns: [MANAGED, ref('Policy')] }, { Policy: policy('ManagedPolicy', {}) }, true],
])('an action with %s', (_what, properties, resources, expected) => {
  expect(read(properties, resources)!.allows(RUN)).toBe(expected);
});

test('the policies of functions allow some of the actions', () => {
  const { allows } = read({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole', 'arn:aws:iam::aws:policy/AdministratorAccess'] })!;

  expect([...LAUNCH_ACTIONS, ...SYSTEM_LOG_ACTIONS].filter((action) => allows(action) === true))
    .toEqual(['ec2:CreateNetworkInterface', 'ec2:DescribeSubnets', ...SYSTEM_LOG_ACTIONS]);
});

test('several policies of one role are read together', () => {
  const { allows } = read({}, {
    One: policy('Policy', { Roles: [ref('Role')], PolicyDocument: document('ec2:*') }),
    Two: policy('Policy', { Roles: [ref('Role')], PolicyDocument: document('logs:*') }),
  })!;

  expect([RUN, ...SYSTEM_LOG_ACTIONS].map((action) => allows(action))).toEqual([true, true, true, true]);
});

const GOOD: OperatorRoleFacts = { trustsLambda: true, asksForSourceAccount: true, hasManagedPolicy: true, allows: () => false };

test.each<[string, Partial<OperatorRoleFacts>, string[]]>([
  ['nothing wrong', {}, []],
  ['a policy that is missing', { hasManagedPolicy: false }, ['warning OperatorRolePolicy']],
  ['a policy that is missing, and the same statements', { hasManagedPolicy: false, allows: () => true }, []],
  ['a policy that is missing, and statements that may allow the same', { hasManagedPolicy: false, allows: () => UNKNOWN }, []],
  ['a policy that may be there', { hasManagedPolicy: UNKNOWN }, []],
  ['a wrong path, and a policy that may be there', { hasManagedPolicy: UNKNOWN, wrongPath: 'a/b' }, ['warning OperatorRolePolicy']],
  ['a wrong path, and the right one', { wrongPath: 'a/b' }, []],
  ['a trust in others', { trustsLambda: false, asksForSourceAccount: false }, ['error OperatorRoleTrust']],
  ['a trust that isn\'t known', { trustsLambda: UNKNOWN, asksForSourceAccount: false }, []],
  ['no condition', { asksForSourceAccount: false }, ['info OperatorRoleSourceAccount']],
  ['a condition that isn\'t known', { asksForSourceAccount: UNKNOWN }, []],
])('%s', (_what, changes, expected) => {
  expect(brief(findingsOf(OPERATOR_ROLE_RULES, { ...GOOD, ...changes }, codeContext()))).toEqual(expected);
});

test('says which actions are missing, and under which path a policy doesn\'t exist', () => {
  const text = (changes: Partial<OperatorRoleFacts>) => textOf(findingsOf(OPERATOR_ROLE_RULES, { ...GOOD, hasManagedPolicy: false, ...changes }, codeContext()), 'OperatorRolePolicy');

  expect(text({ allows: (action) => action !== RUN })).toMatch(/^operatorRole lacks ec2:RunInstances, but should have the managed policy/);
  expect(text({ wrongPath: 'service-role/X' })).toMatch(/^operatorRole has service-role\/X, which doesn't exist \(the policy has no path\), but/);
});
