import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { InstanceSelection, ManagedInstances } from 'cdk-lambda-managed-instances';

/** The fleet that `npm run test:deploy` changes step by step through `GRAVITON` and `MAX_VCPU_COUNT`. */
const stack = new Stack(new App(), 'Changing');
const graviton = process.env.GRAVITON === 'true';
const fleet = new ManagedInstances(stack, 'Fleet', {
  instances: graviton ? InstanceSelection.graviton() : InstanceSelection.x86(),
  maxVCpuCount: Number(process.env.MAX_VCPU_COUNT),
});
fleet.addFunction(new lambda.Function(stack, 'Orders', {
  runtime: lambda.Runtime.NODEJS_24_X,
  architecture: graviton ? lambda.Architecture.ARM_64 : lambda.Architecture.X86_64,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => "ok";'),
}));
fleet.addDashboard('Dashboard');
fleet.addAlarms('Alarms');
