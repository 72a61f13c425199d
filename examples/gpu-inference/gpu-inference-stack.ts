import { CfnOutput, Duration, Stack, StackProps, Validations } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { GpuMemory, InstanceSelection, ManagedInstances } from 'cdk-lambda-managed-instances';

export interface GpuInferenceStackProps extends StackProps {
  /** The tag of the image in the repository `gpu-inference`. */
  readonly imageTag?: string;
}

/** Says what is on a picture: a PyTorch model on a GPU, behind an HTTP endpoint. */
export class GpuInferenceStack extends Stack {
  constructor(scope: Construct, id: string, props: GpuInferenceStackProps = {}) {
    super(scope, id, props);

    const images = ecr.Repository.fromRepositoryName(this, 'Images', 'gpu-inference');
    const classify = new lambda.DockerImageFunction(this, 'Classify', {
      code: lambda.DockerImageCode.fromEcr(images, { tagOrDigest: props.imageTag ?? 'v1' }),
      memorySize: 12288,
      timeout: Duration.seconds(29), // as long as the endpoint waits
    });

    const fleet = new ManagedInstances(this, 'Fleet', {
      instances: InstanceSelection.gpu({ memory: GpuMemory.GIB_24, vCpuCountMax: 16 }),
      maxVCpuCount: 64,
      gpuUtilizationTarget: 60,
    });
    fleet.addFunction(classify, {
      gpuMemory: GpuMemory.GIB_24,
      executionEnvironmentMemoryGiBPerVCpu: 4, // 3 vCPUs: an instance with 4 holds one environment, since Lambda keeps one of them
      perExecutionEnvironmentMaxConcurrency: 4, // Python runs each in a process of its own, with the model on the GPU four times
      latestPublishedScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 4 }, // costs nothing at rest, wakes in minutes
    });
    // AWS has not published where this runs and what it costs: this stack is there to find out.
    Validations.of(classify).acknowledge({ id: 'cdk-lambda-managed-instances::GpuUnproven', reason: 'An example, to be tried in one account' });

    const api = new apigateway.HttpApi(this, 'Api', { defaultAuthorizer: new HttpIamAuthorizer() });
    api.addRoutes({ path: '/classify', methods: [apigateway.HttpMethod.POST], integration: new HttpLambdaIntegration('Classify', classify) });
    new CfnOutput(this, 'Endpoint', { value: `${api.apiEndpoint}/classify` });
  }
}
