import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describeExample } from './describe-example';
import { QuickstartStack } from '../../examples/quickstart/quickstart-stack';

describeExample('quickstart', ['Quickstart', 'QuickstartOneAtATime'], (app, props) => new QuickstartStack(app, 'Quickstart', props));

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
