import { describeExample } from './describe-example';
import { OrdersStack } from '../../examples/snapshot-test/orders-stack';

describeExample('snapshot-test', ['Orders'], (app, props) => new OrdersStack(app, 'Orders', props));
