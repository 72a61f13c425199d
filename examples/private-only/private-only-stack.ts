import { Duration, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { Egress, ManagedInstances } from 'cdk-lambda-managed-instances';

/** Signs payment orders from a queue, on instances that can't reach the internet. */
export class PrivateOnlyStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const key = new secretsmanager.Secret(this, 'SigningKey', { generateSecretString: { passwordLength: 64, excludePunctuation: true } });
    const signed = new dynamodb.TableV2(this, 'Signed', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const orders = new sqs.Queue(this, 'Orders', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(3), // six times the timeout of the function, as AWS advises
      deadLetterQueue: { queue: new sqs.Queue(this, 'Refused', { enforceSSL: true }), maxReceiveCount: 5 },
    });

    const sign = new lambda.Function(this, 'Sign', {
      runtime: lambda.Runtime.PYTHON_3_13,
      architecture: lambda.Architecture.ARM_64,
      handler: 'handler.handler',
      code: lambda.Code.fromAsset(`${__dirname}/handler`, { exclude: ['__pycache__'] }),
      memorySize: 4096,
      timeout: Duration.seconds(30),
      environment: { SECRET: key.secretArn, TABLE: signed.tableName },
    });
    key.grantRead(sign);
    signed.grantWriteData(sign);
    // Lambda reads the queue from outside the VPC: like all requests, messages don't go through the VPC.
    sign.addEventSource(new SqsEventSource(orders, { batchSize: 10, reportBatchItemFailures: true }));

    const fleet = new ManagedInstances(this, 'Fleet', {
      // The function reaches only these, DynamoDB and S3 through gateway endpoints, and CloudWatch and X-Ray.
      egress: Egress.privateEndpoints({ services: [ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER] }),
      allowAllOutbound: false,
      maxVCpuCount: 64,
    });
    fleet.addFunction(sign, {
      executionEnvironmentMemoryGiBPerVCpu: 4,
      perExecutionEnvironmentMaxConcurrency: 8, // Python: eight processes, which share the 4 GiB
    });
  }
}
