import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describeExample } from './describe-example';
import { GpuInferenceStack } from '../../examples/gpu-inference/gpu-inference-stack';

describeExample('gpu-inference', ['GpuInference'], (app, props) => new GpuInferenceStack(app, 'GpuInference', props));

test('runs an image on instances with a GPU', () => {
  const template = Template.fromStack(new GpuInferenceStack(new App(), 'GpuInference', { imageTag: 'v2' }));

  template.hasResourceProperties('AWS::Lambda::Function', {
    PackageType: 'Image',
    Code: { ImageUri: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('/gpu-inference:v2$')])] }) },
    AcceleratorConfig: { AcceleratorMemorySize: 24 },
    FunctionScalingConfig: { MinExecutionEnvironments: 0, MaxExecutionEnvironments: 4 },
  });
  template.hasResourceProperties('AWS::Lambda::CapacityProvider', {
    InstanceRequirements: {
      Architectures: ['x86_64'],
      AllowedInstanceTypes: ['g5.2xlarge', 'g5.4xlarge', 'g5.xlarge', 'g6.2xlarge', 'g6.4xlarge', 'g6.xlarge', 'gr6.4xlarge'],
    },
    CapacityProviderScalingConfig: {
      MaxVCpuCount: 64,
      ScalingMode: 'Manual',
      ScalingPolicies: [{ PredefinedMetricType: 'LambdaCapacityProviderAverageGPUUtilization', TargetValue: 60 }],
    },
  });
  template.hasResourceProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: 'AWS_IAM', RouteKey: 'POST /classify' });
});
