import { App } from 'aws-cdk-lib';
import { HttpApiStack } from './http-api-stack';

export const app = new App();

new HttpApiStack(app, 'HttpApi');
