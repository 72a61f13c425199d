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

/** Classifies pictures with a PyTorch model on a GPU, behind an HTTP endpoint. */
export class GpuInferenceStack extends Stack {
  constructor(scope: Construct, id: string, props: GpuInferenceStackProps = {}) {
    super(scope, id, props);

    const images = ecr.Repository.fromRepositoryName(this, 'Images', 'gpu-inference');
    const classify = new lambda.DockerImageFunction(this, 'Classify', {
      code: lambda.DockerImageCode.fromEcr(images, { tagOrDigest: props.imageTag ?? 'v1' }),
      memorySize: 12288,
      timeout: Duration.seconds(29), // the endpoint waits no longer
    });

    const fleet = new ManagedInstances(this, 'Fleet', {
      instances: InstanceSelection.gpu({ memory: GpuMemory.GIB_24, vCpuCountMax: 16 }),
      maxVCpuCount: 64,
      gpuUtilizationTarget: 60,
    });
    fleet.addFunction(classify, {
      gpuMemory: GpuMemory.GIB_24,
      executionEnvironmentMemoryGiBPerVCpu: 4, // 3 vCPUs, so an instance with 4 holds one environment: Lambda reserves a vCPU
      perExecutionEnvironmentMaxConcurrency: 4, // Python starts four processes, each with its own copy of the model on the GPU
      latestPublishedScalingConfig: { minExecutionEnvironments: 0, maxExecutionEnvironments: 4 }, // costs nothing at rest, and starts within minutes
    });
    // AWS hasn't published where this runs and what it costs. Deploy this stack to find out.
    Validations.of(classify).acknowledge({ id: 'cdk-lambda-managed-instances::GpuUnproven', reason: 'An example, to be tried in one account' });

    const api = new apigateway.HttpApi(this, 'Api', { defaultAuthorizer: new HttpIamAuthorizer() });
    api.addRoutes({ path: '/classify', methods: [apigateway.HttpMethod.POST], integration: new HttpLambdaIntegration('Classify', classify) });
    new CfnOutput(this, 'Endpoint', { value: `${api.apiEndpoint}/classify` });
  }
}
