import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { ManagedInstances } from 'cdk-lambda-managed-instances';

export interface QuickstartStackProps extends StackProps {
  /** The most requests that one execution environment handles at once. */
  readonly maxConcurrency?: number;
}

/** A function on managed instances, and a dashboard to watch it. */
export class QuickstartStack extends Stack {
  public readonly fleet: ManagedInstances;

  constructor(scope: Construct, id: string, props: QuickstartStackProps = {}) {
    super(scope, id, props);

    const slow = new NodejsFunction(this, 'Slow', {
      entry: `${__dirname}/handler.ts`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 2048,
      timeout: Duration.seconds(30),
      tracing: lambda.Tracing.ACTIVE,
    });

    this.fleet = new ManagedInstances(this, 'Fleet', { maxVCpuCount: 32 });
    this.fleet.addFunction(slow, { perExecutionEnvironmentMaxConcurrency: props.maxConcurrency });
    this.fleet.addDashboard('Dashboard');
  }
}
