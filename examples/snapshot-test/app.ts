import { App } from 'aws-cdk-lib';
import { OrdersStack } from './orders-stack';

export const app = new App();

new OrdersStack(app, 'Orders');
