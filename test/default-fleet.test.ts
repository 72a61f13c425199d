import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ManagedInstances, ManagedInstancesAlarms, ManagedInstancesDashboard, ManagedInstancesNetwork } from '../src';
import { testFunction, warningsOf } from './util';

const ENVIRONMENTS: [string, StackProps][] = [
  ['without env', {}],
  ['with env', { env: { account: '123456789012', region: 'eu-west-1' } }],
];
const FLAGS: [string, Record<string, unknown>][] = [
  ['without feature flags', {}],
  ['with all recommended feature flags', jest.requireActual('aws-cdk-lib/recommended-feature-flags.json')],
];
const CASES = ENVIRONMENTS.flatMap(([env, props]) => FLAGS.map(([flags, context]) => [env, flags, props, context] as const));

function defaultFleet(props: StackProps = {}, context: Record<string, unknown> = {}): Stack {
  const stack = new Stack(new App({ context }), 'Stack', props);
  const fleet = new ManagedInstances(stack, 'Fleet');
  fleet.addFunction(testFunction(stack));
  fleet.addDashboard('Dashboard');
  return stack;
}

test('keeps its template', () => {
  expect(Template.fromStack(defaultFleet()).toJSON()).toMatchSnapshot();
});

test.each([
  [ManagedInstances, 'ManagedInstances'],
  [ManagedInstancesNetwork, 'ManagedInstancesNetwork'],
  [ManagedInstancesDashboard, 'ManagedInstancesDashboard'],
  [ManagedInstancesAlarms, 'ManagedInstancesAlarms'],
])('keeps the id by which properties are injected: %p', (construct, name) => {
  expect(construct.PROPERTY_INJECTION_ID).toBe(`cdk-lambda-managed-instances.${name}`);
});

test.each(CASES)('synthesises without a warning, %s, %s', (_env, _flags, props, context) => {
  expect(warningsOf(defaultFleet(props, context))).toEqual([]);
});

describe('under CDK\'s own template validator', () => {
  beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
  afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

  test.each(CASES)('is clean, %s, %s', (_env, _flags, props, context) => {
    const strict = { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:strictCfnValidateErrors': true };
    expect(() => Template.fromStack(defaultFleet(props, { ...context, ...strict }))).not.toThrow();
  });
});

test('has these findings under cdk-nag, each explained on the page about checks', () => {
  // GIVEN
  const stack = new Stack(new App(), 'Stack');
  new ManagedInstances(stack, 'Fleet');

  // WHEN
  const { violations } = new AwsSolutionsChecks().validateScope(stack);

  // THEN
  const findings = violations.flatMap(({ ruleName, violatingResources }) => (
    violatingResources.map(({ constructPath }: any) => [ruleName, constructPath])
  ));
  expect(findings).toEqual([
    ['AwsSolutions-VPC7', 'Stack/Fleet/Network/Vpc/Resource'],
    ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSLambdaManagedEC2ResourceOperator]', 'Stack/Fleet/OperatorRole/Resource'],
  ]);
});
