import { App } from 'aws-cdk-lib';
import { QuickstartStack } from './quickstart-stack';

export const app = new App();

// With the runtime's default concurrency, 64 requests at once for each vCPU.
const { fleet } = new QuickstartStack(app, 'Quickstart');

// One request at once, as on standard Lambda: to compare, or for code that isn't ready for more.
new QuickstartStack(app, 'QuickstartOneAtATime', { maxConcurrency: 1 });

// Prints what the fleet needs and costs, before anything is deployed.
console.log(fleet.plan().toString());
