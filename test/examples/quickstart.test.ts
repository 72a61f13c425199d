import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { QuickstartStack } from '../../examples/quickstart/quickstart-stack';
import { warningsOf } from '../util';

const STRICT = { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:strictCfnValidateErrors': true };
const FLAGS = jest.requireActual('aws-cdk-lib/recommended-feature-flags.json');
const ENV = { account: '123456789012', region: 'us-east-1' };
const CASES = [
  ['without env, without feature flags', {}, {}],
  ['with env, without feature flags', { env: ENV }, {}],
  ['without env, with all recommended feature flags', {}, FLAGS],
  ['with env, with all recommended feature flags', { env: ENV }, FLAGS],
] as const;

beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

test.each(CASES)('synthesises with no warning and passes the strict template validator, %s', (_case, props, context) => {
  const stack = new QuickstartStack(new App({ context: { ...context, ...STRICT } }), 'Quickstart', props);

  expect(warningsOf(stack)).toEqual([]);
});

test('runs a bundled Node.js 24 function on managed instances', () => {
  const template = Template.fromStack(new QuickstartStack(new App(), 'Quickstart', { maxConcurrency: 1 }));

  template.hasResourceProperties('AWS::Lambda::Function', {
    Runtime: 'nodejs24.x',
    MemorySize: 2048,
    Timeout: 30,
    TracingConfig: { Mode: 'Active' },
    CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { PerExecutionEnvironmentMaxConcurrency: 1 } },
  });
  template.hasResourceProperties('AWS::Lambda::CapacityProvider', { InstanceRequirements: { Architectures: ['arm64'] } });
});
