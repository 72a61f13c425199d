import { Profiler, Session } from 'node:inspector';
import { tmpdir } from 'node:os';
import { App, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ManagedInstances } from '../src';

/**
 * Counts what building and synthesising a fleet of 75 functions costs with our dashboard on, against the same fleet written
 * by hand with two graphs for each function, its requests and its environments. In calls, as V8 counts them: the same in each run, where time is not. Exits with
 * an error where ours costs more than the share that is promised.
 *
 * A plain script: a test runner's transforms would be counted, too.
 */
const FUNCTIONS = 75;
const PROMISED = 0.7;

process.env.CDK_VALIDATION = 'false';

const [byHand, ours] = [countCalls(handWritten), countCalls(withOurDashboard)];
const share = ours / byHand;
console.log(`${FUNCTIONS} functions: ${ours} calls with our dashboard, ${byHand} by hand, ratio ${share.toFixed(3)} (at most ${PROMISED})`);
if (share > PROMISED) throw new Error('The dashboard costs more than is promised');

function withOurDashboard(stack: Stack): void {
  const fleet = new ManagedInstances(stack, 'Fleet');
  fleet.addDashboard('Dashboard');
  addFunctions(stack, (fn) => fleet.addFunction(fn));
}

function handWritten(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 }, DynamoDB: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB } },
  });
  const provider = new lambda.CapacityProvider(stack, 'CapacityProvider', {
    subnets: vpc.privateSubnets,
    securityGroups: [new ec2.SecurityGroup(stack, 'SecurityGroup', { vpc })],
    logGroup: new logs.LogGroup(stack, 'LogGroup'),
  });
  const dashboard = new cloudwatch.Dashboard(stack, 'Dashboard');
  addFunctions(stack, (fn) => {
    provider.addFunction(fn);
    const environments = (metricName: string) => new cloudwatch.Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: {
        CapacityProviderName: provider.capacityProviderName, FunctionName: fn.functionName, Resource: `${fn.functionName}:$LATEST.PUBLISHED`,
      },
    });
    dashboard.addWidgets(
      new cloudwatch.GraphWidget({ title: fn.functionName, left: [fn.metricInvocations(), fn.metricErrors(), fn.metricThrottles()] }),
      new cloudwatch.GraphWidget({
        title: `${fn.functionName}: environments`,
        left: [
          environments('ExecutionEnvironmentConcurrency'),
          environments('ExecutionEnvironmentCPUUtilization'),
          environments('ExecutionEnvironmentMemoryUtilization'),
        ],
      }),
    );
  });
}

function addFunctions(stack: Stack, attach: (fn: lambda.Function) => void): void {
  for (let i = 0; i < FUNCTIONS; i++) {
    attach(new lambda.Function(stack, `Function${i}`, {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      memorySize: 2048,
      loggingFormat: lambda.LoggingFormat.JSON,
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
    }));
  }
}

function countCalls(build: (stack: Stack) => void): number {
  const run = () => {
    const app = new App({ outdir: `${tmpdir()}/bench-dashboard` });
    build(new Stack(app, 'Stack'));
    app.synth();
  };
  run(); // loads the modules
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  run();
  let calls = 0;
  session.post('Profiler.takePreciseCoverage', (error, { result }: Profiler.TakePreciseCoverageReturnType) => {
    if (error) throw error;
    calls = result.flatMap(({ functions }) => functions).reduce((sum, { ranges: [{ count }] }) => sum + count, 0);
  });
  session.disconnect();
  return calls;
}
