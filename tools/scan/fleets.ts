import { App, Aspects, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Egress, ManagedInstances } from '../../src';

/** The fleets that are scanned for `docs/security-and-trust-boundaries.md`: one function, with each kind of egress that the docs show. */
export const WAYS_OUT: Readonly<Record<string, () => Egress>> = {
  natGateways: () => Egress.natGateways(),
  natProvider: () => Egress.natProvider(ec2.NatProvider.instanceV2({
    instanceType: new ec2.InstanceType('t4g.nano'),
    defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY,
  })),
  privateEndpoints: () => Egress.privateEndpoints(),
  ipv6: () => Egress.ipv6(),
};

const FUNCTION: lambda.FunctionProps = {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => 1;'),
  memorySize: 2048,
};

/** Creates a fleet as in the README. */
export function plainFleet(egress: Egress, outdir?: string): Stack {
  const stack = new Stack(new App({ outdir }), 'Stack');
  new ManagedInstances(stack, 'Fleet', { egress }).addFunction(new lambda.Function(stack, 'Function', FUNCTION));
  return stack;
}

/** Creates the same fleet with the lines of code that the page gives as answers. */
export function answeredFleet(egress: Egress, outdir?: string): Stack {
  const app = new App({ outdir, context: { '@aws-cdk/aws-ec2:restrictDefaultSecurityGroup': true } });
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const encryptionKey = new kms.Key(stack, 'LogsKey', { enableKeyRotation: true });
  const logGroup = (id: string) => new logs.LogGroup(stack, id, { encryptionKey, retention: logs.RetentionDays.ONE_YEAR });
  const fleet = new ManagedInstances(stack, 'Fleet', { egress, logGroup: logGroup('SystemLogs') });
  fleet.vpc.addFlowLog('FlowLog', { destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup('FlowLogs')) });
  Aspects.of(fleet).add(new ec2.InstanceRequireImdsv2Aspect());
  fleet.addFunction(new lambda.Function(stack, 'Function', {
    ...FUNCTION,
    timeout: Duration.seconds(30),
    tracing: lambda.Tracing.ACTIVE,
    deadLetterQueue: sqs.Queue.fromQueueArn(stack, 'Failed', 'arn:aws:sqs:eu-west-1:111122223333:failed'),
    logGroup: logGroup('FunctionLogs'),
  }));
  return stack;
}
