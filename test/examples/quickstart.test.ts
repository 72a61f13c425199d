import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CASES, STRICT } from './cases';
import { QuickstartStack } from '../../examples/quickstart/quickstart-stack';
import { warningsOf } from '../util';

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
