import { App } from 'aws-cdk-lib';
import { CanaryStack } from './canary-stack';

export const app = new App();

new CanaryStack(app, 'Canary');
