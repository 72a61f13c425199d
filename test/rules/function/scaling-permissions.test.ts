/** A function that keeps no environments is no mistake where something in the app may give it some. */
import { App, Fn, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { ManagedInstances } from '../../../src';
import { readSam } from '../../../src/reading/sam/sam-template';
import { judgeTemplates } from '../../judge-templates';
import { inThreeSources, Written } from '../../three-sources';
import { testFunction, warningsOf } from '../../util';

const SCALE = 'lambda:PutFunctionScalingConfig';
const TASK = 'arn:aws:states:::aws-sdk:lambda:putFunctionScalingConfig';
const STATED = ['warning EnvironmentsDeactivated'];

/** A function that keeps nothing. */
function paused({ stack, attach }: Written, name?: string): lambda.Function {
  const fn = testFunction(stack, 'Orders');
  Object.assign(fn.node.defaultChild as lambda.CfnFunction, {
    memorySize: 2048, functionName: name, functionScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 0 },
  });
  attach(fn, { executionEnvironmentMemoryGiBPerVCpu: 2 });
  return fn;
}

const document = (action: unknown, resource: unknown, rest: object = {}) => ({ Statement: [{ Effect: 'Allow', Action: action, Resource: resource, ...rest }] });
const role = (stack: Stack, props: Partial<iam.CfnRoleProps> = {}) => new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: { Statement: [] }, ...props });
const policy = (stack: Stack, action: unknown, resource: unknown, rest: object = {}) => (
  new iam.CfnPolicy(stack, 'Policy', { policyName: 'x', roles: ['operators'], policyDocument: document(action, resource, rest) })
);
const machine = (stack: Stack, definition: object) => new sfn.CfnStateMachine(stack, 'Machine', { roleArn: 'arn:aws:iam::123456789012:role/x', definition });
const states = (parameters: object, resource = TASK) => ({
  StartAt: 'All', States: { All: { Type: 'Parallel', Branches: [{ StartAt: 'Up', States: { Up: { Type: 'Task', Resource: resource, ...parameters, End: true } } }] } },
});
const sdkCall = (fn: lambda.Function, action = 'putFunctionScalingConfig') => ({
  service: 'Lambda', action, parameters: { FunctionName: fn.functionName }, physicalResourceId: PhysicalResourceId.of('x'),
});

const CASES: [string, (written: Written, fn: lambda.Function) => unknown, string[]][] = [
  ['nothing', () => {}, STATED],
  ['a policy for all functions', ({ stack }) => policy(stack, SCALE, '*'), []],
  ['a policy for the function', ({ stack }, fn) => policy(stack, [SCALE], [fn.functionArn]), []],
  ['a policy for its versions', ({ stack }, fn) => policy(stack, 'lambda:Put*', `${fn.functionArn}:*`), []],
  ['a policy out of pieces', ({ stack }, fn) => policy(stack, 'lambda:*', Fn.sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Name}', { Name: fn.functionName })), []],
  ['a policy for names that may be its own', ({ stack }) => policy(stack, '*', 'arn:aws:lambda:*:123456789012:function:Stack-*'), []],
  ['a policy for all that is not something else', ({ stack }) => new iam.CfnPolicy(stack, 'Policy', {
    policyName: 'x', roles: ['operators'], policyDocument: { Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } },
  }), []],
  ['CDK\'s own policy', ({ stack }, fn) => new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() })
    .addToPolicy(new iam.PolicyStatement({ actions: [SCALE], resources: [fn.functionArn] })), []],
  ['a managed policy', ({ stack }, fn) => new iam.ManagedPolicy(stack, 'Policy', {
    statements: [new iam.PolicyStatement({ actions: [SCALE], resources: [fn.functionArn] })],
  }), []],
  ['a policy inside of a role', ({ stack }, fn) => role(stack, { policies: [{ policyName: 'x', policyDocument: document(SCALE, fn.functionArn) }] }), []],
  ['a policy inside of a group', ({ stack }) => new iam.CfnGroup(stack, 'Operators', { policies: [{ policyName: 'x', policyDocument: document(SCALE, '*') }] }), []],
  ['a policy of a role of its own', ({ stack }) => new iam.CfnRolePolicy(stack, 'Policy', { policyName: 'x', roleName: 'operators', policyDocument: document(SCALE, '*') }), []],
  ['a policy of AWS', ({ stack }) => role(stack, { managedPolicyArns: [Fn.sub('arn:${AWS::Partition}:iam::aws:policy/AWSLambda_FullAccess')] }), []],
  ['a permission for another account', ({ stack }, fn) => new lambda.CfnPermission(stack, 'Permission', { action: SCALE, functionName: fn.functionName, principal: '123456789012' }), []],
  ['a denial', ({ stack }) => policy(stack, SCALE, '*', { Effect: 'Deny' }), STATED],
  ['a policy to read', ({ stack }) => policy(stack, 'lambda:Get*', '*'), STATED],
  ['a policy for another function', ({ stack }) => policy(stack, SCALE, testFunction(stack, 'Other').functionArn), STATED],
  ['a policy for another name', ({ stack }) => policy(stack, SCALE, 'arn:aws:lambda:eu-west-1:123456789012:function:payments'), STATED],
  ['a policy for everything in a bucket', ({ stack }) => policy(stack, '*', 'arn:aws:s3:::orders/*'), STATED],
  ['a policy for layers', ({ stack }) => policy(stack, 'lambda:*', 'arn:aws:lambda:*:*:layer:*'), STATED],
  ['the policy of a schedule that switches off', ({ stack }, fn) => new scheduler.Schedule(stack, 'Down', {
    schedule: scheduler.ScheduleExpression.cron({ hour: '19' }),
    target: new Universal({
      service: 'lambda',
      action: 'putFunctionScalingConfig',
      input: scheduler.ScheduleTargetInput.fromObject({
        FunctionName: fn.functionArn, Qualifier: '$LATEST.PUBLISHED', FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 },
      }),
      policyStatements: [new iam.PolicyStatement({ actions: [SCALE], resources: ['*'] })],
    }),
  }), STATED],
  ['a state machine', ({ stack }, fn) => machine(stack, states({ Parameters: { FunctionName: fn.functionName } })), []],
  ['a state machine in JSONata', ({ stack }, fn) => machine(stack, states({ Arguments: { FunctionName: fn.functionArn } })), []],
  ['a state machine that is told at run time', ({ stack }) => machine(stack, states({ Parameters: { 'FunctionName.$': '$.name' } })), []],
  ['a state machine that computes the name', ({ stack }) => machine(stack, states({ Arguments: { FunctionName: '{% $name %}' } })), []],
  ['a state machine as text', ({ stack }, fn) => new sfn.CfnStateMachine(stack, 'Machine', {
    roleArn: 'arn:aws:iam::123456789012:role/x', definitionString: Fn.sub(JSON.stringify(states({ Parameters: { FunctionName: '${Name}' } })), { Name: fn.functionName }),
  }), []],
  ['a state machine of CDK without a policy', ({ stack }, fn) => new sfn.StateMachine(stack, 'Machine', {
    role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/x'),
    definitionBody: sfn.DefinitionBody.fromChainable(new CallAwsService(stack, 'Up', {
      service: 'lambda', action: 'putFunctionScalingConfig', parameters: { FunctionName: fn.functionName }, iamResources: [fn.functionArn],
    })),
  }), []],
  ['a state machine for another function', ({ stack }) => machine(stack, states({ Parameters: { FunctionName: testFunction(stack, 'Other').functionName } })), STATED],
  ['a state machine that does something else', ({ stack }, fn) => (
    machine(stack, states({ Parameters: { FunctionName: fn.functionName } }, 'arn:aws:states:::aws-sdk:lambda:getFunction'))
  ), STATED],
  ['a custom resource', ({ stack }, fn) => new AwsCustomResource(stack, 'Up', {
    onUpdate: sdkCall(fn), policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: [fn.functionArn] }),
  }), []],
  ['a custom resource with a role from elsewhere', ({ stack }, fn) => new AwsCustomResource(stack, 'Up', {
    onCreate: sdkCall(fn, 'PutFunctionScalingConfigCommand'), role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/x', { mutable: false }),
  }), []],
  ['a custom resource that does something else', ({ stack }, fn) => new AwsCustomResource(stack, 'Up', {
    onCreate: sdkCall(fn, 'getFunction'), role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/x', { mutable: false }),
  }), STATED],
];

test.each(CASES)('%s', (_what, write, expected) => {
  expect(inThreeSources((written) => void write(written, paused(written)))).toEqual({ ours: expected, cdk: expected, template: expected });
});

test.each([
  ['its name', 'orders', []],
  ['a pattern of its name', 'ord*', []],
  ['another name', 'payments*', STATED],
])('a function with a name is meant by %s', (_what, name, expected) => {
  expect(inThreeSources((written) => {
    paused(written, 'orders');
    policy(written.stack, SCALE, `arn:aws:lambda:*:*:function:${name}`);
  })).toEqual({ ours: expected, cdk: expected, template: expected });
});

test('reads policies where a function keeps nothing, and nowhere else', () => {
  const timesRead = (environments: number) => {
    const stack = new Stack(new App(), 'Stack');
    new ManagedInstances(stack, 'Fleet').addFunction(testFunction(stack), {
      latestPublishedScalingConfig: { minExecutionEnvironments: environments, maxExecutionEnvironments: environments },
    });
    const policyDocument = new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: [SCALE], resources: ['*'] })] });
    const read = jest.spyOn(policyDocument, 'resolve');
    new iam.ManagedPolicy(stack, 'Policy', { document: policyDocument });
    expect(warningsOf(stack)).toEqual([]);
    return read.mock.calls.length;
  };
  const byCdk = timesRead(3);

  expect(timesRead(0)).toBe(byCdk + 1);
});

describe('a SAM template', () => {
  const findings = (resources: object) => {
    const { body } = readSam({
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        Orders: {
          Type: 'AWS::Serverless::Function',
          Properties: {
            Runtime: 'nodejs24.x',
            MemorySize: 2048,
            LoggingConfig: { LogFormat: 'JSON' },
            CapacityProviderConfig: { Arn: 'arn:aws:lambda:eu-west-1:123456789012:capacity-provider:x', ExecutionEnvironmentMemoryGiBPerVCpu: 2 },
            FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 0 },
          },
        },
        ...resources,
      },
    });
    return judgeTemplates([{ file: 'a.yaml', body }]).flatMap(({ findings: found }) => found).filter(({ level }) => level !== 'info').map(({ code }) => code);
  };

  test.each<[string, object, string[]]>([
    ['nothing', {}, ['EnvironmentsDeactivated']],
    ['a function with statements', { Scaler: { Type: 'AWS::Serverless::Function', Properties: { Policies: [{ Statement: { Effect: 'Allow', Action: SCALE, Resource: { 'Fn::GetAtt': 'Orders.Arn' } } }] } } }, []],
    ['a function with a policy of AWS', { Scaler: { Type: 'AWS::Serverless::Function', Properties: { Policies: 'AWSLambda_FullAccess' } } }, []],
    ['a function with a template of SAM', { Scaler: { Type: 'AWS::Serverless::Function', Properties: { Policies: [{ LambdaInvokePolicy: { FunctionName: { Ref: 'Orders' } } }] } } }, ['EnvironmentsDeactivated']],
    ['a state machine', { Machine: { Type: 'AWS::Serverless::StateMachine', Properties: { Definition: states({ Parameters: { FunctionName: '${Orders}' } }), DefinitionSubstitutions: { Orders: { Ref: 'Orders' } } } } }, []],
    ['a state machine with statements', { Machine: { Type: 'AWS::Serverless::StateMachine', Properties: { DefinitionUri: 'a.json', Policies: [{ Statement: [{ Effect: 'Allow', Action: SCALE, Resource: '*' }] }] } } }, []],
  ])('%s', (_what, resources, expected) => {
    expect(findings(resources)).toEqual(expected);
  });
});
