import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AlarmLevel, AlarmThreshold, ManagedInstances, ManagedInstancesProps } from '../../src';
import { testFunction, testStack } from '../util';
import { alarmsOf } from './body';
import { Sent } from './metric-math';
import { AddAlarmsOptions } from '../../src/monitoring/alarms/alarms-props';

export const PROVIDER = { CapacityProviderName: 'orders', InstanceType: 'c7g.xlarge' };
export const ENVIRONMENT = { CapacityProviderName: 'orders', FunctionName: 'pay', Resource: 'pay:$LATEST.PUBLISHED' };
export const FUNCTION = { FunctionName: 'pay' };

/** Options that create each alarm that a provider can have. */
export const ALL_ALARMS: AddAlarmsOptions = {
  level: AlarmLevel.FULL,
  noData: AlarmThreshold.below(1),
  instanceChurn: AlarmThreshold.above(2),
  underUtilised: AlarmThreshold.below(20),
  instanceTypes: ['c7g.xlarge'],
};

/** Creates a fleet with fixed names, so that made-up series can use them. */
export function watched(options: AddAlarmsOptions = {}, props: ManagedInstancesProps = {}, functionProps: Partial<lambda.FunctionProps> = {}) {
  const stack = testStack();
  const fleet = new ManagedInstances(stack, 'Fleet', { capacityProviderName: 'orders', maxVCpuCount: 64, ...props });
  const fn = testFunction(stack, 'Function', { functionName: 'pay', timeout: Duration.seconds(10), ...functionProps });
  const managed = fleet.addFunction(fn);
  const alarms = fleet.addAlarms('Alarms', options);
  return { stack, fleet, fn, managed, alarms };
}

/** Returns the ids of a stack's alarms. */
export const idsOf = (stack: Stack) => Object.keys(alarmsOf(stack)).map((path) => path.split('/').at(-1)!);

/** Returns the path of an alarm of the function. */
export const own = (id: string) => `Function/ManagedInstancesAlarms/Alarms/${id}`;

/** Returns the path of an alarm of the provider. */
export const provider = (id: string) => `Fleet/Alarms/${id}`;

/** Returns the same samples in several periods. */
export const periods = (count: number, ...samples: number[]): number[][] => new Array(count).fill(samples);

/** Returns a metric with samples, as CloudWatch has it. */
export const sent = (metric: string, dimensions: Record<string, string>, samples: number[][]): Sent => ({ metric, dimensions, samples });
