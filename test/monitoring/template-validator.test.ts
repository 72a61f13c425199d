import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ALL_ALARMS } from './watched';
import { ManagedInstances } from '../../src';
import { testFunction } from '../util';

const STRICT = { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:strictCfnValidateErrors': true };

beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });
afterAll(() => { process.env.CDK_VALIDATION = 'false'; });

test('CDK\'s own validator takes all alarms and the dashboard', () => {
  // WHEN
  const stack = new Stack(new App({ context: STRICT }), 'Stack');
  const fleet = new ManagedInstances(stack, 'Fleet', { maxVCpuCount: 64 });
  fleet.addDashboard('Dashboard');
  const fn = testFunction(stack);
  fleet.addAlarms('Alarms', {
    ...ALL_ALARMS,
    perFunction: true,
    deploymentAlarm: cloudwatch.Alarm.fromAlarmArn(stack, 'Deployment', 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:deploying'),
    versions: [fn.currentVersion],
  });
  fleet.addFunction(fn);

  // THEN
  expect(() => Template.fromStack(stack)).not.toThrow();
});
