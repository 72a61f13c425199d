import { App } from 'aws-cdk-lib';
import { GpuInferenceStack } from './gpu-inference-stack';

const app = new App();

new GpuInferenceStack(app, 'GpuInference', { imageTag: app.node.tryGetContext('imageTag') });
