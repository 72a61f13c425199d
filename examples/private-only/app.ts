import { App } from 'aws-cdk-lib';
import { PrivateOnlyStack } from './private-only-stack';

export const app = new App();

new PrivateOnlyStack(app, 'PrivateOnly');
