import { App } from 'aws-cdk-lib';
import { NetworkStack } from './network-stack';
import { PaymentsStack } from './payments-stack';
import { PluginsStack } from './plugins-stack';
import { ShopStack } from './shop-stack';

export const app = new App();

const { network } = new NetworkStack(app, 'Network');
new ShopStack(app, 'Shop', { network });
new PaymentsStack(app, 'Payments', { network });
new PluginsStack(app, 'Plugins', { network });
