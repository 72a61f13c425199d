import { CfnOutput, Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ManagedInstances } from 'cdk-lambda-managed-instances';

/** The number of requests that one execution environment handles at once: three quarters of the 128 that Lambda allows for two vCPUs. */
const REQUESTS_AT_ONCE = 96;

/** An API that answers thousands of price requests a second. */
export class HttpApiStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const quote = new NodejsFunction(this, 'Quote', {
      entry: `${__dirname}/handler.ts`,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 4096,
      timeout: Duration.seconds(5), // a request that hangs occupies one of the 96 slots
    });

    const fleet = new ManagedInstances(this, 'Fleet', { maxVCpuCount: 256 });
    fleet.addFunction(quote, {
      executionEnvironmentMemoryGiBPerVCpu: 2,
      perExecutionEnvironmentMaxConcurrency: REQUESTS_AT_ONCE,
      // Lambda adds environments within minutes, by load and not by request. Six at rest handle 576 requests at once.
      latestPublishedScalingConfig: { minExecutionEnvironments: 6, maxExecutionEnvironments: 40 },
    });

    // The unqualified function means `$LATEST.PUBLISHED`, which CloudFormation publishes. `$LATEST` can't be invoked.
    const api = new apigateway.HttpApi(this, 'Api', { createDefaultStage: false, defaultAuthorizer: new HttpIamAuthorizer() });
    api.addRoutes({
      path: '/quotes/{item}',
      methods: [apigateway.HttpMethod.GET],
      integration: new HttpLambdaIntegration('Quote', quote, { timeout: Duration.seconds(6) }),
    });
    const stage = api.addStage('Stage', {
      autoDeploy: true,
      throttle: { rateLimit: 8000, burstLimit: 4000 }, // refuses excess requests before they fill the environments
    });

    const pager = new SnsAction(new sns.Topic(this, 'Pager'));
    fleet.addAlarms('Alarms', { perFunction: true, actions: [pager] });
    fleet.addDashboard('Dashboard');
    const failures = new cloudwatch.Alarm(this, 'ServerErrors', {
      metric: stage.metricServerError({ period: Duration.minutes(1), statistic: 'Average' }),
      threshold: 0.01,
      evaluationPeriods: 3,
      alarmDescription: 'More than 1 % of the requests fail behind the API: throttled, timed out or in error',
    });
    failures.addAlarmAction(pager);

    new CfnOutput(this, 'Endpoint', { value: `${stage.url}quotes/espresso` });
  }
}
