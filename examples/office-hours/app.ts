import { App } from 'aws-cdk-lib';
import { OfficeHoursStack } from './office-hours-stack';

export const app = new App();

new OfficeHoursStack(app, 'OfficeHours');
