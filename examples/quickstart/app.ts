import { App } from 'aws-cdk-lib';
import { QuickstartStack } from './quickstart-stack';

export const app = new App();

// As many requests at once as the runtime takes by default: 64 for each vCPU.
const { fleet } = new QuickstartStack(app, 'Quickstart');

// One request at once, as on standard Lambda: to compare, or while code is not ready for more.
new QuickstartStack(app, 'QuickstartOneAtATime', { maxConcurrency: 1 });

// What it needs, whether it fits, and what it costs, before anything is deployed.
console.log(fleet.plan().toString());
