import { App } from 'aws-cdk-lib';
import { GpuInferenceStack } from './gpu-inference-stack';

export const app = new App();

new GpuInferenceStack(app, 'GpuInference', { imageTag: app.node.tryGetContext('imageTag') });
