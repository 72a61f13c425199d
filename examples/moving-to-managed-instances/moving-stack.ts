import { Aws, CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { ManagedInstances } from 'cdk-lambda-managed-instances';

export interface MovingStackProps extends StackProps {
  /**
   * The share of requests that go to the function on managed instances, in percent: 0 to 100.
   *
   * @default 0
   */
  readonly percentOnManagedInstances?: number;
}

/**
 * Moves an API from a function on standard Lambda to one on managed instances, step by step.
 *
 * A deployed function can't be attached to a capacity provider, and an alias routes only between versions of one
 * function. So there are two functions with the same code, and the API splits the requests between them.
 */
export class MovingStack extends Stack {
  constructor(scope: Construct, id: string, props: MovingStackProps = {}) {
    super(scope, id, props);
    const { percentOnManagedInstances: percent = 0 } = props;
    if (!(percent >= 0 && percent <= 100)) throw new Error(`percentOnManagedInstances is ${percent}, but must be from 0 to 100.`);

    const sameCode: NodejsFunctionProps = {
      entry: `${__dirname}/handler.ts`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      timeout: Duration.seconds(10),
    };
    // The deployed function. Its construct id stays, so CloudFormation keeps it.
    const before = new NodejsFunction(this, 'Orders', sameCode);
    // A new construct id creates a new function. A fixed `functionName` would have to differ, too.
    const after = new NodejsFunction(this, 'OrdersOnManagedInstances', { ...sameCode, memorySize: 2048 });
    const fleet = new ManagedInstances(this, 'Fleet', { maxVCpuCount: 64 });
    fleet.addFunction(after, {
      perExecutionEnvironmentMaxConcurrency: 1, // as on standard Lambda; raise it once the code is ready for more
      // So it needs as many environments as the old function has concurrent executions. Lambda adds them within minutes, not by request.
      latestPublishedScalingConfig: { minExecutionEnvironments: 6, maxExecutionEnvironments: 24 },
    });
    fleet.addDashboard('Dashboard');

    const api = new apigateway.RestApi(this, 'Api', { deploy: false, cloudWatchRole: false });
    api.root.addResource('orders').addMethod('GET', functionOfStageVariable(), { authorizationType: apigateway.AuthorizationType.IAM });
    this.divide(api, { before, after, percent });
  }

  /** The stage sends requests to one function, its canary to the other. */
  private divide(api: apigateway.RestApi, { before, after, percent }: { before: lambda.IFunction; after: lambda.IFunction; percent: number }): void {
    for (const fn of [before, after]) {
      fn.addPermission('Api', { principal: new iam.ServicePrincipal('apigateway.amazonaws.com'), sourceArn: api.arnForExecuteApi('GET', '/orders') });
    }
    const stage = new apigateway.Stage(this, 'Stage', {
      deployment: new apigateway.Deployment(this, 'Deployment', { api }),
      stageName: 'live',
      variables: { function: before.functionName },
    });
    (stage.node.defaultChild as apigateway.CfnStage).canarySetting = {
      deploymentId: new apigateway.Deployment(this, 'CanaryDeployment', { api }).deploymentId,
      percentTraffic: percent,
      stageVariableOverrides: { function: after.functionName },
    };
    new CfnOutput(this, 'Endpoint', { value: stage.urlForPath('/orders') });
  }
}

/** Invokes the function that the stage names, unqualified: on managed instances that is `$LATEST.PUBLISHED`. */
function functionOfStageVariable(): apigateway.Integration {
  const fn = `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:\${stageVariables.function}`;
  return new apigateway.Integration({
    type: apigateway.IntegrationType.AWS_PROXY,
    integrationHttpMethod: 'POST',
    uri: `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${fn}/invocations`,
  });
}
