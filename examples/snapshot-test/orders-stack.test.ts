import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { OrdersStack } from './orders-stack';
import { withoutHashes } from './without-hashes';
import { ManagedInstancesChecks } from 'cdk-lambda-managed-instances';

/** Where the stack is deployed. Given zones replace a lookup, which a test must not do. */
const env = { account: '123456789012', region: 'us-east-1' };
const context = { 'availability-zones:account=123456789012:region=us-east-1': ['us-east-1a', 'us-east-1b', 'us-east-1d'] };

function ordersStack(memorySize?: number): OrdersStack {
  return new OrdersStack(new App({ context }), 'Orders', { env, memorySize });
}

test('makes the template that was reviewed', () => {
  expect(withoutHashes(Template.fromStack(ordersStack()).toJSON())).toMatchSnapshot();
});

test('prints no warning', () => {
  Annotations.fromStack(ordersStack()).hasNoWarning('*', Match.anyValue());
});

test('passes the checks, which also see overrides and what is written without this library', () => {
  const { success, violations } = new ManagedInstancesChecks().validateScope(ordersStack());

  expect(success).toBe(true);
  expect(violations.filter(({ severity }) => severity !== 'info')).toEqual([]); // new releases may add infos
});

test('refuses memory that makes no whole number of vCPUs', () => {
  expect(() => ordersStack(3000)).toThrow('must be a multiple of 2048 MB');
});
