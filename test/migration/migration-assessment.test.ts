import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ManagedInstances, MigrationAssessment } from '../../src';
import { testFunction, testStack } from '../util';

function stackWith(): { stack: Stack; orders: lambda.Function } {
  const stack = testStack({ env: { region: 'us-east-1' } });
  const orders = testFunction(stack, 'Orders', { memorySize: 512, functionName: 'orders' });
  orders.addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Queue')));
  return { stack, orders };
}

test('assesses the functions of an app in the words of code', () => {
  const { stack, orders } = stackWith();
  new ManagedInstances(stack, 'Fleet').addFunction(testFunction(stack, 'Attached'));

  const assessment = MigrationAssessment.of(stack, {
    load: [{ function: orders, requestsPerMonth: 3e8, meanDuration: Duration.millis(120), meanCpuTime: Duration.millis(20) }],
  });

  const { functions: [found, ...others] } = assessment.toJson();
  expect(others).toEqual([]);
  expect(found).toMatchObject({ function: 'Stack/Orders', environment: { memorySize: 2048 }, paysFrom: { givenRequestsPerMonth: 3e8 } });
  expect(found.mustChange).toEqual([expect.objectContaining({ code: 'FunctionMemoryRange', message: expect.stringMatching(/^memorySize is 512 MB, but/) })]);
  expect(found.lookAt.map(({ code }: any) => code)).toContain('FunctionNameFixed');
  expect(found.triggers).toEqual([expect.objectContaining({ type: 'AWS::Lambda::EventSourceMapping' })]);
  expect(assessment.toString()).toContain('- memorySize 2048, executionEnvironmentMemoryGiBPerVCpu 2 (1 vCPU)');
});

test('assesses what is below the scope only', () => {
  const { orders } = stackWith();

  expect(MigrationAssessment.of(orders).toJson().functions).toHaveLength(1);
  expect(MigrationAssessment.of(orders.role!).toJson().functions).toEqual([]);
});

test('refuses a discount that can\'t be', () => {
  const { stack } = stackWith();

  expect(() => MigrationAssessment.of(stack, { computeDiscount: 66 })).toThrow('computeDiscount is 66, but must be a share from 0 to 1. Write 66 % as 0.66');
});
