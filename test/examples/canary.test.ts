import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describeExample } from './describe-example';
import { CanaryStack } from '../../examples/canary/canary-stack';

describeExample('canary', ['Canary'], (app, props) => new CanaryStack(app, 'Canary', props));

test('keeps environments for the version behind the alias alone', () => {
  const template = Template.fromStack(new CanaryStack(new App(), 'Canary'));

  template.hasResourceProperties('AWS::Lambda::Function', { PublishToLatestPublished: false });
  template.hasResource('AWS::Lambda::Version', {
    DeletionPolicy: Match.absent(),
    Properties: { FunctionScalingConfig: { MinExecutionEnvironments: 3, MaxExecutionEnvironments: 12 } },
  });
});

test('shifts the alias by CodeDeploy, and turns back by alarms of the version that comes', () => {
  const template = Template.fromStack(new CanaryStack(new App(), 'Canary'));
  const [version] = Object.keys(template.findResources('AWS::Lambda::Version'));
  const [group] = Object.values<any>(template.findResources('AWS::CodeDeploy::DeploymentGroup'));
  const alarms = template.findResources('AWS::CloudWatch::Alarm');

  template.hasResource('AWS::Lambda::Alias', { UpdatePolicy: { CodeDeployLambdaAliasUpdate: Match.anyValue() } });
  const watching = group.Properties.AlarmConfiguration.Alarms.map(({ Name: { Ref } }: any) => alarms[Ref]);
  expect(watching.length).toBeGreaterThan(2);
  expect(watching.length).toBeLessThanOrEqual(10);
  expect(JSON.stringify(watching)).toContain(version);
  expect(JSON.stringify(watching)).not.toContain('$LATEST.PUBLISHED');
});

test('has room for both versions while requests are shifted, which the plan says', () => {
  const { fleet } = new CanaryStack(new App(), 'Canary');
  const { versions, vCpusAtRest, vCpusDuringDeployment, maxVCpuCount } = fleet.plan();

  expect(versions.map(({ version, minExecutionEnvironments }) => [version, minExecutionEnvironments])).toEqual([['CurrentVersion', 3]]);
  expect(vCpusDuringDeployment).toBeGreaterThan(2 * vCpusAtRest);
  expect(vCpusDuringDeployment).toBeLessThanOrEqual(maxVCpuCount!);
});
