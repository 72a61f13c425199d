import { App } from 'aws-cdk-lib';
import { DailyBatchStack } from './daily-batch-stack';

export const app = new App();

new DailyBatchStack(app, 'DailyBatch');
