import { App } from 'aws-cdk-lib';
import { MovingStack } from './moving-stack';

export const app = new App();

// npx cdk deploy -c percent=10
new MovingStack(app, 'Moving', { percentOnManagedInstances: Number(app.node.tryGetContext('percent') ?? 0) });
